"""``dictate record`` through a real PortAudio, ALSA and PulseAudio: what is spoken is kept, keys do what they say."""

from __future__ import annotations

import json
import signal
import time
from pathlib import Path

import pytest

from dictate.cli import main
from tests.cli.conftest import Run
from tests.cli.room import Recording, Room, Terminal, entry, likeness, samples_of

SPEAK = "recording from default: speak"


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "dictate-recordings"


def kept(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.iterdir())


def test_what_is_played_is_what_is_kept(room: Room, folder: Path) -> None:
    room.play()
    recording = Recording(room, "--no-notes", "--json")
    begun = recording.until(SPEAK)
    (raw,) = folder.glob("*.au")
    behind_s = []
    for _ in range(30):
        time.sleep(0.1)
        behind_s.append(time.monotonic() - begun - (raw.stat().st_size - 28) / 88_200)  # 44.1 kHz, 16 bit, mono
    assert max(behind_s) < 1
    spoken_s = time.monotonic() - begun
    assert recording.end(signal.SIGINT) == 0
    assert recording.err.splitlines() == [
        "dictate: opening the microphone; wait for it",
        f"dictate: {SPEAK}",
        f"dictate: recorded 0:0{round(entry(recording)['duration_s'])}",
    ]
    told = entry(recording)
    sound = samples_of(Path(told["path"]))
    assert len(sound) / 16_000 == pytest.approx(told["duration_s"], abs=0.01)
    assert spoken_s - 0.3 < told["duration_s"] < spoken_s + 2.5  # what came with the first block is kept too
    assert likeness(sound, samples_of(room.speech)) > 0.98
    assert told | {"path": "", "duration_s": 0} == {
        "path": "",
        "interview_id": None,
        "recording_id": None,
        "notes": None,
        "duration_s": 0,
        "marks_s": [],
    }
    assert kept(folder) == [".flac", ".pid"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())


def test_toggle_finishes_what_toggle_started(room: Room, folder: Path) -> None:
    room.play()
    first = Recording(room, "--toggle", "--no-notes", "--format", "opus", "--device", "pulse")
    first.until("recording from pulse: speak")
    second = Recording(room)
    assert second.wait() == 1
    assert second.err == "dictate: a recording is running already; finish it with: dictate record --toggle"
    time.sleep(1)
    third = Recording(room, "--toggle")
    assert third.wait() == 0
    assert third.err == f"dictate: the recording of process {first.process.pid} is finished"
    assert first.wait() == 0
    assert kept(folder) == [".opus", ".pid"]
    sound = samples_of(Path(first.out.strip()))
    assert likeness(sound, samples_of(room.speech)) > 0.95


def test_a_terminal_shows_the_level_and_takes_keys(room: Room, folder: Path) -> None:
    room.play()
    terminal = Terminal(room.env, "record", "--no-notes")
    terminal.until("space pauses · m marks · Enter finishes")
    terminal.until("0:02 [")
    terminal.press("m")
    terminal.until("marked 0:0")
    terminal.press(" ")
    terminal.until("paused  space goes on")
    time.sleep(2)
    terminal.press(" ")
    terminal.until("recording")
    terminal.press("\n")
    assert terminal.end() == 0
    lines = terminal.shown()
    meters = [line for line in lines if line.startswith("● 0:0")]
    assert any("[####" in line for line in meters)
    assert all(len(line) < 100 for line in meters)
    assert any(line.startswith("dictate: recorded 0:0") and "1 moment marked: 0:0" in line for line in lines)
    (path,) = [path for path in folder.iterdir() if path.suffix == ".flac"]
    assert lines[-1].endswith(path.name)
    paused_at = [line for line in meters if "paused" in line]
    assert len({line.split(" [")[0] for line in paused_at}) == 1  # the clock stands still
    assert len(samples_of(path)) / 16_000 < 5.5


def test_ctrl_c_finishes_and_discards_nothing(room: Room, folder: Path) -> None:
    room.play()
    terminal = Terminal(room.env, "record", "--no-notes", "--quiet")
    terminal.until("0:01 [")
    terminal.press("\x03")
    assert terminal.end() == 0
    assert not any("pauses" in line for line in terminal.shown())
    assert kept(folder) == [".flac", ".pid"]


def test_throwing_away_is_asked_about(room: Room, folder: Path) -> None:
    room.play()
    terminal = Terminal(room.env, "record", "--no-notes", "--discard")
    terminal.until("0:01 [")
    terminal.press("\n")
    terminal.until("of recording? [y/N]")
    terminal.press("y\n")
    assert terminal.end() == 0
    assert terminal.shown()[-1] == "dictate: thrown away"
    assert kept(folder) == [".pid"]
    refused = Recording(room, "--discard")
    assert (refused.wait(), refused.err) == (1, "dictate: --discard asks a question, which needs a terminal")


