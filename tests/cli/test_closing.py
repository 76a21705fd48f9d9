"""The calm end of a recording, in a real pseudo-terminal: facts to confirm, a line for each concern."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dictate.store import Store
from tests.cli.conftest import Run
from tests.cli.room import Terminal
from tests.store.telling import NORTHWIND, debrief

CLOSE = """
import sys
from pathlib import Path
from dictate.cli import closing
from dictate.records import Interview
from dictate.store import Store
closing.PATIENCE_S = float(sys.argv[2])
with Store.open(Path(sys.argv[1])) as store:
    closing.close(store, 1, 1, Interview(company="Northwind"))
"""
LAST = "It is kept, and can wait until you have rested."
CONCERN = 6  # of NORTHWIND's notes


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DICTATE_DB", str(tmp_path / "notes.db"))
    with Store.open(tmp_path / "notes.db") as store:
        store.add(debrief(NORTHWIND, role="data engineer", interviewers=("Sarah",)))
    return tmp_path / "notes.db"


def closing(database: Path, patience_s: float = 60.0) -> Terminal:
    return Terminal(dict(os.environ), "-c", CLOSE, database, patience_s, program=())


def test_what_was_understood_is_kept_and_a_concern_gets_a_line(database: Path, run: Run) -> None:
    terminal = closing(database)
    terminal.until("Understood of the interview: role data engineer; round first; interviewers Sarah.")
    terminal.until("e puts it right: ")
    terminal.press("\n")
    terminal.until("1 concern has no plan yet.")
    terminal.until("1 of 1: I went blank for a whole minute.\r\n    ")
    terminal.press("Write the story down first\n")
    terminal.until(LAST)
    assert terminal.end() == 0
    (concern,) = [one for one in run("plan", "--json").json if one["kind"] == "concern"]
    assert (concern["note_id"], concern["line"]) == (CONCERN, "Write the story down first")
    written = "Write the story down first (concern: I went blank for a whole minute.)"
    assert written in run("prepare").out
    assert written in run("status").out
    again = closing(database)
    again.until("e puts it right: ")
    again.press("\n")
    again.until(LAST)  # a concern that has its line is not asked about again
    assert again.end() == 0
    assert "no plan yet" not in again.screen


def test_what_was_understood_is_put_right(database: Path, run: Run) -> None:
    terminal = closing(database)
    terminal.until("e puts it right: ")
    terminal.press("e\n")
    for asked, answer in (
        ("Company", ""), ("Role", "analyst"), ("Round", "second"), ("Held at", ""), ("Interviewers", "Sara, Tom"),
    ):  # fmt: skip
        terminal.until(asked)
        terminal.press(f"{answer}\n")
    terminal.until("1 of 1: ")
    terminal.press("\n")
    terminal.until(LAST)
    assert terminal.end() == 0
    shown = run("show", 1, "--json").json
    assert (shown["company"], shown["role"], shown["round"]) == ("Northwind", "analyst", "second")
    assert shown["interviewers"] == ["Sara", "Tom"]
    assert all(one["line"] is None for one in run("plan", "--json").json)


def test_nobody_there_ends_it_and_so_does_ctrl_c(database: Path, run: Run) -> None:
    before = run("show", 1, "--json").json
    alone = closing(database, 0.3)
    alone.until(LAST)
    assert alone.end() == 0
    assert "no plan yet" not in alone.screen
    ended = closing(database)
    ended.until("e puts it right: ")
    ended.press("\x03")
    ended.until(LAST)
    assert ended.end() == 0
    assert run("show", 1, "--json").json == before
