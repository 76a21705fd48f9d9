"""The commands that use notes: ``plan``, ``thank-you``, ``status``, ``outcome``."""

from __future__ import annotations

import csv
import io
import os
import pty
import subprocess
import sys
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from dictate.review.days import due_day
from dictate.store import Store
from tests.cli.conftest import Run
from tests.store.telling import NORTHWIND, debrief

HELD = datetime.now().astimezone() - timedelta(days=20)
FOLLOWUPS = "[U] I'll send the certificate tonight.\n[U] She'll ring either way by Friday.\n"
CONCERN, LEARNED, OMISSION, PLAN, OWED = 6, 8, 9, 10, 11


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with one interview of three weeks ago."""
    database = tmp_path / "notes.db"
    with Store.open(database) as store:
        store.add(debrief(NORTHWIND + FOLLOWUPS, held_at=HELD, interviewers=("Sarah Lind", "Tom")))
    monkeypatch.setenv("DICTATE_DB", str(database))
    return database


def terminal(*arguments: str, **environment: str) -> tuple[int, str]:
    """Run dictate in a pseudo-terminal."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "dictate", *arguments],
        stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True,
        env={**os.environ, "COLUMNS": "200", "TERM": "xterm", **environment},
    )  # fmt: skip
    os.close(theirs)
    screen = b""
    while True:
        try:
            told = os.read(ours, 65536)
        except OSError:  # the terminal closes with the program
            break
        if not told:
            break
        screen += told
    os.close(ours)
    return process.wait(timeout=30), screen.decode()


def test_plan_lists_and_keeps_decisions(run: Run, told: Path) -> None:
    found = run("plan", "--json").json
    assert [(one["note_id"], one["kind"], one["state"]) for one in found] == [
        (PLAN, "plan", "open"),
        (CONCERN, "concern", "open"),
    ]
    assert set(found[0]) == {
        "note_id", "kind", "text", "interview_id", "company", "role", "held_at", "state", "due", "done_at",
        "line",
    }  # fmt: skip
    lines = [line.split("\t") for line in run("plan").out.splitlines()]
    assert lines[1] == [
        "10", "1", "Northwind", HELD.isoformat()[:10], "open", "", "plan", "Next time I will practise drawing.", "",
    ]  # fmt: skip
    assert lines[2][6] == "concern, no plan yet"
    assert "2020-01-02 (overdue)" in run("plan", "--due", CONCERN, "2020-01-02").out
    (done,) = run("plan", "--done", PLAN, "--json").json
    assert (done["state"], done["done_at"] is not None) == ("done", True)
    assert [one["note_id"] for one in run("plan", "--json").json] == [CONCERN]
    assert [one["note_id"] for one in run("plan", "--all", "--json").json] == [CONCERN, PLAN]
    assert run("plan", "--company", "nobody", "--json").json == []
    run("plan", "--drop", CONCERN, "--reopen", PLAN)
    (row,) = csv.DictReader(io.StringIO(run("plan", "--csv").out))
    assert (row["note"], row["kind"], row["due"]) == ("10", "plan", "")
    with Store.open(told, read_only=True) as store:
        assert [note["state"] for note in store.decided(("concern", "plan"))] == ["dropped", "open"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["plan", "--done", "10", "--done", "99"], "no note 99"),
        (["plan", "--done", "10", "--drop", "10"], "note 10 cannot be done and dropped: say one of them"),
        (["plan", "--done", "10", "--done", "1"], "note 1 is of kind context"),
        (["thank-you", "9"], "no interview 9: `dictate list` shows those there are"),
        (["thank-you", "1", "--to", "Bo"], "no interviewer 'Bo' in interview 1: it was with Sarah Lind, Tom"),
        (["thank-you", "1", "--eml", "x.eml"], "2 letters do not fit one file: choose one with --to NAME"),
        (["thank-you", "1", "--to", "Tom", "--sent", "--eml", "/no/x.eml"], "cannot write /no/x.eml"),
        (["thank-you", "1", "--edit"], "--edit opens your editor on a terminal"),
        (["outcome", "9", "offer"], "no interview 9"),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(run: Run, told: Path, arguments: list[str], message: str) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"dictate: {message}")
    assert len(ran.err.splitlines()) == 1
    with Store.open(told, read_only=True) as store:
        assert store.letters(1) == []
        assert {note["state"] for note in store.decided(("plan", "concern"))} == {"open"}


def test_wrong_usage_is_2(run: Run, told: Path) -> None:
    assert run("plan", "--due", PLAN, "soon").status == 2
    assert run("outcome", 1, "hired").status == 2
    assert run("thank-you", 1, "--tone", "rude").status == 2


def test_a_letter_says_what_the_notes_say(run: Run, told: Path) -> None:
    found = run("thank-you", 1, "--json").json
    assert (found["interview_id"], found["sent_at"]) == (1, None)
    assert [letter["to"] for letter in found["letters"]] == ["Sarah Lind", "Tom"]
    sarah = found["letters"][0]
    assert set(sarah) >= {"to", "words", "text", "sentences"}
    assert [(one["text"], one["note_ids"]) for one in sarah["sentences"]] == [
        ("Thank you for talking with me about the data engineer role at Northwind.", []),
        ("Thank you for answering my question about how you do on call.", [7, LEARNED]),
        ("I did not get to mention the résumé project with Kafka.", [OMISSION]),
        ("I will send you the certificate.", [OWED]),
        ("I look forward to hearing about the next step by Friday.", [12]),
        ("Thank you again for your time.", []),
    ]
    ran = run("thank-you", 1, "--to", "sarah")
    assert ran.out == sarah["text"] + "\n"
    assert ran.err == f"{sarah['words']} words; not marked as sent (--sent)\n"


