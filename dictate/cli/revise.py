"""``dictate revise``: better answers, in versions."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import clean, say
from dictate.cli.hearing import Hearing, Listener, hearing_options
from dictate.errors import InputError

if TYPE_CHECKING:
    from dictate.review.practice import Revisions


@click.command()
@click.argument("question", type=int, required=False, metavar="FAMILY")
@click.option("--note", "is_note", is_flag=True, help="The number is that of a note of the question.")
@click.option("--text", metavar="TEXT", help='The better answer; "-" is standard input.')
@click.option("--speak", is_flag=True, help="Speak it; Enter finishes.")
@click.option("--list", "only_list", is_flag=True, help="Show the versions there are, of one question or of all.")
@click.option("--device", metavar="NAME|NUMBER", help="With --speak: part of a microphone's name, or its number.")
@hearing_options
@db_option
@json_option
@pass_app
def revise(
    app: App,
    question: int | None,
    is_note: bool,
    text: str | None,
    speak: bool,
    only_list: bool,
    device: str | None,
    hearing: Hearing,
) -> None:
    """Keep a better answer to a question, in versions.

    FAMILY is the question's number, which review and questions print. The answer is written in your editor, given as
    text or spoken; older versions stay. What is revised comes up in practise and prepare.

    \b
    Examples:
      dictate revise 3
      dictate revise 3 --text "I used to take on too much; now I plan the week with my lead."
      dictate revise 12 --note --speak
      dictate revise --list
    """
    from dictate.review import practice

    if only_list and question is None:
        _list(app, [] if app.is_new() else _all(app))
        return
    if question is None:
        raise click.UsageError("name a question, as review and questions number them, or give --list")
    if text is not None and speak:
        raise click.UsageError("--text and --speak are two ways: choose one")
    with app.keeping_store() as store:
        note = practice.question_note(store, question, is_note=is_note)
        if not only_list:
            before = practice.revisions_of(store, note)
            words = _spoken(app, hearing, device) if speak else _written(before, text)
            store.revise(note, words, spoken=speak)
        found = practice.revisions_of(store, note)
    if only_list:
        _list(app, [found])
    elif app.json:
        emit_json(found)
    else:
        count = len(found["versions"])
        click.echo(clean(f"{found['name']}: version {count} is kept (dictate practise asks for it)"))


def _all(app: App) -> list[Revisions]:
    from dictate.review import practice

    with app.keeping_store() as store:
        return practice.revisions(store)


def _written(before: Revisions, text: str | None) -> str:
    """The better answer as it is given, or as it comes back from the user's editor."""
    if text == "-" or (text is None and not sys.stdin.isatty()):
        return sys.stdin.read()
    if text is not None:
        return text
    newest = before["versions"][-1]["text"] if before["versions"] else ""
    after = click.edit(f"{newest}\n")
    if after is None:
        raise InputError("nothing was written in the editor; no version is kept")
    return after


def _spoken(app: App, hearing: Hearing, device: str | None) -> str:
    from dictate.cli.answering import speak

    words, _ = speak(app, Listener(hearing), device)
    return words


def _list(app: App, found: list[Revisions]) -> None:
    from dictate.review.days import day_here

    if app.json:
        emit_json(found)
        return
    for one in found:
        number = f"family {one['family']}" if one["family"] is not None else "its interview was deleted"
        click.echo(clean(f"{one['name']}  [{number}]"))
        for version in one["versions"]:
            how = ", spoken" if version["spoken"] else ""
            click.echo(clean(f"  version {version['version']}, {day_here(version['made_at'])}{how}: {version['text']}"))
    if not any(one["versions"] for one in found):
        say("no better answers yet; keep one with: dictate revise FAMILY")
