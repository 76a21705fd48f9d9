"""Tags that other programs put around a sound, where FFmpeg takes them for sound or stumbles over them.

ID3v2       at the beginning: "ID3", version (2 bytes), flags, size (4 bytes of 7 bits), body
ID3v1       at the end: "TAG" and 125 bytes
APEv2       at the end: items, then "APETAGEX", version, size of items and footer, count, flags, 8 bytes
Lyrics3v2   before an ID3v1: "LYRICSBEGIN", fields, their size in 6 digits, "LYRICS200"
"""

from __future__ import annotations

import io
from pathlib import Path

ID3V2_BYTES, ID3V1_BYTES, APE_BYTES, LYRICS_BYTES = 10, 128, 32, 15  # of header, whole tag, footer, footer
APE_HAS_HEADER = 1 << 31


class Stretch(io.RawIOBase):
    """A part of a file, read as if it were all of it; ``name`` tells FFmpeg the form as the file's own does."""

    def __init__(self, path: Path, start: int, end: int) -> None:
        self._file = path.open("rb")
        self.name = str(path)
        self._start, self._end = start, end
        self.seek(0)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: self._start, io.SEEK_CUR: self._file.tell(), io.SEEK_END: self._end}[whence]
        return self._file.seek(max(base + offset, self._start)) - self._start

    def tell(self) -> int:
        return self._file.tell() - self._start

    def read(self, size: int = -1) -> bytes:
        left = max(self._end - self._file.tell(), 0)
        return self._file.read(left if size < 0 else min(size, left))

    def close(self) -> None:
        self._file.close()
        super().close()


def beginning(path: Path) -> int:
    """Where a WAV file begins after an ID3v2 tag; 0 for all others."""
    with path.open("rb") as file:
        header = file.read(ID3V2_BYTES)
        if header[:3] != b"ID3" or len(header) < ID3V2_BYTES:
            return 0
        size = 0
        for byte in header[6:]:
            size = size << 7 | byte & 127
        at = file.seek(ID3V2_BYTES + size)
        riff = file.read(12)
        return at if riff[:4] in (b"RIFF", b"RF64") and riff[8:] == b"WAVE" else 0


def ending(path: Path) -> int:
    """Where a file ends without the tags after its sound."""
    with path.open("rb") as file:
        end = file.seek(0, io.SEEK_END)
        while length := _last_tag(file, end):
            end -= length
        return end


def _last_tag(file: io.BufferedReader, end: int) -> int:
    """How many bytes before this place are a tag; 0 where they are none."""
    if _read(file, end - ID3V1_BYTES, 3) == b"TAG":
        return ID3V1_BYTES
    footer = _read(file, end - APE_BYTES, APE_BYTES)
    if footer[:8] == b"APETAGEX":
        length = int.from_bytes(footer[12:16], "little")
        if int.from_bytes(footer[20:24], "little") & APE_HAS_HEADER:
            length += APE_BYTES
        return length if APE_BYTES <= length <= end else 0
    footer = _read(file, end - LYRICS_BYTES, LYRICS_BYTES)
    if footer[6:] == b"LYRICS200" and footer[:6].isdigit():
        length = int(footer[:6]) + LYRICS_BYTES
        return length if _read(file, end - length, 11) == b"LYRICSBEGIN" else 0
    return 0


def _read(file: io.BufferedReader, at: int, size: int) -> bytes:
    """Bytes of a file; none where it does not reach so far back."""
    if at < 0:
        return b""
    file.seek(at)
    return file.read(size)
