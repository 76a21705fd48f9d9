"""Fitting a new segmentation around the notes that a user has corrected: pure, rows come and go elsewhere.

A corrected note keeps its place; new spans are cut around it. A question keeps the number it had where its words
are (mostly) the old question's words, so that the numbers of corrected notes and of other recordings stay true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dictate.records import Kind, Span

QUESTIONS: tuple[Kind, ...] = ("question", "answer")  # share their numbers
ASKS: tuple[Kind, ...] = ("ask", "learned")
FAMILIES = (QUESTIONS, ASKS)

Numbers = dict[tuple[Kind, ...], int]  # each family's highest number


@dataclass(frozen=True, slots=True)
class Placed:
    """A note as it stands in the text that is now segmented again."""

    id: int
    kind: Kind
    number: int | None
    difficult: bool | None
    start: int
    end: int
    edited: bool


def family(kind: str) -> tuple[Kind, ...]:
    """The kinds that share a kind's numbers; none for a kind without numbers."""
    return next((kinds for kinds in FAMILIES if kind in kinds), ())


def fit(spans: Sequence[Span], notes: Sequence[Placed], taken: Numbers) -> list[Span]:
    """The spans around the edited notes, with the interview's numbers; ``taken`` is each family's highest so far."""
    for kinds in FAMILIES:
        spans = _renumber(spans, kinds, _same_numbers(spans, notes, kinds), taken[kinds])
    users = {note.number: note.difficult for note in notes if note.edited and note.kind == "question" and note.number}
    spans = [
        replace(span, difficult=users[span.number]) if span.kind == "question" and span.number in users else span
        for span in spans
    ]
    return cut(spans, [(note.start, note.end) for note in notes if note.edited])


def cut(spans: Iterable[Span], holes: Iterable[tuple[int, int]]) -> list[Span]:
    """What is left of the spans outside the holes, without white space at its edges."""
    pieces = list(spans)
    for hole in holes:
        pieces = [piece for span in pieces for piece in _around(span, *hole)]
    return pieces


def _around(span: Span, start: int, end: int) -> list[Span]:
    if end <= span.start or span.end <= start or start == end:
        return [span]
    sides = (_part(span, span.start, start), _part(span, end, span.end))
    return [side for side in sides if side is not None]


def _part(span: Span, start: int, end: int) -> Span | None:
    text = span.text[max(start - span.start, 0) : max(end - span.start, 0)]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return replace(span, start=start, end=start + len(text), text=text) if text else None


def _renumber(spans: Sequence[Span], kinds: tuple[Kind, ...], same: dict[int, int], highest: int) -> list[Span]:
    numbers = dict(same)
    result = []
    for span in spans:
        if span.kind in kinds and span.number is not None:
            if span.number not in numbers:
                highest += 1
                numbers[span.number] = highest
            span = replace(span, number=numbers[span.number])
        result.append(span)
    return result


def _same_numbers(spans: Sequence[Span], notes: Sequence[Placed], kinds: tuple[Kind, ...]) -> dict[int, int]:
    """New numbers that mean an old number, by the characters that their questions (or asks) share."""
    shared: Counter[tuple[int, int]] = Counter()
    for span in spans:
        for note in notes:
            if span.kind == kinds[0] == note.kind and span.number is not None and note.number is not None:
                shared[span.number, note.number] += max(0, min(span.end, note.end) - max(span.start, note.start))
    numbers: dict[int, int] = {}
    for (new, old), characters in shared.most_common():
        if characters and new not in numbers and old not in numbers.values():
            numbers[new] = old
    return numbers
