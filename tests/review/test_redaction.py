"""Names out of a report: whatever is written, however it is written, always the same stand-in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictate.review.report.redaction import Redactor, redacted

NOTES = [
    "Priya Sharma began, and then Sharma's colleague Tom O’Neil asked about Kafka and SQL.",
    "so that was brightwhistle and priya sharma's boss will said i will be fine next week mark my words, with mark",
    "BLG is huge; P. Sharma wrote from priya@brightwhistle.com, +44 7700 900123",
    "Folake asked why I left Nissan. I told Folake's deputy about Trent Valley Logistics. folake said no.",
    "Next asked me to come next Tuesday. Marlowe and Hart never did.",
    "Mr Penrose nodded. Honestly I waffled. Presentation first, then Python in January. Nobody said anything.",
    "siobhan said that there are nine hotels",
]


@pytest.fixture
def redactor() -> Redactor:
    made = Redactor()
    for company in ("Brightwhistle Logistics Group", "Next", "Marlowe & Hart", "Linden Court Hotels"):
        made.company(company)
    for person in ("Priya Sharma", "Mr Will Rose", "Tom O'Neil", "Mark", "Siobhán Ní Dhomhnaill", "Mr Penrose"):
        made.person(person)
    made.look_through(NOTES)
    return made


@pytest.mark.parametrize(
    ("note", "told"),
    [
        (0, "Person 1 began, and then Person 1’s colleague Person 3 asked about Kafka and SQL."),
        (
            1,
            "so that was Company A and Person 1’s boss Person 2 said i will be fine next week mark my words, "
            "with Person 4",
        ),
        (2, "Company A is huge; Person 1 wrote from [address], [address]"),
        (3, "Person 7 asked why I left Company F. I told Person 7’s deputy about Company E. Person 7 said no."),
        (4, "Company B asked me to come next Tuesday. Company C never did."),
        (
            5,
            "Person 6 nodded. Honestly I waffled. Presentation first, then Python in January. Nobody said anything.",
        ),
        (6, "Person 5 said that there are nine hotels"),
    ],
)
def test_names_get_stand_ins(redactor: Redactor, note: int, told: str) -> None:
    assert redactor.redact(NOTES[note]) == told


def test_everything_in_a_report_is_gone_through() -> None:
    note = {"id": 1, "kind": "question", "text": "Sarah Lind of Northwind asked me.", "number": None}
    told = {"company": "Northwind", "interviewers": ["Sarah Lind"], "outcome": "offer", "notes": [note]}
    contents: Any = {"made_at": "2026-03-01", "redacted": False, "clients": [{"name": "anna", "interviews": [told]}]}
    made: Any = redacted(contents, [("Northwind", ["Sarah Lind"])])
    (client,) = made["clients"]
    assert (made["redacted"], client["name"]) == (True, "Client 1")
    assert client["interviews"][0]["company"] == "Company A"
    assert client["interviews"][0]["outcome"] == "offer"
    assert client["interviews"][0]["notes"][0]["text"] == "Person 1 of Company A asked me."


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_name_is_taken(name: str, text: str) -> None:
    made = Redactor()
    made.person(name)
    made.company(text)
    made.look_through([text, name])
    assert isinstance(made.redact(f"{text} {name}"), str)
