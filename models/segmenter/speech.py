"""Corpus text made more like what a transcriber or a dictating phone writes, labels kept word by word."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from models.segmenter.corpus import Debrief

FILLERS = ("um", "uh", "like", "you know", "so", "well", "I mean", "er", "yeah", "right")
HOMOPHONES = [
    "their there they're", "to too two", "your you're", "its it's", "hear here", "new knew", "no know", "for four",
    "then than", "were where we're", "whether weather", "write right", "one won", "through threw", "ate eight",
    "would wood", "week weak", "been bin", "role roll", "passed past", "course coarse", "buy by bye", "wait weight",
    "peace piece", "principal principle", "led lead", "our are", "of off", "quite quiet", "lose loose", "ask asked",
    "said says", "he she", "in and", "a the", "was is", "I'd I", "this the",
]  # fmt: skip
SOUNDS_LIKE = {w: [o for o in g.split() if o != w] for g in HOMOPHONES for w in g.split()}
NUMBERS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty".split(),
        "1 2 3 4 5 6 7 8 9 10 11 12 15 20 30 40 50".split(),
        strict=True,
    )
)
FIGURES = {figure: word for word, figure in NUMBERS.items()}
CLOSING = re.compile(r"[.,;:!?…\"”')]+$")
MARKS = re.compile(r"[^\w\s']|_")


@dataclass(frozen=True, slots=True)
class Words:
    """A debrief word by word: ``span[i]`` is the index of the span that word i belongs to."""

    words: list[str]
    span: list[int]


def as_written(debrief: Debrief) -> Words:
    words, span = [], []
    for index, labelled in enumerate(debrief.spans):
        for word in labelled.text.split():
            words.append(word)
            span.append(index)
    return Words(words, span)


def as_heard(debrief: Debrief, rng: random.Random) -> Words:
    """One of many ways in which the debrief may come out of a transcriber; no span is lost."""
    heard = as_written(debrief)
    way = rng.random()
    if way < 0.25:
        pass
    elif way < 0.55:
        heard = _each(heard, lambda word: MARKS.sub("", word.lower()) or word)
        if rng.random() < 0.4:
            heard = _each(heard, lambda word: word.replace("'", "") or word)
    elif way < 0.67:
        kept = rng.random()
        heard = _each(heard, lambda word: word if rng.random() < kept else (CLOSING.sub("", word) or word))
    elif way < 0.8:
        heard = _each(heard, lambda word: _repunctuated(word, rng))
    else:
        heard = _sentenced(heard, rng)
    if rng.random() < 0.7:
        heard = _misheard(heard, rng, rate=rng.choice((0.01, 0.03, 0.06, 0.1)))
    return heard


def _each(heard: Words, change) -> Words:  # type: ignore[no-untyped-def]
    return Words([change(word) for word in heard.words], heard.span)


def _repunctuated(word: str, rng: random.Random) -> str:
    """Sentences ended elsewhere, commas come and gone: as Whisper punctuates speech that has no clear sentences."""
    closing = CLOSING.search(word)
    bare = CLOSING.sub("", word) or word
    if closing:
        return bare + rng.choice((closing[0], ",", ".", "", closing[0]))
    return bare + rng.choice((",", ".", "...")) if rng.random() < 0.04 else word


def _sentenced(heard: Words, rng: random.Random) -> Words:
    """Sentences as Whisper makes them of speech that has none: they end at pauses, mostly where matters change."""
    words: list[str] = []
    capital = True
    for place, word in enumerate(heard.words):
        bare = MARKS.sub("", word.lower()) or word
        named = word[:1].isupper() and not capital and rng.random() < 0.8
        if capital or named or re.fullmatch(r"i('.*)?", bare):
            bare = bare[:1].upper() + bare[1:]
        last = place + 1 == len(heard.words) or heard.span[place + 1] != heard.span[place]
        closing = word[-1:] in ".?!"
        capital = rng.random() < (0.6 if closing else 0.45 if last else 0.02)
        if not capital and rng.random() < (0.4 if word[-1:] == "," or last else 0.03):
            bare += ","
        words.append(bare + (rng.choice((".", ".", ".", "?") if word[-1:] == "?" else (".",)) if capital else ""))
    return Words(words, heard.span)


def _misheard(heard: Words, rng: random.Random, rate: float) -> Words:
    """Words swapped for what sounds alike, dropped, said twice or preceded by a filler."""
    words: list[str] = []
    span: list[int] = []
    sizes = {i: heard.span.count(i) for i in set(heard.span)}
    for word, index in zip(heard.words, heard.span, strict=True):
        new = [word]
        if rng.random() < rate:
            low = word.lower()
            change = rng.random()
            if low in SOUNDS_LIKE and change < 0.5:
                new = [rng.choice(SOUNDS_LIKE[low])]
            elif low in NUMBERS or low in FIGURES:
                new = [NUMBERS.get(low) or FIGURES[low]]
            elif change < 0.3 and sizes[index] > 3:
                new = []
                sizes[index] -= 1
            elif change < 0.5:
                new = [word, word]
            elif change < 0.75:
                new = [*rng.choice(FILLERS).split(), word]
            elif word[:1].isupper() and len(word) > 3:
                at = rng.randrange(1, len(word) - 1)
                new = [word[:at] + rng.choice("aeioulnrst") + word[at + 1 :]]
        words += new
        span += [index] * len(new)
    return Words(words, span)
