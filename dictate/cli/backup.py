"""``dictate backup`` and ``dictate restore``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app, yes_option
from dictate.cli.console import say
from dictate.errors import InputError


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--audio", is_flag=True, help="Also the kept recordings, to a folder beside FILE.")
@click.option("--force", is_flag=True, help="Replace FILE if it is there.")
@db_option
@json_option
@pass_app
def backup(app: App, file: Path | None, audio: bool, force: bool) -> None:
    """Copy the whole database to one file.

    To dictate-YYYY-MM-DD.db beside the database if no FILE (or folder) is named. The copy is checked before it gets
    its name, and can be made while dictate is at work.

    \b
    Examples:
      dictate backup
      dictate backup /media/stick/notes.db --audio
    """
    with app.store() as store:
        made = store.back_up(file, overwrite=force, with_audio=audio)
    for path in made.missing:
        say(f"dictate: not in the backup, for it is gone: {path}")
    if app.json:
        emit_json(
            {
                "path": str(made.path),
                "size_bytes": made.size_bytes,
                "interviews": made.interviews,
                "notes": made.notes,
                "recordings": made.recordings,
                "missing": [str(path) for path in made.missing],
            }
        )
    else:
        sound = "" if made.recordings is None else f", {_count(made.recordings, 'recording')}"
        size = f"{made.size_bytes / 1e6:.1f} MB"
        click.echo(f"{made.path}: {_count(made.interviews, 'interview')}, {_count(made.notes, 'note')}{sound}, {size}")
    if made.missing:
        sys.exit(1)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@yes_option
@db_option
@json_option
@pass_app
def restore(app: App, file: Path, assume_yes: bool) -> None:
    """Put a backup in the database's place.

    The backup is checked first. What it replaces is kept beside the database, under a name that is printed.
    Recordings that lie with the backup come back with it.

    \b
    Example: dictate restore dictate-2026-03-14.db
    """
    from dictate.store import ready

    with ready(file, app.db) as backup:
        if not assume_yes:
            if not sys.stdin.isatty():
                raise InputError(f"nothing restored; to restore without being asked: dictate restore {file} --yes")
            held = f"{_count(backup.interviews, 'interview')}, {_count(backup.notes, 'note')}"
            click.confirm(f"Put {file} ({held}) in the place of {app.db}?", abort=True, err=True)
        done = backup.put_in_place()
    if app.json:
        emit_json(
            {
                "path": str(done.path),
                "replaced": str(done.replaced) if done.replaced else None,
                "interviews": done.interviews,
                "notes": done.notes,
                "recordings": done.recordings,
                "missing": [str(path) for path in done.missing],
            }
        )
    else:
        click.echo(f"{done.path}: {_count(done.interviews, 'interview')}, {_count(done.notes, 'note')}")
        if done.replaced:
            say(f"what was there before is kept as {done.replaced}")
    if done.missing:
        say(f"{_count(len(done.missing), 'recording')} without audio, which is neither here nor with the backup")


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
