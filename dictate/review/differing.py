"""Where the rounds of one employer say different numbers about the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypedDict

from dictate.review.amounts import NUMBER, value
from dictate.store import InterviewShown

_KINDS = ("learned", "context", "followup")
_YEARLY = 5_000.0  # money from which on it is a year's pay

_N = rf"(?P<n>{NUMBER})"
_ABOUT: dict[str, re.Pattern[str]] = {
    about: re.compile(pattern, re.I)
    for about, pattern in {
        "pay": rf"(?:[£$€] ?)?\b{_N}\b",
        "pay an hour": rf"[£$€]? ?\b{_N} (?:pounds |euros |dollars )?(?:an|per|the) hour",
        "days in the office": rf"\b{_N} days?(?: a week)? (?:in(?: the office)?|on site|at the office)\b(?! (?:a|at) )",
        "days at home": rf"\b{_N} days?(?: a week)? (?:at home|from home|remote)",
        "hours a week": rf"\b{_N} hours(?: a| per)? week",
        "days of holiday": rf"\b{_N} days(?:'|’)?(?: of)?(?: paid| annual)? (?:holidays?|leave|vacation)",
        "the size of the team": rf"\bteam of {_N}\b|\b(?P<m>{NUMBER}) (?:people )?in the team",
        "on call": rf"\b(?:one |a )?weeks? in {_N}\b",
    }.items()
}


class Figure(TypedDict):
    """What one round says."""

    interview_id: int
    round: str | None
    note_id: int
    value: float
    text: str


class Disagreement(TypedDict):
    """Rounds that say no number in common about a thing."""

    about: str
    figures: list[Figure]


def disagreements(interviews: Sequence[InterviewShown]) -> list[Disagreement]:
    found: list[Disagreement] = []
    for about, pattern in _ABOUT.items():
        figures = [figure for interview in interviews for figure in _figures(about, pattern, interview)]
        values = [{one["value"] for one in figures if one["interview_id"] == i["id"]} for i in interviews]
        told = [some for some in values if some]
        if any(one.isdisjoint(other) for place, one in enumerate(told) for other in told[place + 1 :]):
            found.append({"about": about, "figures": figures})
    return found


def _figures(about: str, pattern: re.Pattern[str], interview: InterviewShown) -> Iterator[Figure]:
    for note in interview["notes"]:
        if note["kind"] not in _KINDS:
            continue
        for match in pattern.finditer(note["text"]):
            spoken = match["n"] or match.groupdict().get("m") or ""
            amount = value(spoken)
            if amount is not None and (about != "pay" or amount >= _YEARLY):
                yield {
                    "interview_id": interview["id"],
                    "round": interview["round"],
                    "note_id": note["id"],
                    "value": amount,
                    "text": note["text"],
                }
