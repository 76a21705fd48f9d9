from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from dictate.errors import InputError, NotFoundError
from dictate.records import Segmentation
from dictate.review.overview import one_question, review
from dictate.review.preparation import page, remember
from dictate.review.telling import question_of
from dictate.store import Decision, Store
from tests.review.searching import LEAVING, SEARCH, WEAKNESS, YOURSELF, family, fill
from tests.store.telling import day, debrief, segmented

SILENT = "[F] I was glad.\n[C] My shoes were dirty.\n[S] She laughed."


def note_ids(value: Any) -> set[int]:
    """Every note id in a nested value."""
    if isinstance(value, dict):
        own = {value["note_id"]} if isinstance(value.get("note_id"), int) else set()
        return own | set(value.get("note_ids", ())) | {i for one in value.values() for i in note_ids(one)}
    return {i for one in value for i in note_ids(one)} if isinstance(value, list) else set()


def test_the_question_that_goes_wrong_comes_first(search: Store) -> None:
    found = review(search)
    assert found["says"] == "4 interviews with notes, 4 with questions; 1 advanced, 2 rejected, 1 without an outcome"
    first, second = found["questions"]
    assert (first["family"], first["interviews"], first["difficult"]) == (family(search, WEAKNESS[0]), 3, 3)
    assert first["says"] == "came in 3 of 4 interviews, difficult in 3; of those interviews: 1 advanced, 2 rejected"
    assert [(one["day"], one["outcome"], one["answers"][0]["note_id"]) for one in first["given"]] == [
        ("2026-07-01", "rejected", 3), ("2026-07-03", "rejected", 16), ("2026-07-08", "advanced", 27),
    ]  # fmt: skip
    assert (second["interviews"], second["difficult"]) == (3, 0)
    assert second["outcomes"] == {"advanced": 1, "rejected": 1}
    assert second["says"].endswith("1 advanced, 1 rejected, 1 without an outcome")
    assert note_ids(found) <= set(range(1, 41))


def test_how_it_felt_against_what_became_of_it(search: Store) -> None:
    moods = review(search)["moods"]
    assert [(one["felt"], one["interviews"], one["outcomes"], one["note_ids"]) for one in moods["felt"]] == [
        ("good", 2, {"advanced": 1}, [32, 37]),
        ("bad", 2, {"rejected": 2}, [11, 18]),
    ]
    assert [(one["day"], one["rating"], one["note_id"]) for one in moods["ratings"]] == [
        ("2026-07-01", 4, 11), ("2026-07-03", 3, 18), ("2026-07-08", 7, 32), ("2026-07-10", 8, 37),
    ]  # fmt: skip
    assert [(one["outcome"], one["mean"]) for one in moods["rated"]] == [
        ("advanced", 7.0), ("rejected", 3.5), ("unknown", 8.0),
    ]  # fmt: skip
    assert [(one["month"], one["good"], one["bad"]) for one in moods["months"]] == [("2026-07", 2, 2)]


def test_what_comes_back(search: Store) -> None:
    found = review(search)
    assert [(one["name"], one["note_ids"]) for one in found["concerns"]] == [
        ("going blank", [4, 17]), ("lateness and the way there", [17, 28]),
    ]  # fmt: skip
    assert [(one["name"], one["interview_ids"]) for one in found["strengths"]] == [
        ("they nodded or wrote it down", [1, 3, 4]), ("they laughed or smiled", [3, 4]),
    ]  # fmt: skip


def test_how_it_was_spoken_is_counted_from_words_with_times(search: Store) -> None:
    spoken = {(one["kind"], one["family"]): one for one in review(search)["spoken"]}
    hard, other = spoken["difficult", None], spoken["other", None]
    assert hard["note_ids"] == [2, 3, 15, 16, 26, 27]
    texts = [note["text"] for one in search.show_all() for note in one["notes"] if note["id"] in hard["note_ids"]]
    assert hard["words"] == sum(len(text.split()) for text in texts)
    assert hard["fillers"] == 3  # "Um," "like," "uh,"
    assert other["fillers"] == 0
    assert 150 < hard["pace_wpm"] < 250  # the words are 60 ms a character
    assert hard["pauses"] == 0


