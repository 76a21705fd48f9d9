"""The one recording that runs beside a database: who it is, and how another process ends it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dictate.capture.unfinished import locked
from dictate.errors import DeviceError

PID_FILE = "running.pid"
STOPPING_S = 10.0


@contextmanager
def running(folder: Path) -> Iterator[bool]:
    """Be the recording that runs; False where another one is."""
    path = folder / PID_FILE
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    with locked(path) as free:
        if not free:
            yield False
            return
        path.write_text(f"{os.getpid()}\n")
        try:
            yield True
        finally:
            path.write_text("")


def stop_running(folder: Path) -> int:
    """Have the running recording finish, as Enter does, and wait until the microphone is free; returns its process."""
    path = folder / PID_FILE
    deadline = time.monotonic() + STOPPING_S
    asked = 0
    while time.monotonic() < deadline:
        with locked(path, shared=True) as free:
            if free:
                return asked
        told = path.read_text().strip()
        if told and not asked:  # it writes its number just after it takes the lock
            asked = int(told)
            os.kill(asked, signal.SIGTERM)
        time.sleep(0.05)
    raise DeviceError(f"the running recording (process {asked or 'unknown'}) does not finish; look at its screen")
