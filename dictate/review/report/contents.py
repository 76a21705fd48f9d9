"""What a report holds, before it is a page: all of it from notes, with their ids."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

from dictate.review.overview import Review, review
from dictate.review.plan import PlanItem, plan
from dictate.store import InterviewShown, NoteShown, Store

NEWEST = 200  # interviews whose notes a report holds
QUESTIONS = 10
PLANS = 100


class Asked(TypedDict):
    """How many questions an interview had and how many were difficult, with their notes where the report holds them."""

    interview_id: int
    day: str
    company: str | None
    outcome: str | None
    questions: int
    difficult: int
    note_ids: list[int]


class Told(TypedDict):
    """An interview with its notes; where its recordings lie is nobody's business."""

    id: int
    company: str | None
    role: str | None
    round: str | None
    day: str
    outcome: str | None
    interviewers: list[str]
    notes: list[NoteShown]


class Client(TypedDict):
    """One database; ``left_out`` counts interviews that are too old for their notes to be in the report."""

    name: str
    review: Review
    asked: list[Asked]
    plan: list[PlanItem]
    interviews: list[Told]
    left_out: int


class Contents(TypedDict):
    made_at: str
    redacted: bool
    clients: list[Client]


def client(store: Store, name: str) -> Client:
    """What the report says of one database, interviews from the oldest to the newest."""
    listed = store.list()
    days = {one["id"]: (one["happened_at"] or "")[:10] for one in store.interview_states()}
    newest = [one["id"] for one in listed[:NEWEST]]
    interviews = [_told(shown, days[shown["id"]]) for shown in store.show_all(newest)] if newest else []
    interviews.sort(key=lambda one: newest.index(one["id"]), reverse=True)
    notes = {one["id"]: _questions(one["notes"]) for one in interviews}
    asked: list[Asked] = [
        {
            "interview_id": one["id"],
            "day": days[one["id"]],
            "company": one["company"],
            "outcome": one["outcome"],
            "questions": one["questions"],
            "difficult": one["difficult"],
            "note_ids": notes.get(one["id"], []),
        }
        for one in reversed(listed)
    ]
    return {
        "name": name,
        "review": review(store, most=QUESTIONS),
        "asked": asked,
        "plan": plan(store, history=True)[:PLANS],
        "interviews": interviews,
        "left_out": len(listed) - len(interviews),
    }


def contents(clients: Sequence[Client], now: datetime) -> Contents:
    return {"made_at": now.isoformat(timespec="minutes"), "redacted": False, "clients": [*clients]}


def _told(shown: InterviewShown, day: str) -> Told:
    return {
        "id": shown["id"],
        "company": shown["company"],
        "role": shown["role"],
        "round": shown["round"],
        "day": day,
        "outcome": shown["outcome"],
        "interviewers": shown["interviewers"],
        "notes": shown["notes"],
    }


def _questions(notes: Sequence[NoteShown]) -> list[int]:
    return [note["id"] for note in notes if note["kind"] == "question"]
