"""Damaged variants of good memos: cut, with bytes flipped, with wrong headers, under wrong names."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.capture.media_files import write

FORMS = (  # suffix, FFmpeg's codec and container
    ("m4a", "aac", "ipod"),
    ("mp3", "libmp3lame", "mp3"),
    ("ogg", "libopus", "ogg"),
    ("wav", "pcm_s16le", "wav"),
    ("flac", "flac", "flac"),
    ("webm", "libopus", "webm"),
    ("caf", "pcm_s16le", "caf"),
    ("amr", "libopencore_amrnb", "amr"),
)
RATES = {"libopus": 48_000, "libopencore_amrnb": 8_000}  # hertz, where it cannot be 16,000


def good(folder: Path, samples: np.ndarray) -> dict[str, bytes]:
    """The same speech, shape (n_samples,), in every form, by its suffix."""
    for suffix, codec, container in FORMS:
        write(folder / f"good.{suffix}", samples, codec=codec, container=container, rate=RATES.get(codec, 16_000))
    return {suffix: (folder / f"good.{suffix}").read_bytes() for suffix, _, _ in FORMS}


def variants(files: dict[str, bytes], count: int, seed: int = 5) -> Iterator[tuple[str, bytes]]:
    """So many names with contents, always the same ones."""
    rng = random.Random(seed)
    suffixes = list(files)
    for number in range(count):
        suffix = suffixes[number % len(suffixes)]
        data = bytearray(files[suffix])
        harm = rng.choice(("cut", "flip", "head", "zeros", "swap", "name"))
        match harm:
            case "cut":
                data = data[: rng.randrange(len(data))]
            case "flip":
                for _ in range(rng.choice((1, 20, 500))):
                    data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
            case "head":
                for at in range(min(len(data), rng.choice((4, 12, 64)))):
                    data[at] = rng.randrange(256)
            case "zeros":
                start = rng.randrange(len(data))
                data[start : start + len(data) // 4] = bytes(len(data[start : start + len(data) // 4]))
            case "swap":
                half = rng.randrange(len(data))
                data = data[half:] + data[:half]
            case "name":
                suffix = rng.choice(suffixes)
        yield f"{number:04} {harm}.{suffix}", bytes(data)
