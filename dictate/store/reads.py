"""Reads: one interview, lists of them, questions with their answers, and what the steps need back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from dictate.errors import NotFoundError
from dictate.records import Lesson, Transcript
from dictate.store import rows
from dictate.store.numbers import SPOKEN
from dictate.store.places import word_ranges
from dictate.store.rows import Row
from dictate.store.shapes import (
    InterviewFacts,
    InterviewListed,
    InterviewShown,
    Known,
    NoteInContext,
    NoteShown,
    QuestionAsked,
    RecordingShown,
    WordsDoubted,
)

# When an interview was, as far as anything tells: as a number, since texts with different zones do not sort.
WHEN = """coalesce(julianday(i.held_at),
    (select min(julianday(r.recorded_at)) from recordings r where r.interview_id = i.id), julianday(i.created_at))"""

# The day on which it was, as it was written where it was: a moment's day in UTC is another. Only ``WHEN`` orders.
DAY = """coalesce(substr(i.held_at, 1, 10),
    (select substr(r.recorded_at, 1, 10) from recordings r where r.interview_id = i.id and r.recorded_at is not null
        order by julianday(r.recorded_at) limit 1),
    date(i.created_at, 'localtime'))"""

FACTS = "i.id, i.company, i.role, i.round, i.held_at, i.outcome"  # not the title, which is made while it is read
NOTES = ", ".join(f'n."{key}"' for key in NoteShown.__annotations__)


CONTEXT = 160  # characters of a transcript that are shown before and after a doubtful note


@dataclass(frozen=True, slots=True)
class Filter:
    """Which interviews: ``company`` and ``role`` are parts of the name, in any case."""

    company: str | None = None
    role: str | None = None
    since: datetime | None = None
    interview_id: int | None = None

    def sql(self) -> tuple[str, list[Any]]:
        """A condition on interviews ``i`` with its parameters."""
        conditions: list[str] = ["1"]
        values: list[Any] = []
        for column, value in (("company", self.company), ("role", self.role)):
            if value:
                conditions.append(f"instr(casefold(coalesce(i.{column}, '')), ?)")
                values.append(rows.storable(value.strip()).casefold())
        if self.interview_id is not None:
            conditions.append("i.id = ?")
            values.append(self.interview_id)
        if self.since:
            conditions.append(f"{WHEN} >= julianday(?)")
            values.append(self.since.isoformat())
        return " and ".join(conditions), values


def show(db: Database, folder: Path, interview_id: int) -> InterviewShown:
    row = interview_row(db, interview_id)
    notes = db.query(
        f"select {NOTES} from notes n join recordings r on r.id = n.recording_id where n.interview_id = ? "
        f"order by {SPOKEN}",
        [interview_id],
    )
    return {
        **facts(db, row),
        "recordings": _recordings(db, folder, interview_id),
        "notes": [rows.note_shown(row) for row in notes],
    }


def show_all(db: Database, folder: Path, interview_ids: Sequence[int]) -> list[InterviewShown]:
    """Those that are named, each once, in their order; all of them, the oldest first, where none is."""
    ids = interview_ids or [row["id"] for row in newest(db, Filter(), None)][::-1]
    return [show(db, folder, interview_id) for interview_id in dict.fromkeys(ids)]


def list_interviews(db: Database, filter_: Filter, limit: int | None) -> list[InterviewListed]:
    found = list(newest(db, filter_, limit))
    return [{**facts(db, row), **_counts(db, row["id"])} for row in found]  # type: ignore[typeddict-item]


def newest(db: Database, filter_: Filter, limit: int | None) -> Iterator[Row]:
    """Interviews, the newest first."""
    condition, values = filter_.sql()
    sql = f"select {FACTS} from interviews i where {condition} order by {WHEN} desc, i.id desc limit ?"
    return db.query(sql, [*values, -1 if limit is None else limit])


def questions(db: Database, filter_: Filter, *, difficult: bool | None, limit: int | None) -> list[QuestionAsked]:
    """Questions of the newest interviews first, within an interview in the order in which they were asked."""
    found: list[QuestionAsked] = []
    for interview in newest(db, filter_, None):
        asked = _questions_of(db, interview)
        found += [question for question in asked if difficult is None or question["difficult"] == difficult]
        if limit is not None and len(found) >= limit:
            return found[:limit]
    return found


def find_recording(db: Database, folder: Path, sha256: str) -> Known | None:
    for row in db.query("select * from recordings where sha256 = ?", [sha256]):
        engine = transcript_row(db, row["id"])["engine"]
        return Known(row["interview_id"], row["id"], rows.recording_path(row, folder), engine)
    return None


def recording(db: Database, folder: Path, recording_id: int) -> RecordingShown:
    row = recording_row(db, recording_id)
    ended_at = interview_row(db, row["interview_id"])["ended_at"]
    return _recording_shown(row | {"ended_at": ended_at}, transcript_row(db, recording_id), folder)


def transcript(db: Database, recording_id: int) -> Transcript:
    """The current transcript with its words."""
    return rows.transcript_of(transcript_row(db, recording_id))


def note(db: Database, note_id: int) -> NoteShown:
    return rows.note_shown(note_row(db, note_id))


def doubtful(db: Database, interview_id: int | None, below: float, limit: int | None) -> list[NoteInContext]:
    """Notes whose label the segmenter was unsure of and nobody has confirmed, the most doubtful first."""
    if interview_id is not None:
        interview_row(db, interview_id)
    found = db.query(
        f"""
        select {NOTES}, n.interview_id, i.company, i.role, i.held_at, t.text as transcript from notes n
            join interviews i on i.id = n.interview_id
            join transcripts t on t.recording_id = n.recording_id and t.current
        where n.confidence < :below and (n.interview_id = :interview or :interview is null)
        order by n.confidence, n.id limit :limit
        """,
        {"below": below, "interview": interview_id, "limit": -1 if limit is None else limit},
    )
    return [
        {
            **rows.note_shown(row),
            "interview_id": row["interview_id"],
            "company": row["company"],
            "role": row["role"],
            "held_at": row["held_at"],
            "before": row["transcript"][: row["start"]][-CONTEXT:].strip(),
            "after": row["transcript"][row["end"] :][:CONTEXT].strip(),
        }
        for row in found
    ]


def lessons(db: Database) -> list[Lesson]:
    """Each transcript in which a person labelled notes, with those notes' places."""
    found = db.query(
        """
        select n.recording_id, n.kind, n.start, n."end", t.text from notes n
            join transcripts t on t.recording_id = n.recording_id and t.current
        where n.edited and n.confidence is null order by n.recording_id, n.start
        """
    )
    by_recording = groupby(found, key=lambda row: (row["recording_id"], row["text"]))
    return [
        Lesson(text, tuple((row["kind"], row["start"], row["end"]) for row in notes))
        for (_, text), notes in by_recording
    ]


