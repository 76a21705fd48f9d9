"""The figures by which a segmenter is judged, over gold words.

Words of a prediction are aligned with those of the labelled debrief, so that a transcript with recognition errors
can be scored as well. ``kind`` F1s count words; ``boundary`` F1 counts where spans begin; ``pairs`` is the share of
gold answer words whose predicted question is the right one; ``difficult`` is the F1 of difficult questions.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dictate.records import KINDS, Span
from models.segmenter.corpus import Labelled

CORE = ("question", "answer", "feeling", "concern")


@dataclass(slots=True)
class Tally:
    """Counts over debriefs; ``figures`` turns them into rates."""

    hits: Counter[str] = field(default_factory=Counter)
    confused: Counter[tuple[str, str]] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    certain: list[tuple[float, bool]] = field(default_factory=list)  # (confidence, right) of gold words

    def add(self, gold: Sequence[Labelled], found: Sequence[Span]) -> None:
        gold_of = [i for i, span in enumerate(gold) for _ in span.text.split()]
        found_of = _project(gold, found)
        for g, f in zip(gold_of, found_of, strict=True):
            right = gold[g].kind == found[f].kind
            if right:
                self.hits[gold[g].kind] += 1
            else:
                self.confused[gold[g].kind, found[f].kind] += 1
            confidence = found[f].confidence
            if confidence is not None:
                self.certain.append((confidence, right))
        self._begins(_starts(gold_of), _starts(found_of))
        self._pairs(gold, found, gold_of, found_of)

    def _begins(self, gold: set[int], found: set[int]) -> None:
        self.counts["begin both"] += len(gold & found)
        self.counts["begin either"] += len(gold) + len(found)

    def _pairs(self, gold: Sequence[Labelled], found: Sequence[Span], gold_of: list[int], found_of: list[int]) -> None:
        asked: dict[int | None, set[int]] = defaultdict(set)
        heard: dict[int | None, set[int]] = defaultdict(set)
        for word, (g, f) in enumerate(zip(gold_of, found_of, strict=True)):
            if gold[g].kind == "question":
                asked[gold[g].number].add(word)
            if found[f].kind == "question" and found[f].number is not None:
                heard[found[f].number].add(word)
        for g, f in zip(gold_of, found_of, strict=True):
            if gold[g].kind == "answer":
                self.counts["answer words"] += 1
                ours = heard.get(found[f].number, set()) if found[f].kind == "answer" else set()
                self.counts["answer words paired"] += _same(ours, asked[gold[g].number])
        hard = {s.number for s in gold if s.kind == "question" and s.difficult}
        thought = {s.number for s in found if s.kind == "question" and s.difficult and s.number is not None}
        self.counts["hard"] += len(hard)
        self.counts["hard found"] += sum(any(_same(heard[t], asked[h]) for t in thought) for h in hard)
        self.counts["thought hard"] += len(thought)
        self.counts["thought rightly"] += sum(any(_same(heard[t], asked[h]) for h in hard) for t in thought)

    def figures(self) -> dict[str, float]:
        f1: dict[str, float] = {}
        for kind in KINDS:
            missed = sum(n for (gold, _), n in self.confused.items() if gold == kind)
            wrong = sum(n for (_, found), n in self.confused.items() if found == kind)
            f1[kind] = 2 * self.hits[kind] / max(1, 2 * self.hits[kind] + missed + wrong)
        c = self.counts
        right = sum(self.hits.values())
        recall = c["hard found"] / max(1, c["hard"])
        precision = c["thought rightly"] / max(1, c["thought hard"])
        return {
            "accuracy": right / max(1, right + sum(self.confused.values())),
            "macro": sum(f1.values()) / len(f1),
            "core": sum(f1[kind] for kind in CORE) / len(CORE),
            "boundary": 2 * c["begin both"] / max(1, c["begin either"]),
            "pairs": c["answer words paired"] / max(1, c["answer words"]),
            "difficult": 2 * recall * precision / max(1e-9, recall + precision),
            "calibration error": self.calibration_error(),
            **f1,
        }

    def calibration_error(self, bins: int = 10) -> float:
        """Expected calibration error over words (Naeini et al. 2015), equal-width bins."""
        groups: dict[int, list[tuple[float, bool]]] = defaultdict(list)
        for confidence, right in self.certain:
            groups[min(bins - 1, int(confidence * bins))].append((confidence, right))
        gaps = (abs(sum(c - r for c, r in g)) for g in groups.values())
        return sum(gaps) / max(1, len(self.certain))


def score(pairs: Iterable[tuple[Sequence[Labelled], Sequence[Span]]]) -> Tally:
    tally = Tally()
    for gold, found in pairs:
        tally.add(gold, found)
    return tally


def _same(ours: set[int], theirs: set[int]) -> bool:
    """Whether two sets of words are mentions of one question: half of the smaller is shared."""
    both = len(ours & theirs)
    return both > 0 and both * 2 >= min(len(ours), len(theirs))


def _starts(span_of: list[int]) -> set[int]:
    return {i for i, span in enumerate(span_of) if i == 0 or span != span_of[i - 1]}


def bare(word: str) -> str:
    return re.sub(r"[^a-z0-9]", "", word.lower()) or word


def _project(gold: Sequence[Labelled], found: Sequence[Span]) -> list[int]:
    """For each gold word the index of the found span that covers it, or covers the nearest aligned word."""
    theirs = [bare(word) for span in gold for word in span.text.split()]
    ours = [(bare(word), i) for i, span in enumerate(found) for word in span.text.split()]
    if theirs == [word for word, _ in ours]:
        return [i for _, i in ours]
    matcher = difflib.SequenceMatcher(None, theirs, [word for word, _ in ours], autojunk=False)
    match: list[int | None] = [None] * len(theirs)
    for i, j, n in matcher.get_matching_blocks():
        match[i : i + n] = [ours[j + k][1] for k in range(n)]
    result, last = [], next((m for m in match if m is not None), 0)
    for m in match:
        last = last if m is None else m
        result.append(last)
    return result
