"""The raw file, the journal and the way to the kept recording: whole after a cut at any byte and on a full disk."""

from __future__ import annotations

import errno
import json
import os
import resource
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from dictate.capture import raw, unfinished
from dictate.capture.decode import Decoding
from dictate.capture.encode import encode
from dictate.capture.encoder import Encoder
from dictate.capture.media import open_media
from dictate.capture.raw import HEADER, RawFile, shape_of
from dictate.capture.trail import Trail
from dictate.capture.unfinished import Facts, Format, Place, held_on, locked, new_place
from dictate.errors import MediaError
from dictate.records import Interview
from tests.capture.media_files import speech

STARTED = datetime(2026, 3, 12, 15, 4, 5, tzinfo=UTC)
FACTS = Facts(STARTED, Interview("Northwind", held_at=STARTED, interviewers=("Priya", "Tom")), add_to=3)


def spoken() -> np.ndarray:
    return (speech() * 32_767).astype(np.int16)


def recorded(
    folder: Path, samples: np.ndarray, facts: Facts = FACTS, *, rate: int = 16_000, channels: int = 1
) -> Place:
    """A recording that was never finished."""
    place = new_place(folder, STARTED)
    place.begin(facts)
    file = RawFile(place.raw, rate, channels)
    file.take(samples.astype(">i2").tobytes())
    file.settle(at_once=True)
    file.close()
    return place


def decoded(path: Path) -> np.ndarray:
    return np.concatenate(list(Decoding(open_media(path))))


def test_the_raw_file_is_a_sound_file_for_all(tmp_path: Path) -> None:
    place = recorded(tmp_path, spoken())
    assert np.abs(decoded(place.raw) - speech()).max() < 2 / 32_768
    assert [path.stat().st_mode & 0o777 for path in (place.raw, place.journal)] == [0o600, 0o600]


@pytest.mark.parametrize("cut", [1, 2, 3, 5, 1000, 64_001])
def test_it_is_read_up_to_the_byte_where_it_ends(tmp_path: Path, cut: int) -> None:
    place = recorded(tmp_path, spoken()[:48_000])
    os.truncate(place.raw, place.raw.stat().st_size - cut)
    left = (96_000 - cut) // 2
    assert shape_of(place.raw) == (16_000, 1, left / 16_000)
    assert len(decoded(place.raw)) == left
    assert len(decoded(encode(place, place.facts()))) == left


@pytest.mark.parametrize("size", [0, 3, HEADER.size - 1, HEADER.size])
def test_a_file_without_samples_is_not_unfinished(tmp_path: Path, size: int) -> None:
    place = recorded(tmp_path, spoken())
    os.truncate(place.raw, size)
    assert unfinished.unfinished(tmp_path) == []


@pytest.mark.parametrize("lost", [HEADER.size, 16])
def test_a_damaged_header_is_one_line(tmp_path: Path, lost: int) -> None:
    place = recorded(tmp_path, spoken())
    with place.raw.open("r+b") as file:
        file.seek(HEADER.size - lost)
        file.write(bytes(lost))
    with pytest.raises(MediaError, match="dictate recover --discard"):
        encode(place, place.facts())
    assert place.raw.exists()


@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (44_100, 2), (48_000, 1)])
def test_flac_gives_every_sample_back_and_the_raw_file_goes(tmp_path: Path, rate: int, channels: int) -> None:
    place = recorded(tmp_path, spoken(), rate=rate, channels=channels)
    duration_s = shape_of(place.raw)[2]
    path = encode(place, place.facts())
    assert path.name == "2026-03-12 15.04.05.flac"
    assert path.stat().st_mode & 0o777 == 0o600
    media = open_media(path)
    assert (media.sample_rate, media.channels, media.duration_s) == (
        rate,
        channels,
        pytest.approx(duration_s, abs=1e-3),
    )
    assert {path.suffix for path in tmp_path.iterdir()} == {".flac", ".jsonl"}
    assert place.duration_s() == pytest.approx(duration_s, abs=1e-3)
    assert encode(place, place.facts()) == path  # again: what is there is taken