def test_a_debrief_that_was_written_has_no_pace(store: Store) -> None:
    from dataclasses import replace

    for number in (1, 2, 3):
        told = debrief(
            f"[Q1!] Why Kafka {number}?\n[A1] " + "Because it is there, um, really. " * 9, held_at=day(number)
        )
        store.add(replace(told, recording=replace(told.recording, duration_s=None)))
    assert review(store)["spoken"] == []


def test_fewer_than_three_are_too_little(store: Store) -> None:
    fill(store, SEARCH[:2])
    found = review(store)
    assert (found["enough"], found["questions"], found["concerns"]) == (False, [], [])
    assert found["says"] == "too little to go on: 2 interviews with notes, three are the least"
    fill(store, SEARCH[2:3])
    assert review(store)["enough"]
    assert not review(store, company="orchard")["enough"]
    assert not review(store, since=day(3, 1))["enough"]


def test_interviews_without_questions_or_notes(store: Store) -> None:
    for number in (1, 2, 3, 4):
        store.add(debrief(SILENT, company=f"Company {number}", held_at=day(number)))
    store.replace_segmentation(4, Segmentation(segmented(SILENT).text, ()))
    found = review(store)
    assert found["base"] | {"outcomes": {}} == {
        "interviews": 4, "with_notes": 3, "with_questions": 0, "questions": 0, "outcomes": {},
    }  # fmt: skip
    assert found["questions"] == found["spoken"] == []
    assert found["concerns"][0]["name"] == "clothes"
    assert page(store)["questions"] == []


def test_one_question_by_its_family_or_a_note(search: Store) -> None:
    by_family = one_question(search, family(search, LEAVING[0]), is_note=False)
    assert by_family is not None
    assert [one["note_id"] for one in by_family["given"]] == [*LEAVING]
    assert one_question(search, 20, is_note=True) == by_family  # the answer's note
    assert one_question(search, 999, is_note=False) is None
    assert one_question(search, 4, is_note=True) is None  # a concern


def test_a_store_that_is_read_only_is_grouped_all_the_same(store: Store, database: Path) -> None:
    for number in (1, 2, 3):
        store.add(debrief(f"[Q1!] What is your greatest weakness?\n[A1] Number {number}.", held_at=day(number)))
    with Store.open(database, read_only=True) as closed:
        (found,) = review(closed)["questions"]
    assert (found["interviews"], found["note_ids"]) == (3, [1, 2, 3, 4, 5, 6])
    assert store.shown_families() == ({}, {})


def test_what_was_prepared_against_what_was_asked(search: Store) -> None:
    made = page(search, company="kestrel")
    remember(search, made)
    remember(search, page(search, company="kestrel"))  # the page again: nothing was asked meanwhile
    assert len(search.preparations()) == 1
    assert len(made["questions"]) == 2
    held = datetime.now(UTC) + timedelta(days=1)
    told = "[Q1] Why Kestrel, of all of them?\n[Q2] What is your greatest weakness?"
    search.add(debrief(told, company="Kestrel", role="analyst", held_at=held))
    found = review(search)["prepared"]
    (compared,) = found["comparisons"]
    assert (compared["interview_id"], compared["recall"], compared["precision"]) == (5, 0.5, 0.5)
    assert [one["family"] for one in compared["asked"]] == [family(search, WEAKNESS[0])]
    assert [one["note_id"] for one in compared["unexpected"]] == [41]
    assert [one["family"] for one in found["never_asked"]] == [family(search, YOURSELF[0])]
    remember(search, page(search))
    again = review(search)["prepared"]
    assert again["comparisons"][0] == compared
    assert again["comparisons"][1]["says"] == "no interview since: 2 questions were expected"


