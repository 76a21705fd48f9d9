"""``dictate status``: what is due, each line with the command to run next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from dictate import paths
from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import clean, clock, day, out

if TYPE_CHECKING:
    from dictate.review.status import Difficult, Status

MOST = 5  # lines of one section


@click.command("status")
@db_option
@json_option
@pass_app
def status_command(app: App) -> None:
    """Show what is due.

    Recordings that are not notes yet, interviews without a debrief, letters not sent within a day, followups and plans
    that are open, interviews without an outcome after two weeks, and the questions that were most often difficult. Each
    line ends with the command to run next.

    \b
    Examples:
      dictate status
      dictate status --json
    """
    show_status(app)


def show_status(app: App) -> None:
    from rich.text import Text

    from dictate.review.status import nothing, status

    if app.is_new():
        found = nothing()
    else:
        with app.keeping_store() as store:
            found = status(store, datetime.now().astimezone())
    waiting = _waiting(app)
    if app.json:
        emit_json({**found, "unfinished": waiting})
        return
    console = out()
    for title, lines in _sections(app, found, waiting):
        console.print(Text(title, style="bold cyan"))
        for line in lines:
            console.print(Text(f"  {clean(line)}"))


def _waiting(app: App) -> list[dict[str, Any]]:
    """Recordings that were never finished."""
    from dictate.capture.unfinished import unfinished
    from dictate.capture.waiting import listed

    found = [listed(place) for place in unfinished(paths.recordings_dir(app.db))]
    return [asdict(one) | {"path": str(one.path), "next": app.again("recover")} for one in found]


def _sections(app: App, found: Status, waiting: list[dict[str, Any]]) -> Iterator[tuple[str, Sequence[str]]]:
    """Titles with their lines; what is empty is left out, and if all is, that is said."""
    unfinished = _some([_unfinished(one) for one in waiting], app.again("recover --list"))
    sections = [
        ("Recordings that are not notes yet", unfinished),
        ("Interviews without a debrief", _some([_untold(one) for one in found["untold"]], "dictate upcoming")),
        ("Letters not sent", _some([_letter(one) for one in found["letters"]], "dictate status --json")),
        ("Followups", _some([_followup(one) for one in found["followups"]], "dictate status --json")),
        ("To do better", _some([_plan(one) for one in found["plans"]], "dictate plan")),
        ("No outcome yet", _some([_outcome(one) for one in found["outcomes"]], "dictate status --json")),
    ]
    due = [(title, lines) for title, lines in sections if lines]
    yield from due or [("Nothing is due", ["add a debrief with: dictate import FILE"])]
    yield "Difficult questions", list(_difficult(found["difficult"]))


def _some(lines: list[str], more: str) -> list[str]:
    rest = len(lines) - MOST
    return lines if rest <= 0 else [*lines[:MOST], f"and {rest} more: {more}"]


def _about(one: Any) -> str:
    """Which interview: its number, the company and the day."""
    return " · ".join(filter(None, (f"interview {one['interview_id']}", one["company"], day(one["held_at"]))))


def _unfinished(one: dict[str, Any]) -> str:
    started = datetime.fromisoformat(one["started_at"])
    length = clock(one["duration_s"]) or "length unknown"
    about = " · ".join(filter(None, (f"{started:%Y-%m-%d %H:%M}", length, one["company"], one["role"])))
    return f"{about}: {one['next']}"


def _untold(one: Any) -> str:
    ended = datetime.fromisoformat(one["ended_at"]).astimezone()
    about = " · ".join(filter(None, (one["company"] or one["title"], one["role"])))
    return f"{about or 'an interview'}, over since {ended:%Y-%m-%d %H:%M}: {one['next']}"


def _letter(one: Any) -> str:
    people = ", ".join(filter(None, one["to"]))
    whom = f" to {people}" if people else ""
    return f"{_about(one)}: no letter{whom} after {_days(one['days'])}: {one['next']}"


def _followup(one: Any) -> str:
    due = f" (due {one['due']}{', overdue' if one['overdue'] else ''})" if one["due"] else ""
    owed = "you owe: " if one["owed"] else ""
    return f"[{one['note_ids'][0]}] {_about(one)}: {owed}{one['text']}{due}: {one['next']}"


def _plan(one: Any) -> str:
    from dictate.review.plan import worded

    due = f" (due {one['due']}{', overdue' if one['overdue'] else ''})" if one["due"] else ""
    return f"[{one['note_id']}] {_about(one)}: {worded(one)}{due}: {one['next']}"


def _outcome(one: Any) -> str:
    return f"{_about(one)}: nothing noted after {_days(one['days'])}: {one['next']}"


def _days(count: int) -> str:
    return f"{count} day{'s' * (count != 1)}"


def _difficult(found: Difficult) -> Iterator[str]:
    count = found["interviews"]
    told = f"{count} interview{'s' * (count != 1)} with questions"
    if not found["enough"]:
        yield f"too little to go on: {told}, three are the least: dictate import FILE"
        return
    for one in found["questions"][:MOST]:
        notes = ", ".join(map(str, one["note_ids"]))
        yield f"{one['text']} (difficult in {one['times']} of {count} interviews; notes {notes}): {one['next']}"
    if found["difficult"] and not found["questions"]:
        yield f"{found['difficult']} in {told}, no question in two of them: dictate questions --difficult"
    if not found["difficult"]:
        yield f"none in {told}: dictate questions"
