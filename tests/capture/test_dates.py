from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dictate.capture.dates import recorded_at
from dictate.capture.media import open_media
from dictate.errors import MediaError
from tests.capture.media_files import speech, write

NOW = datetime(2024, 6, 1, 9, 0, tzinfo=UTC)
COPIED = datetime(2024, 5, 20, 8, 0, tzinfo=UTC)
ENCODE_TAG = {"creation_time": "2024-03-09T10:00:00.000000Z"}


@pytest.fixture(autouse=True)
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A zone an hour (in summer two) ahead of UTC."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


def file_named(folder: Path, name: str, modified: datetime = COPIED) -> Path:
    path = folder / name
    path.write_bytes(b"sound")
    os.utime(path, (modified.timestamp(), modified.timestamp()))
    return path


@pytest.mark.parametrize(
    ("name", "tags", "when", "source", "trusted", "remark"),
    [
        (
            "New Recording 12.m4a",
            {"creation_time": "2024-01-31T14:05:11.000000Z", "encoder": "com.apple.VoiceMemos (iPhone 17.2)"},
            "2024-01-31T14:05:11+00:00",
            "tag",
            True,
            "the container's creation time",
        ),
        (
            "memo.qta",
            {"com.apple.quicktime.creationdate": "2024-01-31T14:05:11+0100", "creation_time": "2024-02-02T02:02:02Z"},
            "2024-01-31T14:05:11+01:00",
            "tag",
            True,
            "Apple's creation date",
        ),
        (
            "field.wav",
            {"date": "2024-01-31", "creation_time": "14:05:11"},
            "2024-01-31T14:05:11+01:00",
            "tag",
            True,
            "the Broadcast WAV's origination time",
        ),
        ("a.ogg", {"date": "2024-01-31T14:05:11+0100"}, "2024-01-31T14:05:11+01:00", "tag", True, "the date tag"),
        ("a.mp3", {"date": "2024-01-31 14:05"}, "2024-01-31T14:05:00+01:00", "tag", True, "the date tag"),
        ("a.wav", {"date": "2024-01-31"}, "2024-01-31T12:00:00+01:00", "tag", False, "the date tag (a day, no time)"),
        ("a.mp3", {"date": "2024"}, "2024-05-20T10:00:00+02:00", "file", False, "the file's own time"),
        (
            "a.m4a",
            {"creation_time": "1904-01-01T00:00:00Z"},
            "2024-05-20T10:00:00+02:00",
            "file",
            False,
            "the file's own",
        ),
        (
            "a.m4a",
            {"creation_time": "1970-01-01T00:00:00Z"},
            "2024-05-20T10:00:00+02:00",
            "file",
            False,
            "the file's own",
        ),
        (
            "a.m4a",
            {"creation_time": "2000-01-01T00:00:00Z"},
            "2024-05-20T10:00:00+02:00",
            "file",
            False,
            "the file's own",
        ),
        (
            "a.m4a",
            {"creation_time": "2041-01-01T05:00:00Z"},
            "2024-05-20T10:00:00+02:00",
            "file",
            False,
            "the file's own",
        ),
        (
            "a.m4a",
            {"creation_time": "0000-00-00T99:99:99Z"},
            "2024-05-20T10:00:00+02:00",
            "file",
            False,
            "the file's own",
        ),
        ("a.m4a", {"creation_time": "yesterday"}, "2024-05-20T10:00:00+02:00", "file", False, "the file's own"),
        ("20420131_140511.m4a", {}, "2024-05-20T10:00:00+02:00", "file", False, "the file's own"),
        (
            "a.m4a",
            ENCODE_TAG | {"encoder": "HandBrake 1.7.2 2023120500"},
            "2024-03-09T10:00:00+00:00",
            "tag",
            False,
            "the container's creation time (a converter wrote the file, perhaps its date too)",
        ),
        (
            "a.m4a",
            ENCODE_TAG | {"purchase_date": "2024-03-09 10:00:00"},
            "2024-03-09T10:00:00+00:00",
            "tag",
            False,
            "the container's creation time (bought: a date of purchase or publication)",
        ),
        (
            "20240131_140511.m4a",
            ENCODE_TAG | {"encoder": "Lavf60.16.100"},
            "2024-01-31T14:05:11+01:00",
            "name",
            True,
            "the file's name; the tag says 2024-03-09, when it was converted or copied",
        ),
        (
            "20240420_140511.m4a",
            ENCODE_TAG,
            "2024-04-20T14:05:11+02:00",
            "name",
            False,
            "the file's name; the tag says 2024-03-09",
        ),
        (
            "WhatsApp Audio 2024-04-20 at 14.05.11.m4a",
            ENCODE_TAG,
            "2024-03-09T10:00:00+00:00",
            "tag",
            True,
            "the container's creation time; the name has 2024-04-20, when it was sent",
        ),
        (
            "20240309_110000.m4a",
            ENCODE_TAG | {"encoder": "Lavf60.16.100"},
            "2024-03-09T10:00:00+00:00",
            "tag",
            True,
            "the container's creation time (a converter wrote the file, perhaps its date too); the name agrees",
        ),
        ("20240309_100001.m4a", ENCODE_TAG, "2024-03-09T10:00:01+01:00", "name", True, "the file's name"),
        ("20240131_140511.wav", {"date": "2024-01-31"}, "2024-01-31T14:05:11+01:00", "name", True, "the file's name"),
        ("Voice 240131_140511.m4a", {}, "2024-01-31T14:05:11+01:00", "name", True, "the file's name"),
        ("1706709911000.amr", {}, "2024-01-31T14:05:11+00:00", "name", True, "the file's name"),
        (
            "PTT-20240131-WA0003.opus",
            {},
            "2024-01-31T12:00:00+01:00",
            "name",
            False,
            "the file's name (when it was sent; a day, no time)",
        ),
        (
            "PTT-20240520-WA0003.opus",
            {},
            "2024-05-20T10:00:00+02:00",
            "name",
            False,
            "the day in the name, the hour of the file's time (when it was sent)",
        ),
        (
            "WhatsApp Audio 2024-01-31 at 14.05.11.ogg",
            {},
            "2024-01-31T14:05:11+01:00",
            "name",
            False,
            "the file's name (when it was sent)",
        ),
        (
            "Jan 31 at 2-05 PM.m4a",
            {},
            "2024-01-31T14:05:00+01:00",
            "name",
            False,
            "the file's name (day and month, or the year, are guessed)",
        ),
        (
            "New Recording 12.m4a",
            {},
            "2024-05-20T10:00:00+02:00",
            "file",
            False,
            "the file's own time (a copy's is later than the recording)",
        ),
    ],
)
def test_what_tells_the_date(
    tmp_path: Path, name: str, tags: dict[str, str], when: str, source: str, trusted: bool, remark: str
) -> None:
    told = recorded_at(file_named(tmp_path, name), tags, 60.0, now=NOW)
    assert (told.when.isoformat(), told.source, told.trusted) == (when, source, trusted)
    assert told.remark == remark or (source == "file" and told.remark.startswith(remark))


