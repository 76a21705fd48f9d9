"""``dictate transcribe``: audio to words, without a database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dictate.cli.app import App, json_option, pass_app
from dictate.cli.console import say
from dictate.cli.hearing import Hearing, Listener, hearing_options
from dictate.errors import InputError

if TYPE_CHECKING:
    from dictate.records import Transcript

FORMATS = ("text", "srt", "vtt", "json")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="text", help="Default: text.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@hearing_options
@json_option
@pass_app
def transcribe(app: App, file: Path, form: str, output: Path | None, hearing: Hearing) -> None:
    """Turn a recording into text or subtitles.

    Nothing is stored; --json gives every word with its times.

    \b
    Examples:
      dictate transcribe memo.m4a
      dictate transcribe memo.m4a --format srt --output memo.srt
      dictate transcribe memo.m4a --json --word Brightwhistle
    """
    from dictate.capture.decode import Decoding
    from dictate.capture.media import open_media
    from dictate.records import Interview

    transcript = Listener(hearing).hear(Decoding(open_media(file)), Interview())
    for warning in transcript.warnings:
        say(f"dictate: {file}: {warning}")
    if not transcript.words:
        say(f"dictate: {file}: nobody speaks in it")
    _write(_rendered(transcript, "json" if app.json else form), output)


def _rendered(transcript: Transcript, form: str) -> str:
    from dictate.transcribe import formats

    if form == "json":
        return json.dumps(formats.as_json(transcript), ensure_ascii=False)
    write = {"text": formats.as_text, "srt": formats.as_srt, "vtt": formats.as_vtt}[form]
    return write(transcript)


def _write(text: str, output: Path | None) -> None:
    text += "\n" * (bool(text) and not text.endswith("\n"))
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror}); choose another place") from error
