"""What to do better, and what is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dictate.errors import InputError, NotFoundError
from dictate.review.families import families, merge
from dictate.review.overview import review
from dictate.review.plan import plan, telling
from dictate.review.status import nothing, status
from dictate.store import Decision, Store
from tests.store.telling import NORTHWIND, day, debrief

ORCHARD = """
    [Q1] They asked about triage.
    [C] I mixed up the triage colours.
    [C] My shoes were wet.
    [P] I will learn the colours.
    [P] I'll buy a watch.
    [U] She'll ring on Friday.
    [U] I have to send her my certificate.
"""


def test_plans_and_concerns_that_no_plan_speaks_of(store: Store) -> None:
    store.add(debrief(ORCHARD, company="Orchard", held_at=day(2)))
    store.add(debrief(NORTHWIND, held_at=day(1)))
    found = plan(store)
    assert [(one["kind"], one["text"]) for one in found] == [
        ("plan", "I will learn the colours."),
        ("plan", "I'll buy a watch."),
        ("plan", "Next time I will practise drawing."),
        ("concern", "I went blank for a whole minute."),
    ]  # the colours are spoken of; the shoes are followed by a plan at once
    assert [one["company"] for one in plan(store, company="orch")] == ["Orchard"] * 2
    assert found[0] == {
        "note_id": 4, "kind": "plan", "text": "I will learn the colours.", "interview_id": 1, "company": "Orchard",
        "role": "data engineer", "held_at": "2026-07-02T12:00:00+00:00", "state": "open", "due": None, "done_at": None,
        "line": None,
    }  # fmt: skip


def test_done_and_dropped_are_history_and_due_days_come_first(store: Store) -> None:
    store.add(debrief(ORCHARD, held_at=day(2)))
    store.decide({5: Decision(due=date(2026, 7, 9)), 4: Decision("done"), 3: Decision("dropped")})
    assert [(one["note_id"], one["due"]) for one in plan(store)] == [(5, "2026-07-09")]
    assert [(one["note_id"], one["state"]) for one in plan(store, history=True)] == [
        (5, "open"), (4, "done"), (3, "dropped"),
    ]  # fmt: skip
    store.decide({4: Decision("open")})
    assert [one["note_id"] for one in plan(store)] == [5, 4]


def test_the_telling_words() -> None:
    assert telling("Next time I will practise drawing") & telling("so I couldn't draw it: drawings!") == {"draw"}
    assert telling("I said that it was going well") == frozenset()
    assert telling("") == frozenset()


def test_what_is_due(store: Store) -> None:
    store.add(debrief(ORCHARD, company="Orchard", held_at=day(2), interviewers=("Ann", "Bo")))
    store.decide({4: Decision(due=date(2026, 7, 3))})
    early = status(store, day(3, 11))
    assert early["letters"] == early["outcomes"] == []
    store.mark_sent(1, ["Ann"])
    found = status(store, day(17))
    (letter,) = found["letters"]
    assert letter == {
        "interview_id": 1, "company": "Orchard", "role": "data engineer", "held_at": "2026-07-02T12:00:00+00:00",
        "note_ids": [6, 7], "next": "dictate thank-you 1", "to": ["Bo"], "days": 15,
    }  # fmt: skip
    assert [(one["note_ids"], one["owed"], one["due"], one["next"]) for one in found["followups"]] == [
        ([6], False, "2026-07-03", "dictate plan --done 6"),  # named in the note, and over
        ([7], True, None, "dictate plan --done 7"),
    ]
    assert [(one["note_id"], one["overdue"]) for one in found["plans"]] == [(4, True), (5, False)]
    (outcome,) = found["outcomes"]
    assert (outcome["days"], outcome["note_ids"], outcome["next"]) == (15, [6, 7], "dictate outcome 1 OUTCOME")
    store.decide({7: Decision("done"), 6: Decision("dropped")})
    store.set_outcome(1, "rejected")
    after = status(store, day(17))
    assert after["letters"] == after["followups"] == after["outcomes"] == []


def test_a_letter_sent_to_nobody_by_name_went_to_all(store: Store) -> None:
    store.add(debrief(ORCHARD, held_at=day(1), interviewers=("Ann",)))
    store.mark_sent(1, [""])
    assert status(store, day(20))["letters"] == []


def test_an_interview_of_unknown_day_is_never_late(store: Store) -> None:
    store.add(debrief(ORCHARD))
    found = status(store, day(1) + timedelta(days=4000))
    assert found["letters"] == found["outcomes"] == []


def test_the_day_of_the_recording_counts_where_the_interview_has_none(store: Store) -> None:
    store.add(debrief(ORCHARD, recorded_at=day(1)))
    assert status(store, day(2))["letters"][0]["days"] == 1


def test_two_interviews_are_no_pattern_and_three_are(store: Store) -> None:
    asked = ["Tom asked about my weaknesses.", "They asked me for a weakness, again.", "Why Kafka?"]
    for number, question in enumerate(asked, start=1):
        store.add(debrief(f"[Q1!] {question}\n[Q2] About {number}.", held_at=day(number)))
        if number == 2:
            assert status(store, day(9))["difficult"] == {
                "interviews": 2, "enough": False, "difficult": 2, "questions": [],
            }  # fmt: skip
    found = status(store, day(9))["difficult"]
    assert (found["interviews"], found["enough"], found["difficult"]) == (3, True, 3)
    assert [one["times"] for one in found["questions"]] == [2]
    store.add(debrief("[Q1!] What is my weakness?", held_at=day(4)))
    (trouble,) = status(store, day(9))["difficult"]["questions"]
    assert (trouble["times"], trouble["interview_ids"], trouble["note_ids"]) == (3, [4, 2, 1], [7, 3, 1])
    assert trouble["next"] == f"dictate review {trouble['family']}"


def test_the_difficult_question_of_the_status_is_that_of_the_review(store: Store) -> None:
    for number, words in enumerate(
        ("Tell me about yourself.", "Introduce yourself.", "Walk me through your background.")
    ):
        store.add(debrief(f"[Q1!] {words}", held_at=day(number + 1)))
    (first,) = review(store)["questions"]
    (trouble,) = status(store, day(9))["difficult"]["questions"]
    assert (trouble["family"], trouble["text"], trouble["times"]) == (first["family"], first["name"], 3)
    store.add(debrief("[Q1!] Why Kafka, of all things?", held_at=day(5)))
    store.add(debrief("[Q1!] What would you do about the damp in the cellar?", held_at=day(6)))
    kafka, damp = (next(one.id for one in families(store) if one.questions[0]["note_id"] == note) for note in (4, 5))
    merge(store, kafka, damp)
    assert [one["family"] for one in status(store, day(9))["difficult"]["questions"]] == [first["family"], kafka]


def test_an_empty_store(store: Store) -> None:
    assert status(store, day(1)) == nothing()
    assert plan(store, history=True) == []


def test_only_what_can_be_planned(store: Store) -> None:
    store.add(debrief(ORCHARD))
    with pytest.raises(InputError, match=r"note 1 is of kind question: .* `dictate relabel 1 plan` makes it one"):
        store.decide({4: Decision("done"), 1: Decision("done")})
    with pytest.raises(NotFoundError, match="no note 99"):
        store.decide({4: Decision("done"), 99: Decision("done")})
    assert [one["state"] for one in plan(store, history=True)] == ["open", "open"]
