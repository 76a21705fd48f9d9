"""Words in rows that fit a terminal: a word is a text with its style, a row a list of them."""

from __future__ import annotations

from collections.abc import Iterable

import click
from rich.cells import cell_len, chop_cells

Word = tuple[str, str]  # text, style
Row = list[Word]

STYLES = {"dim": {"dim": True}, "hint": {"fg": "cyan"}, "red": {"fg": "red"}, "yellow": {"fg": "yellow"},
          "magenta": {"fg": "magenta"}, "done": {"fg": "green"}}  # fmt: skip


def width_of(row: Row) -> int:
    """Columns that a row takes, with a space between words."""
    return sum(cell_len(text) + 1 for text, _ in row) - 1 if row else 0


def wrap(words: Iterable[Word], width: int) -> list[Row]:
    """Words in rows of at most so many columns; a word that is longer is cut."""
    rows: list[Row] = []
    for text, style in words:
        for part in chop_cells(text, max(width, 2)):
            if rows and width_of([*rows[-1], (part, style)]) <= width:
                rows[-1].append((part, style))
            else:
                rows.append([(part, style)])
    return rows


def styled(row: Row) -> str:
    """A row as a terminal shows it."""
    return " ".join(click.style(text, **STYLES[style]) if style else text for text, style in row)  # type: ignore[arg-type]


def styled_words(text: str, style: str = "") -> Row:
    return [(word, style) for word in text.split()]
