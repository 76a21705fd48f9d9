from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlite_utils import Database
from telling import NORTHWIND, day, debrief, segmented, transcribed
from test_store_schema import fill, made_until

from dictate.errors import InputError, NotFoundError
from dictate.store import Decision, Store

CONCERN, PLAN = 6, 10  # notes of NORTHWIND


@pytest.fixture
def told(store: Store) -> Store:
    store.add(debrief(NORTHWIND, held_at=day(1), interviewers=("Sarah",)))
    return store


def test_what_is_decided_is_kept(told: Store, database: Path) -> None:
    (found,) = told.decide({PLAN: Decision("done", date(2026, 7, 9))})
    assert (found["id"], found["state"], found["due"], found["company"]) == (PLAN, "done", "2026-07-09", "Northwind")
    assert found["done_at"]
    (again,) = told.decide({PLAN: Decision("done")})
    assert again == found
    with Store.open(database, read_only=True) as store:
        assert store.decided(("plan",)) == [found]
        assert [note["state"] for note in store.decided(("plan", "concern"))] == ["open", "done"]
    (dropped,) = told.decide({PLAN: Decision("dropped")})
    assert dropped["state"] == "dropped"
    (reopened,) = told.decide({PLAN: Decision("open")})
    assert (reopened["state"], reopened["due"], reopened["done_at"]) == ("open", "2026-07-09", None)


def test_a_concern_takes_a_line_and_nothing_else_does(told: Store) -> None:
    (found,) = told.decide({CONCERN: Decision(line="  learn to breathe ")})
    assert (found["line"], found["state"]) == ("learn to breathe", "open")
    (done,) = told.decide({CONCERN: Decision("done")})
    assert done["line"] == "learn to breathe"
    (emptied,) = told.decide({CONCERN: Decision(line="")})
    assert emptied["line"] is None
    with pytest.raises(InputError, match="note 10 is a plan: only a concern takes a line"):
        told.decide({CONCERN: Decision("open"), PLAN: Decision(line="again")})
    assert told.decided(("concern",))[0]["state"] == "done"


@pytest.mark.parametrize("rows", [False, True], ids=["empty", "with rows"])
def test_decisions_come_to_an_older_database(database: Path, rows: bool) -> None:
    with made_until(database, "m004_decisions") as db:
        assert not {"plans", "letters"} & set(db.table_names())
        if rows:
            fill(db)
            db.execute("update notes set kind = 'plan', number = null, difficult = null")
            db.conn.commit()
    with Store.open(database) as store:
        assert [(note["id"], note["state"]) for note in store.decided(("plan",))] == ([(1, "open")] if rows else [])
        if rows:
            store.decide({1: Decision("done")})
            store.mark_sent(1, [""])
            assert store.interview_states()[0]["letters"][0]["sent_at"]
        assert store.verify() == []
    with Database(database) as db:
        assert (db["plans"].count, db["letters"].count, db["notes"].count) == (rows, rows, rows)


def test_decisions_go_with_what_they_are_about(told: Store, database: Path) -> None:
    told.decide({PLAN: Decision("done")})
    told.reword_letter(1, "Sarah", "Dear Sarah")
    told.delete(1)
    with Database(database) as db:
        assert (db["plans"].count, db["letters"].count) == (0, 0)


def test_a_note_that_is_decided_about_stays_when_its_recording_is_segmented_anew(told: Store) -> None:
    told.decide({PLAN: Decision("done")})
    text = told.transcript(1).text
    told.replace_segmentation(1, segmented("[X] " + text))
    (plan,) = told.decided(("plan",))
    assert (plan["id"], plan["state"], plan["text"], plan["edited"]) == (
        PLAN, "done", "Next time I will practise drawing.", False,
    )  # fmt: skip
    assert told.decided(("concern",)) == []
    better = segmented("[X] " + text.replace("I will practise", "I'll practise"))
    told.replace_transcript(1, transcribed(better.text), better)
    (plan,) = told.decided(("plan",))
    assert (plan["id"], plan["state"], plan["text"]) == (PLAN, "done", "Next time I'll practise drawing.")


def test_letters_come_along_when_interviews_are_merged(told: Store) -> None:
    told.add(debrief("[U] She will ring.", interviewers=("Tom",)))
    told.mark_sent(2, ["Tom", "Sarah"])
    told.reword_letter(1, "Sarah", "Dear Sarah")
    told.merge(1, 2)
    letters = {letter["recipient"]: letter for letter in told.letters(1)}
    assert set(letters) == {"Sarah", "Tom"}
    assert (letters["Sarah"]["text"], letters["Sarah"]["sent_at"]) == ("Dear Sarah", None)
    assert letters["Tom"]["sent_at"]


def test_the_state_of_an_interview(told: Store) -> None:
    told.add(debrief("[U] She will ring.", held_at=None, recorded_at=day(3)))
    told.add(debrief("[U] He will ring."))
    unknown, recorded, held = told.interview_states()  # without any day, the day of the import counts: it is the newest
    assert (unknown["id"], unknown["happened_at"]) == (3, None)
    assert (recorded["id"], recorded["happened_at"]) == (2, "2026-07-03T12:00:00+00:00")
    assert held["told"] == {"learned": [8], "omission": [9], "followup": []}
    assert held["interviewers"] == ["Sarah"]
    assert told.set_outcome(1, "offer")["outcome"] == "offer"
    assert told.interview_states()[2]["outcome"] == "offer"


def test_what_is_not_there_cannot_be_decided_about(told: Store, database: Path) -> None:
    with pytest.raises(NotFoundError, match="no interview 9"):
        told.mark_sent(9, [""])
    with pytest.raises(NotFoundError, match="no interview 9"):
        told.set_outcome(9, "offer")
    with pytest.raises(InputError, match="no outcome 'hired': one of waiting, advanced, offer, rejected, withdrawn"):
        told.set_outcome(1, "hired")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="note 1 is of kind context"):
        told.decide({CONCERN: Decision("done"), 1: Decision("done")})
    with Database(database) as db:
        assert (db["plans"].count, db["letters"].count) == (0, 0)
