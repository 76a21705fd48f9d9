"""Keys as they are pressed, where this program is in the foreground of its terminal; none of them stops it."""

from __future__ import annotations

import os
import select
import sys
import termios
import threading
import tty
from contextlib import suppress
from typing import Any

from dictate.cli.console import in_foreground

STOPPING = ("VSUSP", "VDSUSP", "VQUIT")  # Ctrl-Z would stop the capture too, Ctrl-\ would kill it


class Keys:
    """Takes the terminal's keys until they are given back, again after each return to the foreground."""

    def __init__(self) -> None:
        self._before: list[Any] = termios.tcgetattr(sys.stdin)
        self._is_open = True
        self._are_taken = False
        self._take()

    def take_anew(self) -> None:
        """The shell had the terminal, and gave it back as it likes it."""
        self._are_taken = False

    def read(self, limit_s: float, stop: threading.Event) -> str:
        """What was typed; waits for it so long at most."""
        if not (self._is_open and in_foreground()):
            self._are_taken = False
            stop.wait(limit_s)
            return ""
        self._take()
        if not select.select([sys.stdin], [], [], limit_s)[0] or not in_foreground():
            return ""
        try:
            typed = os.read(sys.stdin.fileno(), 64).decode(errors="replace")
        except OSError:  # the terminal is gone
            typed = ""
        self._is_open = bool(typed)
        return typed

    def give_back(self) -> None:
        """Let the terminal take keys as before; in the background it is the shell's already."""
        if in_foreground():
            with suppress(termios.error):
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, self._before)

    def _take(self) -> None:
        if self._are_taken:
            return
        with suppress(termios.error):
            tty.setcbreak(sys.stdin)
            ours: list[Any] = termios.tcgetattr(sys.stdin)
            nothing = os.fpathconf(sys.stdin.fileno(), "PC_VDISABLE").to_bytes(1, "big")
            for name in STOPPING:
                if hasattr(termios, name):
                    ours[6][getattr(termios, name)] = nothing
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, ours)
        self._are_taken = True
