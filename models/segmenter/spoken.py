"""Corpus texts spoken aloud and heard by Whisper, their labels carried over: what the segmenter meets in real use.

    python -m models.segmenter.spoken FOLDER OUT

Voices take turns: Piper's joe at several paces (piper-tts, of the extra ``train``), and the voices of espeak-ng and
flite where these are installed. A heard word has the span of the word that it aligns with (difflib, as ``score``
does), an inserted one that of the word before it; a debrief in which a span was lost altogether keeps its other
spans, unless that breaks the rules of the guide.
"""

from __future__ import annotations

import argparse
import difflib
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dictate.capture.decode import Decoding
from dictate.capture.media import open_media
from dictate.records import SAMPLE_RATE
from dictate.transcribe.engine import Engine, load_engine
from dictate.transcribe.recording import Options, transcribe
from models.segmenter.corpus import Debrief, Labelled, faults, load, written
from models.segmenter.score import bare

SENTENCE = ".?!"
BREATH_WORDS = 14  # raw dictation is spoken in stretches of about so many words
PAUSES_S = (0.0, 0.1, 0.25, 0.5, 0.9)

Samples = npt.NDArray[np.float32]
Speak = Callable[[str], Samples]


def piper(length_scale: float) -> Speak:
    """Piper's joe; a larger ``length_scale`` speaks slower."""
    from piper import SynthesisConfig

    from dictate.voice import piper as load
    from dictate.voice import spoken as say

    voice, config = load(), SynthesisConfig(length_scale=length_scale)

    def speak(text: str) -> Samples:
        return _resampled(say(voice, text, config), voice.config.sample_rate)

    return speak


def program(*command: str) -> Speak:
    """A program; ``{text}`` and ``{wave}`` in ``command`` stand for the files that it reads and writes."""

    def speak(text: str) -> Samples:
        with tempfile.TemporaryDirectory() as folder:
            words, wave = Path(folder) / "words.txt", Path(folder) / "speech.wav"
            words.write_text(text, encoding="utf-8")
            subprocess.run([a.format(text=words, wave=wave) for a in command], check=True, capture_output=True)
            return np.concatenate([np.zeros(0, np.float32), *Decoding(open_media(wave))])

    return speak


def voices() -> list[Speak]:
    """The voices that can be had here, the best most often."""
    found = [piper(1.0), piper(0.85), piper(1.15), piper(1.0)]
    if shutil.which("espeak-ng"):
        found += [
            program("espeak-ng", "-v", v, "-s", "165", "-f", "{text}", "-w", "{wave}") for v in ("en-gb", "en-us")
        ]
    if shutil.which("flite"):
        found.append(program("flite", "-voice", "slt", "-f", "{text}", "-o", "{wave}"))
    return found


def _resampled(samples: Samples, rate: int) -> Samples:
    times = np.arange(int(len(samples) * SAMPLE_RATE / rate)) * (rate / SAMPLE_RATE)
    return np.interp(times, np.arange(len(samples)), samples).astype(np.float32)


def breaths(text: str, rng: random.Random) -> Iterator[str]:
    """A text in the stretches between which its speaker stops: sentences, and in raw dictation wherever breath ends."""
    stretch: list[str] = []
    for word in text.split():
        stretch.append(word)
        if word[-1] in SENTENCE or (len(stretch) >= BREATH_WORDS and rng.random() < 0.2):
            yield " ".join(stretch)
            stretch = []
    if stretch:
        yield " ".join(stretch)


def spoken(text: str, speak: Speak, rng: random.Random) -> Samples:
    """Samples of a whole debrief, with a quiet noise floor, as a phone records it."""
    parts = []
    for stretch in breaths(text, rng):
        parts += [speak(stretch), np.zeros(int(rng.choice(PAUSES_S) * SAMPLE_RATE), np.float32)]
    samples = np.concatenate(parts)
    noise = np.random.default_rng(rng.randrange(2**32)).normal(scale=rng.choice((1e-4, 1e-3, 4e-3)), size=len(samples))
    return (0.9 * samples + noise).astype(np.float32)


def carried_over(debrief: Debrief, words: Sequence[str]) -> Debrief:
    """The labels of a debrief on what was heard of it."""
    gold = [(bare(w), i) for i, span in enumerate(debrief.spans) for w in span.text.split()]
    heard = [bare(w) for w in words]
    span_of = [-1] * len(heard)
    matcher = difflib.SequenceMatcher(None, [w for w, _ in gold], heard, autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for k in range(size):
            span_of[b + k] = gold[a + k][1]
    last = 0
    texts: dict[int, list[str]] = {}
    for word, index in zip(words, span_of, strict=True):
        last = max(last, index)
        texts.setdefault(last, []).append(word)
    spans = [replace(debrief.spans[i], text=" ".join(said)) for i, said in texts.items()]
    return replace(debrief, spans=tuple(_renumbered(spans)))


def _renumbered(spans: Sequence[Labelled]) -> Iterator[Labelled]:
    """Numbers counted anew where a question was lost, and the mark of difficulty on the first mention."""
    order: dict[tuple[bool, int], int] = {}
    for asking in ("question", "ask"):
        for span in spans:
            if span.kind == asking and span.number is not None:
                order.setdefault(
                    (asking == "question", span.number), sum(k[0] == (asking == "question") for k in order) + 1
                )
    for span in spans:
        key = (span.kind in ("question", "answer"), span.number or 0)
        yield replace(span, number=order.get(key)) if span.number else span


def hear(debrief: Debrief, speak: Speak, engine: Engine, rng: random.Random) -> Debrief | None:
    """The debrief as Whisper heard it; None where too much of it was lost."""
    samples = spoken(debrief.text, speak, rng)
    told = transcribe([samples], engine, Options(language="en"))
    heard = carried_over(debrief, [word.text for word in told.words])
    return heard if heard.spans and not list(faults(heard)) else None


def main() -> None:
    from dictate import weights

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path, help="a folder of labelled debriefs")
    parser.add_argument("out", type=Path, help="where they are written in the words that were heard")
    parser.add_argument("--model", default="base")
    parser.add_argument("--every", type=int, default=1, help="only every so manieth debrief")
    options = parser.parse_args()
    engine = load_engine(weights.locate(options.model), name=options.model)
    speakers = voices()
    for place, debrief in enumerate(load(options.source)[:: options.every]):
        rng = random.Random(f"{debrief.writer}/{debrief.name}")
        heard = hear(debrief, speakers[place % len(speakers)], engine, rng)
        told = "too much was lost" if heard is None else "heard"
        print(f"{debrief.writer}/{debrief.name}: {told}", flush=True)
        if heard is not None:
            path = options.out / debrief.writer / f"{debrief.name}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(written(heard), encoding="utf-8")


if __name__ == "__main__":
    main()
