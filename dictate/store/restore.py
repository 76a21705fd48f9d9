"""A backup put in the database's place: checked first, and what it replaces is kept beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path

from sqlite_utils import Database

from dictate import paths
from dictate.errors import InputError, NotFoundError, StoreError
from dictate.store import audio, connection
from dictate.store.backup import BESIDE, check, place, snapshot
from dictate.store.shapes import Restored

TABLES = {"interviews", "interviewers", "recordings", "transcripts", "notes", "note_versions"}
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
HEADER = b"SQLite format 3\0"
BROKEN = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


@dataclass(frozen=True, slots=True)
class Ready:
    """A backup that has been found whole, and copied to where it can be put in place at once."""

    file: Path
    database: Path
    copy: Path
    interviews: int
    notes: int

    def put_in_place(self) -> Restored:
        """Replace the database, with the recordings that lie with the backup."""
        opened = connection.connect(self.copy, create=False, read_only=False, busy_timeout_s=0)
        with closing(opened) as db, audio.copied(db, self.file.parent.absolute(), self.database) as missing:
            recordings = db.table("recordings").count_where("path is not null") - len(missing)
            db.enable_wal()
            db.close()
            replaced = _exchange(self.copy, self.database)
        return Restored(self.database, replaced, self.interviews, self.notes, recordings, tuple(missing))


@contextmanager
def ready(file: Path, database: Path) -> Iterator[Ready]:
    """Check a backup; nothing is touched until it is put in place."""
    if not file.is_file():
        raise NotFoundError(f"no backup at {file}: name a file that `dictate backup` made")
    if database.exists() and file.samefile(database):
        raise InputError(f"{file} is the database itself: name a backup of it")
    if database.parent == paths.data_dir():
        paths.make_private(database.parent)
    _refuse_to_replace(database)
    with closing(_backup(file)) as db, snapshot(db, file, database) as copy:
        interviews, notes = (db.table(name).count for name in ("interviews", "notes"))
        yield Ready(file, database, copy, interviews, notes)


def _backup(file: Path) -> Database:
    """The backup, open and found whole."""
    try:
        db = connection.as_it_is(file)
        try:
            if not set(db.table_names()) >= TABLES:
                raise StoreError(f"{file} is no database of dictate: name a file that `dictate backup` made")
            connection.refuse_newer(db, file)
            check(db, f"{file} is damaged: restore another backup")
        except BaseException:
            db.close()
            raise
    except sqlite3.DatabaseError as error:
        what = "is not a database" if connection.code(error) == sqlite3.SQLITE_NOTADB else "cannot be read"
        raise StoreError(f"{file} {what} ({error}): name a file that `dictate backup` made") from error
    return db


def _refuse_to_replace(database: Path) -> None:
    """Another program's database is not ours to put aside; a damaged one may well be."""
    if database.is_dir():
        raise StoreError(f"{database} is a folder: name a database file with --db")
    if not database.exists() or _is_broken(database):
        return
    with suppress(sqlite3.DatabaseError), closing(connection.as_it_is(database)) as db:
        tables = set(db.table_names())
        if tables and not tables & TABLES:
            raise StoreError(f"{database} is another program's database: name another file with --db")


def _exchange(copy: Path, database: Path) -> Path | None:
    """Put the copy in the database's place; returns where what was there is kept."""
    if not database.exists():
        place(copy, database)
        return None
    kept = _free_name(database)
    try:
        if _is_broken(database):
            _exchange_broken(copy, database, kept)
            return kept
        with _alone(database):
            audio.copy(database, kept)
            place(copy, database)
    except sqlite3.Error as error:
        if connection.code(error) in BUSY:
            raise StoreError(f"{database} is open in another program: close that, and restore again") from error
        if connection.code(error) not in BROKEN:
            raise StoreError(connection.message(error, database)) from error
        _exchange_broken(copy, database, kept)
    except OSError as error:
        raise StoreError(f"cannot keep what is in {database}: {error.strerror}; nothing was replaced") from error
    return kept


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    """Nobody else has the database open, and all that was written is in its one file."""
    uri = database.absolute().as_uri() + "?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=connection.BUSY_TIMEOUT_S, isolation_level=None)) as db:
        db.execute("pragma journal_mode = delete")
        try:
            db.execute("begin exclusive")
            yield
        except BaseException:
            db.rollback()
            db.execute("pragma journal_mode = wal")
            raise


def _is_broken(database: Path) -> bool:
    """Whether SQLite could make nothing of it; to be told unopened, for opening throws its log away."""
    try:
        with database.open("rb") as file:
            beginning = file.read(len(HEADER))
    except OSError as error:
        raise StoreError(f"cannot read {database}: {error.strerror}; name another with --db") from error
    return beginning not in (HEADER, b"")


def _exchange_broken(copy: Path, database: Path, kept: Path) -> None:
    """What SQLite cannot open is kept byte by byte; its log must not be taken for the new database's."""
    beside = [suffix for suffix in BESIDE if database.with_name(database.name + suffix).exists()]
    for suffix in ("", *beside):
        audio.copy(database.with_name(database.name + suffix), kept.with_name(kept.name + suffix))
    for suffix in beside:
        database.with_name(database.name + suffix).unlink()
    place(copy, database)


def _free_name(database: Path) -> Path:
    stem = f"{database.stem}-replaced-{date.today().isoformat()}"
    names = chain([stem], (f"{stem}-{number}" for number in count(2)))
    places = (database.with_name(name + (database.suffix or ".db")) for name in names)
    return next(place for place in places if not place.exists())