def test_trace_shows_the_note_and_the_moment(run: Run, told: Path) -> None:
    lines = run("thank-you", 1, "--to", "Tom", "--trace", "--tone", "warm").out.splitlines()
    at = lines.index("I left one thing out when we talked: the résumé project with Kafka.")
    with Store.open(told, read_only=True) as store:
        second = round(store.note(OMISSION)["start_s"] or 0)
    assert lines[at + 1] == f"    note 9 at 0:{second:02}: dictate play 9"
    assert lines[3] == f"    notes 7, 8 at 0:{round(second_of(told, 7)):02}: dictate play 7"


def second_of(database: Path, note: int) -> float:
    with Store.open(database, read_only=True) as store:
        return store.note(note)["start_s"] or 0.0


def test_a_message_file_and_sent(run: Run, told: Path, tmp_path: Path) -> None:
    file = tmp_path / "letter.eml"
    ran = run("thank-you", 1, "--to", "Tom", "--eml", file, "--sent", "--json")
    assert ran.json["letters"][0]["sent_at"]
    assert ran.err == f"written to {file}, without an address\n"
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert (mail["Subject"], mail["To"]) == ("Thank you: data engineer at Northwind", None)
    assert "Dear Tom," in mail.get_content()
    assert run("status", "--json").json["letters"][0]["to"] == ["Sarah Lind"]
    assert run("thank-you", 1, "--sent", "--json").json["sent_at"]
    assert run("status", "--json").json["letters"] == []


def test_edit_keeps_what_the_user_writes(run: Run, told: Path, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nsed -i 's/I will send you the certificate./Here it is./' \"$1\"\n")
    editor.chmod(0o755)
    status, screen = terminal("thank-you", "1", "--to", "Tom", "--edit", EDITOR=str(editor), VISUAL=str(editor))
    assert status == 0, screen
    assert "edited by you" in screen
    (letter,) = run("thank-you", 1, "--to", "Tom", "--json").json["letters"]
    assert "Here it is." in letter["text"]
    assert OWED not in [note for one in letter["sentences"] for note in one["note_ids"]]
    (letter,) = run("thank-you", 1, "--to", "Tom", "--redraft", "--json").json["letters"]
    assert "I will send you the certificate." in letter["text"]


def test_status_says_what_is_due_and_what_to_run(run: Run, told: Path) -> None:
    held = HELD.isoformat()[:10]
    friday = due_day(None, "by Friday", held)
    assert run("status").out.splitlines() == [
        "Letters not sent",
        f"  interview 1 · Northwind · {held}: no letter to Sarah Lind, Tom after 20 days: dictate thank-you 1",
        "Followups",
        f"  [11] interview 1 · Northwind · {held}: you owe: I'll send the certificate tonight. (due {held}, overdue): "
        "dictate plan --done 11",
        f"  [12] interview 1 · Northwind · {held}: She'll ring either way by Friday. (due {friday}, overdue): "
        "dictate plan --done 12",
        "To do better",
        f"  [10] interview 1 · Northwind · {held}: Next time I will practise drawing.: dictate plan --done 10",
        f"  [6] interview 1 · Northwind · {held}: concern, no plan yet: I went blank for a whole minute.: "
        'dictate plan --line 6 "WHAT YOU WILL DO"',
        "No outcome yet",
        f"  interview 1 · Northwind · {held}: nothing noted after 20 days: dictate outcome 1 OUTCOME",
        "Difficult questions",
        "  too little to go on: 1 interview with questions, three are the least: dictate import FILE",
    ]
    found = run("status", "--json").json
    assert set(found) == {"untold", "letters", "followups", "plans", "outcomes", "difficult", "unfinished"}
    assert all(one["note_ids"] for key in ("letters", "followups", "plans", "outcomes") for one in found[key])
    assert run("outcome", 1, "rejected", "--json").json == {"interview_id": 1, "outcome": "rejected"}
    assert run("plan", "--done", 10, "--drop", 6).status == 0
    assert run("status").out.splitlines()[:2] == ["Nothing is due", "  add a debrief with: dictate import FILE"]
    assert run("show", 1, "--json").json["outcome"] == "rejected"


def test_a_fresh_user_is_told_what_to_do(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DICTATE_DB")
    assert run("plan", "--json").json == []
    assert (run("plan").status, run("plan").err) == (0, "nothing to do better is noted\n")
    assert run("status", "--json").json["difficult"]["enough"] is False
    assert run("status").out.splitlines()[0] == "Nothing is due"
    assert run("thank-you", 1).status == 1


def test_a_bare_dictate_shows_the_status_on_a_terminal(run: Run, told: Path, tmp_path: Path) -> None:
    status, screen = terminal()
    assert status == 0
    assert "dictate thank-you 1" in screen
    assert "Usage:" not in screen
    assert "Usage:" in run().out
    for database in (tmp_path / "none.db", tmp_path / "empty.db"):
        if database.stem == "empty":
            Store.open(database).close()
        status, screen = terminal(DICTATE_DB=str(database))
        assert status == 0
        assert "Usage:" in screen
    assert not (tmp_path / "none.db").exists()


def test_names_and_notes_do_not_drive_the_terminal(run: Run, told: Path) -> None:
    with Store.open(told) as store:
        store.add(debrief("[P] Sit \x1b[2J straight.\n[O] I forgot the \x1b[31m<b>.", company="<script>\x07"))
    for command in (["status"], ["plan"], ["thank-you", 2], ["thank-you", 2, "--trace"]):
        ran = run(*command)
        assert ran.status == 0
        assert "\x1b" not in ran.out + ran.err
        assert "\x07" not in ran.out + ran.err
