"""Rounds disagree only where they speak of the same thing."""

from __future__ import annotations

import pytest

from dictate.review.differing import disagreements, tells_pay
from dictate.store import Store
from tests.store.telling import debrief


@pytest.mark.parametrize(
    ("first", "second", "about"),
    [
        ("The salary is forty thousand.", "The pay is forty-five thousand.", ["pay"]),
        ("It's 38k.", "They pay £42,000.", ["pay"]),
        ("They have twenty thousand parcels a day.", "They have twelve thousand customers.", []),
        ("The salary is between thirty-five and forty-five thousand.", "The salary is forty thousand.", []),
        ("The salary is between thirty-five and forty thousand.", "The salary is fifty thousand.", ["pay"]),
        ("Three days in the office.", "Two days in the office.", ["days in the office"]),
        ("Three days in the office.", "I am away for ten days in March.", []),
        ("Three days in the office.", "Two days in the office for the induction.", []),
        ("It is a team of six.", "It is a team of six and six hundred in the division.", []),
    ],
)
def test_what_is_a_disagreement(store: Store, first: str, second: str, about: list[str]) -> None:
    for told in (first, second):
        store.add(debrief(f"[L] {told}"))
    assert [one["about"] for one in disagreements([store.show(1), store.show(2)])] == about


def test_two_roles_are_not_compared(store: Store) -> None:
    store.add(debrief("[L] The salary is forty thousand.", role="planner"))
    store.add(debrief("[L] The salary is fifty thousand.", role="analyst"))
    assert disagreements([store.show(1), store.show(2)]) == []


def test_a_count_is_no_pay() -> None:
    assert not tells_pay("they have twenty thousand parcels a day")
    assert tells_pay("the base is forty thousand")
