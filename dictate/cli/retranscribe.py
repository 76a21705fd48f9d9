"""``dictate retranscribe``: an interview's recordings heard again with a better model."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import say
from dictate.cli.hearing import Hearing, Listener, hearing_options
from dictate.errors import MediaError, NotFoundError
from dictate.records import Interview


@click.command()
@click.argument("id", type=int)
@hearing_options
@db_option
@json_option
@pass_app
def retranscribe(app: App, id: int, hearing: Hearing) -> None:
    """Hear an interview again, say by a better model.

    Your corrections stay.

    \b
    Example: dictate retranscribe 3 --model base
    """
    from dictate.cli.importing import Labeller
    from dictate.pipeline.recording import Steps, hear_again

    steps = Steps(hear=Listener(hearing).hear, label=Labeller())
    done: list[int] = []
    failed = False
    with app.store(read_only=False) as store:
        shown = store.show(id)
        interview = Interview(shown["company"], shown["role"], interviewers=tuple(shown["interviewers"]))
        spoken = [recording for recording in shown["recordings"] if recording["duration_s"] is not None]
        if not spoken:
            raise NotFoundError(f"interview {id} has no recordings with sound; there is nothing to transcribe")
        for recording in spoken:
            try:
                hear_again(recording["id"], Path(recording["path"] or ""), steps, store, interview)
                done.append(recording["id"])
            except MediaError as error:
                failed = True
                say(f"dictate: recording {recording['id']}: {error}; its notes stay as they are")
    if app.json:
        emit_json({"interview_id": id, "recordings": done})
    else:
        say(f"transcribed again: {len(done)} of {len(spoken)}; see dictate show {id}")
    if failed:
        sys.exit(1)
