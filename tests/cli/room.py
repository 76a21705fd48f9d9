"""A room in which to speak: a PulseAudio server of our own, whose null sink's monitor is the microphone."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
import numpy as np

SAMPLE = Path(__file__).parents[2] / "samples" / "memo.m4a"
RATE = 16_000
SINK = "room"
FRAME = 320  # samples: 20 ms
WAIT_S = 60.0  # also on a machine that has much else to do


class Room:
    """The server, its sink and what is played into it."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o700)
        self.folder = folder
        self.socket = f"unix:{folder}/native"
        self.speech = folder / "memo.wav"
        self._players: list[subprocess.Popen[bytes]] = []
        write_wave(self.speech, samples_of(SAMPLE))
        modules = [f"--load=module-native-protocol-unix socket={folder}/native auth-anonymous=1"]
        options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--log-level=error", "--use-pid-file=no", *modules]
        self._server = subprocess.Popen(["pulseaudio", *options], env=self.env, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + WAIT_S
        while self.control("info", check=False):
            assert time.monotonic() < deadline, "PulseAudio does not come up"
            time.sleep(0.1)
        self.plug_in()

    @property
    def env(self) -> dict[str, str]:
        place = str(self.folder)
        return {**os.environ, "XDG_RUNTIME_DIR": place, "PULSE_RUNTIME_PATH": place, "PULSE_SERVER": self.socket}

    def control(self, *arguments: str, check: bool = True) -> int:
        return subprocess.run(["pactl", *arguments], env=self.env, capture_output=True, check=check).returncode

    def plug_in(self) -> None:
        """Have a microphone."""
        self.control("load-module", "module-null-sink", f"sink_name={SINK}", f"rate={RATE}", "channels=1")
        self.control("set-default-source", f"{SINK}.monitor")

    def unplug(self) -> None:
        self.control("unload-module", "module-null-sink")

    def hang(self) -> None:
        """Have the server do nothing at all."""
        self._server.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._server.send_signal(signal.SIGCONT)

    def play(self, sound: Path | None = None) -> None:
        """Begin to speak."""
        player = ["paplay", "--latency-msec=100", f"--device={SINK}", str(sound or self.speech)]
        self._players.append(subprocess.Popen(player, env=self.env, stderr=subprocess.DEVNULL))

    @contextmanager
    def overhear(self) -> Iterator[Callable[[], np.ndarray]]:
        """Take down all that sounds in the room; what is yielded gives it afterwards, shape (n_samples,)."""
        path = self.folder / "overheard.raw"
        command = ["parec", f"--device={SINK}.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le", "--raw"]
        with path.open("wb") as file, subprocess.Popen(command, env=self.env, stdout=file) as listener:
            try:
                yield lambda: np.fromfile(path, "<i2") / 32_768
            finally:
                listener.terminate()

    def hush(self) -> None:
        for player in self._players:
            player.terminate()
            player.wait(10)
        self._players.clear()

    def close(self) -> None:
        self.hush()
        self._server.terminate()
        self._server.wait(10)


class Recording:
    """``dictate record`` as another program runs it: no terminal, lines on stderr."""

    def __init__(self, room: Room, *arguments: object, env: dict[str, str] | None = None) -> None:
        command = [sys.executable, "-m", "dictate", "record", *map(str, arguments)]
        self.process = subprocess.Popen(
            command,
            env=room.env | (env or {}),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.lines: list[tuple[float, str]] = []  # when it was said, and what
        self.out = ""
        self._listeners = [threading.Thread(target=self._hear), threading.Thread(target=self._read)]
        for listener in self._listeners:
            listener.start()

    @property
    def err(self) -> str:
        return "\n".join(line for _, line in self.lines)

    def until(self, text: str, limit_s: float = WAIT_S) -> float:
        """Wait for a line with this in it; returns when it came."""
        deadline = time.monotonic() + limit_s
        while time.monotonic() < deadline:
            for when, line in list(self.lines):
                if text in line:
                    return when
            time.sleep(0.01)
        raise AssertionError(f"{text!r} is not said within {limit_s} s:\n{self.err}")

    def end(self, how: int = signal.SIGINT) -> int:
        """Send a signal and wait; returns the exit status."""
        self.process.send_signal(how)
        return self.wait()

    def wait(self) -> int:
        status = self.process.wait(WAIT_S)
        for listener in self._listeners:
            listener.join()
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self.process.stdout.close()
        self.process.stderr.close()
        return status

    def _hear(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append((time.monotonic(), line.rstrip("\n")))

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.out = self.process.stdout.read()


class Terminal:
    """dictate in a pseudo-terminal: keys go in, the screen comes out."""

    def __init__(
        self,
        env: dict[str, str],
        *arguments: object,
        columns: int = 100,
        program: tuple[str, ...] = ("-m", "dictate"),
    ) -> None:
        self._ours, theirs = pty.openpty()
        command = [sys.executable, *program, *map(str, arguments)]
        begin = "import os,pty,sys,fcntl,termios; os.setsid(); fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
        command = [sys.executable, "-c", f"{begin}os.execv(sys.argv[1], sys.argv[1:])", *command]
        self.process = subprocess.Popen(
            command, env=env | {"COLUMNS": str(columns)}, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True
        )
        os.close(theirs)
        self.screen = ""
        self._seen = 0

    def until(self, text: str, limit_s: float = WAIT_S) -> None:
        """Wait until this is shown after what was waited for before."""
        deadline = time.monotonic() + limit_s
        while text not in self.screen[self._seen :]:
            assert time.monotonic() < deadline, f"{text!r} is not shown:\n{self.screen[-2000:]!r}"
            if not self._read(0.1):
                raise AssertionError(f"it ended before {text!r} was shown:\n{self.screen[-2000:]!r}")
        self._seen = self.screen.index(text, self._seen) + len(text)

    def press(self, keys: str) -> None:
        os.write(self._ours, keys.encode())

    @property
    def descriptor(self) -> int:
        return self._ours

    def hang_up(self) -> int:
        """Close the window; returns the exit status."""
        os.close(self._ours)
        return self.process.wait(WAIT_S)

    def look(self, seconds: float) -> None:
        """Take in what is drawn for a while."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            self._read(0.05)

    def end(self) -> int:
        """Wait for the end; returns the exit status."""
        deadline = time.monotonic() + WAIT_S
        while self._read(0.1):
            assert time.monotonic() < deadline, self.screen[-2000:]
        os.close(self._ours)
        return self.process.wait(10)

    def shown(self) -> list[str]:
        """Every line as it was when the next was begun or drawn over it."""
        plain = re.sub(r"\x1b\[[\d;]*[A-Za-z]", "", self.screen)
        return [line for line in re.split(r"[\r\n]+", plain) if line]

    def _read(self, limit_s: float) -> bool:
        if not select.select([self._ours], [], [], limit_s)[0]:
            return True
        try:
            told = os.read(self._ours, 65_536)
        except OSError:  # the terminal closes with the program
            return False
        self.screen += told.decode(errors="replace")
        return bool(told)


def samples_of(path: Path) -> np.ndarray:
    """A file's sound, 16 kHz mono, shape (n_samples,)."""
    resampler = av.AudioResampler("flt", "mono", RATE)
    with av.open(str(path)) as container:
        frames = [piece for frame in container.decode(audio=0) for piece in resampler.resample(frame)]
        frames += resampler.resample(None)
    return np.concatenate([frame.to_ndarray()[0] for frame in frames])


def write_wave(path: Path, samples: np.ndarray) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, 0, "NONE", ""))
        file.writeframes((np.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes())
    return path


def envelope(samples: np.ndarray) -> np.ndarray:
    """Loudness of every 20 ms."""
    return np.sqrt((samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME) ** 2).mean(axis=1))


def likeness(kept: np.ndarray, played: np.ndarray) -> float:
    """How well the loudness of what was kept follows some stretch of what was played: 1 where it is the same."""
    short = envelope(kept)
    best = 0.0
    for phase in range(0, FRAME, FRAME // 4):
        long = envelope(played[phase:])
        windows = np.lib.stride_tricks.sliding_window_view(long, len(short))
        windows = windows - windows.mean(axis=1, keepdims=True)
        ours = short - short.mean()
        norms = np.sqrt((windows**2).sum(axis=1) * (ours**2).sum()) + 1e-9
        best = max(best, float((windows @ ours / norms).max()))
    return best


def entry(recording: Recording) -> dict[str, Any]:
    import json

    told: dict[str, Any] = json.loads(recording.out)
    return told
