"""Parts of one debrief come to one interview, in whatever order they are imported."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from telling import debrief

from dictate.records import Debrief, Interview, RecordedAt
from dictate.store import Store

BEGAN = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)


def part(minute: float, *, trusted: bool = True, folder: str = "/memos", interview: Interview | None = None) -> Debrief:
    """A memo of three minutes that was begun so many minutes after the first."""
    told = debrief("[Q1] Why Oslo? [A1] For the sea.".replace(" [", "\n["), recorded_at=BEGAN)
    when = RecordedAt(BEGAN + timedelta(minutes=minute), "tag", trusted)
    place = Path(folder, f"{minute}.m4a")
    recording = replace(told.recording, path=place, sha256=str(place), recorded_at=when, duration_s=180.0)
    return replace(told, recording=recording, interview=interview or Interview())


def interviews(store: Store) -> list[int]:
    return [one["recordings"] for one in store.list()]


@pytest.mark.parametrize("order", list(permutations((0, 20, 41))))
def test_parts_make_one_interview_in_any_order(store: Store, order: tuple[int, ...]) -> None:
    for minute in order:
        store.add(part(minute), join=True)
    assert interviews(store) == [3]
    (shown,) = store.show_all()
    assert [recording["recorded_at"][11:16] for recording in shown["recordings"]] == ["15:00", "15:20", "15:41"]
    numbers = [note["number"] for note in shown["notes"] if note["kind"] == "question"]
    assert numbers == sorted(numbers)


@pytest.mark.parametrize(
    "other",
    [
        part(24),
        part(10, trusted=False),
        part(10, folder="/other"),
        part(10, interview=Interview(company="Ribbleton")),
    ],
    ids=["hours apart", "no trusted time", "another folder", "another employer"],
)
def test_what_is_no_part_is_an_interview_of_its_own(store: Store, other: Debrief) -> None:
    store.add(part(0, interview=Interview(company="Northwind")), join=True)
    store.add(other, join=True)
    assert interviews(store) == [1, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Interview("Bank of Ireland"), Interview("Bank of Scotland")),
        (Interview(role="data engineer"), Interview(role="data scientist")),
        (Interview(role="C++ developer"), Interview(role="C# developer")),
        (Interview(held_at=BEGAN - timedelta(hours=6)), Interview(held_at=BEGAN - timedelta(hours=1))),
    ],
    ids=["company", "role", "signs", "time"],
)
def test_facts_that_differ_keep_parts_apart(store: Store, one: Interview, other: Interview) -> None:
    store.add(part(0, interview=one), join=True)
    store.add(part(5, interview=other), join=True)
    assert interviews(store) == [1, 1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Interview("The Northwind Bank, Inc."), Interview("northwind bank")),
        (Interview("Marks & Spencer plc"), Interview("Marks and Spencer")),
        (Interview("Acme L.L.C."), Interview("Acme Robotics")),
        (Interview(round="second"), Interview(round="second round")),
        (Interview(held_at=BEGAN.replace(hour=0)), Interview(held_at=BEGAN.replace(hour=10))),
    ],
    ids=["article and form", "and", "dots", "more words", "day alone"],
)
def test_facts_in_other_words_join_parts(store: Store, one: Interview, other: Interview) -> None:
    store.add(part(0, interview=one), join=True)
    store.add(part(5, interview=other), join=True)
    assert interviews(store) == [2]


def test_a_part_that_tells_nothing_brings_no_two_employers_together(store: Store) -> None:
    store.add(part(0, interview=Interview("Northwind")), join=True)
    store.add(part(40, interview=Interview("Ribbleton")), join=True)
    store.add(part(20), join=True)
    assert sorted(interviews(store)) == [1, 2]


def test_facts_of_a_part_are_those_of_all(store: Store) -> None:
    store.add(part(0, interview=Interview(company="Northwind")), join=True)
    store.add(part(5, interview=Interview(company="Northwind Bank", role="analyst")), join=True)
    (shown,) = store.show_all()
    assert (shown["company"], shown["role"]) == ("Northwind", "analyst")


def test_what_the_user_set_apart_stays_apart(store: Store) -> None:
    store.add(part(0))
    store.add(part(5))
    store.add(part(10), join=True)
    assert sorted(interviews(store)) == [1, 2]


def test_facts_are_told_anew_or_filled(store: Store) -> None:
    added = store.add(part(0, interview=Interview(company="Northwind", interviewers=("Ana",))))
    filled = store.tell(added.interview_id, Interview("Other", "analyst", interviewers=("Ben",)))
    assert (filled["company"], filled["role"], filled["interviewers"]) == ("Northwind", "analyst", ["Ana", "Ben"])
    told = store.tell(added.interview_id, Interview("Other", interviewers=("Cy",)), anew=True)
    assert (told["company"], told["role"], told["interviewers"]) == ("Other", None, ["Cy"])
