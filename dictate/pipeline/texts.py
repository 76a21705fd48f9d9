"""Debriefs that come as text: plain, or as the JSON that ``transcribe`` writes."""

from __future__ import annotations

from pathlib import Path

from dictate.errors import InputError
from dictate.pipeline.sources import Source
from dictate.records import Transcript, Word, plain
from dictate.transcribe.formats import from_json

LARGEST = 64 * 2**20  # bytes; a day of speech is a hundredth of it


def read_debrief(source: Source) -> Transcript:
    """The transcript in a file; a plain text has words without times (all zero) and no engine."""
    text = _read(source.path)
    if source.form == "transcript":
        transcript = from_json(text)
    else:
        words = tuple(Word(word, 0.0, 0.0, 1.0) for word in plain(text).split())
        transcript = Transcript(words, language=None, duration_s=0.0, engine="text", model="")
    if not transcript.words:
        raise InputError(f"{source.path}: holds no words")
    return transcript


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: is too large to be a debrief")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is no text in UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from error
