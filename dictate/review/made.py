"""Files that dictate made, told by a mark in them, so that none of the user's is written over."""

from __future__ import annotations

import email
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from dictate.errors import InputError

Made = Literal["anki", "ics", "eml"]

DECK = 1_762_345_602  # the id that Anki knows the deck by: never changed
PRODID = "-//dictate//debriefs//EN"
UNSENT = "X-Unsent"  # a draft: mail programs open it to be sent

_NAMES: Mapping[Made, str] = {"anki": "deck", "ics": "calendar", "eml": "letter"}


def refuse_others(path: Path, kind: Made, *, force: bool) -> None:
    """InputError where something is there that is not empty and was not made by dictate."""
    if path.is_dir():
        raise InputError(f"{path} is a folder: name a file")
    try:
        content = path.read_bytes() if path.is_file() and not force else b""
    except OSError as error:
        raise InputError(f"cannot read {path}, which is there already: {error.strerror}; name another file") from error
    if content and not _IS_OURS[kind](content):
        raise InputError(f"{path} is there already and no {_NAMES[kind]} that dictate made: --force replaces it")


def _is_deck(content: bytes) -> bool:
    from dictate.weights.wheels import BROKEN_ARCHIVE

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return str(DECK).encode() in archive.read("collection.anki2")
    except (*BROKEN_ARCHIVE, KeyError, ValueError, RuntimeError):  # another's archive, or one that is encrypted
        return False


def _is_calendar(content: bytes) -> bool:
    return content.startswith(b"BEGIN:VCALENDAR") and f"PRODID:{PRODID}".encode() in content


def _is_letter(content: bytes) -> bool:
    """A draft as it was written: without anybody's address, and never sent."""
    mail = email.message_from_bytes(content)
    return mail[UNSENT] == "1" and not {"from", "to", "date"} & {name.casefold() for name in mail}


_IS_OURS: Mapping[Made, Callable[[bytes], bool]] = {"anki": _is_deck, "ics": _is_calendar, "eml": _is_letter}
