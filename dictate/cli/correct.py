"""The commands that correct: ``edit``, ``relabel``, ``undo``, ``assign``, ``merge``, ``delete``, ``outcome``."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app, yes_option
from dictate.cli.console import clean, say
from dictate.errors import InputError
from dictate.records import KINDS, OUTCOMES

if TYPE_CHECKING:
    from dictate.store.shapes import NoteShown


@click.command()
@click.argument("note", type=int)
@click.argument("text", nargs=-1)
@db_option
@json_option
@pass_app
def edit(app: App, note: int, text: tuple[str, ...]) -> None:
    """Change the words of a note.

    To TEXT, to what is on standard input ("-"), or in your editor. What was heard is kept: see undo.

    \b
    Examples:
      dictate edit 12 "She asked how I would shard the ledger."
      dictate edit 12
    """
    with app.store(read_only=False) as store:
        before = store.note(note)["text"]
        words = " ".join(text) if text else _edited(before)
        if words == "-":
            words = sys.stdin.read()
        _told(app, store.edit(note, words))


def _edited(before: str) -> str:
    """The text as it comes back from the user's editor."""
    if not sys.stdin.isatty():
        raise InputError('say the new words: dictate edit NOTE "words", or - for standard input')
    after = click.edit(before)
    if after is None:
        raise InputError("nothing was changed in the editor; the note stays as it was")
    return after


@click.command()
@click.argument("note", type=int)
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--number", type=click.IntRange(min=1), help="The question's or ask's number.")
@click.option("--difficult/--not-difficult", default=None, help="Of a question: whether it gave trouble.")
@db_option
@json_option
@pass_app
def relabel(app: App, note: int, kind: str, number: int | None, difficult: bool | None) -> None:
    """Change the kind of a note.

    Also its question's number, or whether the question was difficult.

    \b
    Examples:
      dictate relabel 12 concern
      dictate relabel 14 answer --number 3
    """
    with app.store(read_only=False) as store:
        _told(app, store.relabel(note, kind, number=number, difficult=difficult))  # type: ignore[arg-type]


@click.command()
@click.argument("note", type=int)
@db_option
@json_option
@pass_app
def undo(app: App, note: int) -> None:
    """Take back the last correction.

    \b
    Example: dictate undo 12
    """
    with app.store(read_only=False) as store:
        _told(app, store.undo(note))


def _told(app: App, note: NoteShown) -> None:
    if app.json:
        emit_json(note)
    else:
        number = f" {note['number']}" if note["number"] else ""
        difficult = " (difficult)" if note["difficult"] else ""
        click.echo(f"[{note['id']}] {note['kind']}{number}{difficult}: {clean(note['text'])}")


@click.command()
@click.argument("recording", type=int)
@click.argument("interview", required=False, type=int)
@db_option
@json_option
@pass_app
def assign(app: App, recording: int, interview: int | None) -> None:
    """Move a recording to another interview.

    Without INTERVIEW it gets a new one of its own.

    \b
    Examples:
      dictate assign 4 2
      dictate assign 4
    """
    with app.store(read_only=False) as store:
        now = store.assign(recording, interview)
    if app.json:
        emit_json({"recording_id": recording, "interview_id": now})
    else:
        click.echo(f"recording {recording} belongs to interview {now}")


@click.command()
@click.argument("into", type=int)
@click.argument("other", type=int)
@db_option
@json_option
@pass_app
def merge(app: App, into: int, other: int) -> None:
    """Make one interview of two.

    The recordings and notes of OTHER come to INTO.

    \b
    Example: dictate merge 3 4
    """
    with app.store(read_only=False) as store:
        store.merge(into, other)
    if app.json:
        emit_json({"interview_id": into})
    else:
        click.echo(f"interview {other} is now part of interview {into}")


@click.command()
@click.argument("id", type=int)
@yes_option
@db_option
@json_option
@pass_app
def delete(app: App, id: int, assume_yes: bool) -> None:
    """Delete an interview and its notes.

    Transcripts and the copies of audio that dictate keeps go too. The files that were imported stay where they are.

    \b
    Example: dictate delete 3
    """
    with app.store(read_only=False) as store:
        shown = store.show(id)
        name = " · ".join(part for part in (shown["company"], shown["role"]) if part) or "no name"
        question = f"Delete interview {id} ({clean(name)}) with {len(shown['notes'])} notes?"
        if not assume_yes:
            if not sys.stdin.isatty():
                raise InputError(f"nothing deleted; to delete without being asked: dictate delete {id} --yes")
            click.confirm(question, abort=True, err=True)
        gone = store.delete(id)
    for file in gone.files:
        with contextlib.suppress(FileNotFoundError):
            file.unlink()
    if app.json:
        emit_json({"recordings": gone.recordings, "notes": gone.notes})
    else:
        say(f"deleted {gone.notes} notes of {gone.recordings} recording{'s' * (gone.recordings != 1)}")


@click.command()
@click.argument("id", type=int)
@click.argument("outcome", required=False, type=click.Choice(OUTCOMES))
@click.option("--clear", is_flag=True, help="Take back what was said of it.")
@db_option
@json_option
@pass_app
def outcome(app: App, id: int, outcome: str | None, clear: bool) -> None:
    """Say what became of an interview.

    Without a word, print what was said of it.

    \b
    Examples:
      dictate outcome 3 advanced
      dictate outcome 3
    """
    if outcome and clear:
        raise click.UsageError("--clear takes the outcome back: give one or the other")
    if outcome or clear:
        with app.store(read_only=False) as store:
            now = store.set_outcome(id, outcome)["outcome"]  # type: ignore[arg-type]
    else:
        with app.store() as store:
            now = store.show(id)["outcome"]
    if app.json:
        emit_json({"interview_id": id, "outcome": now})
    else:
        click.echo(f"interview {id}: {now or 'no outcome'}")
