"""Proof that the database is whole: what was spoken can be had back from the notes, and nothing hangs loose."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from sqlite_utils import Database

from dictate.store import rows
from dictate.store.rows import Row


def verify(db: Database, folder: Path) -> Iterator[str]:
    """One line for each thing that is wrong; none where all is well."""
    (check,) = db.query("pragma quick_check(1)")
    if check["quick_check"] != "ok":
        yield f"the database is damaged: {check['quick_check']}"
    for loose in db.query("pragma foreign_key_check"):
        yield f"row {loose['rowid']} of {loose['table']} belongs to nothing in {loose['parent']}"
    for recording in list(db.query("select id, path, original_path from recordings order by id")):
        yield from _recording(db, recording, folder)


def _recording(db: Database, recording: Row, folder: Path) -> Iterator[str]:
    here = f"recording {recording['id']}"
    if recording["path"] and not rows.recording_path(recording, folder).exists():
        yield f"{here}: its kept copy {recording['path']} is gone"
    current = list(db.query("select text from transcripts where current and recording_id = ?", [recording["id"]]))
    if not current:
        yield f"{here}: it has no transcript"
        return
    notes = list(db.query('select * from notes where recording_id = ? order by start, "end"', [recording["id"]]))
    yield from (f"{here}: {problem}" for problem in _cover(current[0]["text"], notes))


def _cover(text: str, notes: list[Row]) -> Iterator[str]:
    """A recording that the segmenter left without notes (another language) has nothing to cover.

    A corrected note whose words are in the transcript no more is empty, and may be in the midst of another.
    """
    for note in notes:
        if not note["reworded"] and note["text"] != text[note["start"] : note["end"]]:
            yield f"note {note['id']} is not what the transcript has at its place"
    notes = [note for note in notes if note["start"] < note["end"]]
    for one, other in pairwise(notes):
        if other["start"] < one["end"]:
            yield f"notes {one['id']} and {other['id']} overlap"
    if all(note["edited"] for note in notes):
        return
    edges = [0, *(edge for note in notes for edge in (note["start"], note["end"])), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if text[start:end].strip():
            yield f"no note holds {text[start:end].strip()[:40]!r}"
