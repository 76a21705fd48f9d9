"""How an import goes on: one bar over all memos on a terminal, a line now and then without."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from dictate.cli.console import clock, is_terminal, say

if TYPE_CHECKING:
    from dictate.pipeline.results import Report, Result
    from dictate.pipeline.survey import Survey

LINE_S = 30.0  # between two lines
TELLING_S = 10.0  # of sound, before which a speed says nothing


class Progress:
    """A ``Watcher`` that shows seconds of sound done, the speed, the time left, and the memo now worked on."""

    def __init__(self, told: Callable[[Result], None]) -> None:
        self._told = told
        self._total_s = self._done_s = 0.0
        self._is_known = True  # the total
        self._path: Path | None = None
        self._began = self._spoke = time.monotonic()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def begins(self, survey: Survey) -> None:
        self._total_s, self._is_known = survey.duration_s, not survey.unknown
        self._began = self._spoke = time.monotonic()
        count = len(survey.memos)
        if not count:
            return
        if sys.stderr.isatty():
            self._start_bar()
        else:
            what = survey.memos[0].source.path.name if count == 1 else f"{count} memos"
            say(f"transcribing {what} ({length(survey)})")

    def heard(self, path: Path, seconds: float) -> None:
        self._done_s += seconds
        self._path = path
        if self._bar:
            self._bar.update(self._task, completed=self._done_s, description=path.name, figures=self.figures())
        elif time.monotonic() - self._spoke >= LINE_S:
            self._spoke = time.monotonic()
            say(f"{self.figures()}, at {path.name}")

    def ended(self, result: Result) -> None:
        self._told(result)

    def figures(self) -> str:
        """Such as ``12:30 of 51:15, 31 times real time, 1:14 left``; without an end where that is unknown."""
        took_s = time.monotonic() - self._began
        figures = f"{clock(self._done_s)} of {clock(self._total_s) if self._is_known else 'unknown length'}"
        if self._done_s < TELLING_S or not took_s:
            return figures
        speed = self._done_s / took_s
        figures = f"{figures}, {speed:.3g} times real time"
        if not self._is_known:
            return figures
        left_s = max(self._total_s - self._done_s, 0.0) / speed
        return f"{figures}, {clock(left_s)} left"

    def _start_bar(self) -> None:
        from rich import progress
        from rich.console import Console

        columns = (
            progress.TextColumn("{task.description}", markup=False),
            progress.BarColumn(),
            progress.TextColumn("{task.fields[figures]}", markup=False),
        )
        self._bar = progress.Progress(
            *columns, console=Console(stderr=True), transient=True, redirect_stdout=is_terminal()
        )
        self._task = self._bar.add_task("", total=self._total_s if self._is_known else None, figures=self.figures())
        self._bar.start()


def length(survey: Survey) -> str:
    """How long all memos are together, as far as they tell."""
    if not survey.unknown:
        return clock(survey.duration_s)
    if survey.unknown == len(survey.memos):
        return "length unknown"
    return f"{clock(survey.duration_s)}, and {survey.unknown} of unknown length"


def say_summary(report: Report) -> None:
    """What became of many files, in one line."""
    counts = [f"{len(report.of(state))} {state}" for state in ("imported", "skipped", "failed") if report.of(state)]
    speed = ""
    if report.heard_s:
        times = report.heard_s / report.took_s
        speed = f"; {clock(report.heard_s)} heard in {clock(report.took_s)} ({times:.3g} times real time)"
    say(f"dictate: {', '.join(counts)}{speed}")
