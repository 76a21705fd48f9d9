"""The database as other programs see it: sqlite-utils' own command, and Datasette."""

from __future__ import annotations

import asyncio
import html
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from telling import NORTHWIND, day, debrief

from dictate.store import Store


@pytest.fixture
def filled(database: Path) -> Path:
    with Store.open(database) as store:
        store.add(debrief(NORTHWIND, held_at=day(1), interviewers=("Sarah",)))
        store.edit(2, "Why do I <b>leave</b>?")
    return database


def sqlite_utils(*arguments: str) -> str:
    command = [sys.executable, "-m", "sqlite_utils", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_sqlite_utils_reads_it(filled: Path) -> None:
    tables = {row["table"]: row["count"] for row in json.loads(sqlite_utils("tables", str(filled), "--counts"))}
    assert {name: tables[name] for name in ("interviews", "interviewers", "recordings", "transcripts", "notes")} == {
        "interviews": 1,
        "interviewers": 1,
        "recordings": 1,
        "transcripts": 1,
        "notes": 10,
    }
    rows = json.loads(sqlite_utils("rows", str(filled), "notes", "--limit", "2"))
    assert [row["kind"] for row in rows] == ["context", "question"]
    found = json.loads(sqlite_utils("search", str(filled), "notes", "pipeline", "--column", "number"))
    assert found == [{"number": 2}]
    assert 'REFERENCES "interviews"("id") ON DELETE CASCADE' in sqlite_utils("schema", str(filled), "notes")


def test_sqlite_utils_can_edit_without_breaking_the_index(filled: Path) -> None:
    sqlite_utils("query", str(filled), "update notes set text = 'Watermelons', reworded = 1, edited = 1 where id = 5")
    with Store.open(filled) as store:
        assert [note["id"] for note in store.search("watermelons")] == [5]
        assert store.verify() == []


def pages(database: Path, *urls: str) -> list[tuple[int, str]]:
    from datasette.app import Datasette

    async def fetch() -> list[tuple[int, str]]:
        datasette = Datasette([str(database)])
        await datasette.invoke_startup()
        responses = [await datasette.client.get(url) for url in urls]
        for db in datasette.databases.values():
            db.close()
        return [(response.status_code, response.text) for response in responses]

    return asyncio.run(fetch())


@pytest.mark.filterwarnings("default")  # Datasette 0.65 calls what newer libraries are about to drop
def test_datasette_shows_it_with_names(filled: Path) -> None:
    tables = ["interviews", "interviewers", "recordings", "transcripts", "notes", "note_versions"]
    urls = [f"/notes/{name}" for name in [*tables, "notes_in_full", "questions"]]
    answers = pages(filled, *urls, "/notes", "/notes/notes/2", "/notes/notes?_facet=kind&_search=pipeline")
    assert [status for status, _ in answers] == [200] * len(answers)
    text = dict(zip([*tables, "notes_in_full", "questions"], (body for _, body in answers), strict=False))
    label = re.compile(r'<a href="/notes/interviews/1">([^<]+)</a>')
    assert set(label.findall(text["notes"])) == {"Northwind, data engineer, first, 2026-07-01"}
    assert ">New Recording 7.m4a</a>" in text["notes"]
    assert "Northwind" in text["notes_in_full"]
    assert "I drew two boxes and forgot watermarks." in text["questions"]
    assert "Why do I <b>leave</b>?" in html.unescape(text["notes"])
    assert "<b>leave" not in text["notes"]
