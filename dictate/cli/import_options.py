"""The options of ``dictate import`` beside those of the interview and of hearing."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import click

from dictate.cli.service import KINDS, default_kind

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Choices:
    """How the user wants it done."""

    add_to: int | None
    separate: bool
    ask: bool
    no_copy: bool
    quick: bool
    redo: bool
    accurate: bool
    workers: int | None
    executor: str | None
    dry_run: bool
    watch: bool
    print_service: str | None

    def check(self) -> None:
        """UsageError where two of them cannot be had together."""
        if self.quick and self.redo:
            raise click.UsageError("--redo transcribes, --quick does not: give one of them")
        if (self.watch or self.print_service) and (self.dry_run or self.ask or self.redo):
            raise click.UsageError("--watch goes on by itself: without --dry-run, --ask and --redo")
        if self.ask and not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise click.UsageError("--ask asks on a terminal; here give --company, --role and the like")


def import_options(command: F) -> F:
    """Give a command the options of ``Choices``, as one argument ``choices``."""

    @functools.wraps(command)
    def with_choices(*args: Any, **options: Any) -> Any:
        chosen = {field.name: options.pop(field.name) for field in fields(Choices)}
        return command(*args, choices=Choices(**chosen), **options)

    for option in reversed(
        (
            click.option("--add-to", type=int, metavar="ID", help="Add to an interview that is there already."),
            click.option("--separate", is_flag=True, help="Each memo is an interview, though spoken minutes apart."),
            click.option("--ask", is_flag=True, help="Ask about company, role and the like of each interview."),
            click.option("--no-copy", is_flag=True, help="Keep no copy of the audio; it stays where it is."),
            click.option(
                "--quick", is_flag=True, help="Take the transcripts that Apple's Voice Memos keeps in its files."
            ),
            click.option("--redo", is_flag=True, help="Transcribe what is imported already too; corrections stay."),
            click.option("--accurate", is_flag=True, help="Take more time for better words."),
            click.option(
                "--workers", type=click.IntRange(1), metavar="N", help="Processes that transcribe; default: one a core."
            ),
            click.option("--executor", metavar="dask://HOST:PORT", help="Transcribe on a Dask cluster."),
            click.option("--dry-run", is_flag=True, help="Say what would be done, and about how long it takes."),
            click.option("--watch", is_flag=True, help="Go on, and import what comes into the folders."),
            click.option(
                "--print-service",
                type=click.Choice(KINDS),
                is_flag=False,
                flag_value=default_kind(),
                help="Print a file by which the system keeps --watch running.",
            ),
        )
    ):
        with_choices = option(with_choices)
    return with_choices  # type: ignore[return-value]
