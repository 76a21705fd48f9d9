"""Files that are whole or not there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


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
