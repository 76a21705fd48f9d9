"""Calendars that are read and written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from dictate.errors import InputError
from dictate.review import calendar, reminders

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
EVENT = "BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260301T000000Z\r\n{lines}\r\nEND:VEVENT\r\n"


def written(folder: Path, *events: str) -> Path:
    file = folder / "calendar.ics"
    body = "".join(EVENT.format(uid=f"u{place}", lines=lines) for place, lines in enumerate(events))
    file.write_bytes(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}END:VCALENDAR\r\n".encode())
    return file


def test_interviews_are_taken_and_others_counted(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        "SUMMARY:Interview with Northwind Energy (data)\r\nDTSTART:20260312T100000Z\r\nDTEND:20260312T113000Z",
        "SUMMARY:Phone screen at Kestrel\r\nDTSTART;TZID=Europe/London:20260401T100000\r\nDURATION:PT30M",
        "SUMMARY:Dentist\r\nDTSTART:20260312T100000Z",
        "SUMMARY:Acme interview\r\nDTSTART:20260101T100000Z\r\nDTEND:20260101T110000Z",
        "SUMMARY:Interview: whole day\r\nDTSTART;VALUE=DATE:20260315",
        "SUMMARY:Interview at Gone\r\nDTSTART:20260320T100000Z\r\nSTATUS:CANCELLED",
    )
    read = calendar.read(file, NOW)
    assert [entry.interview.company for entry in read.entries] == ["Northwind Energy", "Kestrel"]
    assert read.entries[0].ends_at == datetime(2026, 3, 12, 11, 30, tzinfo=UTC)
    assert read.entries[1].ends_at == datetime(2026, 4, 1, 9, 30, tzinfo=UTC)  # summer time
    assert (read.others, read.over, read.untimed, read.cancelled) == (1, 1, 1, ("u5",))


def test_a_single_event_is_about_the_interview_whatever_its_title(tmp_path: Path) -> None:
    (entry,) = calendar.read(written(tmp_path, "SUMMARY:Chat\r\nDTSTART:20260312T100000Z"), NOW).entries
    assert (entry.title, entry.interview.company) == ("Chat", None)
    assert entry.ends_at - entry.interview.held_at == timedelta(hours=1)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("title", "company"),
    [
        ("Interview with Northwind", "Northwind"),
        ("Second interview: Marlowe & Hart", "Marlowe & Hart"),
        ("Northwind second round interview", "Northwind"),
        ("Interview with Sarah Jones at Kestrel Rail - room 2", "Kestrel Rail"),
        ("Interview with Sarah Jones", None),
        ("Data engineer interview", None),
        ("Interview", None),
        ("Lunch", None),
    ],
)
def test_a_company_is_taken_where_the_title_names_one(title: str, company: str | None) -> None:
    assert calendar.company_of(title) == company


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no events|no calendar"),
        (b"\x00\xff\xfe nonsense", "no calendar that can be read"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2026", "no calendar that can be read|holds no events"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "holds no events"),
    ],
)
def test_a_broken_calendar_is_one_line(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "broken.ics"
    file.write_bytes(content)
    with pytest.raises(InputError, match=message) as error:
        calendar.read(file, NOW)
    assert "\n" not in str(error.value)


def test_a_reminder_is_for_the_minute_after_the_end(tmp_path: Path) -> None:
    one = {
        "id": 3, "company": "Nörth; <b>wind", "role": None, "round": None, "title": None, "interviewers": [],
        "starts_at": "2026-03-12T10:00:00+01:00", "ends_at": "2026-03-12T11:00:00+01:00", "state": "coming",
        "interview_id": None,
    }  # fmt: skip
    content = reminders.debriefs([one], tmp_path / "notes.db", NOW)  # type: ignore[list-item]
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event["DTSTART"].dt == datetime(2026, 3, 12, 10, 1, tzinfo=UTC)
    assert event["SUMMARY"] == "Record the debrief: Nörth; <b>wind"
    assert len(event.walk("VALARM")) == 1
