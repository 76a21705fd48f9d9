"""Which files an import takes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dictate.pipeline.sources import Source, find_sources


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_a_folder_gives_its_memos_in_the_order_of_their_names(tmp_path: Path) -> None:
    wanted = [touch(tmp_path / name) for name in ("a/2.M4A", "a/b/1.opus", "c.amr")]
    for name in ("a/notes.pdf", "cover.jpg", ".hidden.m4a", ".trash/old.m4a", "debrief.txt"):
        touch(tmp_path / name)
    found = find_sources([tmp_path])
    assert sorted(source.path for source in found.files) == sorted(wanted)
    assert {source.form for source in found.files} == {"audio"}
    assert found.others == 3
    assert find_sources([tmp_path]) == found


def test_files_that_tell_of_memos_are_passed_over_in_silence(tmp_path: Path) -> None:
    for name in ("memo.m4a", "memo.toml", "memo.json", "dictate.toml", "a/dictate.toml", "other.toml", "a/memo.json"):
        touch(tmp_path / name)
    assert find_sources([tmp_path]).others == 2


def test_all_sound_files_of_recorders_are_memos(tmp_path: Path) -> None:
    for suffix in ("au", "dss", "qcp", "w64", "wv", "weba", "mpga"):
        touch(tmp_path / f"memo.{suffix}")
    assert (len(find_sources([tmp_path]).files), find_sources([tmp_path]).others) == (7, 0)


def test_a_named_file_is_taken_for_what_it_is(tmp_path: Path) -> None:
    for name, form in (("a.txt", "text"), ("a.json", "transcript"), ("a.m4a", "audio"), ("no suffix", "audio")):
        path = touch(tmp_path / name)
        assert find_sources([path]).files == (Source(path, form),)  # type: ignore[arg-type]


def test_each_file_once(tmp_path: Path) -> None:
    memo = touch(tmp_path / "memo.m4a")
    (tmp_path / "link.m4a").symlink_to(memo)
    assert len(find_sources([memo, tmp_path, memo]).files) == 1


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    touch(tmp_path / "a" / "memo.m4a")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    assert len(find_sources([tmp_path]).files) == 1


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone.m4a"
    assert find_sources([gone]).unreadable == ((gone, "there is no such file"),)


@pytest.fixture
def nobody() -> Iterator[None]:
    """Not root, to whom nothing is closed."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    yield
    os.seteuid(me)


@pytest.fixture
def closed() -> Iterator[Path]:
    """A folder open to all, with a memo and a closed folder in it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        touch(folder / "memo.m4a")
        touch(folder / "closed" / "other.m4a")
        (folder / "closed").chmod(0)
        yield folder
        (folder / "closed").chmod(0o700)


def test_a_folder_that_cannot_be_opened_is_told_and_the_rest_found(closed: Path, nobody: None) -> None:
    found = find_sources([closed])
    assert [source.path.name for source in found.files] == ["memo.m4a"]
    ((path, reason),) = found.unreadable
    assert (path, reason) == (closed / "closed", "cannot be opened (Permission denied)")


def test_a_file_in_a_closed_folder_is_told(closed: Path, nobody: None) -> None:
    memo = closed / "closed" / "other.m4a"
    assert find_sources([memo]).unreadable == ((memo, "cannot be opened (Permission denied)"),)


def test_names_in_any_encoding(tmp_path: Path) -> None:
    name = os.fsdecode(b"m\xe9mo \xff.m4a")
    path = touch(tmp_path / name)
    assert [source.path for source in find_sources([tmp_path]).files] == [path]
