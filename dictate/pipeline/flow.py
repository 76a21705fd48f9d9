"""Memos to words by many workers: pieces of all memos wait in one pool, from which workers take groups of a length.

A thread reads memo after memo (in the reader's own process), while the caller's thread hands out pieces and gathers
words; so no worker waits for a memo to end, a long memo is heard by all of them, and what is held in memory depends
on the number of workers alone.
"""

from __future__ import annotations

import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Future
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any

from dictate.capture.media import Media
from dictate.errors import DictateError, InputError, MediaError
from dictate.pipeline.crew import Crew
from dictate.pipeline.journal import Claim
from dictate.pipeline.pool import Group, Pool
from dictate.pipeline.reader import Ended, Position, Reader
from dictate.pipeline.worker import Said, Task
from dictate.records import Word
from dictate.transcribe.engine import FULL_S, EngineChoice
from dictate.transcribe.pieces import Packed
from dictate.transcribe.recording import Options

AHEAD = 2  # groups for each worker: one that it works on, one that waits
ROOM = 32  # pieces for each worker, waiting or being heard: half a megabyte each
PATIENCE_S, PATIENCE = 300.0, 60.0  # a group that takes longer than this, and times its length, hangs
FAILURES = 3  # at one group, after which its memos are given up
_TICK_S = 1.0


@dataclass(slots=True, eq=False)
class Work:
    """A memo on its way to words."""

    media: Media
    options: Options
    claim: Claim | None = None  # made when its turn comes
    skipped: bool = False  # it was not ours to claim
    known_s: float = 0.0  # of it, that an earlier run had heard
    told_s: float = 0.0  # of it, that are done
    words: list[Word] = field(default_factory=list)
    open: int = 0  # pieces that are not heard yet
    ended: Ended | None = None  # once all of it is read
    failure: DictateError | None = None
    asked: bool = False  # some pieces are out to tell its language

    @property
    def language(self) -> str | None:
        return self.options.language or (self.claim.language if self.claim else None)

    @property
    def is_done(self) -> bool:
        return self.skipped or self.failure is not None or (self.ended is not None and not self.open)


Claimed = Callable[[Work], bool]
Heard = Callable[[Work, float], None]


@dataclass(slots=True, eq=False)
class _Flight:
    """A group of pieces that a worker has."""

    group: Group
    since: float
    failures: int = 0

    @property
    def patience_s(self) -> float:
        return PATIENCE_S + PATIENCE * sum(packed.duration_s for _, packed in self.group)