def test_a_recording_is_held_until_the_question_is_answered_and_ctrl_c_keeps_it(
    room: Room, folder: Path, run: Run
) -> None:
    room.play()
    terminal = Terminal(room.env, "record", "--no-notes", "--discard")
    terminal.until("0:01 [")
    terminal.press("\n")
    terminal.until("of recording? [y/N]")
    assert run("recover", "--list", "--json").json == []
    assert "not notes yet" not in run("list").err
    terminal.press("\x03")
    assert terminal.end() == 0
    assert kept(folder) == [".flac", ".pid"]
    assert terminal.shown()[-1].endswith(".flac")


def test_what_is_thrown_away_is_told_to_programs(room: Room, folder: Path) -> None:
    terminal = Terminal(room.env, "record", "--no-notes", "--discard", "--json")
    terminal.until("0:01 [")
    terminal.press("\n")
    terminal.until("of recording? [y/N]")
    terminal.press("y\n")
    assert terminal.end() == 0
    told = json.loads(terminal.screen.split("thrown away")[1])
    assert (told["path"], told["interview_id"], told["marks_s"]) == (None, None, [])
    assert told["duration_s"] > 0.5
    assert kept(folder) == [".pid"]


def test_without_weights_the_recording_stays_and_every_command_says_so(
    room: Room, folder: Path, tmp_path: Path, run: Run
) -> None:
    room.play()
    recording = Recording(room, "--company", "Northwind", env={"DICTATE_MODELS": str(tmp_path)})
    recording.until(SPEAK)
    time.sleep(1)
    assert recording.end(signal.SIGTERM) == 1
    assert kept(folder) == [".flac", ".jsonl", ".pid"]
    (path,) = folder.glob("*.flac")
    assert f"dictate: no notes yet; the recording is kept ({path}): make them with: dictate recover" in recording.err
    (listed,) = run("recover", "--list", "--json").json
    assert (listed["path"], listed["company"], listed["add_to"]) == (str(path), "Northwind", None)
    assert listed["duration_s"] == pytest.approx(len(samples_of(path)) / 16_000, abs=0.01)

    line = f"({path.stem}) is not notes yet: dictate recover"
    terminal = Terminal(room.env, "list")
    terminal.end()
    assert terminal.shown()[-1].endswith(line)
    for arguments in ([], ["list"], ["show", "1"], ["list", "--json"], ["status"], ["list", "--nonsense"]):
        ran = run(*arguments)
        assert ran.err.splitlines()[-1].endswith(line)
        assert line not in ran.out
    for arguments in (["list", "--help"], ["--help"], ["--version"], ["recover", "--list"], ["completion", "bash"]):
        assert "is not notes yet" not in run(*arguments).err

    found = run("status", "--json").json["unfinished"]
    assert [(one["path"], one["next"]) for one in found] == [(str(path), "dictate recover")]
    shown = run("status").out.splitlines()
    assert shown[0] == "Recordings that are not notes yet"
    assert shown[1].endswith("· Northwind: dictate recover")

    again = Recording(room, "--no-notes")
    again.until(line)
    assert "opening the microphone" not in again.err  # it is said before
    again.until(SPEAK)
    assert again.end() == 0
    assert again.err.count("not notes yet") == 1
    Path(again.out.strip()).unlink()

    assert run("recover", "--discard").status == 1  # a question without a terminal
    assert path.exists()
    assert run("recover", "--discard", "--yes").status == 0
    assert kept(folder) == [".pid"]


def test_no_microphone_is_one_line(home: Path, room: Room) -> None:
    gone = Recording(room, env={"PULSE_SERVER": "unix:/nowhere"})
    assert gone.wait() == 1
    assert [line for _, line in gone.lines][1:] == [
        "dictate: there is no microphone; plug one in, or start the sound server (dictate doctor looks again)"
    ]
    wrong = Recording(room, "--device", "gramophone")
    assert wrong.wait() == 1
    assert wrong.err.splitlines()[1].startswith("dictate: no microphone is called 'gramophone'; there are: 0 ")
    assert len(wrong.lines) == 2


def test_bad_wishes_are_told_before_anything_is_spoken(run: Run, home: Path, tmp_path: Path) -> None:
    assert run("record", "--add-to", 7).err.startswith("dictate: no notes yet at")
    ran = run("--db", tmp_path / "nowhere" / "notes.db", "record")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "does not exist: create it" in ran.err
    assert run("record", "--format", "mp3").status == 2
    assert main(["recover", "--json"]) == 0


def test_recover_has_nothing_to_do(run: Run) -> None:
    assert json.loads(run("recover", "--json").out) == {"imported": [], "skipped": [], "failed": []}
    assert run("recover").err == "dictate: every recording is finished\n"
