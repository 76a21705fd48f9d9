"""Whether a file reaches its own end, where its container tells and PyAV does not: WAV and Ogg."""

from __future__ import annotations

import io
from pathlib import Path

UNKNOWN_SIZE = 0x7FFF_0000  # WAV writers that stream put a size from here up where they know none
LAST_PAGE_BYTES = 65_536  # an Ogg page is at most 65,307 bytes
END_OF_STREAM = 4


def is_cut(path: Path) -> bool:
    """Whether the header promises more bytes, or the last page says that more pages follow."""
    with path.open("rb") as file:
        head = file.read(12)
        if head[:4] == b"RIFF" and head[8:] == b"WAVE":
            promised = int.from_bytes(head[4:8], "little") + 8
            return file.seek(0, io.SEEK_END) + 1 < promised < UNKNOWN_SIZE  # one byte of padding may be left out
        if head[:4] == b"OggS":
            file.seek(max(0, file.seek(0, io.SEEK_END) - LAST_PAGE_BYTES))
            return _lacks_last_page(file.read())
    return False


def _lacks_last_page(tail: bytes) -> bool:
    start = tail.rfind(b"OggS")
    return start < 0 or not tail[start + 5 : start + 6] or not tail[start + 5] & END_OF_STREAM