def interview_row(db: Database, interview_id: int) -> Row:
    return _row(db, "interviews", "id", interview_id, "no interview {}: `dictate list` shows those there are")


def recording_row(db: Database, recording_id: int) -> Row:
    return _row(db, "recordings", "id", recording_id, "no recording {}: `dictate show ID` shows an interview's")


def transcript_row(db: Database, recording_id: int) -> Row:
    return _row(db, "transcripts", "current and recording_id", recording_id, "no transcript of recording {}")


def note_row(db: Database, note_id: int) -> Row:
    return _row(db, "notes", "id", note_id, "no note {}: `dictate show ID` and `dictate search` print the numbers")


def interviewers(db: Database, interview_id: int) -> list[str]:
    found = db.query("select name from interviewers where interview_id = ? order by position, id", [interview_id])
    return [row["name"] for row in found]


def _row(db: Database, table: str, key: str, value: int, missing: str) -> Row:
    if abs(value) < 2**63:  # SQLite has no greater integers
        for row in db.query(f"select * from {table} where {key} = ?", [value]):
            return row
    raise NotFoundError(missing.format(value))


def facts(db: Database, row: Row) -> InterviewFacts:
    return {
        "id": row["id"],
        "company": row["company"],
        "role": row["role"],
        "round": row["round"],
        "held_at": row["held_at"],
        "outcome": row["outcome"],
        "interviewers": interviewers(db, row["id"]),
    }


