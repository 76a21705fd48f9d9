"""Families of questions in a real database, read by the shipped encoder."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dictate.errors import InputError, NotFoundError
from dictate.review.families import Family, families, group_texts, merge, split
from dictate.store import Store
from tests.store.telling import debrief

FIRST = """
    [Q1!] So she began with why are you leaving your job.
    [A1] I said the commute was too long.
    [Q2] Then what are your weaknesses?
    [A2] I said I interrupt people.
    [Q1] She came back to why I am leaving.
"""
SECOND = """
    [Q1] They asked why I want to leave my job.
    [A1] I said I had learnt what there is to learn.
    [Q2!] What is my greatest weakness?
    [Q3] How would you get a peacock off a roof?
"""


def day(n: int) -> datetime:
    return datetime(2026, 3, n, tzinfo=UTC)


@pytest.fixture
def told(store: Store) -> Store:
    store.add(debrief(FIRST, held_at=day(1), recorded_at=day(1)))
    store.add(debrief(SECOND, company="Brightwhistle", held_at=day(2), recorded_at=day(2)))
    return store


def texts(family: Family) -> list[str]:
    return [question["text"] for question in family.questions]


def by_id(store: Store) -> dict[int, list[int]]:
    return {family.id: [question["note_id"] for question in family.questions] for family in families(store)}


def test_a_question_in_other_words_is_one_family_and_a_loner_is_alone(told: Store) -> None:
    leaving, weakness, peacock = families(told)
    assert texts(leaving) == [
        "They asked why I want to leave my job.",
        "So she began with why are you leaving your job.",
    ]
    assert (len(weakness.questions), weakness.difficult) == (2, 1)
    assert texts(peacock) == ["How would you get a peacock off a roof?"]
    assert leaving.name in ("Why I want to leave my job", "Why are you leaving your job")
    assert [answer["text"] for answer in weakness.questions[1]["answers"]] == ["I said I interrupt people."]


def test_what_was_found_is_kept_and_stays_whatever_comes(told: Store, database: Path) -> None:
    before = by_id(told)
    told.add(debrief("[Q1] Why did I want to leave?\n[Q2] Can you drive a tram?", company="Third", recorded_at=day(3)))
    after = by_id(told)
    assert set(before) < set(after)
    assert all(set(notes) <= set(after[family]) for family, notes in before.items())
    assert sum(map(len, after.values())) == 7
    with Store.open(database, read_only=True) as again:
        assert by_id(again) == after


def test_a_store_that_cannot_be_written_is_grouped_all_the_same(told: Store, database: Path) -> None:
    with Store.open(database, read_only=True) as readable:
        assert [len(family.questions) for family in families(readable)] == [2, 2, 1]
    assert told.shown_families() == ({}, {})


def test_some_questions_alone(told: Store) -> None:
    assert [texts(family) for family in families(told, company="bright", difficult=True)] == [
        ["What is my greatest weakness?"]
    ]
    assert families(told, company="nobody") == []


def test_the_user_outranks_the_machine(told: Store) -> None:
    leaving, weakness, peacock = by_id(told)
    merge(told, weakness, peacock)
    moved = by_id(told)[leaving][0]
    new = split(told, moved)
    shown = by_id(told)
    assert set(shown) == {leaving, weakness, new}
    assert (len(shown[weakness]), shown[new]) == (3, [moved])
    told.edit(moved, "Why I want to leave my job, again.")
    told.add(debrief("[Q1] How do you get a peacock down from a roof?", company="Third", recorded_at=day(3)))
    shown = by_id(told)
    assert shown[new] == [moved]
    assert len(shown[weakness]) == 4  # what went into it attracts its like
    merge(told, new, weakness)
    assert len(by_id(told)[new]) == 5


def test_new_words_make_a_new_question(told: Store) -> None:
    before = by_id(told)
    leaving, weakness, _ = before
    told.edit(before[leaving][0], "What is your biggest weakness?")
    assert before[leaving][0] in by_id(told)[weakness]


def test_a_deleted_interview_leaves_no_word_behind(told: Store) -> None:
    assert len(families(told)) == 3
    told.delete(2)
    assert [family.name for family in families(told)] == ["Why are you leaving your job", "What are your weaknesses?"]


def test_what_is_split_off_outlives_a_new_segmentation(told: Store) -> None:
    families(told)
    note = told.questions()[0]["note_id"]
    new = split(told, note)
    told.replace_segmentation(2, debrief(SECOND).segmentation)
    assert by_id(told)[new] == [note]


def test_corrections_that_make_no_sense(told: Store) -> None:
    leaving, *_ = by_id(told)
    with pytest.raises(NotFoundError, match="no family 99"):
        merge(told, leaving, 99)
    with pytest.raises(InputError, match="cannot go into itself"):
        merge(told, leaving, leaving)
    answer = next(note["id"] for note in told.show(1)["notes"] if note["kind"] == "answer")
    with pytest.raises(InputError, match=f"note {answer} is in no family"):
        split(told, answer)
    with pytest.raises(NotFoundError, match="no note 999"):
        split(told, 999)


def test_an_empty_database_has_no_families(store: Store) -> None:
    assert families(store) == []


def test_lines_are_grouped_without_a_database() -> None:
    assert group_texts([]) == []
    lines = ["Why are you leaving?", "Can you whistle?", "why do I want to leave", "Why are you leaving?"]
    assert group_texts(lines) == [1, 2, 1, 1]
