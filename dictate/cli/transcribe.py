"""``dictate transcribe``: audio to words, without a database."""

from __future__ import annotations

from pathlib import Path

import click

from dictate.cli.app import App, json_option, pass_app
from dictate.cli.console import say
from dictate.cli.hearing import Hearing, Listener, hearing_options
from dictate.errors import InputError

FORMATS = ("text", "srt", "vtt", "json")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="text", help="Default: text.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
@hearing_options
@json_option
@pass_app
def transcribe(app: App, file: Path, form: str, output: Path | None, hearing: Hearing) -> None:
    """Turn a recording into text, subtitles, or words with times; nothing is stored.

    \b
    Examples:
      dictate transcribe memo.m4a
      dictate transcribe memo.m4a --format srt --output memo.srt
      dictate transcribe memo.m4a --json --word Brightwhistle
    """
    from dictate.capture.decode import Decoding
    from dictate.capture.media import open_media
    from dictate.records import Interview
    from dictate.transcribe import formats

    transcript = Listener(hearing).hear(Decoding(open_media(file)), Interview())
    for warning in transcript.warnings:
        say(f"dictate: {file}: {warning}")
    if not transcript.words:
        say(f"dictate: {file}: nobody speaks in it")
    _write(formats.render(transcript, "json" if app.json else form), output)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    try:
        output.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{output}: cannot be written ({error.strerror}); choose another place") from error
