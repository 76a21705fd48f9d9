"""Printing: for people on a terminal, plain text without one, CSV on demand."""

from __future__ import annotations

import csv
import io
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

import click

if TYPE_CHECKING:
    from rich.console import Console

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # a note must not be able to drive the terminal


def clean(text: str) -> str:
    """Text without control characters."""
    return UNPRINTABLE.sub("", text)


def say(message: str) -> None:
    """One line for people, on stderr; a terminal that is gone ends no work."""
    try:
        click.echo(clean(message), err=True)
    except OSError:
        silence(sys.stderr)


def silence(*streams: TextIO) -> None:
    """Have what is written to these go nowhere from now on, with what still waits in them."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in streams:
        os.dup2(null, stream.fileno())
    os.close(null)


def complete_streams() -> None:
    """Have all three standard streams; one that the caller closed is None, and takes nothing and gives nothing."""
    sys.stdin = sys.stdin or open(os.devnull)  # noqa: SIM115, PTH123
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115, PTH123
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115, PTH123


def in_foreground() -> bool:
    """Whether the terminal's keys are ours; one that controls nobody gives them to all."""
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except OSError:
        return True


def is_conversation() -> bool:
    """Whether somebody sees what is said and can answer: a terminal both ways, with us in its foreground."""
    return sys.stdin.isatty() and sys.stderr.isatty() and in_foreground()


def is_terminal() -> bool:
    return sys.stdout.isatty()


def out() -> Console:
    """The console of stdout: colours and width of the terminal, plain text of any length without one."""
    from rich.console import Console

    return Console(highlight=False, soft_wrap=not is_terminal(), markup=False)


def day(iso: str | None) -> str:
    """The day of an ISO 8601 moment, for tables."""
    return iso[:10] if iso else ""


def clock(seconds: float | None) -> str:
    """Seconds as m:ss, or h:mm:ss."""
    if seconds is None:
        return ""
    minutes, s = divmod(round(seconds), 60)
    hours, m = divmod(minutes, 60)
    return f"{hours}:{m:02}:{s:02}" if hours else f"{m}:{s:02}"


def print_sections(sections: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Titles with their lines under them."""
    from rich.text import Text

    console = out()
    for place, (title, lines) in enumerate(sections):
        if place:
            console.print("")
        console.print(Text(clean(title), style="bold cyan"))
        for line in lines:
            console.print(Text(clean(f"  {line}")))


def print_table(titles: Sequence[str], rows: Sequence[Sequence[Any]], *, as_csv: bool = False) -> None:
    """A table: CSV if asked for, drawn on a terminal, else tabs between columns."""
    cells = [["" if cell is None else clean(str(cell)) for cell in row] for row in rows]
    if as_csv:
        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows([titles, *cells])
        click.echo(buffer.getvalue(), nl=False)
    elif not is_terminal():
        for row in [list(titles), *cells]:
            click.echo("\t".join(row))
    else:
        _draw(titles, cells)


def _draw(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in titles:
        numeric = all(re.fullmatch(r"[\d:.]*", row[titles.index(title)]) for row in rows)
        table.add_column(title, justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    out().print(table)
