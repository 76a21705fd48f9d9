"""Interviews that are in the calendar: kept until their debrief is recorded, or the user dismisses them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlite_utils import Database

from dictate.errors import NotFoundError
from dictate.records import Debrief, Upcoming
from dictate.store import rows
from dictate.store.rows import Row
from dictate.store.shapes import UpcomingShown

TOLD_WITHIN = timedelta(days=1)  # a debrief that is spoken so soon after an interview is taken to be about it
STATES = ("coming", "waiting", "told", "dismissed")

_STATE = """
    case when interview_id is not null then 'told' when dismissed_at is not null then 'dismissed'
        when julianday(ends_at) <= julianday('now') then 'waiting' else 'coming' end
"""
_COLUMNS = f"id, company, role, round, title, interviewers, starts_at, ends_at, {_STATE} as state, interview_id"


@dataclass(frozen=True, slots=True)
class Match:
    """What an interview takes over from the calendar."""

    row: Row
    interviewers: tuple[str, ...]


def expect(db: Database, entries: Sequence[Upcoming]) -> list[UpcomingShown]:
    """Add them, or give those of the same key their new times and facts."""
    ids = [_expect(db, entry) for entry in entries]
    return [*_found(db, f"id in ({', '.join('?' * len(ids))})", ids)] if ids else []


def forget(db: Database, uids: Sequence[str]) -> int:
    before = db.table("upcoming").count
    db.conn.executemany("delete from upcoming where uid = ? and interview_id is null", [(uid,) for uid in uids])
    return before - db.table("upcoming").count


def dismiss(db: Database, ids: Sequence[int]) -> list[UpcomingShown]:
    for one in ids:
        done = db.execute(
            "update upcoming set dismissed_at = coalesce(dismissed_at, ?) where id = ?", [rows.now(), one]
        )
        if not done.rowcount:
            raise NotFoundError(f"no upcoming interview {one}: `dictate upcoming --all` shows those there are")
    return [*_found(db, f"id in ({', '.join('?' * len(ids))})", ids)]


def shown(db: Database, states: Sequence[str]) -> list[UpcomingShown]:
    return [one for one in _found(db, "1", []) if one["state"] in states]


def match(db: Database, interview_id: int, debrief: Debrief) -> Match | None:
    """The latest one in the calendar that a debrief can be about; it is told from now on."""
    for row in db.query(
        f"select {_COLUMNS} from upcoming where interview_id is null order by julianday(starts_at) desc"
    ):
        moment = _moment(row, debrief)
        if moment is None or not _same(row["company"], debrief.interview.company):
            continue
        db.execute("update upcoming set interview_id = ? where id = ?", [interview_id, row["id"]])
        ended_at = min(datetime.fromisoformat(row["ends_at"]), moment).isoformat()
        facts = {key: row[key] for key in ("company", "role", "round")}
        return Match(
            {**facts, "held_at": row["starts_at"], "ended_at": ended_at}, tuple(json.loads(row["interviewers"]))
        )
    return None


def _moment(row: Row, debrief: Debrief) -> datetime | None:
    """When it was told, if that fits; an interview may end before its time, and so may be told before it."""
    starts_at, ends_at = datetime.fromisoformat(row["starts_at"]), datetime.fromisoformat(row["ends_at"])
    held_at, recorded = debrief.interview.held_at, debrief.recording.recorded_at
    told_at = recorded.when.astimezone() if recorded and recorded.trusted else None
    if held_at is not None:
        if starts_at.astimezone(held_at.tzinfo).date() != held_at.date():
            return None
        return told_at if told_at and told_at > starts_at else ends_at
    return told_at if told_at and starts_at < told_at <= ends_at + TOLD_WITHIN else None


def _same(planned: str | None, told: str | None) -> bool:
    """Whether two names may be one company's; what is not known speaks against nothing."""
    if not planned or not told:
        return True
    one, other = planned.casefold(), told.casefold()
    return one in other or other in one


def _expect(db: Database, entry: Upcoming) -> int:
    about = rows.interview_row(entry.interview)
    assert entry.interview.held_at is not None
    names = [name for one in entry.interview.interviewers if (name := rows.maybe(one))]
    row = {
        "company": about["company"],
        "role": about["role"],
        "round": about["round"],
        "title": rows.maybe(entry.title),
        "interviewers": json.dumps(names, ensure_ascii=False),
        "starts_at": entry.interview.held_at.isoformat(),
        "ends_at": entry.ends_at.isoformat(),
    }
    for known in db.query("select id from upcoming where uid = ?", [entry.uid]):
        db.table("upcoming").update(known["id"], row)
        return int(known["id"])
    uid = rows.maybe(entry.uid)
    added: int = db.table("upcoming").insert({**row, "uid": uid, "added_at": rows.now()}).last_pk  # type: ignore[assignment]
    return added


def _found(db: Database, condition: str, values: Sequence[object]) -> Iterator[UpcomingShown]:
    sql = f"select {_COLUMNS} from upcoming where {condition} order by julianday(starts_at), id"
    for row in db.query(sql, list(values)):
        yield {**row, "interviewers": json.loads(row["interviewers"])}  # type: ignore[typeddict-item]
