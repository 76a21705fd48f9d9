"""Dates in the names that phones, recorders and messengers give their files.

| name | whose |
| --- | --- |
| ``20240131 140511-1A2B3C4D.m4a``, ``Audio Recording 2024-01-31 at 2.05.11 PM.m4a`` | Apple |
| ``Voice 240131_140511.m4a``, ``Call recording Ann_240131_140511.m4a`` | Samsung |
| ``Jan 31 at 2-05 PM.m4a``, ``2024-01-31-14-05-11.mp3`` | Google, Xiaomi |
| ``240131_1405.mp3``, ``240131_0012.mp3`` (a counter, no time), ``REC20240131140511.mp3`` | Sony, Olympus, others |
| ``PTT-20240131-WA0003.opus``, ``WhatsApp Audio 2024-01-31 at 14.05.11.ogg`` | WhatsApp |
| ``signal-2024-01-31-140511.m4a`` | Signal |
| ``audio_2024-01-31_14-05-11.ogg``, ``audio_1@31-01-2024_14-05-11.ogg`` | Telegram |
| ``1706709911000.m4a``, ``recording_1706709911.m4a`` | seconds or milliseconds since 1970 |

A messenger's date is when the message was sent. ``New Recording 12`` holds no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = rf"(?P<name>{'|'.join(MONTHS)})[a-z]*\.?"
_TIME = (  # 14.05.11, 14-05-11, 140511, 14h05, "at 2.05 PM", and whether it is UTC
    r"(?:(?:[\s_,T-]|\bat\b)*(?P<hour>[0-2]?\d)[-_.:h\s]?(?P<minute>[0-5]\d)(?!\d(?!\d))"
    r"(?:[-_.:\s]?(?P<second>[0-5]\d)(?:[-_.,]?\d{3})?)?(?!\d)(?P<utc>Z)?(?:\s?(?P<half>[ap])\.?m\b)?)?"
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-_.\s]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d){_TIME}", re.I
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d\d)(?P<mark>[-_.])(?P<month>\d\d)(?P=mark)(?P<year>(?:19|20)\d\d){_TIME}", re.I
)
_SHORT = re.compile(
    r"(?<!\d)(?P<year>\d\d)(?P<month>\d\d)(?P<day>\d\d)[-_](?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?!\d)"
)
_DAY_MONTH = re.compile(rf"(?<!\d)(?P<day>[0-3]?\d)\.?[\s_-]{_MONTH}[\s_,-]+(?P<year>(?:19|20)\d\d){_TIME}", re.I)
_MONTH_DAY = re.compile(rf"\b{_MONTH}[\s_-](?P<day>[0-3]?\d)(?!\d)(?:[\s_,-]+(?P<year>(?:19|20)\d\d))?{_TIME}", re.I)
_COUNTER = re.compile(r"[-_]00\d\d$")  # Olympus and Tascam number recordings where others put the time: 240131_0012
_SINCE_1970 = re.compile(r"(?<!\d)(1[2-9]\d{8})(\d{3})?(?!\d)")
_SENT = re.compile(r"^(?:(?:ptt|aud|vid)-\d{8}-wa|whatsapp|signal-|(?:audio|voice|video)_(?:\d+@)?\d)", re.I)


@dataclass(frozen=True, slots=True)
class NamedDate:
    """What a name says: wall-clock time where it was recorded, unless it carries its zone."""

    when: datetime  # naive: local
    has_time: bool  # else noon stands for the day
    is_sent: bool  # by a messenger, so perhaps later than it was recorded
    is_guess: bool = False  # day and month may be the other way round, or the year is not told


def date_in_name(stem: str, *, latest: datetime) -> NamedDate | None:
    """The first date that the name holds; a name without a year is taken for the last such day before ``latest``."""
    sent = bool(_SENT.match(stem))
    for found in _candidates(stem, latest):
        return NamedDate(found.when, found.has_time, sent, found.is_guess and not sent)
    return None


def _candidates(stem: str, latest: datetime) -> Iterator[NamedDate]:
    for pattern in (_YEAR_FIRST, _DAY_FIRST, _SHORT, _DAY_MONTH, _MONTH_DAY):
        for match in pattern.finditer(stem):
            if found := _read(match, latest):
                yield found
    for match in _SINCE_1970.finditer(stem):
        milliseconds = int(match[2] or 0)
        yield NamedDate(datetime.fromtimestamp(int(match[1]), UTC) + timedelta(milliseconds=milliseconds), True, False)


def _read(match: re.Match[str], latest: datetime) -> NamedDate | None:
    parts = match.groupdict()
    try:
        day, is_guess = _day(match.re, parts, latest)
        when, has_time = _with_time(day, parts)
    except ValueError:  # no such day: 20241345
        return None
    if _COUNTER.search(match[0]):
        has_time = False
    return NamedDate(when if has_time else when.replace(hour=12, minute=0), has_time, False, is_guess)


def _day(pattern: re.Pattern[str], parts: dict[str, str | None], latest: datetime) -> tuple[date, bool]:
    """The day that a match tells, and whether that is a guess."""
    name = parts.get("name")
    month = MONTHS.index(name.lower()) + 1 if name else int(parts["month"] or 0)
    day, year = int(parts["day"] or 0), parts["year"]
    if year is None:
        this_year = date(latest.year, month, day)
        return (this_year if this_year <= latest.date() else this_year.replace(year=latest.year - 1)), True
    is_ambiguous = pattern is _DAY_FIRST and parts["mark"] != "." and day <= 12 and month <= 12 and day != month
    if pattern is _DAY_FIRST and month > 12:
        day, month = month, day
    return date(int(year) + (2000 if len(year) == 2 else 0), month, day), is_ambiguous


def _with_time(day: date, parts: dict[str, str | None]) -> tuple[datetime, bool]:
    if parts["hour"] is None:
        return datetime(day.year, day.month, day.day, 12), False
    hour = int(parts["hour"])
    if half := parts.get("half"):
        hour = hour % 12 + 12 * (half.lower() == "p")
    zone = UTC if parts.get("utc") else None
    moment = datetime(day.year, day.month, day.day, hour, int(parts["minute"] or 0), int(parts["second"] or 0))
    return moment.replace(tzinfo=zone), True
