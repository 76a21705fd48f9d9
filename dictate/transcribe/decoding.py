"""Trying again where Whisper's own figures, or the look of the words, say that it failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dictate.transcribe.activity import Samples
from dictate.transcribe.engine import Decoded, Engine, Heard, Request

# As in openai-whisper's transcribe.py, where they are explained.
MOST_COMPRESSION = 2.4
LEAST_LOG_PROBABILITY = -1.0
SILENCE = 0.6  # probability of no speech

INSTANT_S = 0.02  # one step of the alignment: what Whisper cannot place piles up in words no longer than this
_PILE = 4  # such words in a row
_COPY = 6  # words in a row that are hardly said twice in a row
_TIMES = 4  # how often fewer words are hardly said in a row

_TEMPERATURES = (0.2, 0.4, 0.6, 0.8)


def decode(engine: Engine, batch: Sequence[Samples], request: Request) -> list[Decoded]:
    """The words of each piece; those that failed are decoded again, one by one."""
    results = engine.decode(batch, request)
    return [_settle(engine, samples, request, result) for samples, result in zip(batch, results, strict=True)]


def failed(result: Decoded) -> bool:
    """Whether Whisper's own figures call for another try: a loop, or text that it does not believe (and no silence)."""
    unbelieved = result.log_probability < LEAST_LOG_PROBABILITY
    return result.compression > MOST_COMPRESSION or (unbelieved and result.no_speech <= SILENCE)


def suspect(result: Decoded) -> bool:
    """Whether the words look like a loop that the compression does not show."""
    return piled(result.words) or copied([word.text.casefold() for word in result.words])


def piled(words: Sequence[Heard]) -> bool:
    """Whether several words in a row last no time at all."""
    run = 0
    for word in words:
        run = run + 1 if word.end_s - word.start_s <= INSTANT_S else 0
        if run >= _PILE:
            return True
    return False


def copied(texts: Sequence[str]) -> bool:
    """Whether a run of several words is followed by itself, or a shorter one by itself several times."""
    return any(
        texts[at : at + length * (times - 1)] == texts[at + length : at + length * times]
        for length in range(1, len(texts) // 2 + 1)
        for times in (2 if length >= _COPY else _TIMES,)
        for at in range(len(texts) - length * times + 1)
    )


def _settle(engine: Engine, samples: Samples, request: Request, result: Decoded) -> Decoded:
    """The result, or a better one: first from the full window without context, then sampled at rising temperatures."""
    tries = [result]
    whole = replace(request, full_window=True, context="")
    narrow = engine.shortens and not request.full_window
    if (narrow or request.context) and (failed(result) or suspect(result)):
        tries = engine.decode([samples], whole)
    for temperature in _TEMPERATURES:
        if not failed(tries[-1]):
            break
        tries += engine.decode([samples], replace(whole, temperature=temperature))
    return max(tries, key=_merit)


def _merit(result: Decoded) -> tuple[bool, bool, bool, float]:
    looping = result.compression > MOST_COMPRESSION
    return (not looping, not failed(result), not suspect(result), result.log_probability)
