"""The transcript that Apple's Voice Memos keeps in its files (``tsrp``): JSON beside the sound.

    .m4a    moov / trak / udta / tsrp                       the JSON is the body
    .qta    moov / trak / meta / keys + ilst                the item whose key is com.apple.VoiceMemos.tsrp

The JSON's ``attributedString`` is text in runs, each with a ``timeRange`` [start, end] in seconds: a list of texts and
``{"timeRange": ...}`` by turns, or ``{"runs": [text, index, ...], "attributeTable": [{"timeRange": ...}, ...]}``. Apple
documents nothing of this; what is not as described here is taken for no transcript.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from dictate.capture.boxes import Box, body, boxes, inside
from dictate.capture.media import MAX_DURATION_S
from dictate.records import Transcript, Word

ENGINE, MODEL = "apple-voice-memos", "tsrp"  # as a transcript's engine and model
SUFFIXES = frozenset((".m4a", ".qta", ".mp4", ".mov", ".m4b"))
LARGEST = 32 * 2**20  # bytes; a day of speech is a fifth of it
_KEY = b"com.apple.VoiceMemos.tsrp"
_ODD = (OSError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError, RecursionError)


def phone_text(path: Path, duration_s: float | None = None) -> Transcript | None:
    """The phone's own transcript of a memo, or None where the file holds none that can be read."""
    if path.suffix.lower() not in SUFFIXES:
        return None
    with suppress(*_ODD), path.open("rb") as file:
        for payload in _payloads(file):
            told = json.loads(payload)
            if words := tuple(_words(told["attributedString"])):
                length_s = max(duration_s or 0.0, words[-1].end_s)
                return Transcript(words, _language(told), length_s, ENGINE, MODEL)
    return None


def _payloads(file: BinaryIO) -> Iterator[bytes]:
    whole = Box(b"", 0, file.seek(0, 2))
    for track in inside(file, whole, b"moov", b"trak"):
        for box in inside(file, track, b"udta", b"tsrp"):
            yield _json(body(file, box, LARGEST))
        for meta in inside(file, track, b"meta"):
            yield from _items(file, meta)


def _items(file: BinaryIO, meta: Box) -> Iterator[bytes]:
    """The values under our key in a metadata box; in MPEG-4 four bytes come before its boxes, in QuickTime none."""
    for start in (meta.start, meta.start + 4):
        parts = {box.kind: box for box in boxes(file, start, meta.end)}
        if b"keys" not in parts or b"ilst" not in parts:
            continue
        keys = parts[b"keys"]
        names = [body(file, box, 1024) for box in boxes(file, keys.start + 8, keys.end)]  # after version and number
        for item in boxes(file, parts[b"ilst"].start, parts[b"ilst"].end):
            number = int.from_bytes(item.kind, "big")
            if 0 < number <= len(names) and names[number - 1] == _KEY:
                for data in inside(file, item, b"data"):
                    yield _json(body(file, Box(data.kind, data.start + 8, data.end), LARGEST))  # after type and locale


def _json(payload: bytes) -> bytes:
    """From the first brace on: some files have a few bytes before it."""
    return payload[max(payload.find(b"{"), 0) :].rstrip(b"\0")


def _words(told: Any) -> Iterator[Word]:
    """Words with times; those of one run share its time by their length."""
    last_s = 0.0
    for text, start_s, end_s in _runs(told):
        words = text.split()
        total = sum(map(len, words))
        start_s = max(start_s, last_s)
        end_s = max(end_s, start_s)
        done = 0
        for word in words:
            at_s = start_s + (end_s - start_s) * done / total
            done += len(word)
            last_s = start_s + (end_s - start_s) * done / total
            yield Word(word, round(at_s, 3), round(last_s, 3), 1.0)


def _runs(told: Any) -> Iterator[tuple[str, float, float]]:
    """Texts with their times; a piece that goes on with the word before it, without a space, is joined to that."""
    runs, table = (told, None) if isinstance(told, list) else (told["runs"], told["attributeTable"])
    held: tuple[str, float, float] | None = None
    for text, attributes in zip(runs[::2], runs[1::2], strict=False):
        text.encode()  # refuses what cannot be stored: half a character
        start_s, end_s = _range((attributes if table is None else table[attributes])["timeRange"])
        if held and text[:1].strip() and held[0][-1:].strip() and text.isascii():
            held = (held[0] + text, held[1], end_s)
            continue
        if held:
            yield held
        held = (text, start_s, end_s)
    if held:
        yield held


def _range(told: Any) -> tuple[float, float]:
    start_s, end_s = told
    if not all(type(time_s) in (int, float) and math.isfinite(time_s) for time_s in told):
        raise ValueError("no numbers")
    if max(map(abs, told)) > MAX_DURATION_S:
        raise ValueError("no times of a recording")
    return float(start_s), float(end_s)


def _language(told: Any) -> str | None:
    """The language of a locale's name: en of en_GB, zh of zh-Hans_CN."""
    name = str((told.get("locale") or {}).get("identifier") or "").replace("-", "_").split("_")[0].lower()
    return name if name.isalpha() and len(name) in (2, 3) else None
