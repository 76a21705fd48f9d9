"""Opening the database: the one place that knows SQLite's files, locks and errors."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from dictate import paths
from dictate.errors import NotFoundError, StoreError
from dictate.store import schema

BUSY_TIMEOUT_S = 10.0
WAL_RETRY_S = 0.02
CALL_EVERY = 10_000  # steps of SQLite's virtual machine, a fraction of a millisecond


def connect(path: Path, *, create: bool, read_only: bool, busy_timeout_s: float) -> Database:
    """An open database of the newest schema; what is not ours is refused untouched."""
    with told(path):
        _ready_file(path, create=create and not read_only)
        db = _opened(path, read_only=read_only, busy_timeout_s=busy_timeout_s)
        try:
            _bring_up(db, path, read_only=read_only, busy_timeout_s=busy_timeout_s)
        except BaseException:
            db.close()
            raise
    return db


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say SQLite's errors in one line for people; a mistake of ours passes as it is, and Ctrl-C stays Ctrl-C."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
        raise
    except sqlite3.Error as error:
        if isinstance(error.__context__, KeyboardInterrupt):  # what failed was undoing a statement that it cut short
            raise error.__context__ from None
        raise StoreError(message(error, path)) from error
    except OverflowError as error:
        raise NotFoundError(
            "no note or interview has so large a number: `dictate list` shows those there are"
        ) from error


@contextmanager
def writing(db: Database, path: Path) -> Iterator[Database]:
    """One transaction that holds the only right to write from its start, so that two writers take turns."""
    with told(path):
        db.execute("begin immediate")
        try:
            yield db
            db.commit()
        except BaseException:
            db.rollback()
            raise


@contextmanager
def reading(db: Database, path: Path) -> Iterator[Database]:
    """One unchanging view of the data over several queries."""
    with told(path), db.atomic():
        yield db


@contextmanager
def interruptible(db: Database) -> Iterator[None]:
    """Let Ctrl-C end a statement that runs long: Python looks for signals each time that SQLite calls it."""
    db.conn.set_progress_handler(lambda: 0, CALL_EVERY)
    try:
        yield
    except sqlite3.OperationalError as error:
        if code(error) == sqlite3.SQLITE_INTERRUPT:
            raise KeyboardInterrupt from error
        raise
    finally:
        db.conn.set_progress_handler(None, 0)


def as_it_is(path: Path) -> Database:
    """A database opened to be read, not brought up to the newest schema; the caller tells its errors."""
    return _opened(path, read_only=True, busy_timeout_s=BUSY_TIMEOUT_S)


def refuse_newer(db: Database, path: Path) -> set[str]:
    """The names of the migrations that made a database; one that is not known here is an error."""
    applied = {migration.name for migration in schema.migrations().applied(db)}
    if applied - {step.__name__ for step in schema.STEPS}:
        raise StoreError(f"{path} was made by a newer dictate: upgrade with `pip install -U dictate-debrief`")
    return applied


def _ready_file(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder: name a database file with --db")
    if path.exists():
        return
    if not create:
        raise NotFoundError(f"no notes yet at {path}: `dictate import FILE` makes them, --db names another database")
    if path.parent == paths.data_dir():
        paths.make_private(path.parent)
    try:  # made here and not by SQLite, which gives its -wal and -shm the mode of the database
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except FileNotFoundError as error:
        raise StoreError(f"the folder {path.parent} does not exist: create it, or name another with --db") from error
    except OSError as error:
        raise StoreError(f"cannot create {path}: {error.strerror}; name another place with --db") from error


def _opened(path: Path, *, read_only: bool, busy_timeout_s: float) -> Database:
    uri = path.absolute().as_uri() + ("?mode=ro" if read_only else "?mode=rw")
    if read_only and _must_be_still(path):
        uri += "&immutable=1"
    db = Database(sqlite3.connect(uri, uri=True, timeout=busy_timeout_s))
    db.execute("pragma foreign_keys = on")
    db.register_function(str.casefold, name="casefold", deterministic=True)
    return db


def _must_be_still(path: Path) -> bool:
    """Whether SQLite cannot put its -shm beside the database, so that it reads only what it takes to be unchanging."""
    beside = [path.with_name(path.name + suffix) for suffix in ("-wal", "-shm")]
    effective = os.access in os.supports_effective_ids
    return not os.access(path.parent, os.W_OK, effective_ids=effective) and not any(file.exists() for file in beside)


def _bring_up(db: Database, path: Path, *, read_only: bool, busy_timeout_s: float) -> None:
    migrations = schema.migrations()
    applied = refuse_newer(db, path)
    if not applied and db.table_names():
        raise StoreError(f"{path} is another program's database: name another file with --db")
    if not migrations.pending(db):
        return
    if read_only:
        connect(path, create=False, read_only=False, busy_timeout_s=busy_timeout_s).close()
        return
    _patiently(db.enable_wal, busy_timeout_s)
    with writing(db, path):
        migrations.apply(db)


def _patiently(change: Callable[[], None], busy_timeout_s: float) -> None:
    """Try until the time is up: SQLite's own busy timeout does not hold for a change of the journal mode."""
    deadline = time.monotonic() + busy_timeout_s
    while True:
        try:
            return change()
        except sqlite3.OperationalError as error:
            if code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(WAL_RETRY_S)


def code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the low byte is the primary code


def message(error: sqlite3.Error, path: Path) -> str:
    messages = {
        sqlite3.SQLITE_NOTADB: f"{path} is not a database: name another file with --db",
        sqlite3.SQLITE_BUSY: f"{path} is busy: another program is writing to it; try again when it is done",
        sqlite3.SQLITE_LOCKED: f"{path} is busy: another program is writing to it; try again when it is done",
        sqlite3.SQLITE_READONLY: f"cannot write to {path}: it or its folder is read-only; name another with --db",
        sqlite3.SQLITE_CANTOPEN: f"cannot open {path}: see that it and its folder can be read and written",
        sqlite3.SQLITE_FULL: f"the disk is full: nothing was written to {path}; make room and try again",
        sqlite3.SQLITE_IOERR: f"the disk fails at {path} ({error}): see that it is connected and not full",
        sqlite3.SQLITE_CORRUPT: f"{path} is damaged ({error}): restore a backup with `dictate restore`",
    }
    return messages.get(code(error), f"cannot use {path}: {error}")
