"""The process that reads memos: what it gives, and that a file which stops or crashes it harms no other."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dictate.errors import ChangedError, MediaError
from dictate.pipeline.reader import STALL_S, Ended, Looked, Position, Reader, _Request
from dictate.transcribe.pieces import Packed


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


def test_a_memo_comes_in_pieces_with_signs_of_life(reader: Reader, folder_of_memos: Path) -> None:
    looked = reader.look(folder_of_memos / "c.wav")
    assert looked.media.duration_s == pytest.approx(67, abs=1)
    steps = list(reader.cut(looked.media, 15.0))
    assert isinstance(steps[-1], Ended)
    assert steps[-1].duration_s == pytest.approx(looked.media.duration_s)
    assert [step.done_s for step in steps if isinstance(step, Position)][:2] == pytest.approx([30, 60], abs=0.1)
    pieces = [step for step in steps if isinstance(step, Packed)]
    assert len({piece.key for piece in pieces}) == len(pieces) >= 5
    assert all(piece.duration_s <= 15.0 and len(piece.samples) <= 2 * 16_000 * 15 for piece in pieces)


def test_a_look_gives_signs_of_life(reader: Reader, folder_of_memos: Path) -> None:
    *signs, looked = reader._ask(_Request(folder_of_memos / "c.wav"))  # two megabytes
    assert isinstance(looked, Looked)
    assert len(signs) > 5
    assert all(isinstance(sign, Position) for sign in signs)


def test_what_is_no_memo_is_told_and_the_next_is_read(reader: Reader, folder_of_memos: Path, tmp_path: Path) -> None:
    (tmp_path / "b.m4a").write_text("no sound" * 100)
    with pytest.raises(MediaError, match=r"b\.m4a"):
        reader.look(tmp_path / "b.m4a")
    pid = reader.pid
    reader.look(folder_of_memos / "a.wav")
    assert reader.pid == pid


def test_a_memo_that_was_changed_after_the_look_is_not_read(
    reader: Reader, folder_of_memos: Path, tmp_path: Path
) -> None:
    memo = tmp_path / "memo.wav"
    whole = (folder_of_memos / "c.wav").read_bytes()
    memo.write_bytes(whole[: len(whole) // 2])
    media = reader.look(memo).media
    memo.write_bytes(whole)
    with pytest.raises(ChangedError, match=r"memo\.wav: changed while it was read; import it again"):
        list(reader.cut(media, 15.0))
    media, as_it_was = reader.look(memo).media, memo.stat()
    (tmp_path / "other.wav").write_bytes(whole)
    os.utime(tmp_path / "other.wav", ns=(as_it_was.st_atime_ns, as_it_was.st_mtime_ns))
    (tmp_path / "other.wav").replace(memo)
    with pytest.raises(ChangedError):
        list(reader.cut(media, 15.0))


def test_a_reader_that_hangs_is_ended_and_the_next_memo_is_read(reader: Reader, folder_of_memos: Path) -> None:
    media = reader.look(folder_of_memos / "c.wav").media
    pid = reader.pid
    assert pid
    os.kill(pid, signal.SIGSTOP)
    reader.stall_s = 3.0
    with pytest.raises(MediaError, match=r"c\.wav: gave no sound for 3 s"):
        list(reader.cut(media, 15.0))
    assert not is_there(pid)
    reader.stall_s = STALL_S
    assert reader.look(folder_of_memos / "a.wav").media.duration_s == pytest.approx(12)


def test_a_reader_that_dies_fails_its_memo_alone(reader: Reader, folder_of_memos: Path) -> None:
    media = reader.look(folder_of_memos / "c.wav").media
    steps = reader.cut(media, 15.0)
    next(steps)
    assert reader.pid
    os.kill(reader.pid, signal.SIGKILL)
    with pytest.raises(MediaError, match=r"c\.wav: reading it failed altogether"):
        list(steps)
    assert len(list(reader.cut(media, 15.0))) > 5


def test_half_read_memos_leave_nothing_behind_for_the_next(reader: Reader, folder_of_memos: Path) -> None:
    media = reader.look(folder_of_memos / "c.wav").media
    steps = reader.cut(media, 15.0)
    next(steps)
    steps.close()
    assert reader.look(folder_of_memos / "a.wav").recording.path == folder_of_memos / "a.wav"


def is_there(pid: int) -> bool:
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        time.sleep(0.02)
    return True
