"""A batch on other machines: an executor over a Dask cluster, whose workers have dictate and its weights too.

Sound travels in the tasks and words in their results; the database stays with the process that imports. What a lost
worker had is given to another by Dask; what loses three workers, or loses the cluster, is told as a broken executor.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from dataclasses import replace
from typing import Any

from dictate.errors import EngineError, InputError, WeightsError
from dictate.pipeline.worker import Said, Task, hear
from dictate.transcribe.engine import EngineChoice

PATIENCE_S = 10.0  # to find the scheduler, and a first worker


class Cluster(Executor):
    """The cluster behind ``dask://HOST:PORT``."""

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError as error:
            raise EngineError(
                "--executor dask://... needs more packages: pip install 'dictate-debrief[cluster]'"
            ) from error
        host = address.removeprefix("dask://")
        if host == address or ":" not in host:
            raise InputError(f"no executor {address!r}; name one as dask://HOST:PORT")
        try:
            self._client = Client(f"tcp://{host}", timeout=PATIENCE_S, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE_S)
        except (OSError, TimeoutError, ValueError) as error:
            raise EngineError(f"no Dask cluster with a worker answers at {host}; is it running? ({error})") from error
        self.address = address
        self._executor = self._client.get_executor(pure=False, retries=0)

    @property
    def workers(self) -> int:
        """How many tasks are worked on at once."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        if function is hear:
            function = hear_here
        ours: Future[Any] = Future()
        try:
            theirs = self._executor.submit(function, *arguments, **named)
        except Exception as error:
            raise BrokenExecutor(str(error)) from error
        theirs.add_done_callback(lambda done: _pass_on(done, ours))
        return ours

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; tasks that are not done are taken back from it."""
        self._client.close(timeout=PATIENCE_S if wait else 1.0)


def hear_here(task: Task) -> Said:
    """The words of some pieces, by the weights as they lie on the worker's machine."""
    if not task.engine.path.exists():
        from dictate.weights import locate

        try:
            task = replace(task, engine=replace(task.engine, path=locate(task.engine.name)))
        except (WeightsError, InputError) as error:
            raise EngineError(f"a worker of the cluster has no such weights: {error}") from error
    return hear(task)


def make(cluster: Cluster) -> Callable[[EngineChoice, int, int], Executor]:
    """What makes the executor of a crew: the one that is there, and a new connection when that is broken."""
    waiting = [cluster]

    def connected(choice: EngineChoice, workers: int, threads: int) -> Executor:
        return waiting.pop() if waiting else Cluster(cluster.address)

    return connected


def _pass_on(theirs: Future[Any], ours: Future[Any]) -> None:
    from distributed import KilledWorker

    try:
        ours.set_result(theirs.result())
    except KilledWorker as error:
        ours.set_exception(BrokenExecutor(str(error)))
    except BaseException as error:  # a cancelled task too; nothing may be lost in a callback
        ours.set_exception(error)
