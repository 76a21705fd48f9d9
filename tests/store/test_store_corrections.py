from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telling import NORTHWIND, debrief, segmented, transcribed

from dictate.errors import InputError
from dictate.records import KINDS, Kind, Transcript
from dictate.store import NoteShown, Store

# The same words as NORTHWIND from a segmenter that cuts and numbers otherwise: a question more before the others.
RESEGMENTED = """
    [Q1] So that was Northwind, the data engineer job, with Sarah and Tom.
    [Q2] Sarah began with why I am leaving.
    [A2] I said the team was cut in half. Then Tom
    [Q3] wanted a pipeline drawn for late events. I drew two boxes
    [C] and forgot watermarks. I went blank for a whole minute.
    [K1] I asked how they do on call. It is one week in six.
    [N] I never mentioned the résumé project with Kafka. Next time I will practise drawing.
"""
# What a better model hears.
BETTER = """
    [X] So, that was NorthWind, the data engineer job, with Sarah and Tom.
    [Q1] Sarah began with: why am I leaving?
    [A1] I said the team was cut in half.
    [Q2] Then Tom wanted a pipe line drawn for late events.
    [A2] I drew two boxes, and forgot the watermarks.
    [C] I went blank for a whole minute.
    [K1] I asked how they do on-call.
    [L1] It's one week in six.
    [O] I never mentioned the résumé project, with Apache Kafka.
    [P] Next time I'll practise drawing.
"""


@pytest.fixture
def told(store: Store) -> Store:
    store.add(debrief(NORTHWIND))
    return store


def label(note: NoteShown) -> tuple[str, int | None, bool | None]:
    return note["kind"], note["number"], note["difficult"]


def at(store: Store, beginning: str) -> NoteShown:
    return next(note for note in store.show(1)["notes"] if note["text"].startswith(beginning))


def test_edit_and_undo(told: Store) -> None:
    found = told.note(6)
    edited = told.edit(6, "  I went blank,\n for two minutes. ")
    assert edited == {**found, "text": "I went blank, for two minutes.", "edited": True}
    assert told.edit(6, "Three minutes.")["text"] == "Three minutes."
    assert told.undo(6)["text"] == "I went blank, for two minutes."
    assert told.undo(6) == found
    with pytest.raises(InputError, match=r"^note 6 is as it was found: there is nothing to undo$"):
        told.undo(6)


def test_an_edit_needs_words_and_one_that_changes_nothing_is_none(told: Store) -> None:
    with pytest.raises(InputError, match="note 6 needs words: to set it aside, use `dictate relabel 6 aside`"):
        told.edit(6, " \n ")
    assert told.edit(6, "I went blank for a whole minute.")["edited"] is False


def test_relabel_finds_numbers(told: Store) -> None:
    assert label(told.relabel(6, "answer")) == ("answer", 2, None)
    assert label(told.relabel(10, "question")) == ("question", 3, False)
    assert label(told.relabel(9, "ask")) == ("ask", 2, None)
    assert label(told.relabel(8, "feeling")) == ("feeling", None, None)
    assert label(told.relabel(8, "learned", number=1)) == ("learned", 1, None)
    assert told.note(8)["confidence"] is None
    assert label(told.undo(8)) == ("feeling", None, None)
    assert label(told.undo(8)) == ("learned", 1, None)
    assert told.note(8)["confidence"] == 0.9


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"kind": "worry"}, "no kind 'worry': one of question, answer"),
        ({"kind": "feeling", "number": 2}, "a note of kind feeling has no number"),
        ({"kind": "answer", "number": 0}, "no number 0: questions and asks are counted from 1"),
        ({"kind": "answer", "difficult": True}, "a note of kind answer is not difficult or easy"),
    ],
)
def test_labels_that_make_no_sense(told: Store, asked: dict[str, Any], message: str) -> None:
    before = told.show(1)
    with pytest.raises(InputError, match=message):
        told.relabel(2, **asked)
    assert told.show(1) == before


