"""The commands that read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.cli.conftest import Run

SEARCH_KEYS = {"interview_id", "company", "role", "held_at", "id", "kind", "text", "number", "difficult"}


def test_list_for_programs_and_for_people(run: Run, notes: Path) -> None:
    (one,) = run("list", "--json").json
    assert (one["id"], one["company"], one["outcome"]) == (1, "Brightwhistle", None)
    (row,) = csv.DictReader(io.StringIO(run("list", "--csv").out))
    assert (row["id"], row["company"], row["held"]) == ("1", "Brightwhistle", "2026-03-12")
    plain = run("list").out.splitlines()
    assert plain[1].split("\t")[:3] == ["1", "2026-03-12", "Brightwhistle"]


def test_json_is_accepted_before_and_after_the_arguments(run: Run, notes: Path) -> None:
    assert run("--json", "show", 1).json == run("show", 1, "--json").json == run("show", "--json", 1).json


def test_a_fresh_user_is_told_what_to_do(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DICTATE_DB")
    assert run("list", "--json").json == []
    assert run("search", "anything", "--json").json == []
    assert run("questions", "--json").json == []
    ran = run("list")
    assert (ran.status, ran.err) == (0, "no interviews yet; make notes of a memo with: dictate import FILE\n")
    assert run("show", 1).status == 1


def test_a_database_that_is_named_and_not_there_is_an_error(run: Run, tmp_path: Path) -> None:
    ran = run("--db", tmp_path / "typo.db", "list")
    assert ran.status == 1
    assert str(tmp_path / "typo.db") in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not (tmp_path / "typo.db").exists()


def test_show_puts_answers_under_their_questions(run: Run, notes: Path) -> None:
    shown = run("show", 1, "--json").json
    lines = run("show", 1).out.splitlines()
    assert lines[0] == "Brightwhistle · operations analyst · second  (interview 1)"
    question = next(n for n in shown["notes"] if n["kind"] == "question")
    answer = next(n for n in shown["notes"] if n["kind"] == "answer" and n["number"] == question["number"])
    at = next(i for i, line in enumerate(lines) if line.endswith(f"[{question['id']}]"))
    assert lines[at + 1].strip().startswith("→")
    assert lines[at + 1].endswith(f"[{answer['id']}]")
    shown_ids = {n["id"] for n in shown["notes"] if n["kind"] != "aside"}
    assert all(any(line.endswith(f"[{i}]") for line in lines) for i in shown_ids)
    hard = [n for n in shown["notes"] if n["difficult"]]
    assert hard
    assert sum("(difficult)" in line for line in lines) == len({n["number"] for n in hard})


def test_show_the_transcript(run: Run, notes: Path) -> None:
    assert run("show", 1, "--transcript").out.strip() == run("show", 1, "--json").json["recordings"][0]["transcript"]


@pytest.mark.parametrize("id", ["2", "99999999999999999999", "-1"])
def test_an_id_that_is_not_there(run: Run, notes: Path, id: str) -> None:
    ran = run("show", "--", id)
    assert ran.status == 1
    assert ran.err == f"dictate: no interview {id}: `dictate list` shows those there are\n"


def test_wrong_usage_is_2(run: Run, notes: Path) -> None:
    assert run("show", "one").status == 2
    assert run("frobnicate").status == 2
    assert run("search", "x", "--kind", "nonsense").status == 2
    assert run("list", "--since", "last tuesday").status == 2


def test_search_finds_words_phrases_and_beginnings(run: Run, notes: Path) -> None:
    (hit,) = run("search", "dashboard", "--json").json
    assert set(hit) >= SEARCH_KEYS
    assert (hit["interview_id"], hit["company"]) == (1, "Brightwhistle")
    assert "dashboard" in hit["text"]
    assert [n["id"] for n in run("search", "dashb*", "--json").json] == [hit["id"]]
    assert [n["id"] for n in run("search", '"the dashboard"', "--json").json] == [hit["id"]]
    assert run("search", '"dashboard the"', "--json").json == []
    assert run("search", "dashboard", "--kind", "question", "--json").json == []
    assert run("search", "dashboard", "--since", "2027-01-01", "--json").json == []
    assert run("search", "dashboard", "--company", "bright", "--json").json == [hit]
    assert all(n["difficult"] for n in run("search", "*", "Tom", "--difficult", "--json").json)


@pytest.mark.parametrize("query", ['"', "AND", "NEAR(", "a OR", "*", "'; drop table notes; --", "col:x", "-", "()"])
def test_no_query_breaks_the_search(run: Run, notes: Path, query: str) -> None:
    ran = run("search", "--json", "--", query)
    assert ran.status in (0, 1)
    assert "Traceback" not in ran.err
    if ran.status == 1:
        assert ran.err.startswith("dictate: ")
        assert len(ran.err.splitlines()) == 1


def test_a_database_from_a_newer_version_and_one_that_is_none(run: Run, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "poem.db").write_text("Shall I compare thee " * 100)
    ran = run("--db", tmp_path / "poem.db", "list")
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)
    assert (tmp_path / "poem.db").read_text().startswith("Shall I")


def test_show_says_what_tells_the_date_and_whether_to_trust_it(run: Run, notes: Path, tmp_path: Path) -> None:
    assert "2026-03-12 15:04 (by the container's creation time)" in run("show", 1).out
    (tmp_path / "told.txt").write_text("They asked me why I left. I said that the commute was too long.")
    run("import", tmp_path / "told.txt")
    (line,) = [line for line in run("show", 2).out.splitlines() if line.startswith("recording 2")]
    assert line.endswith("(by the file's own time (a copy's is later than the recording); uncertain)")


def test_show_tells_questions_with_all_their_mentions(run: Run, filled: Path) -> None:
    lines = run("show", 1).out.splitlines()
    assert lines[lines.index("Questions") :] == [
        "Questions",
        "   1. Sarah began with why I am leaving.  [2]",
        "      → I said the team was cut in half.  [3]",
        "   2. Then Tom wanted a pipeline drawn.  (difficult)  [4]",
        "   again: He kept coming back to that pipeline.  [6]",
        "      → I drew two boxes and forgot watermarks.  [5]",
        "",
        "You asked",
        "   1. I asked how they do on call.  [7]",
        "      → It is one week in six.  [8]",
        "",
        "Concerns",
        "   • I went blank for a minute.  [9]",
    ]


def test_show_keeps_apart_what_has_no_number(run: Run, filled: Path) -> None:
    with Database(filled) as db:
        db.execute("update notes set number = null where interview_id = 1 and (number = 2 or kind = 'learned')")
    lines = run("show", 1).out.splitlines()
    assert lines[lines.index("Questions") : lines.index("Concerns")] == [
        "Questions",
        "   1. Sarah began with why I am leaving.  [2]",
        "      → I said the team was cut in half.  [3]",
        "   • Then Tom wanted a pipeline drawn.  [4]",
        "   • He kept coming back to that pipeline.  (difficult)  [6]",
        "      → I drew two boxes and forgot watermarks.  [5]",
        "",
        "You asked",
        "   1. I asked how they do on call.  [7]",
        "",
        "What they told you",
        "   • It is one week in six.  [8]",
        "",
    ]
