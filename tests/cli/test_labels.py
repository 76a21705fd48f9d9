"""Going through doubtful labels, and what the segmenter learns from it."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

from dictate.paths import learnt_dir
from tests.cli.conftest import Run


def at_a_terminal(arguments: list[str], keys: list[tuple[str, str]], limit_s: float = 60) -> tuple[int, str]:
    """Run dictate in a pseudo-terminal; each key is pressed once the screen shows what is to be waited for."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "dictate", *arguments]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    screen, seen, until = "", 0, time.monotonic() + limit_s
    waiting = list(keys)
    while time.monotonic() < until:
        if select.select([ours], [], [], 0.1)[0]:
            try:
                told = os.read(ours, 65536).decode()
            except OSError:  # the terminal closes with the program
                break
            if not told:
                break
            screen += told
        if waiting and waiting[0][0] in screen[seen:]:
            seen = len(screen)
            time.sleep(0.5)  # as a person: what is typed before the prompt reads single keys is dropped by the terminal
            os.write(ours, waiting.pop(0)[1].encode())
    os.close(ours)
    return process.wait(timeout=10), screen


def test_doubtful_labels_are_listed_the_most_doubtful_first(run: Run, notes: Path) -> None:
    found = run("review-labels", "--below", 1, "--json").json
    assert [n["confidence"] for n in found] == sorted(n["confidence"] for n in found)
    whole = run("show", 1, "--json").json
    assert {n["id"] for n in found} == {n["id"] for n in whole["notes"]}
    text = whole["recordings"][0]["transcript"]
    assert all(f"{n['before']} {n['text']} {n['after']}".strip() in text for n in found)
    assert run("review-labels", 1, "--below", 0, "--json").json == []
    assert run("review-labels", "--below", 1, "--csv").out.startswith("note,interview,company,held,kind")
    assert run("review-labels", 9).status == 1


def test_one_key_settles_a_label_at_once(run: Run, notes: Path) -> None:
    first, second, third, *_ = run("review-labels", "--below", 1, "--json").json
    other = "u" if first["kind"] != "followup" else "p"
    keys = [("? ", other), ("2 of", "-"), ("3 of", "<"), ("2 of", "\r"), ("3 of", ".")]
    status, screen = at_a_terminal(["review-labels", "--below", "1"], keys)
    assert status == 0
    assert "2 settled, 1 of them changed" in screen
    assert "dictate models train" in screen
    after = {n["id"]: n for n in run("show", 1, "--json").json["notes"]}
    assert (after[first["id"]]["kind"], after[first["id"]]["edited"]) == ("followup" if other == "u" else "plan", True)
    assert (after[second["id"]]["kind"], after[second["id"]]["confidence"]) == (second["kind"], None)
    assert after[third["id"]]["confidence"] == third["confidence"]
    assert not {first["id"], second["id"]} & {n["id"] for n in run("review-labels", "--below", 1, "--json").json}


def test_ctrl_c_keeps_what_was_settled(run: Run, notes: Path) -> None:
    first = run("review-labels", "--below", 1, "--json").json[0]
    status, _ = at_a_terminal(["review-labels", "--below", "1"], [("? ", "\r"), ("2 of", "\x03")])
    assert status == 130
    assert run("show", 1, "--json").json["notes"]
    assert first["id"] not in {n["id"] for n in run("review-labels", "--below", 1, "--json").json}


def test_training_learns_what_was_put_right_and_can_be_undone(run: Run, notes: Path) -> None:
    nothing = run("models", "train")
    assert (nothing.status, "review-labels" in nothing.err) == (1, True)
    feeling = next(n for n in run("show", 1, "--json").json["notes"] if n["kind"] == "feeling")
    run("relabel", feeling["id"], "concern")
    told = run("models", "train", "--json").json
    assert told["taught"] == 1
    assert told["taught_after"] >= told["taught_before"]
    assert told["macro_after"] >= told["macro_before"] - 0.003
    assert len(list(learnt_dir().iterdir())) == 1
    assert "learnt from 1 note" in run("models", "train").out
    assert run("models", "train", "--undo").status == 0
    assert run("models", "train", "--undo").status == 0
    again = run("models", "train", "--undo")
    assert (again.status, again.err) == (1, "dictate: nothing has been learnt yet: there is nothing to take back\n")
