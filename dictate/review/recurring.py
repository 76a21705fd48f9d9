"""Questions that come again: how often, how often difficult, what became of those interviews, what was answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict

from dictate.review.telling import question_of
from dictate.store import Answer, Counts, FamilyCount, Occurrence

NEWEST = 50  # times that a question came, of which the answers are shown


class Given(TypedDict):
    """What was answered once, with how that interview went."""

    interview_id: int
    company: str | None
    role: str | None
    day: str
    outcome: str | None
    difficult: bool
    note_id: int
    question: str
    answers: list[Answer]


class Recurring(TypedDict):
    """A question; ``given`` are its newest answers, from the oldest to the newest."""

    family: int
    name: str
    interviews: int
    difficult: int
    outcomes: dict[str, int]
    says: str
    given: list[Given]
    note_ids: list[int]
    interview_ids: list[int]


def counted(count: int, what: str) -> str:
    """ "1 question", "2 questions"."""
    return f"{count} {what}{'s' * (count != 1)}"


def name_of(counts: Counts, family: int) -> str:
    """A question in plain words."""
    told = counts.telling_of(family)
    return question_of(told[1]) if told else ""


def recurring(counts: Counts, ranked: Sequence[FamilyCount], of: int) -> list[Recurring]:
    """These questions with their answers; ``of`` is the number of interviews that had questions."""
    return [_recurring(counts, one, of) for one in ranked]


def _recurring(counts: Counts, one: FamilyCount, of: int) -> Recurring:
    told = counts.told(one.family, NEWEST)
    notes = [note for once in told for note in (once["note_id"], *(answer["note_id"] for answer in once["answers"]))]
    return {
        "family": one.family,
        "name": name_of(counts, one.family),
        "interviews": one.interviews,
        "difficult": one.difficult,
        "outcomes": known(one.outcomes),
        "says": f"came in {one.interviews} of {counted(of, 'interview')}, difficult in {one.difficult}; "
        f"of those interviews: {told_outcomes(one.outcomes, one.interviews)}",
        "given": [_given(once) for once in told],
        "note_ids": notes,
        "interview_ids": [*dict.fromkeys(once["interview_id"] for once in told)],
    }


def _given(once: Occurrence) -> Given:
    return {
        "interview_id": once["interview_id"],
        "company": once["company"],
        "role": once["role"],
        "day": once["day"],
        "outcome": once["outcome"],
        "difficult": once["difficult"],
        "note_id": once["note_id"],
        "question": once["text"],
        "answers": once["answers"],
    }


def known(outcomes: Mapping[str, int]) -> dict[str, int]:
    """Outcomes that there were."""
    return {outcome: count for outcome, count in outcomes.items() if count}


def told_outcomes(outcomes: Mapping[str, int], interviews: int) -> str:
    """Counts of outcomes in words; what is not noted is said."""
    parts = [f"{count} {outcome}" for outcome, count in known(outcomes).items()]
    unknown = interviews - sum(outcomes.values())
    return ", ".join([*parts, *([f"{unknown} without an outcome"] if unknown else [])])
