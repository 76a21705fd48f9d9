"""``dictate export``: the notes for other programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import clean, is_terminal, say
from dictate.errors import InputError
from dictate.review.formats import DATA_FORMATS, WRITERS, DataFormat, encoded

if TYPE_CHECKING:
    from dictate.review.exporting import Exported
    from dictate.review.made import Made
    from dictate.store import InterviewShown

FILES = ("anki", "ics")  # of all interviews, and only as a file


@click.command()
@click.argument("ids", nargs=-1, type=int, metavar="[ID...]")
@click.option("--format", "-f", type=click.Choice(("markdown", *DATA_FORMATS, *FILES)), help="Default markdown.")
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), metavar="PATH", help="A folder for markdown, else a file."
)
@click.option("--force", is_flag=True, help="Replace files that no export wrote, or that you changed since.")
@db_option
@json_option
@pass_app
def export(app: App, ids: tuple[int, ...], format: str | None, output: Path | None, force: bool) -> None:
    """Write interviews for other programs.

    All of them, or those named. Markdown is one file for each interview, with front matter that Obsidian reads; json
    is a list of what show --json prints, ndjson the same one a line, csv a row for each note. Without --output it is
    printed. A later export replaces the files that it wrote, and no other. anki is a deck of all questions with the
    best answer to each, ics a calendar of what is due: plans, next steps, letters, debriefs.

    \b
    Examples:
      dictate export --output ~/Vault/Interviews
      dictate export 1 2 --format csv --output notes.csv
      dictate export --format anki --output questions.apkg
      dictate export --format ics --output due.ics
    """
    if app.json and format and not output:
        raise click.UsageError("--json tells what was written to --output; to print JSON, leave out --format")
    format = format or ("json" if app.json and not output else "markdown")
    if format in FILES:
        _write_all(app, ids, format, output, force=force)
        return
    if ids:
        with app.store() as store:
            interviews = store.show_all(ids)
    else:
        interviews = app.ask(lambda store: store.show_all())
    if output:
        _told(app, interviews, _written(app, interviews, format, output, force=force))
    elif format == "markdown":
        _print_markdown(interviews)
    else:
        _print(WRITERS[cast(DataFormat, format)](interviews))
    if not interviews:
        say("no interviews yet; make notes of a memo with: dictate import FILE")


def _written(app: App, interviews: Sequence[InterviewShown], format: str, output: Path, *, force: bool) -> Exported:
    from dictate.review.exporting import write_file, write_folder

    if format == "markdown":
        return write_folder(interviews, app.db, output, force=force)
    return write_file(interviews, cast(DataFormat, format), output, force=force)


def _write_all(app: App, ids: tuple[int, ...], format: str, output: Path | None, *, force: bool) -> None:
    from dictate.review import anki, reminders
    from dictate.review.exporting import write_made

    if ids or not output:
        raise click.UsageError(f"{format} is one file of all interviews: name it with --output, and no interview")
    with app.keeping_store() as store:
        if format == "anki":
            content, count = anki.deck(store)
        else:
            content, count = reminders.due(store, datetime.now().astimezone())
    if not count:
        told = "no question has an answer yet" if format == "anki" else "nothing is due"
        raise InputError(f"{told}: no file is written")
    write_made(content, output, cast("Made", format), force=force)
    if app.json:
        emit_json({"files": [str(output)], "entries": count})
    else:
        click.echo(clean(str(output)))


def _print_markdown(interviews: Sequence[InterviewShown]) -> None:
    from dictate.review.markdown import as_markdown

    if len(interviews) > 1:
        raise InputError("markdown is one file for each interview: name a folder with --output, or one interview")
    for interview in interviews:
        _print(as_markdown(interview))


def _print(text: str) -> None:
    click.echo(encoded(clean(text) if is_terminal() else text), nl=False)


def _told(app: App, interviews: Sequence[InterviewShown], done: Exported) -> None:
    """What was done; a file that was left as it is, is not what was asked for."""
    for path in done.left:
        say(f"dictate: {path} is not as an export left it, and stays so: --force replaces it")
    if app.json:
        emit_json(
            {
                "interviews": len(interviews),
                "notes": sum(len(interview["notes"]) for interview in interviews),
                "files": [str(path) for path in done.files],
                "removed": [str(path) for path in done.removed],
                "left": [str(path) for path in done.left],
            }
        )
    else:
        for path in done.files:
            click.echo(clean(str(path)))
    if done.left:
        sys.exit(1)
