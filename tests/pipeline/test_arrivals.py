"""What a watched folder gives again, and what is told of folders that are not there."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Timer

from dictate.pipeline.arrivals import Arrivals
from dictate.pipeline.sources import Sources

NEVER_S = 1e6


def paths(sources: Sources) -> list[Path]:
    return [source.path for source in sources.files]


def test_what_was_not_settled_is_given_again_until_it_is(tmp_path: Path) -> None:
    first, second = tmp_path / "1.m4a", tmp_path / "2.m4a"
    first.write_bytes(b"sound")
    arrivals = Arrivals([tmp_path], Event(), settle_s=0.1, retry_s=0.1)
    given = iter(arrivals)
    for _ in range(3):
        assert paths(next(given)) == [first]
        arrivals.again([first])
    assert paths(next(given)) == [first]
    second.write_bytes(b"sound")
    assert paths(next(given)) == [second]


def test_a_file_beside_it_that_changes_is_reason_enough(tmp_path: Path) -> None:
    memo, other = tmp_path / "memo.m4a", tmp_path / "other.m4a"
    memo.write_bytes(b"sound")
    other.write_bytes(b"sound")
    arrivals = Arrivals([tmp_path], Event(), settle_s=0.1, retry_s=NEVER_S)
    given = iter(arrivals)
    assert paths(next(given)) == [memo, other]
    for name in ("memo.toml", "dictate.toml"):
        arrivals.again([memo])
        (tmp_path / name).write_text("round = 'second'")
        assert paths(next(given)) == [memo]
        arrivals.again([memo])
        (tmp_path / name).unlink()
        assert paths(next(given)) == [memo]


def test_a_folder_that_is_not_there_is_told_once_and_again_when_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "later"
    news: list[tuple[Path, bool]] = []

    def make() -> None:
        folder.mkdir()
        (folder / "memo.m4a").write_bytes(b"sound")

    def told(of: Path, is_there: bool) -> None:
        news.append((of, is_there))
        if not is_there:
            Timer(1.0, make).start()  # after several looks

    given = iter(Arrivals([folder], Event(), told, settle_s=0.1))
    assert paths(next(given)) == [folder / "memo.m4a"]
    assert news == [(folder, False), (folder, True)]
