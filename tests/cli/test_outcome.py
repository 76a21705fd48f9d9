"""What became of an interview."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from dictate.records import OUTCOMES
from tests.cli.conftest import Run


def stored(database: Path) -> dict[int, str | None]:
    return {row["id"]: row["outcome"] for row in Database(database)["interviews"].rows}


def test_an_outcome_is_said_shown_and_taken_back(run: Run, filled: Path) -> None:
    for outcome in OUTCOMES:
        ran = run("outcome", 1, outcome)
        assert (ran.status, ran.out, ran.err) == (0, f"interview 1: {outcome}\n", "")
        assert stored(filled) == {1: outcome, 2: None}
        assert run("outcome", 1).out == f"interview 1: {outcome}\n"
        assert run("outcome", 1, "--json").json == {"interview_id": 1, "outcome": outcome}
        assert run("show", 1, "--json").json["outcome"] == outcome
    assert "withdrawn" in run("show", 1).out
    assert "withdrawn" in run("list").out
    assert run("outcome", 1, "--clear", "--json").json == {"interview_id": 1, "outcome": None}
    assert stored(filled) == {1: None, 2: None}
    assert run("outcome", 1).out == "interview 1: no outcome\n"


def test_an_interview_that_is_not_there(run: Run, filled: Path) -> None:
    for arguments in ([9], [9, "offer"], [9, "--clear"]):
        ran = run("outcome", *arguments)
        assert (ran.status, ran.out) == (1, "")
        assert ran.err == "dictate: no interview 9: `dictate list` shows those there are\n"


def test_wrong_usage_changes_nothing(run: Run, filled: Path) -> None:
    run("outcome", 1, "waiting")
    for arguments in ([1, "hired"], [1, "offer", "--clear"], ["one", "offer"], []):
        assert run("outcome", *arguments).status == 2
    assert stored(filled) == {1: "waiting", 2: None}
