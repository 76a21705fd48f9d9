"""Text into the clipboard by whatever program is there for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

from dictate.errors import InputError

WAIT_S = 10


def copy(text: str) -> str:
    """Copy, and say by which program."""
    for command in _programs():
        if shutil.which(command[0]) is None:
            continue
        try:  # xclip stays behind to serve what was copied, and would hold a pipe open
            subprocess.run(
                command,
                input=text.encode(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=WAIT_S,
                check=True,
            )
        except (OSError, subprocess.SubprocessError):
            continue
        return command[0]
    raise InputError("no clipboard here: install wl-clipboard or xclip, or take the text as it is printed")


def _programs() -> Iterator[list[str]]:
    """Those that can work in this session, the likeliest first."""
    if sys.platform == "darwin":
        yield ["pbcopy"]
    if sys.platform == "win32":
        yield ["clip"]
    if os.environ.get("WAYLAND_DISPLAY"):
        yield ["wl-copy"]
    if os.environ.get("DISPLAY"):
        yield ["xclip", "-selection", "clipboard"]
        yield ["xsel", "--clipboard", "--input"]
