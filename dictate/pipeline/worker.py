"""What travels to a worker and back, and what a worker does with it: pieces of speech to words.

Everything here is small, frozen and picklable, and ``hear`` needs nothing but its argument, so that it runs on any
``concurrent.futures.Executor``.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from threading import Lock

from dictate.errors import DictateError
from dictate.pipeline.processes import end_with_parent
from dictate.records import Word
from dictate.transcribe.engine import Engine, EngineChoice
from dictate.transcribe.pieces import Packed
from dictate.transcribe.recording import Options, Scribe


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """Pieces to be heard together, of one memo or of several that are alike in language and vocabulary."""

    engine: EngineChoice
    options: Options  # without a language it is told from these pieces
    pieces: tuple[Packed, ...]
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Said:
    """The words of each piece of a task, and the language where it is known now."""

    words: tuple[tuple[Word, ...], ...]
    language: str | None


_engines: dict[EngineChoice, Engine] = {}
_loading = Lock()


def hear(task: Task) -> Said:
    """The words of some pieces; the engine is loaded once in each process."""
    scribe = Scribe(_engine(task.engine, task.threads), task.options)
    pieces = [packed.unpack() for packed in task.pieces]
    language = scribe.tell_language(pieces)
    return Said(tuple(tuple(words) for words in scribe.hear(pieces, language)), scribe.language)


def begin(choice: EngineChoice, threads: int) -> None:
    """Ready a process of our own: it loads its engine while the first memo is being read."""
    end_with_parent()
    with suppress(DictateError):  # the first task will tell
        _engine(choice, threads)


def _engine(choice: EngineChoice, threads: int) -> Engine:
    with _loading:
        if choice not in _engines:
            _engines[choice] = choice.load(workers=1, threads=threads)
        return _engines[choice]
