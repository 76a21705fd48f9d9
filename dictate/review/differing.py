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
        "pay": rf"(?P<sign>[£$€] ?)?\b{_N}\b",
        "pay an hour": rf"[£$€]? ?\b{_N} (?:pounds |euros |dollars )?(?:an|per|the) hour",
        "days in the office": rf"\b{_N} days?(?: a week)? (?:in|at) the office\b|"
        rf"\b(?P<m>{NUMBER}) days?(?: a week)? on[ -]?site\b",
        "days at home": rf"\b{_N} days?(?: a week)? (?:at home|from home|remote)",
        "hours a week": rf"\b{_N} hours(?: a| per)? week",
        "days of holiday": rf"\b{_N} days(?:'|’)?(?: of)?(?: paid| annual)? (?:holidays?|leave|vacation)",
        "the size of the team": rf"\bteam of {_N}\b|\b(?P<m>{NUMBER}) (?:people )?in the team",
        "on call": rf"\b(?:one |a )?weeks? in {_N}\b",
    }.items()
}


_MONEY = (
    r"(?:pounds|euros|dollars|quid|gross|a year|per year|per annum|p\.?a\.?|basic|base|plus|"
    r"with|on|and|or|to|for|as|is|if)\b"
)
_COUNTED = re.compile(rf"\A (?!{_MONEY})[a-z]{{2,}}", re.I)
_PAY_WORD = re.compile(
    r"\b(?:salar(?:y|ies)|pay|pays|paid|paying|wages?|earn\w*|grand|pounds|euros|dollars|quid|a year|per year|"
    r"per annum|base|basic|bonus|allowance|overtime|pension|package|(?:pay )?band|offer\w*)\b",
    re.I,
)
_RANGE = re.compile(
    rf"(?P<between>\bbetween )?(?P<sign>[£$€] ?)?\b(?P<low>{NUMBER})"
    rf"(?P<join> and | to |(?<=[\dk]) ?[-–] ?(?=[£$€\d]))[£$€]? ?(?P<n>{NUMBER})\b",
    re.I,
)
_ONCE = re.compile(r"\b(?:induction|onboarding|training|first|trial|shadow\w*|once)\b", re.I)
_WEEK = 7.0
_NEAR = 40  # characters between a sum and the word that makes it pay


class Figure(TypedDict):
    """What one round says: ``value``, up to ``to`` where it is a range."""

    interview_id: int
    round: str | None
    note_id: int
    value: float
    to: float
    text: str


class Disagreement(TypedDict):
    """Rounds for one role that say no number in common about a thing."""

    about: str
    figures: list[Figure]


def disagreements(interviews: Sequence[InterviewShown]) -> list[Disagreement]:
    """Rounds of an unknown role are of the same one where only one is known."""
    roles = {one["role"].casefold() for one in interviews if one["role"]}
    if len(roles) < 2:
        return _within(interviews)
    each = ([one for one in interviews if (one["role"] or "").casefold() == role] for role in sorted(roles))
    return [found for rounds in each for found in _within(rounds)]


def tells_pay(text: str) -> bool:
    """Whether a sum in it is pay."""
    return any(True for _ in _amounts("pay", _ABOUT["pay"], text))


def _within(interviews: Sequence[InterviewShown]) -> list[Disagreement]:
    found: list[Disagreement] = []
    for about, pattern in _ABOUT.items():
        figures = [figure for interview in interviews for figure in _figures(about, pattern, interview)]
        told = [some for i in interviews if (some := [one for one in figures if one["interview_id"] == i["id"]])]
        if any(_apart(some, other) for place, some in enumerate(told) for other in told[place + 1 :]):
            found.append({"about": about, "figures": figures})
    return found


def _apart(some: Sequence[Figure], others: Sequence[Figure]) -> bool:
    return not any(one["value"] <= other["to"] and other["value"] <= one["to"] for one in some for other in others)


def _figures(about: str, pattern: re.Pattern[str], interview: InterviewShown) -> Iterator[Figure]:
    for note in interview["notes"]:
        if note["kind"] in _KINDS:
            for low, high in _amounts(about, pattern, note["text"]):
                yield {
                    "interview_id": interview["id"],
                    "round": interview["round"],
                    "note_id": note["id"],
                    "value": low,
                    "to": high,
                    "text": note["text"],
                }


def _amounts(about: str, pattern: re.Pattern[str], text: str) -> Iterator[tuple[float, float]]:
    """What a text says about a thing, from and to."""
    if about == "pay":
        for match in _RANGE.finditer(text):
            low, high = value(match["low"]), value(match["n"])
            if low is not None and high is not None and (match["between"] or match["join"] != " and "):
                low = low * 1000 if low < 1000 <= high else low
                if _YEARLY <= low <= high and _is_pay(match, text):
                    yield low, high
        text = _RANGE.sub(lambda match: "," * len(match[0]), text)
    for match in pattern.finditer(text):
        amount = value(match["n"] or match.groupdict().get("m") or "")
        if amount is None or (about == "pay" and (amount < _YEARLY or not _is_pay(match, text))):
            continue
        if about == "days in the office" and (amount > _WEEK or _ONCE.search(text)):
            continue
        yield amount, amount


def _is_pay(match: re.Match[str], text: str) -> bool:
    """A sum with a currency or a word for pay beside it, and nothing counted after it."""
    if match["sign"] or match["n"].lower().endswith("grand"):
        return True
    after = text[match.end() :]
    beside = text[max(0, match.start() - _NEAR) : match.start()] + " " + after[:_NEAR]
    return not _COUNTED.match(after) and bool(match["n"].lower().endswith("k") or _PAY_WORD.search(beside))
