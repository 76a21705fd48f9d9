"""How interviews felt against what became of them, and how feelings and ratings went over time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import TypedDict

from dictate.review import feelings
from dictate.review.feelings import Felt, FeltOfInterview, Rating
from dictate.review.recurring import known, told_outcomes
from dictate.store import Counts

FELT: tuple[Felt, ...] = ("good", "bad", "mixed")
FEW_WORDS = 3  # of the words that were counted, as examples


class FeltAgainst(TypedDict):
    """Interviews that felt so by the speaker's own words, and what became of them."""

    felt: Felt
    interviews: int
    outcomes: dict[str, int]
    says: str
    note_ids: list[int]
    interview_ids: list[int]


class Month(TypedDict):
    """Interviews of a month by how they felt."""

    month: str
    good: int
    bad: int
    mixed: int
    note_ids: list[int]


class RatedAgainst(TypedDict):
    """The mean of the ratings of interviews with one outcome."""

    outcome: str
    mean: float
    says: str
    note_ids: list[int]


class Moods(TypedDict):
    felt: list[FeltAgainst]
    months: list[Month]
    ratings: list[Rating]
    rated: list[RatedAgainst]


def moods(counts: Counts, newest: int) -> Moods:
    """Of so many of the newest interviews."""
    told = counts.said("feeling", newest)
    others = [note for kind in ("concern", "strength", "aside") for note in counts.said(kind, newest)]
    felt, ratings = feelings.felt(told), feelings.ratings(told, others)
    return {
        "felt": [_against(kind, same) for kind in FELT if (same := [one for one in felt if one["felt"] == kind])],
        "months": _months(felt),
        "ratings": ratings,
        "rated": _means(ratings),
    }


def nothing() -> Moods:
    return {"felt": [], "months": [], "ratings": [], "rated": []}


def _against(kind: Felt, same: Sequence[FeltOfInterview]) -> FeltAgainst:
    outcomes = dict(Counter(one["outcome"] for one in same if one["outcome"]))
    words = [word for word, _ in Counter(word for one in same for word in one["words"]).most_common(FEW_WORDS)]
    how = "neither good nor bad" if kind == "mixed" else kind
    return {
        "felt": kind,
        "interviews": len(same),
        "outcomes": known(outcomes),
        "says": f"{len(same)} felt {how} (in words such as {', '.join(words)}): {told_outcomes(outcomes, len(same))}",
        "note_ids": [note for one in same for note in one["note_ids"]],
        "interview_ids": [one["interview_id"] for one in same],
    }


def _months(felt: Sequence[FeltOfInterview]) -> list[Month]:
    months: dict[str, list[FeltOfInterview]] = defaultdict(list)
    for one in felt:
        months[one["day"][:7]].append(one)
    return [_month(month, same) for month, same in sorted(months.items())]


def _month(month: str, same: Sequence[FeltOfInterview]) -> Month:
    count = Counter(one["felt"] for one in same)
    notes = [note for one in same for note in one["note_ids"]]
    return {"month": month, "good": count["good"], "bad": count["bad"], "mixed": count["mixed"], "note_ids": notes}


def _means(ratings: Sequence[Rating]) -> list[RatedAgainst]:
    by_outcome: dict[str, list[Rating]] = defaultdict(list)
    for one in ratings:
        by_outcome[one["outcome"] or "unknown"].append(one)
    found: list[RatedAgainst] = []
    for outcome, same in sorted(by_outcome.items()):
        mean = round(sum(one["rating"] for one in same) / len(same), 1)
        known_as = "without an outcome" if outcome == "unknown" else outcome
        found.append(
            {
                "outcome": outcome,
                "mean": mean,
                "says": f"{known_as}: {mean} out of ten on average ({len(same)} rating{'s' * (len(same) > 1)})",
                "note_ids": [one["note_id"] for one in same],
            }
        )
    return found
