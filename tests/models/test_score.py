"""The figures, counted by hand on small cases."""

from __future__ import annotations

import pytest

from dictate.records import Kind, Span
from models.segmenter.corpus import Labelled
from models.segmenter.score import score

GOLD = [
    Labelled("question", "they asked why I left", 1),
    Labelled("answer", "I said the commute", 1),
    Labelled("question", "then they wanted a pivot table", 2, difficult=True),
    Labelled("concern", "hopeless"),
    Labelled("answer", "I guessed", 2),
]


def span(kind: Kind, text: str, number: int | None = None, difficult: bool | None = None, sure: float = 1.0) -> Span:
    return Span(kind, 0, len(text), text, number, difficult, sure)


RIGHT = [span(g.kind, g.text, g.number, g.difficult if g.kind == "question" else None) for g in GOLD]


def test_what_is_all_right_scores_one() -> None:
    figures = score([(GOLD, RIGHT)]).figures()
    assert {figures[name] for name in ("accuracy", "boundary", "pairs", "difficult", "question", "concern")} == {1.0}
    assert figures["macro"] == pytest.approx(3 / 12)
    assert figures["calibration error"] == 0


def test_words_of_a_wrong_kind_cost_both_kinds() -> None:
    wrong = [*RIGHT[:3], span("answer", "hopeless", 2), RIGHT[4]]
    figures = score([(GOLD, wrong)]).figures()
    assert figures["accuracy"] == pytest.approx(17 / 18)
    assert figures["concern"] == 0
    assert figures["answer"] == pytest.approx(12 / 13)
    assert figures["boundary"] == 1.0


def test_a_merged_span_costs_a_beginning() -> None:
    merged = [span("question", "they asked why I left I said the commute", 1), *RIGHT[2:]]
    assert score([(GOLD, merged)]).figures()["boundary"] == pytest.approx(2 * 4 / 9)


def test_pairs_count_answer_words_joined_to_the_right_question() -> None:
    swapped = [RIGHT[0], span("answer", "I said the commute", 2), *RIGHT[2:]]
    assert score([(GOLD, swapped)]).figures()["pairs"] == pytest.approx(2 / 6)


def test_numbers_may_differ_where_the_questions_are_the_same() -> None:
    other = [
        span("question", GOLD[0].text, 5, False),
        span("answer", GOLD[1].text, 5),
        span("question", GOLD[2].text, 9, True),
        RIGHT[3],
        span("answer", GOLD[4].text, 9),
    ]
    figures = score([(GOLD, other)]).figures()
    assert figures["pairs"] == figures["difficult"] == 1.0


def test_difficult_weighs_missed_against_wrong() -> None:
    both = [span("question", GOLD[0].text, 1, True), *RIGHT[1:]]
    assert score([(GOLD, both)]).figures()["difficult"] == pytest.approx(2 * 1 * 0.5 / 1.5)
    none = [span(s.kind, s.text, s.number, False if s.kind == "question" else None) for s in RIGHT]
    assert score([(GOLD, none)]).figures()["difficult"] == 0


def test_a_misheard_transcript_is_aligned() -> None:
    heard = [
        span("question", "They asked, why I left.", 1, False),
        span("answer", "I said the commuter", 1),
        span("question", "Then they wanted the pivot tables", 2, True),
        span("concern", "Hopeless."),
        span("answer", "I guest.", 2),
    ]
    figures = score([(GOLD, heard)]).figures()
    assert figures["accuracy"] >= 15 / 18
    assert figures["difficult"] == 1.0


def test_calibration_error_is_the_gap_between_confidence_and_truth() -> None:
    sure = [span(s.kind, s.text, s.number, s.difficult, 0.75) for s in RIGHT]
    assert score([(GOLD, sure)]).figures()["calibration error"] == pytest.approx(0.25)
