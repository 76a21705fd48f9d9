"""What became of files."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from dictate.errors import DictateError
from dictate.store import Added, Known, Store

State = Literal["imported", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file; ``reason`` where it was not imported."""

    path: Path
    state: State
    reason: str = ""
    added: Added | None = None
    settled: bool = True  # False where what stood in the way lies outside the file, so that it may go another time


@dataclass(slots=True)
class Report:
    """What became of all."""

    results: list[Result] = field(default_factory=list)
    heard_s: float = 0.0  # seconds of sound that were heard in this run
    took_s: float = 0.0  # to hear them

    def of(self, state: State) -> list[Result]:
        return [result for result in self.results if result.state == state]


def settle(report: Report, store: Store) -> None:
    """Where recordings lie now: one that closed a gap may have brought those of two interviews together."""
    for place, result in enumerate(report.results):
        if result.added:
            interview_id = store.interview_of(result.added.recording_id)
            report.results[place] = replace(result, added=replace(result.added, interview_id=interview_id))


def failed(path: Path, error: DictateError) -> Result:
    return Result(path, "failed", str(error).removeprefix(f"{path}: "))


def silent(path: Path) -> Result:
    return Result(path, "skipped", "already heard, without speech; --redo hears it again")


def known(path: Path, there: Added | Known) -> Result:
    where = f"as recording {there.recording_id} of interview {there.interview_id}"
    return Result(path, "skipped", f"already imported {where}")
