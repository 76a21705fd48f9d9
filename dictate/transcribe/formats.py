"""A transcript as text, SRT, WebVTT and the JSON of the contract, and back from that JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Any

from dictate.errors import InputError
from dictate.records import Transcript, Word

_PARAGRAPH_S = 2.0  # a pause that begins a new paragraph
_LINE = 42  # characters
_LINES = 2
_LONGEST_CUE_S = 6.0
_SHORTEST_CUE_S = 1.0
_LEAST_CUE_S = 0.1  # where words crowd
_CUE_PAUSE_S = 1.0  # a pause that begins a new cue
_VTT_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def as_text(transcript: Transcript) -> str:
    """The words, in paragraphs parted by pauses; empty where nobody speaks."""
    paragraphs = _parted(transcript.words, lambda words, word: word.start_s - words[-1].end_s >= _PARAGRAPH_S)
    return "\n\n".join(" ".join(word.text for word in words) for words in paragraphs) + "\n" * bool(transcript.words)


def as_srt(transcript: Transcript) -> str:
    """Subtitles in SubRip's format."""
    return "\n".join(
        f"{number}\n{_clock(cue.start_s, ',')} --> {_clock(cue.end_s, ',')}\n{cue.text}\n"
        for number, cue in enumerate(_cues(transcript.words), start=1)
    )


def as_vtt(transcript: Transcript) -> str:
    """Subtitles in WebVTT, https://www.w3.org/TR/webvtt1."""
    return "WEBVTT\n" + "".join(
        f"\n{_clock(cue.start_s, '.')} --> {_clock(cue.end_s, '.')}\n{cue.text.translate(_VTT_ESCAPES)}\n"
        for cue in _cues(transcript.words)
    )


def as_json(transcript: Transcript) -> dict[str, Any]:
    """The contract of ``dictate transcribe --json``."""
    return {
        "text": transcript.text,
        "language": transcript.language,
        "duration_s": transcript.duration_s,
        "engine": transcript.engine,
        "model": transcript.model,
        "words": [
            {"text": word.text, "start_s": word.start_s, "end_s": word.end_s, "confidence": word.confidence}
            for word in transcript.words
        ],
        "warnings": list(transcript.warnings),
    }


def from_json(text: str) -> Transcript:
    """The transcript that ``dictate transcribe --json`` wrote; keys that it does not know are passed over."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"not the JSON of `dictate transcribe --json`: {error}") from error
    fields = _Fields(value, "the transcript")
    words = tuple(_word(item, index) for index, item in enumerate(fields.list("words")))
    if any(before.start_s > after.start_s for before, after in pairwise(words)):
        raise _refusal("words", "the transcript", "in the order they were spoken")
    warnings = fields.list("warnings") if "warnings" in value else []
    if not all(isinstance(warning, str) for warning in warnings):
        raise _refusal("warnings", "the transcript", "texts")
    language = fields.text("language") if value.get("language") is not None else None
    duration_s = fields.number("duration_s")
    return Transcript(words, language, duration_s, fields.text("engine"), fields.text("model"), tuple(warnings))


def _word(value: Any, index: int) -> Word:
    fields = _Fields(value, f"word {index + 1}")
    word = Word(fields.text("text"), fields.number("start_s"), fields.number("end_s"), fields.number("confidence"))
    if len(word.text.split()) != 1 or word.text != word.text.strip():
        raise _refusal("text", fields.name, "one word without spaces")
    if word.end_s < word.start_s:
        raise _refusal("end_s", fields.name, "no less than start_s")
    if word.confidence > 1:
        raise _refusal("confidence", fields.name, "between 0 and 1")
    return word


class _Fields:
    """Checked access to an object of foreign JSON; ``name`` says in messages where it stood."""

    def __init__(self, value: Any, name: str) -> None:
        if not isinstance(value, dict):
            raise InputError(f"not the JSON of `dictate transcribe --json`: {name} is no object")
        self._value = value
        self.name = name

    def text(self, key: str) -> str:
        value = self._value.get(key)
        if not isinstance(value, str):
            raise _refusal(key, self.name, "a text")
        return value

    def number(self, key: str) -> float:
        value = self._value.get(key)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
            raise _refusal(key, self.name, "a number of at least 0")
        return float(value)

    def list(self, key: str) -> Sequence[Any]:
        value = self._value.get(key)
        if not isinstance(value, list):
            raise _refusal(key, self.name, "a list")
        return value


def _refusal(key: str, name: str, wanted: str) -> InputError:
    return InputError(f"not the JSON of `dictate transcribe --json`: {key!r} of {name} must be {wanted}")


@dataclass(frozen=True, slots=True)
class _Cue:
    start_s: float
    end_s: float
    text: str


def _cues(words: Sequence[Word]) -> Iterator[_Cue]:
    """Cues of one or two lines, one after the other, each shown for a second where the next one leaves the time."""
    groups = list(_parted(words, _ends_cue))
    shown_s = 0.0
    for group, following in zip_longest(groups, groups[1:]):
        start_s = max(group[0].start_s, shown_s)
        end_s = max(group[-1].end_s, start_s + _SHORTEST_CUE_S)
        if following:
            end_s = min(end_s, following[0].start_s)
        shown_s = max(end_s, start_s + _LEAST_CUE_S)
        yield _Cue(start_s, shown_s, "\n".join(_lines(group)))


def _ends_cue(words: list[Word], word: Word) -> bool:
    """Whether the cue of these words is full, or a sentence or a pause ends it."""
    too_long = word.end_s - words[0].start_s > _LONGEST_CUE_S or len(_lines([*words, word])) > _LINES
    sentence = words[-1].text.endswith((".", "?", "!")) and len(_lines(words)) == _LINES
    return too_long or sentence or word.start_s - words[-1].end_s >= _CUE_PAUSE_S


def _lines(words: Sequence[Word]) -> list[str]:
    lines = [words[0].text]
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word.text) <= _LINE:
            lines[-1] += " " + word.text
        else:
            lines.append(word.text)
    return lines


def _parted(words: Iterable[Word], ends: Callable[[list[Word], Word], bool]) -> Iterator[list[Word]]:
    """The words in groups; ``ends(group, word)`` says that the word begins the next one."""
    group: list[Word] = []
    for word in words:
        if group and ends(group, word):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _clock(second: float, point: str) -> str:
    milliseconds = round(second * 1000)
    minutes, rest = divmod(milliseconds, 60_000)
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest // 1000:02}{point}{rest % 1000:03}"
