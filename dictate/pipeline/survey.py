"""A look at all files before any is heard: what is new, how long it is, and what is settled already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from dictate.errors import MediaError
from dictate.pipeline import results
from dictate.pipeline.reader import Looked, Reader
from dictate.pipeline.results import Result
from dictate.pipeline.sources import Source
from dictate.store import Known, Store


@dataclass(frozen=True, slots=True)
class Found:
    """A memo, after a look at it."""

    source: Source
    looked: Looked
    again: Known | None = None  # it is there, and to be heard again

    @property
    def sha256(self) -> str:
        return self.looked.recording.sha256

    @property
    def duration_s(self) -> float | None:
        return self.looked.media.duration_s


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found: memos to hear, debriefs that are no sound, and files with the same sound as one of the memos."""

    memos: tuple[Found, ...]
    texts: tuple[Source, ...]
    repeated: tuple[Found, ...]

    @property
    def duration_s(self) -> float:
        """Seconds of all memos whose length is known."""
        return sum(found.duration_s or 0.0 for found in self.memos)

    @property
    def unknown(self) -> int:
        """How many memos do not tell their length."""
        return sum(found.duration_s is None for found in self.memos)


def survey(
    sources: Iterable[Source],
    store: Store | None,
    reader: Reader,
    ended: Callable[[Result], None],
    again: Callable[[Known], bool],
    silent: Callable[[Found], bool] = lambda _: False,
) -> Survey:
    """Look at all files; what is known to the store and not to be heard again, or no memo, is told at once.

    So is a memo in which an earlier run has heard that nobody speaks.
    """
    memos: dict[str, Found] = {}
    texts, repeated = list[Source](), list[Found]()
    for source in sources:
        if source.form != "audio":
            texts.append(source)
            continue
        try:
            found = Found(source, reader.look(source.path))
        except MediaError as error:
            ended(results.failed(source.path, error))
            continue
        known = store.find_recording(found.sha256) if store else None
        found = replace(found, again=known)
        if known and not again(known):
            ended(results.known(source.path, known))
        elif silent(found):
            ended(results.silent(source.path))
        elif found.sha256 in memos:
            repeated.append(found)
        else:
            memos[found.sha256] = found
    return Survey(tuple(memos.values()), tuple(texts), tuple(repeated))
