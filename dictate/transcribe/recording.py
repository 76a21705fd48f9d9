"""The step itself: the samples of a recording to its transcript, in memory that does not grow with its length."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice

import numpy as np

from dictate.errors import InputError
from dictate.records import SAMPLE_RATE, Transcript, Word
from dictate.transcribe import decoding, guard
from dictate.transcribe.activity import Samples
from dictate.transcribe.engine import BEAM_ACCURATE, Decoded, Engine, Heard, Request
from dictate.transcribe.missed import Gap, filled, missed
from dictate.transcribe.pieces import Key, Piece, pieces

_TOLD_FROM = 30 * SAMPLE_RATE  # samples from which the language is told
_FEW = 4  # full windows decoded together
_AHEAD = 2  # groups of pieces that wait for a worker or for their turn

Progress = Callable[[float], None]
KnownWords = Mapping[Key, Sequence[Word]]


@dataclass(frozen=True, slots=True)
class Options:
    """What is known before anything is heard."""

    language: str | None = None  # ISO 639-1; None: told from the first speech
    vocabulary: tuple[str, ...] = ()  # names and terms as they are to be spelt, the most important first
    accurate: bool = False  # slower: full windows, each heard in the light of what was said just before


def transcribe(
    blocks: Iterable[Samples],
    engine: Engine,
    options: Options | None = None,
    progress: Progress | None = None,
    known: KnownWords | None = None,
) -> Transcript:
    """The transcript of a recording given as blocks of samples; ``progress`` is told the seconds done.

    ``known`` are pieces of this recording that were heard before, with the same engine and options.
    """
    options = options or Options()
    scribe = Scribe(engine, options, known)
    clock = _Clock(blocks)
    words: list[Word] = []
    for done_s, heard in _in_order(scribe, pieces(clock, engine.longest_s)):
        words += heard
        if progress:
            progress(done_s)
    language = scribe.language if words else options.language
    return Transcript(ordered(words, clock.duration_s), language, clock.duration_s, engine.name, engine.model)


class Scribe:
    """Hears the pieces of one recording, in any grouping, from any thread."""

    def __init__(self, engine: Engine, options: Options, known: KnownWords | None = None) -> None:
        if not engine.multilingual and options.language not in (None, "en"):
            raise InputError(f"{engine.model} knows English only; use a model that knows {options.language!r}: base")
        self.engine = engine
        self.language = options.language  # None until it is told
        self.known: dict[Key, Sequence[Word]] = dict(known or {})  # not heard again
        self._options = options

    def tell_language(self, first: Sequence[Piece], *, settle: bool = True) -> str:
        """The language of some pieces; the first in which a voice was detected settle it for all that follow."""
        if self.language:
            return self.language
        voiced = [piece.samples for piece in first if not piece.doubtful]
        language = self.engine.language(np.concatenate(voiced or [first[0].samples])[:_TOLD_FROM])
        self.language = language if voiced and settle else None
        return language

    def hear_each(self, batch: Sequence[Piece], language: str) -> dict[Key, Sequence[Word]]:
        """The words of each piece, those that are known not heard again."""
        told = {piece.key: self.known[piece.key] for piece in batch if piece.key in self.known}
        fresh = [piece for piece in batch if piece.key not in told]
        if fresh:
            told |= zip((piece.key for piece in fresh), self.hear(fresh, language), strict=True)
        return told

    def hear(self, batch: Sequence[Piece], language: str) -> list[list[Word]]:
        """The words of each of some pieces, with their times in the recording."""
        if self._options.accurate:
            return self._in_turn(batch, language)
        words: list[list[Word]] = [[] for _ in batch]
        for doubtful in (False, True):
            request = Request(language, "" if doubtful else self._hint)
            alike = [place for place, piece in enumerate(batch) if piece.doubtful == doubtful]
            for place, heard in zip(alike, self._decode([batch[place] for place in alike], request), strict=True):
                words[place] = [_placed(batch[place], word) for word in heard]
        return words

    def _in_turn(self, batch: Sequence[Piece], language: str) -> list[list[Word]]:
        """The words of pieces that follow one another, each decoded in the light of the last."""
        words: list[list[Word]] = []
        context = ""
        for piece in batch:
            hint = "" if piece.doubtful else self._hint
            request = Request(language, hint, BEAM_ACCURATE, full_window=True, context=context)
            (heard,) = self._decode([piece], request)
            words.append([_placed(piece, word) for word in heard])
            context = " ".join(word.text for word in words[-1])
        return words

    def guess(self, piece: Piece, language: str) -> list[Word]:
        """The likeliest words of a piece that is not whole, at a fraction of the cost; none where that fails."""
        result = self.engine.decode([piece.samples], Request(language, self._hint, beam=1))[0]
        if decoding.failed(result) or decoding.suspect(result):
            return []
        return [_placed(piece, word) for word in guard.spoken(piece, result)]

    @property
    def _hint(self) -> str:
        return ", ".join(self._options.vocabulary)

    def _decode(self, batch: Sequence[Piece], request: Request) -> list[tuple[Heard, ...]]:
        if not batch:
            return []
        samples = [piece.samples for piece in batch]
        decode = self.engine.decode if batch[0].doubtful else partial(decoding.decode, self.engine)
        results = decode(samples, request)
        words = [self._spoken(piece, result, request) for piece, result in zip(batch, results, strict=True)]
        if batch[0].doubtful:
            return words
        # What a guard threw away was no speech; what Whisper passed over may be some.
        gaps = [
            (place, gap)
            for place, (piece, result) in enumerate(zip(batch, results, strict=True))
            if words[place] or not result.words
            for gap in missed(piece, words[place])
        ]
        patient = replace(request, context="", full_window=True, beam=BEAM_ACCURATE)
        return self._filled(words, gaps, patient)

    def _filled(
        self, words: list[tuple[Heard, ...]], gaps: Sequence[tuple[int, Gap]], request: Request
    ) -> list[tuple[Heard, ...]]:
        """The words of pieces, and those in their gaps: each is heard once more by itself, and must be believed."""
        for at in range(0, len(gaps), _FEW):
            few = gaps[at : at + _FEW]
            results = self.engine.decode([gap.sound.samples for _, gap in few], request)
            for (place, gap), result in zip(few, results, strict=True):
                words[place] = filled(words[place], gap, guard.believed(gap.sound, result))
        return words

    def _spoken(self, piece: Piece, result: Decoded, request: Request) -> tuple[Heard, ...]:
        """The words of a piece; where they only repeat the hint, they must also be heard without it."""
        words = guard.spoken(piece, result)
        if words and request.hint and guard.repeats(result, self._options.vocabulary):
            unhinted = replace(request, hint="", beam=BEAM_ACCURATE)  # of a word or two a narrow search is a poor judge
            plain = decoding.decode(self.engine, [piece.samples], unhinted)[0]
            return words if guard.spoken(piece, plain) else ()
        return words


def ordered(words: Iterable[Word], duration_s: float) -> tuple[Word, ...]:
    """The words by their start, each ending before the recording does and none starting before the one before."""
    return tuple(
        Word(word.text, min(word.start_s, duration_s), min(word.end_s, duration_s), word.confidence)
        for word in sorted(words, key=lambda word: word.start_s)
    )


def _in_order(scribe: Scribe, cut: Iterator[Piece]) -> Iterator[tuple[float, list[Word]]]:
    """What each group of pieces says and where it ends, decoded by all workers while the next is being cut."""
    engine = scribe.engine
    waiting: deque[tuple[float, list[Future[dict[Key, Sequence[Word]]]]]] = deque()
    pool = ThreadPoolExecutor(engine.workers)
    try:
        while group := list(islice(cut, engine.workers * engine.batch)):
            language = scribe.tell_language(group)
            futures = [pool.submit(scribe.hear_each, batch, language) for batch in _shared_out(group, engine.workers)]
            waiting.append((max(piece.end_s for piece in group), futures))
            if len(waiting) >= _AHEAD:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # an interruption need not wait for what nobody will read


def _shared_out(group: Sequence[Piece], workers: int) -> list[list[Piece]]:
    """A batch for each worker, of pieces alike in length: a batch takes as long as its longest piece asks."""
    by_length = sorted(group, key=lambda piece: piece.duration_s)
    size = -(-len(by_length) // workers)
    return [by_length[at : at + size] for at in range(0, len(by_length), size)]


def _result(done_s: float, futures: Sequence[Future[dict[Key, Sequence[Word]]]]) -> tuple[float, list[Word]]:
    return done_s, [word for future in futures for words in future.result().values() for word in words]


def _placed(piece: Piece, word: Heard) -> Word:
    start_s, end_s = piece.place(word.start_s), piece.place(word.end_s)
    return Word("".join(word.text.split()), round(start_s, 3), round(max(start_s, end_s), 3), round(word.confidence, 4))


class _Clock:
    """Blocks passed on, and their samples counted."""

    def __init__(self, blocks: Iterable[Samples]) -> None:
        self._blocks = blocks
        self._samples = 0

    @property
    def duration_s(self) -> float:
        return self._samples / SAMPLE_RATE

    def __iter__(self) -> Iterator[Samples]:
        for block in self._blocks:
            self._samples += len(block)
            yield block
