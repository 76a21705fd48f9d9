"""``dictate import``: voice memos and debriefs to notes."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import clock, say
from dictate.cli.hearing import Hearing, Listener, hearing_options
from dictate.cli.progress import Progress, say_summary
from dictate.records import Interview, Segmentation, Transcript

if TYPE_CHECKING:
    from dictate.pipeline.batch import Manner
    from dictate.pipeline.results import Report, Result
    from dictate.pipeline.sources import Sources
    from dictate.pipeline.survey import Survey

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
@click.option("--accurate", is_flag=True, help="Take more time for better words.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Processes that transcribe; default: one a core.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and about how long it takes.")
@hearing_options
@db_option
@json_option
@pass_app
def import_command(
    app: App,
    paths: tuple[Path, ...],
    interview: Interview,
    add_to: int | None,
    no_copy: bool,
    accurate: bool,
    workers: int | None,
    dry_run: bool,
    hearing: Hearing,
) -> None:
    """Turn voice memos, and folders of them, into notes.

    Debriefs as .txt and the JSON that transcribe writes are taken as well. A memo that
    is known already, under whatever name, is skipped. The files themselves are never changed. An import
    that was interrupted goes on where it was when it is run again.

    \b
    Examples:
      dictate import memo.m4a --company Northwind --role "data engineer"
      dictate import ~/Memos
      dictate import ~/Memos --dry-run
    """
    from dictate.pipeline.batch import import_all
    from dictate.pipeline.recording import Wish
    from dictate.pipeline.sources import find_sources
    from dictate.pipeline.speed import remember

    sources = find_sources(paths)
    listener = Listener(hearing)
    if dry_run:
        _foretell(app, sources, listener.manner(accurate=accurate))
        return
    wish = Wish(interview, add_to, copy_audio=not no_copy)
    with app.store(create=True) as store, Progress(functools.partial(ended, app)) as progress:
        if add_to is not None:
            store.show(add_to)  # an id that is not there is said before anything is transcribed
        manner = _manner(listener, accurate, workers or 0)
        report = import_all(sources.files, manner, Labeller().many, store, lambda _: wish, progress)
    remember(listener.manner(accurate=accurate), report.heard_s, report.took_s)
    _finish(app, sources, report)


def _manner(listener: Listener, accurate: bool, workers: int) -> Manner:
    from dictate.pipeline.batch import Manner
    from dictate.transcribe.recording import Options

    settings = listener.settings
    options = Options(settings.language, settings.vocabulary, accurate=accurate)
    return Manner(listener.choice, options, workers)


def _foretell(app: App, sources: Sources, manner: str) -> None:
    """Say what an import would do; nothing is written, not even a database."""
    from contextlib import ExitStack, closing

    from dictate.pipeline.reader import Reader
    from dictate.pipeline.results import Report
    from dictate.pipeline.speed import remembered
    from dictate.pipeline.survey import survey

    report = Report()

    def told(result: Result) -> None:
        report.results.append(result)
        ended(app, result)

    with ExitStack() as stack:
        store = stack.enter_context(app.store()) if app.db.exists() else None
        seen = survey(sources.files, store, stack.enter_context(closing(Reader())), told)
    speed = remembered(manner)
    about_s = seen.duration_s / speed if speed else None
    if app.json:
        emit_json(_foretold(sources, report, seen, about_s))
    else:
        for found in seen.memos:
            click.echo(f"{found.source.path}: would be transcribed ({clock(found.duration_s)})")
        for source in seen.texts:
            click.echo(f"{source.path}: would be read")
    for found in seen.repeated:
        say(f"dictate: {found.source.path}: has the same sound as another file named here")
    how_long = f"about {clock(about_s)}" if about_s is not None else "for how long, the first import will tell"
    say(f"dictate: {len(seen.memos)} to transcribe ({clock(seen.duration_s)}), {how_long}")
    _tell_others(sources)
    if sources.unreadable or report.of("failed"):
        sys.exit(1)


def _foretold(sources: Sources, report: Report, seen: Survey, about_s: float | None) -> dict[str, Any]:
    told = as_json(sources, report)
    del told["imported"]
    memos = [{"path": str(found.source.path), "duration_s": found.looked.media.duration_s} for found in seen.memos]
    texts = [{"path": str(source.path), "duration_s": None} for source in seen.texts]
    repeated = [
        {"path": str(found.source.path), "reason": "has the same sound as another file named here"}
        for found in seen.repeated
    ]
    told["skipped"] += repeated
    return {"to_import": memos + texts, **told, "about_s": about_s and round(about_s, 1)}


class Labeller:
    """The segmenter, loaded at the first transcript; ``growing``: of one that is labelled again and again."""

    def __init__(self, *, growing: bool = False) -> None:
        self._segmenter: Any = None
        self._growing = growing

    def __call__(self, transcript: Transcript) -> Segmentation:
        return self.many([transcript])[0]

    def many(self, transcripts: Sequence[Transcript]) -> list[Segmentation]:
        """The labels of each, English ones read together."""
        from dictate.segment.pipeline import Segmenter, whole

        english = [transcript.text for transcript in transcripts if transcript.language in (None, "en")]
        if english:
            self._segmenter = self._segmenter or Segmenter(growing=self._growing)
        labelled = self._segmenter.segment_many(english) if english else iter(())
        segmentations = []
        for transcript in transcripts:
            if transcript.language in (None, "en"):
                segmentations.append(next(labelled))
                continue
            say(f"dictate: spoken in {transcript.language!r}; the segmenter knows English alone, so it is kept whole")
            segmentations.append(whole(transcript.text))
        return segmentations


def ended(app: App, result: Result) -> None:
    """Say what became of one file."""
    if result.state != "imported":
        say(f"dictate: {result.path}: {result.state} ({result.reason})")
    elif result.added and not app.json:
        click.echo(
            f"{result.path}: {result.added.notes} notes in interview {result.added.interview_id}"
            f" (dictate show {result.added.interview_id})"
        )


def _tell_others(sources: Sources) -> None:
    for path, reason in sources.unreadable:
        say(f"dictate: {path}: {reason}")
    if sources.others:
        say(f"dictate: passed over {sources.others} file{'s' * (sources.others > 1)} that are no memos")
    if not sources.files and not sources.unreadable:
        say("dictate: no memos there; name files, or folders that hold some")


def _finish(app: App, sources: Sources, report: Report) -> None:
    _tell_others(sources)
    if len(report.results) > 1:
        say_summary(report)
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
