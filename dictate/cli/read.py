"""The commands that read: ``list``, ``show``, ``search``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dictate.cli.app import App, csv_option, db_option, emit_json, json_option, pass_app
from dictate.cli.console import clean, day, is_terminal, out, print_table, say
from dictate.cli.importing import Moment
from dictate.records import KINDS

if TYPE_CHECKING:
    from dictate.store.shapes import NoteFound

F = TypeVar("F", bound=Callable[..., Any])


def listing_options(command: F) -> F:
    """Which interviews, how many, from which database and in what form: what every list takes."""
    for option in reversed(
        (
            click.option("--company", metavar="NAME", help="Part of the company's name."),
            click.option("--role", metavar="NAME", help="Part of the role's name."),
            click.option("--since", type=Moment(), metavar="DATE", help="Interviews from this day on."),
            click.option("--limit", "-n", type=click.IntRange(min=1), metavar="N", help="At most N, the newest."),
            db_option,
            json_option,
            csv_option,
        )
    ):
        command = option(command)
    return command


difficult_option = click.option("--difficult", is_flag=True, help="Difficult questions alone.")


@click.command("list")
@listing_options
@pass_app
def list_command(app: App, company: str | None, role: str | None, since: datetime | None, limit: int | None) -> None:
    """List interviews, the newest first.

    The ids are those by which other commands know them.

    \b
    Examples:
      dictate list
      dictate list --company north --since 2026-01-01 --json
    """
    found = app.ask(lambda store: store.list(company=company, role=role, since=since, limit=limit))
    if app.json:
        emit_json(found)
        return
    if not found and not app.csv:
        say(
            "no such interviews"
            if company or role or since
            else "no interviews yet; make notes of a memo with: dictate import FILE"
        )
        return
    keys = ("company", "role", "round")
    rows = [
        [
            one["id"],
            day(one["held_at"]),
            *(one[key] for key in keys),  # type: ignore[literal-required]
            one["outcome"],
            one["questions"],
            one["difficult"],
            one["notes"],
        ]
        for one in found
    ]
    titles = ("id", "held", "company", "role", "round", "outcome", "questions", "difficult", "notes")
    print_table(titles, rows, as_csv=app.csv)


@click.command()
@click.argument("id", type=int)
@click.option("--asides", is_flag=True, help="Also what was said beside the matter.")
@click.option("--transcript", is_flag=True, help="The transcripts instead of the notes.")
@db_option
@json_option
@pass_app
def show(app: App, id: int, asides: bool, transcript: bool) -> None:
    """Show the notes of an interview.

    Each question with its answer under it, then feelings, concerns, strengths, plans and the rest.

    \b
    Examples:
      dictate show 1
      dictate show 1 --json
    """
    from dictate.cli.page import print_interview

    with app.store() as store:
        shown = store.show(id)
    if app.json:
        emit_json(shown)
    elif transcript:
        click.echo("\n\n".join(clean(recording["transcript"]) for recording in shown["recordings"]))
    else:
        print_interview(shown, asides=asides)


@click.command()
@click.argument("query", nargs=-1, required=True)
@click.option("--kind", type=click.Choice(KINDS), help="Notes of this kind alone.")
@difficult_option
@listing_options
@pass_app
def search(
    app: App,
    query: tuple[str, ...],
    kind: str | None,
    company: str | None,
    role: str | None,
    since: datetime | None,
    difficult: bool,
    limit: int | None,
) -> None:
    """Search all notes, the best match first.

    A query is words, "phrases" and beginnings of words (watermark*).

    \b
    Examples:
      dictate search salary
      dictate search '"tell me about" yourself' --kind question --difficult
    """
    found = app.ask(
        lambda store: store.search(
            " ".join(query),
            kind=kind or (),  # type: ignore[arg-type]
            company=company,
            role=role,
            since=since,
            difficult=difficult or None,
            limit=limit,
        )
    )
    if app.json:
        emit_json(found)
    elif app.csv or not is_terminal():
        rows = [[n["id"], n["interview_id"], n["company"], day(n["held_at"]), n["kind"], n["text"]] for n in found]
        print_table(("note", "interview", "company", "held", "kind", "text"), rows, as_csv=app.csv)
    else:
        for note in found:
            _print_found(note)
    if not found:
        say("nothing found")


def _print_found(note: NoteFound) -> None:
    """One hit: where it is from, then the note with what matched in bold."""
    from rich.text import Text

    place = " · ".join(part for part in (note["company"], note["role"], day(note["held_at"]), note["kind"]) if part)
    text = Text(note["text"])
    for start, end in note["highlights"]:
        text.stylize("bold yellow", start, end)
    console = out()
    console.print(Text(f"[{note['id']}] interview {note['interview_id']} · {clean(place)}", style="dim"))
    console.print(text)
