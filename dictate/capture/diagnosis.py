"""Why a file cannot be read as sound, told from its first bytes, in words for people."""

from __future__ import annotations

import io
from pathlib import Path

AGAIN = "copy it again from the phone"
HEAD_BYTES = 65_536
SIGNATURES = (  # (first bytes, what the file is)
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"bplist00", "a placeholder or a property list"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"SQLite format 3", "a database"),
)
PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"avif")


def diagnosis(path: Path, error: Exception | None = None) -> str:
    """What is wrong with the file and what to do about it, on one line, without the file's name."""
    try:
        if path.is_dir():
            return "is a folder; name a recording in it"
        if path.exists() and not path.is_file():
            return "is a device or a pipe; name a file"
        with path.open("rb") as file:
            return _content(file, path)
    except FileNotFoundError:
        return "there is no such file; check the name"
    except PermissionError:
        return "may not be read; check its permissions"
    except OSError as failure:
        reason = failure.strerror or str(error or failure)
        return f"cannot be read ({reason}); check the disk or copy the file elsewhere"


def _content(file: io.BufferedReader, path: Path) -> str:
    head = file.read(HEAD_BYTES)
    if not head:
        return f"is empty (0 bytes); {AGAIN}"
    if not head.strip(b"\0"):
        return f"holds only zeros where its sound should begin; {AGAIN}"
    if path.suffix.lower() == ".icloud":
        return "is only iCloud's placeholder; open it once in Files so that it is downloaded"
    if kind := _other_kind(head):
        return f"is {kind}, not a sound file; name the recording itself"
    if head[4:8] in (b"ftyp", b"mdat", b"wide", b"moov") and not _has_index(file):
        return f"ends before its index (moov), without which it cannot be played; {AGAIN}"
    return f"is damaged, or no sound file that can be read; {AGAIN} or export it as m4a or wav"


def _other_kind(head: bytes) -> str | None:
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[4:8] == b"ftyp" and head[8:12] in PICTURE_BRANDS:
        return "a picture (HEIC)"
    if head.lstrip()[:15].lower().startswith((b"<!doctype html", b"<html")):
        return "a web page"
    return "a text" if _is_text(head) else None


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:  # else only the last character was cut by the end of what was read
            return False
        text = head[: error.start].decode("utf-8-sig")
    return all(character.isprintable() or character in "\t\n\r\f" for character in text)


def _has_index(file: io.BufferedReader) -> bool:
    """Whether an MPEG-4 or QuickTime file holds a whole ``moov`` box among its outermost ones."""
    end, place = file.seek(0, io.SEEK_END), 0
    while place + 8 <= end:
        file.seek(place)
        header = file.read(16)
        size, kind = int.from_bytes(header[:4], "big"), header[4:8]
        if size == 1:  # a 64-bit size follows
            size = int.from_bytes(header[8:16], "big")
        if kind == b"moov":
            return place + size <= end
        if size < 8:  # 0: up to the end of the file; 2 to 7: no box
            return False
        place += size
    return False