def test_an_interview_closes_all_preparations_for_it(search: Store) -> None:
    remember(search, page(search))
    remember(search, page(search, company="kestrel"))
    told = "[Q1] What is your greatest weakness?"
    search.add(debrief(told, company="Kestrel", role="analyst", held_at=datetime.now(UTC) + timedelta(days=1)))
    general, ours = review(search)["prepared"]["comparisons"]
    assert (general["interview_id"], general["replaced"]) == (None, True)
    assert general["says"] == "replaced by another preparation: 2 questions were expected"
    assert (ours["interview_id"], ours["replaced"]) == (5, False)
    assert ours["says"].startswith("interview 5: 1 question asked, 1 of them expected;")


@pytest.mark.parametrize("hours", [-7, 0, 11])
def test_the_day_is_the_one_that_was_written(store: Store, hours: int) -> None:
    """An evening west of Greenwich, and a morning east of it, are another day in UTC."""
    written = datetime(2026, 3, 31, 18 if hours < 0 else 6, tzinfo=timezone(timedelta(hours=hours)))
    for number in range(3):
        held = written + timedelta(days=40 * number)
        store.add(debrief(f"[Q1!] Greatest weakness?\n[F] I was glad, {number}.", held_at=held))
    found = review(store)
    assert [one["day"] for one in found["questions"][0]["given"]] == ["2026-03-31", "2026-05-10", "2026-06-19"]
    assert [one["month"] for one in found["moods"]["months"]] == ["2026-03", "2026-05", "2026-06"]
    assert [one.day for one in store.told_since(0)] == ["2026-03-31", "2026-05-10", "2026-06-19"]


def test_one_question_of_some_interviews(search: Store) -> None:
    weakness = family(search, WEAKNESS[0])
    found = one_question(search, weakness, is_note=False, company="north")
    assert found is not None
    assert {one["company"] for one in found["given"]} == {"Northwind"}
    assert one_question(search, weakness, is_note=False, since=day(20)) is None


def test_an_interview_of_before_is_not_what_was_prepared_for(search: Store) -> None:
    remember(search, page(search))
    search.add(debrief("[Q1] What is your greatest weakness?", held_at=day(20)))  # an old memo, imported now
    assert review(search)["prepared"]["comparisons"][0]["interview_id"] is None


def test_whether_a_revised_question_is_difficult_still(search: Store) -> None:
    search.revise(26, "I plan the week with my lead.")
    (before,) = review(search)["revised"]
    assert before["says"].endswith("never practised; has not come since")
    held = datetime.now(UTC) + timedelta(days=1)
    search.add(debrief("[Q1!] What is your greatest weakness?\n[A1] Er.", company="Kestrel", held_at=held))
    (after,) = review(search)["revised"]
    assert [(one["interview_id"], one["difficult"]) for one in after["since"]] == [(5, True)]
    assert after["says"].endswith("came in 1 interview since, difficult in 1")
    assert after["note_ids"] == [41]


def test_what_was_revised_outlives_its_interview(search: Store) -> None:
    search.revise(19, "For the learning.")
    search.delete(2)
    (kept,) = search.revisions()
    assert (kept.note_id, kept.question, kept.text) == (
        None,
        SEARCH[1][5].split("[Q2] ")[1].splitlines()[0],
        "For the learning.",
    )
    (found,) = review(search)["revised"]
    assert (found["family"], found["name"]) == (None, question_of(kept.question))


def test_a_revised_question_stays_when_it_is_heard_again(search: Store) -> None:
    search.revise(2, "I plan the week.")
    recording = search.show(1)["recordings"][0]
    search.replace_segmentation(
        1, Segmentation(recording["transcript"], segmented("[N] " + recording["transcript"]).spans)
    )
    assert search.note(2)["kind"] == "question"
    assert search.revisions()[0].note_id == 2


