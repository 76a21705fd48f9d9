"""When an interview was, as people say it soon after: "this morning at ten", "yesterday at half past two"."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta

_NUMBERS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
)
_PAST = {"half": 30, "quarter": 15, "fifteen": 15, "thirty": 30, "forty-five": 45, "forty five": 45}
_HOUR = rf"{'|'.join(_NUMBERS)}|[01]?\d|2[0-3]"
_CLOCK = re.compile(
    rf"\bat (?:(?P<part>half|quarter)(?: (?P<side>past|to))? (?P<of>{_HOUR})"
    rf"|(?P<hour>{_HOUR})(?:[:.](?P<minute>[0-5]\d)|[ -](?P<past>fifteen|thirty|forty[- ]five))?)"
    r"(?: ?(?P<noon>am|pm|a\.m\.?|p\.m\.?)| o[’']?clock)?(?![\w:%])(?! (?:per|people|thousand|of|minutes|hours))",
    re.I,
)
_DAY = re.compile(r"\b(this morning|this afternoon|this evening|today|yesterday)\b", re.I)
_OTHER = re.compile(
    r"\b(next|tomorrow|ring|hear|call(?:ing)? me|monday|tuesday|wednesday|thursday|friday|until|train)\b", re.I
)
EARLIEST_H, LATEST_H = 7, 20  # between these an hour without am or pm is meant


def when(text: str, told_at: datetime) -> datetime | None:
    """The moment that a note tells, of the day on which it was told or the one before."""
    day = _DAY.search(text)
    if day is None or _OTHER.search(text):
        return None
    date = told_at.date() - timedelta(days=day[1].lower() == "yesterday")
    clock = _CLOCK.search(text)
    if clock is None:
        return None
    hour, minute = _read(clock)
    moments = [
        datetime.combine(date, time(at, minute), told_at.tzinfo)
        for at in ([hour] if clock["noon"] or hour > 12 else [hour, hour + 12])
        if at < 24 and (clock["noon"] or EARLIEST_H <= at <= LATEST_H)
    ]
    moments = [moment for moment in moments if moment <= told_at and _fits(moment, day[1].lower())]
    return moments[-1] if moments else None


def _read(clock: re.Match[str]) -> tuple[int, int]:
    if clock["part"]:
        hour, minute = _number(clock["of"]), _PAST[clock["part"].lower()]
        if (clock["side"] or "").lower() == "to":
            hour, minute = hour - 1, 60 - minute
    else:
        hour, minute = _number(clock["hour"]), int(clock["minute"] or _PAST.get((clock["past"] or "").lower(), 0))
    noon = (clock["noon"] or "").lower()
    if noon.startswith("p") and hour < 12:
        hour += 12
    return (hour % 12 if noon.startswith("a") else hour), minute


def _number(text: str) -> int:
    return _NUMBERS.get(text.lower()) or int(text)


def _fits(moment: datetime, day: str) -> bool:
    return not (day == "this morning" and moment.hour > 12) and not (day == "this afternoon" and moment.hour < 12)
