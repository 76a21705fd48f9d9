"""A model's folder on this machine: private to its owner, one writer at a time, whole files only."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dictate import paths
from dictate.errors import WeightsError
from dictate.weights.entries import Model, WeightFile

if sys.platform == "win32":
    import msvcrt

    def _take(lock: int) -> None:
        msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(lock: int) -> None:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


PARTIAL = ".partial"  # unfinished files and wheels lie here, inside the model's folder so that placing is a rename
RETRY_LOCK_S = 0.2


def folder_of(model: Model) -> Path:
    return paths.weights_dir() / model.name


def size_of(file: Path) -> int:
    """Bytes of a file; 0 where there is none."""
    try:
        return file.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return 0


def has_sum(path: Path, file: WeightFile) -> bool:
    """Whether the file at ``path`` is the one the manifest means: size first, then the sum over its bytes."""
    if not path.is_file() or size_of(path) != file.size:
        return False
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256


def place(part: Path, target: Path) -> None:
    """Put a checked file where it is used, at once or not at all."""
    paths.make_private(target.parent)
    part.chmod(0o600)
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(target)


def require_space(folder: Path, size: int) -> None:
    free = shutil.disk_usage(folder).free
    if free < size:
        raise WeightsError(
            f"{folder} has {free / 1e6:.0f} MB free, and {size / 1e6:.0f} MB are needed: "
            "make room, or name another folder in DICTATE_MODELS"
        )


@contextmanager
def open_for_writing(folder: Path, waiting: Callable[[], None]) -> Iterator[Path]:
    """The model's folder, made where it is missing and locked against other writers."""
    try:
        paths.make_private(folder.parent)
        paths.make_private(folder)
        with _locked(folder / ".lock", waiting):
            yield folder
    except OSError as error:
        reason = error.strerror or error
        raise WeightsError(
            f"cannot write weights in {folder}: {reason}; "
            "make room, set its rights, or name another folder in DICTATE_MODELS"
        ) from error


@contextmanager
def _locked(lock_file: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold a lock that ends with the process, however that ends; ``waiting`` is called once if another has it."""
    lock = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    told = False
    try:
        while not _taken(lock):
            if not told:
                waiting()
                told = True
            time.sleep(RETRY_LOCK_S)
        yield
    finally:
        os.close(lock)


def _taken(lock: int) -> bool:
    try:
        _take(lock)
    except (BlockingIOError, PermissionError):
        return False
    return True
