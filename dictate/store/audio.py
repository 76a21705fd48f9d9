"""Kept copies of recordings: private, named by their content, whole or not there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dictate import paths
from dictate.errors import StoreError


@contextmanager
def kept(source: Path, database: Path, sha256: str) -> Iterator[Path]:
    """A copy beside the database, taken away again if what is done with it fails.

    A process killed in between leaves at most a whole copy, which the next import of the same audio takes over.
    """
    target = paths.audio_dir(database) / (sha256 + source.suffix.lower())
    there = target.exists()
    try:
        if not there:
            _copy(source, target)
    except OSError as error:
        raise StoreError(f"cannot keep a copy of {source} in {target.parent}: {error.strerror}") from error
    try:
        yield target
    except BaseException:
        if not there:
            target.unlink(missing_ok=True)
        raise


def _copy(source: Path, target: Path) -> None:
    folder = paths.make_private(target.parent)
    with source.open("rb") as sound, tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as copy:
        try:
            shutil.copyfileobj(sound, copy)
            copy.flush()
            os.fsync(copy.fileno())
            Path(copy.name).replace(target)  # made with mode 0600
        except BaseException:
            Path(copy.name).unlink(missing_ok=True)
            raise
