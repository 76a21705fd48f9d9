"""How it was spoken: pace, pauses and fillers, counted from words with times. Described, never diagnosed."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypedDict

from dictate.store import Counts, SpokenNote

NEWEST = 200  # interviews that are listened to: how somebody speaks now, and their words are quick to read
PAUSE_S = 0.7  # silence between two words that counts as a pause
LEAST_WORDS = 50  # of a kind of question: from fewer nothing is said

_FILLER = re.compile(
    r"(?<![\w'])(?:u+h+|u+m+|er+m*|a+h+|hm+|mm+|(?:you know|I mean|sort of|kind of|like)(?=,))(?![\w'])", re.I
)


class Spoken(TypedDict):
    """How questions of one kind and their answers were told; rates are per 100 words, ``pace_wpm`` words a minute.

    ``pace_wpm`` counts the time from the first word to the last, pauses with it.
    """

    kind: str
    family: int | None
    notes: int
    words: int
    pace_wpm: int
    pauses: int
    pauses_per_100: float
    longest_pause_s: float
    fillers: int
    fillers_per_100: float
    note_ids: list[int]


class _Tally:
    """Sums over notes."""

    def __init__(self) -> None:
        self.note_ids: list[int] = []
        self.words = self.pauses = self.fillers = 0
        self.spoken_s = self.longest_s = 0.0

    def add(self, note_id: int, words: Sequence[str], times: Sequence[Sequence[float]]) -> None:
        gaps = [after[0] - before[1] for before, after in pairwise(times)]
        self.note_ids.append(note_id)
        self.words += len(words)
        self.spoken_s += times[-1][1] - times[0][0]
        self.pauses += sum(gap >= PAUSE_S for gap in gaps)
        self.longest_s = max([self.longest_s, *gaps])
        self.fillers += fillers(" ".join(words))

    def told(self, kind: str, family: int | None) -> Spoken:
        return {
            "kind": kind,
            "family": family,
            "notes": len(self.note_ids),
            "words": self.words,
            "pace_wpm": round(60 * self.words / self.spoken_s) if self.spoken_s else 0,
            "pauses": self.pauses,
            "pauses_per_100": round(100 * self.pauses / self.words, 1),
            "longest_pause_s": round(self.longest_s, 1),
            "fillers": self.fillers,
            "fillers_per_100": round(100 * self.fillers / self.words, 1),
            "note_ids": self.note_ids,
        }


def fillers(text: str) -> int:
    """How many fillers a text has; "like" and its kin count only before a comma."""
    return len(_FILLER.findall(text))


def spoken(counts: Counts, families: Iterable[int]) -> list[Spoken]:
    """Difficult questions, others, then each of these families; a kind of which too little was spoken is left out."""
    notes = counts.spoken(NEWEST)
    words = counts.words({note.recording_id for note in notes})
    wanted = set(families)
    tallies: dict[tuple[str, int | None], _Tally] = {}
    starts = {recording: _word_starts(text) for recording, (text, _) in words.items()}
    for note in notes:
        text, times = words[note.recording_id]
        places = starts[note.recording_id]
        first, last = bisect.bisect_left(places, note.start), bisect.bisect_left(places, note.end)
        if first == last:
            continue
        said = text[note.start : note.end].split(" ")
        for key in _kinds(note, wanted):
            tallies.setdefault(key, _Tally()).add(note.note_id, said, times[first:last])
    order: list[tuple[str, int | None]] = [("difficult", None), ("other", None), *(("family", one) for one in families)]
    return [tallies[key].told(*key) for key in order if key in tallies and tallies[key].words >= LEAST_WORDS]


def _kinds(note: SpokenNote, families: set[int]) -> list[tuple[str, int | None]]:
    kinds: list[tuple[str, int | None]] = [("difficult" if note.difficult else "other", None)]
    return [*kinds, ("family", note.family)] if note.family in families else kinds


def _word_starts(text: str) -> list[int]:
    """Where each word of a transcript begins; words are divided by single spaces."""
    starts, at = [], 0
    for word in text.split(" "):
        starts.append(at)
        at += len(word) + 1
    return starts
