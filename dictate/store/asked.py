"""Which questions came, how often, and what became of those interviews: counted in SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypedDict

from sqlite_utils import Database

from dictate.records import OUTCOMES, Kind
from dictate.store import reads
from dictate.store.numbers import SPOKEN
from dictate.store.shapes import QuestionAsked

ALL = reads.Filter()

# An interview's question: the same for all its mentions and its answers.
_PLACE = "coalesce(nullif(n.number, 0), -n.id)"

_SCOPE = f"""
    create temp table scope as
    select i.id, i.outcome, {reads.WHEN} as moment, {reads.DAY} as day from interviews i where {{condition}}
"""
# Ids and numbers alone: the texts stay in the database, wherever SQLite puts temporary tables.
_ASKED = f"""
    create temp table asked as
    select n.interview_id, {_PLACE} as place, min(n.id) as note_id, max(coalesce(n.difficult, 0)) as difficult,
        coalesce(max(coalesce(f.merged_into, f.id)), max(o.family), -min(n.id)) as family
    from notes n
        left join family_members m on m.note_id = n.id
        left join families f on f.id = m.family_id
        left join temp.overlay o on o.note_id = n.id
    where n.kind = 'question' and n.interview_id in (select id from scope)
    group by n.interview_id, place
"""
_COUNTS = f"""
    select family, count(*) as interviews, sum(difficult) as difficult,
        {", ".join(f"sum(outcome is '{outcome}') as {outcome}" for outcome in OUTCOMES)}
    from (
        select a.family, s.outcome, max(a.difficult) as difficult
        from temp.asked a join scope s on s.id = a.interview_id join interviews i on i.id = s.id
        where {{condition}} group by a.family, a.interview_id
    ) group by family
"""
_TOLD = """
    select a.family, a.note_id, n.text, n.number, a.difficult, a.interview_id, i.company, i.role, i.round, i.held_at,
        i.outcome, s.day
    from temp.asked a
        join notes n on n.id = a.note_id
        join interviews i on i.id = a.interview_id
        join scope s on s.id = a.interview_id
    where a.family = ? order by s.moment desc, a.interview_id desc, a.note_id desc limit ?
"""
_ANSWERS = f"""
    select n.id as note_id, n.text from notes n join recordings r on r.id = n.recording_id
    where n.interview_id = ? and n.kind = 'answer' and n.number = ? order by {SPOKEN}
"""
_NEWEST = """
    select s.id from scope s join interviews i on i.id = s.id
    where {condition} order by s.moment desc, s.id desc limit ?
"""
_SAID = f"""
    select n.id, n.interview_id, s.day, s.outcome, n.text from scope s
        join notes n on n.interview_id = s.id and n.kind = ?
    where s.id in ({_NEWEST}) order by s.moment, n.interview_id, n.id
"""
_SPOKEN = f"""
    select n.id, n.interview_id, n.kind, n.recording_id, n.start, n."end", a.difficult, a.family
    from temp.asked a
        join notes n on n.interview_id = a.interview_id and n.kind in ('question', 'answer') and {_PLACE} = a.place
    where a.interview_id in ({_NEWEST.format(condition="1")}) and n.start_s is not null and not n.reworded order by n.id
"""


class FamilyCount(NamedTuple):
    """In how many interviews a question came, was difficult, and what became of those in which it came."""

    family: int
    interviews: int
    difficult: int
    outcomes: Mapping[str, int]


class Occurrence(QuestionAsked):
    """A question as it came in one interview; ``day`` is when that was, as far as anything tells."""

    family: int
    round: str | None
    outcome: str | None
    day: str


class Said(NamedTuple):
    """A note of some kind, with its interview's day and outcome."""

    note_id: int
    interview_id: int
    day: str
    outcome: str | None
    text: str


class SpokenNote(NamedTuple):
    """A question's telling or its answer with its place in a recording's transcript."""

    note_id: int
    interview_id: int
    kind: str
    recording_id: int
    start: int
    end: int
    difficult: int
    family: int


class Base(TypedDict):
    """What there is to go on; ``outcomes`` counts interviews, those of which nothing is known as "unknown"."""

    interviews: int
    with_notes: int
    with_questions: int
    questions: int
    outcomes: dict[str, int]


