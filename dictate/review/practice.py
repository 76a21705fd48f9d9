"""Better answers and their practice: what is due, what an answer left out, when it comes again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypedDict

from fsrs import Card, Rating, Scheduler

from dictate.errors import NotFoundError
from dictate.review.beside import beside
from dictate.review.families import up_to_date
from dictate.review.foresight import by_question
from dictate.review.recurring import name_of
from dictate.review.telling import question_of
from dictate.store import Counts, Revision, Store

RATINGS = ("again", "hard", "good", "easy")

# An answer that was forgotten comes back in ten minutes, one that was known in days.
_SCHEDULER = Scheduler(
    learning_steps=(timedelta(minutes=10),), relearning_steps=(timedelta(minutes=10),), enable_fuzzing=False
)


class Version(TypedDict):
    """One version of a better answer, counted from 1 for each question."""

    version: int
    text: str
    spoken: bool
    made_at: str


class Revisions(TypedDict):
    """A question with its better answers, the newest last."""

    family: int | None
    name: str
    note_id: int | None
    versions: list[Version]


class Due(TypedDict):
    """A question to practise, by a note of it; ``due`` and ``card`` are None before the first time."""

    family: int
    name: str
    note_id: int
    revised: str
    practised: int
    due: str | None
    card: str | None


class Practised(TypedDict):
    """What came of one answer."""

    family: int
    name: str
    note_id: int
    answer: str
    audio: str | None
    revised: str
    points: list[str]
    left_out: list[str]
    rating: str
    due: str


def question_note(store: Store, question: int, *, is_note: bool) -> int:
    """The note by which a question is known: that of its family, or the question of a note of it."""
    overlay = up_to_date(store)
    with store.counts(overlay=overlay) as counts:
        family = counts.family_of(question) if is_note else question
        told = counts.telling_of(family) if family is not None else None
    if told is None:
        what = "note of a question" if is_note else "family"
        raise NotFoundError(f"no {what} {question}: `dictate review` and `dictate questions` print the numbers")
    return told[0]


def revisions(store: Store) -> list[Revisions]:
    """All better answers, by question."""
    overlay, made = up_to_date(store), store.revisions()
    with store.counts(overlay=overlay) as counts:
        return [
            _revisions(counts, family, question, some) for (family, question), some in by_question(counts, made).items()
        ]


def revisions_of(store: Store, note_id: int) -> Revisions:
    """The better answers to a question, which may be none."""
    overlay, made = up_to_date(store), store.revisions()
    with store.counts(overlay=overlay) as counts:
        family = counts.family_of(note_id)
        found = _revisions(counts, family, "", by_question(counts, made).get((family, ""), []))
    return {**found, "note_id": note_id}


def _revisions(counts: Counts, family: int | None, question: str, some: Sequence[Revision]) -> Revisions:
    return {
        "family": family,
        "name": name_of(counts, family) if family is not None else question_of(question),
        "note_id": some[-1].note_id if some else None,
        "versions": [
            {"version": number, "text": one.text, "spoken": one.spoken, "made_at": one.made_at}
            for number, one in enumerate(some, start=1)
        ],
    }


def due(store: Store, now: datetime, *, early: bool = False) -> list[Due]:
    """Questions with a better answer that are due at an aware moment, or all of them; the longest due first."""
    overlay = up_to_date(store)
    revisions, practices = store.revisions(), store.practices()
    found: list[Due] = []
    with store.counts(overlay=overlay) as counts:
        tried = by_question(counts, practices)
        for (family, question), versions in by_question(counts, revisions).items():
            note_id = versions[-1].note_id
            if family is None or note_id is None:  # its interview was deleted: nobody asks it any more
                continue
            before = tried.get((family, question), [])
            due = before[-1].due if before else None
            if early or due is None or datetime.fromisoformat(due) <= now:
                found.append(
                    {
                        "family": family,
                        "name": name_of(counts, family),
                        "note_id": note_id,
                        "revised": versions[-1].text,
                        "practised": len(before),
                        "due": due,
                        "card": before[-1].card if before else None,
                    }
                )
    return sorted(found, key=lambda one: one["due"] or "")


def practised(store: Store, question: Due, answer: str, audio: Path | None, rating: int, now: datetime) -> Practised:
    """Keep an answer and schedule the next time; ``rating`` is 1 (again) to 4 (easy)."""
    card, next_due = _scheduled(question["card"], rating, now)
    kept = f"{audio.parent.name}/{audio.name}" if audio else None  # beside the database, which can be moved
    store.practised(question["note_id"], answer, audio=kept, rating=rating, card=card, due=next_due)
    result = beside(question["revised"], answer)
    return {
        "family": question["family"],
        "name": question["name"],
        "note_id": question["note_id"],
        "answer": answer,
        "audio": str(audio) if audio else None,
        "revised": question["revised"],
        "points": [*result.points],
        "left_out": [*result.left_out],
        "rating": RATINGS[rating - 1],
        "due": next_due,
    }


def _scheduled(card: str | None, rating: int, now: datetime) -> tuple[str, str]:
    """A card after an answer, and when it is due."""
    before = Card.from_dict(json.loads(card)) if card else Card(card_id=0)
    after, _ = _SCHEDULER.review_card(before, Rating(rating), now.astimezone(UTC))
    return json.dumps(after.to_dict()), after.due.isoformat(timespec="seconds")