def test_every_mention_of_a_question_is_as_difficult_and_undone_with_it(told: Store) -> None:
    before = told.show(1)
    told.relabel(6, "question", number=2)
    assert label(told.note(6)) == ("question", 2, True)  # as its first mention
    told.relabel(6, "question", difficult=False)
    assert label(told.note(4)) == ("question", 2, False)
    assert [q["difficult"] for q in told.questions()] == [False, False]
    told.undo(6)
    assert (label(told.note(4)), label(told.note(6))) == (("question", 2, True), ("question", 2, True))
    told.undo(6)
    assert told.show(1) == before


def test_a_new_segmentation_keeps_what_the_user_said(told: Store) -> None:
    told.relabel(6, "feeling")  # I went blank
    told.edit(9, "I never mentioned Kafka.")
    told.relabel(4, "question", difficult=False)
    told.replace_segmentation(1, segmented(RESEGMENTED))
    notes = told.show(1)["notes"]
    assert [(note["kind"], note["number"], note["text"]) for note in notes] == [
        ("question", 1, "So that was Northwind, the data engineer job, with Sarah and Tom."),
        ("question", 2, "Sarah began with why I am leaving."),
        ("answer", 2, "I said the team was cut in half."),
        ("question", 3, "Then Tom wanted a pipeline drawn for late events."),
        ("question", 3, "I drew two boxes"),
        ("concern", None, "and forgot watermarks."),
        ("feeling", None, "I went blank for a whole minute."),
        ("ask", 1, "I asked how they do on call. It is one week in six."),
        ("omission", None, "I never mentioned Kafka."),
        ("aside", None, "Next time I will practise drawing."),
    ]
    assert [note["id"] for note in notes if note["edited"]] == [4, 6, 9]
    assert [note["difficult"] for note in notes if note["number"] == 3] == [False, False]
    assert told.verify() == []
    assert (told.undo(6)["kind"], told.undo(4)["difficult"]) == ("concern", True)
    assert told.undo(9)["text"] == "I never mentioned the résumé project with Kafka."
    assert told.note(4)["number"] == 3  # what is brought back is numbered as the rest is now


def test_the_same_segmentation_again_changes_nothing(told: Store) -> None:
    told.relabel(6, "feeling")
    told.edit(2, "Why I leave.")
    before = told.show(1)
    assert told.replace_segmentation(1, segmented(NORTHWIND)) == 10
    assert told.show(1) == before  # ids too


def test_a_better_transcript_keeps_what_the_user_said(told: Store) -> None:
    told.relabel(6, "feeling")
    told.relabel(8, "aside")
    told.edit(9, "I never mentioned Kafka.")
    better = segmented(BETTER)
    told.replace_transcript(1, transcribed(better.text, model="large", late_s=0.3), better)
    shown = told.show(1)
    assert shown["recordings"][0]["transcript"] == better.text
    notes = {note["id"]: note for note in shown["notes"]}
    assert len(notes) == 10
    assert (notes[6]["kind"], notes[6]["text"]) == ("feeling", "I went blank for a whole minute.")
    assert (notes[8]["kind"], notes[8]["text"]) == ("aside", "It's one week in six.")
    assert (notes[9]["kind"], notes[9]["text"]) == ("omission", "I never mentioned Kafka.")
    assert [label(note)[:2] for note in shown["notes"][1:5]] == [
        ("question", 1),
        ("answer", 1),
        ("question", 2),
        ("answer", 2),
    ]
    assert told.undo(9)["text"] == "I never mentioned the résumé project, with Apache Kafka."
    assert (told.undo(8)["kind"], told.note(8)["number"]) == ("learned", 1)
    assert [row["model"] for row in told._db["transcripts"].rows] == ["base", "large"]
    assert told.search('"Apache Kafka"')
    assert told.search('"leaving I said"', kind="answer")
    assert told.search('"why I am leaving I said"') == []  # of the older transcript


