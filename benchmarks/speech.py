"""Memos to measure on: debriefs of the corpus spoken by Piper, as m4a beside their words.

    python -m benchmarks.speech FOLDER [COUNT]

What is there already is left as it is, so they are made once.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
import numpy as np

from dictate.capture.decode import Decoding
from dictate.capture.media import open_media
from dictate.records import SAMPLE_RATE
from models.segmenter.corpus import CORPUS, load
from models.segmenter.spoken import Samples, Speak, piper, spoken

LENGTHS_S = (  # 51 minutes in all, the longest neither first nor last
    60, 20, 120, 35, 300, 90, 25, 180, 70, 45, 720, 30, 100, 140, 50, 240, 40, 80, 110, 60, 200, 90, 150, 120,
)  # fmt: skip
LONG_S = 3600
WRITERS = frozenset(f"w{number}" for number in range(1, 21))  # the memos stay the same when the corpus grows
WORDS_PER_S = 2.7  # of Piper's joe, with the pauses
PACES = (1.0, 0.85, 1.15)
BIT_RATE = 64_000  # what phones write
FRAME = 1024  # samples of an AAC frame


@dataclass(frozen=True, slots=True)
class Memo:
    """A recording and what is said in it."""

    path: Path
    words: str


def memos(folder: Path, count: int = len(LENGTHS_S)) -> list[Memo]:
    """The first ``count`` memos, made where they are missing."""
    folder.mkdir(parents=True, exist_ok=True)
    texts = _texts()
    wanted = [_cut(texts, LENGTHS_S[number % len(LENGTHS_S)]) for number in range(count)]
    return [_memo(folder / f"memo {number:02}.m4a", words, number) for number, words in enumerate(wanted, 1)]


def long_memo(folder: Path, parts: Sequence[Memo], seconds: float = LONG_S) -> Memo:
    """Memos one after the other, over and over, as one recording of at least that length."""
    path = folder / "long" / f"{seconds / 3600:g} hours.m4a"
    taken: list[Memo] = []
    length_s = 0.0
    while length_s < seconds:
        taken.append(parts[len(taken) % len(parts)])
        length_s += open_media(taken[-1].path).duration_s or 0.0
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        pause = np.zeros(SAMPLE_RATE, np.float32)
        write(path, (block for memo in taken for block in (*Decoding(open_media(memo.path)), pause)))
    return Memo(path, " ".join(memo.words for memo in taken))


def write(path: Path, blocks: Iterator[Samples]) -> None:
    """Samples as m4a, there only when it is whole."""
    part = path.with_name(f".{path.name}")
    with av.open(str(part), "w", format="ipod") as container:
        stream = container.add_stream("aac", rate=SAMPLE_RATE, layout="mono", bit_rate=BIT_RATE)
        position, rest = 0, np.zeros(0, np.float32)
        for block in blocks:
            rest = np.concatenate((rest, block))
            while len(rest) >= FRAME:
                frame = av.AudioFrame.from_ndarray(rest[None, :FRAME], format="fltp", layout="mono")
                frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, position, Fraction(1, SAMPLE_RATE)
                container.mux(stream.encode(frame))
                position, rest = position + FRAME, rest[FRAME:]
        container.mux(stream.encode(None))
    part.replace(path)


def _texts() -> list[str]:
    texts = [debrief.text for debrief in load(CORPUS) if debrief.writer in WRITERS]
    random.Random(5).shuffle(texts)
    return texts


def _cut(texts: list[str], seconds: float) -> str:
    """So much of the next texts as takes about that long to say, up to the end of a sentence; they are used up."""
    words: list[str] = []
    while len(words) < seconds * WORDS_PER_S:
        words += texts.pop().split()
    least = int(seconds * WORDS_PER_S)
    ends = [place for place, word in enumerate(words, 1) if place >= least and word[-1] in ".?!"]
    return " ".join(words[: ends[0] if ends and ends[0] < 1.3 * least else least])


def _memo(path: Path, words: str, number: int) -> Memo:
    text = path.with_suffix(".txt")
    if not path.exists() or not text.exists() or text.read_text(encoding="utf-8") != words:
        samples = spoken(words, _voice(PACES[number % len(PACES)]), random.Random(number))
        write(path, iter([np.clip(samples, -1, 1)]))
        text.write_text(words, encoding="utf-8")
    return Memo(path, words)


@cache
def _voice(pace: float) -> Speak:
    return piper(pace)


if __name__ == "__main__":
    for memo in memos(Path(sys.argv[1]), *(int(count) for count in sys.argv[2:])):
        print(f"{memo.path}: {open_media(memo.path).duration_s:.0f} s, {len(memo.words.split())} words", flush=True)
