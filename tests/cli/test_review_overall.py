"""``review``, ``prepare``, ``revise``, ``practise`` as a user runs them."""

from __future__ import annotations

import io
import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dictate.capture.unfinished import Place
from dictate.store import Store
from tests.cli.conftest import Run
from tests.cli.room import RATE, Room, Terminal, samples_of, write_wave
from tests.review.searching import SEARCH, WEAKNESS, family, fill

DEPOT_S = (11, 19)  # where the memo speaks of the depot
BETTER = "I take on too much. Now I plan the week with my lead. That saved forty per cent of the overtime."


@pytest.fixture
def searched(search_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of four interviews, which commands use without being told."""
    monkeypatch.setenv("DICTATE_DB", str(tmp_path / "notes.db"))
    return shutil.copy(search_made, tmp_path / "notes.db")


@pytest.fixture
def weakness(searched: Path) -> int:
    """The number of the question that goes wrong."""
    with Store.open(searched, read_only=True) as store:
        return family(store, WEAKNESS[0])


def test_review_says_what_it_rests_on(run: Run, weakness: int) -> None:
    ran = run("review")
    assert (ran.status, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[:2] == [
        "What there is",
        "  4 interviews with notes, 4 with questions; 1 advanced, 2 rejected, 1 without an outcome",
    ]
    first = lines.index("     came in 3 of 4 interviews, difficult in 3; of those interviews: 1 advanced, 2 rejected")
    assert lines[first - 1].endswith(f"[family {weakness}]")
    assert lines[first + 2] == (
        "     2026-07-03 · Orchard · rejected · difficult: I said, like, perfectionism, uh, I suppose.  [15, 16]"
    )
    assert f"     a better answer: dictate revise {weakness}" in lines
    assert "  your ratings: 2026-07-01 4, 2026-07-03 3, 2026-07-08 7, 2026-07-10 8" in lines
    found = run("review", "--json").json
    assert list(found) == [
        "base", "enough", "says", "questions", "moods", "prepared", "revised", "spoken", "concerns", "strengths",
    ]  # fmt: skip
    assert run("review", "--limit", 1, "--json").json["questions"] == found["questions"][:1]


def test_review_of_one_question(run: Run, weakness: int) -> None:
    found = run("review", weakness, "--json").json
    assert [one["note_id"] for one in found["given"]] == [*WEAKNESS]
    assert run("review", 16, "--note", "--json").json == found
    ran = run("review", 999)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "dictate: no family 999: `dictate review` and `dictate questions` print the numbers\n"


def test_too_little_to_go_on(run: Run, tmp_path: Path) -> None:
    database = tmp_path / "few.db"
    ran = run("--db", database, "review")
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
    with Store.open(database):
        pass
    assert run("--db", database, "review").out == (
        "too little to go on: 0 interviews with notes, three are the least\n"
    )
    ran = run("--db", database, "prepare")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "dictate: nothing to prepare from: no notes yet; make some with: dictate import FILE\n"
    with Store.open(database) as store:
        assert store.preparations() == []
        fill(store, SEARCH[:1])
    assert run("--db", database, "review", "--json").json["enough"] is False
    assert run("--db", database, "prepare").status == 0


def test_prepare_is_remembered(run: Run, searched: Path, weakness: int) -> None:
    ran = run("prepare", "--company", "north", "--role", "data engineer")
    assert (ran.status, ran.err) == (0, "")
    titles = [line for line in ran.out.splitlines() if line and not line.startswith(" ")]
    assert titles == [
        "To do first", "Questions to expect", "Strengths to repeat", "To bring up: left unsaid before", "Practical",
        "Known of the company", "To ask them: not asked yet", "Northwind: the ledger", "Sarah Lind", "Tom",
        "Asked, and no answer noted", "Where rounds disagree",
    ]  # fmt: skip
    assert f"     no good answer yet: dictate revise {weakness}\n" in ran.out
    assert "  pay: interview 1 says 42,000 [10]; interview 3 says 38,000 [29]\n" in ran.out
    with Store.open(searched, read_only=True) as store:
        (kept,) = store.preparations()
    assert (kept.company, kept.role, len(kept.expected)) == ("north", "data engineer", 3)
    (ledger,) = run("prepare", "--company", "north", "--ledger", "--json").json
    assert ledger["people"][0]["promised"][0]["by"] == "2026-07-03"
    assert run("prepare", "--ledger").status == 2
    ran = run("prepare", "--ledger", "--company", "Acme")
    assert (ran.status, ran.err) == (
        1,
        "dictate: no interviews at 'Acme': `dictate list` shows the companies there are\n",
    )


def test_markup_in_names_is_text(run: Run, filled: Path) -> None:
    assert run("prepare", "--company", "<script>").out.startswith("No interview") is False
    assert "<script>/x #1 [a]: the ledger" in run("prepare", "--company", "script", "--ledger").out


def test_better_answers_in_versions(run: Run, weakness: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("revise", weakness, "--list").err == "no better answers yet; keep one with: dictate revise FAMILY\n"
    ran = run("revise", weakness, "--text", "I plan the week.")
    assert (ran.status, ran.out.endswith(": version 1 is kept (dictate practise asks for it)\n")) == (0, True)
    monkeypatch.setattr("sys.stdin", io.StringIO(BETTER))
    found = run("revise", WEAKNESS[1], "--note", "--text", "-", "--json").json
    assert [(one["version"], one["text"], one["spoken"]) for one in found["versions"]] == [
        (1, "I plan the week.", False), (2, BETTER, False),
    ]  # fmt: skip
    assert run("revise", "--list", "--json").json[0]["versions"] == found["versions"]
    assert f"     your better answer: {BETTER}\n" in run("prepare").out
    for arguments, status in (
        ([], 2), ([weakness, "--text", "a", "--speak"], 2), ([999, "--text", "a"], 1), ([weakness, "--text", " "], 1),
    ):  # fmt: skip
        assert run("revise", *arguments).status == status
    assert len(run("revise", weakness, "--list", "--json").json[0]["versions"]) == 2


def test_an_editor_writes_the_next_version(room: Room, searched: Path, weakness: int, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "%s" "With my lead." > "$1"\n')
    editor.chmod(0o700)
    terminal = Terminal(room.env | {"EDITOR": str(editor)}, "revise", str(weakness))
    terminal.until("version 1 is kept")
    assert terminal.end() == 0
    with Store.open(searched, read_only=True) as store:
        assert [one.text for one in store.revisions()] == ["With my lead."]


def test_typed_practice(run: Run, searched: Path, weakness: int, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("practise").err == "no better answers to practise yet; keep one with: dictate revise FAMILY\n"
    run("revise", weakness, "--text", BETTER)
    assert run("practise", "--list").out.endswith("never practised\n")
    monkeypatch.setattr("sys.stdin", io.StringIO("I take on too much, so I plan my week with the lead.\n"))
    ran = run("practise", "--type")
    assert ran.status == 0
    assert ran.out.splitlines()[2:5] == [
        "  said: 2 of 3 points; left out:", "    - That saved forty per cent of the overtime.",
        f"  rated hard; comes again {ran.out.splitlines()[4][-16:]}",
    ]  # fmt: skip
    assert run("practise", "--type").err == "nothing is due; practise ahead with: dictate practise --all\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{BETTER}\n"))
    (again,) = run("practise", "--type", "--all", "--json").json
    assert (again["left_out"], again["rating"], again["audio"]) == ([], "good", None)
    with Store.open(searched, read_only=True) as store:
        first, second = store.practices()
    assert (first.rating, second.rating) == (2, 3)
    assert first.due < second.due == again["due"]
    assert json.loads(second.card)["last_review"] is not None


def test_spoken_practice(
    room: Room, searched: Path, weakness: int, run: Run, whisper_tiny: Path, tmp_path: Path
) -> None:
    run("revise", weakness, "--text", "I told her about the three years at the parcel depot. I juggle knives.")
    arguments = [sys.executable, "-m", "dictate", "practise", "--json", "--model", "tiny.en"]
    practice = subprocess.Popen(
        arguments, env=room.env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert practice.stderr is not None
    while "speak; Enter finishes" not in (line := practice.stderr.readline()):
        assert line
    (journal,) = searched.with_name("notes-recordings").glob("*.jsonl")
    assert Place(journal).facts().purpose == "answer"  # so that no interview is made of it, should it be killed
    speech = samples_of(room.speech)[DEPOT_S[0] * RATE : DEPOT_S[1] * RATE]
    room.play(write_wave(tmp_path / "answer.wav", speech))
    time.sleep(DEPOT_S[1] - DEPOT_S[0] + 1)
    practice.send_signal(signal.SIGINT)
    out, err = practice.communicate(timeout=280)
    assert practice.returncode == 0, err
    (done,) = json.loads(out)
    assert "three years" in done["answer"]
    assert done["left_out"] == ["I juggle knives."]
    assert done["rating"] == "hard"
    sound = Path(done["audio"])
    assert sound.stat().st_mode & 0o777 == 0o600
    with Store.open(searched, read_only=True) as store:
        (kept,) = store.practices()
    assert kept.audio == f"notes-recordings/{sound.name}"
    assert (searched.parent / kept.audio).exists()
    assert json.loads(run("recover", "--list", "--json").out) == []  # it is no debrief that waits
