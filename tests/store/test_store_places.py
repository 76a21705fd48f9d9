from __future__ import annotations

import codecs
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import NORTHWIND, segmented, transcribed

from dictate.records import Span, Transcript, Word
from dictate.store.fit import cut
from dictate.store.places import Range, realign, times, word_ranges

OLD = "they asked about air flow and I said yes which went well"


def moved(new: str, *pieces: str, late_s: float = 0.0) -> list[str]:
    """What becomes of pieces of the old text in a new transcript of the same audio."""
    old, after = transcribed(OLD), transcribed(new, late_s=late_s)
    ranges = [(OLD.index(piece), OLD.index(piece) + len(piece)) for piece in pieces]
    return [after.text[start:end] for start, end in realign(old, after, ranges)]


def test_times_are_those_of_the_first_and_last_word() -> None:
    transcript = transcribed("one two three")
    assert times(transcript, [(0, 3), (4, 13), (0, 13), (5, 6), (3, 4), (13, 13)]) == [
        (0.0, 0.18),
        (0.24, 0.78),
        (0.0, 0.78),
        (0.24, 0.42),
        (None, None),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("new", "piece", "found"),
    [
        (OLD, "I said yes", "I said yes"),
        ("They asked about Airflow, and I said: yes. Which went well.", "I said yes", "I said: yes."),
        ("They asked about Airflow, and I said: yes. Which went well.", "air flow", "Airflow,"),
        ("they asked about Airflow and I just said yes which went well", "I said yes", "I just said yes"),
        ("they asked about air flow", "which went well", ""),
    ],
)
def test_a_place_is_found_again_by_its_words(new: str, piece: str, found: str) -> None:
    assert moved(new, piece) == [found]


def test_a_place_is_found_by_time_where_no_word_is_shared() -> None:
    other = codecs.encode(OLD, "rot13")
    assert moved(other, "air flow", "which went") == [
        codecs.encode(words, "rot13") for words in ("air flow", "which went")
    ]
    assert moved("th ey asked about air flow and I said yes which went well", "they") == ["th ey"]


def test_two_transcripts_that_differ_by_a_second_are_matched_by_words() -> None:
    assert moved(OLD, "I said yes", "which went well", late_s=1.0) == ["I said yes", "which went well"]


TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d,", "E"]), max_size=30).map(" ".join)


@given(TEXTS, TEXTS, st.sets(st.integers(0, 30)))
def test_places_stay_in_order_and_on_words(old: str, new: str, cuts: set[int]) -> None:
    before, after = transcribed(old), transcribed(new)
    words = word_ranges(before.words)
    edges = sorted(edge for edge in {0, len(words), *cuts} if edge <= len(words))
    ranges: list[Range] = [(words[a][0], words[b - 1][1]) for a, b in pairwise(edges)]
    placed = realign(before, after, ranges)
    flat = [edge for range_ in placed for edge in range_]
    assert flat == sorted(flat)
    starts, ends = ({word[i] for word in word_ranges(after.words)} for i in (0, 1))
    assert all(start in starts and end in ends for start, end in placed if start < end)
    if old == new:
        assert placed == ranges


def test_nothing_spoken_has_no_places() -> None:
    silent = Transcript((), None, 1.0, "e", "m")
    assert realign(transcribed("one two"), silent, [(0, 3), (4, 7)]) == [(0, 0), (0, 0)]
    assert realign(silent, transcribed("one two"), []) == []
    assert word_ranges([Word("one", 0, 1, 1)]) == [(0, 3)]


@given(st.lists(st.tuples(st.integers(0, 420), st.integers(0, 420))))
def test_what_is_cut_away_and_what_is_left_are_the_whole(holes: list[Range]) -> None:
    told = segmented(NORTHWIND)
    holes = [(min(hole), max(hole)) for hole in holes]
    left = cut(told.spans, holes)
    covered = [False] * len(told.text)
    for start, end in [*holes, *((span.start, span.end) for span in left)]:
        covered[start:end] = [True] * (min(end, len(covered)) - min(start, len(covered)))
    assert not "".join(c for c, held in zip(told.text, covered, strict=False) if not held).strip()
    assert all(told.text[span.start : span.end] == span.text == span.text.strip() for span in left)
    assert not any(start < span.end and span.start < end for span in left for start, end in holes if start < end)


def test_a_cut_span_keeps_its_label() -> None:
    span = Span("question", 0, 13, "one two three", 3, True, 0.8)
    assert cut([span], [(4, 7)]) == [
        Span("question", 0, 3, "one", 3, True, 0.8),
        Span("question", 8, 13, "three", 3, True, 0.8),
    ]
