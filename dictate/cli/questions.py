"""``dictate questions``: the questions of all interviews in families, and what the user puts right about those."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dictate.cli.app import App, emit_json, pass_app
from dictate.cli.console import clean, day, out, print_table, say
from dictate.cli.read import difficult_option, listing_options
from dictate.errors import NotFoundError

if TYPE_CHECKING:
    from dictate.review.families import Family
    from dictate.store import QuestionAsked


@click.command()
@click.option("--family", type=int, metavar="FAMILY", help="One family's questions, with what was answered.")
@click.option("--merge", type=(int, int), metavar="INTO OTHER", help="Two families are one question: make them one.")
@click.option("--split", type=int, metavar="NOTE", help="A question is not its family's: give it one of its own.")
@click.option("--group", metavar="FILE", help='Group the lines of a text file ("-": standard input); nothing is kept.')
@difficult_option
@listing_options
@pass_app
def questions(
    app: App,
    family: int | None,
    merge: tuple[int, int] | None,
    split: int | None,
    group: str | None,
    company: str | None,
    role: str | None,
    since: datetime | None,
    difficult: bool,
    limit: int | None,
) -> None:
    """List questions, those that came most often first.

    The same question in other words is one family. What --merge and --split put right stays so.

    \b
    Examples:
      dictate questions --difficult
      dictate questions --family 3
      dictate questions --merge 3 17
      dictate questions --split 204
      dictate questions --group lines.txt --json
    """
    if group is not None:
        _print_groups(app, _lines(group))
        return
    if merge is not None or split is not None:
        family = _corrected(app, merge, split)
    found = _families(app, company=company, role=role, since=since, difficult=difficult or None)
    if family is not None:
        found = [one for one in found if one.id == family]
        if not found:
            raise NotFoundError(f"no family {family}: `dictate questions` shows the numbers of those there are")
    found = found[:limit]
    if app.json:
        emit_json([{"family": one.id, "name": one.name, "questions": list(one.questions)} for one in found])
    elif app.csv:
        _print_csv(found)
    elif family is not None:
        _print_family(found[0])
    elif found:
        rows = [[one.id, len(one.questions), one.difficult or "", one.name] for one in found]
        print_table(("family", "asked", "difficult", "question"), rows)
    else:
        say("no questions yet")


def _families(app: App, **which: Any) -> list[Family]:
    from dictate.review.families import families

    if app.is_new():
        return []
    with app.keeping_store() as store:
        return families(store, **which)


def _corrected(app: App, merge: tuple[int, int] | None, split: int | None) -> int:
    """Do as the user says; returns the family that is shown afterwards."""
    from dictate.review import families

    with app.store(read_only=False) as store:
        if merge is not None:
            families.merge(store, *merge)
        return families.split(store, split) if split is not None else merge[0]  # type: ignore[index]


def _lines(name: str) -> list[str]:
    from dictate.pipeline.texts import decoded, read_text

    text = decoded(sys.stdin.buffer.read(), "standard input") if name == "-" else read_text(Path(name))
    return [line.strip() for line in text.splitlines() if line.strip()]


def _print_groups(app: App, lines: list[str]) -> None:
    from dictate.review.families import group_texts

    numbers = group_texts(lines)
    if app.json:
        emit_json([{"family": number, "text": line} for number, line in zip(numbers, lines, strict=True)])
    else:
        print_table(("family", "question"), list(zip(numbers, lines, strict=True)), as_csv=app.csv)


def _print_csv(found: list[Family]) -> None:
    rows = [[one.id, one.name, *_row(question)] for one in found for question in one.questions]
    titles = ("family", "name", "note", "interview", "company", "held", "difficult", "question", "answer")
    print_table(titles, rows, as_csv=True)


def _print_family(family: Family) -> None:
    out().print(clean(family.name), style="bold")
    titles = ("note", "interview", "company", "held", "difficult", "question", "answer")
    print_table(titles, [_row(question) for question in family.questions])


def _row(question: QuestionAsked) -> list[object]:
    return [
        question["note_id"],
        question["interview_id"],
        question["company"],
        day(question["held_at"]),
        "yes" if question["difficult"] else "",
        question["text"],
        " / ".join(answer["text"] for answer in question["answers"]),
    ]
