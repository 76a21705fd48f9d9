"""What all tests share: nobody's own data is touched, and real weights are at hand."""

from __future__ import annotations

import os
import signal
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from dictate import paths, weights
from dictate.capture.decode import Decoding
from dictate.capture.media import open_media
from dictate.records import SAMPLE_RATE
from dictate.store import Store

settings.register_profile("unhurried", deadline=None)  # a busy machine is no error
settings.load_profile("unhurried")

SAMPLE = Path(__file__).parents[1] / "samples" / "memo.m4a"
WEIGHTS = paths.weights_dir()  # of the person who runs the tests, before homes are exchanged


def pytest_sessionstart() -> None:
    """A run in the background of a script ignores SIGINT, and so would all programs that tests interrupt."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for each test; weights alone are shared, for they are large and never change."""
    folder = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("DICTATE_")]:
        monkeypatch.delenv(name)
    for name, place in {
        "HOME": ".",
        "USERPROFILE": ".",
        "XDG_DATA_HOME": ".local/share",
        "XDG_CONFIG_HOME": ".config",
        "XDG_CACHE_HOME": ".cache",
        "XDG_STATE_HOME": ".local/state",
        "DICTATE_DB": "dictate.db",
    }.items():
        monkeypatch.setenv(name, str(folder / place))
    monkeypatch.setenv("DICTATE_MODELS", str(WEIGHTS))
    return folder


@pytest.fixture(scope="session")
def whisper_tiny() -> Path:
    """The folder of Whisper tiny.en, pulled once from its real sources where it is missing."""
    return weights.ensure("tiny.en", assume_yes=True)


@pytest.fixture(scope="session")
def whisper_base() -> Path:
    """The folder of Whisper base, pulled once from its real sources where it is missing."""
    return weights.ensure("base", assume_yes=True)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    with Store.open(database) as opened:
        yield opened
        assert opened.verify() == []


@pytest.fixture(scope="session")
def search_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of a made-up job search, to be copied; see ``tests/review/searching.py``."""
    from tests.review.searching import fill

    path = tmp_path_factory.mktemp("search") / "notes.db"
    with Store.open(path) as opened:
        fill(opened)
    return path


@pytest.fixture(scope="session")
def speech() -> np.ndarray:
    """The bundled memo as samples."""
    return np.concatenate(list(Decoding(open_media(SAMPLE))))


@pytest.fixture(scope="session")
def folder_of_memos(speech: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three memos: 12, 18 and 67 seconds."""
    folder = tmp_path_factory.mktemp("memos")
    _write_wave(folder / "a.wav", speech[: 12 * SAMPLE_RATE])
    _write_wave(folder / "b.wav", speech[12 * SAMPLE_RATE : 30 * SAMPLE_RATE])
    _write_wave(folder / "c.wav", speech)
    return folder


def _write_wave(path: Path, samples: np.ndarray) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
