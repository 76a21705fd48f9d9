"""Interviews out of a calendar file (.ics, RFC 5545): the one place that knows the icalendar library's readings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from dictate.errors import InputError
from dictate.records import Interview, Upcoming, plain
from dictate.review.report.names import GIVEN

LARGEST = 50_000_000  # bytes; a calendar of many years has a few
LONG_OVER = timedelta(days=3)  # who has not told of an interview by then will not
USUAL = timedelta(hours=1)  # where no end is named
LONGEST = timedelta(hours=24)

_INTERVIEW = re.compile(
    r"\b(?:interview\w*|phone screen\w*|screening call|assessment (?:centre|center|day)|"
    r"(?:first|second|third|final|last) (?:round|stage)|panel|on-?site|recruit(?:er|ment) call)\b",
    re.I,
)
_ROUND = r"(?:first|second|third|final|last|1st|2nd|3rd|phone|video|technical|panel|online|telephone|on-?site|hr)"
_AT = re.compile(r"(?:\bat|@) (?P<company>\S.*)", re.I)
_WITH = re.compile(r"\b(?:interview|call|screen(?:ing)?|round|stage|cent(?:re|er)|day) with (?P<company>\S.*)", re.I)
_AFTER = re.compile(rf"\A(?:{_ROUND} )*(?:job )?interview\s*[:–—-]\s*(?P<company>\S.*)", re.I)
_FIRST = re.compile(
    rf"\A(?P<company>\S.*?)(?:['’]s)?[ :,–—-]+(?:{_ROUND}[ -](?:(?:round|stage) )?)*"
    r"(?:job )?(?:interview|screening call|assessment)\b",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:\w+(?:eer|er|or|ist|ian|man|woman)|nurse|analyst|assistant|apprentice|clerk|cook|chef|lead|head|staff|role|job|"
    r"post|position|my|the|your)\b",
    re.I,
)
_ENDS = re.compile(r"\s*(?:[|,;:(\[–—]| - | for | about | re | on | via | \().*\Z", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Read:
    """What a calendar holds; the counts are of events that are left out."""

    entries: tuple[Upcoming, ...]
    cancelled: tuple[str, ...]  # keys
    others: int  # that are no interviews
    over: int  # for longer than is worth asking
    untimed: int  # of whole days


def read(file: Path, now: datetime) -> Read:
    """The interviews of a calendar file; a file with one event is about that one."""
    events = [*_events(file)]
    about = [event for event in events if len(events) == 1 or _is_interview(event)]
    cancelled = tuple(_text(event, "UID") for event in about if _text(event, "STATUS").upper() == "CANCELLED")
    live = [event for event in about if _text(event, "UID") not in cancelled or not _text(event, "UID")]
    entries = [entry for event in live if (entry := _entry(event, file)) is not None]
    fresh = tuple(entry for entry in entries if now - entry.ends_at <= LONG_OVER)
    return Read(
        entries=tuple(sorted(fresh, key=lambda entry: entry.ends_at)),
        cancelled=tuple(filter(None, cancelled)),
        others=len(events) - len(about),
        over=len(entries) - len(fresh),
        untimed=len(live) - len(entries),
    )


def filled(entries: Sequence[Upcoming], given: Interview) -> list[Upcoming]:
    """What the user says of an interview goes before what the calendar says."""
    return [
        replace(entry, interview=replace(given.filled(entry.interview), held_at=entry.interview.held_at))
        for entry in entries
    ]


def _events(file: Path) -> Iterator[Any]:
    from icalendar import Calendar

    try:
        if file.stat().st_size > LARGEST:
            raise InputError(f"{file} is too large for a calendar: export the interviews alone")
        content = file.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from error
    try:
        calendars = Calendar.from_ical(content, multiple=True)
        events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except Exception as error:  # what the library raises on bad input is not written down
        reason = plain(str(error))[:80] or type(error).__name__
        raise InputError(f"{file} is no calendar that can be read ({reason}): export it again as .ics") from error
    if not events:
        raise InputError(f"{file} holds no events: give a calendar (.ics) that does, or a time with --at")
    yield from events


def _is_interview(event: Any) -> bool:
    return bool(_INTERVIEW.search(f"{_text(event, 'SUMMARY')}\n{_text(event, 'CATEGORIES')}"))


def _entry(event: Any, file: Path) -> Upcoming | None:
    """None for an event of whole days: it has no end to wait for."""
    starts_at, ends_at = _moment(event, "DTSTART", file), _moment(event, "DTEND", file)
    if starts_at is None:
        return None
    if ends_at is None:
        ends_at = starts_at + (_duration(event) or USUAL)
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        ends_at = starts_at + USUAL
    title = plain(_text(event, "SUMMARY")) or None
    company = company_of(title) if title else None
    return Upcoming(Interview(company, held_at=starts_at), ends_at, title, _text(event, "UID") or None)


def company_of(title: str) -> str | None:
    """The company that an event's title names, where it plainly names one: a person or a job is none."""
    found = next((match for form in (_AT, _WITH, _AFTER, _FIRST) if (match := form.search(title))), None)
    if not found:
        return None
    name = _ENDS.sub("", found["company"]).strip(" .,'\"")
    words = name.split()
    if not name[:1].isupper() or len(words) > 5 or _INTERVIEW.search(name):
        return None
    is_person = not GIVEN.isdisjoint(word.casefold() for word in words)
    return None if found.re is not _AT and (is_person or _ROLE.search(name)) else name


def _moment(event: Any, key: str, file: Path) -> datetime | None:
    value = event.get(key)
    if value is None:
        return None
    moment = getattr(value, "dt", None)
    try:
        return moment.astimezone() if isinstance(moment, datetime) else None
    except (OverflowError, ValueError, OSError) as error:
        raise InputError(f"{file} has an event at a time that there is not ({moment}): correct it") from error


def _duration(event: Any) -> timedelta | None:
    duration = getattr(event.get("DURATION"), "dt", None)
    return duration if isinstance(duration, timedelta) else None


def _text(event: Any, key: str) -> str:
    value = event.get(key)
    if value is None:
        return ""
    cats = getattr(value, "cats", None)
    return " ".join(map(str, cats)) if cats is not None else str(value)
