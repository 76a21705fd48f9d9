"""Many files, one after the other: each is done whole or not at all, and one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from dictate.errors import DictateError, InputError, MediaError, NoSpeechError
from dictate.pipeline.recording import Steps, Wish, import_source
from dictate.pipeline.sources import Source
from dictate.store import Added, Known, Store

State = Literal["imported", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file; ``reason`` where it was not imported."""

    path: Path
    state: State
    reason: str = ""
    added: Added | None = None


@dataclass(slots=True)
class Report:
    """What became of all."""

    results: list[Result] = field(default_factory=list)

    def of(self, state: State) -> list[Result]:
        return [result for result in self.results if result.state == state]


def import_all(
    sources: Iterable[Source],
    steps: Steps,
    store: Store,
    wish: Wish,
    *,
    ended: Callable[[Result], None],
) -> Report:
    """Import files in order; what no file can do without (a full disk, missing weights) ends the run."""
    report = Report()
    fault = ""
    for source in sources:
        if fault:
            result = Result(source.path, "failed", f"not tried, since {fault}")
        else:
            result, fault = _one(source, steps, store, wish)
        report.results.append(result)
        ended(result)
    return report


def _one(source: Source, steps: Steps, store: Store, wish: Wish) -> tuple[Result, str]:
    """What became of a file, and the fault that would befall all others too."""
    try:
        added = import_source(source, steps, store, wish)
    except NoSpeechError:
        return Result(source.path, "skipped", "no speech"), ""
    except (MediaError, InputError) as error:
        return Result(source.path, "failed", str(error).removeprefix(f"{source.path}: ")), ""
    except DictateError as error:
        return Result(source.path, "failed", str(error)), str(error)
    if isinstance(added, Known) or not added.new:
        where = f"as recording {added.recording_id} of interview {added.interview_id}"
        return Result(source.path, "skipped", f"already imported {where}"), ""
    return Result(source.path, "imported", added=added), ""
