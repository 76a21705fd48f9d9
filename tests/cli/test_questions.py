"""``dictate questions`` as a user runs it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from dictate.store import Store
from tests.cli.conftest import Run

LINES = "Why are you leaving?\n\n  Can you whistle?\nwhy do I want to leave\n"


def test_questions_come_in_families_with_their_answers(run: Run, filled: Path) -> None:
    found = run("questions", "--json").json
    assert [list(one) for one in found] == [["family", "name", "questions"]] * 3
    assert {one["name"] for one in found} >= {"Why I am leaving", "A pipeline drawn"}
    asked = {question["text"]: question for one in found for question in one["questions"]}
    pipeline = asked["Then Tom wanted a pipeline drawn."]
    assert (pipeline["interview_id"], pipeline["difficult"]) == (1, True)
    assert [answer["text"] for answer in pipeline["answers"]] == ["I drew two boxes and forgot watermarks."]
    (hard,) = run("questions", "--difficult", "--json").json
    assert hard["questions"] == [pipeline]
    assert len(run("questions", "--json", "--limit", 1).json) == 1
    assert run("questions", "--json").json == found


def test_one_family_and_tables(run: Run, filled: Path) -> None:
    listed = run("questions")
    assert listed.out.splitlines()[0].split("\t") == ["family", "asked", "difficult", "question"]
    family = next(line.split("\t")[0] for line in listed.out.splitlines() if "pipeline" in line)
    shown = run("questions", "--family", family).out.splitlines()
    assert shown[0] == "A pipeline drawn"
    assert shown[2].endswith("I drew two boxes and forgot watermarks.")
    rows = list(csv.DictReader(io.StringIO(run("questions", "--csv").out)))
    assert [row["difficult"] for row in rows].count("yes") == 1
    ran = run("questions", "--family", 99)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "dictate: no family 99: `dictate questions` shows the numbers of those there are\n"


def test_merge_and_split(run: Run, filled: Path) -> None:
    first, second, third = (one["family"] for one in run("questions", "--json").json)
    (merged,) = run("questions", "--merge", first, third, "--json").json
    assert (merged["family"], len(merged["questions"])) == (first, 2)
    note = merged["questions"][1]["note_id"]
    (split,) = run("questions", "--split", note, "--json").json
    assert [question["note_id"] for question in split["questions"]] == [note]
    assert split["family"] not in (first, second, third)
    assert run("questions", "--merge", first, 99).status == 1
    assert run("questions", "--split", 999).status == 1


def test_lines_are_grouped_in_their_order(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lines.txt").write_text(LINES)
    found = run("questions", "--group", tmp_path / "lines.txt", "--json").json
    texts = ["Why are you leaving?", "Can you whistle?", "why do I want to leave"]
    assert found == [{"family": n, "text": text} for n, text in zip([1, 2, 1], texts, strict=True)]
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(LINES.encode())))
    assert run("questions", "--group", "-", "--json").json == found
    assert run("questions", "--group", tmp_path / "lines.txt").out.splitlines()[1] == "1\tWhy are you leaving?"
    (tmp_path / "empty.txt").write_text("\n")
    assert run("questions", "--group", tmp_path / "empty.txt", "--json").json == []
    ran = run("questions", "--group", tmp_path / "none.txt")
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)


def test_before_the_first_note(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(tmp_path / "empty.db").close()
    monkeypatch.setenv("DICTATE_DB", str(tmp_path / "empty.db"))
    assert run("questions", "--json").json == []
    ran = run("questions")
    assert (ran.status, ran.out, ran.err) == (0, "", "no questions yet\n")
