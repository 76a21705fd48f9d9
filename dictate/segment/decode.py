"""From what the encoder thinks of each word to the likeliest spans (Viterbi over kinds and beginnings)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Decoding:
    """How to weigh the evidence; ``turns``, shape = (n_kinds, n_kinds): log probability of a kind after a kind."""

    turns: Floats
    kind_weight: float = 1.0
    turn_weight: float = 1.0
    begin_bias: float = 0.0


def log_softmax(logits: Floats) -> Floats:
    """Along the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result


def spans(kinds: Floats, begins: Floats, decoding: Decoding) -> list[tuple[int, int, int]]:
    """(kind, first word, end) of each span, over all words.

    ``kinds``, shape = (n_words, n_kinds), log probabilities; ``begins``, shape = (n_words,), logits of a span
    beginning at that word. A span goes on, or another (of any kind, the same too) begins.
    """
    n_words, n_kinds = kinds.shape
    if not n_words:
        return []
    evidence = kinds * decoding.kind_weight
    logits = begins + decoding.begin_bias
    begin, go_on = -np.logaddexp(0, -logits), -np.logaddexp(0, logits)
    turns = decoding.turns * decoding.turn_weight
    came_from = np.empty((n_words, n_kinds), dtype=np.int16)
    score = evidence[0].copy()
    same = np.arange(n_kinds)
    for word in range(1, n_words):
        arrivals = score[:, None] + turns
        best = arrivals.argmax(axis=0)
        fresh = arrivals[best, same] + begin[word]
        kept = score + go_on[word]
        came_from[word] = np.where(fresh > kept, best, -1)
        score = np.maximum(fresh, kept) + evidence[word]
    return _trace(came_from, int(score.argmax()))


def _trace(came_from: npt.NDArray[np.int16], kind: int) -> list[tuple[int, int, int]]:
    """Spans read back from where each state came from (-1: from itself, without a new beginning)."""
    found, end = [], len(came_from)
    for word in range(len(came_from) - 1, 0, -1):
        before = int(came_from[word, kind])
        if before >= 0:
            found.append((kind, word, end))
            kind, end = before, word
    found.append((kind, 0, end))
    return found[::-1]
