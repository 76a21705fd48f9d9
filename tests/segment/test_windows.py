"""Windows: every word kept once, in place, within what the encoder reads."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictate.paths import shipped
from dictate.segment.pipeline import TRAINED
from dictate.segment.windows import PIECES_PER_WORD, WINDOW, Pieces, WordPieces, batches, padded


@pytest.fixture(scope="module")
def word_pieces() -> WordPieces:
    return WordPieces(shipped(TRAINED) / "dictate_spans" / "tokenizer.json")


WORDS = st.lists(
    st.sampled_from(["so", "unbelievably,", "don't", "\x01\x02", "1,234.56", "日本語テキスト", "z" * 300, "?!" * 60])
)


@given(words=WORDS, times=st.integers(1, 150))
@settings(max_examples=60, deadline=None)
def test_windows_keep_each_word_once(word_pieces: WordPieces, words: list[str], times: int) -> None:
    words = words * times
    (pieces,) = word_pieces([words])
    windows = word_pieces.windows(0, pieces)
    assert [word for window in windows for word in range(*window.keep)] == list(range(len(words)))
    for window in windows:
        assert window.start <= window.keep[0] <= window.keep[1] <= window.end
        assert len(window.ids) <= WINDOW
        assert (window.ids[window.first] == pieces.ids[pieces.first[window.start : window.end]]).all()


def test_every_word_has_a_piece_and_none_has_too_many(word_pieces: WordPieces) -> None:
    (pieces,) = word_pieces([["\x01", "fine", "q!" * 500]])
    assert pieces.ids[pieces.first[0]] == word_pieces.unknown
    assert len(pieces.ids) - pieces.first[2] == PIECES_PER_WORD


def test_no_words_no_windows(word_pieces: WordPieces) -> None:
    assert word_pieces.windows(0, Pieces(np.zeros(0, np.int64), np.zeros(0, np.int64))) == []


def test_batches_hold_every_window_and_are_padded_with_zeros(word_pieces: WordPieces) -> None:
    texts = [["a"] * n for n in (3, 700, 40, 1)]
    windows = [w for i, p in enumerate(word_pieces(texts)) for w in word_pieces.windows(i, p)]
    groups = batches(windows, 500)
    assert sorted((w.text, w.start) for group in groups for w in group) == sorted((w.text, w.start) for w in windows)
    for group in groups:
        ids, mask, first = padded(group)
        assert ids.size <= 500 or len(group) == 1
        assert (ids[mask == 0] == 0).all()
        assert first.shape == (len(group), max(w.end - w.start for w in group))
