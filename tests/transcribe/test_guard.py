"""What is invented is cut and what is said stays."""

from __future__ import annotations

import numpy as np
import pytest

from dictate.transcribe import decoding, guard
from dictate.transcribe.activity import FRAME, FRAME_S
from dictate.transcribe.engine import Decoded, Heard
from dictate.transcribe.pieces import Piece
from dictate.transcribe.words import whole_words


def piece(voice: list[float], doubtful: bool = False) -> Piece:
    count = len(voice)
    return Piece(np.zeros(count * FRAME, np.float32), np.arange(count), np.array(voice, np.float32), doubtful)


def decoded(text: str, log_probability: float, *, confidence: float = 0.8, no_speech: float = 0.1) -> Decoded:
    words = tuple(Heard(word, 0.3 * at, 0.3 * at + 0.25, confidence) for at, word in enumerate(text.split()))
    return Decoded(words, log_probability, 1.0, no_speech, 0.0)


def kept(told: Piece, result: Decoded) -> str:
    return " ".join(word.text for word in guard.spoken(told, result))


def test_a_thank_you_that_was_said_stays() -> None:
    assert kept(piece([0.9] * 20), decoded("Thank you.", -0.9)) == "Thank you."


def test_a_phantom_is_cut_where_there_is_hardly_a_voice() -> None:
    assert kept(piece([0.6] * 4 + [0.1] * 20), decoded("Thank you.", -0.9)) == ""
    assert kept(piece([0.6] * 4 + [0.1] * 20), decoded("Thank you.", -0.3)) == "Thank you."


def test_text_that_whisper_does_not_believe_is_cut() -> None:
    assert kept(piece([0.9] * 40), decoded("a platform engineer", -1.8, confidence=0.1)) == ""
    assert kept(piece([0.9] * 40), decoded("a platform engineer", -1.1, confidence=0.5)) == "a platform engineer"


def test_where_no_voice_was_detected_whisper_must_be_sure() -> None:
    unvoiced = [0.2] * 60
    assert kept(piece(unvoiced, doubtful=True), decoded("the levels are okay", -0.3)) == "the levels are okay"
    assert kept(piece(unvoiced, doubtful=True), decoded("the levels are okay", -0.8)) == ""
    assert kept(piece(unvoiced, doubtful=True), decoded("Thank you.", -0.3)) == ""


def test_a_tail_piled_up_on_one_instant_is_cut() -> None:
    told = decoded("just remind me", -0.1)
    tail = tuple(Heard(word, 1.9, 1.9, 0.99) for word in "you just remind me".split())
    assert kept(piece([0.9] * 40 + [0.05] * 30), Decoded(told.words + tail, -0.1, 1.2, 0.1, 0.0)) == "just remind me"


def test_a_word_stretched_over_a_pause_begins_with_its_voice() -> None:
    told = Decoded((Heard("and", 0.0, 2.0, 0.9),), -0.1, 1.0, 0.1, 0.0)
    (word,) = guard.spoken(piece([0.0] * 40 + [0.9] * 30), told)
    assert word.start_s == pytest.approx(40 * FRAME_S)


@pytest.mark.parametrize(
    ("text", "looping"),
    [
        ("no no no I did not say that", False),
        ("I said that I would and then I said that I would", False),
        ("word word word word", True),
        ("it is not reflection but refraction it is not reflection but refraction", True),
    ],
)
def test_what_looks_like_a_loop(text: str, looping: bool) -> None:
    assert decoding.copied(text.split()) == looping


@pytest.mark.parametrize(
    ("parts", "language", "words"),
    [
        ([" Okonkwo", "-Hale", "."], "en", ["Okonkwo-Hale."]),
        ([' "', "Yes", ",", '"', " she", " said"], "en", ['"Yes,"', "she", "said"]),
        ([" 1", ",", "000", " euros"], "en", ["1,000", "euros"]),
        (["你", "好", "。"], "zh", ["你", "好。"]),
    ],
)
def test_parts_become_words(parts: list[str], language: str, words: list[str]) -> None:
    assert [word.text for word in whole_words([(part, 0.0, 0.1, 1.0) for part in parts], language)] == words


def test_an_echo_is_known_by_its_words() -> None:
    given = ("Priya Okonkwo-Hale", "Brightwhistle")
    assert guard.repeats(decoded("Brightwhistle, Priya!", -0.1), given)
    assert not guard.repeats(decoded("Brightwhistle, then Priya", -0.1), given)
    assert not guard.repeats(decoded("Brightwhistle", -0.1), ())
