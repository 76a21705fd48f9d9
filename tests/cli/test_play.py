"""``dictate play``: the sound behind a note, cut out and heard through a real PortAudio path."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Run


@pytest.fixture
def loudspeaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A PulseAudio server of our own with a null sink: what is played can be recorded from its monitor."""
    assert shutil.which("pulseaudio"), "make test installs pulseaudio"
    runtime = tmp_path / "pulse"
    runtime.mkdir(mode=0o700)
    for name, value in {"XDG_RUNTIME_DIR": runtime, "PULSE_RUNTIME_PATH": runtime, "HOME": tmp_path}.items():
        monkeypatch.setenv(name, str(value))
    monkeypatch.setenv("PULSE_SERVER", f"unix:{runtime}/native")
    modules = [
        f"--load=module-native-protocol-unix socket={runtime}/native auth-anonymous=1",
        "--load=module-null-sink sink_name=heard rate=16000 channels=1",
    ]
    options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit", "--log-level=error", *modules]
    server = subprocess.Popen(["pulseaudio", *options], stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while subprocess.run(["pactl", "info"], capture_output=True).returncode:
            assert time.monotonic() < deadline, "PulseAudio does not come up"
            time.sleep(0.1)
        yield dict(os.environ)
    finally:
        server.terminate()
        server.wait(10)


def loudness(path: Path) -> float:
    """Root mean square of a WAV file, full scale being 1."""
    with wave.open(str(path)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2").astype(np.float64) / 32768
    return float(np.sqrt((samples**2).mean()))


def test_the_moment_is_cut_out(run: Run, notes: Path, tmp_path: Path) -> None:
    note = next(n for n in run("show", 1, "--json").json["notes"] if n["kind"] == "followup")
    out = tmp_path / "moment.wav"
    assert run("play", note["id"], "--around", 0.25, "--output", out).status == 0
    with wave.open(str(out)) as file:
        assert (file.getframerate(), file.getnchannels()) == (16_000, 1)
        seconds = file.getnframes() / file.getframerate()
    assert seconds == pytest.approx(note["end_s"] - note["start_s"] + 0.5, abs=0.26)  # the memo may end before
    assert loudness(out) > 0.01


def test_it_is_heard_on_the_loudspeaker(run: Run, notes: Path, loudspeaker: dict[str, str], tmp_path: Path) -> None:
    note = next(n for n in run("show", 1, "--json").json["notes"] if n["end_s"] - n["start_s"] < 6)
    heard = tmp_path / "heard.wav"
    recorder = subprocess.Popen(
        ["parec", "--device=heard.monitor", "--file-format=wav", "--rate=16000", "--channels=1", str(heard)]
    )
    try:
        time.sleep(0.5)
        command = ["python", "-m", "dictate", "play", str(note["id"])]
        done = subprocess.run([*_python(), *command[1:]], capture_output=True, text=True, env=loudspeaker)
        assert (done.returncode, done.stdout) == (0, "")
        assert len(done.stderr.splitlines()) == 1  # where it is, and no line of PortAudio's own
    finally:
        recorder.terminate()
        recorder.wait(10)
    assert loudness(heard) > 0.005


def _python() -> list[str]:
    import sys

    return [sys.executable]


def test_a_written_debrief_has_no_sound(run: Run, tmp_path: Path) -> None:
    (tmp_path / "told.txt").write_text("They asked me why I left. I said the commute was too long.")
    run("import", tmp_path / "told.txt")
    ran = run("play", 1)
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)
    assert "no sound" in ran.err


def test_missing_audio_is_one_line(run: Run, notes: Path, tmp_path: Path) -> None:
    Path(run("show", 1, "--json").json["recordings"][0]["path"]).unlink()
    ran = run("play", 1, "--output", tmp_path / "x.wav")
    assert ran.status == 1
    assert ran.err.startswith("dictate: ")
    assert not (tmp_path / "x.wav").exists()
