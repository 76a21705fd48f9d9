"""Where what was learnt from the user lies: numbered files of which the newest counts, so that each can be undone."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import numpy as np

from dictate.errors import SegmenterError
from dictate.paths import make_private
from dictate.segment.decode import Floats

PATTERN = "learnt-*.npz"


def mark(trained: Path) -> str:
    """What tells one trained segmenter from another: a correction of one makes no sense on another."""
    return hashlib.sha256((trained / "dictate_spans" / "decoding.json").read_bytes()).hexdigest()


def newest(folder: Path) -> Path | None:
    return max(folder.glob(PATTERN), default=None)


def load(folder: Path, trained: Path) -> Floats | None:
    """The layer in use; None where there is none, or where it was learnt for another version of the segmenter."""
    path = newest(folder)
    if path is None:
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            layer: Floats = stored["layer"]
            return layer if str(stored["mark"]) == mark(trained) else None
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise SegmenterError(
            f"{path} cannot be read ({error}); take it back with: dictate models train --undo"
        ) from error


def save(folder: Path, trained: Path, layer: Floats) -> Path:
    """Write a layer as the newest, whole or not at all."""
    make_private(folder)
    last = newest(folder)
    number = 1 if last is None else int(last.stem.split("-")[1]) + 1
    path = folder / f"learnt-{number:04}.npz"
    part = path.with_suffix(".part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        np.savez(file, layer=layer, mark=np.array(mark(trained)))
    part.replace(path)
    return path


def undo(folder: Path) -> bool:
    """Take the newest away, so that the one before it counts again; False where there is none."""
    path = newest(folder)
    if path is None:
        return False
    path.unlink()
    return True
