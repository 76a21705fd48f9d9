"""Days as they are spoken ("by Friday", "the twenty-first", "within two weeks"), counted from the day of the talk."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from dictate.review.amounts import NUMBER, value

_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS = "january february march april may june july august september october november december".split()
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
} | {"thirtieth": 30, "twenty-first": 21, "twenty-second": 22, "twenty-third": 23, "twenty-fourth": 24,
     "twenty-fifth": 25, "twenty-sixth": 26, "twenty-seventh": 27, "twenty-eighth": 28, "twenty-ninth": 29,
     "thirty-first": 31}  # fmt: skip
_NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
_MONTH = "|".join(_MONTHS)
_OF_SOMETHING = r"(?!\w| (?:round|interview|stage|floor|time|call|meeting|one|person))"
_SPOKEN = re.compile(
    rf"\b(?:(?P<soon>today|tonight|tomorrow)"
    rf"|(?:by |on |this |before |come )?(?P<weekday>{'|'.join(_DAYS)})\b(?! week)"
    rf"|(?:by |at )?the end of the (?P<end>week|month)"
    rf"|(?:with)?in (?:about )?(?P<count>an? couple of|{NUMBER}|an?) "
    rf"(?P<working>working |business )?(?P<unit>day|week)s?"
    rf"|(?:by |on |before )?the (?P<nth>{_NTH}) of (?P<month>{_MONTH})"
    rf"|(?:by|on|before|until) the (?P<nth2>{_NTH}){_OF_SOMETHING}"
    rf"|(?P<month3>{_MONTH}) (?:the )?(?P<nth3>\d{{1,2}})(?:st|nd|rd|th)?)\b",
    re.I,
)

_VAGUE = re.compile(
    r"\b(?:week (?:on|from|after)|fortnight|after next|next week|weekend"
    rf"|(?:{'|'.join(_DAYS)}),? (?:or|week)\b)",
    re.I,
)


def day_here(moment: str) -> str:
    """The day, where this machine is, of a moment that is kept in UTC (ISO 8601): when something was made or sent."""
    return datetime.fromisoformat(moment).astimezone().date().isoformat()


def spoken_day(text: str, told: date) -> tuple[str, date] | None:
    """The day that a text plainly names, in its words and as a date.

    A guess is none ("next Friday", "a week on Monday", "Thursday or Friday"), nor are two days ("they see one more on
    Thursday and ring before the weekend").
    """
    matches = [*_SPOKEN.finditer(text)]
    if not matches or _VAGUE.search(text):
        return None
    first = matches[0]
    day, *others = {_day(match, told) for match in matches}
    if day is None or others or text[: first.start()].casefold().endswith("next "):
        return None
    return first[0], day


def due_day(due: str | None, text: str, happened_at: str | None) -> date | None:
    """When a followup is due: on the day that its user has set, else on that which was plainly named after the talk."""
    if due:
        return date.fromisoformat(due)
    spoken = spoken_day(text, date.fromisoformat(happened_at[:10])) if happened_at else None
    return spoken[1] if spoken else None


def _day(match: re.Match[str], told: date) -> date | None:
    if match["soon"]:
        return told + timedelta(days=match["soon"].lower() == "tomorrow")
    if match["weekday"]:
        return _weekday(told, _DAYS.index(match["weekday"].lower()))
    if match["end"]:
        return _weekday(told - timedelta(days=1), 4) if match["end"].lower() == "week" else _month_end(told)
    if match["unit"]:
        return _later(match, told)
    nth = match["nth"] or match["nth2"] or match["nth3"]
    month = (match["month"] or match["month3"] or "").lower()
    number = _ORDINALS.get(nth.lower()) or int(re.sub(r"\D", "", nth))
    return _dated(told, number, _MONTHS.index(month) + 1 if month else None)


def _weekday(told: date, weekday: int) -> date:
    """The next such day after that one."""
    return told + timedelta(days=(weekday - told.weekday() - 1) % 7 + 1)


def _month_end(told: date) -> date:
    return (told.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def _later(match: re.Match[str], told: date) -> date | None:
    spoken = match["count"].lower()
    count = 2 if "couple" in spoken else 1 if spoken in ("a", "an") else value(spoken)
    if count is None or count > 60:
        return None
    if match["unit"].lower() == "week":
        return told + timedelta(weeks=count)
    if not match["working"]:
        return told + timedelta(days=count)
    day = told
    for _ in range(round(count)):
        day += timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
    return day


def _dated(told: date, number: int, month: int | None) -> date | None:
    """The next such day of a month, or of that month."""
    year, at = told.year, month or told.month
    for _ in range(13):
        try:
            found = date(year, at, number)
        except ValueError:
            found = None
        if found and found >= told:
            return found
        year, at = (year + 1, at) if month else (year + at // 12, at % 12 + 1)
    return None
