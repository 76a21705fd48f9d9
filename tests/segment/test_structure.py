"""Pairs of spans, and the numbers that come out of their scores."""

from __future__ import annotations

import numpy as np

from dictate.records import Kind
from dictate.segment import structure

KINDS: list[Kind] = ["question", "question", "answer", "context", "answer", "ask", "learned", "question", "learned"]


def numbers(wanted: dict[int, int]) -> list[int | None]:
    """Numbers when each source prefers the target given, and sources not given prefer none."""
    pairs, _ = structure.pairs(KINDS, ["words"] * len(KINDS))
    scores = np.array([5.0 if wanted.get(s) == t else -5.0 for s, t in zip(pairs.source, pairs.target, strict=True)])
    return structure.numbers(KINDS, pairs, scores.astype(np.float32), np.zeros(len(KINDS), np.float32))


def test_numbers_count_first_mentions_and_replies_take_theirs() -> None:
    found = numbers({2: 0, 4: 1, 6: 5})
    assert found == [1, 2, 1, None, 2, 1, 1, 3, None]


def test_a_question_named_again_keeps_its_number() -> None:
    assert numbers({2: 0, 4: 1, 7: 0})[7] == 1


def test_an_answer_may_come_before_its_question() -> None:
    assert numbers({2: 7, 4: 1})[2] == 3


def test_pairs_point_only_where_a_pointer_makes_sense() -> None:
    pairs, _ = structure.pairs(KINDS, ["words"] * len(KINDS))
    for source, target in zip(pairs.source, pairs.target, strict=True):
        assert structure.POINTS_TO[KINDS[source]] == KINDS[target]
        assert target < source or KINDS[source] == "answer"


def test_shared_words_and_ordinals_are_seen() -> None:
    kinds: list[Kind] = ["question", "question", "answer"]
    pairs, _ = structure.pairs(
        kinds, ["One, the lorry brakes.", "Two, overtime?", "One, I pump the brakes of a lorry."]
    )
    rows = {int(t): f for s, t, f in zip(pairs.source, pairs.target, pairs.features, strict=True) if s == 2}
    assert rows[0][-1] > rows[1][-1]  # shared words
    assert rows[0][-4] == 1
    assert rows[1][-3] == 1  # the same ordinal, another ordinal


def test_long_debriefs_have_a_bounded_number_of_pairs() -> None:
    kinds: list[Kind] = ["question", "answer"] * 300
    pairs, clues = structure.pairs(kinds, ["words"] * 600)
    assert len(pairs.source) <= 600 * structure.TARGETS
    assert len(clues.source) <= 600 * structure.CLUES


def test_every_other_span_may_tell_of_a_questions_difficulty() -> None:
    _, clues = structure.pairs(KINDS, ["words"] * len(KINDS))
    found = set(zip(clues.source.tolist(), clues.target.tolist(), strict=True))
    asked = [i for i, kind in enumerate(KINDS) if kind == "question"]
    assert found == {(s, t) for s in range(len(KINDS)) for t in asked if s != t}
