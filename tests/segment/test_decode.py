"""Decoding: the likeliest spans, checked against trying all of them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from dictate.segment.decode import Decoding, log_softmax, spans


def worth(found: list[tuple[int, int, int]], kinds: np.ndarray, begins: np.ndarray, decoding: Decoding) -> float:
    """The score of one segmentation, counted in the plainest way."""
    starts = {start for _, start, _ in found}
    total = sum(kinds[word, kind] * decoding.kind_weight for kind, a, z in found for word in range(a, z))
    for word in range(1, len(kinds)):
        logit = begins[word] + decoding.begin_bias
        total += -np.logaddexp(0, -logit) if word in starts else -np.logaddexp(0, logit)
    return total + sum(decoding.turns[a[0], b[0]] * decoding.turn_weight for a, b in itertools.pairwise(found))


def every_segmentation(n_words: int, n_kinds: int) -> list[list[tuple[int, int, int]]]:
    result = []
    for cut in itertools.product([False, True], repeat=n_words - 1):
        edges = [0, *(i + 1 for i, c in enumerate(cut) if c), n_words]
        for labels in itertools.product(range(n_kinds), repeat=len(edges) - 1):
            result.append([(k, a, z) for k, (a, z) in zip(labels, itertools.pairwise(edges), strict=True)])
    return result


@pytest.mark.parametrize("seed", range(8))
def test_finds_the_best_of_all_segmentations(seed: int) -> None:
    rng = np.random.default_rng(seed)
    kinds = log_softmax(rng.normal(size=(5, 3)).astype(np.float32) * 2)
    begins = rng.normal(size=5).astype(np.float32) * 2
    decoding = Decoding(log_softmax(rng.normal(size=(3, 3)).astype(np.float32)), 0.7, 0.6, 0.3)
    best = max(every_segmentation(5, 3), key=lambda found: worth(found, kinds, begins, decoding))
    assert spans(kinds, begins, decoding) == best


def test_no_words_no_spans() -> None:
    assert spans(np.zeros((0, 3), np.float32), np.zeros(0, np.float32), Decoding(np.zeros((3, 3), np.float32))) == []
