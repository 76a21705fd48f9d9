"""``dictate recover``: recordings that were never finished become notes."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from dictate import paths
from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import clock, print_table, say
from dictate.cli.hearing import Hearing, Listener, hearing_options
from dictate.cli.importing import Labeller, as_json, ended
from dictate.errors import InputError

if TYPE_CHECKING:
    from dictate.capture.unfinished import Place


@click.command()
@click.option("--list", "only_list", is_flag=True, help="List them, and make no notes.")
@click.option("--discard", is_flag=True, help="Throw them away instead, each after a question.")
@hearing_options
@db_option
@json_option
@pass_app
def recover(app: App, only_list: bool, discard: bool, hearing: Hearing) -> None:
    """Make notes of recordings that were never finished.

    After a power cut, a crash, or when notes could not be made. A second run makes no second copy. Of an answer that
    was practised the sound is kept.

    \b
    Examples:
      dictate recover
      dictate recover --list --json
    """
    from dictate.capture.unfinished import unfinished

    places = unfinished(paths.recordings_dir(app.db))
    if not places and not app.json:
        say("dictate: every recording is finished")
    if only_list:
        _list(app, places)
    elif discard:
        _discard(places, assume_yes=hearing.assume_yes)
    elif places or app.json:
        _recover(app, places, hearing)


def _list(app: App, places: list[Place]) -> None:
    from dictate.capture.waiting import listed

    found = [listed(place) for place in places]
    if app.json:
        emit_json([asdict(one) | {"path": str(one.path)} for one in found])
    elif found:
        rows = [[one.started_at, clock(one.duration_s), one.company, one.role, one.path] for one in found]
        print_table(("started", "length", "company", "role", "path"), rows)


def _discard(places: list[Place], *, assume_yes: bool) -> None:
    from dictate.pipeline.live import mine

    if places and not assume_yes and not sys.stdin.isatty():
        raise InputError("--discard asks before it throws a recording away; without a terminal say --yes too")
    for place in places:
        with mine(place) as free:
            told = f"{place.journal.stem} ({clock(place.duration_s()) or 'length unknown'})"
            if free and (assume_yes or click.confirm(f"Throw away the recording of {told}?", err=True)):
                place.remove()
                say(f"dictate: {told} is thrown away")


def _recover(app: App, places: list[Place], hearing: Hearing) -> None:
    from dictate.pipeline import live
    from dictate.pipeline.recording import Steps
    from dictate.pipeline.results import Report
    from dictate.pipeline.sources import Sources

    report = Report()
    if places:
        listener = Listener(hearing)
        steps = Steps(listener.hear, Labeller(), listener.hear_on)
        with app.store(create=True) as store:
            for result in live.recover(places, steps, store):
                report.results.append(result)
                ended(app, result)
    if app.json:
        emit_json(as_json(Sources(()), report))
    if report.of("failed"):
        sys.exit(1)
