"""``import --watch``: until Ctrl-C, memos are imported as they come."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from dictate.cli.console import say
from dictate.errors import DictateError, StoreError

if TYPE_CHECKING:
    from dictate.pipeline.sources import Sources


def watch(folders: tuple[Path, ...], take: Callable[[Sources], object]) -> None:
    """Give ``take`` what comes; one import that fails does not end it, Ctrl-C and SIGTERM do."""
    from dictate.pipeline.arrivals import Arrivals

    stop = Event()
    with _ended_by_signals():
        say(f"dictate: watching {', '.join(map(str, folders))}; Ctrl-C ends it")
        try:
            for sources in Arrivals(folders, stop):
                try:
                    take(sources)
                except StoreError:
                    raise  # no memo can be kept
                except DictateError as error:
                    say(f"dictate: {error}")
        except KeyboardInterrupt:
            stop.set()
            say("dictate: no longer watching; what was done is kept")


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """SIGTERM, by which services are ended, does what Ctrl-C does."""

    def interrupt(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
