"""What a benchmark of transcription counts: word errors, and the time and memory of whole commands."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil

EVERY_S = 0.25  # between two looks at the memory


@dataclass(frozen=True, slots=True)
class Ran:
    """A command that has ended well; memory is the most that all its processes held together."""

    seconds: float
    cpu_s: float
    rss_mb: float  # pages that they share are counted for each
    pss_mb: float  # shared pages are counted once


def run(command: Sequence[str | Path], log: Path, **environment: str) -> Ran:
    """Run a command, its output into a file; RuntimeError where it fails."""
    before = os.times()
    began = time.perf_counter()
    with log.open("w") as file:
        process = subprocess.Popen(
            [str(part) for part in command], stdout=file, stderr=file, env={**os.environ, **environment}
        )
        peaks = _Peaks(process.pid)
        status = process.wait()
        seconds = time.perf_counter() - began
        peaks.stop()
    if status:
        raise RuntimeError(f"{command[0]} ended with {status}: {log.read_text(errors='replace')[-500:]}")
    after = os.times()
    cpu_s = after.children_user + after.children_system - before.children_user - before.children_system
    return Ran(round(seconds, 1), round(cpu_s, 1), round(peaks.rss / 1e6), round(peaks.pss / 1e6))


class _Peaks:
    """Looks at a process and those below it, in a thread."""

    def __init__(self, pid: int) -> None:
        self.rss = self.pss = 0
        self._pid = pid
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._stopped.wait(EVERY_S):
            rss = pss = 0
            with suppress(psutil.Error):
                parent = psutil.Process(self._pid)
                for process in (parent, *parent.children(recursive=True)):
                    with suppress(psutil.Error):
                        memory = process.memory_full_info()
                        rss += memory.rss
                        pss += memory.pss
            self.rss, self.pss = max(self.rss, rss), max(self.pss, pss)


def word_error_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """Errors in all (said, heard) together, in per cent of the words said, as Whisper's own normaliser sees them."""
    from whisper.normalizers import EnglishTextNormalizer

    normal = EnglishTextNormalizer()
    errors = words = 0
    for said, heard in pairs:
        truth = normal(said).split()
        errors += distance(truth, normal(heard).split())
        words += len(truth)
    return round(100 * errors / words, 2)


def distance(truth: Sequence[str], heard: Sequence[str]) -> int:
    """How many words are wrong, missing or too many (Levenshtein's distance)."""
    ids = {word: number for number, word in enumerate({*truth, *heard})}
    columns = np.array([ids[word] for word in heard], np.int64)
    places = np.arange(len(heard) + 1)
    row = places.copy()
    for number, word in enumerate(truth, 1):
        new = np.empty_like(row)
        new[0] = number
        new[1:] = np.minimum(row[1:] + 1, row[:-1] + (columns != ids[word]))
        row = np.minimum.accumulate(new - places) + places  # insertions
    return int(row[-1])
