"""Questions to expect in a next interview, with the best answer to each that there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from dictate.review.foresight import by_question
from dictate.review.recurring import name_of
from dictate.store import Counts, FamilyCount, Filter, Occurrence, Revision

OF_EACH = 5  # questions for each reason
AT_ALL = 2  # interviews in which a question came, to be expected of anybody
NEWEST = 50  # times that a question came, among which an answer is looked for
_WENT = {"offer": 3, "advanced": 2, "rejected": 0}  # how well, else 1


class Best(TypedDict):
    """The newest revised answer, else one that was given where the question was not difficult."""

    source: str
    text: str
    note_ids: list[int]
    interview_id: int | None
    outcome: str | None


class ToExpect(TypedDict):
    """``note_id`` is where the question was asked; ``best`` is None where no answer went well."""

    family: int
    name: str
    note_id: int
    reasons: list[str]
    difficult: int
    best: Best | None
    note_ids: list[int]


def to_expect(counts: Counts, company: str | None, role: str | None, revisions: Sequence[Revision]) -> list[ToExpect]:
    """Those of this company first, then those for this role, then those that came most often at all."""
    total = counts.base()["with_questions"]
    everywhere = {one.family: one for one in counts.families()}
    reasons: dict[int, list[str]] = {}
    if company:
        for one in _often(counts.families(Filter(company=company))):
            reasons.setdefault(one.family, []).append(f"asked here in {_interviews(one.interviews)}")
    if role:
        for one in _often(counts.families(Filter(role=role))):
            reasons.setdefault(one.family, []).append(f"asked for this role in {_interviews(one.interviews)}")
    least = AT_ALL if total > AT_ALL else 1
    for one in _often([one for one in everywhere.values() if one.interviews >= least]):
        reasons.setdefault(one.family, []).append(f"asked in {one.interviews} of {_interviews(total)}")
    better = {family: versions for (family, _), versions in by_question(counts, revisions).items() if family}
    return [_to_expect(counts, everywhere[family], why, better) for family, why in reasons.items()]


def _often(counted: Sequence[FamilyCount]) -> list[FamilyCount]:
    return sorted(counted, key=lambda one: (-one.interviews, -one.difficult, one.family))[:OF_EACH]


def _interviews(count: int) -> str:
    return f"{count} interview{'s' * (count != 1)}"


def _to_expect(
    counts: Counts, one: FamilyCount, reasons: list[str], better: Mapping[int, Sequence[Revision]]
) -> ToExpect:
    told = counts.told(one.family, NEWEST)
    why = [*reasons, *([f"difficult in {one.difficult}"] if one.difficult else [])]
    return {
        "family": one.family,
        "name": name_of(counts, one.family),
        "note_id": told[-1]["note_id"],
        "reasons": why,
        "difficult": one.difficult,
        "best": best_answer(told, better.get(one.family, ())),
        "note_ids": [once["note_id"] for once in told],
    }


def best_answer(told: Sequence[Occurrence], versions: Sequence[Revision]) -> Best | None:
    """What to say to a question: see ``Best``."""
    if versions:
        newest = versions[-1]
        notes = [newest.note_id] if newest.note_id is not None else []
        return {"source": "revised", "text": newest.text, "note_ids": notes, "interview_id": None, "outcome": None}
    good = [once for once in told if once["answers"] and not once["difficult"]]
    if not good:
        return None
    best = max(good, key=lambda once: (_WENT.get(once["outcome"] or "", 1), once["day"], once["interview_id"]))
    return {
        "source": "given",
        "text": " ".join(answer["text"] for answer in best["answers"]),
        "note_ids": [answer["note_id"] for answer in best["answers"]],
        "interview_id": best["interview_id"],
        "outcome": best["outcome"],
    }
