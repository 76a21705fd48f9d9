"""``dictate segment``: the contract's lines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Run

TOLD = "They asked me  why I left.\nI said the commute was too long. I felt calm."


def test_one_object_a_line_in_the_order_of_the_files(run: Run, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("b.txt", "a.txt", "empty.txt")]
    for file, text in zip(files, (TOLD, TOLD.lower(), "  \n"), strict=True):
        file.write_text(text)
    ran = run("segment", *files, "--json")
    assert ran.status == 0
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert [one["file"] for one in told] == [str(file) for file in files]
    assert told[0]["text"] == " ".join(TOLD.split())
    assert told[2] == {"file": str(files[2]), "text": "", "segments": []}
    keys = ["kind", "start", "end", "text", "number", "difficult", "confidence"]
    assert all(list(segment) == keys for one in told for segment in one["segments"])
    assert [s["kind"] for s in told[0]["segments"]] == ["question", "answer", "feeling"]


def test_standard_input() -> None:
    command = [sys.executable, "-m", "dictate", "segment", "-", "--json"]
    done = subprocess.run(command, input=TOLD, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["file"] == "-"


def test_unreadable_files_are_told_and_the_others_done(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TOLD)
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00\x01\xff")
    ran = run("segment", tmp_path / "none.txt", tmp_path / "good.txt", tmp_path / "bad.txt", tmp_path, "--json")
    assert ran.status == 1
    assert len(ran.out.splitlines()) == 1
    assert len(ran.err.splitlines()) == 3


def test_another_language_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "de.txt").write_text(
        "Sie haben mich gefragt, warum ich gegangen bin, und ich habe gesagt, der Weg war zu weit."
    )
    ran = run("segment", tmp_path / "de.txt", "--json")
    assert ran.status == 0
    assert "does not read like English" in ran.err
    assert len(json.loads(ran.out)["segments"]) == 1


def test_for_people_each_span_has_its_label(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TOLD)
    lines = run("segment", tmp_path / "a.txt").out.splitlines()
    assert lines[0].split() == ["question", "1", *"They asked me why I left.".split()]
    assert lines[2].startswith("feeling")