def test_only_a_question_is_revised(search: Store) -> None:
    with pytest.raises(InputError, match="note 4 is of kind concern, no question"):
        search.revise(4, "No.")
    with pytest.raises(InputError, match="an empty answer is not kept"):
        search.revise(2, " \n")
    with pytest.raises(NotFoundError):
        search.revise(99, "No.")
    assert search.revisions() == []


def test_the_page_for_the_next_interview(search: Store) -> None:
    search.decide({13: Decision(due=day(20).date()), 21: Decision("done")})
    search.revise(2, "I plan the week with my lead.")
    made = page(search, company="north", role="data")
    assert (made["plan"][0]["note_id"], made["plan"][0]["due"]) == (13, "2026-07-20")
    assert 21 not in note_ids(made["plan"])
    weakness, yourself, leaving = made["questions"]
    assert weakness["reasons"] == [
        "asked here in 2 interviews", "asked for this role in 3 interviews", "asked in 3 of 4 interviews",
        "difficult in 3",
    ]  # fmt: skip
    assert weakness["best"] is not None
    assert (weakness["best"]["source"], weakness["best"]["text"]) == ("revised", "I plan the week with my lead.")
    assert yourself["best"] is not None
    assert (yourself["best"]["note_ids"], yourself["best"]["outcome"]) == ([24], "advanced")
    assert leaving["reasons"] == ["asked for this role in 1 interview"]
    assert [one["note_id"] for one in made["unsaid"]] == [12, 38]
    assert [one["note_id"] for one in made["learned"]] == [29, 10, 9]
    assert [one["note_id"] for one in made["asks"]] == [39]
    assert 4 in note_ids(made["practical"])
    assert made["strengths"][0]["name"] == "they nodded or wrote it down"


def test_a_difficult_question_has_no_best_answer_until_one_is_revised(search: Store) -> None:
    assert page(search)["questions"][0]["best"] is None


def test_an_employers_ledger(search: Store) -> None:
    (ledger,) = page(search, company="northwind")["ledger"]
    assert [(one["interview_id"], one["interviewers"]) for one in ledger["rounds"]] == [
        (1, ["Sarah Lind"]),
        (3, ["Tom"]),
    ]
    sarah, tom = ledger["people"]
    assert [one["note_id"] for one in sarah["stressed"]] == [10]
    assert [(one["note_id"], one["by_whom"], one["by"]) for one in sarah["promised"]] == [(14, "them", "2026-07-03")]
    assert [one["note_id"] for one in tom["avoided"]] == [31]
    assert [(one["note_id"], one["by_whom"], one["by"]) for one in tom["promised"]] == [(33, "you", None)]
    assert [one["note_id"] for one in (*sarah["pay"], *tom["pay"])] == [10, 29]
    assert [one["note_id"] for one in ledger["unanswered"]] == [30]
    (differ,) = ledger["disagree"]
    assert (differ["about"], [(one["note_id"], one["value"]) for one in differ["figures"]]) == (
        "pay", [(10, 42_000), (29, 38_000)],
    )  # fmt: skip


def test_a_company_that_is_not_known_yet(search: Store) -> None:
    made = page(search, company="Acme")
    assert (made["ledger"], made["learned"]) == ([], [])
    assert made["questions"][0]["reasons"] == ["asked in 3 of 4 interviews", "difficult in 3"]


def test_five_thousand_notes_in_one_interview(store: Store) -> None:
    told = [f"[Q{n}!] Question {n}, what of it?\n[A{n}] My answer {n}." for n in range(1, 101)]
    told += [f"[C] I was late, {n}.\n[S] They laughed at {n}." for n in range(2400)]
    store.add(debrief("\n".join(told), company="<b>Big</b>", held_at=day(1)))
    for number in (2, 3):
        store.add(debrief(SILENT, company=f"Company {number}", held_at=day(number)))
    found = review(store)
    assert found["base"]["questions"] == 100
    assert found["questions"] == []  # one interview is no pattern, whatever it holds
    assert page(store, company="<b>big")["ledger"][0]["company"] == "<b>Big</b>"
