from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database
from telling import NORTHWIND, day, debrief

from dictate.store import Store, schema

NAMES = [step.__name__ for step in schema.STEPS]


def made_until(path: Path, step: str) -> Database:
    """A database as it was before a step existed."""
    db = Database(path)
    schema.migrations().apply(db, stop_before=step)
    return db


def fill(db: Database) -> None:
    """Rows as the oldest schema took them."""
    db.execute("pragma foreign_keys = on")
    db["interviews"].insert({"id": 1, "company": "Northwind", "held_at": "2026-07-01T10:00:00+02:00", "created_at": ""})
    facts = {"name": "a.m4a", "original_path": "/a.m4a", "sha256": "0", "imported_at": "", "remarks": "[]"}
    db["recordings"].insert({"id": 1, "interview_id": 1, **facts})
    made = {"engine": "e", "model": "m", "duration_s": 1.0, "warnings": "[]", "made_at": ""}
    text = {"text": "Kafka again.", "words": "[[0, 0.5, 0.9], [0.5, 1, 0.9]]"}
    db["transcripts"].insert({"id": 1, "recording_id": 1, "current": 1, **made, **text})
    note = {"kind": "question", "number": 1, "difficult": 1, "confidence": 0.9, "start_s": 0.0, "end_s": 1.0}
    place = {"start": 0, "end": 12, "edited": 0, "reworded": 0, "text": "Kafka again."}
    db["notes"].insert({"id": 1, "interview_id": 1, "recording_id": 1, **note, **place})


@pytest.mark.parametrize("step", NAMES[1:])
@pytest.mark.parametrize("rows", [False, True], ids=["empty", "with rows"])
def test_older_schemas_are_brought_up(database: Path, tmp_path: Path, step: str, rows: bool) -> None:
    with made_until(database, step) as db:
        if rows:
            fill(db)
    with Store.open(database) as store, Store.open(tmp_path / "fresh.db"):
        assert [note["text"] for note in store.search("kafka")] == (["Kafka again."] if rows else [])
        assert store.verify() == []
    with Database(database) as old, Database(tmp_path / "fresh.db") as fresh:
        assert old.schema == fresh.schema
        assert [row["name"] for row in old["_sqlite_migrations"].rows] == NAMES
        assert old["questions"].count == int(rows)


@pytest.mark.parametrize("rows", [False, True], ids=["empty", "with rows"])
def test_a_migration_that_fails_half_way_changes_nothing(
    database: Path, rows: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def m004_fails(db: Database) -> None:
        db.table("interviews").add_column("mood", str)
        db.execute("update notes set text = 'lost'")
        db.execute("insert into nowhere values (1)")

    with made_until(database, NAMES[-1]) as db:
        if rows:
            fill(db)
        before = list(db.iterdump())
    with monkeypatch.context() as patched:
        patched.setattr(schema, "STEPS", (*schema.STEPS, m004_fails))
        with pytest.raises(Exception, match="no such table: nowhere"):
            Store.open(database)
    with Database(database) as db:
        assert list(db.iterdump()) == before
    with Store.open(database) as store:
        assert store.verify() == []


def test_the_shape_is_enforced(store: Store, database: Path) -> None:
    store.add(debrief(NORTHWIND))
    with Database(database) as db:
        db.execute("pragma foreign_keys = on")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            db.execute("update notes set recording_id = 99")
        with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
            db.execute("update notes set number = 'two'")
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            db.execute("insert into recordings select 2, interview_id, name, path, original_path, sha256, null, null, "
                       "null, null, null, imported_at, remarks from recordings")  # fmt: skip


def test_numbered_views_read_well(store: Store, database: Path) -> None:
    store.add(debrief(NORTHWIND, held_at=day(1)))
    with Database(database) as db:
        (row,) = db["questions"].rows_where("number = 2")
        assert row["question"] == "Then Tom wanted a pipeline drawn for late events."
        assert row["answer"] == "I drew two boxes and forgot watermarks."
        assert (row["company"], row["difficult"]) == ("Northwind", 1)
        assert [row["title"] for row in db["interviews"].rows] == ["Northwind, data engineer, first, 2026-07-01"]
        assert {row["company"] for row in db["notes_in_full"].rows} == {"Northwind"}
