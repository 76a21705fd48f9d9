"""Voice activity and pieces: where somebody speaks, whatever the level, the blocks and the silence before."""

from __future__ import annotations

import numpy as np
import pytest

from dictate.transcribe.activity import FRAME, FRAME_S, Detector, Framer, Samples
from dictate.transcribe.pieces import Piece, pieces
from tests.transcribe.conftest import samples

RATE = 16_000


def frames(sound: Samples) -> Samples:
    framer = Framer()
    return np.concatenate((framer.push(sound), framer.flush()))


@pytest.fixture(scope="module")
def speech() -> Samples:
    return samples("librispeech_2609-156975-0006.flac")


@pytest.mark.parametrize("size", [1, 7, 40])
def test_the_grouping_of_frames_makes_no_difference(speech: Samples, size: int) -> None:
    silence = np.zeros(6 * RATE, np.float32)
    cut = frames(np.concatenate((speech[:RATE], silence, speech[: 2 * RATE])))
    detector = Detector()
    apart = np.concatenate([detector.probabilities(cut[at : at + size]) for at in range(0, len(cut), size)])
    np.testing.assert_allclose(apart, Detector().probabilities(cut), atol=1e-4)


def test_framer_gives_every_sample_once(speech: Samples) -> None:
    framer = Framer()
    cut = [framer.push(speech[at : at + 777]) for at in range(0, len(speech), 777)]
    np.testing.assert_array_equal(np.concatenate((*cut, framer.flush())).reshape(-1)[: len(speech)], speech)


@pytest.mark.parametrize("gain_db", [0, -20, -40])
def test_quiet_speech_is_heard_as_well_as_loud(speech: Samples, gain_db: float) -> None:
    voice = Detector().probabilities(frames(speech * np.float32(10 ** (gain_db / 20))))
    assert (voice >= 0.5).mean() == pytest.approx(0.72, abs=0.06)


def test_a_word_after_a_long_silence_is_heard_from_its_beginning(speech: Samples) -> None:
    word = speech[int(0.5 * RATE) : int(1.1 * RATE)]
    alone = Detector().probabilities(frames(np.concatenate((np.zeros(RATE, np.float32), word))))
    n_silent = 30 * RATE // FRAME
    late = Detector().probabilities(frames(np.concatenate((np.zeros(n_silent * FRAME, np.float32), word))))
    assert (late >= 0.5).sum() >= (alone >= 0.5).sum() - 2
    assert late[:n_silent].max() < 0.5


def cut(sound: Samples, longest_s: float = 15) -> list[Piece]:
    return list(pieces((sound[at : at + 5_000] for at in range(0, len(sound), 5_000)), longest_s))


@pytest.mark.parametrize("longest_s", [4.0, 15.0, 28.0])
def test_pieces_hold_the_speech_in_order_and_none_is_too_long(speech: Samples, longest_s: float) -> None:
    found = cut(np.concatenate([speech] * 4), longest_s)
    numbers = np.concatenate([piece.frames for piece in found])
    assert (np.diff(numbers) > 0).all()
    assert all(piece.duration_s <= longest_s for piece in found)
    assert sum(piece.duration_s for piece in found) == pytest.approx(4 * len(speech) / RATE, rel=0.1)


def test_each_second_of_a_piece_is_that_of_the_recording(speech: Samples) -> None:
    sound = np.concatenate((speech, np.zeros(5 * RATE, np.float32), speech))
    for piece in cut(sound, 28):
        for second in np.arange(0.01, piece.duration_s - FRAME_S, 0.7):
            there = sound[round(piece.place(second) * RATE)]
            assert there == pytest.approx(piece.samples[round(second * RATE)], abs=1e-6)


def test_long_pauses_are_cut_out(speech: Samples) -> None:
    found = cut(np.concatenate((speech[: 3 * RATE], np.zeros(8 * RATE, np.float32), speech[: 3 * RATE])))
    assert sum(piece.duration_s for piece in found) < 7.5


def test_sound_that_moves_without_a_voice_is_doubtful_and_even_noise_is_nothing() -> None:
    clock = np.arange(12 * RATE) / RATE
    noise = np.random.default_rng(5).normal(scale=0.1, size=len(clock)).astype(np.float32)
    beats = noise * np.exp(-8 * (2 * clock % 1)).astype(np.float32)
    assert [piece.doubtful for piece in cut(beats)] == [True]
    assert cut(noise) == []
