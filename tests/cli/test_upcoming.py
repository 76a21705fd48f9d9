"""``dictate upcoming``, and the line that every command says until an interview is told."""

from __future__ import annotations

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from dictate.store import Store
from tests.cli.conftest import Run
from tests.cli.test_review import terminal

BEGAN = datetime.now().astimezone().replace(microsecond=0) - timedelta(minutes=90)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DICTATE_DB", str(tmp_path / "notes.db"))
    return tmp_path / "notes.db"


def test_a_terminal_is_reminded_until_it_is_told(run: Run, database: Path, tmp_path: Path) -> None:
    ran = run("upcoming", "--at", BEGAN.isoformat(), "--company", "Northwind", "--interviewer", "Sarah", "--json")
    (one,) = ran.json
    assert (one["company"], one["interviewers"], one["state"]) == ("Northwind", ["Sarah"], "waiting")
    assert "Northwind" in run("upcoming").out
    line = r"dictate: the interview at Northwind ended 3\d minutes ago and is not told: dictate record \(or: dictate"
    assert re.search(line, terminal("list")[1])
    for silent in (["list", "--json"], ["list", "--help"], ["upcoming"]):
        assert "is not told" not in terminal(*silent)[1]
    assert "is not told" not in run("list").err  # a program reads it
    found = run("status", "--json").json["untold"]
    assert [(entry["company"], entry["next"]) for entry in found] == [("Northwind", "dictate record")]
    assert "Interviews without a debrief" in run("status").out
    told = tmp_path / "told.txt"
    told.write_text("They asked me why I left. I said the commute was too long.")
    assert run("import", told, "--company", "Northwind", "--held-at", BEGAN.isoformat()).status == 0
    assert "is not told" not in terminal("list")[1]
    assert run("show", 1, "--json").json["interviewers"] == ["Sarah"]
    assert run("upcoming", "--json").json == []
    assert [one["state"] for one in run("upcoming", "--all", "--json").json] == ["told"]


def test_dismissed_it_is_not_spoken_of(run: Run, database: Path) -> None:
    run("upcoming", "--at", BEGAN.isoformat())
    assert run("upcoming", "--dismiss", 1, "--json").json == []
    assert "is not told" not in terminal("list")[1]
    ran = run("upcoming", "--dismiss", 7)
    assert (ran.status, ran.err) == (
        1,
        "dictate: no upcoming interview 7: `dictate upcoming --all` shows those there are\n",
    )


def test_reminders_are_written_whole(run: Run, database: Path, tmp_path: Path) -> None:
    file = tmp_path / "reminders.ics"
    later = (BEGAN + timedelta(days=1)).isoformat()
    assert run("upcoming", "--at", later, "--minutes", 30, "--company", "Acme", "--ics", file).status == 0
    (event,) = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event["DTSTART"].dt == BEGAN + timedelta(days=1, minutes=31)
    ran = run("upcoming", "--ics", tmp_path / "no" / "r.ics")
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)
    assert (file.stat().st_mode & 0o777) == 0o600


def test_bad_input_is_one_line_and_makes_no_database(run: Run, database: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ics"
    broken.write_bytes(os.urandom(200))
    for arguments in ([broken], [tmp_path / "none.ics"], [tmp_path]):
        ran = run("upcoming", *arguments)
        assert ran.status in (1, 2)
        assert ran.out == ""
    assert len(run("upcoming", broken).err.splitlines()) == 1
    assert run("upcoming", "--company", "Acme").status == 2
    assert run("upcoming", "--at", "soonish").status == 2
    assert not database.exists()


def test_an_invitation_is_enough(run: Run, database: Path, tmp_path: Path) -> None:
    file = tmp_path / "invitation.ics"
    begins = (BEGAN + timedelta(days=2)).astimezone().strftime("%Y%m%dT%H%M%S")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:1", f"DTSTART:{begins}",
             "SUMMARY:Interview with Northwind", "END:VEVENT", "END:VCALENDAR", ""]  # fmt: skip
    file.write_text("\r\n".join(lines))
    (one,) = run("upcoming", file, "--role", "analyst", "--json").json
    assert (one["company"], one["role"], one["state"]) == ("Northwind", "analyst", "coming")
    assert len(run("upcoming", file, "--json").json) == 1
    file.write_text("\r\n".join(lines).replace("SUMMARY", "STATUS:CANCELLED\r\nSUMMARY"))
    assert run("upcoming", file, "--json").json == []
    with Store.open(database, read_only=True) as store:
        assert store.upcoming(states=("coming", "waiting", "told", "dismissed")) == []
