"""``dictate review``: what all interviews together tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import print_sections
from dictate.cli.importing import Moment
from dictate.errors import NotFoundError

if TYPE_CHECKING:
    from dictate.review.foresight import Named, Prepared
    from dictate.review.overview import Review
    from dictate.review.recurring import Given, Recurring
    from dictate.review.speaking import Spoken
    from dictate.review.themes import Theme

ANSWERS = 4  # the newest of a question, unless it is asked for
THEMES = 6
NOTES = 8  # ids on one line


@click.command()
@click.argument("question", type=int, required=False, metavar="[FAMILY]")
@click.option("--note", "is_note", is_flag=True, help="The number is that of a note of the question.")
@click.option("--company", metavar="NAME", help="Part of the company's name.")
@click.option("--role", metavar="NAME", help="Part of the role's name.")
@click.option("--since", type=Moment(), metavar="DATE", help="Interviews from this day on.")
@click.option("--limit", "-n", type=click.IntRange(min=1), default=5, metavar="N", help="Questions; default 5.")
@db_option
@json_option
@pass_app
def review(
    app: App,
    question: int | None,
    is_note: bool,
    company: str | None,
    role: str | None,
    since: datetime | None,
    limit: int,
) -> None:
    """See across interviews where it goes wrong.

    Questions that come again, the difficult ones first, with your answers from the oldest to the newest; how it felt
    against what became of it; what was prepared against what was asked; how you spoke; what comes back. Every line
    says what it is counted from. With FAMILY, a question's number: all answers to that one. --company, --role and
    --since leave out other interviews.

    \b
    Examples:
      dictate review
      dictate review 3
      dictate review --since 2026-01-01 --json
    """
    from dictate.review import overview

    if question is not None:
        _one(app, question, is_note=is_note, company=company, role=role, since=since)
        return
    with app.keeping_store() as store:
        found = overview.review(store, company=company, role=role, since=since, most=limit)
    if app.json:
        emit_json(found)
    elif not found["enough"]:
        click.echo(found["says"])
    else:
        print_sections(_sections(found))


def _one(app: App, question: int, *, is_note: bool, **only: Any) -> None:
    from dictate.review.overview import one_question

    with app.keeping_store() as store:
        found = one_question(store, question, is_note=is_note, **only)
    if found is None:
        what = "note of a question" if is_note else "family"
        where = " in those interviews" if any(only.values()) else ""
        raise NotFoundError(f"no {what} {question}{where}: `dictate review` and `dictate questions` print the numbers")
    if app.json:
        emit_json(found)
    else:
        print_sections([(f"{found['name']}  [family {found['family']}]", [*_answers(found, len(found["given"]))])])


def _sections(found: Review) -> Iterator[tuple[str, Sequence[str]]]:
    yield "What there is", [found["says"]]
    yield "Questions that come again", [*_questions(found)]
    sections = [
        ("How it felt, and what became of it", [*_felt(found)]),
        ("Prepared and asked", [*_prepared(found["prepared"])]),
        ("Revised answers", [f"[family {one['family']}] {one['name']}: {one['says']}" for one in found["revised"]]),
        ("How you spoke (of the newest interviews)", [*_spoken(found)]),
        ("Concerns that come back", [*_themes(found["concerns"])]),
        ("Strengths that come back: repeat them", [*_themes(found["strengths"])]),
    ]
    yield from ((title, lines) for title, lines in sections if lines)


def _questions(found: Review) -> Iterator[str]:
    count = found["base"]["with_questions"]
    if not found["questions"]:
        yield f"none yet in {count} interview{'s' * (count != 1)} with questions: dictate questions lists all"
    for place, one in enumerate(found["questions"], start=1):
        yield f"{place}. {one['name']}  [family {one['family']}]"
        yield from (f"   {line}" for line in _answers(one, ANSWERS))
        if one["difficult"]:
            yield f"   a better answer: dictate revise {one['family']}"


def _answers(one: Recurring, most: int) -> Iterator[str]:
    yield f"{one['says']}"
    left = one["interviews"] - min(most, len(one["given"]))
    if left > 0:
        yield f"{left} earlier: dictate review {one['family']}"
    yield from (_given(given) for given in one["given"][-most:])


def _given(given: Given) -> str:
    facts = [given["day"], given["company"], given["outcome"], "difficult" if given["difficult"] else None]
    answer = " / ".join(answer["text"] for answer in given["answers"]) or "no answer noted"
    notes = [given["note_id"], *(answer["note_id"] for answer in given["answers"])]
    return f"{' · '.join(filter(None, facts))}: {answer}  {_notes(notes)}"


def _felt(found: Review) -> Iterator[str]:
    moods = found["moods"]
    yield from (f"{one['says']}  {_notes(one['note_ids'])}" for one in moods["felt"])
    if len(moods["months"]) > 1:
        months = [f"{one['month']} {one['good']} good, {one['bad']} bad" for one in moods["months"][-THEMES:]]
        yield f"by month: {'; '.join(months)}"
    if moods["ratings"]:
        yield "your ratings: " + ", ".join(f"{one['day']} {one['rating']:g}" for one in moods["ratings"][-THEMES:])
    yield from (f"{one['says']}  {_notes(one['note_ids'])}" for one in moods["rated"])


def _prepared(found: Prepared) -> Iterator[str]:
    used = [one for one in found["comparisons"] if one["interview_id"] is not None]
    if used:
        shares = _share(found["recall"]), _share(found["precision"])
        yield f"of what was asked, {shares[0]} was expected; of what was expected, {shares[1]} was asked"
    for one in used[-THEMES:]:
        yield one["says"]
        if one["unexpected"]:
            yield f"   not expected: {_named(one['unexpected'])}"
    replaced = sum(one["replaced"] for one in found["comparisons"])
    if unused := len(found["comparisons"]) - len(used) - replaced:
        yield f"{unused} preparation{'s' * (unused > 1)} with no interview since"
    if replaced:
        yield f"{replaced} preparation{'s' * (replaced > 1)} replaced by another"
    if found["never_asked"]:
        yield f"expected and not asked since: {_named(found['never_asked'])}"


def _named(some: Sequence[Named]) -> str:
    told = [
        one["name"] if (note := one["note_id"]) is None else f"{one['name']} {_notes([note])}"  # None: it is gone
        for one in some[:THEMES]
    ]
    left = len(some) - len(told)
    return "; ".join(told) + (f"; and {left} more" if left else "")


def _share(share: float | None) -> str:
    return "nothing" if share is None else f"{share:.0%}"


def _spoken(found: Review) -> Iterator[str]:
    names = {one["family"]: one["name"] for one in found["questions"]}
    for one in found["spoken"]:
        yield f"{_kind(one, names)}: {_described(one)}"


def _kind(one: Spoken, names: dict[int, str]) -> str:
    if one["family"] is not None:
        return names[one["family"]]
    return "difficult questions" if one["kind"] == "difficult" else "other questions"


def _described(one: Spoken) -> str:
    return (
        f"{one['pace_wpm']} words a minute, {one['pauses_per_100']:g} pauses in 100 words, the longest "
        f"{one['longest_pause_s']:g} s, and {one['fillers_per_100']:g} fillers; {one['words']} words in all"
    )


def _themes(themes: Sequence[Theme]) -> Iterator[str]:
    for one in themes[:THEMES]:
        yield f"{one['name']}: in {one['times']} interviews, at last: {one['latest']}  {_notes(one['note_ids'])}"


def _notes(ids: Sequence[Any]) -> str:
    """Note numbers, the newest of many."""
    shown = ", ".join(map(str, ids[-NOTES:]))
    return f"[{len(ids) - NOTES} more, {shown}]" if len(ids) > NOTES else f"[{shown}]"
