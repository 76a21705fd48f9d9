from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from telling import NORTHWIND, day, debrief

from dictate.errors import QueryError
from dictate.store import Store, searching

OTHER = """
    [X] Acme, a short one on the phone.
    [Q1] What do I know of pipelines, and "why" data?
    [A1] Kafka, Kafka and Kafka, don't ask me.
    [F] I feel fine, 100% fine.
"""


@pytest.fixture
def two(store: Store) -> Store:
    store.add(debrief(NORTHWIND, held_at=day(1)))
    store.add(debrief(OTHER, held_at=day(5), company="Acme"))
    return store


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("pipeline", ["Then Tom wanted a pipeline"]),
        ("PIPELINE*", ["Then Tom wanted a pipeline", "What do I know of pipelin"]),
        ("late pipeline", ["Then Tom wanted a pipeline"]),
        ('"late events"', ["Then Tom wanted a pipeline"]),
        ('"events late"', []),
        ('"late eve*"', ["Then Tom wanted a pipeline"]),
        ('"late events', ["Then Tom wanted a pipeline"]),
        ("resume", ["I never mentioned the résu"]),
        ("don’t", ["Kafka, Kafka and Kafka, do"]),
        ("kafka", ["Kafka, Kafka and Kafka, do", "I never mentioned the résu"]),
        ("fine AND", []),
        ("kafka 🙂 -- ;", ["Kafka, Kafka and Kafka, do", "I never mentioned the résu"]),
        ("100%", ["I feel fine, 100% fine."]),
        ('"why"', ["Sarah began with why I am ", "What do I know of pipelin"]),
    ],
)
def test_words_phrases_prefixes(two: Store, query: str, texts: list[str]) -> None:
    found = [note["text"][:26] for note in two.search(query)]
    assert sorted(found) == sorted(text[:26] for text in _full(two, texts))


def _full(store: Store, beginnings: list[str]) -> list[str]:
    notes = [note["text"] for id_ in (1, 2) for note in store.show(id_)["notes"]]
    return [next(text for text in notes if text.startswith(beginning)) for beginning in beginnings]


def test_the_best_match_first_with_what_matched(two: Store) -> None:
    first, second = two.search("kafka")
    assert (first["company"], first["interview_id"], first["held_at"]) == ("Acme", 2, day(5).isoformat())
    assert first["highlights"] == [(0, 5), (7, 12), (17, 22)]
    assert [second["text"][start:end] for start, end in second["highlights"]] == ["Kafka"]


def test_a_phrase_over_the_edge_of_two_notes(two: Store) -> None:
    found = two.search('"am leaving I said"')
    assert [note["id"] for note in found] == [2, 3]
    assert [note["text"][s:e] for note in found for s, e in note["highlights"]] == ["am leaving.", "I said"]
    assert [note["id"] for note in two.search('"am leaving I said"', kind="answer")] == [3]
    assert two.search('"am leaving I said"', company="acme") == []
    assert len(two.search('"am leaving I said"', limit=1)) == 1


def test_filters(two: Store) -> None:
    assert [note["id"] for note in two.search("kafka", kind="answer")] == [13]
    assert [note["id"] for note in two.search("kafka", kind=("answer", "omission"), company="NORTH")] == [9]
    assert [note["id"] for note in two.search("kafka", since=day(2))] == [13]
    assert [note["id"] for note in two.search("pipeline*", difficult=True)] == [4]
    assert [note["id"] for note in two.search("pipeline*", difficult=False)] == [12]
    assert len(two.search("kafka", limit=1)) == 1


def test_edits_are_found_and_what_they_replaced_is_not(two: Store) -> None:
    two.edit(13, "Redpanda, I said.")
    assert [note["id"] for note in two.search("redpanda")] == [13]
    assert [note["id"] for note in two.search("kafka")] == [9]
    two.undo(13)
    assert two.search("redpanda") == []


def test_where_too_many_match_the_latest_come_first(two: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [note["id"] for note in two.search("why")] == [2, 12]  # the shorter note first
    monkeypatch.setattr(searching, "COMMON", 1)
    assert [note["id"] for note in two.search("why")] == [12, 2]


@pytest.mark.parametrize("query", ["", "   ", '"', '""', "***", "🙂", "( ) ^ - + :", "\x00", "\udce9"])
def test_nothing_to_look_for(two: Store, query: str) -> None:
    with pytest.raises(QueryError, match="nothing to search for: give words"):
        two.search(query)


def test_far_too_many_words(two: Store) -> None:
    with pytest.raises(QueryError, match=r"too many words to search for \(300\): give 64 at most"):
        two.search(" ".join(f"word{i}" for i in range(300)))
    assert two.search("tom " * 300)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Store:
    store = Store.open(tmp_path_factory.mktemp("search") / "notes.db")
    store.add(debrief(NORTHWIND))
    return store


PIECES = st.sampled_from(
    ["kafka", "AND", "OR", "NOT", "NEAR(", ")", '"', "'", "*", "^", ":", "-", "+", "{", "}", "text:", ",", "\x00", "🙂",
     "résumé", "٣", "ᾳ", "\u0301", "\udcff", ";", "--", "%", "\\", "\n", "\ufdd0", "中文", "\u200d", "\ue000"]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES).map("".join), st.lists(PIECES).map(" ".join)))
@settings(max_examples=400)
@example('NEAR("a b"*')
def test_no_text_breaks_a_search(standing: Store, query: str) -> None:
    try:
        found = standing.search(query)
    except QueryError:
        assert not any(c.isascii() and c.isalnum() for c in query)
    else:
        assert all(note["text"][start:end] for note in found for start, end in note["highlights"])


@given(st.integers(0, 60), st.integers(2, 6))
def test_every_phrase_that_was_spoken_is_found(standing: Store, first: int, length: int) -> None:
    words = standing.transcript(1).words
    phrase = words[first : first + length]
    if len(phrase) < 2:
        return
    said = " ".join(word.text for word in phrase)
    found = standing.search(f'"{said}"')
    notes = [note for note in found if note["start_s"] <= phrase[0].start_s and note["end_s"] >= phrase[0].end_s]
    assert notes


def test_the_index_follows_the_database_through_everything(two: Store, database: Path) -> None:
    two.relabel(4, "aside")
    two.delete(1)
    two._db.execute("insert into notes_fts(notes_fts, rank) values('integrity-check', 1)")
    two._db.execute("insert into transcripts_fts(transcripts_fts, rank) values('integrity-check', 1)")
    assert two.search("pipeline") == []