def _counts(db: Database, interview_id: int) -> Row:
    (counts,) = db.query(
        """
        select count(*) as notes,
            count(distinct case when kind = 'question' then coalesce(number, -id) end) as questions,
            count(distinct case when kind = 'question' and difficult then coalesce(number, -id) end) as difficult,
            (select count(*) from recordings where interview_id = :id) as recordings
        from notes where interview_id = :id
        """,
        {"id": interview_id},
    )
    return counts


def _recordings(db: Database, folder: Path, interview_id: int) -> list[RecordingShown]:
    found = db.query(
        "select r.*, i.ended_at from recordings r join interviews i on i.id = r.interview_id "
        "join transcripts t on t.recording_id = r.id and t.current "
        "where r.interview_id = ? order by julianday(r.recorded_at) is null, julianday(r.recorded_at), r.id",
        [interview_id],
    )
    return [_recording_shown(row, transcript_row(db, row["id"]), folder) for row in list(found)]


def _recording_shown(row: Row, transcript: Row, folder: Path) -> RecordingShown:
    return {
        "id": row["id"],
        "path": str(rows.recording_path(row, folder)),
        "sha256": row["sha256"],
        "recorded_at": row["recorded_at"],
        "recorded_at_source": row["source"],
        "recorded_at_trusted": None if row["trusted"] is None else bool(row["trusted"]),
        "recorded_at_remark": row["remark"],
        "spoken_after_s": _after(row),
        "duration_s": row["duration_s"],
        "transcript": transcript["text"],
        "engine": transcript["engine"],
        "doubtful": list(_doubted(rows.transcript_of(transcript))) if transcript["doubts"] else [],
    }


def _doubted(transcript: Transcript) -> Iterator[WordsDoubted]:
    ranges = word_ranges(transcript.words)
    end_of_all = ranges[-1][1] if ranges else 0
    for doubt in transcript.doubts:
        start = ranges[doubt.first][0] if doubt.first < len(ranges) else end_of_all
        end = ranges[doubt.last - 1][1] if doubt.last > doubt.first else start
        at = transcript.words[min(doubt.first, len(ranges) - 1)].start_s
        yield {
            "start": start,
            "end": end,
            "text": transcript.text[start:end],
            "other": doubt.other,
            "start_s": at,
        }


def _after(row: Row) -> float | None:
    """Seconds from the interview's end; nothing where the time of the recording is not to be trusted."""
    if not (row["ended_at"] and row["recorded_at"] and row["trusted"]):
        return None
    after = datetime.fromisoformat(row["recorded_at"]).astimezone() - datetime.fromisoformat(row["ended_at"])
    return round(after.total_seconds(), 1)


def _questions_of(db: Database, interview: Row) -> list[QuestionAsked]:
    notes = list(
        db.query(
            "select n.id, n.kind, n.number, n.difficult, n.text "
            "from notes n join recordings r on r.id = n.recording_id "
            f"where n.interview_id = ? and n.kind in ('question', 'answer') order by {SPOKEN}",
            [interview["id"]],
        )
    )
    first: dict[int, Row] = {}
    for row in notes:
        if row["kind"] == "question":
            first.setdefault(row["number"] or -row["id"], row)
    return [_question(interview, row, notes) for row in first.values()]


def _question(interview: Row, first: Row, notes: Sequence[Row]) -> QuestionAsked:
    number = first["number"]
    same = [row for row in notes if number is not None and row["number"] == number]
    return {
        "note_id": first["id"],
        "text": first["text"],
        "number": number,
        "difficult": any(row["difficult"] for row in [first, *same] if row["kind"] == "question"),
        "interview_id": interview["id"],
        "company": interview["company"],
        "role": interview["role"],
        "held_at": interview["held_at"],
        "answers": [{"note_id": row["id"], "text": row["text"]} for row in same if row["kind"] == "answer"],
    }
