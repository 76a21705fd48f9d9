"""What a user works on: better answers in versions, answers practised, and preparations with what they expected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlite_utils import Database

from dictate.errors import InputError
from dictate.store import reads, rows


class Revision(NamedTuple):
    """One version of a better answer; ``note_id`` is None once its question's note is gone."""

    id: int
    note_id: int | None
    question: str
    text: str
    spoken: bool
    made_at: str
    last_interview: int


class Practice(NamedTuple):
    """One time that an answer was practised; ``audio`` lies in the database's folder, ``card`` is the scheduler's."""

    id: int
    note_id: int | None
    question: str
    text: str
    audio: str | None
    rating: int  # 1 again, 2 hard, 3 good, 4 easy
    card: str
    due: str
    practised_at: str


class Expected(NamedTuple):
    """A question that a preparation named."""

    note_id: int | None
    question: str


class Preparation(NamedTuple):
    """What was prepared: for a company or a role, or for whatever comes next."""

    id: int
    company: str | None
    role: str | None
    made_at: str
    last_interview: int
    expected: Sequence[Expected]


class Held(NamedTuple):
    """An interview that was told after some other; ``day`` is when it was."""

    interview_id: int
    company: str | None
    role: str | None
    day: str


def revise(db: Database, note_id: int, text: str, *, spoken: bool) -> Revision:
    """Keep a better answer to a question; one that is as the newest is not kept again."""
    question = _question(db, note_id)
    words = rows.storable(text).strip()
    if not words:
        raise InputError("an empty answer is not kept; say or type what you would answer")
    before = [one for one in revisions(db) if one.note_id == note_id]
    if before and before[-1].text == words:
        return before[-1]
    row = {"note_id": note_id, "question": question, "text": words, "spoken": int(spoken)}
    db.table("revisions").insert({**row, "made_at": rows.now(), "last_interview": _last_interview(db)})
    return [one for one in revisions(db) if one.note_id == note_id][-1]


def revisions(db: Database) -> list[Revision]:
    """All of them, the oldest first."""
    sql = "select id, note_id, question, text, spoken, made_at, last_interview from revisions order by id"
    return [Revision._make([*row[:4], bool(row[4]), *row[5:]]) for row in db.execute(sql)]


def practised(
    db: Database, note_id: int, text: str, *, audio: str | None, rating: int, card: str, due: str
) -> Practice:
    """Keep that an answer was practised."""
    made = {"note_id": note_id, "question": _question(db, note_id), "text": rows.storable(text), "audio": audio}
    db.table("practices").insert({**made, "rating": rating, "card": card, "due": due, "practised_at": rows.now()})
    return practices(db)[-1]


def practices(db: Database) -> list[Practice]:
    """All of them, the oldest first."""
    sql = "select id, note_id, question, text, audio, rating, card, due, practised_at from practices order by id"
    return [Practice._make(row) for row in db.execute(sql)]


def prepare(db: Database, company: str | None, role: str | None, note_ids: Sequence[int]) -> None:
    """Remember which questions are expected; what was made for the same, with no interview since, is replaced."""
    made_for = {"company": rows.maybe(company), "role": rows.maybe(role), "last_interview": _last_interview(db)}
    db.execute(
        "delete from preparations where company is :company and role is :role and last_interview = :last_interview",
        made_for,
    )
    made = db.table("preparations").insert({**made_for, "made_at": rows.now()})
    db.table("expected").insert_all(
        {"preparation_id": made.last_pk, "note_id": note_id, "question": _question(db, note_id)} for note_id in note_ids
    )


def preparations(db: Database) -> list[Preparation]:
    """All of them, the oldest first."""
    expected: dict[int, list[Expected]] = defaultdict(list)
    for preparation_id, *of_question in db.execute(
        "select preparation_id, note_id, question from expected order by id"
    ):
        expected[preparation_id].append(Expected._make(of_question))
    found = db.execute("select id, company, role, made_at, last_interview from preparations order by id")
    return [Preparation._make([*row, expected[row[0]]]) for row in found]


def told_since(db: Database, last_interview: int) -> list[Held]:
    """Interviews that were told after that one, in the order in which they were held."""
    sql = f"""
        select i.id, i.company, i.role, {reads.DAY} from interviews i where i.id > ? order by {reads.WHEN}, i.id
    """
    return [Held._make(row) for row in db.execute(sql, [last_interview])]


def _last_interview(db: Database) -> int:
    return int(db.execute("select coalesce(max(id), 0) from interviews").fetchone()[0])


def _question(db: Database, note_id: int) -> str:
    note = reads.note_row(db, note_id)
    if note["kind"] != "question":
        raise InputError(f"note {note_id} is of kind {note['kind']}, no question: `dictate questions` lists those")
    text: str = note["text"]
    return text
