"""Memos with a transcript of the phone's in them, made from a real m4a as Apple's Voice Memos writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

Layout = Literal["m4a", "qta"]


def told(words: str, *, table: bool = True, each_s: float = 0.4) -> dict[str, Any]:
    """The transcript of some words as Voice Memos writes it, one run a word; ``table``: the older of its two forms."""
    runs = [word if place == 0 else f" {word}" for place, word in enumerate(words.split())]
    ranges = [{"timeRange": [round(place * each_s, 3), round((place + 1) * each_s, 3)]} for place in range(len(runs))]
    locale = {"identifier": "en_GB", "current": 0}
    if not table:
        return {
            "attributedString": [part for pair in zip(runs, ranges, strict=True) for part in pair],
            "locale": locale,
        }
    indexed = [part for place, run in enumerate(runs) for part in (run, place)]
    return {"attributedString": {"runs": indexed, "attributeTable": ranges}, "locale": locale}


def with_transcript(source: Path, target: Path, transcript: object, layout: Layout = "m4a") -> Path:
    """A copy of an m4a whose index comes after its sound, with a transcript in its track."""
    payload = transcript if isinstance(transcript, bytes) else json.dumps(transcript).encode()
    data = source.read_bytes()
    at = data.index(b"moov") - 4
    moov = data[at : at + int.from_bytes(data[at : at + 4], "big")]
    assert data.index(b"mdat") < at, "places of sound in the file would change"
    trak_at = moov.index(b"trak") - 4
    trak_end = trak_at + int.from_bytes(moov[trak_at : trak_at + 4], "big")
    added = _udta(payload) if layout == "m4a" else _meta(payload)
    trak = _box(b"trak", moov[trak_at + 8 : trak_end] + added)
    changed = _box(b"moov", moov[8:trak_at] + trak + moov[trak_end:])
    target.write_bytes(data[:at] + changed + data[at + len(moov) :])
    return target


def _udta(payload: bytes) -> bytes:
    return _box(b"udta", _box(b"tsrp", payload))


def _meta(payload: bytes) -> bytes:
    """QuickTime's metadata: a handler, keys counted from 1, and a list of items whose types are those numbers."""
    names = (b"com.apple.quicktime.title", b"com.apple.VoiceMemos.tsrp")
    keys = _box(b"keys", bytes(4) + len(names).to_bytes(4, "big") + b"".join(_box(b"mdta", name) for name in names))
    items = _item(1, b"New Recording") + _item(2, payload)
    handler = _box(b"hdlr", bytes(8) + b"mdta" + bytes(13))
    return _box(b"meta", handler + keys + _box(b"ilst", items))


def _item(number: int, value: bytes) -> bytes:
    return _box(number.to_bytes(4, "big"), _box(b"data", (1).to_bytes(4, "big") + bytes(4) + value))


def _box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content
