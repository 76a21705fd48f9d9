"""Telling English from what is not."""

from __future__ import annotations

import pytest

from dictate.segment.language import looks_english

ENGLISH = (
    "they asked me why i left and i said the commute got too long for me",
    "One, why the council. Two, a ticket has been open for nine days and the user rings the chief, what do you do.",
    "so is agency twelve weeks and then they decide but this i dont told them it stay in my pocket",
    "Calm.",
)
OTHERS = (
    "Me preguntaron por qué dejé mi trabajo y dije que el viaje era demasiado largo para mí cada mañana",
    "Sie haben mich gefragt warum ich gegangen bin und ich habe gesagt der Weg war zu weit für mich",
    "Ils m'ont demandé pourquoi je suis parti et j'ai dit que le trajet était trop long pour moi le matin",
    "面接官に前の仕事を辞めた理由を聞かれました",
    "Меня спросили почему я ушёл и я сказал что дорога была слишком долгой для меня каждое утро",
)


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    assert looks_english(text)


@pytest.mark.parametrize("text", OTHERS)
def test_not_english(text: str) -> None:
    assert not looks_english(text)
