"""The corpus: well formed to the last line, and the reader of it honest."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from models.segmenter.corpus import Debrief, Labelled, faults, load, parse, split, written
from models.segmenter.speech import as_heard, as_written
from models.segmenter.spoken import breaths, carried_over

SEGMENTER = Path(__file__).parents[2] / "models" / "segmenter"
CORPUS = SEGMENTER / "corpus"
HEARD = SEGMENTER / "heard"


@pytest.fixture(scope="module")
def debriefs() -> list[Debrief]:
    return load(CORPUS)


def test_every_debrief_keeps_the_rules_of_the_guide(debriefs: list[Debrief]) -> None:
    assert len(debriefs) >= 600
    told = [f"{d.writer}/{d.name}: {fault}" for d in [*debriefs, *load(HEARD)] for fault in faults(d)]
    assert told == []


def test_no_debrief_is_there_twice(debriefs: list[Debrief]) -> None:
    texts = [debrief.text for debrief in debriefs]
    assert len(set(texts)) == len(texts)


def test_what_is_read_is_what_was_written(debriefs: list[Debrief]) -> None:
    for debrief in debriefs[:50]:
        text = (CORPUS / debrief.writer / f"{debrief.name}.txt").read_text(encoding="utf-8")
        assert written(debrief) == text


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ("[Q] Why?", "needs a number"),
        ("[Q2] Why?", "is new, yet 0 came before it"),
        ("[Q1] Why?\n[A2] Because.", "A2 has no Q2"),
        ("[A] Because.", "needs its question's number"),
        ("[F1] Sad.", "has no number"),
        ("[Q1] Why?\n[Q1!] Why again?", "first mention"),
        ("[K1!] And you?", "only a question is difficult"),
        ("[L3] They pay well.", "L3 has no K3"),
    ],
)
def test_faults_are_found(tmp_path: Path, lines: str, fault: str) -> None:
    (tmp_path / "x.txt").write_text(lines)
    assert any(fault in told for told in faults(parse(tmp_path / "x.txt")))


@pytest.mark.parametrize("line", ["[Z] Hm.", "[Q1]Why?", "Q1 Why?", "[Q1] two  spaces"])
def test_lines_that_are_not_well_formed_are_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / "x.txt").write_text(line)
    with pytest.raises(ValueError, match=r"x\.txt:1"):
        parse(tmp_path / "x.txt")


def test_what_is_heard_keeps_every_span_in_order(debriefs: list[Debrief]) -> None:
    rng = random.Random(1)
    for debrief in debriefs[:60]:
        heard = as_heard(debrief, rng)
        assert len(heard.words) == len(heard.span)
        assert heard.span == sorted(heard.span)
        assert set(heard.span) == set(range(len(debrief.spans)))
        assert all(word and word == word.strip() for word in heard.words)


def test_as_written_is_the_text() -> None:
    debrief = Debrief("x", "w", (Labelled("question", "Why us?", 1), Labelled("answer", "The work.", 1)))
    assert as_written(debrief).words == ["Why", "us?", "The", "work."]
    assert as_written(debrief).span == [0, 0, 1, 1]


def test_nothing_is_learnt_from_the_writers_who_are_measured_on(debriefs: list[Debrief]) -> None:
    learn, held_out = split(debriefs)
    assert not {d.writer for d in learn} & {d.writer for d in held_out}
    assert sum(len(span.text.split()) for d in held_out for span in d.spans) > 90_000  # enough for figures that hold


def test_labels_are_carried_over_to_what_was_heard() -> None:
    spans = (
        Labelled("aside", "Right.", None),
        Labelled("question", "She asked about the pump.", 1),
        Labelled("question", "And the valve?", 2, difficult=True),
        Labelled("answer", "I said it leaks.", 2),
    )
    heard = carried_over(Debrief("x", "w", spans), "Write she asked about a pump and the Val I said it leaks".split())
    assert [(s.kind, s.number, s.text) for s in heard.spans] == [
        ("aside", None, "Write"),
        ("question", 1, "she asked about a pump"),
        ("question", 2, "and the Val"),
        ("answer", 2, "I said it leaks"),
    ]
    lost = carried_over(Debrief("x", "w", spans), "And the valve? I said it leaks".split())
    assert [s.line for s in lost.spans] == ["[Q1!] And the valve?", "[A1] I said it leaks"]


def test_a_text_is_spoken_whole() -> None:
    text = "One. Two, three! " + "raw words " * 40
    assert " ".join(breaths(text, random.Random(2))) == " ".join(text.split())
