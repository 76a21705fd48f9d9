"""``dictate play``: the moment in the audio where a note was spoken."""

from __future__ import annotations

from pathlib import Path

import click

from dictate.cli.app import App, db_option, pass_app
from dictate.cli.console import clock, say
from dictate.errors import InputError


@click.command()
@click.argument("note", type=int)
@click.option("--around", type=click.FloatRange(min=0), default=0.5, help="Seconds before and after. Default: 0.5.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write a WAV file instead.")
@db_option
@pass_app
def play(app: App, note: int, around: float, output: Path | None) -> None:
    """Hear the moment where a note was spoken.

    \b
    Examples:
      dictate play 12
      dictate play 12 --output moment.wav
    """
    from dictate.capture import playback

    with app.store() as store:
        told = store.note(note)
        path = store.recording(told["recording_id"])["path"]
    start_s, end_s = told["start_s"], told["end_s"]
    if path is None or start_s is None or end_s is None:
        raise InputError(f"note {note} was written, not spoken: there is no sound to play")
    start_s, end_s = max(0.0, start_s - around), end_s + around
    if output:
        playback.save(Path(path), start_s, end_s, output)
        say(f"{clock(start_s)} to {clock(end_s)} is in {output}")
    else:
        say(f"{clock(start_s)} to {clock(end_s)} of {path}")
        playback.play(Path(path), start_s, end_s)
