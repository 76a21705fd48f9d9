"""What the segmenter learns from its user: a correction of its kinds, fitted on what a person put right.

A linear layer over the encoder's word vectors is added to the logits of kinds. It is fitted by gradient descent on two
losses: cross-entropy over the words that a person labelled, and over all other words the divergence from what the
segmenter said before (Li and Hoiem 2016, Learning without Forgetting). How much the first counts is settled by
measuring: it is halved until the macro F1 on bundled debriefs, apart from those rehearsed, falls by less than a hair.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dictate.errors import InputError
from dictate.records import KINDS, Kind, Lesson
from dictate.segment.components import SpanTagger
from dictate.segment.decode import Floats, log_softmax

REHEARSAL = "rehearsal.jsonl"  # labelled debriefs beside the trained components
STRENGTHS = (1.0, 0.5, 0.25, 0.12, 0.06, 0.03)  # what the labelled words together count, all others together being 1
HAIR = 0.003  # of macro F1 that may be lost on the bundled debriefs
STEPS = 200
RATE = 0.003  # of Adam (Kingma and Ba 2015)
DECAY = 1e-4


@dataclass(frozen=True, slots=True)
class Learnt:
    """A correction, ``layer`` of shape = (n_hidden + 1, n_kinds), and what it does, from 0 to 1."""

    layer: Floats
    taught: int  # notes that a person labelled
    taught_before: float  # share of their words that had the right kind, and has it now
    taught_after: float
    macro_before: float  # macro F1 on the bundled debriefs
    macro_after: float


@dataclass(frozen=True, slots=True)
class _Read:
    """Words: ``vectors`` (n_words, n_hidden + 1), ``logits`` (n_words, n_kinds), and the right kinds, -1 if unknown."""

    vectors: Floats
    logits: Floats
    right: npt.NDArray[np.int64]

    def corrected(self, layer: Floats) -> Floats:
        result: Floats = self.logits + self.vectors @ layer
        return result


def read_lessons(path: Path) -> list[Lesson]:
    """Labelled texts, one JSON object a line: {"text": ..., "spans": [[kind, start, end], ...]}."""
    lines = path.read_text(encoding="utf-8").splitlines()
    found = map(json.loads, lines)
    return [Lesson(one["text"], tuple((kind, start, end) for kind, start, end in one["spans"])) for one in found]


def learn(tagger: SpanTagger, lessons: Sequence[Lesson], bundled: Sequence[Lesson]) -> Learnt:
    """The strongest correction that forgets nothing; of the bundled debriefs half are rehearsed, half measured on."""
    if not any(lesson.spans for lesson in lessons):
        raise InputError("no label has been put right yet: see dictate review-labels, or dictate relabel NOTE KIND")
    mine, rehearsed, measured = (_read(tagger, some) for some in (lessons, bundled[::2], bundled[1::2]))
    taught = mine.right >= 0
    known = _Read(
        np.concatenate([rehearsed.vectors, mine.vectors[~taught]]),
        np.concatenate([rehearsed.logits, mine.logits[~taught]]),
        np.concatenate([rehearsed.right, mine.right[~taught]]),
    )
    new = _Read(mine.vectors[taught], mine.logits[taught], mine.right[taught])
    before = macro(measured.logits, measured.right)
    for strength in STRENGTHS:
        layer = _fit(new, known, strength)
        after = macro(measured.corrected(layer), measured.right)
        if after >= before - HAIR:
            break
    return Learnt(
        layer,
        taught=sum(len(lesson.spans) for lesson in lessons),
        taught_before=_share(new.logits, new.right),
        taught_after=_share(new.corrected(layer), new.right),
        macro_before=before,
        macro_after=after,
    )


def macro(logits: Floats, right: npt.NDArray[np.int64]) -> float:
    """Mean over kinds of the F1 over words, each word by itself."""
    found = logits.argmax(axis=1)
    scores = []
    for kind in range(len(KINDS)):
        both = int(((found == kind) & (right == kind)).sum())
        either = int((found == kind).sum() + (right == kind).sum())
        if either:
            scores.append(2 * both / either)
    return float(np.mean(scores)) if scores else 0.0


def _share(logits: Floats, right: npt.NDArray[np.int64]) -> float:
    return float((logits.argmax(axis=1) == right).mean())


def _read(tagger: SpanTagger, lessons: Sequence[Lesson]) -> _Read:
    texts = [lesson.text.split() for lesson in lessons]
    read = tagger.read_words(texts)
    vectors = np.concatenate([vectors for vectors, _, _ in read])
    ones = np.ones((len(vectors), 1), dtype=np.float32)
    right = [_kinds(lesson.text, lesson.spans) for lesson in lessons]
    return _Read(
        np.concatenate([vectors, ones], axis=1), np.concatenate([kinds for _, kinds, _ in read]), np.concatenate(right)
    )


def _kinds(text: str, spans: Iterable[tuple[Kind, int, int]]) -> npt.NDArray[np.int64]:
    """Of each word of a plain text the kind of the span in which it begins, -1 where there is none."""
    words = text.split()
    begins = np.cumsum([0, *(len(word) + 1 for word in words[:-1])])
    right = np.full(len(words), -1, dtype=np.int64)
    for kind, start, end in spans:
        right[(begins >= start) & (begins < end)] = KINDS.index(kind)
    return right


def _fit(new: _Read, known: _Read, strength: float) -> Floats:
    """The layer with the least loss, by Adam from nothing."""
    stay = np.exp(log_softmax(known.logits))
    wanted = np.eye(len(KINDS), dtype=np.float32)[new.right]
    layer = np.zeros((new.vectors.shape[1], len(KINDS)), dtype=np.float32)
    mean, square = np.zeros_like(layer), np.zeros_like(layer)
    for step in range(1, STEPS + 1):
        slope = DECAY * layer
        for read, goal, counts in ((new, wanted, strength), (known, stay, 1.0)):
            wrong = np.exp(log_softmax(read.corrected(layer))) - goal
            slope += counts * (read.vectors.T @ wrong) / len(goal)
        mean += 0.1 * (slope - mean)
        square += 0.01 * (slope**2 - square)
        layer -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return layer
