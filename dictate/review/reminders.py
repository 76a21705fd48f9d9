"""A calendar to import: debriefs to record, plans due, decisions due, letters to write."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from dictate.errors import InputError
from dictate.review.days import due_day
from dictate.review.made import PRODID
from dictate.review.plan import plan
from dictate.review.status import OVER, status
from dictate.store import Store, UpcomingShown
from dictate.writing import write_whole

AFTER = timedelta(minutes=1)  # of the interview's end
LASTS = timedelta(minutes=15)  # a debrief
LONGEST = 120  # characters of a title


def debriefs(upcoming: Iterable[UpcomingShown], database: Path, now: datetime) -> bytes:
    """A reminder for the minute after the end of each interview."""
    return _calendar(_debriefs(upcoming, database, now))


def due(store: Store, now: datetime) -> tuple[bytes, int]:
    """All that is due, and how much: debriefs to record, plans with a day, followups with one, letters to send."""
    events = [
        *_debriefs(store.upcoming(), store.path, now),
        *_plans(store, now),
        *_followups(store, now),
        *_letters(store, now),
    ]
    return _calendar(events), len(events)


def write(file: Path, content: bytes) -> None:
    """A whole file or none."""
    try:
        write_whole(file, content)
    except FileNotFoundError as error:
        raise InputError(f"the folder {file.parent} does not exist: create it, or name another file") from error
    except OSError as error:
        raise InputError(f"cannot write {file}: {error.strerror}; name another place") from error


def _calendar(events: Iterable[Any]) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _debriefs(upcoming: Iterable[UpcomingShown], database: Path, now: datetime) -> Iterator[Any]:
    for one in upcoming:
        begins = datetime.fromisoformat(one["ends_at"]).astimezone(UTC) + AFTER
        name = one["company"] or one["title"]
        title = f"Record the debrief: {name}" if name else "Record the debrief"
        event = _event(f"debrief-{one['id']}", title, database, now)
        event.add("dtstart", begins)
        event.add("dtend", begins + LASTS)
        event.add("description", "Tell at once what was asked and what you answered: dictate record")
        yield _alarmed(event, timedelta(0))


def _plans(store: Store, now: datetime) -> Iterator[Any]:
    for one in plan(store):
        if one["due"]:
            title = f"To do better: {one['line'] or one['text']}"
            yield _on(
                date.fromisoformat(one["due"]), f"plan-{one['note_id']}", title, store.path, now, [one["note_id"]]
            )


def _followups(store: Store, now: datetime) -> Iterator[Any]:
    """By the day that the user has set, else by the one that was plainly named."""
    days = {one["id"]: one["happened_at"] for one in store.interview_states()}
    for note in store.decided(("followup",)):
        if note["state"] != "open" or note["outcome"] in OVER:
            continue
        if day := due_day(note["due"], note["text"], days[note["interview_id"]]):
            title = " · ".join(filter(None, ("Next step", note["company"], note["text"])))
            yield _on(day, f"followup-{note['id']}", title, store.path, now, [note["id"]])


def _letters(store: Store, now: datetime) -> Iterator[Any]:
    """Those that are overdue are for today."""
    for one in status(store, now)["letters"]:
        people = ", ".join(filter(None, one["to"]))
        title = " · ".join(filter(None, (f"Thank-you letter{f' to {people}' if people else ''}", one["company"])))
        yield _on(now.date(), f"letter-{one['interview_id']}", title, store.path, now, one["note_ids"])


def _on(day: date, key: str, title: str, database: Path, now: datetime, notes: Sequence[int]) -> Any:
    event = _event(key, title, database, now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if notes:
        event.add("description", f"From note{'s' * (len(notes) > 1)} {', '.join(map(str, notes))}: dictate status")
    return _alarmed(event, timedelta(hours=9))


def _event(key: str, title: str, database: Path, now: datetime) -> Any:
    """Of the same key at every export, so that a calendar replaces what it has."""
    from icalendar import Event

    mark = hashlib.sha256(os.fsencode(database.absolute())).hexdigest()[:16]
    event = Event()
    event.add("uid", f"{key}-{mark}@dictate")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", title if len(title) <= LONGEST else title[: LONGEST - 1] + "…")
    return event


def _alarmed(event: Any, after: timedelta) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event["summary"])
    alarm.add("trigger", after)
    event.add_component(alarm)
    return event
