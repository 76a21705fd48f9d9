"""The options by which speech is turned into words, the engine that they choose, and progress meanwhile."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dictate.cli.app import yes_option
from dictate.cli.console import clock, say
from dictate.errors import MissingWeightsError
from dictate.records import ENGINES, EngineName
from dictate.settings import Settings, read_settings

if TYPE_CHECKING:
    from dictate.capture.decode import Decoding
    from dictate.capture.unfinished import HeardBefore
    from dictate.records import Interview, Transcript
    from dictate.transcribe.engine import Engine, EngineChoice
    from dictate.transcribe.recording import Options
    from dictate.weights import ModelSource

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Hearing:
    """What the user says of how to listen; what is None or empty comes from the settings."""

    model: str | None
    engine: EngineName | None
    language: str | None
    words: tuple[str, ...]
    assume_yes: bool

    def settled(self) -> Settings:
        """These choices over the user's settings."""
        settings = read_settings()
        return Settings(
            engine=self.engine or settings.engine,
            language=self.language or settings.language,
            model=self.model or settings.model,
            vocabulary=(*self.words, *settings.vocabulary),
        )


def hearing_options(command: F) -> F:
    """Give a command the options of ``Hearing``, as one argument of that name."""

    @functools.wraps(command)
    def with_hearing(*args: Any, **options: Any) -> Any:
        chosen = {field.name: options.pop(field.name) for field in fields(Hearing)}
        return command(*args, hearing=Hearing(**chosen), **options)

    for option in reversed(
        (
            click.option("--model", metavar="NAME|PATH", help="base, tiny.en, a .pt file or a CTranslate2 folder."),
            click.option("--engine", type=click.Choice(ENGINES), help="Default: auto."),
            click.option("--language", metavar="CODE", help="Two letters, such as en; default: told from the speech."),
            click.option(
                "--word", "-w", "words", multiple=True, help="A name or term to be spelt so; may be repeated."
            ),
            yes_option,
        )
    ):
        with_hearing = option(with_hearing)
    return with_hearing  # type: ignore[return-value]


class Listener:
    """Loads the engine at the first recording and turns each one to words."""

    def __init__(self, hearing: Hearing) -> None:
        self.settings = hearing.settled()
        self._assume_yes = hearing.assume_yes
        self._engine: Engine | None = None

    def is_ready(self) -> bool:
        """Whether the weights are here, so that the engine can be loaded without a question."""
        from dictate import weights

        try:
            weights.resolve_model(self.settings.model)
        except MissingWeightsError:
            return False
        return True

    def engine(self, *, workers: int = 0) -> Engine:
        """The engine; by the first call's ``workers`` (0: one for each core)."""
        if self._engine is None:
            self._engine = self.choice().load(workers=workers)
        return self._engine

    def choice(self) -> EngineChoice:
        """Which engine it is, its weights being there."""
        from dictate.cli.models import whisper_model

        return self._choice(whisper_model(self.settings.model, assume_yes=self._assume_yes))

    def choice_here(self) -> EngineChoice:
        """The same without asking for what is not there, and pulling nothing; MissingWeightsError."""
        from dictate import weights

        return self._choice(weights.resolve_model(self.settings.model))

    def _choice(self, source: ModelSource) -> EngineChoice:
        from dictate.transcribe.engine import choose_engine

        return choose_engine(source.path, self.settings.engine, name=source.name)

    def manner(self, *, accurate: bool) -> str:
        """What the speed depends on, in words."""
        return f"{self.settings.model} {self.settings.engine}{' accurate' if accurate else ''}"

    def options(self, interview: Interview) -> Options:
        """What is known before anything is heard: the language, names and terms."""
        from dictate.transcribe.recording import Options

        names = (interview.company, interview.role, *interview.interviewers, *self.settings.vocabulary)
        return Options(self.settings.language, tuple(name for name in names if name))

    def hear(self, decoding: Decoding, interview: Interview) -> Transcript:
        """A recording's words, with a progress bar for what takes long."""
        return self.hear_on(decoding, interview, None)

    def hear_on(self, decoding: Decoding, interview: Interview, before: HeardBefore | None) -> Transcript:
        """The same, where some of it was heard before."""
        from dictate.pipeline.recording import heard

        engine = self.engine()
        with hearing_progress(decoding.media.path.name, decoding.media.duration_s) as progress:
            return heard(decoding, engine, self.options(interview), progress, before)


@contextmanager
def hearing_progress(name: str, duration_s: float | None) -> Iterator[Callable[[float], None]]:
    """Seconds of sound done, as a bar on a terminal and one line without."""
    if not sys.stderr.isatty():
        say(f"transcribing {name}{f' ({clock(duration_s)})' if duration_s else ''}")
        yield lambda _: None
        return
    from rich import progress
    from rich.console import Console

    columns = (
        progress.TextColumn("{task.description}", markup=False),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TimeRemainingColumn(),
    )
    with progress.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=duration_s)
        yield lambda seconds: bar.update(task, completed=seconds)
