"""Recordings that are not notes yet: where they lie, what their speaker said of them, and which of them still runs.

    2026-03-12 15.04.05.au      samples as they are spoken (see ``raw``); locked while it is being written
    2026-03-12 15.04.05.jsonl   the journal: what the interview is, then a line for each mark, remark and piece heard
    2026-03-12 15.04.05.flac    the recording, encoded and verified; then there is no .au any more

The journal goes when notes are made or not wanted: what has one is unfinished. It is only ever appended to, and a
line that was cut is passed over. Nothing heavy is imported here, since every command looks.
"""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Literal

from dictate.capture.raw import HEADER, shape_of, sync_folder
from dictate.errors import MediaError
from dictate.records import Interview, Word

Format = Literal["flac", "opus"]
FORMATS: tuple[Format, ...] = ("flac", "opus")
Purpose = Literal["debrief", "answer"]  # an answer is practised: its sound alone is kept
JOURNAL = ".jsonl"
LOOK_AGAIN_S = 0.02  # while a lock is waited for

_ours: dict[Path, int] = {}  # descriptors of the files whose lock this process holds


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a recording from its journal."""

    started_at: datetime
    interview: Interview
    add_to: int | None = None
    format: Format = "flac"
    marks_s: tuple[float, ...] = ()
    remarks: tuple[str, ...] = ()
    duration_s: float | None = None  # of an encoded one
    purpose: Purpose = "debrief"


@dataclass(frozen=True, slots=True)
class HeardBefore:
    """Words that were heard while they were spoken: by what, and which stretches (first frame, last, count, doubt)."""

    engine: str
    model: str
    given_language: str | None
    vocabulary: tuple[str, ...]
    language: str | None  # that was told, once all was heard
    pieces: dict[tuple[int, int, int, int], tuple[Word, ...]]


@dataclass(frozen=True, slots=True)
class Place:
    """The files of one recording."""

    journal: Path

    @property
    def raw(self) -> Path:
        return self.journal.with_suffix(".au")

    @property
    def encoded(self) -> Path | None:
        """The finished recording, once it is there."""
        candidates = [self.journal.with_suffix(f".{form}") for form in FORMATS]
        return next((path for path in candidates if path.exists()), None)

    @property
    def sound(self) -> Path:
        """The file that holds the sound now."""
        return self.encoded or self.raw

    def begin(self, facts: Facts) -> None:
        """Write down what is known before the first sample."""
        told = asdict(facts.interview) | {"add_to": facts.add_to, "format": facts.format, "purpose": facts.purpose}
        told["held_at"] = facts.interview.held_at and facts.interview.held_at.isoformat()
        told |= {"marks_s": facts.marks_s, "remarks": facts.remarks}
        os.close(os.open(self.journal, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            self.add(started_at=facts.started_at.isoformat(), **told)
        except OSError:
            self.journal.unlink()
            raise
        sync_folder(self.journal.parent)

    def add(self, **told: Any) -> None:
        """Append a line to the journal; OSError where it does not fit, and then it is cut."""
        with self.journal.open("ab+", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            is_cut = size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"
            line = b"\n" * is_cut + json.dumps(told).encode() + b"\n"
            if file.write(line) < len(line):  # in one piece, for several threads tell something
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self.journal))
            os.fsync(file.fileno())

    def facts(self) -> Facts:
        """What the journal says; what it does not is unknown."""
        first: dict[str, Any] = {}
        marks_s, remarks, duration_s = [], [], None
        for line in _lines(self.journal):
            if "started_at" in line:
                first = line
                marks_s += line.get("marks_s", ())
                remarks += line.get("remarks", ())
            if "mark_s" in line:
                marks_s.append(line["mark_s"])
            if "remark" in line:
                remarks.append(line["remark"])
            duration_s = line.get("duration_s", duration_s)
        moment = first.get("started_at")
        started = datetime.fromisoformat(moment) if moment else datetime.fromtimestamp(self.journal.stat().st_mtime)
        held_at = first.get("held_at")
        interview = Interview(
            first.get("company"),
            first.get("role"),
            first.get("round"),
            datetime.fromisoformat(held_at) if held_at else None,
            tuple(first.get("interviewers", ())),
        )
        form, add_to, purpose = first.get("format", "flac"), first.get("add_to"), first.get("purpose", "debrief")
        told = tuple(marks_s), tuple(remarks)
        return Facts(started.astimezone(), interview, add_to, form, *told, duration_s, purpose)

    def heard(self) -> HeardBefore | None:
        """The words in the journal."""
        hearing: list[Any] = []
        language: str | None = None
        pieces: dict[tuple[int, int, int, int], tuple[Word, ...]] = {}
        for line in _lines(self.journal):
            hearing = line.get("hearing", hearing)
            language = line.get("language", language)
            for (first, last, count, doubt), words in line.get("pieces", ()):
                pieces[first, last, count, doubt] = tuple(Word(*word) for word in words)
        if not hearing or not pieces:
            return None
        engine, model, given, vocabulary = hearing
        return HeardBefore(engine, model, given, tuple(vocabulary), language, pieces)

    def duration_s(self) -> float | None:
        """Seconds of sound, where that is known without decoding."""
        try:
            if self.encoded:
                return self.facts().duration_s
            return shape_of(self.raw)[2]
        except (MediaError, OSError):
            return None

    def is_running(self) -> bool:
        """Whether a process is still recording it, or making notes of it."""
        try:
            with locked(self.journal, shared=True) as free:
                return not free
        except OSError:
            return False

    def keep(self) -> Path:
        """Let the encoded recording be a file like any other."""
        path = self.encoded
        assert path is not None
        self.journal.unlink(missing_ok=True)
        return path

    def remove(self) -> None:
        """Take all files of it away; the journal last, so that what is left half removed is found again."""
        parts = self.journal.parent.glob(f".{self.journal.stem}.*.part")  # of an encoder that was killed
        for path in (self.raw, self.encoded, *parts, self.journal):
            if path:
                path.unlink(missing_ok=True)


def new_place(folder: Path, started_at: datetime) -> Place:
    """Where a recording that starts now goes; its name tells when."""
    name, count = f"{started_at:%Y-%m-%d %H.%M.%S}", 1
    taken = {path.stem for path in folder.iterdir()}
    stem = name
    while stem in taken:
        count += 1
        stem = f"{name} ({count})"
    return Place(folder / f"{stem}{JOURNAL}")


def unfinished(folder: Path) -> list[Place]:
    """Recordings that nobody works on and that are not notes yet, the oldest first; empty ones are none."""
    try:
        journals = sorted((path for path in folder.iterdir() if path.suffix == JOURNAL), key=lambda path: path.stem)
    except OSError:
        return []
    return [place for place in map(Place, journals) if _holds_sound(place) and not place.is_running()]


@contextmanager
def locked(path: Path, *, shared: bool = False, patience_s: float = 0.0) -> Iterator[bool]:
    """Hold a file's lock, which ends with the process however that ends; False where another holds it.

    Who only looks shares it, so that two who look do not take each other for the owner; who must not take one that
    looks for the owner has patience.
    """
    with path.open("r+b") as file:
        if not _take(file, shared, time.monotonic() + patience_s):
            yield False
        elif shared:
            yield True
        else:
            _ours[path] = file.fileno()
            try:
                yield True
            finally:
                del _ours[path]


@contextmanager
def held_on(path: Path) -> Iterator[None]:
    """Go on holding a lock of this process, also when the ``with`` that took it has ended."""
    descriptor = os.dup(_ours[path])  # a lock ends with the last descriptor of it
    try:
        yield
    finally:
        os.close(descriptor)


def _take(file: IO[bytes], shared: bool, deadline: float) -> bool:
    import fcntl

    while True:
        try:
            fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
        time.sleep(LOOK_AGAIN_S)


def _holds_sound(place: Place) -> bool:
    if place.encoded:
        return True
    try:
        return place.raw.stat().st_size > HEADER.size
    except OSError:
        return False


def _lines(journal: Path) -> Iterator[dict[str, Any]]:
    for line in journal.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            told = json.loads(line)
        except ValueError:  # cut while it was written
            continue
        if isinstance(told, dict):
            yield told
