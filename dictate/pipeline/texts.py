"""Debriefs that come as text: plain, or as the JSON that ``transcribe`` writes."""

from __future__ import annotations

import math
from pathlib import Path

from dictate.errors import InputError
from dictate.pipeline.sources import Source
from dictate.records import Transcript, Word, plain
from dictate.transcribe.formats import from_json

LARGEST = 64 * 2**20  # bytes; a day of speech is a hundredth of it


def read_debrief(source: Source) -> Transcript:
    """The transcript in a file; a plain text has words without times (all zero) and no engine."""
    text = read_text(source.path, largest=LARGEST)
    if source.form == "transcript":
        transcript = from_json(text)
    else:
        words = tuple(Word(word, 0.0, 0.0, 1.0) for word in plain(text).split())
        transcript = Transcript(words, language=None, duration_s=0.0, engine="text", model="")
    if not transcript.words:
        raise InputError(f"{source.path}: holds no words")
    return transcript


def read_text(path: Path, *, largest: float = math.inf) -> str:
    """A file's text, of at most ``largest`` bytes."""
    try:
        if path.stat().st_size > largest:
            raise InputError(f"{path}: is too large to be a debrief")
        return decoded(path.read_bytes(), str(path))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error


def decoded(data: bytes, name: str) -> str:
    """Bytes as the text that they must be."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: is no text in UTF-8; audio is read by: dictate transcribe") from error
