"""Bad input in numbers: every damaged memo is read or refused with a reason, and none stops the reading of the next."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from dictate.errors import MediaError
from dictate.pipeline.reader import Ended, Reader
from dictate.pipeline.sources import find_sources
from tests.capture.media_files import speech
from tests.pipeline.damage import good, variants

COUNT = 240


def test_damaged_memos_are_read_or_refused(tmp_path: Path) -> None:
    files = good(tmp_path, speech()[: 3 * 16_000])
    told: list[tuple[Path, str]] = []
    with closing(Reader(stall_s=120)) as reader:
        for name, content in variants(files, COUNT):
            path = tmp_path / name
            path.write_bytes(content)
            pid = reader.pid
            told.append((path, _read(reader, path)))
            assert pid in (None, reader.pid), f"{name} ended the reader"
            path.unlink()
    refused = [(path, reason) for path, reason in told if reason]
    assert all(reason.startswith(f"{path}: ") and len(reason.splitlines()) == 1 for path, reason in refused)
    assert COUNT // 10 < len(refused) < COUNT - COUNT // 10


def _read(reader: Reader, path: Path) -> str:
    """Why a memo is refused; nothing where all of it was read."""
    try:
        steps = list(reader.cut(reader.look(path).media, 15.0))
    except MediaError as error:
        return str(error)
    assert isinstance(steps[-1], Ended)
    assert steps[-1].duration_s < 3600
    return ""


def test_every_good_form_is_read(tmp_path: Path) -> None:
    files = good(tmp_path, speech()[: 3 * 16_000])
    with closing(Reader()) as reader:
        for suffix in files:
            steps = list(reader.cut(reader.look(tmp_path / f"good.{suffix}").media, 15.0))
            assert isinstance(steps[-1], Ended)
            assert abs(steps[-1].duration_s - 3.0) < 0.2


def test_ten_thousand_other_files_are_counted(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number}.dat").touch()
    (tmp_path / "memo.m4a").touch()
    found = find_sources([tmp_path])
    assert ([source.path.name for source in found.files], found.others) == (["memo.m4a"], 10_000)
