"""Many files: each is done whole or not at all, one that fails stops no other, and a run goes on where one was killed.

This process alone writes to the database; what reads and what hears the memos are processes of their own.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from dictate.capture import phone_text
from dictate.capture.unchanged import check_unchanged, state_of
from dictate.errors import ChangedError, DictateError, InputError, MediaError, NoSpeechError
from dictate.paths import imports_dir
from dictate.pipeline import results
from dictate.pipeline.crew import Crew, MakeExecutor, Pool
from dictate.pipeline.flow import Flow, Work
from dictate.pipeline.journal import Claim, claim
from dictate.pipeline.phone import doubted
from dictate.pipeline.reader import Reader
from dictate.pipeline.recording import Wish, import_text, keep, keep_again
from dictate.pipeline.results import Report, Result
from dictate.pipeline.sources import Source
from dictate.pipeline.survey import Found, Survey, survey
from dictate.records import Interview, Segmentation, Transcript
from dictate.store import Added, InterviewShown, Known, Store
from dictate.transcribe.engine import EngineChoice
from dictate.transcribe.recording import Options, ordered

JOURNAL_FORM = 1  # of what is kept of unfinished memos; another number makes older ones void
LEAST_S = 30.0  # of sound, for which one more worker is worth its start

LabelMany = Callable[[Sequence[Transcript]], Sequence[Segmentation]]
WishOf = Callable[[Source], Wish]


@dataclass(frozen=True, slots=True)
class Manner:
    """How memos are heard."""

    choose: Callable[[], EngineChoice]  # asked when there is something to hear
    options: Options  # for all; the names in a memo's interview come before this vocabulary
    workers: int = 0  # processes; 0: one for each core
    make: MakeExecutor = Pool
    redo: bool = False  # what is there too

    def again(self, known: Known) -> bool:
        """Whether a recording that is there is heard again: it has only the phone's own words, or all are."""
        return self.redo or known.engine == phone_text.ENGINE


class Watcher(Protocol):
    """Is told how a batch goes on."""

    def begins(self, survey: Survey) -> None:
        """Everything was looked at."""

    def heard(self, path: Path, seconds: float) -> None:
        """So much more of a memo is done."""

    def ended(self, result: Result) -> None:
        """A file is settled."""


def import_all(
    sources: Sequence[Source], manner: Manner, label: LabelMany, store: Store, wish: WishOf, watcher: Watcher
) -> Report:
    """Import files; what none of them can do without (a full disk, missing weights) ends the run."""
    run = _Run(manner, label, store, wish, watcher)
    with closing(Reader()) as reader:
        seen = survey(sources, store, reader, run.settle, manner.again, run.silent)
        watcher.begins(seen)
        for source in seen.texts:
            run.text(source)
        run.memos(seen, reader)
    for found in seen.repeated:
        run.repeated(found)
    results.settle(run.report, store)
    place = {source.path: number for number, source in enumerate(sources)}
    run.report.results.sort(key=lambda result: place[result.path])
    return run.report


def silence(manner: Manner, store: Store | None, wish: WishOf) -> Callable[[Found], bool]:
    """Tells of a memo whether nobody spoke in it when it was heard in the same manner."""

    def silent(found: Found) -> bool:
        if manner.redo or store is None or (heard := store.silence(found.sha256)) is None:
            return False
        try:
            choice = manner.choose()
        except DictateError:  # who hears the memos will tell
            return False
        return heard == _told_manner(choice, _options(found, manner, store, wish))

    return silent


def _options(found: Found, manner: Manner, store: Store, wish: WishOf) -> Options:
    """How a memo is heard: with the names of its interview among the vocabulary."""
    interview = wish(found.source).interview
    if found.again:
        interview = interview.filled(_told(store.show(found.again.interview_id)))
    names = (interview.company, interview.role, *interview.interviewers)
    vocabulary = (*(name for name in names if name), *manner.options.vocabulary)
    return replace(manner.options, vocabulary=vocabulary)


