"""What the store hands out: the contract's JSON shapes, and small values for the pipeline.

Unknown values are None, never left out. Dates are ISO 8601 with their zone. Numbers of questions and of asks
count through a whole interview, whatever number of recordings it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict


class NoteShown(TypedDict):
    id: int
    kind: str
    text: str
    number: int | None
    difficult: bool | None
    confidence: float | None
    recording_id: int
    start: int
    end: int
    start_s: float | None
    end_s: float | None
    edited: bool


class WordsDoubted(TypedDict):
    """A place in a recording's transcript where the phone's own has other words (perhaps none)."""

    start: int
    end: int
    text: str
    other: str
    start_s: float | None


class RecordingShown(TypedDict):
    """``engine`` is what made the transcript; ``spoken_after_s`` how long after the interview's end the recording was
    begun, where both are known."""

    id: int
    path: str | None
    sha256: str
    recorded_at: str | None
    recorded_at_source: str | None
    recorded_at_trusted: bool | None
    recorded_at_remark: str | None
    spoken_after_s: float | None
    duration_s: float | None
    transcript: str
    engine: str
    doubtful: list[WordsDoubted]


class InterviewFacts(TypedDict):
    id: int
    company: str | None
    role: str | None
    round: str | None
    held_at: str | None
    outcome: str | None
    interviewers: list[str]


class InterviewShown(InterviewFacts):
    recordings: list[RecordingShown]
    notes: list[NoteShown]


class InterviewListed(InterviewFacts):
    """``questions`` and ``difficult`` count questions, not their mentions."""

    recordings: int
    notes: int
    questions: int
    difficult: int


class NoteOfInterview(NoteShown):
    interview_id: int
    company: str | None
    role: str | None
    held_at: str | None


class NoteInContext(NoteOfInterview):
    """``before`` and ``after`` are what was said around it."""

    before: str
    after: str


class NoteFound(NoteOfInterview):
    """``highlights`` are half-open offsets into ``text``: what the query matched."""

    highlights: list[tuple[int, int]]


class NoteDecided(NoteOfInterview):
    """A note with what the user decided: ``state`` is open, done or dropped, ``line`` what to do about a concern."""

    outcome: str | None
    state: str
    due: str | None
    done_at: str | None
    line: str | None


class LetterKept(TypedDict):
    """What the user did with a letter; ``text`` is None while it is as drafted."""

    recipient: str
    text: str | None
    edited_at: str | None
    sent_at: str | None


class InterviewState(InterviewFacts):
    """``happened_at`` is when it was held, else recorded; ``told`` are ids of notes for a letter, by kind."""

    happened_at: str | None
    letters: list[LetterKept]
    told: dict[str, list[int]]


class UpcomingShown(TypedDict):
    """``state`` is coming, waiting (it is over and not told), told or dismissed."""

    id: int
    company: str | None
    role: str | None
    round: str | None
    title: str | None
    interviewers: list[str]
    starts_at: str
    ends_at: str
    state: str
    interview_id: int | None


class Answer(TypedDict):
    note_id: int
    text: str


class QuestionAsked(TypedDict):
    """A question by its first mention; ``difficult`` if any mention is."""

    note_id: int
    text: str
    number: int | None
    difficult: bool
    interview_id: int
    company: str | None
    role: str | None
    held_at: str | None
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Added:
    """What an import wrote; ``new`` is False where the recording was there before and nothing was written."""

    interview_id: int
    recording_id: int
    notes: int
    new: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """Where a recording lies; ``path`` is the kept copy, else the original, else None."""

    interview_id: int
    recording_id: int
    path: Path | None
    engine: str = ""  # what made its transcript


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a deletion took away; the caller removes ``files`` (the kept copies) now that it is committed."""

    recordings: int
    notes: int
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What a user's own SQL gives; no two columns have one name."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A backup that is whole; ``recordings`` counts its copies of audio, None where none were asked for."""

    path: Path
    size_bytes: int
    interviews: int
    notes: int
    recordings: int | None
    missing: tuple[Path, ...]  # kept copies that were gone already


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put in place; ``replaced`` is where that lies which was there before."""

    path: Path
    replaced: Path | None
    interviews: int
    notes: int
    recordings: int  # that have their audio
    missing: tuple[Path, ...]
