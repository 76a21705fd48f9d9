"""The workers of a batch: an executor, made anew when one of its processes has died."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from typing import Any

from dictate.pipeline.processes import SPAWN, spawning
from dictate.pipeline.worker import Said, Task, begin, hear
from dictate.transcribe.engine import EngineChoice

MakeExecutor = Callable[[EngineChoice, int, int], Executor]  # engine, workers, threads of each


class Pool(ProcessPoolExecutor):
    """Processes on this machine, each with an engine of its own."""

    def __init__(self, choice: EngineChoice, workers: int, threads: int) -> None:
        super().__init__(workers, mp_context=SPAWN, initializer=begin, initargs=(choice, threads))
        self._each = threads

    def submit(self, *arguments: Any, **named: Any) -> Future[Any]:
        with spawning(self._each):  # processes start with the first task
            return super().submit(*arguments, **named)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End; without waiting, processes are killed, whatever they are at."""
        processes = list((self._processes or {}).values())
        super().shutdown(wait=wait, cancel_futures=cancel_futures)
        if not wait:
            for process in processes:
                process.kill()
            for process in processes:
                process.join()


class Crew:
    """Hears tasks on an executor that may break."""

    def __init__(self, choice: EngineChoice, workers: int, threads: int, make: MakeExecutor = Pool) -> None:
        self.workers, self.threads = workers, threads
        self._choice = choice
        self._make = make
        self._executor = make(choice, workers, threads)

    def submit(self, task: Task) -> Future[Said]:
        return self._executor.submit(hear, task)

    def renew(self) -> None:
        """New workers in place of broken or hung ones."""
        self.kill()
        self._executor = self._make(self._choice, self.workers, self.threads)

    def close(self) -> None:
        """Let the workers go; nothing is under way."""
        self._executor.shutdown(wait=True)

    def kill(self) -> None:
        """End at once."""
        self._executor.shutdown(wait=False, cancel_futures=True)