class _Run:
    """One import of many files."""

    def __init__(self, manner: Manner, label: LabelMany, store: Store, wish: WishOf, watcher: Watcher) -> None:
        self._manner, self._label, self._store = manner, label, store
        self._wish, self._watcher = wish, watcher
        self.silent = silence(manner, store, wish)
        self._fault = ""  # what would befall all others too
        self._ends: dict[str, Result] = {}  # of memos, by the hash of their sound
        self.report = Report()

    def settle(self, result: Result) -> None:
        self.report.results.append(result)
        self._watcher.ended(result)

    def text(self, source: Source) -> None:
        """Import a debrief that is no sound."""
        self.settle(self._done(source, lambda: import_text(source, self._label_one, self._store, self._wish(source))))

    def memos(self, seen: Survey, reader: Reader) -> None:
        """Hear all memos and make notes of each as soon as it is heard."""
        began = time.monotonic()
        fault: DictateError | None = None
        works: dict[Work, Found] = {}
        try:
            if seen.memos and not self._fault:
                choice = self._manner.choose()
                works = {Work(found.looked.media, self._options(found)): found for found in seen.memos}
                self._hear(works, choice, reader, seen)
        except DictateError as error:
            fault = error
        finally:
            for work in works:
                if work.claim:
                    work.claim.release()
        for found in seen.memos:
            if found.sha256 not in self._ends:
                self._fail(found, fault)
        self.report.took_s = time.monotonic() - began

    def repeated(self, found: Found) -> None:
        """A file with the same sound as another of this run shares its fate."""
        there = self._store.find_recording(found.sha256)
        self.settle(
            results.known(found.source.path, there)
            if there
            else replace(self._ends[found.sha256], path=found.source.path)
        )

    def _options(self, found: Found) -> Options:
        return _options(found, self._manner, self._store, self._wish)

    def _hear(self, works: dict[Work, Found], choice: EngineChoice, reader: Reader, seen: Survey) -> None:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        workers = 1 if choice.device == "cuda" else self._manner.workers or cores
        if not seen.unknown:
            workers = max(1, min(workers, round(seen.duration_s / LEAST_S)))

        def claimed(work: Work) -> bool:
            return self._claim(work, works[work], choice)

        def told(work: Work, seconds: float) -> None:
            self._watcher.heard(work.media.path, seconds)

        crew = Crew(choice, workers, max(cores // workers, 1), self._manner.make)
        with closing(Flow(list(works), reader, crew, choice, claimed, told).run()) as groups:
            for group in groups:
                self._make_notes([(work, works[work]) for work in group if not work.skipped], choice)
                for work in group:  # its words are in the store: nothing of it stays in memory
                    if work.claim:
                        work.claim.release()
                    del works[work]
                if self._fault:
                    return

    def _claim(self, work: Work, found: Found, choice: EngineChoice) -> bool:
        """Make a memo ours; False where another process is at it, or has finished it since it was looked at."""
        mine = claim(imports_dir(self._store.path), found.sha256, _manner_of(choice, work.options))
        if mine is None:
            self._settle_memo(found, Result(found.source.path, "skipped", "another import is at it", settled=False))
            return False
        known = self._store.find_recording(found.sha256)
        if known and not self._manner.again(known):
            mine.finish()
            self._settle_memo(found, results.known(found.source.path, known))
            return False
        if self.silent(found):
            mine.finish()
            self._settle_memo(found, results.silent(found.source.path))
            return False
        work.claim = mine
        return True

    def _make_notes(self, group: Sequence[tuple[Work, Found]], choice: EngineChoice) -> None:
        spoken: list[tuple[Work, Found, Transcript]] = []
        for work, found in group:
            if work.failure or self._fault:
                if isinstance(work.failure, ChangedError):
                    _of(work).finish()  # what was heard may be another memo's
                self._fail(found, work.failure)
                continue
            transcript = doubted(_transcript(work, choice), found.source.path)
            self.report.heard_s += transcript.duration_s - work.known_s
            if transcript.words:
                spoken.append((work, found, transcript))
                continue
            if state_of(found.source.path) == found.looked.recording.state:  # else another memo's silence was heard
                self._store.keep_silence(found.sha256, _told_manner(choice, work.options))
            _of(work).finish()
            self._settle_memo(found, Result(found.source.path, "skipped", "no speech"))
        labelled = self._label([transcript for _, _, transcript in spoken]) if spoken else ()
        for (work, found, transcript), segmentation in zip(spoken, labelled, strict=True):
            self._keep(work, found, transcript, segmentation)

    def _keep(self, work: Work, found: Found, transcript: Transcript, segmentation: Segmentation) -> None:
        def kept() -> Added:
            recording, wish = found.looked.recording, self._wish(found.source)
            try:
                if found.again:
                    check_unchanged(recording.path, recording.state)
                    return keep_again(found.again, transcript, segmentation, self._store, wish)
                return keep(recording, transcript, segmentation, self._store, wish)
            except ChangedError:
                _of(work).finish()  # the words may be another memo's
                raise

        result = self._done(found.source, kept)
        self._settle_memo(found, result)
        if result.state != "failed":
            _of(work).finish()

    def _label_one(self, transcript: Transcript) -> Segmentation:
        return self._label([transcript])[0]

    def _fail(self, found: Found, error: DictateError | None) -> None:
        def raised() -> Added:
            raise error or DictateError("it was left out")

        self._settle_memo(found, self._done(found.source, raised))

    def _settle_memo(self, found: Found, result: Result) -> None:
        self._ends[found.sha256] = result
        self.settle(result)

    def _done(self, source: Source, action: Callable[[], Added | Known]) -> Result:
        """Do one file; what became of it."""
        if self._fault:
            return Result(source.path, "failed", f"not tried, since {self._fault}", settled=False)
        try:
            added = action()
        except NoSpeechError:
            return Result(source.path, "skipped", "no speech")
        except (MediaError, InputError) as error:
            return results.failed(source.path, error)
        except DictateError as error:
            self._fault = str(error)
            return Result(source.path, "failed", self._fault, settled=False)
        if isinstance(added, Known) or not added.new:
            return results.known(source.path, added)
        return Result(source.path, "imported", added=added)


def _told(shown: InterviewShown) -> Interview:
    return Interview(shown["company"], shown["role"], interviewers=tuple(shown["interviewers"]))


def _manner_of(choice: EngineChoice, options: Options) -> dict[str, Any]:
    """What the words of a memo depend on, as JSON gives it back."""
    told = asdict(options) | {"engine": choice.engine, "model": choice.name, "weights": str(choice.path)}
    return told | {"vocabulary": list(options.vocabulary), "form": JOURNAL_FORM}


def _told_manner(choice: EngineChoice, options: Options) -> str:
    return json.dumps(_manner_of(choice, options))


def _transcript(work: Work, choice: EngineChoice) -> Transcript:
    assert work.ended
    return Transcript(
        ordered(work.words, work.ended.duration_s),
        work.language if work.words else work.options.language,
        work.ended.duration_s,
        choice.engine,
        choice.name,
        work.ended.warnings,
    )


def _of(work: Work) -> Claim:
    assert work.claim
    return work.claim
