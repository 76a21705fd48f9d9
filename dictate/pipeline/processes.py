"""Processes of our own: started so that Ctrl-C reaches the parent alone, ended with it however it ends."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process, resource_tracker

SPAWN = get_context("spawn")  # a fork would copy locks that threads hold
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@contextmanager
def spawning(threads: int = 1) -> Iterator[None]:
    """Processes started within take no SIGINT, and their libraries no more than so many threads."""
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, str(threads)))
    mask = _block_sigint()
    try:
        yield
    finally:
        if mask is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _block_sigint() -> set[int] | None:
    """Block it, which children inherit from their first instruction on; the mask before, where there are such."""
    if not hasattr(signal, "pthread_sigmask"):
        return None
    resource_tracker.ensure_running()  # the first process would start it, which ends with SIGINT not blocked any more
    return {int(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})}


def end_with_parent() -> None:
    """Let this process end at once when the one that started it is gone, even by kill -9."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
