"""``dictate upcoming``: interviews in the calendar, so that none goes untold."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dictate.cli.app import App, csv_option, db_option, emit_json, json_option, pass_app
from dictate.cli.console import print_table, say
from dictate.cli.importing import Moment
from dictate.errors import InputError
from dictate.records import Interview, Upcoming

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dictate.store import Store, UpcomingShown

STATES = ("waiting", "coming", "told", "dismissed")


class At(Moment):
    """A moment; a time alone is today's."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return datetime.combine(datetime.now().date(), time.fromisoformat(value)).astimezone()
        except (TypeError, ValueError):
            return super().convert(value, param, ctx)


@click.command()
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path), metavar="[FILE.ics]")
@click.option("--at", type=At(), metavar="TIME", help="When one begins: 14:30 (today), or 2026-03-14T14:30.")
@click.option("--minutes", type=click.IntRange(1, 1440), default=60, metavar="N", help="How long; default 60.")
@click.option("--company", help="Who interviews.")
@click.option("--role", help="The job.")
@click.option("--round", help='Such as "second" or "phone screen".')
@click.option("--interviewer", "interviewers", multiple=True, help="A name; may be repeated.")
@click.option("--dismiss", type=int, multiple=True, metavar="N", help="You will not tell of it; may be repeated.")
@click.option(
    "--ics", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write reminders to import."
)
@click.option("--force", is_flag=True, help="With --ics: replace a file that is no calendar of dictate's.")
@click.option("--all", "everything", is_flag=True, help="Also those that are told or dismissed.")
@db_option
@json_option
@csv_option
@pass_app
def upcoming(
    app: App,
    /,
    file: Path | None,
    at: datetime | None,
    minutes: int,
    dismiss: tuple[int, ...],
    ics: Path | None,
    force: bool,
    everything: bool,
    **facts: Any,
) -> None:
    """Be reminded of interviews once they are over.

    FILE is a calendar (.ics) or an invitation; of a calendar those events are taken whose titles speak of an interview.
    Once one is over, every run of dictate on a terminal says so until its debrief is recorded or it is dismissed; the
    debrief takes its company, role and time from here. --ics writes reminders for the minute after the end.

    \b
    Examples:
      dictate upcoming --at 14:30 --company Northwind --role "data engineer"
      dictate upcoming invitation.ics --ics reminders.ics
      dictate upcoming --dismiss 3
    """
    from dictate.review import reminders
    from dictate.review.made import refuse_others

    if ics:
        refuse_others(ics, "ics", force=force)  # before anything is changed
    given, now = Interview(**facts), datetime.now().astimezone()
    if not file and not at and any(facts.values()):
        raise click.UsageError("say when it is with --at TIME, or name a calendar file")
    entries, cancelled = _entries(file, at, minutes, given, now)
    changes = bool(entries or cancelled or dismiss)
    found: Sequence[UpcomingShown] = []
    if changes or ics or not app.is_new():
        with app.store(create=bool(entries), read_only=not changes) as store:
            _keep(store, entries, cancelled, dismiss)
            found = store.upcoming(states=STATES if everything else STATES[:2])
            if ics:
                reminders.write(ics, reminders.debriefs(store.upcoming(), store.path, now))
                say(f"reminders are in {ics}: import it into your calendar")
    _print(app, found)


def _keep(store: Store, entries: Sequence[Upcoming], cancelled: Sequence[str], dismissed: Sequence[int]) -> None:
    if cancelled:
        store.forget(cancelled)
    if entries:
        store.expect(entries)
    if dismissed:
        store.dismiss(dismissed)


def _entries(
    file: Path | None, at: datetime | None, minutes: int, given: Interview, now: datetime
) -> tuple[Sequence[Upcoming], Sequence[str]]:
    if at and file:
        raise click.UsageError("name a file or a time with --at, not both")
    if at:
        about = Interview(given.company, given.role, given.round, at, given.interviewers)
        return [Upcoming(about, at + timedelta(minutes=minutes))], ()
    if not file:
        return (), ()
    from dictate.review import calendar

    read = calendar.read(file, now)
    left = [
        (read.others, "no interviews by their titles"),
        (read.over, "over for more than three days"),
        (read.untimed, "without a time of day"),
        (len(read.cancelled), "cancelled"),
    ]
    told = ", ".join(f"{count} {why}" for count, why in left if count)
    if told:
        say(f"left out: {told}")
    if not read.entries and not read.cancelled:
        raise InputError(f"{file} holds no interview that is to come: give the time with --at")
    return calendar.filled(read.entries, given), read.cancelled


def _print(app: App, found: Sequence[UpcomingShown]) -> None:
    if app.json:
        emit_json(list(found))
        return
    if not found and not app.csv:
        say("no interviews are to come; tell of one with: dictate upcoming --at TIME --company NAME")
        return
    titles = ("id", "begins", "ends", "company", "role", "round", "with", "state")
    print_table(titles, [_row(one) for one in found], as_csv=app.csv)


def _row(one: UpcomingShown) -> list[object]:
    begins, ends = (datetime.fromisoformat(one[key]).astimezone() for key in ("starts_at", "ends_at"))
    names = ", ".join(one["interviewers"])
    name = one["company"] or one["title"]
    state = {"waiting": "over, not told: dictate record", "told": f"told: dictate show {one['interview_id']}"}
    return [
        one["id"], f"{begins:%Y-%m-%d %H:%M}", f"{ends:%H:%M}", name, one["role"], one["round"], names,
        state.get(one["state"], one["state"]),
    ]  # fmt: skip