@contextmanager
def counting(db: Database, filter_: reads.Filter, overlay: Mapping[int, int]) -> Iterator[Counts]:
    """Counts over some interviews.

    ``overlay`` holds families that were found and could not be kept, by the note of the question.
    """
    condition, values = filter_.sql()
    try:
        db.execute("create temp table overlay (note_id integer primary key, family integer)")
        db.conn.executemany("insert into temp.overlay values (?, ?)", overlay.items())
        db.execute(_SCOPE.format(condition=condition), values)
        db.execute("create unique index temp.scope_id on scope(id)")
        db.execute("create index temp.scope_moment on scope(moment)")
        db.execute(_ASKED)
        db.execute("create index temp.asked_family on asked(family, interview_id)")
        db.execute("create index temp.asked_interview on asked(interview_id)")
        yield Counts(db)
    finally:
        for table in ("asked", "scope", "overlay"):
            db.execute(f"drop table if exists temp.{table}")


class Counts:
    """What the temporary tables ``scope`` (interviews) and ``asked`` (their questions) tell, while they are there."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def base(self) -> Base:
        found = self._db.execute("select coalesce(outcome, 'unknown'), count(*) from scope group by 1").fetchall()
        asked = self._db.execute("select count(distinct interview_id), count(*) from temp.asked").fetchone()
        sql = "select count(*) from scope where exists (select 1 from notes where interview_id = scope.id)"
        return {
            "interviews": sum(count for _, count in found),
            "with_notes": self._db.execute(sql).fetchone()[0],
            "with_questions": asked[0],
            "questions": asked[1],
            "outcomes": dict(found),
        }

    def families(self, within: reads.Filter = ALL) -> list[FamilyCount]:
        """Each question's counts, what was difficult most often first."""
        condition, values = within.sql()
        found = self._db.execute(_COUNTS.format(condition=condition), values)
        counted = [
            FamilyCount(family, interviews, difficult, dict(zip(OUTCOMES, outcomes, strict=True)))
            for family, interviews, difficult, *outcomes in found
        ]
        return sorted(counted, key=lambda one: (-one.difficult, -one.interviews, -one.outcomes["rejected"], one.family))

    def difficult(self) -> int:
        """How many questions were difficult."""
        return int(self._db.execute("select count(*) from temp.asked where difficult").fetchone()[0])

    def told(self, family: int, newest: int) -> list[Occurrence]:
        """How a question came and was answered, so many times at last, from the oldest interview to the newest."""
        return [self._occurrence(row) for row in list(self._db.query(_TOLD, [family, newest]))[::-1]]

    def _occurrence(self, row: dict[str, Any]) -> Occurrence:
        answers = self._db.query(_ANSWERS, [row["interview_id"], row["number"]])
        return {**row, "difficult": bool(row["difficult"]), "answers": list(answers)}  # type: ignore[typeddict-item]

    def family_of(self, note_id: int) -> int | None:
        """The family of a question by any of its notes, its answers among them."""
        sql = f"""
            select a.family from notes n join temp.asked a on a.interview_id = n.interview_id and a.place = {_PLACE}
            where n.id = ? and n.kind in ('question', 'answer')
        """
        found = self._db.execute(sql, [note_id]).fetchone()
        return int(found[0]) if found else None

    def telling_of(self, family: int) -> tuple[int, str] | None:
        """A family's most central question, else its newest: the note and how it was told."""
        sql = """
            select n.id, n.text from temp.asked a
                join notes n on n.id = a.note_id
                join scope s on s.id = a.interview_id
                left join families f on f.central_note_id = n.id
            where a.family = ? order by f.id is null, s.moment desc, n.id limit 1
        """
        found = self._db.execute(sql, [family]).fetchone()
        return (found[0], found[1]) if found else None

    def families_of(self, interview_id: int) -> dict[int, int]:
        """The families that came in an interview, each with its question's note."""
        sql = "select family, min(note_id) from temp.asked where interview_id = ? group by family"
        return dict(self._db.execute(sql, [interview_id]).fetchall())

    def said(self, kind: Kind, newest: int, within: reads.Filter = ALL) -> list[Said]:
        """Notes of a kind, of so many of the newest interviews, the oldest first."""
        condition, values = within.sql()
        found = self._db.execute(_SAID.format(condition=condition), [kind, *values, newest])
        return [Said._make(row) for row in found]

    def spoken(self, newest: int) -> list[SpokenNote]:
        """Questions and answers that were spoken, of so many of the newest interviews."""
        return [SpokenNote._make(row) for row in self._db.execute(_SPOKEN, [newest])]

    def words(self, recordings: Iterable[int]) -> dict[int, tuple[str, Sequence[Sequence[float]]]]:
        """Transcripts with ``[start_s, end_s, confidence]`` of each of their words."""
        wanted = json.dumps([*recordings])
        sql = """
            select recording_id, text, words from transcripts
            where current and recording_id in (select value from json_each(?))
        """
        return {recording: (text, json.loads(words)) for recording, text, words in self._db.execute(sql, [wanted])}
