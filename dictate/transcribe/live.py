"""Words while they are spoken: those of the pieces that are whole, for good, and a guess at the one that is open.

The pieces, and how they are decoded, are those of ``recording``: what is committed is what a transcript made
afterwards would say. Times are seconds since the start of the recording.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from dictate.records import Transcript, Word
from dictate.transcribe.activity import FRAME_S, Samples
from dictate.transcribe.engine import Engine
from dictate.transcribe.pieces import Key, Listener, Piece
from dictate.transcribe.recording import Options, Scribe, ordered

_TOLD_AFTER_S = 10.0  # of speech, from which on the language is not asked again
_OVER_S = 0.8  # without a voice, after which a piece may be over and is heard as if it were
_TAIL_S = 7.0  # of speech that is guessed at in one go: Whisper encodes no less than ten seconds
_FRESH_S = (2.0, 5.0)  # how far before the end of a tail the next one may begin


class LiveScribe:
    """Takes samples as they come; whoever has time calls ``commit`` and, where that gave nothing, ``guess``."""

    def __init__(self, engine: Engine, options: Options) -> None:
        self.words: list[Word] = []  # committed
        self.guessed: Sequence[Word] = ()  # of the open piece
        self._engine = engine
        self._scribe = Scribe(engine, options)
        self._given = options.language
        self._supposed: tuple[float, str] | None = None  # the language, told from so many seconds
        self._voiced: list[Piece] = []  # the first, by which the language is told
        self._listener = Listener(engine.longest_s)
        self._waiting: list[Piece] = []
        self._guessed_at: tuple[Key, bool] | None = None
        self._tail: tuple[int, int] = (-1, 0)  # the open piece's first frame, and that from which it is guessed anew
        self._settled: list[Word] = []  # the guess at what lies before

    @property
    def language(self) -> str | None:
        """As far as it was told."""
        return self._scribe.language

    @property
    def quiet_s(self) -> float:
        """Seconds since the last voice."""
        return self._listener.quiet_frames * FRAME_S

    @property
    def waiting_s(self) -> float:
        """Seconds of speech that are whole and not committed."""
        return sum(piece.duration_s for piece in self._waiting)

    def push(self, samples: Samples) -> None:
        self._waiting += self._listener.push(samples)

    def flush(self) -> None:
        """Nothing follows: the open piece is whole."""
        self._waiting += self._listener.flush()

    def commit(self) -> dict[Key, Sequence[Word]]:
        """Decode pieces that are whole, a batch at most; gives the words of each.

        A doubtful piece lies beside the speech that it was found in, and waits until that is whole, so that words are
        committed in the order of their times.
        """
        whole = [piece for piece in self._waiting if piece.frames[0] < self._listener.open_from]
        batch = sorted(whole, key=lambda piece: piece.key)[: self._engine.batch]
        if not batch:
            return {}
        self._waiting = [piece for piece in self._waiting if piece not in batch]
        told = self._scribe.hear_each(batch, self._tell_language(batch))
        self.words += sorted((word for words in told.values() for word in words), key=lambda word: word.start_s)
        self.guessed = ()
        self._scribe.known.clear()
        return told

    def guess(self) -> bool:
        """Guess at the open piece as far as it goes; False where it has not grown.

        In a pause, where it may be over, it is decoded as if it were: then nothing is left to do when it is.
        """
        piece = self._listener.open_piece()
        if piece is None:
            return False
        may_be_over = self.quiet_s >= _OVER_S
        if self._guessed_at == (piece.key, may_be_over):
            return False
        self._guessed_at = piece.key, may_be_over
        language = self._suppose_language(piece)
        if may_be_over:
            self._scribe.known = self._scribe.hear_each([piece], language)
            self.guessed = self._scribe.known[piece.key]
        else:
            self._guess_tail(piece, language)
        return True

    def _guess_tail(self, piece: Piece, language: str) -> None:
        """Guess at the end of the open piece; words before it stand, so that the cost does not grow with the piece."""
        first = int(piece.frames[0])
        if self._tail[0] != first:
            self._tail, self._settled = (first, first), []
        start = int(np.searchsorted(piece.frames, self._tail[1]))
        tail = piece.part(start, len(piece.frames))
        said = self._scribe.guess(tail, language)
        if not said:
            return
        self.guessed = [*self._settled, *said]
        if tail.duration_s > _TAIL_S and (stays := _settling(said, piece.end_s)):
            self._settled += said[:stays]
            self._tail = first, int(said[stays].start_s / FRAME_S)

    def transcript(self, duration_s: float | None = None, *, guessed: bool = False) -> Transcript:
        """All that was committed, or that and the guess as well."""
        language = self._scribe.language if self.words else self._given
        words = tuple(self.words) if duration_s is None else ordered(self.words, duration_s)
        words += tuple(self.guessed) if guessed else ()
        return Transcript(words, language, duration_s or 0.0, self._engine.name, self._engine.model)

    def _tell_language(self, batch: Sequence[Piece]) -> str:
        """The language, asked again with each piece until there was enough speech to tell it from."""
        if self._given or sum(piece.duration_s for piece in self._voiced) >= _TOLD_AFTER_S:
            assert self._scribe.language
            return self._scribe.language
        self._voiced += [piece for piece in batch if not piece.doubtful]
        self._scribe.language = None
        language = self._scribe.tell_language(self._voiced or batch)
        if self._supposed and language != self._supposed[1]:
            self._scribe.known.clear()  # heard in another language
        return language

    def _suppose_language(self, piece: Piece) -> str:
        """The language before anything was committed; asked again when there is twice as much to tell it from."""
        if self._scribe.language:
            return self._scribe.language
        if self._supposed is None or piece.duration_s >= 2 * self._supposed[0]:
            self._supposed = (piece.duration_s, self._scribe.tell_language([piece], settle=False))
        return self._supposed[1]


def _settling(said: Sequence[Word], end_s: float) -> int:
    """How many of the words of a tail may stand: up to the widest gap at some distance from its end."""
    near_s, far_s = _FRESH_S
    gaps = [
        (word.start_s - before.end_s, place)
        for place, (before, word) in enumerate(pairwise(said), 1)
        if near_s <= end_s - word.start_s <= far_s
    ]
    return max(gaps)[1] if gaps else 0
