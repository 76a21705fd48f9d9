"""Speech in which Whisper placed no word is heard once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from dictate.transcribe.activity import Samples
from dictate.transcribe.engine import Decoded, Engine, Heard, Request
from dictate.transcribe.missed import missed
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
    """A real engine that ends a piece after so many words, unless it is heard in the full window."""

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
    ((from_s, part),) = missed(piece, [word for word in words if word not in lost])
    assert from_s == pytest.approx(lost[0].start_s, abs=0.5)
    assert from_s + part.duration_s == pytest.approx(lost[-1].end_s, abs=0.8)
    assert part.place(0) == pytest.approx(piece.place(from_s))
    assert np.array_equal(part.samples, piece.samples[round(from_s * 16_000) :][: len(part.samples)])


def test_a_word_that_lasts_for_seconds_hides_others(piece: Piece, words: tuple[Heard, ...]) -> None:
    long = replace(words[5], end_s=words[-1].end_s)
    assert len(list(missed(piece, [*words[:5], long]))) == 1


def test_silence_is_not_missed(piece: Piece) -> None:
    quiet = replace(piece, voice=np.zeros_like(piece.voice))
    assert list(missed(quiet, [])) == []


def test_a_piece_that_ended_early_is_heard_to_its_end(faster: Engine, words: tuple[Heard, ...]) -> None:
    whole = transcribe([samples(SPEECH)], faster, Options("en"))
    told = transcribe([samples(SPEECH)], Hasty(faster, 9), Options("en"))
    assert len(words) > 15
    assert [word.text for word in told.words[:9]] == [word.text for word in whole.words[:9]]
    assert abs(len(told.words) - len(whole.words)) <= 2
    assert [word.text for word in told.words[-3:]] == [word.text for word in whole.words[-3:]]
    assert told.words[-1].end_s == pytest.approx(whole.words[-1].end_s, abs=0.3)
