"""``dictate thank-you``: the letter after an interview."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app, yes_option
from dictate.cli.clipboard import copy
from dictate.cli.console import clean, clock, say
from dictate.errors import InputError

if TYPE_CHECKING:
    from dictate.review.letter import Tone
    from dictate.review.letters import LetterShown, ThankYou
    from dictate.store import Store


@click.command("thank-you")
@click.argument("id", type=int)
@click.option("--tone", type=click.Choice(("warm", "plain", "formal")), default="plain", help="Default plain.")
@click.option("--to", metavar="NAME", help="The letter to this interviewer alone.")
@click.option("--trace", is_flag=True, help="Show the notes, and the moments in the audio, behind each sentence.")
@click.option("--edit", is_flag=True, help="Word it yourself, in your editor; what you write is kept.")
@click.option("--redraft", is_flag=True, help="Give up what you wrote and draft it anew.")
@click.option("--eml", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a mail message.")
@click.option("--force", is_flag=True, help="With --eml: replace a file that is no letter of dictate's.")
@click.option("--copy", "copy_it", is_flag=True, help="Put the letter into the clipboard.")
@click.option("--llm", "model", metavar="MODEL", help='Let a model of yours polish it; "" is your default one.')
@yes_option
@click.option("--sent", is_flag=True, help="Mark it as sent.")
@db_option
@json_option
@pass_app
def thank_you(
    app: App,
    id: int,
    tone: str,
    to: str | None,
    trace: bool,
    edit: bool,
    redraft: bool,
    eml: Path | None,
    force: bool,
    copy_it: bool,
    model: str | None,
    assume_yes: bool,
    sent: bool,
) -> None:
    """Draft the thank-you letter, one for each interviewer.

    It says nothing that the notes do not: what you learned, what you left unsaid, what you promised, what comes next. A
    note that makes no clean sentence is quoted as a [placeholder to reword: "..."]. --llm takes a model that you have
    set up for the llm package, says so when that is not on this machine, and refuses what it adds.

    \b
    Examples:
      dictate thank-you 3
      dictate thank-you 3 --trace --tone warm
      dictate thank-you 3 --to Sarah --eml letter.eml
      dictate thank-you 3 --to Sarah --copy --sent
    """
    from dictate.review import letters
    from dictate.review.made import refuse_others

    if eml:
        refuse_others(eml, "eml", force=force)  # before anything is changed

    def now(store: Store) -> ThankYou:
        return letters.thank_you(store, id, tone=cast("Tone", tone), to=to)

    with app.store(read_only=not (edit or redraft or sent or model is not None)) as store:
        found = now(store)
        if (eml or copy_it) and len(found["letters"]) > 1:
            place = "one file" if eml else "the clipboard"
            raise InputError(f"{len(found['letters'])} letters do not fit {place}: choose one with --to NAME")
        if edit and not (sys.stdin.isatty() and sys.stdout.isatty()):
            raise InputError(
                "--edit opens your editor on a terminal; without one, take the text from: dictate thank-you"
            )
        for letter in found["letters"] if redraft else ():
            store.reword_letter(id, letter["to"] or "", None)
        found = now(store)
        if model is not None:
            for letter, text in _polished(found, model, assume_yes=assume_yes):
                store.reword_letter(id, letter["to"] or "", text)
            found = now(store)
        for letter in found["letters"] if edit else ():
            if (text := _edited(letter)) != letter["text"]:
                store.reword_letter(id, letter["to"] or "", text)
        found = now(store)
        if eml:
            letters.write(eml, letters.message(found["letters"][0], store.show(id)))
        if sent:
            store.mark_sent(id, [letter["to"] or "" for letter in found["letters"]])
            found = now(store)
        if copy_it:
            copied = copy(found["letters"][0]["text"])
    if app.json:
        emit_json(found)
    else:
        _print(found, trace=trace)
    if copy_it:
        say(f"copied by {copied}")
    if eml:
        say(f"written to {eml}, without an address")


def _polished(found: ThankYou, name: str, *, assume_yes: bool) -> list[tuple[LetterShown, str]]:
    """Each letter as a model words it; before one that is not on this machine, the user is told and asked."""
    from dictate.review import polishing

    model = polishing.find(name)
    if not polishing.is_local(model):
        say(f"dictate: {model.model_id} is not on this machine: the letter, made of your notes, is sent to it")
        if not assume_yes and sys.stdin.isatty():
            click.confirm("Send it?", abort=True, err=True)
    return [(letter, polishing.polished(letter["text"], model)) for letter in found["letters"]]


def _edited(letter: LetterShown) -> str:
    after = click.edit(letter["text"] + "\n")
    if after is None:
        return letter["text"]
    if not after.strip():
        raise InputError("an empty letter is not kept; it stays as it was")
    return after.strip()


def _print(found: ThankYou, *, trace: bool) -> None:
    several = len(found["letters"]) > 1
    for place, letter in enumerate(found["letters"]):
        if place:
            click.echo("")
        if several:
            click.echo(clean(f"--- to {letter['to']} ---"))
        click.echo(_traced(letter) if trace else clean(letter["text"]))
        say(_about(letter))


def _traced(letter: LetterShown) -> str:
    """Each sentence with what is behind it."""
    lines = []
    for one in letter["sentences"]:
        lines.append(clean(one["text"]))
        if not one["note_ids"]:
            lines.append("    from no note: it says no more than whom you met, for what, and thanks")
            continue
        notes = f"note{'s' * (len(one['note_ids']) > 1)} {', '.join(map(str, one['note_ids']))}"
        place = f" at {clock(one['start_s'])}: dictate play {one['note_ids'][0]}" if one["start_s"] is not None else ""
        lines.append(f"    {notes}{place}")
    if letter["edited"]:
        lines.append("(edited: what else the letter says is yours)")
    return "\n".join(lines)


def _about(letter: LetterShown) -> str:
    from dictate.review.days import day_here
    from dictate.review.letter import placeholders

    left = placeholders(letter["text"])
    parts = [f"{letter['words']} words"]
    if left:
        parts.append(f"{left} placeholder{'s' * (left > 1)} to reword (--edit)")
    if letter["edited"]:
        parts.append("edited by you (--redraft drafts it anew)")
    parts.append(f"sent {day_here(letter['sent_at'])}" if letter["sent_at"] else "not marked as sent (--sent)")
    return "; ".join(parts)
