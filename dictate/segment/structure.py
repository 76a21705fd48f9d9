"""Which answer belongs to which question: pairs of spans, what tells them apart, and the numbers that follow.

Every answer points to a question (before or after it), a question to an earlier mention of itself or to none, a
learned to the ask it replies to or to none. A small network scores the pairs of a whole debrief; here is what it
is shown of a pair, and how numbers come out of its scores.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dictate.records import Kind

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

POINTS_TO: dict[Kind, Kind] = {"answer": "question", "question": "question", "learned": "ask", "ask": "ask"}
PLACED = tuple(POINTS_TO)  # the kinds that pairs are counted by
SPANS = 256  # spans that the network sees at once
TARGETS = 40  # nearest targets that a span may point to
CLUES = 16  # nearest questions of whose difficulty a span may tell
DISTANCES = (-16, -8, -4, -2, -1, 1, 2, 3, 4, 6, 9, 16, 32)  # lower ends of classes of (source - target) in spans
ORDINALS = {
    word: rank
    for rank, words in enumerate(
        ("one first firstly 1", "two second secondly 2", "three third 3", "four fourth 4", "five fifth 5",
         "six sixth 6", "seven seventh 7", "eight eighth 8", "nine ninth 9", "ten tenth 10", "last final finally")
    )
    for word in words.split()
}  # fmt: skip
COMMON = frozenset(
    "about after again also because been before being could didn does doing from going have just know like little "
    "mean other over really said same says should some something sort still tell than that their them then there "
    "these they thing things think this those told very want wanted were what when where which while with would "
    "your asked asking answer question questions talk talked kind actually first second third last".split()
)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs: ``source`` and ``target``, shape = (n_pairs,), span indices; ``features``, (n_pairs, n)."""

    source: Ints
    target: Ints
    features: Floats


def pairs(kinds: Sequence[Kind], texts: Sequence[str]) -> tuple[Pairs, Pairs]:
    """Pairs between which a pointer is possible, and clues: each span with the questions of whose trouble it may tell.

    Both are in the order of their sources.
    """
    view = _View(kinds, texts)
    pointers = [(s, t) for s, kind in enumerate(kinds) if kind in POINTS_TO for t in view.targets(s)]
    clues = [(s, t) for s in range(len(kinds)) for t in view.nearest("question", s, CLUES) if s != t]
    return view.pairs(pointers), view.pairs(clues)


