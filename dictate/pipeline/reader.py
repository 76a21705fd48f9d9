"""Reads memos in a process of its own: a file that hangs or crashes the reading ends that process and nothing else."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from dictate.capture.decode import Decoding
from dictate.capture.media import Media, open_media
from dictate.capture.unchanged import check_unchanged
from dictate.errors import MediaError
from dictate.pipeline.processes import SPAWN, end_with_parent, spawning
from dictate.pipeline.recording import recording_of
from dictate.records import Recording
from dictate.transcribe.pieces import Listener, Packed

STALL_S = 180.0  # without any sign of life a file is given up
SPARE_S = 600.0  # of computing, beyond the length that a file claims: reading takes a hundredth of that


@dataclass(frozen=True, slots=True)
class Looked:
    """What a memo tells of itself before it is heard."""

    recording: Recording
    media: Media


@dataclass(frozen=True, slots=True)
class Position:
    """So much of the memo has been read, in seconds of its sound (0 in a look at it); a sign of life."""

    done_s: float


@dataclass(frozen=True, slots=True)
class Ended:
    """All of the memo has been read."""

    duration_s: float
    warnings: tuple[str, ...]


Step = Packed | Position | Ended


@dataclass(frozen=True, slots=True)
class _Request:
    path: Path
    media: Media | None = None  # None: only look
    longest_s: float = 0.0


class Reader:
    """The other process, as this one sees it; started when first needed, and again after it had to be ended."""

    def __init__(self, *, stall_s: float = STALL_S) -> None:
        self.stall_s = stall_s
        self._process: Any = None
        self._line: Connection | None = None
        self._closing = threading.Lock()

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def look(self, path: Path) -> Looked:
        """Facts of a memo; MediaError where it is none, or takes too long."""
        *_, looked = self._ask(_Request(path))  # after signs of life
        return looked  # type: ignore[no-any-return]

    def cut(self, media: Media, longest_s: float) -> Generator[Step, None, None]:
        """A memo's pieces as they are found; MediaError as above, ChangedError where it is not what was looked at."""
        return self._ask(_Request(media.path, media, longest_s))

    def close(self) -> None:
        """End the process, whatever it is at."""
        with self._closing:
            process, line, self._process, self._line = self._process, self._line, None, None
        if process:
            process.kill()  # first, so that a thread that waits for an answer wakes
            process.join()
            process.close()
        if line:
            line.close()

    def _ask(self, request: _Request) -> Generator[Any, None, None]:
        line = self._started()
        in_step = False
        try:
            line.send(request)
            while (answer := self._answer(line, request.path)) is not None:
                if isinstance(answer, Exception):
                    in_step = True
                    raise answer
                yield answer
            in_step = True
        finally:
            if not in_step:  # answers are left that nobody asked for
                self.close()

    def _answer(self, line: Connection, path: Path) -> Any:
        try:
            if not line.poll(self.stall_s):
                raise MediaError(f"{path}: gave no sound for {self.stall_s:.0f} s and was given up; is it damaged?")
            return line.recv()
        except (EOFError, OSError) as error:
            raise MediaError(f"{path}: reading it failed altogether; it is damaged, or memory ran out") from error

    def _started(self) -> Connection:
        if self._line is None or not self._process.is_alive():
            self.close()
            self._line, theirs = SPAWN.Pipe()
            self._process = SPAWN.Process(target=_serve, args=(theirs,), daemon=True, name="dictate-reader")
            with spawning():
                self._process.start()
            theirs.close()
        return self._line


def _serve(line: Connection) -> None:
    """The life of the reading process: requests in, answers out, None after the last of each."""
    end_with_parent()
    while True:
        try:
            request = line.recv()
        except EOFError:
            return
        try:
            if request.media is None:
                line.send(_look(request.path, lambda: line.send(Position(0.0))))
            else:
                for step in _steps(request.media, request.longest_s):
                    line.send(step)
            line.send(None)
        except MediaError as error:
            line.send(error)
        except Exception as error:  # a damaged file may bring out what nobody has foreseen
            line.send(MediaError(f"{request.path}: cannot be read ({type(error).__name__}: {error})"))


def _look(path: Path, alive: Callable[[], None]) -> Looked:
    media = open_media(path)
    return Looked(recording_of(media, alive), media)


def _steps(media: Media, longest_s: float) -> Iterator[Step]:
    check_unchanged(media.path, media.state)
    decoding = Decoding(media)
    listener = Listener(longest_s)
    until = time.process_time() + SPARE_S + (media.duration_s or 0.0)
    for block in decoding:
        if time.process_time() > until:
            raise MediaError(f"{media.path}: takes too long to read; is it damaged?")
        yield from (piece.pack() for piece in listener.push(block))
        yield Position(decoding.duration_s)
    yield from (piece.pack() for piece in listener.flush())
    yield Ended(decoding.duration_s, decoding.warnings)
