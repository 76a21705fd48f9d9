"""Which pieces go to a worker together."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from dictate.capture.media import Media
from dictate.pipeline.flow import Work
from dictate.pipeline.pool import GROUP, RUN, Pool
from dictate.pipeline.reader import Ended
from dictate.transcribe.pieces import Packed
from dictate.transcribe.recording import Options

ENDED = Ended(60.0, ())


def work(language: str | None = "en", word: str = "") -> Work:
    return Work(
        Media(Path("m.m4a"), "mov", "aac", 0, 16_000, 1, 60.0, True, {}, None),
        Options(language, (word,) if word else ()),
    )


def packed(length: int, first: int = 0) -> Packed:
    return Packed(b"", np.arange(first, first + length), np.zeros(length, np.float32), False)


def lengths(group: list[tuple[Work, Packed]]) -> list[int]:
    return [len(piece.frames) for _, piece in group]


def test_the_oldest_goes_with_those_most_like_it_whichever_memo_they_are_of() -> None:
    pool, one, two = Pool(2), work(), work()
    for number in range(10):
        pool.add(one if number % 2 else two, packed(100 + 10 * number))
    assert sorted(lengths(pool.take(in_haste=False, last=False))) == [100 + 10 * number for number in range(GROUP)]
    assert pool.take(in_haste=False, last=False) == []  # more will come, and nobody is idle
    assert sorted(lengths(pool.take(in_haste=True, last=False)))[0] == 140


def test_memos_that_are_heard_differently_are_not_mixed() -> None:
    pool = Pool(1)
    for memo in (work(), work("de"), work(word="Ngozi"), work()):
        pool.add(memo, packed(100))
    assert len(pool.take(in_haste=True, last=False)) == 2
    assert len(pool.take(in_haste=True, last=False)) == 1


def test_the_last_pieces_are_shared_out_evenly() -> None:
    pool, memo = Pool(2), work()
    for number in range(8):
        pool.add(memo, packed(100, number * 100))
    sizes = []
    while group := pool.take(in_haste=True, last=True):
        sizes.append(len(group))
    assert sum(sizes) == 8
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 2


def test_a_memo_waits_until_its_language_is_told() -> None:
    pool, memo = Pool(1), work(None)
    for number in range(9):
        pool.add(memo, packed(100, number * 100))
    assert len(pool.take(in_haste=True, last=True)) == 2
    assert pool.take(in_haste=True, last=True) == []
    memo.asked = False
    assert len(pool.take(in_haste=True, last=True)) == 2  # nobody spoke in those


def test_with_context_pieces_go_in_runs_of_one_memo() -> None:
    pool, one, two = Pool(2, one_memo=True), work(), work()
    for number in range(RUN + 2):
        pool.add(one, packed(100, number * 100))
    pool.add(two, packed(100))
    first = pool.take(in_haste=True, last=False)
    assert [piece.key[0] for _, piece in first] == [number * 100 for number in range(RUN)]
    assert pool.take(in_haste=True, last=False) == []
    one.ended = ENDED
    assert len(pool.take(in_haste=True, last=False)) == 2
    two.ended = ENDED
    assert [memo for memo, _ in pool.take(in_haste=True, last=False)] == [two]


def test_a_memo_is_dropped_whole() -> None:
    pool, one, two = Pool(1), work(), work()
    for memo in (one, two, one):
        pool.add(memo, packed(100))
    assert pool.drop(one) == 2
    assert [memo for memo, _ in pool.take(in_haste=True, last=True)] == [two]
