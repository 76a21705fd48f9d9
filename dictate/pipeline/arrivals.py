"""Memos that come into folders: given as soon as they are whole, whatever becomes of the folders meanwhile.

A file is whole when it has bytes, has kept its size and time for some seconds, and nothing beside it says that it is on
its way. Changes are told by ``watchfiles``; a look at everything now and then finds what the system did not tell, as it
does not on network folders.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

from dictate.pipeline.sources import Source, Sources, find_sources
from dictate.pipeline.told import side_files

SETTLE_S = 3.0  # that a file must stay as it is
LOOK_S = 30.0  # between two looks, whatever is told
RETRY_S, RETRY_MOST_S = 60.0, 3600.0  # before what was not settled is given again; each time twice as long
PARTIAL = (".part", ".crdownload", ".download", ".partial", ".tmp", ".icloud", ".opdownload")  # added to a name

State = tuple[int, int]  # size in bytes, time of change in ns


@dataclass(frozen=True, slots=True)
class _Try:
    """A file that was given, and may have to be given again."""

    sides: tuple[State | None, ...]  # of the files that tell of it, as they were
    delay_s: float  # before the next time
    due: float = 0.0  # on the monotonic clock


class Arrivals:
    """Iterate over it for groups of new files, until ``stop`` is set. A file that changes is given again.

    ``told`` hears of folders: False when one is not there, True when it is there after all.
    """

    def __init__(
        self,
        folders: Sequence[Path],
        stop: Event,
        told: Callable[[Path, bool], None] = lambda *_: None,
        *,
        settle_s: float = SETTLE_S,
        retry_s: float = RETRY_S,
    ) -> None:
        self._folders, self._stop, self._tell = folders, stop, told
        self._settle_s, self._retry_s = settle_s, retry_s
        self._given: dict[Path, State] = {}
        self._out: dict[Path, _Try] = {}  # those given last
        self._left: dict[Path, _Try] = {}  # those not settled
        self._growing: dict[Path, tuple[State, float]] = {}  # since when it is as it is
        self._told: set[tuple[Path, str]] = set()  # what could not be read
        self.missing: tuple[Path, ...] = ()  # folders that are not there now

    def __iter__(self) -> Iterator[Sources]:
        while not self._stop.is_set():
            found = self._look()
            if found.files or found.unreadable:
                yield found
                for source in found.files:
                    if _state(source.path) is None:  # perhaps it went before it was read
                        self._given.pop(source.path, None)
                continue
            self._wait()

    def again(self, paths: Iterable[Path]) -> None:
        """Of the files given last these were not settled, for no fault of theirs: they are given again after a while.

        The while is over at once when a file that tells of them changes.
        """
        now = time.monotonic()
        for path in paths:
            last = self._out[path]
            self._left[path] = _Try(last.sides, min(2 * last.delay_s, RETRY_MOST_S), now + last.delay_s)

    def _look(self) -> Sources:
        """What is whole now and was not given yet, or is to be given again."""
        self._look_for_folders()
        found = find_sources(folder for folder in self._folders if folder not in self.missing)
        states = {source: state for source in found.files if (state := _state(source.path))}
        self._given = {
            path: state for path, state in self._given.items() if _is_near(path, self.missing) or _state(path)
        }
        self._left = {path: left for path, left in self._left.items() if path in self._given}
        now = time.monotonic()
        waiting: dict[Path, tuple[State, float]] = {}
        whole = []
        for source, state in states.items():
            if self._given.get(source.path) == state and not self._is_due(source.path, now):
                continue
            before, since = self._growing.get(source.path, (None, now))
            if before != state:
                since = now
            if now - since >= self._settle_s and not _is_on_its_way(source, state):
                whole.append(source)
            else:
                waiting[source.path] = (state, since)
        self._growing = waiting
        self._give(whole, states)
        unreadable = tuple(each for each in found.unreadable if each not in self._told)
        self._told = set(found.unreadable)
        return Sources(tuple(whole), unreadable)

    def _look_for_folders(self) -> None:
        before = self.missing
        self.missing = tuple(folder for folder in self._folders if not os.path.isdir(folder))  # noqa: PTH112  # False too where it may not be looked at
        for folder in self._folders:
            if (folder in self.missing) != (folder in before):
                self._tell(folder, folder not in self.missing)

    def _is_due(self, path: Path, now: float) -> bool:
        """Whether a file that was given is to be given again, as it is."""
        left = self._left.get(path)
        return left is not None and (now >= left.due or left.sides != _sides(path))

    def _give(self, whole: Iterable[Source], states: Mapping[Source, State]) -> None:
        self._out = {}
        for source in whole:
            path = source.path
            left = self._left.pop(path, None)
            self._given[path] = states[source]
            self._out[path] = _Try(_sides(path), left.delay_s if left else self._retry_s)

    def _wait(self) -> None:
        """Until something changes, a growing file may have become whole, or it is time to look."""
        from watchfiles import watch

        until = time.monotonic() + (self._settle_s if self._growing else LOOK_S)
        there = {folder: _identity(folder) for folder in self._folders if folder not in self.missing}
        if len(there) < len(self._folders):  # one may come back
            until = min(until, time.monotonic() + self._settle_s)
        due = [left.due for left in self._left.values() if left.due > time.monotonic()]  # the rest is on its way
        until = min([until, *due])
        step_s = min(self._settle_s, 1.0)
        options: dict[str, Any] = {
            "rust_timeout": max(50, round(step_s * 1000)),
            "yield_on_timeout": True,
            "debounce": 200,
        }
        try:
            changes = watch(*there, stop_event=self._stop, watch_filter=None, **options) if there else iter(())
            while not self._stop.is_set() and time.monotonic() < until:
                changed = next(changes, None)
                if changed is None:
                    self._stop.wait(step_s)
                elif changed or any(_identity(folder) != known for folder, known in there.items()):
                    return
        except OSError:  # a folder vanished at this very moment
            self._stop.wait(step_s)


def _is_on_its_way(source: Source, state: State) -> bool:
    path = source.path
    beside = (*(path.with_name(path.name + ending) for ending in PARTIAL), path.with_name(f".{path.name}.icloud"))
    return not state[0] or any(map(os.path.exists, beside))


def _is_near(path: Path, folders: Sequence[Path]) -> bool:
    """Whether a file lies in one of these folders; then it is not gone, only out of reach."""
    return any(path.is_relative_to(folder) for folder in folders)


def _state(path: Path) -> State | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_size, status.st_mtime_ns


def _sides(path: Path) -> tuple[State | None, ...]:
    return tuple(map(_state, side_files(path)))


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        status = folder.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino
