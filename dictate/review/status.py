"""What is due: letters, followups, plans, outcomes; and which questions give trouble, where there is enough to tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypedDict

from dictate.review.days import due_day
from dictate.review.families import up_to_date
from dictate.review.phrases import is_owed
from dictate.review.plan import PlanItem, is_overdue, plan
from dictate.review.recurring import name_of
from dictate.store import Counts, FamilyCount, InterviewState, LetterKept, Store, UpcomingShown

LETTER_WITHIN = timedelta(days=1)
OUTCOME_WITHIN = timedelta(weeks=2)
NEWEST = 50  # times that a difficult question came
ENOUGH = 3  # interviews; fewer are no pattern
OVER = ("rejected", "withdrawn")


class Due(TypedDict):
    """Something of an interview: what it rests on, and the command to run next."""

    interview_id: int
    company: str | None
    role: str | None
    held_at: str | None
    note_ids: list[int]
    next: str


class LetterDue(Due):
    to: list[str | None]
    days: int


class FollowupOpen(Due):
    """``owed`` where its words say that it is the speaker's to do; ``due`` as it was set, or plainly named."""

    text: str
    owed: bool
    due: str | None
    overdue: bool


class PlanOpen(PlanItem):
    overdue: bool
    note_ids: list[int]
    next: str


class OutcomeUnknown(Due):
    days: int


class Trouble(TypedDict):
    """A question that was difficult in more than one interview, by its family; the ids are where it was."""

    family: int
    text: str
    times: int
    interview_ids: list[int]
    note_ids: list[int]
    next: str


class Difficult(TypedDict):
    """``enough`` is False under three interviews: then nothing is said about questions."""

    interviews: int
    enough: bool
    difficult: int
    questions: list[Trouble]


class Untold(TypedDict):
    """An interview that is over, by the calendar, and has no debrief."""

    upcoming_id: int
    company: str | None
    role: str | None
    title: str | None
    ended_at: str
    next: str


class Status(TypedDict):
    untold: list[Untold]
    letters: list[LetterDue]
    followups: list[FollowupOpen]
    plans: list[PlanOpen]
    outcomes: list[OutcomeUnknown]
    difficult: Difficult


def status(store: Store, now: datetime) -> Status:
    """All of it, as of an aware moment."""
    interviews = store.interview_states()
    return {
        "untold": [_untold(one) for one in store.upcoming(states=("waiting",))],
        "letters": [letter for one in interviews if (letter := _letter(one, now))],
        "followups": _followups(store, {one["id"]: one["happened_at"] for one in interviews}, now),
        "plans": _plans(store, now),
        "outcomes": [due for one in interviews if (due := _outcome(one, now))],
        "difficult": difficult(store),
    }


_NONE: Difficult = {"interviews": 0, "enough": False, "difficult": 0, "questions": []}


def nothing() -> Status:
    """The status where there are no notes yet."""
    return {"untold": [], "letters": [], "followups": [], "plans": [], "outcomes": [], "difficult": _NONE}


def sent_at(to: str | None, letters: Sequence[LetterKept]) -> str | None:
    """When a letter was sent; one that was sent to nobody by name went to all."""
    return next((one["sent_at"] for one in letters if one["sent_at"] and one["recipient"] in (to or "", "")), None)


def difficult(store: Store) -> Difficult:
    """Which questions were difficult most often, in the families that ``review`` and ``questions`` show."""
    overlay = up_to_date(store)
    with store.counts(overlay=overlay) as counts:
        interviews = counts.base()["with_questions"]
        enough = interviews >= ENOUGH
        again = [one for one in counts.families() if one.difficult > 1] if enough else []
        return {
            "interviews": interviews,
            "enough": enough,
            "difficult": counts.difficult(),
            "questions": [_trouble(counts, one) for one in again],
        }


def _trouble(counts: Counts, one: FamilyCount) -> Trouble:
    hard = [once for once in counts.told(one.family, NEWEST)[::-1] if once["difficult"]]
    return {
        "family": one.family,
        "text": name_of(counts, one.family),
        "times": one.difficult,
        "interview_ids": [*dict.fromkeys(once["interview_id"] for once in hard)],
        "note_ids": [once["note_id"] for once in hard],
        "next": f"dictate review {one.family}",
    }


def _untold(one: UpcomingShown) -> Untold:
    return {
        "upcoming_id": one["id"],
        "company": one["company"],
        "role": one["role"],
        "title": one["title"],
        "ended_at": one["ends_at"],
        "next": "dictate record",
    }


def _letter(one: InterviewState, now: datetime) -> LetterDue | None:
    since = _since(one, now)
    if since is None or one["outcome"] in OVER or since < LETTER_WITHIN:
        return None
    people: list[str | None] = [*one["interviewers"]]
    unsent = [to for to in people or [None] if not sent_at(to, one["letters"])]
    if not unsent:
        return None
    notes = sorted(note for kind in ("learned", "omission", "followup") for note in one["told"][kind])
    return {
        **_due(one, notes, f"dictate thank-you {one['id']}"),
        "to": unsent,
        "days": since.days,
    }


def _outcome(one: InterviewState, now: datetime) -> OutcomeUnknown | None:
    since = _since(one, now)
    if since is None or one["outcome"] not in (None, "waiting") or since < OUTCOME_WITHIN:
        return None
    return {**_due(one, one["told"]["followup"], f"dictate outcome {one['id']} OUTCOME"), "days": since.days}


def _since(one: InterviewState, now: datetime) -> timedelta | None:
    return now - datetime.fromisoformat(one["happened_at"]).astimezone() if one["happened_at"] else None


def _due(one: InterviewState, note_ids: list[int], command: str) -> Due:
    return {
        "interview_id": one["id"],
        "company": one["company"],
        "role": one["role"],
        "held_at": one["held_at"],
        "note_ids": note_ids,
        "next": command,
    }


def _followups(store: Store, days: Mapping[int, str | None], now: datetime) -> list[FollowupOpen]:
    """Open ones of interviews that still go on: overdue first, then what is owed, then what they are to do."""
    found: list[FollowupOpen] = [
        {
            "interview_id": note["interview_id"],
            "company": note["company"],
            "role": note["role"],
            "held_at": note["held_at"],
            "text": note["text"],
            "owed": is_owed(note["text"]),
            "due": due,
            "overdue": is_overdue(due, now.date()),
            "note_ids": [note["id"]],
            "next": f"dictate plan --done {note['id']}",
        }
        for note in store.decided(("followup",))
        if note["state"] == "open" and note["outcome"] not in OVER
        for due in [_due_day(note["due"], note["text"], days[note["interview_id"]])]
    ]
    return sorted(found, key=lambda one: (not one["overdue"], not one["owed"], one["due"] is None, one["due"] or ""))


def _due_day(due: str | None, text: str, happened_at: str | None) -> str | None:
    day = due_day(due, text, happened_at)
    return day.isoformat() if day else None


def _plans(store: Store, now: datetime) -> list[PlanOpen]:
    return [
        {
            **one,
            "overdue": is_overdue(one["due"], now.date()),
            "note_ids": [one["note_id"]],
            "next": f"dictate plan --done {one['note_id']}"
            if one["kind"] == "plan" or one["line"]
            else f'dictate plan --line {one["note_id"]} "WHAT YOU WILL DO"',
        }
        for one in plan(store)
    ]
