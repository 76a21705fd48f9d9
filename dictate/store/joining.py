"""Recordings that are parts of one debrief: spoken minutes apart, by times that can be trusted, in one folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import combinations

from sqlite_utils import Database

from dictate.store import reads
from dictate.store.rows import Row

GAP = timedelta(minutes=20)  # from the end of one part to the beginning of the next
FACTS = ("company", "role", "round")


def parts_of(db: Database, recording: Row, facts: Row) -> list[int]:
    """The interviews that a recording (a row that is not there yet) is part of, the nearest first.

    More than one where it closes the gap between them. Interviews that are near each other without it were set apart
    by the user: of those only the nearest counts. One of another employer, job or round is another interview.
    """
    if not recording["trusted"] or recording["recorded_at"] is None or recording["duration_s"] is None:
        return []
    (start,) = db.execute("select julianday(?)", [recording["recorded_at"]]).fetchone()
    if start is None:
        return []
    span = (start, start + _days(recording["duration_s"]))
    near: dict[int, float] = {}
    spans: dict[int, list[tuple[float, float]]] = {}
    for row in _recordings(db, span):
        if os.path.dirname(row["original_path"]) != os.path.dirname(recording["original_path"]):  # noqa: PTH120
            continue
        there = (row["start"], row["start"] + _days(row["duration_s"]))
        spans.setdefault(row["interview_id"], []).append(there)
        near[row["interview_id"]] = min(_apart(span, there), near.get(row["interview_id"], 1.0))
    found = [id_ for id_ in sorted(near, key=lambda id_: near[id_]) if near[id_] <= _gap() and _agrees(db, id_, facts)]
    set_apart = any(_nearest(spans[a], spans[b]) <= _gap() for a, b in combinations(found, 2))
    return found[:1] if set_apart else found


def _recordings(db: Database, span: tuple[float, float]) -> Iterator[Row]:
    return db.query(
        "select interview_id, original_path, julianday(recorded_at) as start, duration_s from recordings "
        "where trusted and duration_s is not null and julianday(recorded_at) between ? and ?",
        [span[0] - 1, span[1] + 1],
    )


def _agrees(db: Database, interview_id: int, facts: Row) -> bool:
    there = reads.interview_row(db, interview_id)
    return all(_alike(there[key], facts[key]) for key in FACTS)


def _alike(one: str | None, other: str | None) -> bool:
    """Whether two facts may be one: one is unknown, or they begin with the same word."""
    return not one or not other or one.casefold().split()[:1] == other.casefold().split()[:1]


def _nearest(some: Iterable[tuple[float, float]], others: list[tuple[float, float]]) -> float:
    return min(_apart(one, other) for one in some for other in others)


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Days between two stretches of time; 0 where they overlap."""
    return max(0.0, max(one[0], other[0]) - min(one[1], other[1]))


def _days(seconds: float) -> float:
    return seconds / 86_400


def _gap() -> float:
    return GAP / timedelta(days=1)
