"""A recording while it runs: one thread writes what is spoken, one watches the microphone; neither waits for the other.

What a person should know is queued in ``told``, a sentence each; ``state`` is what a display shows.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Literal

import numpy as np
import numpy.typing as npt

from dictate.capture.fitting import Fitting, Shape
from dictate.capture.level import FLOOR_DB, ZEROS_S, Level
from dictate.capture.microphone import Microphone
from dictate.capture.raw import SAMPLE_BYTES, RawFile, fault_told
from dictate.capture.timeline import clock
from dictate.capture.unfinished import Place

WATCH_S = 0.2
STALLED_S = 1.5  # without a block; then the microphone is taken for gone
REOPEN_AFTER_S = 4.0  # without a block from a stream that calls itself active
REOPEN_EVERY_S = 1.0
MEMORY_SHARE = 0.5  # of what is free, for what waits for room on the disk
MEMORY_WITHOUT_TELLING = 256 * 2**20  # bytes, where the system does not say what is free

Doing = Literal["recording", "paused", "no microphone", "disk full", "only zeros"]


@dataclass(frozen=True, slots=True)
class State:
    """What a display shows."""

    doing: Doing
    elapsed_s: float
    level_db: float  # of full scale, of the last moment


class Recorder:
    """Samples from an open microphone to a place on disk, until ``finish``."""

    def __init__(self, microphone: Microphone, place: Place) -> None:
        self.told: SimpleQueue[str] = SimpleQueue()
        self.marks_s: list[float] = []
        self.is_over = threading.Event()  # it cannot go on: finish it
        self.fault: Exception | None = None  # that ended it: from then on nothing was kept
        self._microphone = microphone
        self._place = place
        self._file = RawFile(place.raw, microphone.shape.rate, microphone.shape.channels)
        self._fitting = Fitting(microphone.shape)
        self._level = Level(microphone.shape.rate)
        self._is_away = False
        self._was_full = False
        self._room_until_s = 0.0  # of what waits in memory
        self._tried_at = 0.0  # to open the microphone again
        self._overflows_told = 0
        self._lost_s = 0.0  # that could not be taken in
        self._troubles: set[str] = set()  # that were told
        self._ending, self._given_up = threading.Event(), threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._writer = threading.Thread(target=self._write, daemon=True)

    def start(self) -> None:
        self._writer.start()
        self._watcher.start()

    @property
    def is_paused(self) -> bool:
        return self._microphone.is_paused

    def pause(self, paused: bool) -> None:
        """Leave out what is said from now on, or take it in again."""
        self._microphone.is_paused = paused

    def mark(self) -> float:
        """Remember this moment; returns its seconds."""
        moment_s = round(self._file.duration_s, 1)
        self.marks_s.append(moment_s)
        self._note(mark_s=moment_s)
        return moment_s

    def state(self) -> State:
        silent = self.is_paused or self._is_away
        return State(self._doing(), self._file.duration_s, FLOOR_DB if silent else self._level.peak_db)

    def finish(self) -> None:
        """End the stream; what was spoken is then written, which ``wait`` waits for."""
        self._ending.set()

    def wait(self, timeout_s: float) -> bool:
        """Whether everything is on disk now."""
        self._writer.join(timeout_s)
        return not self._writer.is_alive()

    def unwritten_s(self) -> float:
        """Seconds that wait in memory for room on the disk, and those that a fault kept from it."""
        return self._file.waiting_s + self._lost_s

    @property
    def is_full(self) -> bool:
        """Whether the disk is."""
        return self._file.is_full

    @property
    def duration_s(self) -> float:
        return self._file.duration_s

    def give_up(self) -> None:
        """Let go of what the disk has no room for."""
        self._given_up.set()

    # The thread that writes

    def _write(self) -> None:
        try:
            while not self._ending.is_set():
                self._drain(0.1)
                self._file.settle()
                self._look_at_disk()
            self._watcher.join()  # it has closed the stream
            self._drain(0.01)
            self._file.settle(at_once=True)
            while self._file.waiting_s and not self._given_up.wait(0.1):
                self._file.settle(at_once=True)
        except Exception as error:  # of the disk, the memory, or ours: nobody must go on speaking to nothing
            self._fail(error)
        finally:
            with suppress(OSError):  # all of it is through to the disk already
                self._file.close()

    def _fail(self, fault: Exception) -> None:
        """Have the recording end, and count what it still brings as lost."""
        self.fault = fault
        self.is_over.set()
        with suppress(Exception):
            self._file.settle(at_once=True)  # where only the block in hand was at fault
        self._watcher.join()  # it has closed the stream
        with suppress(Empty):
            while True:
                self._lose(*self._microphone.blocks.get_nowait())

    def _lose(self, block: bytes, shape: Shape) -> None:
        self._lost_s += len(block) / (shape.rate * shape.channels * SAMPLE_BYTES)

    def _drain(self, timeout_s: float) -> None:
        """Take in all blocks that are there, waiting a little for the first."""
        try:
            self._take(*self._microphone.blocks.get(timeout=timeout_s))
            while True:
                self._take(*self._microphone.blocks.get_nowait())
        except Empty:
            return

    def _take(self, block: bytes, shape: Shape) -> None:
        try:
            samples = self._fitted(block, shape)
            self._file.take(samples.astype(">i2").tobytes())
        except Exception:
            self._lose(block, shape)
            raise
        for warning in self._level.hear(samples):
            self.told.put(warning)

    def _fitted(self, block: bytes, shape: Shape) -> npt.NDArray[np.int16]:
        try:
            return self._fitting.fit(block, shape)
        except Exception:  # a resampler that has failed once may do so for ever; a new one does not
            self._fitting = Fitting(self._microphone.shape)
            return self._fitting.fit(block, shape)

    def _look_at_disk(self) -> None:
        if self._file.is_full and not self._was_full:
            room_s = self._file.seconds(int(free_memory() * MEMORY_SHARE))
            self._room_until_s = self._file.waiting_s + room_s
            self.told.put(
                f"the disk is full: going on in memory, which lasts for {lasting(room_s)}; "
                f"make room for {self._place.raw.parent}"
            )
        elif self._was_full and not self._file.is_full:
            self.told.put("there is room on the disk again: everything is written")
        if self._file.is_full and self._file.waiting_s > self._room_until_s:
            self.told.put("the disk is full and so is the memory: the recording ends here")
            self.is_over.set()
        self._was_full = self._file.is_full

    # The thread that watches

    def _watch(self) -> None:
        while not self._ending.wait(WATCH_S):
            self._attempt(self._look_at_microphone)
        self._attempt(self._microphone.close)
        self._attempt(lambda: self._tell_overflows(self._overflows_told + 1))

    def _attempt(self, look: Callable[[], object]) -> None:
        """A fault here ends no recording: it is told once, and the next look may go well."""
        try:
            look()
        except Exception as error:
            trouble = f"the microphone cannot be watched ({type(error).__name__}: {error}): trying again"
            if trouble not in self._troubles:
                self._troubles.add(trouble)
                self.told.put(trouble)

    def _look_at_microphone(self) -> None:
        self._tell_overflows(max(1, 2 * self._overflows_told))
        stream_ended = not self._microphone.is_active
        quiet_s = self._microphone.quiet_s()
        if not stream_ended and self._microphone.is_delivering and quiet_s < STALLED_S:
            self._came_back()
            return
        if stream_ended or quiet_s >= STALLED_S:
            self._went_away(stream_ended)
        due = time.monotonic() - self._tried_at >= REOPEN_EVERY_S
        if due and (stream_ended or quiet_s >= REOPEN_AFTER_S):
            self._microphone.reopen()
            self._tried_at = time.monotonic()

    def _went_away(self, ended: bool) -> None:
        if not self._is_away:
            self._is_away = True
            what = f"{'is gone' if ended else 'delivers nothing'} ({self._microphone.device.name})"
            self.told.put(f"the microphone {what}: recording goes on as soon as it is back; what was said is kept")
            self._note(remark=f"the microphone was away at {self._file.duration_s:.1f} s")

    def _came_back(self) -> None:
        if self._is_away:
            self._is_away = False
            self.told.put(f"the microphone is back ({self._microphone.device.name}): recording goes on")

    def _tell_overflows(self, least: int) -> None:
        """Whenever they have doubled, lest they fill the screen; their exact count in the end."""
        count = self._microphone.overflows
        if count >= least:
            self._overflows_told = count
            self.told.put(f"the machine was too busy: sound was lost {count} time{'s' * (count > 1)}")
            self._note(remark=f"{count} overflows up to {self._file.duration_s:.1f} s")

    def _doing(self) -> Doing:
        if self._is_away:
            return "no microphone"
        if self.is_paused:
            return "paused"
        if self._file.is_full:
            return "disk full"
        return "only zeros" if self._level.zeros_s >= ZEROS_S else "recording"

    def _note(self, **told: object) -> None:
        """Into the journal; a full disk must not end a recording for want of a remark."""
        try:
            self._place.add(**told)
        except OSError as error:
            self.told.put(f"{fault_told(error)}: a mark or remark is not kept")


def free_memory() -> int:
    """Bytes that programs may still take."""
    if sys.platform == "linux":
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return MEMORY_WITHOUT_TELLING


def lasting(seconds: float) -> str:
    """A length as people say it: ``about 40 minutes``."""
    if seconds >= 7200:
        return f"about {round(seconds / 3600)} hours"
    return f"about {round(seconds / 60)} minutes" if seconds >= 120 else f"about {round(seconds)} seconds"


def marks_told(marks_s: list[float]) -> str:
    """``2 moments marked: 0:12, 1:40``."""
    if not marks_s:
        return ""
    return f"{len(marks_s)} moment{'s' * (len(marks_s) > 1)} marked: {', '.join(clock(mark_s) for mark_s in marks_s)}"
