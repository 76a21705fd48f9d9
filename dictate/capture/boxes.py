"""The boxes (atoms) of MPEG-4 and QuickTime files: found without reading what lies between them.

    size (4 bytes, big-endian, header included) · type (4 bytes) · body
    size 1: the true size follows in 8 bytes; size 0: up to the end

Sizes that reach beyond their container are cut to it, so that a damaged file gives what can be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

MOST = 4096  # boxes looked at in one container; real files have dozens


@dataclass(frozen=True, slots=True)
class Box:
    """Where a box's body lies in the file: half-open, in bytes."""

    kind: bytes
    start: int
    end: int


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes between two places of a file, in order."""
    for _ in range(MOST):
        if start + 8 > end:
            return
        file.seek(start)
        header = file.read(16)
        size, kind, length = int.from_bytes(header[:4], "big"), header[4:8], 8
        if size == 1:
            size, length = int.from_bytes(header[8:16], "big"), 16
        elif size == 0:
            size = end - start
        if size < length:  # no box
            return
        yield Box(kind, start + length, min(start + size, end))
        start += size


def inside(file: BinaryIO, box: Box, *path: bytes) -> Iterator[Box]:
    """All boxes that lie under a box by a path of types."""
    if not path:
        yield box
        return
    for child in boxes(file, box.start, box.end):
        if child.kind == path[0]:
            yield from inside(file, child, *path[1:])


def body(file: BinaryIO, box: Box, most: int) -> bytes:
    """What a box holds, of at most so many bytes; nothing where it is more."""
    if box.end - box.start > most:
        return b""
    file.seek(box.start)
    return file.read(box.end - box.start)