def test_a_tag_written_when_a_long_recording_ended_agrees_with_its_name(tmp_path: Path) -> None:
    path = file_named(tmp_path, "20240131_080000.m4a")
    tags = {"creation_time": "2024-01-31T10:00:00Z"}
    assert recorded_at(path, tags, 3 * 3600.0, now=NOW).source == "name"  # ended, and called local time UTC
    assert recorded_at(path, tags, 60.0, now=NOW).source == "tag"


def test_real_files_tell_their_tags(tmp_path: Path) -> None:
    tags = {"creation_time": "2024-01-31T14:05:11Z", "date": "2024-01-31T15:05:11+01:00"}
    for name, codec, container in [
        ("a.m4a", "aac", "ipod"),
        ("a.mov", "alac", "mov"),
        ("a.webm", "libopus", "webm"),
        ("a.ogg", "libopus", "ogg"),
        ("a.flac", "flac", "flac"),
        ("a.mp3", "libmp3lame", "mp3"),
    ]:
        rate = 48_000 if codec == "libopus" else 16_000
        media = open_media(
            write(tmp_path / name, speech()[:32_000], codec=codec, container=container, rate=rate, tags=tags)
        )
        told = recorded_at(media.path, media.tags, media.duration_s)
        assert (told.when, told.source) == (datetime(2024, 1, 31, 14, 5, 11, tzinfo=UTC), "tag"), name


def test_a_broadcast_wave_tells_its_origination(tmp_path: Path) -> None:
    tags = {"origination_date": "2024-01-31", "origination_time": "14:05:11"}
    path = write(tmp_path / "a.wav", speech(), codec="pcm_s16le", container="wav", tags=tags, muxer={"write_bext": "1"})
    told = recorded_at(path, open_media(path).tags)
    assert (told.when.isoformat(), told.source) == ("2024-01-31T14:05:11+01:00", "tag")


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="cannot be read any more; was it moved"):
        recorded_at(tmp_path / "gone.m4a", {})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    tag=st.text(max_size=30) | st.datetimes().map(lambda moment: f"{moment.isoformat()}+14:00"),
    key=st.sampled_from(["creation_time", "date", "com.apple.quicktime.creationdate", "date_recorded"]),
    duration_s=st.none() | st.floats(0, 600_000),
)
def test_whatever_the_tags_say_the_moment_is_aware_and_possible(
    tmp_path: Path, tag: str, key: str, duration_s: float | None
) -> None:
    told = recorded_at(file_named(tmp_path, "a 20240131.m4a"), {key: tag}, duration_s, now=NOW)
    assert told.when.tzinfo is not None
    assert datetime(1990, 1, 1, tzinfo=UTC) <= told.when <= NOW + timedelta(days=1)
