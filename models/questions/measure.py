"""How well questions find their like: the figures of the model card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dictate.review.grouping import group, nearest

Vectors = npt.NDArray[np.float32]


def sisters(vectors: Vectors, labels: Sequence[str]) -> float:
    """Share of questions that have a like, whose most similar other question is one."""
    count = Counter(labels)
    near = nearest(vectors)
    hits = [labels[i] == labels[int(near[i])] for i in range(len(labels)) if count[labels[i]] > 1]
    return float(np.mean(hits))


def pairwise(found: npt.NDArray[np.int64], labels: Sequence[str]) -> dict[str, float]:
    """Precision, recall and F1 over pairs of questions that are in one family."""
    numbers = {label: i for i, label in enumerate(dict.fromkeys(labels))}
    right = np.array([numbers[label] for label in labels])
    upper = np.triu(np.ones((len(right), len(right)), dtype=bool), 1)
    said, true = (found[:, None] == found) & upper, (right[:, None] == right) & upper
    hits = int((said & true).sum())
    precision = hits / max(1, int(said.sum()))
    recall = hits / max(1, int(true.sum()))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"precision": precision, "recall": recall, "f1": f1}


def at(vectors: Vectors, labels: Sequence[str], sure: float) -> dict[str, float]:
    found = group(vectors, np.full(len(labels), -1), 1, sure=sure)
    return {"sure": sure, **pairwise(found, labels)}


def best(vectors: Vectors, labels: Sequence[str], precision: float) -> dict[str, float]:
    """The bound with the best F1 of those that are this precise, with its figures."""
    tried = [at(vectors, labels, round(float(sure), 2)) for sure in np.arange(0.4, 0.9, 0.02)]
    return max((t for t in tried if t["precision"] >= precision), key=lambda t: t["f1"], default=tried[-1])
