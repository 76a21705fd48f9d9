from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database
from telling import NORTHWIND, debrief

from dictate import paths
from dictate.errors import NotFoundError, StoreError
from dictate.store import Store


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_owner_can_read_it(database: Path) -> None:
    previous = os.umask(0)
    try:
        with Store.open(database) as store:
            store.add(debrief(NORTHWIND))
            files = sorted(database.parent.glob("notes.db*"))
            assert [file.name for file in files] == ["notes.db", "notes.db-shm", "notes.db-wal"]
            assert [mode(file) for file in files] == [0o600] * 3
    finally:
        os.umask(previous)


def test_the_default_folder_is_made_private(home: Path) -> None:
    Store.open(paths.default_db()).close()
    assert mode(paths.default_db().parent) == 0o700
    assert paths.default_db().is_relative_to(home)


def test_an_empty_file_becomes_a_database(database: Path) -> None:
    database.touch()
    with Store.open(database) as store:
        assert store.list() == []


def test_nothing_there(database: Path) -> None:
    for read_only, create in ((True, True), (False, False)):
        with pytest.raises(NotFoundError, match=r"no notes yet at .*notes.db: `dictate import FILE` makes them"):
            Store.open(database, read_only=read_only, create=create)
    assert not database.exists()


def test_folder_missing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"the folder .*absent does not exist: create it, or name another with --db"):
        Store.open(tmp_path / "absent" / "notes.db")
    assert not (tmp_path / "absent").exists()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a folder: name a database file"):
        Store.open(tmp_path)


def test_a_text_file_is_no_database(database: Path) -> None:
    database.write_text("So that was Northwind. " * 100)
    before = database.read_bytes()
    with pytest.raises(StoreError, match=r"notes.db is not a database: name another file with --db$"):
        Store.open(database)
    assert database.read_bytes() == before


def test_another_programs_database_is_left_alone(database: Path) -> None:
    with Database(database) as db:
        db["bookmarks"].insert({"url": "https://example.org"})
    before = database.read_bytes()
    with pytest.raises(StoreError, match="is another program's database"):
        Store.open(database)
    assert database.read_bytes() == before


def test_a_newer_version_is_left_alone(database: Path) -> None:
    Store.open(database).close()
    with Database(database) as db:
        row = {"migration_set": "dictate", "name": "m999_telepathy", "applied_at": ""}
        db["_sqlite_migrations"].insert(row)
    before = database.read_bytes()
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"was made by a newer dictate: upgrade with `pip install -U"):
            Store.open(database, read_only=read_only)
    assert database.read_bytes() == before


def test_a_damaged_database_says_so(database: Path) -> None:
    with Store.open(database) as store:
        store.add(debrief(NORTHWIND))
    data = bytearray(database.read_bytes())
    data[4096 * 2 :] = bytes(len(data) - 4096 * 2)
    database.write_bytes(data)
    with pytest.raises(StoreError, match="is damaged"), Store.open(database) as store:
        store.show(1)


def test_read_only_reads_and_does_not_write(database: Path) -> None:
    with Store.open(database) as store:
        store.add(debrief(NORTHWIND))
    with Store.open(database, read_only=True) as store:
        assert len(store.show(1)["notes"]) == 10
        with pytest.raises(StoreError, match="cannot write to"):
            store.edit(1, "Something else.")


def test_a_read_only_folder_is_read_and_not_written(ordinary: Path) -> None:
    database = ordinary / "notes.db"
    with Store.open(database) as store:
        store.add(debrief(NORTHWIND))
    ordinary.chmod(0o500)
    with Store.open(database, read_only=True) as store:
        assert len(store.search("pipeline")) == 1
    with pytest.raises(StoreError, match=r"cannot (open|write to) .*notes.db"), Store.open(database) as store:
        store.edit(1, "Something else.")
    with pytest.raises(StoreError, match=r"cannot create .*other.db: Permission denied; name another place with --db"):
        Store.open(ordinary / "other.db")
    assert [path.name for path in ordinary.iterdir()] == ["notes.db"]


def test_locked(database: Path) -> None:
    with Store.open(database) as store:
        store.add(debrief(NORTHWIND))
    other = sqlite3.connect(database, isolation_level=None)
    other.execute("begin immediate")
    with Store.open(database, busy_timeout_s=0.05) as store:
        assert len(store.list()) == 1  # readers are not held up
        with pytest.raises(StoreError, match="is busy: another program is writing to it; try again when it is done"):
            store.delete(1)
    other.rollback()
    other.close()


def test_a_full_disk_leaves_nothing_half(store: Store) -> None:
    store.add(debrief(NORTHWIND))
    before = store.show(1)
    pages = store._db.execute("pragma page_count").fetchone()[0]
    store._db.execute(f"pragma max_page_count = {pages}")
    long = "\n".join(f"[F] I felt number {i} about it all." for i in range(5000))
    with pytest.raises(StoreError, match="the disk is full: nothing was written"):
        store.add(debrief(long))
    store._db.execute("pragma max_page_count = 1000000")
    assert [interview["id"] for interview in store.list()] == [1]
    assert store.show(1) == before


def test_opening_does_not_import_heavy_libraries() -> None:
    script = "import sys, dictate.store; print(sorted({'torch', 'spacy', 'av', 'faster_whisper'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
