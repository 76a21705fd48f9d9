"""Interviews in the calendar, until they are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from telling import NORTHWIND, debrief

from dictate.errors import NotFoundError
from dictate.records import Interview, Upcoming
from dictate.store import Store

ENDED = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=30)
BEGAN = ENDED - timedelta(hours=1)


def coming(company: str | None, ends_at: datetime, uid: str | None = None) -> Upcoming:
    about = Interview(company, "data engineer", "second", ends_at - timedelta(hours=1), ("Sarah",))
    return Upcoming(about, ends_at, "Interview", uid)


def test_it_waits_from_its_end_until_it_is_told(store: Store) -> None:
    store.expect([coming("Northwind", ENDED), coming("Kestrel", ENDED + timedelta(days=2))])
    assert [(one["company"], one["state"]) for one in store.upcoming()] == [
        ("Northwind", "waiting"),
        ("Kestrel", "coming"),
    ]
    added = store.add(debrief(NORTHWIND, company=None, role=None, recorded_at=ENDED + timedelta(minutes=12)))
    shown = store.show(added.interview_id)
    assert (shown["company"], shown["role"], shown["interviewers"]) == ("Northwind", "data engineer", ["Sarah"])
    assert shown["held_at"] == BEGAN.isoformat()
    assert shown["recordings"][0]["spoken_after_s"] == 720
    assert [one["company"] for one in store.upcoming()] == ["Kestrel"]
    (told,) = store.upcoming(states=("told",))
    assert told["interview_id"] == added.interview_id
    store.delete(added.interview_id)
    assert [one["state"] for one in store.upcoming()] == ["waiting", "coming"]


@pytest.mark.parametrize(
    "other",
    [
        {"company": "Kestrel", "recorded_at": ENDED + timedelta(minutes=5)},
        {"company": None, "recorded_at": ENDED + timedelta(days=2)},
        {"company": None, "recorded_at": BEGAN - timedelta(minutes=5)},
        {"company": None},
        {"company": "Northwind", "held_at": ENDED - timedelta(days=3)},
    ],
)
def test_another_debrief_is_about_something_else(store: Store, other: dict[str, datetime]) -> None:
    store.expect([coming("Northwind", ENDED)])
    store.add(debrief(NORTHWIND, **other))  # type: ignore[arg-type]
    assert [one["state"] for one in store.upcoming()] == ["waiting"]
    assert store.show(1)["recordings"][0]["spoken_after_s"] is None


def test_one_that_ended_early_is_told_at_once(store: Store) -> None:
    store.expect([coming("Northwind", ENDED)])
    store.add(debrief(NORTHWIND, company="northwind energy", recorded_at=ENDED - timedelta(minutes=10)))
    assert store.upcoming() == []
    assert store.show(1)["recordings"][0]["spoken_after_s"] == 0


def test_a_calendar_read_again_moves_what_it_moved(store: Store) -> None:
    store.expect([coming("Northwind", ENDED, "a"), coming(None, ENDED, "b")])
    store.expect([coming("Northwind", ENDED + timedelta(days=1), "a")])
    assert [one["state"] for one in store.upcoming()] == ["waiting", "coming"]
    assert store.forget(["b", "c"]) == 1
    store.dismiss([1])
    assert store.upcoming() == []
    assert [one["state"] for one in store.upcoming(states=("dismissed",))] == ["dismissed"]
    with pytest.raises(NotFoundError, match="no upcoming interview 9: `dictate upcoming --all`"):
        store.dismiss([9])


def test_merging_keeps_it_told(store: Store) -> None:
    store.expect([coming(None, ENDED)])
    store.add(debrief(NORTHWIND, company=None, recorded_at=ENDED + timedelta(minutes=1)))
    store.add(debrief("[X] More of it.", company=None))
    store.merge(2, 1)
    assert [one["interview_id"] for one in store.upcoming(states=("told",))] == [2]
