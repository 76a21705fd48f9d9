"""``dictate practise``: due questions, answered aloud, beside the better answer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import clean, say
from dictate.cli.hearing import Hearing, Listener, hearing_options

if TYPE_CHECKING:
    from dictate.review.beside import Beside
    from dictate.review.practice import Due, Practised


@click.command()
@click.option("--type", "typed", is_flag=True, help="Type the answers: one line each.")
@click.option("--all", "early", is_flag=True, help="Also questions that are not due yet.")
@click.option("--list", "only_list", is_flag=True, help="Show what is due, and ask nothing.")
@click.option("--limit", "-n", type=click.IntRange(min=1), metavar="N", help="At most N questions.")
@click.option("--device", metavar="NAME|NUMBER", help="Part of a microphone's name, or its number.")
@hearing_options
@db_option
@json_option
@pass_app
def practise(
    app: App,
    typed: bool,
    early: bool,
    only_list: bool,
    limit: int | None,
    device: str | None,
    hearing: Hearing,
) -> None:
    """Practise the questions that you have better answers for.

    Each due question is asked; you answer aloud (Enter finishes), and see your answer beside the better one, with what
    was left out. How it went says when the question comes again: in minutes, days or weeks.

    \b
    Examples:
      dictate practise
      dictate practise --type --limit 3
      dictate practise --list
    """
    from dictate.cli.answering import speak
    from dictate.review import practice
    from dictate.review.beside import beside

    if app.is_new():
        _nothing(app, any_revised=False)
        return
    with app.store(read_only=False) as store:
        due = practice.due(store, datetime.now().astimezone(), early=early)[:limit]
        if only_list or not due:
            _list(app, due, any_revised=bool(store.revisions()))
            return
        listener = Listener(hearing)
        done: list[Practised] = []
        for question in due:
            say(f"{question['name']}  [family {question['family']}]")
            answer = _typed() if typed else speak(app, listener, device)
            if answer is None:
                break
            told = beside(question["revised"], answer[0])
            tell = say if app.json else _print
            _compare(question, answer[0], told, tell)
            words, audio = answer
            rating, now = _rating(told), datetime.now().astimezone()
            done.append(practice.practised(store, question, words, audio, rating, now))
            tell(f"  rated {done[-1]['rating']}; comes again {_moment(done[-1]['due'])}")
    if app.json:
        emit_json(done)


def _typed() -> tuple[str, None] | None:
    """A line; None where there are no more."""
    if sys.stdin.isatty():
        say("your answer (Enter ends it; nothing ends the practice):")
    line = sys.stdin.readline().strip()
    return (line, None) if line else None


def _compare(question: Due, answer: str, told: Beside, tell: Callable[[str], None]) -> None:
    tell(f"  you:    {answer}")
    tell(f"  better: {question['revised']}")
    said = len(told.points) - len(told.left_out)
    tell(f"  said: {said} of {len(told.points)} points" + ("; left out:" if told.left_out else ""))
    for point in told.left_out:
        tell(f"    - {point}")


def _print(line: str) -> None:
    click.echo(clean(line))


def _rating(told: Beside) -> int:
    """Asked on a terminal; else by what was left out."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return told.suggested
    chosen: int = click.prompt(
        "how was it? 1 again, 2 hard, 3 good, 4 easy", type=click.IntRange(1, 4), default=told.suggested, err=True
    )
    return chosen


def _moment(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone().strftime("%Y-%m-%d %H:%M")


def _list(app: App, due: list[Due], *, any_revised: bool) -> None:
    if not due:
        _nothing(app, any_revised=any_revised)
    elif app.json:
        emit_json(due)
    else:
        for one in due:
            when = f"due {_moment(one['due'])}" if one["due"] else "never practised"
            click.echo(clean(f"{one['name']}  [family {one['family']}]  {when}"))


def _nothing(app: App, *, any_revised: bool) -> None:
    if app.json:
        emit_json([])
    elif any_revised:
        say("nothing is due; practise ahead with: dictate practise --all")
    else:
        say("no better answers to practise yet; keep one with: dictate revise FAMILY")
