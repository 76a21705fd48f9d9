"""Speak, stop, read: text and checklist while speaking, notes after the stop, with a real microphone and terminal."""

from __future__ import annotations

import re
import signal
import time
from pathlib import Path

import pytest

from dictate.cli.screen import Display
from dictate.pipeline.checklist import checklist
from dictate.pipeline.guide import FEELING, RECALL
from dictate.pipeline.listening import View
from tests.cli.conftest import Run
from tests.cli.glass import glass
from tests.cli.room import Recording, Room, Terminal, entry, samples_of
from tests.store.telling import NORTHWIND, segmented

SPEAK = "recording from default: speak"
FRAME = re.compile(r"\r(?:\x1b\[\d+A)?\x1b\[J")
STATE = re.compile(r"● \d+:\d\d \[")
PATIENCE_S = 120.0


def committed(screen: str, columns: int) -> str:
    """The words that stand, without those of the guess, as the last whole drawing shows them."""
    written = screen[: list(FRAME.finditer(screen))[-1].start()]
    rows = [row for row in glass(written, columns) if not row.startswith("the text ")]  # is behind, has caught up
    (begin,) = [at for at, row in enumerate(rows) if row.endswith(": speak")]
    ends = [at for at, row in enumerate(rows) if STATE.match(row)]
    drawn = written[list(FRAME.finditer(written))[-1].end() :].partition("●")[0]
    guess = " ".join(re.findall(r"\x1b\[2m(.*?)\x1b\[0m", drawn))
    return " ".join(rows[begin + 1 : ends[0]]).removesuffix(guess).strip()


def test_text_appears_while_speaking_and_notes_after_the_stop(room: Room, whisper_tiny: Path, run: Run) -> None:
    columns = 80
    room.play()
    command = ("record", "--model", "tiny.en", "--company", "Brightwhistle")
    terminal = Terminal(room.env, *command, columns=columns)
    terminal.until("questions", PATIENCE_S)  # everything is loaded
    deadline = time.monotonic() + PATIENCE_S
    while not (seen := committed(terminal.screen, columns)):
        assert time.monotonic() < deadline, glass(terminal.screen, columns)
        terminal.look(0.3)
    terminal.press("\n")
    terminal.until("notes in interview 1")
    while "and can wait until you have rested" not in terminal.screen:
        terminal.press("\n")  # keeps what was understood, and passes each concern
        terminal.look(0.3)
    assert terminal.end() == 0
    rows = glass(terminal.screen, columns)
    said = " ".join(rows[: next(at for at, row in enumerate(rows) if row.startswith("dictate: recorded"))])
    assert seen in said
    assert not any(STATE.match(row) for row in rows)  # what was drawn again and again is gone
    assert any(re.search(r"\d+ notes in interview 1", row) for row in rows)
    shown = run("show", 1, "--json").json
    assert shown["company"] == "Brightwhistle"
    assert shown["recordings"][0]["transcript"].startswith(seen)
    assert shown["recordings"][0]["recorded_at_source"] == "live"
    assert run("recover").err == "dictate: every recording is finished\n"


def test_without_a_terminal_too_and_a_second_thought_joins(room: Room, whisper_tiny: Path, run: Run) -> None:
    room.play()
    first = Recording(room, "--model", "tiny.en", "--json", "--format", "opus", "--role", "analyst")
    first.until(SPEAK)
    time.sleep(4)
    assert first.end(signal.SIGTERM) == 0
    told = entry(first)
    assert told["interview_id"] == 1
    assert told["notes"] > 0
    second = Recording(room, "--model", "tiny.en", "--add-to", 1)
    second.until(SPEAK)
    time.sleep(3)
    assert second.end() == 0
    assert second.out.splitlines()[-1].endswith("notes in interview 1 (dictate show 1)")
    shown = run("show", 1, "--json").json
    first_s, second_s = (Path(one["path"]).suffix for one in shown["recordings"])
    assert (first_s, second_s) == (".opus", ".flac")
    assert shown["role"] == "analyst"


def test_guided_it_asks_aloud_and_does_not_take_the_questions_down(room: Room, whisper_tiny: Path, run: Run) -> None:
    with room.overhear() as overheard:
        recording = Recording(room, "--guided", "--voice", "--model", "tiny.en", "--json")
        recording.until(FEELING)
        recording.until(RECALL, PATIENCE_S)  # nobody answers
        time.sleep(1)
        assert recording.end() == 0
    kept = samples_of(Path(entry(recording)["path"]))
    assert len(kept) > 10 * 16_000
    assert abs(kept).max() < 0.001  # of the voice that asked
    assert abs(overheard()).max() > 0.1
    quiet = Recording(room, "--guided", "--quiet")
    assert quiet.wait() == 2
    assert "--quiet" in quiet.err


def test_killed_while_it_listens_nothing_is_lost(room: Room, home: Path, whisper_tiny: Path, run: Run) -> None:
    room.play()
    recording = Recording(room, "--model", "tiny.en")
    recording.until(SPEAK)
    folder = home / "dictate-recordings"
    deadline = time.monotonic() + PATIENCE_S
    while '"pieces"' not in next(folder.glob("*.jsonl")).read_text():
        assert time.monotonic() < deadline, recording.err
        time.sleep(0.1)
    assert recording.end(signal.SIGKILL) == -signal.SIGKILL
    (done,) = run("recover", "--model", "tiny.en", "--json").json["imported"]
    assert done["notes"] > 0
    assert run("recover", "--model", "tiny.en", "--json").json["imported"] == []
    assert [path.suffix for path in folder.iterdir()] == [".pid"]


def test_a_screen_of_any_width_shows_committed_words_once(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dictate.capture.recorder import State

    told = segmented(NORTHWIND)
    words = told.text.split()
    for columns, lines in ((12, 10), (20, 5), (40, 24), (200, 50)):
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("LINES", str(lines))
        display = Display(brief=False)
        display.say("speak")
        view = View()
        for at in range(0, len(words), 7):
            found = checklist(told)
            view = View(" ".join(words[:at]), " ".join(words[at : at + 5]), 0.0, found, found.missing[0])
            display.draw(State("recording", at, -20.0), view)
        display.say("marked 0:07")
        display.draw(State("paused", 9.0, -60.0), view)
        display.close(view)
        written = capfd.readouterr().err
        rows = glass(written, columns)
        assert "marked 0:07" in rows
        text = "".join(row for row in rows if row not in ("speak", "marked 0:07"))
        assert text.replace(" ", "") == view.committed.replace(" ", "")
