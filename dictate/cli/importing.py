"""``dictate import``: voice memos and debriefs to notes."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import say
from dictate.cli.hearing import Hearing, Listener, hearing_options
from dictate.records import Interview, Segmentation, Transcript

if TYPE_CHECKING:
    from dictate.pipeline.batch import Report, Result
    from dictate.pipeline.sources import Sources

F = TypeVar("F", bound=Callable[..., Any])


class Moment(click.ParamType[datetime]):
    """A date, or a date and time, in ISO 8601; without a zone it is local."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return datetime.fromisoformat(value).astimezone()
        except ValueError:
            self.fail(f"{value!r} is no date; write 2026-03-14 or 2026-03-14T15:30", param, ctx)


def interview_options(command: F) -> F:
    """Give a command what the user knows of the interview, as one argument ``interview``."""

    @functools.wraps(command)
    def with_interview(*args: Any, **options: Any) -> Any:
        facts = {name: options.pop(name) for name in ("company", "role", "round", "held_at", "interviewers")}
        return command(*args, interview=Interview(**facts), **options)

    for option in reversed(
        (
            click.option("--company", help="Who interviewed."),
            click.option("--role", help="The job."),
            click.option("--round", help='Such as "second" or "phone screen".'),
            click.option("--held-at", type=Moment(), metavar="DATE", help="When the interview was held."),
            click.option("--interviewer", "interviewers", multiple=True, help="A name; may be repeated."),
        )
    ):
        with_interview = option(with_interview)
    return with_interview  # type: ignore[return-value]


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@interview_options
@click.option("--add-to", type=int, metavar="ID", help="Add to an interview that is there already.")
@click.option("--no-copy", is_flag=True, help="Keep no copy of the audio; it stays where it is.")
@hearing_options
@db_option
@json_option
@pass_app
def import_command(
    app: App, paths: tuple[Path, ...], interview: Interview, add_to: int | None, no_copy: bool, hearing: Hearing
) -> None:
    """Turn voice memos, and folders of them, into notes.

    Debriefs as .txt and the JSON that transcribe writes are taken as well. A memo that
    is known already, under whatever name, is skipped. The files themselves are never changed.

    \b
    Examples:
      dictate import memo.m4a --company Northwind --role "data engineer"
      dictate import ~/Memos
    """
    from dictate.pipeline.batch import import_all
    from dictate.pipeline.recording import Steps, Wish
    from dictate.pipeline.sources import find_sources

    sources = find_sources(paths)
    steps = Steps(hear=Listener(hearing).hear, label=Labeller())
    wish = Wish(interview, add_to, copy_audio=not no_copy)
    with app.store(create=True) as store:
        if add_to is not None:
            store.show(add_to)  # an id that is not there is said before anything is transcribed
        report = import_all(sources.files, steps, store, wish, ended=functools.partial(ended, app))
    _finish(app, sources, report)


class Labeller:
    """The segmenter, loaded at the first transcript."""

    def __init__(self) -> None:
        self._segmenter: Any = None

    def __call__(self, transcript: Transcript) -> Segmentation:
        from dictate.segment.pipeline import Segmenter, whole

        if transcript.language not in (None, "en"):
            say(f"dictate: spoken in {transcript.language!r}; the segmenter knows English alone, so it is kept whole")
            return whole(transcript.text)
        self._segmenter = self._segmenter or Segmenter()
        return self._segmenter.segment(transcript.text)  # type: ignore[no-any-return]


def ended(app: App, result: Result) -> None:
    """Say what became of one file."""
    if result.state != "imported":
        say(f"dictate: {result.path}: {result.state} ({result.reason})")
    elif result.added and not app.json:
        click.echo(
            f"{result.path}: {result.added.notes} notes in interview {result.added.interview_id}"
            f" (dictate show {result.added.interview_id})"
        )


def _finish(app: App, sources: Sources, report: Report) -> None:
    for path, reason in sources.unreadable:
        say(f"dictate: {path}: {reason}")
    if sources.others:
        say(f"dictate: passed over {sources.others} file{'s' * (sources.others > 1)} that are no memos")
    if not sources.files and not sources.unreadable:
        say("dictate: no memos there; name files, or folders that hold some")
    if app.json:
        emit_json(as_json(sources, report))
    if sources.unreadable or report.of("failed"):
        sys.exit(1)


def as_json(sources: Sources, report: Report) -> dict[str, Any]:
    """What became of all, as the contract has it."""
    imported = [
        {
            "path": str(done.path),
            "interview_id": done.added.interview_id,
            "recording_id": done.added.recording_id,
            "notes": done.added.notes,
        }
        for done in report.of("imported")
        if done.added
    ]
    failed = [(done.path, done.reason) for done in report.of("failed")]
    return {
        "imported": imported,
        "skipped": [{"path": str(done.path), "reason": done.reason} for done in report.of("skipped")],
        "failed": [{"path": str(path), "error": reason} for path, reason in [*failed, *sources.unreadable]],
    }
