"""Full-text search over notes, the best match first, and over transcripts for phrases that no single note holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from dictate.records import Kind
from dictate.store import expression, rows
from dictate.store.places import Range
from dictate.store.reads import NOTES, Filter
from dictate.store.rows import Row
from dictate.store.shapes import NoteFound

# Marks around what matched: code points that Unicode keeps out of texts (noncharacters).
OPEN, CLOSE = "\ufdd0", "\ufdd1"
MARKED = f"'{OPEN}', '{CLOSE}'"

COMMON = 10_000  # where more notes match, bm25 tells little and takes long: the latest imported come first

INTERVIEW = "i.id as interview_id, i.company, i.role, i.held_at"


@dataclass(frozen=True, slots=True)
class Search:
    """Which of the notes that match."""

    interviews: Filter
    kinds: Sequence[Kind] = ()
    difficult: bool | None = None

    def sql(self) -> tuple[str, list[Any]]:
        """A condition on notes ``n`` with its parameters."""
        condition, values = self.interviews.sql()
        condition = f"n.interview_id in (select i.id from interviews i where {condition})" if values else "1"
        if self.kinds:
            condition += f" and n.kind in ({', '.join('?' * len(self.kinds))})"
            values += self.kinds
        if self.difficult is not None:
            condition += " and n.difficult = ?"
            values.append(int(self.difficult))
        return condition, values


def search(db: Database, text: str, which: Search, limit: int | None) -> list[NoteFound]:
    """Notes that match what a user typed; a QueryError only where nothing is left to look for."""
    wanted = expression.parse(text)
    found = list(_in_notes(db, wanted.notes, which, limit))
    if wanted.across and (limit is None or len(found) < limit):
        known = {note["id"] for note in found}
        across = _across_notes(db, wanted.across, which)
        found += [note for note in across if note["id"] not in known]
    return found[:limit]


def _in_notes(db: Database, wanted: str, which: Search, limit: int | None) -> Iterator[NoteFound]:
    condition, values = which.sql()
    order = "notes_fts.rowid desc" if _is_common(db, wanted) else "notes_fts.rank"
    sql = f"""
        select {NOTES}, {INTERVIEW}, highlight(notes_fts, 0, {MARKED}) as marked
        from notes_fts join notes n on n.id = notes_fts.rowid join interviews i on i.id = n.interview_id
        where notes_fts match ? and {condition} order by {order} limit ?
    """
    for row in db.query(sql, [wanted, *values, -1 if limit is None else limit]):
        yield _found(row, _ranges(row["marked"]))


def _is_common(db: Database, wanted: str) -> bool:
    sql = "select count(*) as n from (select 1 from notes_fts where notes_fts match ? limit ?)"
    (matches,) = db.query(sql, [wanted, COMMON + 1])
    return bool(matches["n"] > COMMON)


def _across_notes(db: Database, wanted: str, which: Search) -> Iterator[NoteFound]:
    """Notes under a phrase that begins in one note and ends in another."""
    matching = db.query(
        f"""
        select t.recording_id, highlight(transcripts_fts, 0, {MARKED}) as marked
        from transcripts_fts join transcripts t on t.id = transcripts_fts.rowid
        where transcripts_fts match ? and t.current order by transcripts_fts.rank
        """,
        [wanted],
    )
    for row in list(matching):
        for range_ in _ranges(row["marked"]):
            yield from _under(db, row["recording_id"], range_, which)


def _under(db: Database, recording_id: int, range_: Range, which: Search) -> Iterator[NoteFound]:
    condition, values = which.sql()
    sql = f"""
        select {NOTES}, {INTERVIEW}, n.reworded from notes n join interviews i on i.id = n.interview_id
        where n.recording_id = ? and n.start < ? and n."end" > ? and {condition} order by n.start
    """
    start, end = range_
    for row in db.query(sql, [recording_id, end, start, *values]):
        here = (max(start, row["start"]) - row["start"], min(end, row["end"]) - row["start"])
        yield _found(row, [] if row["reworded"] else [here])


def _ranges(marked: str) -> list[Range]:
    """Where the marks are, counted without them."""
    places = [mark.start() - passed for passed, mark in enumerate(re.finditer(f"[{OPEN}{CLOSE}]", marked))]
    return list(zip(places[::2], places[1::2], strict=False))


def _found(row: Row, highlights: list[Range]) -> NoteFound:
    return {
        **rows.note_shown(row),
        "interview_id": row["interview_id"],
        "company": row["company"],
        "role": row["role"],
        "held_at": row["held_at"],
        "highlights": highlights,
    }
