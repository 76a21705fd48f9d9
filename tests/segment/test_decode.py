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
        if word in starts:
            total += begins[word, next(kind for kind, start, _ in found if start == word)] + decoding.begin_bias
    return total + sum(decoding.turns[a[0], b[0]] for a, b in itertools.pairwise(found))


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
    begins = rng.normal(size=(5, 3)).astype(np.float32) * 2
    decoding = Decoding(log_softmax(rng.normal(size=(3, 3)).astype(np.float32)), 0.7, 0.3)
    best = max(every_segmentation(5, 3), key=lambda found: worth(found, kinds, begins, decoding))
    assert spans([(kinds, begins)], decoding) == [best]


def test_texts_read_side_by_side_are_read_as_if_alone() -> None:
    rng = np.random.default_rng(3)
    decoding = Decoding(log_softmax(rng.normal(size=(4, 4)).astype(np.float32)), 0.5, -0.2)
    texts = [tuple(rng.normal(size=(2, n, 4)).astype(np.float32) * 2) for n in [7, 0, 1, 90, *range(60)]]
    assert spans(texts, decoding) == [spans([text], decoding)[0] for text in texts]


def test_no_words_no_spans() -> None:
    nothing = np.zeros((0, 3), np.float32)
    assert spans([(nothing, nothing)], Decoding(np.zeros((3, 3), np.float32))) == [[]]
    assert spans([], Decoding(np.zeros((3, 3), np.float32))) == []
