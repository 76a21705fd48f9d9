"""A copy of the whole database in one file, checked before it gets its name."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from dictate import paths
from dictate.errors import InputError, StoreError
from dictate.store import audio, connection
from dictate.store.shapes import BackedUp

BESIDE = ("-wal", "-shm", "-journal")  # what SQLite puts beside a database that is in use

_OF_THE_SOURCE = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def default_name(database: Path) -> Path:
    """Where a backup of today goes if nothing else is said: beside the database."""
    return database.with_name(f"dictate-{date.today().isoformat()}.db")


def back_up(db: Database, source: Path, target: Path, *, overwrite: bool, with_audio: bool) -> BackedUp:
    """A backup at ``target`` (or by today's name in the folder that it is), whole or not there."""
    target = target / default_name(source).name if target.is_dir() else target
    _free(source, target, overwrite=overwrite)
    if with_audio and paths.audio_dir(target).absolute() == paths.audio_dir(source).absolute():
        raise InputError(f"{target} would share its recordings with the database: give it another name")
    with snapshot(db, source, target) as copy, closing(Database(copy)) as made:
        check(made, f"{source} is damaged: no backup was made of it")
        interviews, notes = (made.table(name).count for name in ("interviews", "notes"))
        if not with_audio:
            return BackedUp(target, place(copy, target), interviews, notes, None, ())
        with audio.copied(made, source.parent.absolute(), target) as missing:
            recordings = made.table("recordings").count_where("path is not null") - len(missing)
            return BackedUp(target, place(copy, target), interviews, notes, recordings, tuple(missing))


@contextmanager
def snapshot(db: Database, source: Path, target: Path) -> Iterator[Path]:
    """A private copy in the target's folder under a passing name, taken away unless it is moved."""
    copy = _passing(target)
    try:
        _vacuum(db, source, copy, target)
        yield copy
    finally:
        for suffix in ("", *BESIDE):
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)


def _vacuum(db: Database, source: Path, copy: Path, target: Path) -> None:
    try:
        with connection.interruptible(db):
            db.execute("vacuum into ?", [str(copy)])
    except sqlite3.Error as error:
        path = source if connection.code(error) in _OF_THE_SOURCE else target
        raise StoreError(connection.message(error, path)) from error


def check(db: Database, damaged: str) -> None:
    """Prove every page and index of a database, and that no row belongs to nothing."""
    (found,) = db.execute("pragma integrity_check(1)").fetchone()
    if found != "ok":
        raise StoreError(f"{damaged} ({' '.join(found.split())})")
    if db.execute("pragma foreign_key_check").fetchone():
        raise StoreError(f"{damaged} (rows belong to nothing)")


def place(copy: Path, target: Path) -> int:
    """Give a finished file its name; returns its size."""
    try:
        with copy.open("rb") as whole:
            os.fsync(whole.fileno())
        copy.replace(target)
    except OSError as error:
        raise StoreError(f"cannot write {target}: {error.strerror}; name another place") from error
    return target.stat().st_size


def _free(source: Path, target: Path, *, overwrite: bool) -> None:
    if not target.exists():
        return
    if target.samefile(source):
        raise InputError(f"{target} is the database itself: name another file for its backup")
    if not overwrite:
        raise InputError(f"{target} is there already: --force replaces it, or name another file")
    if any(target.with_name(target.name + suffix).exists() for suffix in BESIDE):
        raise StoreError(f"{target} is in use by another program: close that, or name another file")


def _passing(target: Path) -> Path:
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".dictate-", suffix=".part")  # of mode 0600
    except FileNotFoundError as error:
        raise StoreError(f"the folder {target.parent} does not exist: create it, or name another place") from error
    except OSError as error:
        raise StoreError(f"cannot write to {target.parent}: {error.strerror}; name another place") from error
    os.close(handle)
    return Path(name).absolute()
