"""Values to rows and back: dates as ISO 8601, words as JSON, the store's own files relative to the database."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from dictate.records import Debrief, Doubt, Interview, Recording, Transcript, Word
from dictate.store.shapes import NoteShown

Row = dict[str, Any]


def storable(text: str) -> str:
    """The text with what UTF-8 cannot hold (undecodable bytes of a name) written out as ``\\udc..``."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def maybe(text: str | None) -> str | None:
    """A fact as it is stored: nothing at all where it is empty."""
    return (storable(text).strip() or None) if text else None


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def interview_row(interview: Interview) -> Row:
    return {
        "company": maybe(interview.company),
        "role": maybe(interview.role),
        "round": maybe(interview.round),
        "held_at": interview.held_at.isoformat() if interview.held_at else None,
    }


def recording_row(debrief: Debrief, folder: Path) -> Row:
    recording, when = debrief.recording, debrief.recording.recorded_at
    return {
        "name": storable(recording.path.name),
        "path": _stored_path(debrief.kept, folder) if debrief.kept else None,
        "original_path": storable(str(recording.path.absolute())),
        "sha256": recording.sha256,
        "recorded_at": when.when.isoformat() if when else None,
        "source": when.source if when else None,
        "trusted": int(when.trusted) if when else None,
        "remark": when.remark if when else None,
        "duration_s": recording.duration_s,
        "imported_at": now(),
        "remarks": json.dumps(debrief.remarks, ensure_ascii=False),
    }


def transcript_row(transcript: Transcript) -> Row:
    times = [[word.start_s, word.end_s, word.confidence] for word in transcript.words]
    return {
        "current": 1,
        "language": transcript.language,
        "engine": transcript.engine,
        "model": transcript.model,
        "duration_s": transcript.duration_s,
        "warnings": json.dumps(transcript.warnings, ensure_ascii=False),
        "made_at": now(),
        "text": transcript.text,
        "words": json.dumps(times, separators=(",", ":")),
        "doubts": json.dumps([[doubt.first, doubt.last, storable(doubt.other)] for doubt in transcript.doubts])
        if transcript.doubts
        else None,
    }


def transcript_of(row: Row) -> Transcript:
    words = zip(row["text"].split(" "), json.loads(row["words"]), strict=False)  # "" splits into one empty word
    return Transcript(
        words=tuple(Word(text, *times) for text, times in words),
        language=row["language"],
        duration_s=row["duration_s"],
        engine=row["engine"],
        model=row["model"],
        warnings=tuple(json.loads(row["warnings"])),
        doubts=tuple(Doubt(*doubt) for doubt in json.loads(row["doubts"] or "[]")),
    )


def recording_path(row: Row, folder: Path) -> Path:
    """The kept copy, else the file that was imported."""
    return folder / str(row["path"] or row["original_path"])  # an absolute path stays what it is


def note_shown(row: Mapping[str, Any]) -> NoteShown:
    """A row of the notes table as the contract shows it."""
    return cast(NoteShown, with_booleans({key: row[key] for key in NoteShown.__annotations__}))


def with_booleans(row: Row) -> Row:
    """The row itself, which is of a note, with truth in place of 0 and 1."""
    row["difficult"] = None if row["difficult"] is None else bool(row["difficult"])
    row["edited"] = bool(row["edited"])
    return row


def has_times(recording: Recording | Row) -> bool:
    """Whether places in the audio mean anything: not where a debrief was given as text."""
    duration_s = recording.duration_s if isinstance(recording, Recording) else recording["duration_s"]
    return duration_s is not None


def _stored_path(path: Path, folder: Path) -> str:
    """Relative to the database's folder where it lies within, so that the folder can be moved."""
    absolute = path.absolute()
    inside = absolute.is_relative_to(folder)
    return storable(str(absolute.relative_to(folder) if inside else absolute))
