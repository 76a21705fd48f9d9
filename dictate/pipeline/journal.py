"""What was heard of a memo, kept until its notes are stored: who is killed goes on from there.

    <sha256>.jsonl    the first line says how it is heard; then one line for each piece: its key, its words

The file's lock is the claim on the memo, and ends with its process however that ends. A last line that was cut is
passed over; so is all of it where the memo is now to be heard in another way.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from dictate.errors import StoreError
from dictate.paths import make_private
from dictate.records import Word
from dictate.transcribe.pieces import Key


class Claim:
    """A memo that is ours alone to import, and what was heard of it so far."""

    def __init__(self, path: Path, file: IO[str], manner: Mapping[str, Any]) -> None:
        self._path, self._file = path, file
        self.language: str | None = None
        self.heard: dict[Key, tuple[Word, ...]] = {}
        if not self._read(manner):
            self._begin(manner)
        self._empty = not self.heard

    def add(self, pieces: Iterable[tuple[Key, Sequence[Word]]], language: str | None) -> None:
        """Keep what was heard."""
        self.language = language
        lines = [
            json.dumps({"piece": key, "language": language, "words": [_row(word) for word in words]})
            for key, words in pieces
        ]
        self._write(lines)
        self._empty = False

    def finish(self) -> None:
        """The memo is stored, or there is nothing to store: what was kept goes."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):  # others are at theirs
            self._path.parent.rmdir()

    def release(self) -> None:
        """Leave it to the next run; nothing is left where nothing was heard."""
        if self._file.closed:
            return
        if self._empty:
            self.finish()
        with suppress(OSError):
            self._file.close()

    def _read(self, manner: Mapping[str, Any]) -> bool:
        lines = self._file.read().splitlines(keepends=True)
        if not lines or _parsed(lines[0]) != dict(manner):
            return False
        for told in map(_parsed, lines[1:]):
            with suppress(KeyError, TypeError, ValueError):  # cut while it was written
                first, last, count, doubtful = told["piece"]
                self.heard[first, last, count, doubtful] = tuple(Word(*row) for row in told["words"])
                self.language = told["language"]
        if not lines[-1].endswith("\n"):
            self._write([""])
        return True

    def _begin(self, manner: Mapping[str, Any]) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._write([json.dumps(manner)])

    def _write(self, lines: Iterable[str]) -> None:
        try:
            self._file.write("".join(f"{line}\n" for line in lines))
            self._file.flush()
        except OSError as error:
            raise StoreError(f"cannot write {self._path}: {error.strerror}") from error


def claim(folder: Path, sha256: str, manner: Mapping[str, Any]) -> Claim | None:
    """Claim a memo; None where another process is at it.

    ``manner`` says how it is to be heard, in values that JSON gives back as they are.
    """
    import fcntl

    path = folder / f"{sha256}.jsonl"
    while True:
        file = _opened(path)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        if _is_there(file, path):
            return Claim(path, file, manner)
        file.close()  # its owner has just finished and taken it away


def _opened(path: Path) -> IO[str]:
    for _ in range(10):
        try:
            make_private(path.parent)
            return open(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+", encoding="utf-8", errors="replace")  # noqa: PTH123
        except FileNotFoundError:  # the folder was taken away by one who has just finished
            continue
        except OSError as error:
            raise StoreError(f"cannot keep what is heard in {path.parent}: {error.strerror}") from error
    raise StoreError(f"cannot keep what is heard in {path.parent}: it is taken away again and again")


def _is_there(file: IO[str], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _parsed(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return {}


def _row(word: Word) -> tuple[str, float, float, float]:
    return word.text, word.start_s, word.end_s, word.confidence
