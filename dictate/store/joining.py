"""Recordings that are parts of one debrief: spoken minutes apart, by times that can be trusted, in one folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import combinations

from sqlite_utils import Database

from dictate.store import reads
from dictate.store.rows import Row

GAP = timedelta(minutes=20)  # from the end of one part to the beginning of the next
NAMES = ("company", "role", "round")
ARTICLES = frozenset(("a", "an", "the"))
ENDINGS = frozenset(  # of companies' names, which say their legal form
    "ag bv co company corp corporation gmbh inc incorporated limited llc llp ltd nv oy plc pty sa sarl srl".split()
)


def parts_of(db: Database, recording: Row, facts: Row) -> list[int]:
    """The interviews that a recording (a row that is not there yet) is part of, the nearest first.

    More than one where it closes the gap between them. Interviews that are near each other without it were set apart
    by the user: of those only the nearest counts, as it does where their facts differ. One of another employer, job,
    round or time is another interview.
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
    rows = {id_: reads.interview_row(db, id_) for id_ in sorted(near, key=lambda id_: near[id_]) if near[id_] <= _gap()}
    found = [id_ for id_, row in rows.items() if _agree(row, facts)]
    set_apart = any(
        _nearest(spans[a], spans[b]) <= _gap() or not _agree(rows[a], rows[b]) for a, b in combinations(found, 2)
    )
    return found[:1] if set_apart else found


def _recordings(db: Database, span: tuple[float, float]) -> Iterator[Row]:
    return db.query(
        "select interview_id, original_path, julianday(recorded_at) as start, duration_s from recordings "
        "where trusted and duration_s is not null and julianday(recorded_at) between ? and ?",
        [span[0] - 1, span[1] + 1],
    )


def _agree(one: Row, other: Row) -> bool:
    """Whether the facts of two may be those of one interview."""
    return all(_alike(one[key], other[key]) for key in NAMES) and _one_time(one["held_at"], other["held_at"])


def _alike(one: str | None, other: str | None) -> bool:
    """Whether two names may be one: one is unknown, or begins with all words of the other."""
    if not one or not other:
        return True
    some, others = _words(one), _words(other)
    length = min(len(some), len(others))
    return some[:length] == others[:length]


def _words(name: str) -> list[str]:
    """A name's words without article and legal form: bank, of, ireland; c++, developer."""
    name = re.sub(r"['\u2019]|(?<=\b\w)\.", "", name.casefold()).replace("&", " and ")  # L.L.C. is LLC
    words = [word for part in re.split(r"[\s,;:()/-]+", name) if (word := part.strip('."'))]
    first = 1 if len(words) > 1 and words[0] in ARTICLES else 0
    last = len(words)
    while last > first + 1 and words[last - 1] in ENDINGS:
        last -= 1
    return words[first:last]


def _one_time(one: str | None, other: str | None) -> bool:
    """Whether two times may be one: one is unknown, they are one moment, or one is told as the day alone."""
    if not one or not other:
        return True
    some, others = datetime.fromisoformat(one), datetime.fromisoformat(other)
    if some == others:
        return True
    return some.date() == others.date() and any(not any(moment.timetuple()[3:6]) for moment in (some, others))


def _nearest(some: Iterable[tuple[float, float]], others: list[tuple[float, float]]) -> float:
    return min(_apart(one, other) for one in some for other in others)


def _apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Days between two stretches of time; 0 where they overlap."""
    return max(0.0, max(one[0], other[0]) - min(one[1], other[1]))


def _days(seconds: float) -> float:
    return seconds / 86_400


def _gap() -> float:
    return GAP / timedelta(days=1)
