"""Where things lie: the user's folders, and the files that come with the package."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

APP = "dictate"


def data_dir() -> Path:
    """Folder of the default database."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def default_db() -> Path:
    """The database where neither ``--db`` nor ``DICTATE_DB`` names one."""
    return data_dir() / "dictate.db"


def audio_dir(db: Path) -> Path:
    """Folder beside a database where dictate keeps its copies of recordings."""
    return db.with_name(db.stem + "-audio")


def recordings_dir(db: Path) -> Path:
    """Folder beside a database where the microphone's recordings lie until they are notes."""
    return db.with_name(db.stem + "-recordings")


def imports_dir(db: Path) -> Path:
    """Folder beside a database that holds what was heard of memos whose import is not finished."""
    return db.with_name(db.stem + "-imports")


def speed_file() -> Path:
    """How fast memos were transcribed on this machine (JSON)."""
    return data_dir() / "speed.json"


def weights_dir() -> Path:
    """Folder of pulled weights; ``DICTATE_MODELS`` overrides the user's cache folder."""
    override = os.environ.get("DICTATE_MODELS")
    return Path(override) if override else Path(platformdirs.user_cache_dir(APP, appauthor=False)) / "models"


def learnt_dir() -> Path:
    """Folder of what the segmenter has learnt from its user."""
    return data_dir() / "segmenter"


def settings_file() -> Path:
    """The user's settings and vocabulary (TOML)."""
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "settings.toml"


def shipped(name: str) -> Path:
    """A file or folder of ``models/`` that comes with the package: in a checkout beside it, in a wheel within it."""
    package = Path(__file__).parent
    checkout = package.parent / "models" / name
    return checkout if checkout.exists() else package / "shipped" / name


def make_private(folder: Path) -> Path:
    """Make a folder (and its parents) that its owner alone can open; an existing one keeps its mode."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
