"""Kept copies of recordings: private, named by their content, whole or not there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

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
            copy(source, target)
    except OSError as error:
        raise StoreError(f"cannot keep a copy of {source} in {target.parent}: {error.strerror}") from error
    try:
        yield target
    except BaseException:
        if not there:
            target.unlink(missing_ok=True)
        raise


@contextmanager
def copied(db: Database, folder: Path, database: Path) -> Iterator[Sequence[Path]]:
    """All kept copies put beside another database file, and told so to ``db``; yields those that are gone.

    Relative paths are of ``folder``. What was copied is taken away again if what is done with it fails.
    """
    target = paths.audio_dir(database)
    new_folder, made = not target.exists(), list[Path]()
    try:
        yield _copy_all(db, folder, target, made)
    except BaseException:
        for place in made:
            place.unlink(missing_ok=True)
        if new_folder and target.exists():
            target.rmdir()
        raise


def _copy_all(db: Database, folder: Path, target: Path, made: list[Path]) -> Sequence[Path]:
    missing = []
    with db.atomic():
        for row in list(db.query("select id, path from recordings where path is not null order by id")):
            source, place = folder / row["path"], target / Path(row["path"]).name
            try:
                if not place.exists() and source.exists():
                    copy(source, place)
                    made.append(place)
            except OSError as error:
                raise StoreError(f"cannot copy {source} to {target}: {error.strerror}") from error
            if not place.exists():
                missing.append(source)
            db.table("recordings").update(row["id"], {"path": f"{target.name}/{place.name}"})
    return missing


def copy(source: Path, target: Path) -> None:
    """A private copy, there only when it is whole."""
    folder = paths.make_private(target.parent)
    with source.open("rb") as sound, tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as part:
        try:
            shutil.copyfileobj(sound, part)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(target)  # made with mode 0600
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
