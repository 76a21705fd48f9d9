"""Speech in which Whisper placed no word is heard once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from dictate.transcribe import guard
from dictate.transcribe.activity import Samples
from dictate.transcribe.engine import Decoded, Engine, Heard, Request
from dictate.transcribe.missed import filled, missed
from dictate.transcribe.pieces import Piece, pieces
from dictate.transcribe.recording import Options, transcribe
from tests.transcribe.conftest import samples

SPEECH = "librispeech_2609-156975-0006.flac"


@pytest.fixture(scope="module")
def piece() -> Piece:
    (piece,) = pieces([samples(SPEECH)], 28.0)
    return piece


@pytest.fixture(scope="module")
def words(faster: Engine, piece: Piece) -> tuple[Heard, ...]:
    (decoded,) = faster.decode([piece.samples], Request("en"))
    return decoded.words


class Hasty:
    """A real engine that ends a piece after so many words, unless it is asked to be patient."""

    def __init__(self, engine: Engine, most: int) -> None:
        self._engine, self._most = engine, most
        for name in ("name", "model", "multilingual", "workers", "batch", "longest_s", "shortens", "language"):
            setattr(self, name, getattr(engine, name))

    def decode(self, batch: Sequence[Samples], request: Request) -> list[Decoded]:
        told = self._engine.decode(batch, request)
        return told if request.full_window else [replace(one, words=one.words[: self._most]) for one in told]


def test_nothing_is_missed_where_there_are_words(piece: Piece, words: tuple[Heard, ...]) -> None:
    assert list(missed(piece, words)) == []


@pytest.mark.parametrize("gone", [slice(0, 10), slice(8, 18), slice(12, None)])
def test_a_gap_is_found_at_its_place(piece: Piece, words: tuple[Heard, ...], gone: slice) -> None:
    lost = words[gone]
    kept = [word for word in words if word not in lost]
    (gap,) = missed(piece, kept)
    assert gap.start_s == pytest.approx(lost[0].start_s, abs=0.5)
    assert gap.end_s == pytest.approx(lost[-1].end_s, abs=0.8)
    assert abs(gap.sound_from_s - gap.start_s) < 0.5
    start = round(gap.sound_from_s * 16_000)
    assert np.array_equal(gap.sound.samples, piece.samples[start : start + len(gap.sound.samples)])
    assert gap.sound.place(0) == pytest.approx(piece.place(gap.sound_from_s))
    found = [word.later(-gap.sound_from_s) for word in lost]
    assert [word.text for word in filled(kept, gap, found)] == [word.text for word in words]


def test_a_word_that_lasts_for_seconds_is_replaced(piece: Piece, words: tuple[Heard, ...]) -> None:
    """Whisper may give a word the time of all that it passed over, before or after it."""
    for at in (5, -1):
        long = replace(words[at], start_s=words[5].start_s, end_s=words[-1].end_s)
        (gap,) = missed(piece, [*words[:5], long])
        found = [word.later(-gap.sound_from_s) for word in words[5:]]
        told = filled([*words[:5], long], gap, found)
        assert [word.text for word in told] == [word.text for word in words]
        assert filled([*words[:5], long], gap, []) == (*words[:5], long)


def test_a_neighbour_heard_again_is_not_said_twice(piece: Piece, words: tuple[Heard, ...]) -> None:
    kept = [*words[:8], *words[18:]]
    (gap,) = missed(piece, kept)
    again = [
        replace(words[7], start_s=gap.start_s, end_s=gap.start_s + 0.1),
        *words[8:18],
        replace(words[18], start_s=gap.end_s - 0.1, end_s=gap.end_s),
    ]
    told = filled(kept, gap, [word.later(-gap.sound_from_s) for word in again])
    assert [word.text for word in told] == [word.text for word in words]


def test_silence_and_single_sounds_are_not_missed(piece: Piece) -> None:
    assert list(missed(replace(piece, voice=np.zeros_like(piece.voice)), [])) == []
    sparse = np.zeros_like(piece.voice)
    sparse[::4] = 0.9
    assert np.count_nonzero(sparse) > 47
    assert list(missed(replace(piece, voice=sparse), [])) == []


def test_what_is_heard_again_must_be_believed(faster: Engine, piece: Piece) -> None:
    (decoded,) = faster.decode([piece.samples], Request("en"))
    sure = replace(decoded, log_probability=-0.3)
    assert guard.believed(piece, sure)
    assert not guard.believed(piece, replace(sure, log_probability=-0.95))
    assert not guard.believed(piece, replace(sure, words=(Heard("Thank", 0.1, 0.4, 0.9), Heard("you.", 0.4, 0.8, 0.9))))
    assert not guard.believed(replace(piece, voice=np.full_like(piece.voice, 0.4)), sure)


def test_a_piece_that_ended_early_is_heard_to_its_end(faster: Engine, words: tuple[Heard, ...]) -> None:
    whole = transcribe([samples(SPEECH)], faster, Options("en"))
    told = transcribe([samples(SPEECH)], Hasty(faster, 9), Options("en"))
    assert len(words) > 15
    assert [word.text for word in told.words[:9]] == [word.text for word in whole.words[:9]]
    assert abs(len(told.words) - len(whole.words)) <= 2
    assert [word.text for word in told.words[-3:]] == [word.text for word in whole.words[-3:]]
    assert told.words[-1].end_s == pytest.approx(whole.words[-1].end_s, abs=0.3)
