"""``dictate record``: speak, stop, and have notes."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import clock, is_conversation, say
from dictate.cli.hearing import Hearing, Listener, hearing_options
from dictate.cli.importing import Labeller, interview_options
from dictate.cli.reminding import tell_unfinished
from dictate.cli.speaking import Listen, Manner, Recorded, speak
from dictate.errors import DeviceError, InputError
from dictate.records import Interview

if TYPE_CHECKING:
    from pathlib import Path

    from dictate.capture.unfinished import Place
    from dictate.pipeline.listening import Listening
    from dictate.pipeline.recording import Steps
    from dictate.pipeline.results import Result
    from dictate.store import Store
    from dictate.store.shapes import InterviewShown
    from dictate.transcribe.engine import Engine
    from dictate.transcribe.recording import Options


@click.command()
@interview_options
@click.option("--add-to", type=int, metavar="ID", help="Add to an interview that is there already.")
@click.option("--device", metavar="NAME|NUMBER", help="Part of a microphone's name, or its number.")
@click.option(
    "--format", "form", type=click.Choice(("flac", "opus")), default="flac", help="Of what is kept. Default: flac."
)
@click.option("--quiet", is_flag=True, help="Show the time and the level alone.")
@click.option("--guided", is_flag=True, help="Be asked, as a coach does: the feelings, then all, then what is missing.")
@click.option("--voice", is_flag=True, help="Have the questions said aloud.")
@click.option("--no-notes", is_flag=True, help="Keep the recording alone.")
@click.option("--discard", is_flag=True, help="Ask in the end whether to throw the recording away.")
@click.option("--toggle", is_flag=True, help="Finish the recording that runs, or start one: for a hotkey.")
@hearing_options
@db_option
@json_option
@pass_app
def record(
    app: App,
    interview: Interview,
    add_to: int | None,
    device: str | None,
    form: Any,
    quiet: bool,
    guided: bool,
    voice: bool,
    no_notes: bool,
    discard: bool,
    toggle: bool,
    hearing: Hearing,
) -> None:
    """Record from the microphone, and have notes when you stop.

    The text appears while you speak, with a list of what a debrief should tell. Space pauses and goes
    on, m marks the moment, Enter finishes; so does Ctrl-C. Without a terminal it records until SIGINT
    or SIGTERM. What is spoken is on disk within a second, whatever happens then.

    \b
    Examples:
      dictate record --company Northwind --role "data engineer"
      dictate record --guided --voice
      dictate record --toggle
    """
    from dictate.capture.running import running, stop_running
    from dictate.capture.session import ready_folder
    from dictate.capture.unfinished import Facts
    from dictate.voice import Voice

    if discard and not sys.stdin.isatty():
        raise InputError("--discard asks a question, which needs a terminal")
    if (guided or voice) and (no_notes or (quiet and not voice)):
        raise click.UsageError("--guided and --voice ask about what is heard, which --no-notes and --quiet leave out")
    if add_to is not None:
        with app.store() as store:
            store.show(add_to)  # an id that is not there is said before anything is spoken
    folder = ready_folder(app.db)
    facts = Facts(datetime.now().astimezone(), interview, add_to, form)
    listener, label = Listener(hearing), Labeller(growing=True)
    listen = None
    if not no_notes and not listener.is_ready():
        if guided or voice:
            raise InputError(
                "--guided asks about what it hears, and the weights for that are not here: dictate models pull"
            )
        say("dictate: no text meanwhile, for the weights are not here; fetch them with: dictate models pull")
    elif not no_notes:
        listen = _listening(interview, listener, label, guided=guided)
    entry = None
    with ExitStack() as holding:
        with running(folder) as free:
            if free:
                tell_unfinished(app)
                manner = Manner(device, quiet, discard, listen, guided, Voice() if voice else None)
                done = holding.enter_context(speak(app, facts, manner))
        if free:
            entry = _finish(app, done, listener, label, no_notes=no_notes)
    if free:
        if entry and entry["notes"] is not None and not quiet:
            _close(app, entry, interview if add_to is None else None)
        if entry and (done.lost_s or done.is_cut):
            sys.exit(1)
    elif toggle:
        process = stop_running(folder)
        say(f"dictate: the recording of process {process} is finished" if process else "dictate: it has just finished")
    else:
        raise DeviceError("a recording is running already; finish it with: dictate record --toggle")


def _listening(interview: Interview, listener: Listener, label: Labeller, *, guided: bool) -> Listen:
    """What listens to a recording while it runs; it also loads what the notes will need."""

    def listen(place: Place) -> Listening:
        from dictate.pipeline.guide import Guide
        from dictate.pipeline.listening import Listening

        return Listening(place, load, label, Guide() if guided else None)

    def load() -> tuple[Engine, Options]:
        from dictate.cli import page  # noqa: F401  # loaded now, needed when the speaker waits
        from dictate.store import Store  # noqa: F401

        return listener.engine(workers=1), listener.options(interview)

    return listen


def _finish(app: App, done: Recorded, listener: Listener, label: Labeller, *, no_notes: bool) -> dict[str, Any] | None:
    """Say what was recorded, and make notes of it; returns what became of it, None where it was thrown away."""
    from dictate.capture.recorder import marks_told
    from dictate.pipeline import live

    if done.place is None:
        say("dictate: thrown away")
        if app.json:
            emit_json(_entry_of(done, None))
        return None
    if not done.duration_s:
        done.place.remove()
        raise DeviceError("nothing was recorded, so nothing is kept")
    marks = marks_told(done.marks_s)
    say(f"dictate: recorded {clock(done.duration_s)}{f'; {marks}' if marks else ''}")
    entry = _entry_of(done, done.place.sound)
    try:
        if no_notes:
            entry["path"] = str(live.finish(done.place))
        else:
            with app.store(create=True) as store:
                entry |= _entry(app, live.make_notes(done.place, _steps(done, listener, label), store), store)
    except BaseException:  # Ctrl-C and a fault of ours too
        app.is_told, kept = True, done.place.sound
        say(f"dictate: no notes yet; the recording is kept ({kept}): make them with: {app.again('recover')}")
        if app.json:
            emit_json(entry | {"path": str(kept)})
        raise
    _print(app, entry, no_notes=no_notes)
    return entry


def _entry_of(done: Recorded, path: Path | None) -> dict[str, Any]:
    """What is known of a recording without notes, for programs."""
    told: dict[str, Any] = {"path": path and str(path), "interview_id": None, "recording_id": None, "notes": None}
    return told | {"duration_s": round(done.duration_s, 3), "marks_s": done.marks_s}


def _close(app: App, entry: dict[str, Any], interview: Interview | None) -> None:
    """On a terminal, see that what was understood is right, and that no concern is left alone.

    ``interview`` is what the user said of a new one, None of one that was there before.
    """
    if app.json or not is_conversation():
        return
    from dictate.cli.closing import close

    with app.store(read_only=False) as store:
        close(store, entry["interview_id"], entry["recording_id"], interview)


def _steps(done: Recorded, listener: Listener, label: Labeller) -> Steps:
    """What was heard meanwhile, or the same steps as those of an import."""
    from dictate.pipeline.recording import Steps

    steps = Steps(listener.hear, label, listener.hear_on)
    return done.listening.steps(steps) if done.listening else steps


def _entry(app: App, result: Result, store: Store) -> dict[str, Any]:
    """What became of it, for programs; people see the notes."""
    if result.added is None:
        say(f"dictate: {result.path}: {result.state} ({app.worded(result.reason)})")
        return {"path": str(result.path)}
    added = result.added
    if not app.json:
        from dictate.cli.page import print_interview

        print_interview(alone(store.show(added.interview_id), added.recording_id))
        click.echo()
    return {
        "path": str(result.path),
        "interview_id": added.interview_id,
        "recording_id": added.recording_id,
        "notes": added.notes,
    }


def alone(shown: InterviewShown, recording_id: int) -> InterviewShown:
    """An interview as if it had this recording alone."""
    recordings = [one for one in shown["recordings"] if one["id"] == recording_id]
    notes = [note for note in shown["notes"] if note["recording_id"] == recording_id]
    return {**shown, "recordings": recordings, "notes": notes}


def _print(app: App, entry: dict[str, Any], *, no_notes: bool) -> None:
    if app.json:
        emit_json(entry)
    elif entry["notes"] is not None:
        click.echo(
            f"{entry['notes']} notes in interview {entry['interview_id']} (dictate show {entry['interview_id']})"
        )
    elif no_notes:
        click.echo(entry["path"])
