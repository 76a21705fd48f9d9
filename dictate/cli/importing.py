"""``dictate import``: voice memos and debriefs to notes."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.asking import confirm
from dictate.cli.console import clock, say
from dictate.cli.hearing import Hearing, Listener, hearing_options
from dictate.cli.import_options import Choices, import_options
from dictate.cli.progress import Progress, length, say_summary
from dictate.cli.service import service
from dictate.cli.watching import check_folders, watch
from dictate.records import Interview, Segmentation, Transcript

if TYPE_CHECKING:
    from dictate.pipeline.batch import Manner, WishOf
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
@import_options
@hearing_options
@db_option
@json_option
@pass_app
def import_command(app: App, paths: tuple[Path, ...], interview: Interview, choices: Choices, hearing: Hearing) -> None:
    """Turn voice memos, and folders of them, into notes.

    Debriefs as .txt and the JSON that transcribe writes are taken as well. A memo that
    is known already, under whatever name, is skipped. The files themselves are never changed. An import
    that was interrupted goes on where it was when it is run again.

    Memos spoken minutes apart are one interview. What is not given of it is taken from a memo.toml beside memo.m4a,
    a dictate.toml in its folder, the folder's name ("Acme - data engineer"), or from what was said.

    \b
    Examples:
      dictate import memo.m4a --company Northwind --role "data engineer"
      dictate import ~/Memos
      dictate import ~/Memos --dry-run
      dictate import ~/Memos --watch
    """
    choices.check()
    if choices.watch or choices.print_service:
        check_folders(paths)
    if choices.print_service:
        arguments = _arguments(app, paths, interview, choices, hearing)
        click.echo(service(choices.print_service, arguments), nl=False)
        return
    one = functools.partial(_import, app, interview=interview, choices=choices, hearing=hearing)
    if choices.watch:
        watch(paths, lambda found: one(found).left)
        return
    from dictate.pipeline.sources import find_sources

    if not one(find_sources(paths)).well:
        sys.exit(1)


@dataclass(frozen=True, slots=True)
class _Done:
    """How an import went, and which memos may yet be imported as they are."""

    well: bool
    left: tuple[Path, ...] = ()


def _import(app: App, found: Sources, *, interview: Interview, choices: Choices, hearing: Hearing) -> _Done:
    """Import some files."""
    from dictate.pipeline.recording import Wish
    from dictate.pipeline.told import wishes

    wish = Wish(interview, choices.add_to, copy_audio=not choices.no_copy, join=not choices.separate)
    sources, wish_of = wishes(found, wish)
    listener = Listener(hearing)
    if choices.dry_run:
        return _Done(_foretell(app, sources, wish_of, listener, choices))
    told = functools.partial(news if choices.watch else ended, app)
    with app.store(create=True) as store, Progress(told) as progress:
        if choices.add_to is not None:
            store.show(choices.add_to)  # an id that is not there is said before anything is transcribed
        if choices.quick:
            from dictate.pipeline.quick import import_quick

            report = import_quick(sources.files, Labeller(), store, wish_of, progress.ended)
        else:
            from dictate.pipeline.batch import import_all

            manner = _manner(listener, choices)
            report = import_all(sources.files, manner, Labeller().many, store, wish_of, progress)
    if not choices.quick and not choices.executor:
        from dictate.pipeline.speed import remember

        remember(listener.manner(accurate=choices.accurate), report.heard_s, report.took_s)
    _finish(app, sources, report)
    if choices.ask:
        with app.store(read_only=False) as store:
            confirm(store, (done.added.interview_id for done in report.of("imported") if done.added))
    taken = {source.path for source in sources.files}
    left = [source.path for source in found.files if source.path not in taken]  # beside them nonsense lies
    left += [result.path for result in report.results if not result.settled]
    return _Done(not sources.unreadable and not report.of("failed"), tuple(left))


def _arguments(
    app: App, paths: tuple[Path, ...], interview: Interview, choices: Choices, hearing: Hearing
) -> list[str]:
    """What a service is to call dictate with."""
    arguments = ["--db", str(app.db.absolute()), "import", "--watch", *(str(path.absolute()) for path in paths)]
    flags = ("separate", "no_copy", "quick", "accurate")
    arguments += [f"--{name.replace('_', '-')}" for name in flags if getattr(choices, name)]
    for name, value in {
        "company": interview.company,
        "role": interview.role,
        "round": interview.round,
        "held-at": interview.held_at and interview.held_at.isoformat(),
        "add-to": choices.add_to,
        "workers": choices.workers,
        "executor": choices.executor,
        "model": hearing.model,
        "engine": hearing.engine,
        "language": hearing.language,
    }.items():
        arguments += [f"--{name}", str(value)] if value else []
    for interviewer in interview.interviewers:
        arguments += ["--interviewer", interviewer]
    for word in hearing.words:
        arguments += ["--word", word]
    return arguments


def _manner(listener: Listener, choices: Choices) -> Manner:
    from dictate.pipeline.batch import Manner
    from dictate.transcribe.recording import Options

    settings = listener.settings
    options = Options(settings.language, settings.vocabulary, accurate=choices.accurate)
    if not choices.executor:
        return Manner(listener.choice, options, choices.workers or 0, redo=choices.redo)
    from dictate.pipeline.cluster import Cluster, make

    cluster = Cluster(choices.executor)
    return Manner(listener.choice, options, choices.workers or cluster.workers, make(cluster), choices.redo)


def _foretell(app: App, sources: Sources, wish_of: WishOf, listener: Listener, choices: Choices) -> bool:
    """Say what an import would do; nothing is written, not even a database."""
    from contextlib import ExitStack, closing

    from dictate.pipeline.batch import silence
    from dictate.pipeline.reader import Reader
    from dictate.pipeline.results import Report
    from dictate.pipeline.speed import remembered
    from dictate.pipeline.survey import survey

    report = Report()

    def told(result: Result) -> None:
        report.results.append(result)
        ended(app, result)

    manner = replace(_manner(listener, replace(choices, executor=None)), choose=listener.choice_here)
    with ExitStack() as stack:
        store = stack.enter_context(app.store()) if app.db.exists() else None
        reader = stack.enter_context(closing(Reader()))
        seen = survey(sources.files, store, reader, told, manner.again, silence(manner, store, wish_of))
    speed = remembered(listener.manner(accurate=choices.accurate))
    about_s = seen.duration_s / speed if speed and not seen.unknown else None
    if app.json:
        emit_json(_foretold(sources, report, seen, about_s))
    else:
        for found in seen.memos:
            click.echo(f"{found.source.path}: would be transcribed ({clock(found.duration_s) or 'length unknown'})")
        for source in seen.texts:
            click.echo(f"{source.path}: would be read")
    for found in seen.repeated:
        say(f"dictate: {found.source.path}: has the same sound as another file named here")
    if about_s is not None:
        how_long = f"about {clock(about_s)}"
    else:
        how_long = "for how long cannot be told" if seen.unknown else "for how long, the first import will tell"
    say(f"dictate: {len(seen.memos)} to transcribe ({length(seen)}), {how_long}")
    _tell_others(sources)
    return not sources.unreadable and not report.of("failed")


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
        say(f"dictate: {result.path}: {result.state} ({app.worded(result.reason)})")
    elif result.added and not app.json:
        click.echo(
            f"{result.path}: {result.added.notes} notes in interview {result.added.interview_id}"
            f" (dictate show {result.added.interview_id})"
        )


def news(app: App, result: Result) -> None:
    """The same, but for what was there already: a watched folder is looked at again and again."""
    if not result.reason.startswith("already "):  # imported, or heard without speech
        ended(app, result)


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
