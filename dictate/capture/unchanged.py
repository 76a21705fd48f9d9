"""Whether a file is still the one that was looked at, told without reading it again."""

from __future__ import annotations

from pathlib import Path

from dictate.errors import ChangedError
from dictate.records import FileStamp


def state_of(path: Path) -> FileStamp | None:
    """How a file is now; None where it is not there, or may not be looked at."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return FileStamp(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def check_unchanged(path: Path, before: FileStamp | None) -> None:
    """ChangedError where another file is there, or more of it; one that is gone says nothing."""
    now = state_of(path)
    if before and now and now != before:
        raise ChangedError(f"{path}: changed while it was read; import it again")
