"""Two transcripts of one recording held against each other: where they differ, the words are doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from dictate.records import Doubt, Transcript

LEAST_ALIKE = 0.5  # of the words, under which the two are not of one language, or not of one recording
LONGEST = 8  # words; where more differ in a row, one of the two has left something out
STRETCH = 1500  # words compared at once; the time grows with their square
FILLERS = frozenset("um uh er erm ah eh mm hmm mhm".split())
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve".split()
_SAME = {word: str(number) for number, word in enumerate(_NUMBERS)} | {
    "okay": "ok",
    "alright": "allright",
    "%": "percent",
}


def doubts(transcript: Transcript, other: Transcript) -> tuple[Doubt, ...]:
    """Places where the other has other words; fillers, capitals, stops and ways to write a number do not count."""
    mine, theirs = _bare(transcript), _bare(other)
    if not mine or not theirs:
        return ()
    blocks = _blocks([word for _, word in mine], [word for _, word in theirs])
    same = sum(size for _, _, size in blocks)
    if same < LEAST_ALIKE * max(len(mine), len(theirs)):
        return ()
    return tuple(_between(blocks, mine, theirs, transcript, other))


def _bare(transcript: Transcript) -> list[tuple[int, str]]:
    """Words as they sound, each with its place."""
    sounds = [
        (place, "".join(filter(str.isalnum, word.text)).casefold() or word.text)
        for place, word in enumerate(transcript.words)
    ]
    return [(place, _SAME.get(word, word)) for place, word in sounds if word not in FILLERS]


def _blocks(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of equal words, as (place in a, place in b, how many), in order; the last is empty and at both ends."""
    found: list[tuple[int, int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        there = SequenceMatcher(None, a[i : i + STRETCH], b[j : j + STRETCH], autojunk=False).get_matching_blocks()[:-1]
        is_last = i + STRETCH >= len(a) and j + STRETCH >= len(b)
        kept = there if is_last or len(there) < 2 else there[:-1]  # the last one may go on beyond the stretch
        if not kept:
            break
        found += [(i + block.a, j + block.b, block.size) for block in kept]
        i, j = found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]
        if is_last:
            break
    return [*found, (len(a), len(b), 0)]


def _between(
    blocks: Sequence[tuple[int, int, int]],
    mine: Sequence[tuple[int, str]],
    theirs: Sequence[tuple[int, str]],
    transcript: Transcript,
    other: Transcript,
) -> Iterator[Doubt]:
    i = j = 0
    for start, there, size in blocks:
        if 0 < max(start - i, there - j) <= LONGEST and "".join(w for _, w in mine[i:start]) != "".join(
            w for _, w in theirs[j:there]
        ):
            words = other.words[theirs[j][0] : theirs[there - 1][0] + 1] if there > j else ()
            first = mine[i][0] if i < len(mine) else len(transcript.words)
            last = mine[start - 1][0] + 1 if start > i else first
            yield Doubt(first, last, " ".join(word.text for word in words))
        i, j = start + size, there + size
