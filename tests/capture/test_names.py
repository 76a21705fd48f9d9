from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictate.capture.names import NamedDate, date_in_name

LATEST = datetime(2024, 6, 1)
MOMENT = datetime(2024, 1, 31, 14, 5, 11)
MINUTE = MOMENT.replace(second=0)
NOON = datetime(2024, 1, 31, 12)


@pytest.mark.parametrize(
    ("stem", "named"),
    [
        ("20240131 140511-1A2B3C4D", NamedDate(MOMENT, True, False)),
        ("20240131_140511", NamedDate(MOMENT, True, False)),
        ("20240131_140511(1)", NamedDate(MOMENT, True, False)),
        ("20240131-140511~2", NamedDate(MOMENT, True, False)),
        ("PXL_20240131_140511123", NamedDate(MOMENT, True, False)),
        ("REC20240131140511", NamedDate(MOMENT, True, False)),
        ("Ann(0123456789)_20240131140511", NamedDate(MOMENT, True, False)),
        ("2024-01-31 14.05.11", NamedDate(MOMENT, True, False)),
        ("2024-01-31-14-05-11", NamedDate(MOMENT, True, False)),
        ("2024_01_31_14_05_11", NamedDate(MOMENT, True, False)),
        ("rec 2024 01 31 14 05 11", NamedDate(MOMENT, True, False)),
        ("2024-01-31T14_05_11", NamedDate(MOMENT, True, False)),
        ("2024-01-31T14:05:11.250Z", NamedDate(MOMENT.replace(tzinfo=UTC), True, False)),
        ("Audio Recording 2024-01-31 at 14.05.11", NamedDate(MOMENT, True, False)),
        ("Audio Recording 2024-01-31 at 2.05.11 PM", NamedDate(MOMENT, True, False)),
        ("Audio Recording 2024-01-31 at 2.05.11\u202fPM", NamedDate(MOMENT, True, False)),
        ("Audio Recording 2024-01-31 at 12.05.11 a.m.", NamedDate(datetime(2024, 1, 31, 0, 5, 11), True, False)),
        ("Voice 240131_140511", NamedDate(MOMENT, True, False)),
        ("Call recording Ann_240131_140511", NamedDate(MOMENT, True, False)),
        ("240131_1405", NamedDate(MINUTE, True, False)),
        ("2024-01-31 14h05", NamedDate(MINUTE, True, False)),
        ("31 Jan 2024 at 14.05", NamedDate(MINUTE, True, False)),
        ("31st? January 31, 2024 2.05 PM", NamedDate(MINUTE, True, False)),
        ("31.01.2024 14.05", NamedDate(MINUTE, True, False)),
        ("Acme 31-01-2024", NamedDate(NOON, False, False)),
        ("01-31-2024", NamedDate(NOON, False, False)),
        ("02-03-2024", NamedDate(datetime(2024, 3, 2, 12), False, False, is_guess=True)),
        ("02.03.2024", NamedDate(datetime(2024, 3, 2, 12), False, False)),
        ("Jan 31 at 2-05 PM", NamedDate(MINUTE, True, False, is_guess=True)),
        ("Sep 12 at 14-05", NamedDate(datetime(2023, 9, 12, 14, 5), True, False, is_guess=True)),
        ("240131_0012", NamedDate(NOON, False, False)),
        ("20240131-0003", NamedDate(NOON, False, False)),
        ("Recording_20240131", NamedDate(NOON, False, False)),
        ("Acme second round 2024-01-31", NamedDate(NOON, False, False)),
        ("2024-01-31 Acme 2", NamedDate(NOON, False, False)),
        ("20240131_996011", NamedDate(NOON, False, False)),
        ("PTT-20240131-WA0003", NamedDate(NOON, False, True)),
        ("AUD-20240131-WA0003", NamedDate(NOON, False, True)),
        ("WhatsApp Audio 2024-01-31 at 14.05.11", NamedDate(MOMENT, True, True)),
        ("WhatsApp Ptt 2024-01-31 at 2.05.11 PM (1)", NamedDate(MOMENT, True, True)),
        ("signal-2024-01-31-140511", NamedDate(MOMENT, True, True)),
        ("signal-2024-01-31-14-05-11-123", NamedDate(MOMENT, True, True)),
        ("audio_2024-01-31_14-05-11", NamedDate(MOMENT, True, True)),
        ("audio_1@02-03-2024_14-05-11", NamedDate(datetime(2024, 3, 2, 14, 5, 11), True, True)),
        ("1706709911000", NamedDate(MOMENT.replace(tzinfo=UTC), True, False)),
        ("recording_1706709911", NamedDate(MOMENT.replace(tzinfo=UTC), True, False)),
    ],
)
def test_dates_that_names_hold(stem: str, named: NamedDate) -> None:
    assert date_in_name(stem, latest=LATEST) == named


@pytest.mark.parametrize(
    "stem",
    [
        "New Recording 12",
        "New Recording",
        "Voice 001",
        "ZOOM0001",
        "STE-003",
        "DM550012",
        "Home 3",
        "20241345_140511",
        "31022024",
        "+4915112345678",
        "5551234567",
        "2024-01",
        "Interview 2024",
        "memo",
        "",
    ],
)
def test_names_without_a_date(stem: str) -> None:
    assert date_in_name(stem, latest=LATEST) is None


@given(st.datetimes(datetime(2000, 1, 1, 1), datetime(2039, 1, 1)).map(lambda moment: moment.replace(microsecond=0)))
def test_every_second_is_read_back_from_the_common_forms(moment: datetime) -> None:
    for form in (
        "%Y%m%d_%H%M%S",
        "Recording %Y-%m-%d %H.%M.%S",
        "%y%m%d_%H%M%S",
        "%d %b %Y at %H.%M.%S",
        "%d.%m.%Y %H-%M-%S",
    ):
        named = date_in_name(moment.strftime(form), latest=LATEST)
        assert named == NamedDate(moment, True, False), form


@given(st.text(max_size=60), st.integers(0, 9_999))
def test_no_name_is_too_odd(stem: str, days: int) -> None:
    date_in_name(stem, latest=LATEST + timedelta(days=days))
