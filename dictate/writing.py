"""Files that are whole or not there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from dictate.errors import InputError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of the owner's alone in place of the one that is there, or leave that as it is; OSError passes."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".dictate-", delete=False) as part:  # of mode 0600
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def write_output(path: Path, content: bytes) -> None:
    """Write what a user named with ``--output``; InputError says what stands in the way."""
    try:
        write_whole(path, content)
    except FileNotFoundError as error:
        raise InputError(
            f"the folder {path.parent} does not exist: create it, or name another with --output"
        ) from error
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror}; name another place with --output") from error
