"""Exports that are one file of everything: a deck, a calendar; and the notes in Datasette."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from dictate.review.serving import QUERIES
from dictate.store import Decision, Store
from tests.cli.conftest import Run
from tests.store.telling import debrief

TOLD = """
    [Q1] They asked what <b>drives</b> me & why.
    [A1] I said building 1 < 2 things.
    [Q2!] Then a hard one about conflict.
    [A2] I had nothing.
    [P] Next time I will practise.
    [U] They decide by Friday.
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    database = tmp_path / "notes.db"
    held = datetime.now().astimezone() - timedelta(days=3)
    with Store.open(database) as store:
        store.add(debrief(TOLD, company="A; <i>B</i>", held_at=held, interviewers=("Sarah",)))
        (plan,) = store.decided(("plan",))
        store.decide({plan["id"]: Decision("open", date.today() + timedelta(days=4))})
    monkeypatch.setenv("DICTATE_DB", str(database))
    return database


def cards(file: Path, folder: Path) -> list[list[str]]:
    with zipfile.ZipFile(file) as archive:
        archive.extract("collection.anki2", folder)
    with sqlite3.connect(folder / "collection.anki2") as db:
        found = [[guid, *fields.split("\x1f")] for guid, fields in db.execute("select guid, flds from notes")]
    db.close()
    return found


def test_a_deck_holds_answered_questions_as_words(run: Run, told: Path, tmp_path: Path) -> None:
    file = tmp_path / "deck.apkg"
    assert run("export", "--format", "anki", "-o", file, "--json").json == {"files": [str(file)], "entries": 1}
    ((guid, question, answer, source),) = cards(file, tmp_path)
    assert "&lt;b&gt;drives&lt;/b&gt; me &amp; why" in question
    assert answer == "I said building 1 &lt; 2 things."
    assert source.startswith("given answer; came in 1 interview,")
    assert run("export", "--format", "anki", "-o", file).status == 0
    assert cards(file, tmp_path)[0][0] == guid  # Anki replaces the card instead of adding one
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_calendar_holds_what_is_due(run: Run, told: Path, tmp_path: Path) -> None:
    file = tmp_path / "due.ics"
    assert run("export", "--format", "ics", "-o", file).out == f"{file}\n"
    found = {event["SUMMARY"]: event["DTSTART"].dt for event in Calendar.from_ical(file.read_bytes()).walk("VEVENT")}
    assert set(found) == {
        "To do better: Next time I will practise.",
        "Next step · A; <i>B</i> · They decide by Friday.",
        "Thank-you letter to Sarah · A; <i>B</i>",
    }
    assert found["To do better: Next time I will practise."] == date.today() + timedelta(days=4)
    assert found["Next step · A; <i>B</i> · They decide by Friday."].weekday() == 4


def test_what_cannot_be_written_is_one_line(
    run: Run, told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("export", "--format", "anki").status == 2
    assert run("export", 1, "--format", "ics", "-o", tmp_path / "a.ics").status == 2
    mine = tmp_path / "mine.apkg"
    mine.write_text("mine")
    for place in (mine, tmp_path / "no" / "a.apkg", tmp_path):
        ran = run("export", "--format", "anki", "-o", place)
        assert (ran.status, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    assert mine.read_text() == "mine"
    Store.open(tmp_path / "empty.db").close()
    monkeypatch.setenv("DICTATE_DB", str(tmp_path / "empty.db"))
    for format, reason in (("anki", "no question has an answer yet"), ("ics", "nothing is due")):
        ran = run("export", "--format", format, "-o", tmp_path / "x")
        assert (ran.status, ran.err) == (1, f"dictate: {reason}: no file is written\n")
        assert not (tmp_path / "x").exists()


def test_files_of_the_users_own_stay(run: Run, told: Path, tmp_path: Path) -> None:
    letter, calendar, document = tmp_path / "keep.txt", tmp_path / "my.ics", tmp_path / "cv.docx"
    commands = {
        letter: ("thank-you", 1, "--to", "Sarah", "--eml", letter),
        calendar: ("upcoming", "--at", "2030-01-01T10:00", "--ics", calendar),
        document: ("export", "-f", "anki", "-o", document),
    }
    letter.write_text("My own notes")
    calendar.write_text("BEGIN:VCALENDAR\r\nPRODID:-//mine//EN\r\nEND:VCALENDAR\r\n")
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("word/document.xml", "<cv/>")
    before = {file: file.read_bytes() for file in commands}
    for file, command in (*commands.items(), (calendar, ("export", "-f", "ics", "-o", calendar))):
        ran = run(*command)
        assert (ran.status, ran.out, len(ran.err.splitlines())) == (1, "", 1)
        assert ran.err.endswith(": --force replaces it\n")
        assert file.read_bytes() == before[file]
    assert run("upcoming", "--json").json == []  # nor was the interview kept
    for file, command in commands.items():
        assert run(*command, "--force").status == 0
        assert run(*command).status == 0  # one's own is replaced
        assert file.read_bytes() != before[file]
    assert run("export", "-f", "ics", "-o", calendar).status == 0


def test_a_damaged_archive_is_none_of_ours(run: Run, told: Path, tmp_path: Path) -> None:
    deck = tmp_path / "deck.apkg"
    with zipfile.ZipFile(deck, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("collection.anki2", b"cards " * 1000)
    content = deck.read_bytes()
    deck.write_bytes(content.replace(content[46:56], b"\xff" * 10))
    ran = run("export", "-f", "anki", "-o", deck)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.endswith("no deck that dictate made: --force replaces it\n")


def test_a_number_beyond_all_is_not_found(run: Run, told: Path) -> None:
    for command in (
        ("revise", "9" * 20, "--text", "x"),
        ("revise", "9" * 20, "--note", "--text", "x"),
        ("show", "9" * 20),
    ):
        ran = run(*command)
        assert (ran.status, ran.out, len(ran.err.splitlines())) == (1, "", 1)
        assert ran.err.startswith("dictate: no ")


def test_datasette_is_told_of_queries_that_work(run: Run, told: Path) -> None:
    ran = run("datasette", "--json")
    assert ran.json["command"][:3] == ["datasette", "serve", str(told)]
    metadata = json.loads(Path(ran.json["metadata"]).read_text())
    assert set(metadata["databases"]["notes"]["queries"]) == set(QUERIES)
    assert run("datasette").out.startswith(f"datasette serve {told} --metadata ")
    for name in QUERIES:
        values = "&kind=plan&words=hard&company=A"
        path = f"/notes/{name}.json?_shape=array{values}"
        command = [sys.executable, "-m", *ran.json["command"][:5], "--get", path]
        if name in ("difficult_questions", "search"):
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            assert "hard one" in json.dumps(json.loads(done.stdout))
        else:
            with sqlite3.connect(told) as db:
                db.execute(QUERIES[name][1], {"kind": "plan", "words": "hard", "company": "A"}).fetchall()
            db.close()