class _View:
    """What the features of all pairs of one debrief have in common, counted once; arrays are of shape = (n_spans,)."""

    def __init__(self, kinds: Sequence[Kind], texts: Sequence[str]) -> None:
        self.kinds = kinds
        self.places = {k: [i for i, kind in enumerate(kinds) if kind == k] for k in POINTS_TO}
        self.kind = np.array([PLACED.index(k) if k in POINTS_TO else -1 for k in kinds], dtype=np.int64)
        placed = self.kind[:, None] == np.arange(len(PLACED))
        self.earlier = np.concatenate([np.zeros((1, len(PLACED)), np.int64), placed.cumsum(0)])  # (n_spans + 1, 4)
        self.rank = np.where(self.kind >= 0, (placed.cumsum(0) * placed).sum(1) - 1, -1)
        words = [re.findall(r"[a-z0-9]+", text.lower().replace("'", "")) for text in texts]
        self.ordinal = np.array([next((ORDINALS[w] for w in ws[:4] if w in ORDINALS), -1) for ws in words], np.int64)
        self.run = np.array(self._runs(), dtype=np.int64).reshape(-1, 3)
        self.shared, self.stems = _shared([{w[:5] for w in ws if len(w) > 3 and w not in COMMON} for ws in words])

    def _runs(self) -> list[tuple[int, int, int]]:
        """(index of the run, place in it, places after it) of each span; a run is neighbours of one kind."""
        runs: list[list[int]] = []
        for i, kind in enumerate(self.kinds):
            if runs and self.kinds[runs[-1][-1]] == kind:
                runs[-1].append(i)
            else:
                runs.append([i])
        return [(r, place, len(run) - 1 - place) for r, run in enumerate(runs) for place in range(len(run))]

    def pairs(self, found: list[tuple[int, int]]) -> Pairs:
        s, t = np.asarray(found, dtype=np.int64).reshape(-1, 2).T
        return Pairs(s, t, self.features(s, t))

    def targets(self, source: int) -> list[int]:
        kind = self.kinds[source]
        # Only answers come before what they reply to.
        return self.nearest(POINTS_TO[kind], source, TARGETS, before=kind != "answer")

    def nearest(self, kind: Kind, source: int, most: int, *, before: bool = False) -> list[int]:
        """Spans of a kind, at most so many, in order."""
        places = [t for t in self.places[kind] if t < source or not before]
        return places if len(places) <= most else sorted(sorted(places, key=lambda t: abs(t - source))[:most])

    def between(self, s: Ints, t: Ints, kind: Ints) -> Ints:
        """How many spans of a kind stand between two spans, all of shape = (n_pairs,)."""
        low, high = np.minimum(s, t), np.maximum(s, t)
        result: Ints = np.maximum(self.earlier[high, kind] - self.earlier[np.minimum(low + 1, high), kind], 0)
        return result

    def features(self, s: Ints, t: Ints) -> Floats:
        """Shape = (n_pairs, N_FEATURES)."""
        of_target = self.between(s, t, self.kind[t])
        answers = PLACED.index("answer")
        of_source = self.between(s, t, np.where(self.kind[s] >= 0, self.kind[s], answers))
        distance = (s[:, None] - t[:, None] >= np.array(DISTANCES)).sum(1)
        same_ordinal = self.ordinal[s] == self.ordinal[t]
        told_ordinal = self.ordinal[s] >= 0
        shared = self.shared[s, t]
        smaller = np.maximum(1, np.minimum(self.stems[s], self.stems[t]))
        run_s, run_t = self.run[s], self.run[t]
        columns = [
            *(distance == d for d in range(len(DISTANCES) + 1)),
            *(self.kind[s] == k for k in range(len(PLACED))),
            *((s > t) & (of_target == n) for n in range(4)),
            (s > t) & (of_target > 3),
            (s < t) & (of_target == 0),
            of_source == 0,
            np.minimum(of_source, 5) / 5,
            run_s[:, 1] == run_t[:, 1],
            run_s[:, 2] == run_t[:, 2],
            run_s[:, 0] - run_t[:, 0] == 1,
            run_t[:, 1] + run_t[:, 2] > 0,
            run_s[:, 1] + run_s[:, 2] > 0,
            (self.rank[s] >= 0) & (self.rank[s] == self.rank[t]),
            told_ordinal & same_ordinal,
            told_ordinal & (self.ordinal[t] >= 0) & ~same_ordinal,
            np.minimum(shared, 4) / 4,
            shared / smaller,
        ]
        return np.stack(columns, axis=1).astype(np.float32)


def _shared(stems: Sequence[set[str]]) -> tuple[Ints, Ints]:
    """How many stems each two spans share, shape = (n_spans, n_spans), and how many each has."""
    columns = {stem: i for i, stem in enumerate(sorted(set().union(*stems)))}
    has = np.zeros((len(stems), max(1, len(columns))), dtype=np.float32)
    for row, some in enumerate(stems):
        has[row, [columns[stem] for stem in some]] = 1
    return (has @ has.T).astype(np.int64), has.sum(1).astype(np.int64)


N_FEATURES = len(DISTANCES) + 1 + len(POINTS_TO) + 18


def numbers(kinds: Sequence[Kind], pairs: Pairs, scores: Floats, none: Floats) -> list[int | None]:
    """The number of each span, from the scores of its pairs and of pointing nowhere (``none``, shape = (n_spans,))."""
    choice = _choices(pairs, scores)
    result: list[int | None] = [None] * len(kinds)
    for asking in ("question", "ask"):
        count = 0
        for i, kind in enumerate(kinds):
            if kind == asking:
                target, score = choice.get(i, (-1, -np.inf))
                again = score > none[i]
                count += not again
                result[i] = result[target] if again else count
    for i, kind in enumerate(kinds):
        if kind in ("answer", "learned") and i in choice:
            target, score = choice[i]
            if kind == "answer" or score > none[i]:
                result[i] = result[target]
    return result


def _choices(pairs: Pairs, scores: Floats) -> dict[int, tuple[int, float]]:
    """Each source's best target and its score."""
    best: dict[int, tuple[int, float]] = {}
    for s, t, score in zip(pairs.source.tolist(), pairs.target.tolist(), scores.tolist(), strict=True):
        if s not in best or score > best[s][1]:
            best[s] = (t, score)
    return best
