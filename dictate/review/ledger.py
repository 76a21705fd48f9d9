"""An employer's ledger: what each interviewer stressed, avoided, promised, said about pay; where rounds disagree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypedDict

from dictate.review import phrases
from dictate.review.days import due_day
from dictate.review.differing import Disagreement, disagreements, tells_pay
from dictate.review.outline import day_of
from dictate.review.wording import names_in
from dictate.store import InterviewShown, NoteShown, Store

_STRESSED = re.compile(
    r"\b(?:stress(?:ed|es|ing)|kept (?:saying|coming back|on about|repeating|asking)|(?:came|comes|went) back to|"
    r"made a point of|the main thing|(?:very |most |really )?important|really (?:matters|cares?|wants?)|"
    r"(?:all|everything)(?: is|'s)? about|big on|keen on|looking for|insist(?:ed|s)?|emphasi[sz]e[ds]?|priority|"
    r"above all)\b",
    re.I,
)
_AVOIDED = re.compile(
    r"\b(?:dodg(?:ed|es|y)|avoid(?:ed|s)|wouldn't (?:say|be drawn|answer|commit|tell)|didn't (?:really )?answer|"
    r"chang(?:ed|es) the subject|vague|cagey|evasive|skirt(?:ed|s)|brush(?:ed|es) (?:it|that|me) (?:off|aside)|"
    r"never (?:really )?answered|couldn't say|went quiet|looked at each other|glossed over|moved on quickly)\b",
    re.I,
)
_MINE = re.compile(r"\bI(?:'d|'m)?\b[^.,;]{0,25}$")  # the speaker's own doing
PAY = re.compile(
    r"[£$€] ?\d|\b(?:salar(?:y|ies)|pay|pays|paid|wages?|bonus(?:es)?|pension|an hour|per hour|grand|"
    r"overtime|commission|allowance|equity|day rate|pay band)\b",
    re.I,
)
_TOLD_BY_THEM = ("learned", "question", "context", "concern")


class Remark(TypedDict):
    """A note that says it."""

    note_id: int
    interview_id: int
    round: str | None
    day: str | None
    text: str


class Promise(Remark):
    """``by_whom`` is them or you; ``by`` is the day where one is plainly named, or that the user has set."""

    by_whom: str
    by: str | None


class Person(TypedDict):
    """What one interviewer said; ``name`` is None where it is not known which of several it was."""

    name: str | None
    interview_ids: list[int]
    stressed: list[Remark]
    avoided: list[Remark]
    promised: list[Promise]
    pay: list[Remark]


class Round(TypedDict):
    interview_id: int
    round: str | None
    day: str | None
    role: str | None
    interviewers: list[str]
    outcome: str | None


class Ledger(TypedDict):
    """``unanswered`` are asks to which no reply is noted."""

    company: str
    rounds: list[Round]
    people: list[Person]
    unanswered: list[Remark]
    disagree: list[Disagreement]


def ledgers(store: Store, company: str) -> list[Ledger]:
    """One for each company whose name has this in it."""
    listed = [one for one in store.list(company=company) if one["company"]]
    due = {note["id"]: note["due"] for note in store.decided(("followup",), company=company)}
    by_name: dict[str, list[int]] = {}
    for one in reversed(listed):
        by_name.setdefault(str(one["company"]).casefold(), []).append(one["id"])
    return [_ledger(store.show_all(ids), due) for ids in by_name.values()]


def _ledger(interviews: Sequence[InterviewShown], due: dict[int, str | None]) -> Ledger:
    people: dict[str | None, Person] = {}
    for interview in interviews:
        for note in interview["notes"]:
            for name in _whose(note, interview):
                person = people.setdefault(name, _person(name))
                if _enter(person, note, interview, due) and interview["id"] not in person["interview_ids"]:
                    person["interview_ids"].append(interview["id"])
    return {
        "company": str(interviews[-1]["company"]),
        "rounds": [_round(interview) for interview in interviews],
        "people": [person for person in people.values() if person["interview_ids"]],
        "unanswered": [remark for interview in interviews for remark in _unanswered(interview)],
        "disagree": disagreements(interviews),
    }


def _enter(person: Person, note: NoteShown, interview: InterviewShown, due: dict[int, str | None]) -> bool:
    """Enter a note under what it tells, if it tells any of it."""
    remark, kind, text = _remark(note, interview), note["kind"], note["text"].replace("’", "'")
    entered = False
    if kind in _TOLD_BY_THEM and _theirs(_STRESSED, text):
        person["stressed"].append(remark)
        entered = True
    if kind in (*_TOLD_BY_THEM, "feeling", "aside") and kind != "question" and _theirs(_AVOIDED, text):
        person["avoided"].append(remark)
        entered = True
    if kind == "followup":
        person["promised"].append(_promise(remark, note, interview, due))
        entered = True
    if kind in ("learned", "followup", "context") and (PAY.search(text) or tells_pay(text)):
        person["pay"].append(remark)
        entered = True
    return entered


def _theirs(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text has it said of somebody else than the speaker."""
    return any(not _MINE.search(text[: match.start()]) for match in pattern.finditer(text))


def _promise(remark: Remark, note: NoteShown, interview: InterviewShown, due: dict[int, str | None]) -> Promise:
    by = due_day(due.get(note["id"]), note["text"], day_of(interview))
    return {
        **remark,
        "by_whom": "you" if phrases.is_owed(note["text"]) else "them",
        "by": by.isoformat() if by else None,
    }


def _unanswered(interview: InterviewShown) -> Iterator[Remark]:
    """Asks by number without a reply; who asks when they decide is answered by a followup."""
    replied = {note["number"] for note in interview["notes"] if note["kind"] == "learned"}
    asked: set[int] = set()
    for note in interview["notes"]:
        number = note["number"]
        if note["kind"] == "ask" and number and number not in replied | asked:
            asked.add(number)
            if not re.search(r"\b(?:when|how long|next steps?|decide|hear)\b", note["text"], re.I):
                yield _remark(note, interview)


def _whose(note: NoteShown, interview: InterviewShown) -> Iterable[str | None]:
    """Whom a note is about: those whom it names, else the only one there was."""
    people = interview["interviewers"]
    return names_in(note["text"], people) or (people if len(people) == 1 else [None])


def _person(name: str | None) -> Person:
    return {"name": name, "interview_ids": [], "stressed": [], "avoided": [], "promised": [], "pay": []}


def _remark(note: NoteShown, interview: InterviewShown) -> Remark:
    return {
        "note_id": note["id"],
        "interview_id": interview["id"],
        "round": interview["round"],
        "day": day_of(interview),
        "text": note["text"],
    }


def _round(interview: InterviewShown) -> Round:
    return {
        "interview_id": interview["id"],
        "round": interview["round"],
        "day": day_of(interview),
        "role": interview["role"],
        "interviewers": interview["interviewers"],
        "outcome": interview["outcome"],
    }
