"""Interviews in the formats that other programs read: JSON, NDJSON, CSV. Pure: shapes of the store to text."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from typing import Any, Literal, get_args

from dictate.store.shapes import InterviewShown, NoteShown

DataFormat = Literal["csv", "json", "ndjson"]
DATA_FORMATS: tuple[DataFormat, ...] = get_args(DataFormat)

FACTS = ("company", "role", "round", "held_at", "outcome")
NOTE = (
    "recording_id",
    "kind",
    "number",
    "difficult",
    "text",
    "confidence",
    "start",
    "end",
    "start_s",
    "end_s",
    "edited",
)
COLUMNS = ("note_id", "interview_id", *FACTS, "interviewers", "recorded_at", *NOTE)


def encoded(text: str) -> bytes:
    """UTF-8; what that cannot hold (the bytes of an odd file name) as ``\\udc..``, which JSON reads back."""
    return text.encode("utf-8", "backslashreplace")


def as_json(interviews: Sequence[InterviewShown]) -> str:
    """A list of what ``show --json`` prints."""
    return json.dumps(interviews, ensure_ascii=False, indent=2) + "\n"


def as_ndjson(interviews: Sequence[InterviewShown]) -> str:
    """What ``show --json`` prints, one a line."""
    return "".join(json.dumps(interview, ensure_ascii=False) + "\n" for interview in interviews)


def as_csv(interviews: Sequence[InterviewShown]) -> str:
    """One row a note, with the facts of its interview."""
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    for interview in interviews:
        recorded_at = {recording["id"]: recording["recorded_at"] for recording in interview["recordings"]}
        for note in interview["notes"]:
            writer.writerow(_row(interview, note, recorded_at[note["recording_id"]]))
    return lines.getvalue()


WRITERS: dict[DataFormat, Callable[[Sequence[InterviewShown]], str]] = {
    "csv": as_csv,
    "json": as_json,
    "ndjson": as_ndjson,
}

_BEGINNINGS = {
    "csv": re.escape(",".join(COLUMNS) + "\n"),
    "json": r'\[\s*(?:\]\s*\Z|\{\s*"id": \d+,\s*"company": )',
    "ndjson": r'\{"id": \d+, "company": ',
}


def is_export(beginning: str, format: DataFormat) -> bool:
    """Whether a file that begins so is an earlier export, or empty."""
    return not beginning or re.match(_BEGINNINGS[format], beginning) is not None


def _row(interview: InterviewShown, note: NoteShown, recorded_at: str | None) -> list[Any]:
    facts = [interview[key] for key in FACTS]  # type: ignore[literal-required]
    values = [note["id"], interview["id"], *facts, "; ".join(interview["interviewers"]), recorded_at]
    return [_cell(value) for value in [*values, *(note[key] for key in NOTE)]]  # type: ignore[literal-required]


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
