"""How well questions find their like: the figures of the model card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dictate.review.grouping import group, nearest

Vectors = npt.NDArray[np.float32]
Pairs = npt.NDArray[np.int64]  # of questions: said to be one and rightly so, said to be one, truly one


def sisters(vectors: Vectors, labels: Sequence[str]) -> float:
    """Share of questions that have a like, whose most similar other question is one."""
    count = Counter(labels)
    near = nearest(vectors)
    hits = [labels[i] == labels[int(near[i])] for i in range(len(labels)) if count[labels[i]] > 1]
    return float(np.mean(hits))


def at(vectors: Vectors, labels: Sequence[str], sure: float) -> Pairs:
    """The pairs of questions when those are one that are this similar."""
    found = group(vectors, np.full(len(labels), -1), 1, sure=sure)
    both = Counter(zip(found.tolist(), labels, strict=True))
    return np.array([_pairs(both), _pairs(Counter(found.tolist())), _pairs(Counter(labels))])


def figures(pairs: Pairs) -> dict[str, float]:
    """Precision, recall and F1 over pairs of questions that are in one family."""
    hits, said, true = pairs.tolist()
    precision, recall = hits / max(1, said), hits / max(1, true)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": precision, "recall": recall, "f1": f1}


def _pairs(sizes: Counter[int] | Counter[str] | Counter[tuple[int, str]]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())
