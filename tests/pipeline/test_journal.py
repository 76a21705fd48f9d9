"""What is kept of a memo that is half heard."""

from __future__ import annotations

import stat
from pathlib import Path

from dictate.pipeline.journal import Claim, claim
from dictate.records import Word

MANNER = {"model": "tiny.en", "vocabulary": ["Ngozi"]}
WORDS = (Word("Grüße,", 0.5, 1.0, 0.9), Word("Priya", 1.0, 1.25, 0.5))


def claimed(folder: Path, manner: dict[str, object] = MANNER) -> Claim:
    mine = claim(folder, "ab12", manner)
    assert mine
    return mine


def test_what_was_heard_is_there_again(tmp_path: Path) -> None:
    mine = claimed(tmp_path / "imports")
    mine.add([((0, 9, 10, 0), WORDS), ((12, 20, 9, 1), ())], "en")
    mine.release()
    (file,) = (tmp_path / "imports").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    again = claimed(tmp_path / "imports")
    assert (again.heard, again.language) == ({(0, 9, 10, 0): WORDS, (12, 20, 9, 1): ()}, "en")
    again.finish()
    assert list(tmp_path.iterdir()) == []


def test_a_memo_is_one_claimants_alone(tmp_path: Path) -> None:
    mine = claimed(tmp_path)
    assert claim(tmp_path, "ab12", MANNER) is None
    other = claim(tmp_path, "cd34", MANNER)
    assert other
    other.release()
    mine.release()
    claimed(tmp_path).release()


def test_a_line_cut_while_it_was_written_is_passed_over(tmp_path: Path) -> None:
    mine = claimed(tmp_path)
    mine.add([((0, 9, 10, 0), WORDS), ((12, 20, 9, 0), WORDS)], "en")
    mine.release()
    file = tmp_path / "ab12.jsonl"
    file.write_bytes(file.read_bytes()[:-20])
    mine = claimed(tmp_path)
    assert list(mine.heard) == [(0, 9, 10, 0)]
    mine.add([((12, 20, 9, 0), WORDS)], "en")
    mine.release()
    mine = claimed(tmp_path)
    assert list(mine.heard) == [(0, 9, 10, 0), (12, 20, 9, 0)]
    mine.finish()


def test_what_was_heard_in_another_way_is_void(tmp_path: Path) -> None:
    mine = claimed(tmp_path)
    mine.add([((0, 9, 10, 0), WORDS)], "en")
    mine.release()
    mine = claimed(tmp_path, {**MANNER, "model": "base"})
    assert mine.heard == {}
    mine.add([((0, 5, 6, 0), WORDS)], "en")
    mine.release()
    mine = claimed(tmp_path, {**MANNER, "model": "base"})
    assert list(mine.heard) == [(0, 5, 6, 0)]
    mine.finish()


def test_nothing_is_left_where_nothing_was_heard(tmp_path: Path) -> None:
    claimed(tmp_path / "imports").release()
    assert list(tmp_path.iterdir()) == []