def test_opus_keeps_the_whole_length(tmp_path: Path) -> None:
    place = recorded(tmp_path, spoken(), Facts(STARTED, Interview(), format="opus"))
    path = encode(place, place.facts())
    sound = decoded(path)
    assert path.suffix == ".opus"
    assert len(sound) == pytest.approx(len(speech()), abs=1600)
    assert np.corrcoef(sound[: len(speech()) - 1600], speech()[: len(sound)][: len(speech()) - 1600])[0, 1] > 0.9


@pytest.mark.parametrize("form", ["flac", "opus"])
def test_an_encoding_that_lost_a_second_is_noticed_and_the_sound_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Format
) -> None:
    place = recorded(tmp_path, spoken(), Facts(STARTED, Interview(), format=form))
    write = Encoder._write
    lost = iter([False, True, True, True, True])

    def lossy(encoder: Encoder, packets: list[Any]) -> None:
        write(encoder, [] if next(lost, False) else packets)

    monkeypatch.setattr(Encoder, "_write", lossy)
    with pytest.raises(MediaError, match="not what was recorded"):
        encode(place, place.facts())
    assert {path.suffix for path in tmp_path.iterdir()} == {".au", ".jsonl"}


@pytest.mark.parametrize("form", ["flac", "opus"])
def test_a_file_that_is_not_what_was_written_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Format
) -> None:
    place = recorded(tmp_path, spoken(), Facts(STARTED, Interview(), format=form))
    close = Encoder.close

    def cut(encoder: Encoder) -> None:
        close(encoder)
        os.truncate(encoder.part, encoder.part.stat().st_size - 3000)

    monkeypatch.setattr(Encoder, "close", cut)
    with pytest.raises(MediaError, match="not what was recorded"):
        encode(place, place.facts())
    assert {path.suffix for path in tmp_path.iterdir()} == {".au", ".jsonl"}


def test_what_is_encoded_while_it_grows_is_the_same(tmp_path: Path) -> None:
    place = new_place(tmp_path, STARTED)
    place.begin(FACTS)
    file = RawFile(place.raw, 16_000, 1)
    trail = Trail(place, FACTS, SimpleNamespace(is_full=False))  # type: ignore[arg-type]
    trail.start()
    for part in np.array_split(spoken(), 7):
        file.take(part.astype(">i2").tobytes())
        file.settle(at_once=True)
    place.add(mark_s=1.5)
    file.close()
    trail.finish()
    path = place.encoded
    assert path is not None
    assert np.array_equal((decoded(path) * 32_768).round().astype(np.int16), spoken())
    tags = open_media(path).tags
    assert (tags["date_recorded"], tags["comment"]) == ("2026-03-12T15:04:05+00:00", "marked at 0:01")
    assert path.stat().st_mode & 0o777 == 0o600
    assert encode(place, place.facts()) == path
    assert sorted(part.suffix for part in tmp_path.iterdir()) == [".flac", ".jsonl"]


def test_the_last_room_on_a_disk_is_left_to_the_samples(tmp_path: Path) -> None:
    place = recorded(tmp_path, spoken())
    trail = Trail(place, FACTS, SimpleNamespace(is_full=True))  # type: ignore[arg-type]
    trail.start()
    trail.finish()
    assert sorted(part.suffix for part in tmp_path.iterdir()) == [".au", ".jsonl"]


def test_the_journal_tells_what_was_said_of_it(tmp_path: Path) -> None:
    place = recorded(tmp_path, spoken())
    place.add(mark_s=1.5)
    place.add(remark="2 overflows")
    with place.journal.open("a") as file:
        file.write('{"mark_s": 9')  # cut by a power loss
    told = place.facts()
    assert (told.started_at, told.interview, told.add_to) == (STARTED, FACTS.interview, 3)
    assert (told.marks_s, told.remarks) == ((1.5,), ("2 overflows",))


