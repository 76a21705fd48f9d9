from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictate.review.amounts import NUMBER, value
from dictate.review.days import due_day, spoken_day

WEDNESDAY = date(2026, 7, 8)


@pytest.mark.parametrize(
    ("spoken", "amount"),
    [
        ("seven", 7),
        ("forty-two thousand", 42_000),
        ("thirty one thousand", 31_000),
        ("a hundred and five", 105),
        ("a hundred and twelve thousand", 112_000),
        ("38k", 38_000),
        ("44,500", 44_500),
        ("6.5", 6.5),
        ("eleven ninety", 11.9),
        ("twenty-five", 25),
        ("six grand", 6_000),
    ],
)
def test_numbers_as_they_are_spoken(spoken: str, amount: float) -> None:
    (match,) = re.finditer(NUMBER, spoken, re.I)
    assert match[0] == spoken
    assert value(spoken) == amount


def test_no_number() -> None:
    assert value("a lot") is None


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("She'll ring by Friday.", "by Friday", date(2026, 7, 10)),
        ("It is Wednesday at five", "Wednesday", date(2026, 7, 15)),
        ("they text tomorrow", "tomorrow", date(2026, 7, 9)),
        ("within five working days", "within five working days", date(2026, 7, 15)),
        ("in a couple of weeks", "in a couple of weeks", date(2026, 7, 22)),
        ("by the end of the week", "by the end of the week", date(2026, 7, 10)),
        ("the end of the month", "the end of the month", date(2026, 7, 31)),
        ("it comes on the thirtieth", "on the thirtieth", date(2026, 7, 30)),
        ("before the 3rd", "before the 3rd", date(2026, 8, 3)),
        ("the 21st of August", "the 21st of August", date(2026, 8, 21)),
        ("July 4th", "July 4th", date(2027, 7, 4)),
    ],
)
def test_days_as_they_are_spoken(text: str, words: str, day: date) -> None:
    assert spoken_day(text, WEDNESDAY) == (words, day)


@pytest.mark.parametrize(
    "text",
    ["next Friday", "Saturday week", "the second round", "on the first floor", "soon", "", "by the 31st of June"],
)
def test_what_names_no_day_plainly_is_none(text: str) -> None:
    assert spoken_day(text, WEDNESDAY) is None


@given(st.text(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_gives_a_later_day_or_none(text: str, told: date) -> None:
    found = spoken_day(text, told)
    assert found is None or told <= found[1] <= told + timedelta(days=400 * 5)


@pytest.mark.parametrize(
    "text",
    [
        "They're seeing one more on Thursday and he'll ring me before the weekend.",
        "They decide on Thursday or Friday.",
        "a week on Monday",
        "the Thursday after next",
        "on Wednesday next week",
        "next week, by Wednesday",
        "she writes on Monday, and the second round is on Friday",
    ],
)
def test_a_day_that_is_not_plain_is_none(text: str) -> None:
    assert spoken_day(text, WEDNESDAY) is None


def test_a_day_said_twice_is_one() -> None:
    assert spoken_day("By Friday, she said, Friday at the latest.", WEDNESDAY) == ("By Friday", date(2026, 7, 10))


def test_a_followup_is_due_when_its_user_says_or_else_when_it_was_said() -> None:
    said = "She'll ring by Friday."
    assert due_day(None, said, "2026-07-08T10:00:00") == date(2026, 7, 10)
    assert due_day("2026-07-13", said, "2026-07-08T10:00:00") == date(2026, 7, 13)
    assert due_day(None, said, None) is None
    assert due_day(None, "She'll ring.", "2026-07-08") is None
