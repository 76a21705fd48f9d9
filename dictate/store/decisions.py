"""What a user decides: about plans and followups, about letters, and what became of an interview."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from sqlite_utils import Database

from dictate.errors import InputError
from dictate.records import Kind
from dictate.store import reads, rows
from dictate.store.numbers import SPOKEN
from dictate.store.shapes import InterviewState, LetterKept, NoteDecided

State = Literal["open", "done", "dropped"]
DECIDABLE: tuple[Kind, ...] = ("plan", "concern", "followup")
TOLD: tuple[Kind, ...] = ("learned", "omission", "followup")  # what a letter is made of

_DECIDED = f"""
    select {reads.NOTES}, n.interview_id, i.company, i.role, i.held_at, i.outcome,
        coalesce(p.state, 'open') as state, p.due, p.done_at, p.line
    from notes n
        join interviews i on i.id = n.interview_id
        join recordings r on r.id = n.recording_id
        left join plans p on p.note_id = n.id
"""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided about a note; None leaves it as it was."""

    state: State | None = None
    due: date | None = None
    line: str | None = None  # what to do about a concern


def decide(db: Database, note_id: int, decision: Decision) -> NoteDecided:
    """What is done again stays done since the first time."""
    note = reads.note_row(db, note_id)
    if note["kind"] not in DECIDABLE:
        raise InputError(
            f"note {note_id} is of kind {note['kind']}: only a plan, a concern or a followup can be planned; "
            f"`dictate relabel {note_id} plan` makes it one"
        )
    if decision.line is not None and note["kind"] != "concern":
        raise InputError(f"note {note_id} is a {note['kind']}: only a concern takes a line on what to do about it")
    before = _decided(db, "n.id = ?", [note_id])[0]
    state = decision.state or before["state"]
    due = decision.due.isoformat() if decision.due else before["due"]
    done_at = None if state == "open" else before["done_at"] if state == before["state"] else rows.now()
    line = before["line"] if decision.line is None else rows.storable(decision.line.strip()) or None
    change = {"note_id": note_id, "state": state, "due": due, "done_at": done_at, "line": line}
    db.table("plans").upsert(change, pk="note_id")
    return _decided(db, "n.id = ?", [note_id])[0]


def decided(db: Database, kinds: Sequence[Kind], filter_: reads.Filter, newest: int | None = None) -> list[NoteDecided]:
    """With ``newest`` only notes of so many interviews, and those that something is decided about."""
    condition, values = filter_.sql()
    kind = ", ".join("?" * len(kinds))
    if newest is None:
        return _decided(db, f"n.kind in ({kind}) and {condition}", [*kinds, *values])
    among = f"i.id in (select i.id from interviews i where {condition} order by {reads.WHEN} desc, i.id desc limit ?)"
    limited = f"n.kind in ({kind}) and {condition} and (p.note_id is not null or {among})"
    return _decided(db, limited, [*kinds, *values, *values, newest])


def reword_letter(db: Database, interview_id: int, recipient: str, text: str | None) -> None:
    """Keep the user's wording; None gives it up for the draft."""
    edited_at = None if text is None else rows.now()
    change = {"text": None if text is None else rows.storable(text), "edited_at": edited_at}
    db.table("letters").update(_letter(db, interview_id, recipient), change)


def mark_sent(db: Database, interview_id: int, recipients: Iterable[str]) -> None:
    """A letter keeps the moment at which it was first said to be sent."""
    for recipient in recipients:
        letter_id = _letter(db, interview_id, recipient)
        db.execute("update letters set sent_at = coalesce(sent_at, ?) where id = ?", [rows.now(), letter_id])


def _letter(db: Database, interview_id: int, recipient: str) -> int:
    reads.interview_row(db, interview_id)
    key = [interview_id, rows.storable(recipient)]
    db.execute("insert or ignore into letters (interview_id, recipient) values (?, ?)", key)
    (row,) = db.query("select id from letters where interview_id = ? and recipient = ?", key)
    letter_id: int = row["id"]
    return letter_id


def letters(db: Database, interview_id: int) -> list[LetterKept]:
    found = db.query(
        "select recipient, text, edited_at, sent_at from letters where interview_id = ? order by id", [interview_id]
    )
    return [cast(LetterKept, row) for row in found]


def interview_states(db: Database) -> list[InterviewState]:
    """A few queries over everything, for there may be thousands of interviews."""
    names: dict[int, list[str]] = defaultdict(list)
    for interview_id, name in db.execute("select interview_id, name from interviewers order by position, id"):
        names[interview_id].append(name)
    kept: dict[int, list[LetterKept]] = defaultdict(list)
    for row in db.query("select * from letters order by id"):
        letter = {key: row[key] for key in LetterKept.__annotations__}
        kept[row["interview_id"]].append(cast(LetterKept, letter))
    told: dict[int, dict[str, list[int]]] = defaultdict(lambda: {kind: [] for kind in TOLD})
    kinds = ", ".join("?" * len(TOLD))
    sql = f"select interview_id, kind, id from notes where kind in ({kinds}) order by id"
    for interview_id, kind, note_id in db.execute(sql, TOLD):
        told[interview_id][kind].append(note_id)
    sql = f"""
        select {reads.FACTS}, coalesce(i.held_at, (select r.recorded_at from recordings r where r.interview_id = i.id
            and r.recorded_at is not null order by julianday(r.recorded_at) limit 1)) as happened_at
        from interviews i order by {reads.WHEN} desc, i.id desc
    """
    return [
        cast(
            InterviewState,
            {**row, "interviewers": names[row["id"]], "letters": kept[row["id"]], "told": told[row["id"]]},
        )
        for row in db.query(sql)
    ]


def _decided(db: Database, condition: str, values: Iterable[object]) -> list[NoteDecided]:
    found = db.query(f"{_DECIDED} where {condition} order by {reads.WHEN} desc, i.id desc, {SPOKEN}", list(values))
    return [cast(NoteDecided, rows.with_booleans(row)) for row in found]
