"""The question taken out of its telling: introductions, fillers and verdicts stripped."""

from __future__ import annotations


def question_of(text: str) -> str:
    return text
