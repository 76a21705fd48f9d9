"""What the tests of the pipeline share: memos of some length, and where they are heard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from dictate.capture.decode import Decoding
from dictate.capture.media import open_media
from dictate.records import SAMPLE_RATE, Segmentation, Transcript
from dictate.segment.pipeline import whole
from tests.cli.conftest import SAMPLE


@pytest.fixture(scope="session")
def speech() -> np.ndarray:
    """The bundled memo as samples."""
    return np.concatenate(list(Decoding(open_media(SAMPLE))))


@pytest.fixture(scope="session")
def folder_of_memos(speech: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three memos: 20, 40 and 134 seconds."""
    folder = tmp_path_factory.mktemp("memos")
    write_wave(folder / "a.wav", speech[: 20 * SAMPLE_RATE])
    write_wave(folder / "b.wav", speech[20 * SAMPLE_RATE : 60 * SAMPLE_RATE])
    write_wave(folder / "c.wav", np.concatenate((speech, speech)))
    return folder


def write_wave(path: Path, samples: np.ndarray) -> None:
    import wave

    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())


def kept_whole(transcripts: Sequence[Transcript]) -> list[Segmentation]:
    """Labels for tests in which they do not matter: none."""
    return [whole(transcript.text) for transcript in transcripts]
