"""Recordings as samples, and engines loaded once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dictate.capture.decode import Decoding
from dictate.capture.media import open_media
from dictate.transcribe.activity import Samples
from dictate.transcribe.engine import Engine, load_engine

SPEECH = Path(__file__).parents[1] / "data" / "speech"


def samples(name: str) -> Samples:
    return np.concatenate(list(Decoding(open_media(SPEECH / name))))


@pytest.fixture(scope="session")
def faster(whisper_tiny: Path) -> Engine:
    return load_engine(whisper_tiny, "faster-whisper")


@pytest.fixture(scope="session")
def reference(whisper_tiny: Path) -> Engine:
    return load_engine(whisper_tiny, "openai-whisper")


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Engine:
    loaded: Engine = request.getfixturevalue(request.param)
    return loaded
