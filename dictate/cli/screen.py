"""What a speaker sees: text, time, level and checklist, with keys, on a terminal; plain lines without one.

What is committed is printed once, as rows that scroll away like any other output. Under them a few rows are drawn anew:
the row that is not full yet, the guess in dim letters, the time and the level, the checklist, a hint.
"""

from __future__ import annotations

import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from dictate.cli.console import clean, clock, in_foreground, is_conversation, say, silence
from dictate.cli.layout import Row, styled, styled_words, width_of, wrap

if TYPE_CHECKING:
    from dictate.capture.recorder import State
    from dictate.cli.keys import Keys
    from dictate.pipeline.checklist import Checklist
    from dictate.pipeline.listening import View

TICK_S = 0.1
METER = 16  # characters
FLOOR_DB = -60.0
COLOURS = {"recording": "red", "paused": "yellow"}
KEYS = "space pauses · m marks · Enter finishes"
TITLES = {
    "feeling": "feelings",
    "concern": "concerns",
    "strength": "went well",
    "omission": "not said",
    "plan": "do better",
    "followup": "to send",
}


class Screen(Protocol):
    """Shows lines, the state and the text, and gives the key that was pressed."""

    shows_hints: bool  # unless it is brief

    def say(self, message: str) -> None: ...
    def draw(self, state: State, view: View | None = None) -> None: ...
    def key(self, stop: threading.Event) -> str: ...
    def close(self, view: View | None = None) -> None: ...


class Plain:
    """Without a terminal: lines on stderr, no keys."""

    shows_hints = False

    def say(self, message: str) -> None:
        say(f"dictate: {message}")

    def draw(self, state: State, view: View | None = None) -> None:
        pass

    def key(self, stop: threading.Event) -> str:
        stop.wait(TICK_S)
        return ""

    def close(self, view: View | None = None) -> None:
        pass


class Display:
    """On a terminal; ``brief`` is the time and the level alone. Without ``keys`` it only shows."""

    shows_hints = True

    def __init__(self, keys: Keys | None = None, *, brief: bool) -> None:
        self._keys = keys
        self._brief = brief
        self._drawn: list[Row] = []
        self._row: Row = []  # of committed words, not full yet
        self._taken = 0  # characters of the committed text that are in rows

    def say(self, message: str) -> None:
        self._put(clean(message) + "\n", [])

    def come_back(self) -> None:
        """Begin anew after the shell had the terminal: with its keys, and under what it has written."""
        self._drawn = []
        if self._keys:
            self._keys.take_anew()

    def draw(self, state: State, view: View | None = None) -> None:
        if not in_foreground():
            return
        size = shutil.get_terminal_size()
        width = max(size.columns - 1, 10)
        full = self._take(view, width) if view and not self._brief else []
        rows = self._rows(state, view, width)[: max(size.lines - 1, 1)]
        if full or rows != self._drawn:
            self._put("".join(f"{styled(row)}\n" for row in full), rows)

    def close(self, view: View | None = None) -> None:
        """Leave what was committed, and nothing else."""
        if view and not self._brief:
            full = self._take(view, max(shutil.get_terminal_size().columns - 1, 10))
            self._put("".join(f"{styled(row)}\n" for row in [*full, self._row] if row), [])
        else:
            self._put("", [])

    def key(self, stop: threading.Event) -> str:
        return self._keys.read(TICK_S, stop) if self._keys else ""

    def _take(self, view: View, width: int) -> list[Row]:
        """Rows that the committed text fills; they will not be drawn again."""
        fresh = clean(view.committed[self._taken :])
        self._taken = len(view.committed)
        *full, self._row = wrap([*self._row, *styled_words(fresh)], width) or [[]]
        return full

    def _rows(self, state: State, view: View | None, width: int) -> list[Row]:
        meter = f"{clock(int(state.elapsed_s))} [{bar(state.level_db)}]"
        if self._brief and state.doing == "recording":
            return [[(meter[:width], "")]]
        dot = ("●", COLOURS.get(state.doing, "magenta"))
        parts = [meter, state.doing] if self._brief else [meter, state.doing, KEYS.replace("pauses", _verb(state))]
        line = [dot, ("  ".join(parts)[: width - 2], "")]
        if view is None or self._brief:
            return [line]
        told = wrap([*self._row, *styled_words(clean(view.guessed), "dim")], width)
        listed = wrap(_listed(view.checklist), width) if view.checklist else []
        hint = wrap(styled_words(clean(view.hint), "hint"), width)
        height = max(shutil.get_terminal_size().lines - 2, 1)
        below = [*listed, *hint][: max(height - 3, 0)]
        told = told[max(len(told) + len(below) + 1 - height, 0) :]
        return [*told, line, *below]

    def _put(self, lines: str, rows: list[Row]) -> None:
        """Take the drawn rows away, print lines, draw rows."""
        width = shutil.get_terminal_size().columns
        high = sum(-(-max(width_of(row), 1) // max(width, 1)) for row in self._drawn)  # a narrowed terminal folds rows
        up = f"\x1b[{high - 1}A" if high > 1 else ""
        try:
            sys.stderr.write(f"\r{up}\x1b[J{lines}" + "\n".join(map(styled, rows)))
            sys.stderr.flush()
        except OSError:  # the terminal is gone, the recording is not
            silence(sys.stderr)
        self._drawn = rows


def bar(level_db: float) -> str:
    """A level against full scale as a bar of ``METER`` characters."""
    filled = round((level_db - FLOOR_DB) / -FLOOR_DB * METER)
    return "#" * filled + "-" * (METER - filled)


@contextmanager
def screen(*, brief: bool) -> Iterator[Screen]:
    """The screen that fits; a terminal gets back the way of typing that it had."""
    if not is_conversation():
        yield Plain()
        return
    from dictate.cli.keys import Keys

    keys = Keys()
    display = Display(keys, brief=brief)
    before = signal.signal(signal.SIGCONT, lambda *_: display.come_back())
    try:
        yield display
    finally:
        signal.signal(signal.SIGCONT, before)
        try:
            display.close()
        finally:
            keys.give_back()


def _listed(found: Checklist) -> Row:
    """The checklist: counts, then a tick for each kind that was told."""
    counts = (("questions", found.questions), ("answered", found.answered), ("difficult", found.difficult))
    row: Row = [(f"{title} {count} ·", "done" if count else "dim") for title, count in counts]
    for kind, title in TITLES.items():
        told = found.told[kind]  # type: ignore[index]
        row.append((f"{'✓' if told else '–'} {title} ·", "done" if told else "dim"))
    return [*row[:-1], (row[-1][0].removesuffix(" ·"), row[-1][1])]


def _verb(state: State) -> str:
    return "goes on" if state.doing == "paused" else "pauses"
