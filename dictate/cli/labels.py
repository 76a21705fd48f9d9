"""``dictate review-labels``: the notes worth a look, one by one, the most doubtful first."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import click

from dictate.cli.app import App, csv_option, db_option, emit_json, json_option, pass_app
from dictate.cli.console import clean, day, is_terminal, out, print_table, say
from dictate.cli.page import DOUBTFUL
from dictate.records import KINDS, Kind

if TYPE_CHECKING:
    from dictate.store import Store
    from dictate.store.shapes import NoteInContext

KEYS: dict[str, Kind] = dict(zip("qaklfcsopuxn", KINDS, strict=True))  # the tags of the labelling guide
SKIP, BACK, STOP = "-", "<", "."


@click.command("review-labels")
@click.argument("interview", required=False, type=int)
@click.option("--below", type=click.FloatRange(0, 1), default=DOUBTFUL, help="Confidence; default 0.55, 1 shows all.")
@click.option("--limit", "-n", type=click.IntRange(min=1), metavar="N", help="At most N notes.")
@db_option
@json_option
@csv_option
@pass_app
def review_labels(app: App, interview: int | None, below: float, limit: int | None) -> None:
    """Go through the notes whose kind is doubtful.

    On a terminal each is shown among what was said around it, and one key settles it; elsewhere they are listed.
    What you settle is kept at once, survives retranscribe, and is learnt by: dictate models train

    \b
    Examples:
      dictate review-labels
      dictate review-labels 3 --below 0.8
      dictate review-labels --json
    """
    notes = app.ask(lambda store: store.doubtful(interview, below=below, limit=limit))
    if app.json:
        emit_json(notes)
    elif app.csv or not (is_terminal() and sys.stdin.isatty()):
        titles = ("note", "interview", "company", "held", "kind", "confidence", "text")
        print_table(titles, [_row(note) for note in notes], as_csv=app.csv)
    elif notes:
        with app.store(read_only=False) as store:
            _go_through(store, notes)
    else:
        say("no doubtful labels; --below 1 goes through all")


def _row(note: NoteInContext) -> list[object]:
    confidence = f"{note['confidence']:.2f}"
    return [
        note["id"], note["interview_id"], note["company"], day(note["held_at"]), note["kind"], confidence, note["text"]
    ]  # fmt: skip


def _go_through(store: Store, notes: Sequence[NoteInContext]) -> None:
    """Ask for each note; every answer is written before the next is asked."""
    say("Enter: it is right; " + ", ".join(f"{key} {kind}" for key, kind in KEYS.items()))
    say(f"{SKIP} leave it, {BACK} go back, {STOP} stop")
    place, changed = 0, dict[int, bool]()
    while place < len(notes):
        note = notes[place]
        _show(note, place, len(notes))
        key = _key(note["kind"])
        if key == STOP:
            break
        if key == BACK:
            place = max(0, place - 1)
            continue
        if key != SKIP:
            kind = KEYS[key] if key else cast("Kind", note["kind"])
            store.relabel(note["id"], kind)
            changed[note["id"]] = kind != note["kind"]
        place += 1
    say(f"{len(changed)} settled, {sum(changed.values())} of them changed")
    if changed:
        say("the segmenter learns from them with: dictate models train")


def _show(note: NoteInContext, place: int, count: int) -> None:
    from rich.text import Text

    about = " · ".join(filter(None, (note["company"], note["role"], day(note["held_at"]))))
    console = out()
    console.print(Text(f"\n{place + 1} of {count}  [{note['id']}]  {clean(about)}", style="dim"))
    words = Text(clean(f"… {note['before']} "), style="dim")
    words.append(clean(note["text"]), style="bold")
    console.print(words.append(clean(f" {note['after']} …"), style="dim"))


def _key(kind: str) -> str:
    """One key that means something; Enter is empty."""
    while True:
        click.echo(f"{kind}? ", nl=False, err=True)
        key = click.getchar().lower()
        key = "" if key in ("\r", "\n") else key
        click.echo("" if not key else f"{KEYS.get(key, key)}", err=True)
        if key in ("", SKIP, BACK, STOP) or key in KEYS:
            return key
        if key in ("\x03", "\x04"):
            raise click.Abort
        say(f"press one of: Enter {' '.join(KEYS)} {SKIP} {BACK} {STOP}")
