"""Speech that Whisper stepped over: now and then it ends a piece early, or leaves a sentence out, and believes itself.

Its own figures do not show it; that somebody spoke for seconds and no word is placed there does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from dictate.transcribe.activity import FRAME_S
from dictate.transcribe.engine import Heard
from dictate.transcribe.pieces import Piece

_VOICED = 0.5  # probability of speech in a frame
_MISSED = 47  # voiced frames in a row of frames without a word, 1.5 s: more than any "er"
_WORD_S = 1.5  # no word lasts longer; what does hides others


def missed(piece: Piece, words: Sequence[Heard]) -> Iterator[tuple[float, Piece]]:
    """The parts of a piece in which somebody spoke and no word is placed, each with its second in the piece."""
    silent = np.ones(len(piece.frames) + 2, bool)
    silent[[0, -1]] = False
    for word in words:
        until_s = min(word.end_s, word.start_s + _WORD_S)
        silent[1 + int(word.start_s / FRAME_S) : 1 + -int(-until_s // FRAME_S)] = False
    edges = np.flatnonzero(np.diff(silent.astype(np.int8)))
    for start, end in edges.reshape(-1, 2):
        if np.count_nonzero(piece.voice[start:end] >= _VOICED) >= _MISSED:
            yield start * FRAME_S, piece.part(start, end)
