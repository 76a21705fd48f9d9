"""``dictate prepare``: one page for the next interview, and an employer's ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import print_sections
from dictate.errors import NotFoundError

if TYPE_CHECKING:
    from dictate.review.expecting import ToExpect
    from dictate.review.ledger import Ledger, Person
    from dictate.review.preparation import Page
    from dictate.review.themes import Theme


@click.command()
@click.option("--company", metavar="NAME", help="Part of the company's name.")
@click.option("--role", metavar="NAME", help="Part of the role's name.")
@click.option("--ledger", "only_ledger", is_flag=True, help="The employer's ledger alone: who said what, per round.")
@db_option
@json_option
@pass_app
def prepare(app: App, company: str | None, role: str | None, only_ledger: bool) -> None:
    """Prepare the next interview, on one page.

    What is open in the plan, the questions to expect with the best answer to each, strengths to repeat, what was left
    unsaid, practical matters, what you know of the company and what to ask. The questions are remembered, so that
    review can say what was expected of what was asked.

    \b
    Examples:
      dictate prepare
      dictate prepare --company north --role "data engineer"
      dictate prepare --company north --ledger
    """
    from dictate.review import preparation
    from dictate.review.ledger import ledgers

    if only_ledger and not company:
        raise click.UsageError("whose ledger? name a company with --company")
    with app.keeping_store() as store:
        if only_ledger:
            found = ledgers(store, str(company))
            if not found:
                raise NotFoundError(f"no interviews at {company!r}: `dictate list` shows the companies there are")
            _print_ledgers(app, found)
            return
        page = preparation.page(store, company=company, role=role)
        if not page["base"]["with_notes"]:
            raise NotFoundError("nothing to prepare from: no notes yet; make some with: dictate import FILE")
        if not store.read_only:
            preparation.remember(store, page)
    if app.json:
        emit_json(page)
    else:
        print_sections(_sections(page))


def _print_ledgers(app: App, found: list[Ledger]) -> None:
    if app.json:
        emit_json(found)
    else:
        print_sections([section for one in found for section in _ledger(one)])


def _sections(page: Page) -> Iterator[tuple[str, Sequence[str]]]:
    known = bool(page["ledger"])
    if page["company"] and not known:
        yield f"No interview at {page['company']} yet", ["what follows is from all others"]
    unasked = "not asked yet" if page["company"] else "asked elsewhere, or left unasked"
    sections = [
        ("To do first", [*_plan(page)]),
        ("Questions to expect", [*_questions(page["questions"])]),
        ("Strengths to repeat", [*_themes(page["strengths"]), *_lines(page["went_well"])]),
        ("To bring up: left unsaid before", _lines(page["unsaid"])),
        ("Practical", _lines(page["practical"])),
        ("Known of the company", _lines(page["learned"])),
        (f"To ask them: {unasked}", _lines(page["asks"])),
    ]
    yield from ((title, lines) for title, lines in sections if lines)
    for one in page["ledger"]:
        yield from _ledger(one)


def _plan(page: Page) -> Iterator[str]:
    from dictate.review.plan import worded

    for one in page["plan"]:
        due = f" (due {one['due']})" if one["due"] else ""
        yield f"[{one['note_id']}] {worded(one)}{due}"
    if page["open"] > len(page["plan"]):
        yield f"and {page['open'] - len(page['plan'])} more: dictate plan"


def _questions(questions: Iterable[ToExpect]) -> Iterator[str]:
    for place, one in enumerate(questions, start=1):
        yield f"{place}. {one['name']}  [family {one['family']}]"
        yield f"   {'; '.join(one['reasons'])}"
        best = one["best"]
        if best is None:
            yield f"   no good answer yet: dictate revise {one['family']}"
        elif best["source"] == "revised":
            yield f"   your better answer: {best['text']}"
        else:
            went = f", {best['outcome']}" if best["outcome"] else ""
            yield f"   your answer in interview {best['interview_id']}{went}: {best['text']}  {_ids(best['note_ids'])}"


def _themes(themes: Iterable[Theme]) -> list[str]:
    return [f"{one['name']}: in {one['times']} interviews, at last: {one['latest']}" for one in themes]


def _lines(lines: Iterable[Any]) -> list[str]:
    return [f"[{one['note_id']}] {one['text']}" for one in lines]


def _ledger(one: Ledger) -> Iterator[tuple[str, Sequence[str]]]:
    rounds = [
        " · ".join(
            filter(
                None,
                (f"interview {r['interview_id']}", r["round"], r["day"], ", ".join(r["interviewers"]), r["outcome"]),
            )
        )
        for r in one["rounds"]
    ]
    yield f"{one['company']}: the ledger", rounds
    for person in one["people"]:
        yield person["name"] or "Said by one of them", [*_person(person)]
    if one["unanswered"]:
        yield "Asked, and no answer noted", _lines(one["unanswered"])
    disagree = [
        f"{differing['about']}: "
        + "; ".join(
            f"interview {f['interview_id']} says {f['value']:,g} [{f['note_id']}]" for f in differing["figures"]
        )
        for differing in one["disagree"]
    ]
    if disagree:
        yield "Where rounds disagree", disagree


def _person(person: Person) -> Iterator[str]:
    yield from (f"stressed: {one['text']}  [{one['note_id']}]" for one in person["stressed"])
    yield from (f"avoided: {one['text']}  [{one['note_id']}]" for one in person["avoided"])
    for promise in person["promised"]:
        by = f" (by {promise['by']})" if promise["by"] else ""
        who = "you owe" if promise["by_whom"] == "you" else "promised"
        yield f"{who}: {promise['text']}{by}  [{promise['note_id']}]"
    yield from (f"on pay: {one['text']}  [{one['note_id']}]" for one in person["pay"])


def _ids(ids: Iterable[int]) -> str:
    return f"[{', '.join(map(str, ids))}]"
