"""The values that pass between steps: frozen, typed, without ids (ids belong to the store).

Samples are float32, mono, 16 kHz, shape (n_samples,). Times named ``_s`` are seconds since the start of the
recording. Offsets count code points of a text and are half-open. Moments are aware datetimes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, get_args

SAMPLE_RATE = 16_000  # hertz; what Whisper and Silero hear

Kind = Literal[
    "question",
    "answer",
    "ask",
    "learned",
    "feeling",
    "concern",
    "strength",
    "omission",
    "plan",
    "followup",
    "context",
    "aside",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

EngineName = Literal["auto", "faster-whisper", "openai-whisper"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)

Source = Literal["tag", "name", "file", "given", "live"]
Outcome = Literal["waiting", "advanced", "offer", "rejected", "withdrawn"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


def plain(text: str) -> str:
    """The text as all offsets count it: runs of white space become one space, none at the ends."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class RecordedAt:
    """When a file was recorded, what says so, and how far to trust it."""

    when: datetime
    source: Source
    trusted: bool
    remark: str = ""  # for people: "the container's creation time", "the name, WhatsApp's pattern (a day, no time)"


@dataclass(frozen=True, slots=True)
class FileStamp:
    """What is other about a file as soon as it is written to, or another is put in its place."""

    device: int
    inode: int
    size: int  # bytes
    changed_ns: int


@dataclass(frozen=True, slots=True)
class Recording:
    """One audio file (or a debrief given as text: then ``duration_s`` is None)."""

    path: Path
    sha256: str  # of the audio packets without tags; of the text where there is no sound
    recorded_at: RecordedAt | None
    duration_s: float | None
    state: FileStamp | None = None  # of the file that was hashed; None where nothing is to be compared


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word as written (no white space in it), with its place in the audio."""

    text: str
    start_s: float
    end_s: float
    confidence: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words of a transcript that another one of the same recording has otherwise: half-open places among the words."""

    first: int
    last: int
    other: str  # what the other one has there; may be empty


@dataclass(frozen=True, slots=True)
class Transcript:
    """A recording's words with times; no words where nobody speaks."""

    words: tuple[Word, ...]
    language: str | None  # ISO 639-1; None where nothing was heard to tell it from
    duration_s: float
    engine: str
    model: str
    warnings: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch of a text: what the segmenter says, before the store makes a note of it."""

    kind: Kind
    start: int
    end: int
    text: str
    number: int | None = None
    difficult: bool | None = None  # on every mention of a question, else None
    confidence: float | None = None  # 0 to 1


@dataclass(frozen=True, slots=True)
class Segmentation:
    """A text and its spans: in order, without overlap, over every character that is no space."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A plain text, and those stretches of it that a person labelled: (kind, start, end)."""

    text: str
    spans: tuple[tuple[Kind, int, int], ...]


@dataclass(frozen=True, slots=True)
class Interview:
    """What debriefs are about. Everything may be unknown."""

    company: str | None = None
    role: str | None = None
    round: str | None = None
    held_at: datetime | None = None
    interviewers: tuple[str, ...] = ()

    def filled(self, more: Interview) -> Interview:
        """This, and what another source tells of the rest."""
        return Interview(
            self.company or more.company,
            self.role or more.role,
            self.round or more.round,
            self.held_at or more.held_at,
            self.interviewers or more.interviewers,
        )


@dataclass(frozen=True, slots=True)
class Upcoming:
    """An interview in the calendar, yet to be told; ``interview.held_at`` is when it begins."""

    interview: Interview
    ends_at: datetime
    title: str | None = None  # as the calendar calls it
    uid: str | None = None  # the calendar's own key, so that the same one is not added twice


@dataclass(frozen=True, slots=True)
class Debrief:
    """One recording turned into notes: all that one import writes, in one transaction."""

    interview: Interview
    recording: Recording
    transcript: Transcript
    segmentation: Segmentation
    kept: Path | None = None  # the copy beside the database; None with --no-copy
    remarks: tuple[str, ...] = field(default=())
