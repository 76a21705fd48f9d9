"""A user's own SQL: one statement that reads, and nothing that it could change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, count

from sqlite_utils import Database

from dictate.errors import QueryError
from dictate.store import connection, rows
from dictate.store.shapes import Table

READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}

# PRAGMAs that only tell: those of a table or index by its name, and those that would set something if given a value.
OF_A_NAME = {
    "foreign_key_check", "foreign_key_list", "index_info", "index_list", "index_xinfo", "integrity_check",
    "quick_check", "table_info", "table_list", "table_xinfo",
}  # fmt: skip
WITHOUT_A_VALUE = {
    "application_id", "collation_list", "compile_options", "data_version", "database_list", "encoding",
    "foreign_keys", "freelist_count", "function_list", "journal_mode", "module_list", "page_count", "page_size",
    "pragma_list", "schema_version", "user_version",
}  # fmt: skip

ONLY_READS = "a query only reads: give one SELECT, WITH, EXPLAIN or a PRAGMA that tells and sets nothing"
MISTAKES = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_TOOBIG, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_RANGE}


def query(db: Database, sql: str, limit: int | None) -> Table:
    """The rows that a statement gives, at most ``limit`` of them."""
    with _told(), connection.interruptible(db), _only_reading(db):
        cursor = db.execute(rows.storable(sql))
        if cursor.description is None:
            raise QueryError("nothing to ask: give one SELECT statement, such as 'select * from notes_in_full'")
        found = cursor.fetchall() if limit is None else cursor.fetchmany(limit)
        columns = tuple(_distinct(column[0] for column in cursor.description))
        cursor.close()
    return Table(columns, found)


@contextmanager
def _told() -> Iterator[None]:
    """A mistake in the statement is the user's to mend; what the database itself suffers is told elsewhere."""
    try:
        yield
    except sqlite3.ProgrammingError as error:
        several = "one statement at a time" in str(error)
        raise QueryError(f"{ONLY_READS}, not several" if several else f"cannot ask that: {error}") from error
    except sqlite3.DatabaseError as error:
        if connection.code(error) == sqlite3.SQLITE_AUTH:
            raise QueryError(ONLY_READS) from error
        if connection.code(error) in MISTAKES:
            raise QueryError(f"cannot ask that: {error}") from error
        raise


@contextmanager
def _only_reading(db: Database) -> Iterator[None]:
    db.conn.set_authorizer(_allowed)
    try:
        yield
    finally:
        db.conn.set_authorizer(None)


def _allowed(action: int, first: str | None, second: str | None, _: str | None, __: str | None) -> int:
    """SQLite's question, asked for each thing that a statement would do before it does any of it."""
    if action == sqlite3.SQLITE_PRAGMA:
        name = (first or "").lower()
        tells = name in OF_A_NAME or (name in WITHOUT_A_VALUE and second is None)
        return sqlite3.SQLITE_OK if tells else sqlite3.SQLITE_DENY
    declares = action == sqlite3.SQLITE_UPDATE and first == "sqlite_master"  # how FTS5 tells its columns, in memory
    return sqlite3.SQLITE_OK if action in READS or declares else sqlite3.SQLITE_DENY


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """Columns of one name are told apart (id, id_2), for an object has each key once."""
    taken: set[str] = set()
    for name in names:
        others = (f"{name}_{number}" for number in count(2))
        free = next(other for other in chain([name], others) if other not in taken)
        taken.add(free)
        yield free
