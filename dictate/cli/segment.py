"""``dictate segment``: text to labelled spans, without a database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from dictate.cli.app import App, emit_json, json_option, pass_app
from dictate.cli.console import clean, out, say
from dictate.errors import InputError
from dictate.records import Segmentation


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@json_option
@pass_app
def segment(app: App, files: tuple[str, ...]) -> None:
    """Label the spans of a debrief given as text.

    "-" is standard input. Nothing is stored.

    \b
    Examples:
      dictate segment debrief.txt
      pbpaste | dictate segment - --json
    """
    from dictate.segment.pipeline import Segmenter

    failed: list[str] = []
    texts = list(_read(files, failed))
    for (name, _), found in zip(texts, Segmenter().segment_many([text for _, text in texts]), strict=True):
        if app.json:
            emit_json(as_json(name, found), one_line=True)
        else:
            _print(name if len(files) > 1 else "", found)
        if found.spans and found.spans[0].confidence is None:
            say(f"dictate: {name}: does not read like English, which is all the segmenter knows; kept whole")
    if failed:
        sys.exit(1)


def _read(files: tuple[str, ...], failed: list[str]) -> Iterator[tuple[str, str]]:
    """(name, text) of each readable file; what cannot be read is said and remembered."""
    from dictate.pipeline.texts import decoded, read_text

    for name in files:
        try:
            yield name, decoded(sys.stdin.buffer.read(), name) if name == "-" else read_text(Path(name))
        except InputError as error:
            say(f"dictate: {error}")
            failed.append(name)


def as_json(name: str, found: Segmentation) -> dict[str, Any]:
    """The contract's object for one file."""
    keys = ("kind", "start", "end", "text", "number", "difficult", "confidence")
    segments = [{key: getattr(span, key) for key in keys} for span in found.spans]
    return {"file": name, "text": found.text, "segments": segments}


STYLES = {
    "question": "bold",
    "answer": "",
    "feeling": "magenta",
    "concern": "red",
    "strength": "green",
    "omission": "yellow",
    "plan": "cyan",
    "followup": "cyan",
    "context": "dim",
    "aside": "dim",
}


def _print(name: str, found: Segmentation) -> None:
    from rich.text import Text

    console = out()
    if name:
        console.print(Text(name, style="bold underline"))
    for span in found.spans:
        label = f"{span.kind}{'' if span.number is None else f' {span.number}'}{' !' if span.difficult else ''}"
        line = Text(f"{label:12} ", style="dim")
        console.print(line.append(clean(span.text), style=STYLES.get(span.kind, "")))