def test_words_that_nobody_hears_any_more_stay_the_users(told: Store) -> None:
    before = told.relabel(6, "feeling")
    told.edit(10, "Practise.")
    silent = Transcript((), None, 60.0, "faster-whisper", "large")
    told.replace_transcript(1, silent, segmented(""))
    notes = told.show(1)["notes"]
    assert [(note["kind"], note["text"], note["start_s"]) for note in notes] == [
        ("feeling", "I went blank for a whole minute.", before["start_s"]),  # it can still be played
        ("plan", "Practise.", told.note(10)["start_s"]),
    ]
    assert told.undo(6)["text"] == "I went blank for a whole minute."


def test_numbers_of_other_recordings_stay_true(told: Store) -> None:
    told.add(debrief("[Q1!] And money. [laughs]\n[A1] I named a figure."), interview_id=1)
    told.relabel(12, "answer", number=2)  # said of the pipeline, in the other recording
    told.replace_segmentation(1, segmented(RESEGMENTED))
    labels = [label(note)[:2] for note in told.show(1)["notes"] if note["recording_id"] == 2]
    assert labels == [("question", 4), ("answer", 3)]


def test_a_segmentation_of_another_text_is_refused(told: Store) -> None:
    told.edit(2, "Why I leave.")
    before = told.show(1)
    for replace in (
        lambda: told.replace_segmentation(1, segmented(BETTER)),
        lambda: told.replace_transcript(1, transcribed("Else."), segmented(BETTER)),
    ):
        with pytest.raises(ValueError, match="of another text"):
            replace()
    assert told.show(1) == before


ACTIONS = st.one_of(
    st.tuples(st.just("edit"), st.integers(1, 10), st.sampled_from(["Mine.", "Also mine, and longer."])),
    st.tuples(st.just("relabel"), st.integers(1, 10), st.sampled_from(KINDS)),
    st.tuples(st.just("undo"), st.integers(1, 10), st.none()),
    st.tuples(st.just("segment"), st.just(1), st.sampled_from([NORTHWIND, RESEGMENTED])),
    st.tuples(st.just("transcribe"), st.just(1), st.sampled_from([NORTHWIND, BETTER, "[F] Hm."])),
)


@given(st.lists(ACTIONS, max_size=12))
@settings(max_examples=25)
def test_any_corrections_in_any_order_leave_the_notes_whole(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, int, Any]]
) -> None:
    with Store.open(tmp_path_factory.mktemp("any") / "notes.db") as store:
        store.add(debrief(NORTHWIND))
        words: dict[int, str] = {}
        for action, id_, value in actions:
            _act(store, words, action, id_, value)
        assert store.verify() == []
        notes = {note["id"]: note for note in store.show(1)["notes"]}
        assert {id_: notes[id_]["text"] for id_ in words} == words  # what the user wrote is there to the letter
        numbers = {note["number"] for note in notes.values() if note["kind"] == "question"}
        assert None not in numbers


def _act(store: Store, words: dict[int, str], action: str, id_: int, value: Any) -> None:
    there = {note["id"] for note in store.show(1)["notes"]}
    if action == "segment":
        if segmented(value).text == store.transcript(1).text:
            store.replace_segmentation(1, segmented(value))
    elif action == "transcribe":
        heard = segmented(value)
        store.replace_transcript(1, transcribed(heard.text), heard)
    elif id_ in there:
        _correct(store, words, action, id_, value)


def _correct(store: Store, words: dict[int, str], action: str, id_: int, value: Any) -> None:
    if action == "edit":
        words[id_] = store.edit(id_, value)["text"]
    elif action == "relabel":
        kind: Kind = value
        assert store.relabel(id_, kind)["kind"] == kind
    else:
        undo: Callable[[int], NoteShown] = store.undo
        if store.note(id_)["edited"]:
            undo(id_)
            words.pop(id_, None)  # it may be the edit that is undone
