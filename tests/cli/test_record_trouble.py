"""The program is killed, the microphone goes, the disk is full: nothing spoken is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dictate.capture.unfinished import unfinished
from dictate.pipeline.live import finish
from tests.cli.conftest import Run
from tests.cli.room import Recording, Room, entry, likeness, samples_of

SPEAK = "recording from default: speak"
KILLED_AFTER_S = (0.05, 0.4, 0.9, 1.3, 1.75, 2.2)


def test_kill_at_any_moment_loses_at_most_a_second(room: Room, tmp_path: Path, run: Run) -> None:
    room.play()
    databases = [tmp_path / f"{number}.db" for number in range(len(KILLED_AFTER_S))]
    recordings = [Recording(room, "--db", db) for db in databases]
    spoken = [recording.until(SPEAK) for recording in recordings]
    killed = []
    for recording, begun, after_s in zip(recordings, spoken, KILLED_AFTER_S, strict=True):
        time.sleep(max(0.0, begun + after_s - time.monotonic()))
        killed.append(time.monotonic())
        assert recording.end(signal.SIGKILL) == -signal.SIGKILL
    for db, begun, end in zip(databases, spoken, killed, strict=True):
        (listed,) = run("--db", db, "recover", "--list", "--json").json
        assert listed["path"].endswith(".au")
        assert listed["duration_s"] > end - begun - 1
        (place,) = unfinished(db.with_name(f"{db.stem}-recordings"))
        sound = samples_of(finish(place))
        assert len(sound) / 16_000 == pytest.approx(listed["duration_s"], abs=0.01)
        if len(sound) > 20_000:
            assert likeness(sound, samples_of(room.speech)) > 0.98


def test_a_microphone_that_goes_and_comes_back(room: Room) -> None:
    room.play()
    recording = Recording(room, "--no-notes", "--json")
    recording.until(SPEAK)
    time.sleep(2)
    gone = time.monotonic()
    room.unplug()
    assert recording.until("the microphone is gone") < gone + 2
    room.hush()
    room.plug_in()
    room.play()
    recording.until("the microphone is back (default): recording goes on")
    time.sleep(2)
    assert recording.end() == 0
    assert all(line.startswith("dictate: ") for line in recording.err.splitlines())  # none of PortAudio's own
    sound = samples_of(Path(entry(recording)["path"]))
    played = samples_of(room.speech)
    assert likeness(sound[:24_000], played) > 0.98
    assert likeness(sound[-24_000:], played) > 0.98


def test_a_muted_microphone_is_told(room: Room) -> None:
    recording = Recording(room, "--no-notes")
    begun = recording.until(SPEAK)
    assert recording.until("nothing but zeros: is it muted") < begun + 2.2
    assert recording.end() == 0


def test_a_server_that_hangs_is_told_and_waited_for(room: Room) -> None:
    room.play()
    recording = Recording(room, "--no-notes")
    recording.until(SPEAK)
    time.sleep(1)
    hung = time.monotonic()
    room.hang()
    try:
        assert recording.until("the microphone delivers nothing") < hung + 2
    finally:
        room.go_on()
    recording.until("the microphone is back")
    assert recording.end() == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 250 kB."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=250k", "tmpfs", disk], check=True)
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def grow(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)


def test_a_full_disk_is_outlived_in_memory(room: Room, small_disk: Path) -> None:
    room.play()
    recording = Recording(room, "--db", small_disk / "notes.db", "--no-notes", "--json")
    begun = recording.until(SPEAK)
    recording.until("the disk is full: going on in memory, which lasts for about")
    time.sleep(1)
    grow(small_disk)
    recording.until("there is room on the disk again: everything is written")
    spoken_s = time.monotonic() - begun
    assert recording.end() == 0
    sound = samples_of(Path(entry(recording)["path"]))
    assert len(sound) / 16_000 > spoken_s - 0.3
    assert likeness(sound, samples_of(room.speech)) > 0.98


def test_what_finds_no_room_in_the_end_is_waited_for_or_given_up(room: Room, small_disk: Path, run: Run) -> None:
    room.play()
    db = small_disk / "notes.db"
    recording = Recording(room, "--db", db, "--no-notes")
    recording.until("the disk is full")
    recording.process.send_signal(signal.SIGINT)
    recording.until("waits in memory for room on the disk: make room; Ctrl-C gives it up")
    assert recording.end(signal.SIGINT) == 1
    assert "s were not written: the disk is full" in recording.err
    assert f"the sound is all there: make room, then: dictate --db {db} recover" in recording.err
    assert f"make them with: dictate --db {db} recover" in recording.err
    grow(small_disk)
    assert run("--db", db, "status").err.endswith(f"is not notes yet: dictate --db {db} recover\n")
    (listed,) = run("--db", db, "recover", "--list", "--json").json
    assert listed["duration_s"] > 2.5
