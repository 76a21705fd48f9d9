"""What all interviews together tell. Every statement says what it counts, and holds the notes that it counts."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from dictate.review import moods, themes
from dictate.review.families import up_to_date
from dictate.review.foresight import Prepared, Revised, prepared, revised
from dictate.review.moods import Moods
from dictate.review.recurring import Recurring, counted, recurring
from dictate.review.speaking import Spoken, spoken
from dictate.review.themes import Theme
from dictate.store import Base, Counts, FamilyCount, Store

ENOUGH = 3  # interviews; fewer are no pattern
MOST = 10  # questions
NEWEST = 500  # interviews whose feelings, concerns and strengths are read


class Review(TypedDict):
    """``enough`` is False under three interviews with notes: then nothing but ``base`` is said."""

    base: Base
    enough: bool
    says: str
    questions: list[Recurring]
    moods: Moods
    prepared: Prepared
    revised: list[Revised]
    spoken: list[Spoken]
    concerns: list[Theme]
    strengths: list[Theme]


def review(
    store: Store,
    *,
    company: str | None = None,
    role: str | None = None,
    since: datetime | None = None,
    most: int = MOST,
) -> Review:
    """Of those interviews, or all; a store that is open for writing keeps which questions are the same."""
    overlay = up_to_date(store)
    revisions, practices, preparations = store.revisions(), store.practices(), store.preparations()
    told = store.told_since(min(one.last_interview for one in preparations)) if preparations else []
    with store.counts(company=company, role=role, since=since, overlay=overlay) as counts:
        base = counts.base()
        if base["with_notes"] < ENOUGH:
            return _nothing(base)
        questions = _ranked(counts, base, most)
        only = company or role or since  # what was prepared and revised is of all interviews
        return {
            "base": base,
            "enough": True,
            "says": _says(base),
            "questions": questions,
            "moods": moods.moods(counts, NEWEST),
            "prepared": prepared(counts, preparations, told) if not only else _unprepared(),
            "revised": revised(counts, revisions, practices) if not only else [],
            "spoken": spoken(counts, [one["family"] for one in questions]),
            "concerns": themes.coming_back(counts.said("concern", NEWEST), themes.CONCERNS),
            "strengths": themes.coming_back(counts.said("strength", NEWEST), themes.STRENGTHS),
        }


def one_question(
    store: Store,
    question: int,
    *,
    is_note: bool,
    company: str | None = None,
    role: str | None = None,
    since: datetime | None = None,
) -> Recurring | None:
    """A question by its family or any of its notes, of those interviews or all; None where it did not come."""
    overlay = up_to_date(store)
    with store.counts(company=company, role=role, since=since, overlay=overlay) as counts:
        family = counts.family_of(question) if is_note else question
        found = [one for one in counts.families() if one.family == family]
        return next(iter(recurring(counts, found, counts.base()["with_questions"])), None)


def _ranked(counts: Counts, base: Base, most: int) -> list[Recurring]:
    """Questions of at least two interviews, what was difficult most often first."""
    if base["with_questions"] < ENOUGH:
        return []
    again: list[FamilyCount] = [one for one in counts.families() if one.interviews > 1]
    return recurring(counts, again[:most], base["with_questions"])


def _nothing(base: Base) -> Review:
    count = base["with_notes"]
    return {
        "base": base,
        "enough": False,
        "says": f"too little to go on: {counted(count, 'interview')} with notes, three are the least",
        "questions": [],
        "moods": moods.nothing(),
        "prepared": _unprepared(),
        "revised": [],
        "spoken": [],
        "concerns": [],
        "strengths": [],
    }


def _unprepared() -> Prepared:
    return {"recall": None, "precision": None, "comparisons": [], "never_asked": []}


def _says(base: Base) -> str:
    outcomes = [f"{count} {outcome}" for outcome, count in base["outcomes"].items() if outcome != "unknown"]
    unknown = base["outcomes"].get("unknown")
    told = ", ".join([*outcomes, *([f"{unknown} without an outcome"] if unknown else [])])
    return f"{base['with_notes']} interviews with notes, {base['with_questions']} with questions; {told}"
