"""What else may end a recording, or seem to: a window closed, job control, a disk that fails, devices that move."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.room import Recording, Room, Terminal, entry, samples_of

ASOUNDRC = "pcm.!default { type pulse }\nctl.!default { type pulse }\n"
IN_BACKGROUND = (
    "import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-m', 'dictate', *sys.argv[1:]],"
    " process_group=0).returncode)"
)


def doctor(room: Room) -> dict[str, Any]:
    """What doctor says of the microphone."""
    command = [sys.executable, "-m", "dictate", "doctor", "--json"]
    done = subprocess.run(command, env=room.env, capture_output=True, text=True)
    (found,) = [finding for finding in json.loads(done.stdout) if finding["what"] == "microphone"]
    told: dict[str, Any] = found
    return told


def test_a_closed_terminal_finishes_and_notes_are_made(room: Room, home: Path, whisper_tiny: Path, run: Run) -> None:
    room.play()
    terminal = Terminal(room.env, "record", "--model", "tiny.en", "--company", "Northwind")
    terminal.until("0:04 [")
    assert terminal.hang_up() == 0
    assert run("show", 1, "--json").json["company"] == "Northwind"
    assert run("recover").err == "dictate: every recording is finished\n"


def test_a_closed_stdin_is_no_terminal(room: Room) -> None:
    room.play()
    command = ["sh", "-c", 'exec "$0" "$@" <&-', sys.executable, "-m", "dictate", "record", "--no-notes"]
    process = subprocess.Popen(command, env=room.env, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
    assert process.stderr
    while "speak" not in (line := process.stderr.readline()):
        assert line
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    assert "recorded 0:0" in process.communicate(timeout=60)[1]
    assert process.returncode == 0


def test_ctrl_z_stops_nothing_and_keys_outlive_a_stop(room: Room, home: Path) -> None:
    room.play()
    terminal = Terminal(room.env, "record", "--no-notes")
    terminal.until("0:01 [")
    before = termios.tcgetattr(terminal.descriptor)
    terminal.press("\x1a\x1c")
    terminal.until("0:03 [")
    os.kill(terminal.process.pid, signal.SIGSTOP)
    (raw,) = (home / "dictate-recordings").glob("*.au")
    assert raw.stat().st_size > 44_100 * 2
    shells = [*before]
    shells[3] |= termios.ICANON | termios.ECHO
    termios.tcsetattr(terminal.descriptor, termios.TCSANOW, shells)
    os.kill(terminal.process.pid, signal.SIGCONT)
    terminal.until("0:05 [")
    terminal.press(" ")
    terminal.until("paused  space goes on")
    terminal.press("\n")
    assert terminal.end() == 0


def test_in_the_background_it_takes_no_keys(room: Room) -> None:
    room.play()
    terminal = Terminal(room.env, "record", "--no-notes", program=("-c", IN_BACKGROUND))
    terminal.until("recording from default: speak")
    time.sleep(1)
    assert Recording(room, "--toggle").wait() == 0
    assert terminal.end() == 0
    assert "pauses" not in terminal.screen


@pytest.mark.skipif(sys.platform != "linux", reason="no other system limits another process")
def test_a_disk_that_fails_is_named(room: Room, home: Path) -> None:
    room.play()
    recording = Recording(room, "--no-notes", "--json")
    recording.until("speak")
    time.sleep(1)
    limit = 1_000_000
    resource.prlimit(recording.process.pid, resource.RLIMIT_FSIZE, (limit, limit))
    recording.until("were not written")
    assert recording.wait() == 1
    assert (
        "dictate: the disk fails: File too large: the recording ends there; what was written is kept" in recording.err
    )
    assert "s were not written: the disk fails: File too large" in recording.err
    assert "is full" not in recording.err
    assert len(samples_of(Path(entry(recording)["path"]))) / 16_000 == pytest.approx(limit / 88_200, abs=0.1)


def test_doctor_shows_the_microphones_and_a_device_is_found_again_by_its_name(room: Room, home: Path) -> None:
    file = home / ".asoundrc"
    desk = 'pcm.desk { type pulse\n device "room.monitor" }\n'
    file.write_text(f"{ASOUNDRC}pcm.dock {{ type pulse }}\n{desk}")
    room.play()
    found = doctor(room)
    assert found["state"] == "works"
    inputs = {one["name"]: one for one in found["inputs"]}
    assert [name for name, one in inputs.items() if one["is_default"]] == ["default"]
    assert inputs["default"]["level_db"] > -50
    assert (inputs["desk"]["level_db"], inputs["desk"]["sample_rate"]) == (None, 44_100)

    recording = Recording(room, "--no-notes", "--device", inputs["desk"]["number"])
    recording.until("recording from desk: speak")
    file.write_text(f"{ASOUNDRC}{desk}")
    room.unplug()
    try:
        recording.until("the microphone is gone (desk)")
        found = doctor(room)
        assert (found["state"], found["detail"]) == (
            "warns",
            "the microphone 'default' cannot be used (Unanticipated host error)",
        )
        assert "choose another with --device" in found["advice"]
    finally:
        room.plug_in()
    recording.until("the microphone is back (desk)")
    assert recording.end() == 0