def test_a_line_that_was_cut_swallows_none_after_it(tmp_path: Path) -> None:
    place = recorded(tmp_path, spoken())
    with place.journal.open("a") as file:
        file.write('{"mark_s": 1')  # by a kill
    place.add(mark_s=5.0)
    place.add(duration_s=2.0)
    assert (place.facts().marks_s, place.facts().duration_s) == ((5.0,), 2.0)


def test_a_line_without_room_is_a_full_disk(tmp_path: Path) -> None:
    place = recorded(tmp_path, spoken())
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (place.journal.stat().st_size + 5, before[1]))
    try:
        with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
            place.add(mark_s=1.0)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    place.add(mark_s=2.0)
    assert place.facts().marks_s == (2.0,)
    assert place.facts().interview == FACTS.interview


def test_what_is_known_in_the_beginning_is_written_whole(tmp_path: Path) -> None:
    facts = Facts(STARTED, Interview("Northwind"), None, "opus", (1.5,), ("from the train",), purpose="answer")
    place = recorded(tmp_path, spoken(), facts)
    assert place.facts() == facts
    place.add(mark_s=2.5)
    place.add(remark="2 overflows")
    assert (place.facts().marks_s, place.facts().remarks) == ((1.5, 2.5), ("from the train", "2 overflows"))


def test_a_lost_journal_line_loses_no_sound(tmp_path: Path) -> None:
    place = recorded(tmp_path, spoken())
    place.journal.write_text("")
    assert unfinished.unfinished(tmp_path) == [place]
    assert place.facts().interview == Interview()
    assert encode(place, place.facts()).exists()


def test_what_runs_is_not_unfinished(tmp_path: Path) -> None:
    place = recorded(tmp_path, spoken())
    with locked(place.journal) as free:
        assert free
        assert unfinished.unfinished(tmp_path) == []
    assert unfinished.unfinished(tmp_path) == [place]


def test_a_lock_is_held_on_when_its_block_has_ended(tmp_path: Path) -> None:
    place = recorded(tmp_path, spoken())
    with ExitStack() as holding:
        with locked(place.journal):
            holding.enter_context(held_on(place.journal))
        assert unfinished.unfinished(tmp_path) == []
    assert unfinished.unfinished(tmp_path) == [place]


def test_two_that_start_in_one_second_have_two_names(tmp_path: Path) -> None:
    names = [recorded(tmp_path, spoken()).journal.stem for _ in range(3)]
    assert names == ["2026-03-12 15.04.05", "2026-03-12 15.04.05 (2)", "2026-03-12 15.04.05 (3)"]


def test_a_full_disk_keeps_the_order_of_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = 10_001  # an odd byte: half a sample is written
    write = os.write

    def narrow(file: int, data: bytes) -> int:
        nonlocal room
        if room == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = write(file, bytes(data[:room]))
        room -= written
        return written

    file = RawFile(tmp_path / "a.au", 16_000, 1)
    monkeypatch.setattr(raw, "RETRY_S", 0.0)
    monkeypatch.setattr(os, "write", narrow)
    samples = spoken()[:20_000]
    for part in np.split(samples, 10):
        file.take(part.astype(">i2").tobytes())
        file.settle()
    assert file.is_full
    assert file.waiting_s == pytest.approx((40_000 - 10_001) / 32_000, abs=1e-4)
    assert file.duration_s == 1.25
    room = 10**9
    file.settle(at_once=True)
    file.close()
    assert (file.is_full, file.waiting_s) == (False, 0)
    assert np.array_equal((decoded(tmp_path / "a.au") * 32_768).round().astype(np.int16), samples)


def test_another_fault_of_the_disk_is_not_taken_for_a_full_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = RawFile(tmp_path / "a.au", 16_000, 1)
    file.take(b"\0\0")

    def broken(*_: object) -> int:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "write", broken)
    with pytest.raises(OSError, match="Input/output error"):
        file.settle()


def test_the_first_line_of_the_journal_is_json(tmp_path: Path) -> None:
    place = recorded(tmp_path, spoken())
    first = json.loads(place.journal.read_text().splitlines()[0])
    assert first["company"] == "Northwind"
    assert first["started_at"] == "2026-03-12T15:04:05+00:00"
