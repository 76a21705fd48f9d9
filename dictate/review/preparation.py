"""One page for the next interview, every line of it from notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypedDict

from dictate.review import themes
from dictate.review.expecting import ToExpect, to_expect
from dictate.review.families import up_to_date
from dictate.review.ledger import Ledger, ledgers
from dictate.review.plan import PlanItem, plan, telling
from dictate.review.themes import Theme
from dictate.store import Base, Counts, Filter, Said, Store

NEWEST = 200  # interviews that notes are taken from
MOST = 8  # lines of a section

_PRACTICAL = re.compile(
    r"\b(?:shoes?|laces?|tie|shirt|suit|jacket|clothes|iron(?:ed|ing)?|train|bus|tram|tube|traffic|park(?:ed|ing)?|"
    r"car park|station|late|reception|entrance|the (?:door|lift|gate)|sat ?nav|map|route|charger|battery|glasses|pen|"
    r"notebook|passport|licen[cs]e|photo id|copies|printer|printed|umbrella|camera|microphone|headphones|wi-?fi|"
    r"breakfast|lunch|eaten)\b",
    re.I,
)


class Line(TypedDict):
    """A note that is worth a look before the next interview."""

    note_id: int
    interview_id: int
    day: str
    text: str


class Page(TypedDict):
    """``plan`` is what is open, at most so many; ``open`` counts it all of the newest interviews."""

    company: str | None
    role: str | None
    base: Base
    open: int
    plan: list[PlanItem]
    questions: list[ToExpect]
    strengths: list[Theme]
    went_well: list[Line]
    unsaid: list[Line]
    practical: list[Line]
    learned: list[Line]
    asks: list[Line]
    ledger: list[Ledger]


def page(store: Store, *, company: str | None = None, role: str | None = None) -> Page:
    """What to look at before the next interview, there, for that, or for any."""
    overlay, revisions = up_to_date(store), store.revisions()
    todo = plan(store, newest=NEWEST)
    with store.counts(overlay=overlay) as counts:
        here = Filter(company=company)
        strong = counts.said("strength", NEWEST)
        back = themes.coming_back(strong, themes.STRENGTHS)[:MOST]
        result: Page = {
            "company": company,
            "role": role,
            "base": counts.base(),
            "open": len(todo),
            "plan": todo[:MOST],
            "questions": to_expect(counts, company, role, revisions),
            "strengths": back,
            "went_well": [] if back else _lines(strong),
            "unsaid": _first(counts, "omission", here),
            "practical": _lines(_practical(counts)),
            "learned": _lines(counts.said("learned", NEWEST, here)) if company else [],
            "asks": _lines(_to_ask(counts, company)),
            "ledger": [],
        }
    return {**result, "ledger": ledgers(store, company)} if company else result


def remember(store: Store, made: Page) -> None:
    """Keep which questions were expected, so that a review can compare."""
    if made["questions"]:
        store.prepare(made["company"], made["role"], [one["note_id"] for one in made["questions"]])


def _first(counts: Counts, kind: str, here: Filter) -> list[Line]:
    """The newest of this company before the newest of all."""
    everywhere = _lines(counts.said(kind, NEWEST))  # type: ignore[arg-type]
    own = _lines(counts.said(kind, NEWEST, here)) if here.company else []  # type: ignore[arg-type]
    ids = {one["note_id"] for one in own}
    return [*own, *(one for one in everywhere if one["note_id"] not in ids)][:MOST]


def _practical(counts: Counts) -> list[Said]:
    """Of clothes, the way there, what to bring."""
    told = [note for kind in ("concern", "context", "plan") for note in counts.said(kind, NEWEST)]
    return sorted((note for note in told if _PRACTICAL.search(note.text)), key=lambda note: (note.day, note.note_id))


def _to_ask(counts: Counts, company: str | None) -> list[Said]:
    """What was asked elsewhere and not here, and what was left unasked; each question once."""
    here = [telling(note.text) for note in counts.said("ask", NEWEST, Filter(company=company))] if company else []
    unasked = [note for note in counts.said("omission", NEWEST) if re.search(r"\bask\b", note.text, re.I)]
    found: list[Said] = []
    known = [words for words in here if words]
    for note in sorted(
        [*counts.said("ask", NEWEST), *unasked], key=lambda note: (note.day, note.note_id), reverse=True
    ):
        words = telling(note.text)
        if words and not any(2 * len(words & other) >= len(words) for other in known):
            known.append(words)
            found.append(note)
    return found[::-1]


def _lines(notes: Iterable[Said]) -> list[Line]:
    """The newest of them, the newest first."""
    some: Sequence[Said] = [*notes][-MOST:][::-1]
    return [
        {"note_id": one.note_id, "interview_id": one.interview_id, "day": one.day, "text": one.text} for one in some
    ]
