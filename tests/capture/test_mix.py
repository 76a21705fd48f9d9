from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dictate.capture.mix import mixdown
from tests.capture.media_files import heard, likeness, speech, write


@pytest.mark.parametrize(
    ("left", "right"), [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 0.0), (0.0, 1.0), (1.0, 0.2), (0.2, -1.0)]
)
def test_the_voice_survives_any_pair_of_channels(left: float, right: float) -> None:
    spoken = speech()
    mixed = mixdown(np.stack([left * spoken, right * spoken]).astype(np.float32))
    assert np.linalg.norm(mixed) > 0.55 * np.linalg.norm(spoken)
    assert abs(float(mixed @ spoken)) > 0.99 * np.linalg.norm(mixed) * np.linalg.norm(spoken)


def test_the_first_heard_channel_keeps_its_sign() -> None:
    spoken = speech()
    assert mixdown(np.stack([0.5 * spoken, -spoken])) @ spoken > 0


def test_two_voices_on_two_channels_are_both_kept() -> None:
    first, second = speech(), speech()[::-1]
    np.testing.assert_allclose(mixdown(np.stack([first, second])), (first + second) / 2, atol=1e-6)


def test_silence_stays_silence_and_nonsense_becomes_it() -> None:
    assert not mixdown(np.zeros((2, 100), np.float32)).any()
    nonsense = np.array([[np.nan, np.inf, -np.inf, 1e30, -1e30]], np.float32)
    assert mixdown(nonsense).tolist() == [0.0, 0.0, 0.0, 1.0, -1.0]


def test_an_inverted_stereo_file_is_heard(tmp_path: Path) -> None:
    spoken = speech()
    path = write(tmp_path / "a.wav", np.stack([spoken, -spoken]), codec="pcm_s16le", container="wav", rate=44_100)
    samples, _ = heard(path)
    assert likeness(samples, spoken)[0] > 0.95
