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
SPANS = 256  # spans that the network sees at once
TARGETS = 40  # nearest targets that a span may point to
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


def pairs(kinds: Sequence[Kind], texts: Sequence[str]) -> Pairs:
    """All pairs of spans between which a pointer is possible, in the order of their sources."""
    view = _View(kinds, texts)
    found = [(s, t) for s, kind in enumerate(kinds) if kind in POINTS_TO for t in view.targets(s)]
    features = [view.features(s, t) for s, t in found]
    index = np.asarray(found, dtype=np.int64).reshape(-1, 2)
    return Pairs(index[:, 0], index[:, 1], np.asarray(features, dtype=np.float32).reshape(len(found), N_FEATURES))


class _View:
    """What the features of all pairs of one debrief have in common, counted once."""

    def __init__(self, kinds: Sequence[Kind], texts: Sequence[str]) -> None:
        self.kinds = kinds
        self.places = {k: [i for i, kind in enumerate(kinds) if kind == k] for k in set(POINTS_TO) | {"learned"}}
        words = [re.findall(r"[a-z0-9]+", text.lower().replace("'", "")) for text in texts]
        self.stems = [{w[:5] for w in ws if len(w) > 3 and w not in COMMON} for ws in words]
        self.ordinal = [next((ORDINALS[w] for w in ws[:4] if w in ORDINALS), -1) for ws in words]
        self.rank = {i: rank for places in self.places.values() for rank, i in enumerate(places)}
        self.run = self._runs()

    def _runs(self) -> list[tuple[int, int, int]]:
        """(index of the run, place in it, places after it) of each span; a run is neighbours of one kind."""
        runs: list[list[int]] = []
        for i, kind in enumerate(self.kinds):
            if runs and self.kinds[runs[-1][-1]] == kind:
                runs[-1].append(i)
            else:
                runs.append([i])
        return [(r, place, len(run) - 1 - place) for r, run in enumerate(runs) for place in range(len(run))]

    def targets(self, source: int) -> list[int]:
        kind = self.kinds[source]
        places = self.places.get(POINTS_TO[kind], [])
        if kind != "answer":  # only answers come before what they reply to
            places = [t for t in places if t < source]
        return sorted(sorted(places, key=lambda t: abs(t - source))[:TARGETS])

    def features(self, s: int, t: int) -> list[float]:
        kind, low, high = self.kinds[s], min(s, t), max(s, t)
        of_target, of_source = self.places[self.kinds[t]], self.places[kind]
        between = sum(low < i < high for i in of_target)
        answers_between = sum(low < i < high for i in of_source)
        shared = len(self.stems[s] & self.stems[t])
        smaller = max(1, min(len(self.stems[s]), len(self.stems[t])))
        run_s, run_t = self.run[s], self.run[t]
        one_hot = [0.0] * (len(DISTANCES) + 1)
        one_hot[sum(s - t >= low_end for low_end in DISTANCES)] = 1.0
        return [
            *one_hot,
            *(float(kind == k) for k in POINTS_TO),
            *(float(s > t and between == n) for n in range(4)),
            float(s > t and between > 3),
            float(s < t and between == 0),
            float(answers_between == 0),
            min(answers_between, 5) / 5,
            float(run_s[1] == run_t[1]),
            float(run_s[2] == run_t[2]),
            float(run_s[0] - run_t[0] == 1),
            float(run_t[1] + run_t[2] > 0),
            float(run_s[1] + run_s[2] > 0),
            float(self.rank[s] == self.rank[t]),
            float(self.ordinal[s] >= 0 and self.ordinal[s] == self.ordinal[t]),
            float(self.ordinal[s] >= 0 and self.ordinal[t] >= 0 and self.ordinal[s] != self.ordinal[t]),
            min(shared, 4) / 4,
            shared / smaller,
        ]


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
