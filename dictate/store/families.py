"""Families of questions: which questions are the same one in other words, found by machine and put right by hand.

A family that was merged into another stays beneath it with its own members, so that it keeps attracting its like;
families lie at most two deep. What the user decided (``by_hand``) is never moved by anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from dictate.errors import InputError, NotFoundError
from dictate.store import reads
from dictate.store.numbers import SPOKEN

# Questions by their first mention, as ``reads.questions`` tells them.
_FIRST = f"""
    with first as (
        select id, text from (
            select n.id, n.text, row_number() over (
                partition by n.interview_id, coalesce(nullif(n.number, 0), -n.id) order by {SPOKEN}) as mention
            from notes n join recordings r on r.id = n.recording_id where n.kind = 'question' {{among}}
        ) where mention = 1
    )
"""
# Interviews that hold any mention that was not read as it is: a quick look, for mostly there is none.
_STALE = """
    and n.interview_id in (
        select n.interview_id from notes n left join family_members m on m.note_id = n.id
        where n.kind = 'question' and not coalesce(m.encoder = :encoder and m.text = n.text, 0)
    )
"""
_FRESH = "m.encoder = :encoder and m.text = first.text"
_MAY_STAY = "(m.by_hand or m.text = first.text)"  # with new words it is a new question, unless put there by hand


@dataclass(frozen=True, slots=True)
class Loose:
    """A question whose vector is missing or out of date; ``family_id`` is where it stays all the same."""

    note_id: int
    text: str
    family_id: int | None


@dataclass(frozen=True, slots=True)
class Member:
    """A question in its family; ``vector`` is the encoder's, as bytes."""

    note_id: int
    text: str
    family_id: int
    vector: bytes


def loose(db: Database, encoder: str) -> list[Loose]:
    sql = f"""
        {_FIRST.format(among=_STALE)} select first.id, first.text, iif({_MAY_STAY}, m.family_id, null) as family_id
        from first left join family_members m on m.note_id = first.id
        where not coalesce({_FRESH}, 0) order by first.id
    """
    return [Loose(row["id"], row["text"], row["family_id"]) for row in db.query(sql, {"encoder": encoder})]


def members(db: Database, encoder: str, family_id: int | None = None) -> list[Member]:
    """Questions whose vectors are up to date, of all families or of one."""
    sql = f"""
        {_FIRST.format(among="")} select first.id, first.text, m.family_id, m.vector
        from first join family_members m on m.note_id = first.id
        where {_FRESH} and (m.family_id = :family or :family is null) order by first.id
    """
    found = db.query(sql, {"encoder": encoder, "family": family_id})
    return [Member(row["id"], row["text"], row["family_id"], row["vector"]) for row in found]


def keep(db: Database, encoder: str, placed: Sequence[Member], central: Mapping[int, int]) -> None:
    """Write where questions belong, and each family's most central note; a family that is new is made."""
    db.table("families").insert_all(({"id": family} for family in sorted({m.family_id for m in placed})), ignore=True)
    db.conn.executemany(
        """
        insert into family_members (note_id, family_id, by_hand, text, encoder, vector) values (?, ?, 0, ?, ?, ?)
        on conflict (note_id) do update set family_id = excluded.family_id, text = excluded.text,
            encoder = excluded.encoder, vector = excluded.vector
        """,
        [(m.note_id, m.family_id, m.text, encoder, m.vector) for m in placed],
    )
    set_central(db, central)


def set_central(db: Database, central: Mapping[int, int]) -> None:
    db.conn.executemany("update families set central_note_id = ? where id = ?", [(n, f) for f, n in central.items()])


def next_id(db: Database) -> int:
    """The first id that no family has had: a family's row stays when its last question is gone."""
    ((highest,),) = db.execute("select coalesce(max(id), 0) from families").fetchall()
    return int(highest) + 1


def shown(db: Database) -> tuple[dict[int, int], dict[int, int | None]]:
    """Of each question's note the family that it is shown in, and of each family its most central note."""
    sql = """
        select m.note_id, coalesce(f.merged_into, f.id) as family_id
        from family_members m join families f on f.id = m.family_id
    """
    of_note = {row["note_id"]: row["family_id"] for row in db.query(sql)}
    central = {row["id"]: row["central_note_id"] for row in db.query("select id, central_note_id from families")}
    return of_note, central


def merge(db: Database, into: int, other: int) -> None:
    """One family goes into another, with all that went into it before."""
    for family_id in (into, other):
        if family_id not in _listed(db):
            raise NotFoundError(f"no family {family_id}: `dictate questions` shows the numbers of those there are")
    if into == other:
        raise InputError(f"family {into} cannot go into itself: name two families")
    db.execute("update families set merged_into = ? where id = ? or merged_into = ?", [into, other, other])


def split(db: Database, note_id: int) -> tuple[int, int]:
    """A question leaves its family for one of its own, for good; returns the family that it left and the new one."""
    note = reads.note_row(db, note_id)
    found = list(db.query("select family_id from family_members where note_id = ?", [note_id]))
    if note["kind"] != "question" or not found:
        raise InputError(
            f"note {note_id} is in no family: `dictate questions --json` prints the notes of the questions that are"
        )
    family_id = next_id(db)
    db.table("families").insert({"id": family_id, "central_note_id": note_id})
    db.table("family_members").update(note_id, {"family_id": family_id, "by_hand": 1})
    return found[0]["family_id"], family_id


def _listed(db: Database) -> Iterable[int]:
    return set(shown(db)[0].values())
