"""What a speaker sees: one line that is drawn again and again with keys on a terminal, plain lines without one."""

from __future__ import annotations

import os
import select
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import click

from dictate.cli.console import clean, clock, say

if TYPE_CHECKING:
    from dictate.capture.recorder import State

TICK_S = 0.1
METER = 16  # characters
FLOOR_DB = -60.0
COLOURS = {"recording": "red", "paused": "yellow"}
KEYS = "space pauses · m marks · Enter finishes"


class Screen(Protocol):
    """Shows lines and the state, and gives the key that was pressed."""

    def say(self, message: str) -> None: ...
    def draw(self, state: State) -> None: ...
    def key(self, stop: threading.Event) -> str: ...


class Plain:
    """Without a terminal: lines on stderr, no keys."""

    def say(self, message: str) -> None:
        say(f"dictate: {message}")

    def draw(self, state: State) -> None:
        pass

    def key(self, stop: threading.Event) -> str:
        stop.wait(TICK_S)
        return ""


class Display:
    """On a terminal: a line at the bottom with the time and a level, messages above it."""

    def __init__(self, *, brief: bool) -> None:
        self._brief = brief
        self._is_open = True

    def say(self, message: str) -> None:
        sys.stderr.write(f"\r\x1b[K{clean(message)}\n")
        sys.stderr.flush()

    def draw(self, state: State) -> None:
        width = shutil.get_terminal_size().columns - 1
        meter = f"{clock(int(state.elapsed_s))} [{bar(state.level_db)}]"
        if self._brief and state.doing == "recording":
            line = meter[:width]
        else:
            parts = [meter, state.doing] if self._brief else [meter, state.doing, KEYS.replace("pauses", _verb(state))]
            line = click.style("●", fg=COLOURS.get(state.doing, "magenta")) + f" {'  '.join(parts)}"[: width - 1]
        sys.stderr.write(f"\r\x1b[K{line}")
        sys.stderr.flush()

    def key(self, stop: threading.Event) -> str:
        if not self._is_open:
            stop.wait(TICK_S)
            return ""
        if not select.select([sys.stdin], [], [], TICK_S)[0]:
            return ""
        typed = os.read(sys.stdin.fileno(), 64).decode(errors="replace")
        self._is_open = bool(typed)
        return typed


def bar(level_db: float) -> str:
    """A level against full scale as a bar of ``METER`` characters."""
    filled = round((level_db - FLOOR_DB) / -FLOOR_DB * METER)
    return "#" * filled + "-" * (METER - filled)


@contextmanager
def screen(*, brief: bool) -> Iterator[Screen]:
    """The screen that fits; a terminal gets back the way of typing that it had."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        yield Plain()
        return
    import termios
    import tty

    before: list[Any] = termios.tcgetattr(sys.stdin)
    tty.setcbreak(sys.stdin)
    try:
        yield Display(brief=brief)
    finally:
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


def _verb(state: State) -> str:
    return "goes on" if state.doing == "paused" else "pauses"
