"""Places in a text and in its audio: offsets to times, and one transcript's places found again in another's."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from dictate.records import Transcript, Word

Range = tuple[int, int]

WINDOW_S = 15.0  # how far around a place its words are compared; two transcripts of one audio seldom differ by seconds


def word_ranges(words: Iterable[Word]) -> list[Range]:
    """Half-open offsets of each word in the transcript's text."""
    ranges, start = [], 0
    for word in words:
        ranges.append((start, start + len(word.text)))
        start += len(word.text) + 1
    return ranges


def times(transcript: Transcript, ranges: Iterable[Range]) -> list[tuple[float, float] | tuple[None, None]]:
    """Start and end in seconds of each range of a transcript's text; None where it holds no word."""
    words = word_ranges(transcript.words)
    return [_time(transcript.words, _within(words, *range_)) for range_ in ranges]


def realign(old: Transcript, new: Transcript, ranges: Sequence[Range]) -> list[Range]:
    """Ranges of the old text found again in the new one: by the words that both share, else by time.

    Ranges that touch still touch, none overlap; one whose words are all gone is empty, at the place where they were.
    """
    old_words, new_words = word_ranges(old.words), word_ranges(new.words)
    moved, floor = [], 0
    for range_ in ranges:
        first, last = (_edge(old.words, new.words, edge) for edge in _within(old_words, *range_))
        first = max(first, floor)
        floor = max(last, first)
        moved.append(_offsets(new_words, first, floor))
    return moved


def _within(words: Sequence[Range], start: int, end: int) -> Range:
    """First word that reaches into an offset range, and the one after the last."""
    first = bisect_right(words, start, key=lambda word: word[1])
    return first, max(first, bisect_left(words, end, key=lambda word: word[0]))


def _time(words: Sequence[Word], indices: Range) -> tuple[float, float] | tuple[None, None]:
    first, last = indices
    return (words[first].start_s, words[last - 1].end_s) if first < last else (None, None)


def _offsets(words: Sequence[Range], first: int, last: int) -> Range:
    if first < last:
        return words[first][0], words[last - 1][1]
    at = words[first][0] if first < len(words) else (words[-1][1] if words else 0)
    return at, at


def _edge(old: Sequence[Word], new: Sequence[Word], index: int) -> int:
    """The word of the new transcript before which the edge lies that lay before ``old[index]``.

    It lies after the words that both share on its left and before those that they share on its right; where these
    leave a choice, at the nearest time, told from the last shared word since models differ in their clocks.
    """
    at_s = _edge_s(old, index)
    a, b = _around(old, at_s), _around(new, at_s)
    matcher = SequenceMatcher(None, _bare(old[a[0] : a[1]]), _bare(new[b[0] : b[1]]), autojunk=False)
    low, high, late_s = *b, 0.0
    for i, j, size in matcher.get_matching_blocks():
        before = min(max(index - a[0] - i, 0), size)  # how many of the block's words are on the left
        if before > 0:
            low = b[0] + j + before
            late_s = new[low - 1].end_s - old[a[0] + i + before - 1].end_s
        if before < size:
            high = min(high, b[0] + j + before)
    return min(range(low, high + 1), key=lambda j: abs(_edge_s(new, j) - at_s - late_s))


def _edge_s(words: Sequence[Word], index: int) -> float:
    if index < len(words):
        return words[index].start_s
    return words[-1].end_s if words else 0.0


def _around(words: Sequence[Word], at_s: float) -> Range:
    first = bisect_left(words, at_s - WINDOW_S, key=lambda word: word.start_s)
    return first, bisect_right(words, at_s + WINDOW_S, key=lambda word: word.start_s)


def _bare(words: Iterable[Word]) -> list[str]:
    """Words as they sound: without case and punctuation."""
    return ["".join(filter(str.isalnum, word.text)).casefold() for word in words]
