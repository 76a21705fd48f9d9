"""``import --watch``: until Ctrl-C, memos are imported as they come."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from dictate.cli import INTERRUPTED
from dictate.cli.console import say
from dictate.errors import DictateError, StoreError

if TYPE_CHECKING:
    from dictate.pipeline.arrivals import Arrivals
    from dictate.pipeline.sources import Sources


Take = Callable[["Sources"], Collection[Path]]


def check_folders(paths: tuple[Path, ...]) -> None:
    """UsageError for a file: nothing comes into it."""
    for path in paths:
        if os.path.exists(path) and not os.path.isdir(path):  # noqa: PTH110, PTH112  # False too where it may not be looked at
            raise click.UsageError(f"{path} is a file: --watch takes folders, and without it files are imported")


def watch(folders: tuple[Path, ...], take: Take) -> None:
    """Give ``take`` what comes, and again what it gives back; an import that fails does not end it, signals do."""
    from dictate.pipeline.arrivals import Arrivals

    stop = Event()
    with _ended_by_signals() as ended:
        say(f"dictate: watching {', '.join(map(str, folders))}; Ctrl-C ends it")
        try:
            _watch(Arrivals(folders, stop, _tell_folder), take)
        except KeyboardInterrupt:
            stop.set()
            say("dictate: no longer watching; what was done is kept")
            raise click.exceptions.Exit(0 if ended.is_set() else INTERRUPTED) from None


def _watch(arrivals: Arrivals, take: Take) -> None:
    worked = False
    for sources in arrivals:
        try:
            left = take(sources)
            worked = True
        except DictateError as error:
            if isinstance(error, StoreError) and not worked:
                raise  # it never could keep a memo: what was asked for is wrong
            say(f"dictate: {error}")
            left = [source.path for source in sources.files]
        if left:
            say(f"dictate: {len(left)} memo{'s' * (len(left) > 1)} left over, to be tried again later")
            arrivals.again(left)


def _tell_folder(folder: Path, is_there: bool) -> None:
    say(f"dictate: {folder}: is {'there now' if is_there else 'not there; waiting for it'}")


@contextmanager
def _ended_by_signals() -> Iterator[Event]:
    """SIGTERM, by which the system ends services, does what Ctrl-C does, and is set then: it is no interruption."""
    ended = Event()

    def interrupt(*_: Any) -> None:
        ended.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield ended
    finally:
        signal.signal(signal.SIGTERM, before)
