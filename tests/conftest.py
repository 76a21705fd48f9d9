"""What all tests share: nobody's own data is touched, and real weights are at hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dictate import paths, weights

WEIGHTS = paths.weights_dir()  # of the person who runs the tests, before homes are exchanged


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
