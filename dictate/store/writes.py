"""Writes: a debrief comes in, recordings move between interviews, interviews go. The caller holds the transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlite_utils import Database

from dictate.errors import InputError
from dictate.records import OUTCOMES, Debrief, Interview, Outcome, Span
from dictate.store import joining, numbers, reads, rows, upcoming
from dictate.store.places import times
from dictate.store.rows import Row
from dictate.store.shapes import Added, Deleted, InterviewFacts

FACTS = ("company", "role", "round", "held_at", "ended_at", "outcome")


def add(db: Database, debrief: Debrief, folder: Path, *, interview_id: int | None, join: bool = False) -> Added:
    """A recording with its transcript and notes, in a new interview or another one of an interview.

    ``join``: where it is a part of a debrief that is there already, it comes to that one's interview.
    """
    if known := reads.find_recording(db, folder, debrief.recording.sha256):
        notes = db.table("notes").count_where("recording_id = ?", [known.recording_id])
        return Added(known.interview_id, known.recording_id, notes, new=False)
    row = rows.recording_row(debrief, folder)
    if join and interview_id is None:
        interview_id = _joined(db, joining.parts_of(db, row, rows.interview_row(debrief.interview)))
    joined = interview_id is not None
    interview_id = _interview(db, debrief.interview, interview_id)
    recording_id = _insert(db, "recordings", {"interview_id": interview_id, **row})
    _insert(db, "transcripts", {"recording_id": recording_id, **rows.transcript_row(debrief.transcript)})
    taken = numbers.highest(db, interview_id) if joined else {}
    count = add_notes(db, note_rows(debrief, interview_id, recording_id))
    if joined:
        numbers.shift(db, recording_id, taken)
        numbers.renumber(db, interview_id)
    elif coming := upcoming.match(db, interview_id, debrief):
        _fill(db, interview_id, coming.row)
        _add_interviewers(db, interview_id, coming.interviewers)
    return Added(interview_id, recording_id, count)


def note_rows(debrief: Debrief, interview_id: int, recording_id: int) -> list[Row]:
    """Rows for the spans of a debrief, with times where it has sound."""
    segmentation, transcript = debrief.segmentation, debrief.transcript
    if segmentation.text != transcript.text:
        raise ValueError("the segmentation is of another text than the transcript")
    ranges = [(span.start, span.end) for span in segmentation.spans]
    spoken = times(transcript, ranges) if rows.has_times(debrief.recording) else [(None, None)] * len(ranges)
    owner = {"interview_id": interview_id, "recording_id": recording_id}
    return [owner | note_row(span, *time) for span, time in zip(segmentation.spans, spoken, strict=True)]


def note_row(span: Span, start_s: float | None, end_s: float | None) -> Row:
    """What a span says of a note."""
    return {
        "kind": span.kind,
        "number": span.number,
        "difficult": span.difficult,
        "confidence": span.confidence,
        "start": span.start,
        "end": span.end,
        "start_s": start_s,
        "end_s": end_s,
        "edited": 0,
        "reworded": 0,
        "text": span.text,
    }


def add_notes(db: Database, notes: list[Row]) -> int:
    db.table("notes").insert_all(notes)
    return len(notes)


def assign(db: Database, recording_id: int, interview_id: int | None) -> int:
    """Move a recording to an interview, or to a new one; an interview left without recordings goes with it."""
    source: int = reads.recording_row(db, recording_id)["interview_id"]
    if interview_id == source:
        return source
    alone = db.table("recordings").count_where("interview_id = ?", [source]) == 1
    if interview_id is None:
        if alone:
            return source
        interview_id = _insert(db, "interviews", {"created_at": rows.now()})
    reads.interview_row(db, interview_id)
    _move(db, [recording_id], interview_id)
    if alone:
        _take_facts(db, interview_id, source)
        db.table("interviews").delete(source)
    else:
        numbers.renumber(db, source)
    return interview_id


def merge(db: Database, into: int, source: int) -> None:
    """Make one interview of two: recordings, interviewers, and the facts that ``into`` does not have."""
    if into == source:
        raise InputError(f"interview {into} cannot be merged with itself: name two")
    reads.interview_row(db, into)
    reads.interview_row(db, source)
    moved = [row["id"] for row in db.query("select id from recordings where interview_id = ? order by id", [source])]
    _move(db, moved, into)
    _take_facts(db, into, source)
    db.table("interviews").delete(source)


def delete(db: Database, interview_id: int, folder: Path) -> Deleted:
    """Take an interview away with all that hangs on it."""
    reads.interview_row(db, interview_id)
    kept = list(db.query("select path, original_path from recordings where interview_id = ?", [interview_id]))
    notes = db.table("notes").count_where("interview_id = ?", [interview_id])
    db.table("interviews").delete(interview_id)
    files = tuple(rows.recording_path(row, folder) for row in kept if row["path"])
    return Deleted(len(kept), notes, files)


def set_outcome(db: Database, interview_id: int, outcome: Outcome | None) -> InterviewFacts:
    """Say what became of an interview; None takes that back."""
    if outcome is not None and outcome not in OUTCOMES:
        raise InputError(f"no outcome {outcome!r}: one of {', '.join(OUTCOMES)}")
    reads.interview_row(db, interview_id)
    db.table("interviews").update(interview_id, {"outcome": outcome})
    return reads.facts(db, reads.interview_row(db, interview_id))


def _joined(db: Database, parts: Sequence[int]) -> int | None:
    """The interview that parts of one debrief make together."""
    for other in parts[1:]:
        merge(db, parts[0], other)
    return parts[0] if parts else None


def tell(db: Database, interview_id: int, facts: Interview, *, anew: bool) -> InterviewFacts:
    """Set facts of an interview: those that it does not have, or with ``anew`` all of them."""
    reads.interview_row(db, interview_id)
    row = rows.interview_row(facts)
    if anew:
        db.table("interviews").update(interview_id, row)
        db.table("interviewers").delete_where("interview_id = ?", [interview_id])
    else:
        _fill(db, interview_id, row)
    _add_interviewers(db, interview_id, facts.interviewers)
    return reads.facts(db, reads.interview_row(db, interview_id))


def _interview(db: Database, facts: Interview, interview_id: int | None) -> int:
    row = rows.interview_row(facts)
    if interview_id is None:
        interview_id = _insert(db, "interviews", {**row, "created_at": rows.now()})
    else:
        reads.interview_row(db, interview_id)
        _fill(db, interview_id, row)
    _add_interviewers(db, interview_id, facts.interviewers)
    return interview_id


def _move(db: Database, recording_ids: list[int], interview_id: int) -> None:
    """Notes follow their recordings by a trigger; numbers are moved first so that they never clash."""
    for recording_id in recording_ids:
        numbers.shift(db, recording_id, numbers.highest(db, interview_id))
        db.table("recordings").update(recording_id, {"interview_id": interview_id})
    numbers.renumber(db, interview_id)


def _take_facts(db: Database, into: int, source: int) -> None:
    _fill(db, into, reads.interview_row(db, source))
    _add_interviewers(db, into, reads.interviewers(db, source))
    db.execute("update or ignore letters set interview_id = ? where interview_id = ?", [into, source])
    db.execute("update upcoming set interview_id = ? where interview_id = ?", [into, source])


def _fill(db: Database, interview_id: int, facts: Row) -> None:
    """Set what is not known yet; what is known stays."""
    row = reads.interview_row(db, interview_id)
    missing = {key: facts[key] for key in FACTS if row[key] is None and facts.get(key) is not None}
    if missing:
        db.table("interviews").update(interview_id, missing)


def _add_interviewers(db: Database, interview_id: int, names: Iterable[str]) -> None:
    there = reads.interviewers(db, interview_id)
    known = {name.casefold() for name in there}
    new = {name.casefold(): name for name in map(rows.maybe, names) if name and name.casefold() not in known}
    db.table("interviewers").insert_all(
        {"interview_id": interview_id, "position": position, "name": name}
        for position, name in enumerate(new.values(), start=len(there) + 1)
    )


def _insert(db: Database, table: str, row: Row) -> int:
    inserted: int = db.table(table).insert(row).last_pk  # type: ignore[assignment]  # one row has one key
    return inserted
