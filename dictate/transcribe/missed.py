"""Speech that Whisper stepped over: now and then it ends a piece early, or leaves a sentence out, and believes itself.

Its own figures do not show it; that somebody spoke for seconds and no word is placed there does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dictate.transcribe.activity import FRAME_S
from dictate.transcribe.engine import Heard
from dictate.transcribe.pieces import Piece

_VOICED = 0.5  # probability of speech in a frame
_LEAST = 47  # voiced frames, 1.5 s: more than any "er"
_DENSE = 0.5  # of the frames between the first voiced one and the last
_WORD_S = 1.5  # no word lasts longer: what does stands for others too
_PAD = 3  # frames before and after, by which the alignment may be off, 0.1 s


@dataclass(frozen=True, slots=True, eq=False)
class Gap:
    """A part of a piece, from and to so many seconds of it; ``sound`` begins a little earlier, at ``sound_from_s``."""

    start_s: float
    end_s: float
    sound_from_s: float
    sound: Piece

    def holds(self, word: Heard) -> bool:
        """Whether a word of the piece lies in it, by its middle."""
        return self.start_s <= (word.start_s + word.end_s) / 2 < self.end_s


def missed(piece: Piece, words: Sequence[Heard]) -> Iterator[Gap]:
    """The parts in which somebody spoke, and no word is placed that could have taken so long."""
    silent = np.ones(len(piece.frames) + 2, bool)
    silent[[0, -1]] = False
    for word in words:
        if word.end_s - word.start_s <= _WORD_S:
            silent[1 + int(word.start_s / FRAME_S) : 1 + -int(-word.end_s // FRAME_S)] = False
    for from_, to in np.flatnonzero(np.diff(silent.astype(np.int8))).reshape(-1, 2):
        voiced = from_ + np.flatnonzero(piece.voice[from_:to] >= _VOICED)
        if len(voiced) < _LEAST or len(voiced) < _DENSE * (voiced[-1] + 1 - voiced[0]):
            continue
        start, end = max(int(voiced[0]) - _PAD, 0), min(int(voiced[-1]) + 1 + _PAD, len(piece.frames))
        yield Gap(from_ * FRAME_S, to * FRAME_S, start * FRAME_S, piece.part(start, end))


def filled(words: Sequence[Heard], gap: Gap, found: Sequence[Heard]) -> tuple[Heard, ...]:
    """The words with those that were found in a gap (in seconds of its sound) in the place of what stood there.

    A neighbour's end or beginning that was heard once more is left out.
    """
    new = [later for word in found if gap.holds(later := word.later(gap.sound_from_s))]
    if not new:
        return tuple(words)
    before = [word for word in words if not gap.holds(word) and word.start_s < gap.start_s]
    after = [word for word in words if not gap.holds(word) and word.start_s >= gap.start_s]
    if before and _same(before[-1], new[0]):
        new = new[1:]
    if after and new and _same(new[-1], after[0]):
        new = new[:-1]
    return (*before, *new, *after)


def _same(one: Heard, other: Heard) -> bool:
    """Whether two words are one that was heard twice: alike, and with no time between them."""
    alike = one.text.casefold().strip(".,?!-") == other.text.casefold().strip(".,?!-")
    return alike and other.start_s - one.end_s <= 2 * _PAD * FRAME_S
