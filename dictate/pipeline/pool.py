"""Pieces of speech that wait for a worker, taken in groups that are decoded well together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dictate.transcribe.pieces import Packed

if TYPE_CHECKING:
    from dictate.pipeline.flow import Work

GROUP = 4  # pieces that are decoded together: each needs 50 MB meanwhile
RUN = 8  # pieces that follow one another, where each is heard in the light of the last
TELLING = 2  # pieces from which a memo's language is told

Group = list[tuple["Work", Packed]]


class Pool:
    """The oldest piece goes first, in the company of those most like it in length: a group takes as long as its
    longest piece asks. With ``one_memo`` a group is a run of one memo's pieces instead.
    """

    def __init__(self, workers: int, *, one_memo: bool = False) -> None:
        self._workers = workers
        self._one_memo = one_memo
        self._waiting: Group = []

    def add(self, work: Work, packed: Packed) -> None:
        self._waiting.append((work, packed))

    def drop(self, work: Work) -> int:
        """Take a memo's pieces out; how many there were."""
        before = len(self._waiting)
        self._waiting = [each for each in self._waiting if each[0] is not work]
        return before - len(self._waiting)

    def take(self, *, in_haste: bool, last: bool) -> Group:
        """A group, or nothing while a better one can be had later; ``last``: nothing will be added any more."""
        ready = [each for each in self._waiting if not each[0].asked]
        if not ready:
            return []
        group = self._run(ready) if self._one_memo else self._alike(ready, in_haste=in_haste, last=last)
        taken = set(map(id, group))
        self._waiting = [each for each in self._waiting if id(each) not in taken]
        return group

    def _alike(self, ready: Group, *, in_haste: bool, last: bool) -> Group:
        work, oldest = ready[0]
        if not in_haste and len(ready) < 2 * GROUP:
            return []
        if work.language is None:
            return self._telling(ready)
        key = (work.language, work.options)
        alike = [each for each in ready if (each[0].language, each[0].options) == key]
        alike.sort(key=lambda each: abs(each[1].duration_s - oldest.duration_s))
        size = GROUP if not last else min(GROUP, max(2, -(-len(ready) // (2 * self._workers))))
        return alike[:size]

    def _telling(self, ready: Group) -> Group:
        work = ready[0][0]
        work.asked = True
        return [each for each in ready if each[0] is work][:TELLING]

    def _run(self, ready: Group) -> Group:
        """The next pieces of a memo, as many as a run has, or its last."""
        for work in dict.fromkeys(work for work, _ in ready):
            run = [each for each in ready if each[0] is work][:RUN]
            if len(run) == RUN or work.ended:
                if work.language is None:
                    work.asked = True
                return run
        return []
