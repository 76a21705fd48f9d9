"""What every command says in the end: recordings that wait to be finished and, on a terminal, interviews to be told."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from dictate import paths
from dictate.cli.app import App
from dictate.cli.console import clock, say
from dictate.errors import DictateError

SILENT = ("recover", "completion")
TELLING = ("upcoming", "status", "record", None)  # that say themselves which interviews are untold, or end it
ASKING = {"--help", "-h", "--version"}


def remind(app: App, arguments: Sequence[str]) -> None:
    """Say in one line what has no notes yet; of interviews never with --json, or to a program."""
    if app.command in SILENT or ASKING & set(arguments):
        return
    tell_unfinished(app)
    if not app.json and app.command not in TELLING and sys.stderr.isatty():
        _interviews(app)


def tell_unfinished(app: App) -> None:
    """Say on stderr, once in a run, which recordings wait; the one that runs is none of them."""
    folder = paths.recordings_dir(app.db)
    if app.is_told or not os.path.isdir(folder):  # noqa: PTH112  # False too where it may not be looked at
        return
    with contextlib.suppress(OSError):  # nobody reads stderr, or a file may not be looked at
        _tell(app, folder)


def _tell(app: App, folder: Path) -> None:
    from dictate.capture.unfinished import unfinished

    places = unfinished(folder)
    app.is_told = bool(places)
    if len(places) == 1:
        place = places[0]
        length = f" of {clock(length_s)}" if (length_s := place.duration_s()) else ""
        say(f"dictate: a recording{length} ({place.journal.stem}) is not notes yet: {app.again('recover')}")
    elif places:
        say(f"dictate: {len(places)} recordings are not notes yet: {app.again('recover')}")


def _interviews(app: App) -> None:
    """Interviews that are over and not told."""
    if not app.db.is_file():
        return
    try:
        with app.store() as store:
            waiting = store.upcoming(states=("waiting",))
    except DictateError:
        return  # the command itself has said what is wrong with the database
    if len(waiting) == 1:
        (one,) = waiting
        name = f" at {one['company']}" if one["company"] else ""
        told = f"the interview{name} ended {_ago(one['ends_at'])} and is not told"
        say(f"dictate: {told}: dictate record (or: dictate upcoming --dismiss {one['id']})")
    elif waiting:
        say(f"dictate: {len(waiting)} interviews are over and not told: dictate upcoming")


def _ago(moment: str) -> str:
    minutes = int((datetime.now().astimezone() - datetime.fromisoformat(moment)).total_seconds() / 60)
    if minutes < 120:
        return f"{minutes} minute{'s' * (minutes != 1)} ago"
    hours = minutes // 60
    return f"{hours} hours ago" if hours < 48 else f"{hours // 24} days ago"
