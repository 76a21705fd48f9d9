"""When a file was recorded: told by its tags, else by its name, else by the file's own time; and how far to trust it.

Tags lie when a converter or a shop wrote them, or a device whose clock was never set. Names lie when a messenger
wrote them later. A file's time is that of the last copy or download. What agrees with another witness is believed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dictate.capture.names import date_in_name
from dictate.errors import MediaError
from dictate.records import RecordedAt, Source

TAGS = (  # the most telling first
    ("com.apple.quicktime.creationdate", "Apple's creation date"),
    ("origination", "the Broadcast WAV's origination time"),
    ("creation_time", "the container's creation time"),
    ("date_recorded", "the date-recorded tag"),
    ("date", "the date tag"),
)
SHOP_TAGS = ("purchase_date", "account_id")
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
UNSET_CLOCKS = (datetime(2000, 1, 1), datetime(2001, 1, 1))  # where clocks start that were never set
DAY = timedelta(days=1)
STARTING = timedelta(minutes=2)  # between a name that is given and a tag that is written

_CONVERTER = re.compile(
    r"\b(lav[fc]\d*|ffmpeg|handbrake|itunes|audacity|mp4box|gpac|freac|xld|dbpoweramp|adobe|foobar2000|nero)\b", re.I
)
_CLOCK_TAG = re.compile(r"\d\d[:\-.]\d\d[:\-.]\d\d")
_DATE_TAG = re.compile(
    r"(\d{4})[-:/.]?(\d\d)[-:/.]?(\d\d)(?:[T\s](\d\d)[:\-.]?(\d\d)(?:[:\-.]?(\d\d)(?:\.\d+)?)?)?\s*(Z|[+-]\d\d:?\d\d)?"
)


@dataclass(frozen=True, slots=True)
class Witness:
    """One thing that tells a date."""

    source: Source
    when: datetime  # aware
    has_time: bool  # else noon stands for the day
    remark: str
    doubt: str = ""
    is_later: bool = False  # told by a messenger: sent then, recorded before

    def verdict(self, *, trusted: bool | None = None, remark: str = "") -> RecordedAt:
        """As a record; ``remark`` is added to its own."""
        doubt = "; ".join(filter(None, [self.doubt, "" if self.has_time else "a day, no time"]))
        remarks = f"{self.remark} ({doubt})" if doubt else self.remark
        believed = not doubt if trusted is None else trusted
        return RecordedAt(self.when, self.source, believed, f"{remarks}; {remark}" if remark else remarks)


def recorded_at(
    path: Path, tags: Mapping[str, str], duration_s: float | None = None, *, now: datetime | None = None
) -> RecordedAt:
    """The best that can be told; ``tags`` have keys in lower case."""
    now = now or datetime.now(UTC)
    try:
        file_time = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    except OSError as error:
        raise MediaError(f"{path}: cannot be read any more; was it moved? Try again") from error
    tag = _told_by_tags(tags, now)
    name = _told_by_name(path, file_time, now)
    if tag and name:
        return _agreed(tag, name, timedelta(seconds=duration_s or 0))
    if witness := tag or name:
        return witness.verdict()
    return RecordedAt(file_time, "file", False, "the file's own time (a copy's is later than the recording)")


def _agreed(tag: Witness, name: Witness, duration: timedelta) -> RecordedAt:
    """What to make of two dates: where they agree the more telling one, else the one that lies less."""
    if abs(tag.when - name.when) <= duration + DAY:
        if not tag.has_time or _is_local_called_utc(tag, name, duration):
            return name.verdict()
        return tag.verdict(trusted=True, remark="the name agrees")
    if name.is_later and tag.has_time and tag.when < name.when:
        return tag.verdict(remark=f"the name has {name.when:%Y-%m-%d}, when it was sent")
    is_encode_date = tag.when > name.when
    remark = f"the tag says {tag.when:%Y-%m-%d}" + (", when it was converted or copied" if is_encode_date else "")
    return name.verdict(trusted=None if is_encode_date else False, remark=remark)


def _is_local_called_utc(tag: Witness, name: Witness, duration: timedelta) -> bool:
    """Whether the tag shows the name's wall clock as UTC: some recorders know no zones."""
    apart = tag.when.replace(tzinfo=None) - name.when.replace(tzinfo=None)
    same_clock = -STARTING <= apart <= duration + STARTING
    return name.has_time and tag.when.tzinfo is UTC and same_clock and name.when.utcoffset() != timedelta(0)


def _told_by_tags(tags: Mapping[str, str], now: datetime) -> Witness | None:
    told = dict(tags)
    if _CLOCK_TAG.fullmatch(tags.get("creation_time", "")):  # FFmpeg's way with a Broadcast WAV: the time of its date
        told["origination"] = f"{tags.get('date', '')} {tags['creation_time']}"
    found = [witness for key, remark in TAGS if (witness := _tag(told.get(key, ""), remark, now))]
    best = next((witness for witness in found if witness.has_time), found[0] if found else None)
    return replace(best, doubt=_doubt(tags)) if best else None


def _tag(text: str, remark: str, now: datetime) -> Witness | None:
    """A tag's date; a year alone is none."""
    match = _DATE_TAG.match(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    has_time = match[4] is not None
    try:
        moment = datetime(year, month, day, hour if has_time else 12, minute, second)
        zone = datetime.strptime(match[7], "%z").tzinfo if match[7] else None
        when = moment.replace(tzinfo=UTC if match[7] == "Z" else zone) if zone else moment.astimezone()
    except (ValueError, OverflowError, OSError):
        return None
    return Witness("tag", when, has_time, remark) if moment not in UNSET_CLOCKS and _plausible(when, now) else None


def _doubt(tags: Mapping[str, str]) -> str:
    """Why the tags of this file may not be the recorder's own."""
    if any(tag in tags for tag in SHOP_TAGS):
        return "bought: a date of purchase or publication"
    marks = (tags.get("encoder", ""), tags.get("encoded_by", ""), tags.get("software", ""))
    if any(_CONVERTER.search(mark) for mark in marks):
        return "a converter wrote the file, perhaps its date too"
    return ""


def _told_by_name(path: Path, file_time: datetime, now: datetime) -> Witness | None:
    named = date_in_name(path.stem, latest=file_time.replace(tzinfo=None))
    if named is None:
        return None
    try:
        when = named.when if named.when.tzinfo else named.when.astimezone()
    except (OverflowError, OSError):
        return None
    doubt = "day and month, or the year, are guessed" if named.is_guess else "when it was sent" if named.is_sent else ""
    if not named.has_time and file_time.date() == when.date():
        return Witness(
            "name", file_time, True, "the day in the name, the hour of the file's time", doubt, named.is_sent
        )
    witness = Witness("name", when, named.has_time, "the file's name", doubt, named.is_sent)
    return witness if _plausible(when, now) else None


def _plausible(when: datetime, now: datetime) -> bool:
    return EARLIEST <= when <= now + DAY
