"""Words to word pieces, and word pieces to the overlapping windows that the encoder reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from dictate.onnx import by_length

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW = 384  # pieces in a window, the two marks at its ends included
OVERLAP = 96  # pieces that neighbouring windows share, so that every word is read with context on both sides
PIECES_PER_WORD = 24  # more pieces of one "word" tell nothing (a pasted hash, one endless token)

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text's word pieces: ``ids``, shape = (n_pieces,); ``first``, shape = (n_words,), each word's first piece."""

    ids: Ids
    first: Ids


@dataclass(frozen=True, slots=True)
class Window:
    """Words ``start`` to ``end`` of text ``text`` as the encoder reads them; it speaks for ``keep`` of them alone."""

    text: int
    start: int
    end: int
    keep: tuple[int, int]
    ids: Ids  # shape = (n_pieces,), with the marks
    first: Ids  # shape = (end - start,): each word's first piece within ``ids``

    @property
    def key(self) -> bytes:
        """What tells it from windows that the encoder reads otherwise."""
        return self.ids.tobytes() + self.first.tobytes()


class WordPieces:
    """The encoder's own tokenizer, applied word by word."""

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer: Tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.start, self.stop, self.unknown = (self._token(name) for name in ("[CLS]", "[SEP]", "[UNK]"))

    def __call__(self, texts: Sequence[Sequence[str]]) -> list[Pieces]:
        """The pieces of many texts, each given as its words."""
        encoded = self._tokenizer.encode_batch(list(texts), is_pretokenized=True, add_special_tokens=False)
        return [self._pieces(encoding, len(words)) for encoding, words in zip(encoded, texts, strict=True)]

    def _token(self, name: str) -> int:
        token = self._tokenizer.token_to_id(name)
        assert token is not None, f"the tokenizer has no {name}"
        return int(token)

    def _pieces(self, encoding: Any, n_words: int) -> Pieces:
        word_of = np.asarray(encoding.word_ids, dtype=np.int64)
        ids = np.asarray(encoding.ids, dtype=np.int64)
        nth = np.arange(len(word_of)) - np.searchsorted(word_of, word_of)
        keep = nth < PIECES_PER_WORD
        word_of, ids = word_of[keep], ids[keep]
        silent = np.setdiff1d(np.arange(n_words), word_of)  # words of control characters alone have no piece
        ids = np.insert(ids, np.searchsorted(word_of, silent), self.unknown)
        word_of = np.insert(word_of, np.searchsorted(word_of, silent), silent)
        return Pieces(ids, np.searchsorted(word_of, np.arange(n_words)))

    def windows(self, text: int, pieces: Pieces, *, steady: bool = False) -> list[Window]:
        """Windows over one text, in order; what they keep covers each word once.

        They are about equal in length; ``steady`` ones are as long as may be, so that all but the last stay as they
        are when the text grows.
        """
        if not len(pieces.first):
            return []
        ends = np.append(pieces.first[1:], len(pieces.ids))
        bounds = list(self._bounds(pieces.first, ends, steady=steady))
        cuts = [0, *((end + start) // 2 for (_, end), (start, _) in pairwise(bounds)), len(ends)]
        return [
            self._window(text, pieces, bound, keep, int(ends[bound[1] - 1]))
            for bound, keep in zip(bounds, pairwise(cuts), strict=True)
        ]

    @staticmethod
    def _bounds(first: Ids, ends: Ids, *, steady: bool) -> list[tuple[int, int]]:
        """Word ranges of windows: as few as will do."""
        room = WINDOW - 2 - PIECES_PER_WORD
        total = int(ends[-1])
        count = 1 if total <= WINDOW - 2 else -(-(total - OVERLAP) // (room - OVERLAP))
        length = room if steady else -(-(total + (count - 1) * OVERLAP) // count)
        starts = [max(0, int(np.searchsorted(ends, k * (length - OVERLAP), side="right"))) for k in range(count)]
        stops = [int(np.searchsorted(first, first[s] + length)) for s in starts]
        stops[-1] = len(first)
        return list(zip(starts, stops, strict=True))

    def _window(
        self, text: int, pieces: Pieces, bound: tuple[int, int], keep: tuple[int, int], last_piece: int
    ) -> Window:
        start, end = bound
        offset = int(pieces.first[start])
        ids = np.concatenate(([self.start], pieces.ids[offset:last_piece], [self.stop]))
        return Window(text, start, end, keep, ids, pieces.first[start:end] - offset + 1)


def batches(windows: Sequence[Window], pieces_per_batch: int) -> list[list[Window]]:
    """Windows of like length together."""
    groups = by_length([len(window.ids) for window in windows], pieces_per_batch)
    return [[windows[place] for place in group] for group in groups]


def padded(group: Sequence[Window]) -> tuple[Ids, Ids, Ids]:
    """(ids, mask), shape = (n_windows, n_pieces), and first pieces, shape = (n_windows, n_words), all zero-padded."""
    n_pieces = max(len(w.ids) for w in group)
    n_words = max(len(w.first) for w in group)
    ids = np.zeros((len(group), n_pieces), dtype=np.int64)
    mask = np.zeros_like(ids)
    first = np.zeros((len(group), n_words), dtype=np.int64)
    for row, window in enumerate(group):
        ids[row, : len(window.ids)] = window.ids
        mask[row, : len(window.ids)] = 1
        first[row, : len(window.first)] = window.first
    return ids, mask, first
