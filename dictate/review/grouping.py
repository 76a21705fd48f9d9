"""Vectors to families: average-link clustering in which what was grouped before never comes apart or together.

Two clusters become one while the mean similarity over their pairs (the dot product of their mean vectors) is at
least ``sure``. Since a mean is no greater than the greatest, it is enough to follow pairs that are that similar.
"""

from __future__ import annotations

import heapq

import numpy as np
import numpy.typing as npt

NEAREST = 48  # of each question the most similar ones that are followed
BLOCK = 1024  # questions compared with all others at once

Vectors = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]


def group(vectors: Vectors, known: Ids, first_new: int, *, sure: float) -> Ids:
    """The family of each vector, shape = (n,); ``known`` is its family from before, negative where it has none.

    New families are numbered from ``first_new`` in the order of their first members. Vectors are at most of length 1.
    """
    cluster = _Clusters(vectors, known)
    pairs = _pairs(cluster, sure)
    for a, b in pairs:
        cluster.meet(a, b)
    heap = [(-score, a, b) for (a, b), score in pairs.items()]
    heapq.heapify(heap)
    while heap:
        score, a, b = heapq.heappop(heap)
        if a in cluster.members and b in cluster.members and not (cluster.is_known(a) and cluster.is_known(b)):
            new, others, scores = cluster.join(a, b)
            for other, score in zip(others, scores, strict=True):
                if score >= sure:
                    heapq.heappush(heap, (-score, new, other))
    return cluster.numbered(known, first_new)


def central(vectors: Vectors) -> int:
    """The index of the vector that is most similar to all of them."""
    return int(np.argmax(vectors @ vectors.sum(axis=0)))


def nearest(vectors: Vectors) -> Ids:
    """The index of each vector's most similar other one, shape = (n,)."""
    found = np.zeros(len(vectors), dtype=np.int64)
    for start in range(0, len(vectors), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(vectors)))
        scores = vectors[rows] @ vectors.T
        scores[np.arange(len(rows)), rows] = -np.inf
        found[rows] = scores.argmax(axis=1)
    return found


class _Clusters:
    """Clusters by number: families from before come first, then every vector that is new."""

    def __init__(self, vectors: Vectors, known: Ids) -> None:
        families, of_known = np.unique(known[known >= 0], return_inverse=True)
        self.n_known = len(families)
        new = np.flatnonzero(known < 0)
        n = self.n_known + len(new)
        first = np.concatenate([of_known, np.arange(self.n_known, n)])
        self.sums = np.zeros((2 * n, vectors.shape[1]), dtype=np.float32)
        np.add.at(self.sums, first, np.concatenate([vectors[known >= 0], vectors[new]]))
        self.sizes = np.zeros(2 * n, dtype=np.float32)
        self.sizes[:n] = np.bincount(first, minlength=n)
        self.family: dict[int, int] = dict(enumerate(families.tolist()))
        self.members: dict[int, list[int]] = {c: [] for c in range(self.n_known)}  # those that are new
        self.members |= {self.n_known + i: [point] for i, point in enumerate(new.tolist())}
        self.near: dict[int, set[int]] = {c: set() for c in range(n)}
        self.next = n

    def is_known(self, cluster: int) -> bool:
        return cluster in self.family

    def meet(self, a: int, b: int) -> None:
        self.near[a].add(b)
        self.near[b].add(a)

    def join(self, a: int, b: int) -> tuple[int, list[int], list[float]]:
        """Make one cluster of two; returns its number, its neighbours and how similar they are to it."""
        new, self.next = self.next, self.next + 1
        self.sums[new] = self.sums[a] + self.sums[b]
        self.sizes[new] = self.sizes[a] + self.sizes[b]
        self.members[new] = self.members.pop(a) + self.members.pop(b)
        for old in (a, b):
            if old in self.family:
                self.family[new] = self.family.pop(old)
        near = (self.near.pop(a) | self.near.pop(b)) - {a, b}
        for other in near:
            self.near[other] -= {a, b}
            self.near[other].add(new)
        self.near[new] = near
        others = list(near)
        scores = self.sums[others] @ self.sums[new] / (self.sizes[others] * self.sizes[new])
        return new, others, scores.tolist()

    def numbered(self, known: Ids, first_new: int) -> Ids:
        found = known.copy()
        for cluster, points in sorted(self.members.items(), key=lambda item: min(item[1], default=-1)):
            if points:
                if cluster not in self.family:
                    self.family[cluster], first_new = first_new, first_new + 1
                found[points] = self.family[cluster]
        return found


def _pairs(cluster: _Clusters, sure: float) -> dict[tuple[int, int], float]:
    """Pairs of clusters that are similar enough before anything is joined, at least one of the two new."""
    means = cluster.sums[: cluster.next] / cluster.sizes[: cluster.next, None]
    found: dict[tuple[int, int], float] = {}
    for start in range(cluster.n_known, len(means), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(means)))
        scores = means[rows] @ means.T
        scores[np.arange(len(rows)), rows] = -1
        if scores.shape[1] > NEAREST:
            least = np.partition(scores, -NEAREST, axis=1)[:, -NEAREST, None]
            scores[scores < least] = -1
        for row, other in np.argwhere(scores >= sure).tolist():
            one = start + row
            found[min(one, other), max(one, other)] = float(scores[row, other])
    return found
