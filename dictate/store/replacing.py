"""A recording transcribed or segmented again: the new notes come around those that the user has corrected."""

from __future__ import annotations

from sqlite_utils import Database

from dictate.records import Segmentation, Transcript
from dictate.store import numbers, reads, rows
from dictate.store.fit import Placed, fit
from dictate.store.places import Range, realign, times
from dictate.store.rows import Row
from dictate.store.writes import add_notes, note_row


def replace_segmentation(db: Database, recording_id: int, segmentation: Segmentation) -> int:
    """New notes on the same transcript; returns how many the recording has now."""
    transcript = reads.transcript(db, recording_id)
    notes = [_placed(row, (row["start"], row["end"])) for row in _notes(db, recording_id)]
    return _refit(db, recording_id, notes, transcript, segmentation)


def replace_transcript(db: Database, recording_id: int, transcript: Transcript, segmentation: Segmentation) -> int:
    """A better transcript becomes the current one, corrected notes find their place in it; the old one is kept."""
    old_rows = _notes(db, recording_id)
    old = reads.transcript(db, recording_id)
    places = realign(old, transcript, [(row["start"], row["end"]) for row in old_rows])
    db.execute("update transcripts set current = 0 where recording_id = ?", [recording_id])
    db.table("transcripts").insert({"recording_id": recording_id, **rows.transcript_row(transcript)})
    notes = [_placed(row, place) for row, place in zip(old_rows, places, strict=True)]
    return _refit(db, recording_id, notes, transcript, segmentation)


def _notes(db: Database, recording_id: int) -> list[Row]:
    """A note that the user has decided or written something about stays, as a corrected one does."""
    sql = """
        select notes.*, edited or id in (select note_id from plans)
            or id in (select note_id from family_members where by_hand)
            or exists (select 1 from revisions where note_id = notes.id)
            or exists (select 1 from practices where note_id = notes.id)
            or exists (select 1 from expected where note_id = notes.id) as stays
        from notes where recording_id = ? order by start, "end", id
    """
    return list(db.query(sql, [recording_id]))


def _placed(row: Row, place: Range) -> Placed:
    difficult = None if row["difficult"] is None else bool(row["difficult"])
    return Placed(row["id"], row["kind"], row["number"], difficult, *place, edited=bool(row["stays"]))


def _refit(
    db: Database, recording_id: int, notes: list[Placed], transcript: Transcript, segmentation: Segmentation
) -> int:
    if segmentation.text != transcript.text:
        raise ValueError("the segmentation is of another text than the transcript")
    recording = reads.recording_row(db, recording_id)
    interview_id = recording["interview_id"]
    spans = fit(segmentation.spans, notes, numbers.highest(db, interview_id))
    kept = [note for note in notes if note.edited]
    ranges = [*((span.start, span.end) for span in spans), *((note.start, note.end) for note in kept)]
    spoken = times(transcript, ranges) if rows.has_times(recording) else [(None, None)] * len(ranges)
    owner = {"interview_id": interview_id, "recording_id": recording_id}
    new = [owner | note_row(span, *time) for span, time in zip(spans, spoken, strict=False)]
    _write(db, [note for note in notes if not note.edited], new)
    for note, time in zip(kept, spoken[len(spans) :], strict=True):
        _put(db, note, transcript.text[note.start : note.end], time)
    numbers.renumber(db, interview_id)
    return len(new) + len(kept)


def _write(db: Database, old: list[Placed], new: list[Row]) -> None:
    """Replace notes; one of the same kind at the same place keeps its id."""
    ids = {(note.kind, note.start, note.end): note.id for note in old}
    gone = {note.id for note in old}
    added = []
    for row in new:
        same = ids.pop((row["kind"], row["start"], row["end"]), None)
        if same is None:
            added.append(row)
        else:
            db.table("notes").update(same, row)
            gone.remove(same)
    for note_id in gone:
        db.table("notes").delete(note_id)
    add_notes(db, added)


def _put(db: Database, note: Placed, spoken: str, time: tuple[float, float] | tuple[None, None]) -> None:
    """Put a corrected note at its new place, with the new words unless the user gave other ones."""
    row = reads.note_row(db, note.id)
    place: Row = {"start": note.start, "end": note.end}
    if spoken:
        place |= {"start_s": time[0], "end_s": time[1], "text": row["text"] if row["reworded"] else spoken}
    else:  # the model hears nothing there any more: the words are now the user's, and the time is where they were
        place["reworded"] = 1
        db.execute("update note_versions set text = ? where note_id = ? and text is null", [row["text"], note.id])
    db.table("notes").update(note.id, place)
