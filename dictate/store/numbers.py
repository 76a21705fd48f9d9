"""The numbers of questions and asks through an interview.

Each recording's segmentation counts from 1. Stored numbers count through the interview: the questions (and apart
from them the asks) of all its recordings in the order in which they first appear, recordings in the order in which
they were recorded. What a correction replaced is numbered along, so that an undo brings back the right number.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from dictate.store.fit import FAMILIES, Numbers
from dictate.store.rows import Row

# In the order in which they were spoken: notes of recordings r of unknown time come last.
SPOKEN = 'julianday(r.recorded_at) is null, julianday(r.recorded_at), r.id, n.start, n."end", n.id'

_ALL = f"""
    select n.id, n.kind, n.number, 'notes' as place from notes n join recordings r on r.id = n.recording_id
        where n.interview_id = ? and n.number is not null order by {SPOKEN}
"""
_REPLACED = """
    select v.id, v.kind, v.number, 'note_versions' as place from note_versions v join notes n on n.id = v.note_id
        where n.interview_id = ? and v.number is not null order by v.id
"""


def highest(db: Database, interview_id: int) -> Numbers:
    """Each family's highest number in an interview, replaced versions included; 0 for none."""
    rows = _numbered(db, interview_id)
    return {kinds: max((row["number"] for row in rows if row["kind"] in kinds), default=0) for kinds in FAMILIES}


def shift(db: Database, recording_id: int, by: Numbers) -> None:
    """Move a recording's numbers out of the way of those of the interview that it comes to."""
    for kinds, amount in by.items():
        for table, condition in (
            ("notes", "recording_id = ?"),
            ("note_versions", "note_id in (select id from notes where recording_id = ?)"),
        ):
            db.execute(
                f"update {table} set number = number + ? where kind in (?, ?) and number is not null and {condition}",
                [amount, *kinds, recording_id],
            )


def renumber(db: Database, interview_id: int) -> None:
    """Count again from 1 without gaps, in the order of first appearance."""
    rows = _numbered(db, interview_id)
    for kinds in FAMILIES:
        members = [row for row in rows if row["kind"] in kinds]
        for row, number in _counted(members, first_kind=kinds[0]):
            db.execute(f"update {row['place']} set number = ? where id = ?", [number, row["id"]])


def _counted(rows: list[Row], first_kind: str) -> Iterable[tuple[Row, int]]:
    """Rows whose number changes, with the new one; questions count before answers to what has no question."""
    asked = [row["number"] for row in rows if row["kind"] == first_kind and row["place"] == "notes"]
    order = dict.fromkeys([*asked, *(row["number"] for row in rows)])
    numbers = {old: new for new, old in enumerate(order, start=1)}
    return [(row, numbers[row["number"]]) for row in rows if numbers[row["number"]] != row["number"]]


def _numbered(db: Database, interview_id: int) -> list[Row]:
    return [*db.query(_ALL, [interview_id]), *db.query(_REPLACED, [interview_id])]
