"""What the user puts right by hand: words, kinds, numbers; every step kept, and undone one by one."""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from dictate.errors import InputError
from dictate.records import KINDS, Kind, plain
from dictate.store import reads, rows
from dictate.store.fit import QUESTIONS, family
from dictate.store.numbers import highest
from dictate.store.rows import Row


def edit(db: Database, note_id: int, text: str) -> None:
    """Give a note other words; its place in the transcript stays."""
    note = reads.note_row(db, note_id)
    wanted = rows.storable(plain(text))
    if not wanted:
        raise InputError(f"note {note_id} needs words: to set it aside, use `dictate relabel {note_id} aside`")
    if wanted == note["text"]:
        return
    _remember(db, [note])
    db.table("notes").update(note_id, {"text": wanted, "reworded": int(wanted != _spoken(db, note)), "edited": 1})


def relabel(db: Database, note_id: int, kind: Kind, number: int | None, difficult: bool | None) -> None:
    """Give a note another kind, number or difficulty; every mention of a question is as difficult as the others.

    Without a number, a new question or ask gets the next free one, and a new answer that of the question before it.
    The kind that it has already is hereby confirmed: a person has looked at it.
    """
    note = reads.note_row(db, note_id)
    _check(kind, number, difficult)
    number = _number(db, note, kind) if number is None else number
    if kind == "question" and difficult is None:
        difficult = _difficult(db, note, number)
    label: Row = {"kind": kind, "number": number, "difficult": difficult}
    if all(note[key] == value for key, value in {**label, "confidence": None}.items()):
        return
    others = _mentions(db, note, number) if kind == "question" else []
    others = [row for row in others if bool(row["difficult"]) != difficult]
    _remember(db, [note, *others])
    db.table("notes").update(note_id, {**label, "confidence": None, "edited": 1})
    for row in others:
        db.table("notes").update(row["id"], {"difficult": difficult, "edited": 1})


def undo(db: Database, note_id: int) -> None:
    """Take back the last correction of a note, and what it changed in other mentions of the question."""
    reads.note_row(db, note_id)
    latest = _latest(db, note_id)
    if latest is None:
        raise InputError(f"note {note_id} is as it was found: there is nothing to undo")
    changed = list(db.query("select * from note_versions where change = ?", [latest["change"]]))
    for version in changed:
        if _latest(db, version["note_id"]) == version:
            _restore(db, version)


def _check(kind: str, number: int | None, difficult: bool | None) -> None:
    if kind not in KINDS:
        raise InputError(f"no kind {kind!r}: one of {', '.join(KINDS)}")
    if number is not None and not family(kind):
        raise InputError(f"a note of kind {kind} has no number: only question, answer, ask and learned have")
    if number is not None and not 1 <= number < 1_000_000:
        raise InputError(f"no number {number}: questions and asks are counted from 1")
    if difficult is not None and kind != "question":
        raise InputError(f"a note of kind {kind} is not difficult or easy: only a question is")


def _number(db: Database, note: Row, kind: Kind) -> int | None:
    if kind == note["kind"] or kind not in ("question", "answer", "ask"):
        return note["number"] if kind == note["kind"] else None
    if kind == "answer":
        return _question_before(db, note)
    return highest(db, note["interview_id"])[family(kind)] + 1


def _question_before(db: Database, note: Row) -> int | None:
    before = db.query(
        "select number from notes where recording_id = ? and kind = 'question' and start < ? "
        "order by start desc limit 1",
        [note["recording_id"], note["start"]],
    )
    return next((row["number"] for row in before), None)


def _difficult(db: Database, note: Row, number: int | None) -> bool:
    """As the other mentions of the question say, else as the note said."""
    others = _mentions(db, note, number)
    return any(row["difficult"] for row in others or [note])


def _mentions(db: Database, note: Row, number: int | None) -> list[Row]:
    """The other mentions of a question."""
    sql = "select * from notes where interview_id = ? and kind = ? and number = ? and id <> ?"
    return list(db.query(sql, [note["interview_id"], QUESTIONS[0], number, note["id"]]))


def _remember(db: Database, notes: Sequence[Row]) -> None:
    """Keep what one correction is about to replace; text that is the transcript's is left to the transcript."""
    (last,) = db.query("select coalesce(max(change), 0) as change from note_versions")
    about = {"change": last["change"] + 1, "replaced_at": rows.now()}
    label = ("kind", "number", "difficult", "confidence")
    db.table("note_versions").insert_all(
        {**about, "note_id": note["id"], **{key: note[key] for key in label}}
        | {"text": note["text"] if note["reworded"] else None}
        for note in notes
    )


def _latest(db: Database, note_id: int) -> Row | None:
    return next(db.query("select * from note_versions where note_id = ? order by id desc limit 1", [note_id]), None)


def _restore(db: Database, version: Row) -> None:
    note = reads.note_row(db, version["note_id"])
    db.table("note_versions").delete(version["id"])
    earlier = db.table("note_versions").count_where("note_id = ?", [note["id"]])
    label = {key: version[key] for key in ("kind", "number", "difficult", "confidence")}
    reworded = version["text"] is not None
    text = version["text"] if reworded else _spoken(db, note)
    state = {"text": text, "reworded": int(reworded), "edited": int(earlier > 0)}
    db.table("notes").update(note["id"], {**label, **state})


def _spoken(db: Database, note: Row) -> str:
    """What the transcript has at a note's place."""
    text: str = reads.transcript_row(db, note["recording_id"])["text"]
    return text[note["start"] : note["end"]]
