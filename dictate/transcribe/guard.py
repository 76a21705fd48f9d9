"""No invented words: what Whisper writes where nobody spoke is cut, what was said stays.

Whisper was trained on subtitles and writes some of them into silence and noise: single phrases that it hardly
believes, loops, tails whose words all fall on one instant, or the words that it was given as a hint. Each rule asks
for two signs at once, one from Whisper and one from the voice activity detection, so that a real "Thank you." and a
real "no no no" are kept. The figures were set on the recordings described in ``tests/data/README.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import fmean

from dictate.transcribe.activity import FRAME_S
from dictate.transcribe.decoding import INSTANT_S, LEAST_LOG_PROBABILITY, MOST_COMPRESSION, SILENCE, copied, piled
from dictate.transcribe.engine import Decoded, Heard
from dictate.transcribe.pieces import Piece

_VOICED = 0.5  # probability of speech in a frame
_UNVOICED = 0.3
_LITTLE_VOICE = 10  # voiced frames, 0.32 s
_SOME_VOICE = 31  # voiced frames, 1 s
_PERHAPS_SILENCE = 0.4  # probability of no speech
_HARDLY_BELIEVED = -0.5  # log probability of a phantom
_BELIEVED = -0.6  # log probability of words where no voice was detected, or little of it
_SURE, _UNSURE = 0.6, 0.3  # mean confidence of a piece's words
_FEWEST = 3  # words, where no voice was detected
_AROUND_S = 0.1  # how far the alignment may be off
_LONG_S = 0.6  # a word longer than this has a pause in it

_PHANTOMS = frozenset(
    """
    you; thank you; thanks; thank you very much; thank you so much; thanks for watching; thank you for watching;
    thanks for listening; thank you for listening; bye; bye bye; so; oh; okay; yeah; the; i; music; applause; hmm;
    please subscribe; subtitles by the amara org community; see you next time; i'm sorry; the end
    """.replace("\n    ", " ")
    .strip()
    .split("; ")
)


def spoken(piece: Piece, decoded: Decoded) -> tuple[Heard, ...]:
    """The words of a piece that somebody spoke, their times drawn in to the voice in them."""
    if not decoded.words or _invented(piece, decoded):
        return ()
    words = _without_tail(piece, decoded.words)
    return tuple(_fitted(piece, word) for word in words)


def believed(piece: Piece, decoded: Decoded) -> tuple[Heard, ...]:
    """The words of a part that Whisper passed over before: those that it believes and that lie where a voice is."""
    surely = decoded.log_probability >= _BELIEVED and not piled(decoded.words)
    if not surely or decoded.compression > MOST_COMPRESSION or normal(decoded.text) in _PHANTOMS:
        return ()
    return tuple(word for word in spoken(piece, decoded) if _voice(piece, word) >= _VOICED)


def repeats(decoded: Decoded, vocabulary: Sequence[str]) -> bool:
    """Whether all its words are among those it was given, as an echo's are."""
    given = {word for entry in vocabulary for word in normal(entry).split()}
    return bool(given) and all(word in given for word in normal(decoded.text).split())


def normal(text: str) -> str:
    """Letters and digits alone, in lower case, words kept apart."""
    return " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)*", text.casefold()))


def _invented(piece: Piece, decoded: Decoded) -> bool:
    confidence = fmean(word.confidence for word in decoded.words)
    if piece.doubtful:
        return not (
            decoded.log_probability >= _BELIEVED
            and confidence >= _SURE
            and len(decoded.words) >= _FEWEST
            and decoded.compression <= MOST_COMPRESSION
            and not piled(decoded.words)
        )
    if decoded.log_probability < LEAST_LOG_PROBABILITY:
        return confidence < _UNSURE or decoded.no_speech > SILENCE
    voiced = int((piece.voice >= _VOICED).sum())
    phantom = normal(decoded.text) in _PHANTOMS and decoded.log_probability < _HARDLY_BELIEVED
    murmur = decoded.no_speech > _PERHAPS_SILENCE and decoded.log_probability < _BELIEVED
    return (phantom and voiced < _LITTLE_VOICE) or (murmur and voiced < _SOME_VOICE)


def _without_tail(piece: Piece, words: Sequence[Heard]) -> Sequence[Heard]:
    """The words without those that are piled up on an instant where there is no voice, or that repeat what precedes."""
    cut: set[int] = set()
    for start, end in _instants(words):
        texts = [normal(word.text) for word in words[:end]]
        unvoiced = _voice(piece, words[start]) < _UNVOICED
        if end - start >= 3 and (unvoiced or copied(texts) or _said_before(texts, start)):
            cut.update(range(start, end))
    return [word for index, word in enumerate(words) if index not in cut]


def _instants(words: Sequence[Heard]) -> Iterator[tuple[int, int]]:
    """Runs of words that last no time, as (start, end)."""
    start = 0
    for index, word in enumerate((*words, Heard("", 0.0, 1.0, 1.0))):
        if word.end_s - word.start_s > INSTANT_S:
            if index > start:
                yield start, index
            start = index + 1


def _said_before(texts: list[str], start: int) -> bool:
    """Whether the words from ``start`` on are also found, in the same order, before it."""
    tail = " ".join(texts[start:])
    return f" {tail} " in f" {' '.join(texts[:start])} "


def _voice(piece: Piece, word: Heard) -> float:
    """The highest probability of speech in and around a word."""
    first = max(int((word.start_s - _AROUND_S) / FRAME_S), 0)
    return float(piece.voice[first : int((word.end_s + _AROUND_S) / FRAME_S) + 1].max(initial=0.0))


def _fitted(piece: Piece, word: Heard) -> Heard:
    """A word that lasts long without the silence at its ends, which the alignment gives to it."""
    first, last = int(word.start_s / FRAME_S), int(word.end_s / FRAME_S) + 1
    voiced = (piece.voice[first:last] >= _UNVOICED).nonzero()[0]
    if word.end_s - word.start_s <= _LONG_S or not len(voiced):
        return word
    start_s = max(word.start_s, (first + int(voiced[0])) * FRAME_S)
    end_s = min(word.end_s, (first + int(voiced[-1]) + 1) * FRAME_S)
    return replace(word, start_s=start_s, end_s=end_s)
