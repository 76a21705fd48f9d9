"""From what the encoder thinks of each word to the likeliest spans: Viterbi in a linear-chain conditional random field
over kinds and beginnings (Lafferty, McCallum and Pereira 2001)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Found = tuple[int, int, int]  # kind, first word, end
TOGETHER = 32  # texts read side by side: more cost memory and gain little


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to weigh the evidence; ``turns``, shape = (n_kinds, n_kinds): score of a kind's span after a kind's."""

    turns: Floats
    kind_weight: float = 1.0
    begin_bias: float = 0.0


def log_softmax(logits: Floats) -> Floats:
    """Along the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def spans(logits: Sequence[tuple[Floats, Floats]], decoding: Decoding) -> list[list[Found]]:
    """The spans of each text, over all its words.

    Of each text the logits of a word's kind, and of a span of that kind beginning at that word: both of shape =
    (n_words, n_kinds). A span goes on, or another (of any kind, the same too) begins. Texts are read side by side.
    """
    longest_first = sorted(range(len(logits)), key=lambda i: -len(logits[i][0]))
    found: list[list[Found]] = [[] for _ in logits]
    for at in range(0, len(logits), TOGETHER):
        group = [i for i in longest_first[at : at + TOGETHER] if len(logits[i][0])]
        if group:
            traced = _side_by_side([logits[i] for i in group], decoding)
            for i, spans_of_one in zip(group, traced, strict=True):
                found[i] = spans_of_one
    return found


def _side_by_side(logits: Sequence[tuple[Floats, Floats]], decoding: Decoding) -> list[list[Found]]:
    """Texts in the order of their lengths, the longest first; shapes below are (n_texts, n_words, n_kinds)."""
    lengths = np.array([len(kinds) for kinds, _ in logits])
    n_kinds = logits[0][0].shape[1]
    evidence, begin = np.zeros((2, len(logits), lengths[0], n_kinds), dtype=np.float32)
    for row, (kinds, begins) in enumerate(logits):
        evidence[row, : lengths[row]] = kinds * np.float32(decoding.kind_weight)
        begin[row, : lengths[row]] = begins + np.float32(decoding.begin_bias)
    came_from = np.full(evidence.shape, -1, dtype=np.int8)
    score = evidence[:, 0].copy()
    arriving = np.ascontiguousarray(decoding.turns.T)
    reading = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left")  # how many texts have a word there
    for word in range(1, lengths[0]):
        here = slice(0, reading[word])
        arrivals = arriving + score[here, None, :]
        best = arrivals.argmax(axis=2)
        fresh = np.take_along_axis(arrivals, best[..., None], axis=2)[..., 0] + begin[here, word]
        turned = fresh > score[here]
        came_from[here, word] = np.where(turned, best, -1)
        score[here] = np.where(turned, fresh, score[here]) + evidence[here, word]
    ends = score.argmax(axis=1)
    return [_trace(came_from[row, :length], int(ends[row])) for row, length in enumerate(lengths)]


def _trace(came_from: npt.NDArray[np.int8], kind: int) -> list[Found]:
    """Spans read back from where each state came from (-1: from itself, without a new beginning)."""
    found, end = [], len(came_from)
    for word in range(len(came_from) - 1, 0, -1):
        before = int(came_from[word, kind])
        if before >= 0:
            found.append((kind, word, end))
            kind, end = before, word
    found.append((kind, 0, end))
    return found[::-1]