class Flow:
    """One run over some memos; ``run`` gives those that are done as soon as they are."""

    def __init__(
        self,
        works: Sequence[Work],
        reader: Reader,
        crew: Crew,
        choice: EngineChoice,
        claimed: Claimed,
        heard: Heard,
    ) -> None:
        self._works = deque(works)  # whose turn has not come: what is done must not be held on to
        self._count = len(works)
        self._reader, self._crew, self._choice = reader, crew, choice
        self._claimed, self._tell = claimed, heard
        self._gate: queue.SimpleQueue[bool] = queue.SimpleQueue()  # whether the next memo is to be read
        self._pool = Pool(crew.workers, one_memo=bool(works) and works[0].options.accurate)
        self._room = threading.Semaphore(ROOM * crew.workers)
        self._events: queue.SimpleQueue[tuple[str, Any, Any]] = queue.SimpleQueue()
        self._flights: dict[Future[Said], _Flight] = {}
        self._suspects: list[_Flight] = []  # a worker died at one of these
        self._begun: list[Work] = []  # and not done
        self._all_read = False
        self._stopped = threading.Event()
        self._last = time.monotonic()  # when a worker last gave something

    def run(self) -> Generator[list[Work], None, None]:
        """The memos that are done, in groups, until all are; workers and reader are let go before the last group."""
        feeder = threading.Thread(target=self._feed, daemon=True)
        feeder.start()
        left = self._count
        try:
            while left:
                self._hand_out()
                self._take_events()
                done = [work for work in self._begun if work.is_done]
                self._begun = [work for work in self._begun if not work.is_done]
                left -= len(done)
                if not left:
                    self._reader.close()
                    self._crew.close()
                for work in done:
                    if work.ended:
                        self._done(work, work.ended.duration_s - work.told_s)  # the silence in it
                if done:
                    self._hand_out()  # they work on while the caller does
                    yield done
        finally:
            self._stopped.set()
            self._reader.close()
            self._crew.kill()
            self._room.release(ROOM)
            self._gate.put(False)
            feeder.join()

    # Reading, in a thread of its own

    def _feed(self) -> None:
        while self._works:
            work = self._works.popleft()
            self._events.put(("turn", work, None))
            try:
                if self._gate.get():
                    self._read(work)
            except DictateError as error:
                self._events.put(("failed", work, error))
            except Exception as error:
                self._events.put(("fault", work, error))
            if self._stopped.is_set():
                return
        self._events.put(("all read", None, None))

    def _read(self, work: Work) -> None:
        longest_s = FULL_S if work.options.accurate else self._choice.longest_s
        with closing(self._reader.cut(work.media, longest_s)) as steps:
            for step in steps:
                if isinstance(step, Packed):
                    self._room.acquire()
                if self._stopped.is_set() or work.failure:
                    if isinstance(step, Packed):
                        self._room.release()
                    return
                if not isinstance(step, Position):
                    self._events.put(("piece" if isinstance(step, Packed) else "ended", work, step))

    # The rest, in the caller's thread

    def _take_events(self) -> None:
        """At least one event, or a look at the clock."""
        try:
            self._take(*self._events.get(timeout=_TICK_S))
            while True:
                self._take(*self._events.get_nowait())
        except queue.Empty:
            self._look_for_hanging()

    def _take(self, what: str, work: Work, value: Any) -> None:
        match what:
            case "turn":
                self._begun.append(work)
                work.skipped = not self._claimed(work)
                self._gate.put(not work.skipped)
            case "piece":
                self._piece(work, value)
            case "ended":
                work.ended = value
            case "failed":
                self._fail(work, value)
            case "fault":
                raise value
            case "all read":
                self._all_read = True
            case "heard":
                self._landed(value)

    def _piece(self, work: Work, packed: Packed) -> None:
        known = work.claim.heard.get(packed.key) if work.claim else None
        if known is None and not work.failure:
            work.open += 1
            self._pool.add(work, packed)
            return
        self._room.release()
        if known is not None:
            work.words += known
            work.known_s += packed.duration_s
            self._done(work, packed.duration_s)

    def _hand_out(self) -> None:
        """Give the workers what there is; what may have killed one is tried alone."""
        while self._suspects and not self._flights:
            flight = self._suspects.pop(0)
            if flight.group[0][0].failure:
                self._release(flight.group)
            else:
                self._send(flight)
        if self._suspects or any(flight.failures for flight in self._flights.values()):
            return
        while len(self._flights) < AHEAD * self._crew.workers:
            idle = len(self._flights) < self._crew.workers
            group = self._pool.take(in_haste=idle or self._all_read, last=self._all_read)
            if not group:
                return
            self._send(_Flight(group, 0.0))

    def _send(self, flight: _Flight) -> None:
        work = flight.group[0][0]
        options = replace(work.options, language=work.language)
        flight.since = time.monotonic()
        task = Task(self._choice, options, tuple(packed for _, packed in flight.group), self._crew.threads)
        try:
            future = self._crew.submit(task)
        except BrokenExecutor:
            self._flights[Future()] = flight
            self._broken()
            return
        self._flights[future] = flight
        future.add_done_callback(lambda done: self._events.put(("heard", None, done)))

    def _landed(self, future: Future[Said]) -> None:
        if future not in self._flights:  # of workers that were given up
            return
        self._last = time.monotonic()
        try:
            said = future.result()
        except (BrokenExecutor, CancelledError):
            self._broken()
        except (InputError, MediaError) as error:
            self._give_up(self._flights.pop(future).group, str(error))
        except DictateError:
            raise
        except Exception as error:  # lack of memory, and what nobody has foreseen
            self._retry(self._flights.pop(future), f"cannot be heard ({type(error).__name__}: {error})")
        else:
            group = self._flights.pop(future).group
            self._keep(group, said)
            self._release(group)

    def _keep(self, group: Group, said: Said) -> None:
        told = list(zip(group, said.words, strict=True))
        for work in _works(group):
            if work.failure or not work.claim:  # it is given up
                continue
            mine = [(packed, words) for (of, packed), words in told if of is work]
            work.claim.add([(packed.key, words) for packed, words in mine], said.language)
            work.asked = False
            for packed, words in mine:
                work.words += words
                self._done(work, packed.duration_s)

    def _done(self, work: Work, seconds: float) -> None:
        work.told_s += seconds
        self._tell(work, seconds)

    def _release(self, group: Group) -> None:
        for work, _ in group:
            work.open -= 1
            self._room.release()

    def _fail(self, work: Work, error: DictateError) -> None:
        work.failure = work.failure or error
        for _ in range(self._pool.drop(work)):
            work.open -= 1
            self._room.release()

    # Workers that die or hang

    def _broken(self) -> None:
        """A worker died: all that was out is tried again, each group alone, so that only the cause dies again."""
        lost = list(self._flights.values())
        self._flights.clear()
        self._crew.renew()
        self._last = time.monotonic()
        for flight in lost:
            self._retry(flight, "a worker died at it three times; is there too little memory?")

    def _retry(self, flight: _Flight, reason: str) -> None:
        """Try each memo's part of a group alone; give it up after too many failures."""
        flight.failures += 1
        if flight.failures >= FAILURES:
            self._give_up(flight.group, reason)
            return
        parts = [[each for each in flight.group if each[0] is work] for work in _works(flight.group)]
        self._suspects += [_Flight(part, 0.0, flight.failures) for part in parts]

    def _give_up(self, group: Group, reason: str) -> None:
        for work in _works(group):
            self._fail(work, MediaError(f"{work.media.path}: {reason}"))
        self._release(group)

    def _look_for_hanging(self) -> None:
        now = time.monotonic()
        if any(now - max(flight.since, self._last) > flight.patience_s for flight in self._flights.values()):
            self._broken()


def _works(group: Group) -> list[Work]:
    return list(dict.fromkeys(work for work, _ in group))
