"""``dictate plan``: what to do better, and what the user decides about it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from dictate.cli.app import App, csv_option, db_option, emit_json, json_option, pass_app
from dictate.cli.console import day, print_table, say
from dictate.errors import InputError

if TYPE_CHECKING:
    from dictate.review.plan import PlanItem
    from dictate.store import Decision
    from dictate.store.decisions import State


class Day(click.ParamType[date]):
    """A day in ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write 2026-03-14", param, ctx)


@click.command()
@click.option("--done", type=int, multiple=True, metavar="NOTE", help="It is done; may be repeated.")
@click.option("--reopen", type=int, multiple=True, metavar="NOTE", help="It is to be done after all.")
@click.option("--drop", type=int, multiple=True, metavar="NOTE", help="It is not to be done.")
@click.option("--due", type=(int, Day()), multiple=True, metavar="NOTE DATE", help="The day by which it is to be done.")
@click.option("--line", type=(int, str), multiple=True, metavar="NOTE TEXT", help="What to do about a concern.")
@click.option("--all", "history", is_flag=True, help="Also what was done and dropped.")
@click.option("--company", metavar="NAME", help="Part of the company's name.")
@db_option
@json_option
@csv_option
@pass_app
def plan(
    app: App,
    done: tuple[int, ...],
    reopen: tuple[int, ...],
    drop: tuple[int, ...],
    due: tuple[tuple[int, date], ...],
    line: tuple[tuple[int, str], ...],
    history: bool,
    company: str | None,
) -> None:
    """List what to do better.

    Plans, and concerns that have no plan yet: no plan of that interview follows them or speaks of the same thing.
    Followups, which status shows, are settled in the same way.

    \b
    Examples:
      dictate plan
      dictate plan --due 12 2026-03-20
      dictate plan --line 14 "Bring the second pair of shoes"
      dictate plan --done 12
    """
    from dictate.review import plan as planning

    wanted = _decisions({"done": done, "open": reopen, "dropped": drop}, dict(due), dict(line))
    if wanted:
        with app.store(read_only=False) as store:
            _print(app, [planning.item(note) for note in store.decide(wanted)])
        return
    items = app.ask(lambda store: planning.plan(store, company=company, history=history))
    if items or app.json or app.csv:
        _print(app, list(items))
    else:
        say("nothing to do better is noted" if not history else "no plans yet")


def _decisions(states: dict[State, tuple[int, ...]], due: dict[int, date], line: dict[int, str]) -> dict[int, Decision]:
    from dictate.store import Decision

    decided: dict[int, State] = {}
    for state, notes in states.items():
        for note in notes:
            if decided.setdefault(note, state) != state:
                raise InputError(f"note {note} cannot be {decided[note]} and {state}: say one of them")
    return {note: Decision(decided.get(note), due.get(note), line.get(note)) for note in {**decided, **due, **line}}


def _print(app: App, items: list[PlanItem]) -> None:
    if app.json:
        emit_json(items)
        return
    titles = ("note", "interview", "company", "held", "state", "due", "kind", "text", "line")
    print_table(titles, [_row(one, raw=app.csv) for one in items], as_csv=app.csv)


def _row(one: PlanItem, *, raw: bool) -> list[object]:
    from dictate.review.plan import is_overdue

    due, kind = one["due"], one["kind"]
    if not raw and one["state"] == "open":
        due = f"{due} (overdue)" if is_overdue(due, date.today()) else due
        kind = "concern, no plan yet" if kind == "concern" and not one["line"] else kind
    return [
        one["note_id"], one["interview_id"], one["company"], day(one["held_at"]), one["state"], due, kind, one["text"],
        one["line"],
    ]  # fmt: skip
