"""``dictate record``: speak, stop, and have notes."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from queue import Empty
from typing import TYPE_CHECKING, Any

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import clock, say
from dictate.cli.hearing import Hearing, Listener, hearing_options
from dictate.cli.importing import Labeller, interview_options
from dictate.cli.screen import Screen, screen
from dictate.errors import DeviceError, InputError
from dictate.records import Interview

if TYPE_CHECKING:
    from dictate.capture.recorder import Recorder
    from dictate.capture.unfinished import Facts, Place
    from dictate.pipeline.results import Result

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")


@dataclass(frozen=True, slots=True)
class Manner:
    """How to record."""

    device: str | None
    quiet: bool
    discard: bool


@dataclass(slots=True)
class Recorded:
    """What came of it; ``place`` is None where it was thrown away."""

    place: Place | None
    duration_s: float
    marks_s: list[float]
    lost_s: float = 0.0


@click.command()
@interview_options
@click.option("--add-to", type=int, metavar="ID", help="Add to an interview that is there already.")
@click.option("--device", metavar="NAME|NUMBER", help="Part of a microphone's name, or its number.")
@click.option(
    "--format", "form", type=click.Choice(("flac", "opus")), default="flac", help="Of what is kept. Default: flac."
)
@click.option("--quiet", is_flag=True, help="Show the time and the level alone.")
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
    no_notes: bool,
    discard: bool,
    toggle: bool,
    hearing: Hearing,
) -> None:
    """Record from the microphone, and make notes when you stop.

    Space pauses and goes on, m marks the moment, Enter finishes; so does Ctrl-C. Without a terminal it
    records until SIGINT or SIGTERM. What is spoken is on disk within a second, whatever happens then.

    \b
    Examples:
      dictate record --company Northwind --role "data engineer"
      dictate record --toggle
    """
    from dictate.capture.running import running, stop_running
    from dictate.capture.session import ready_folder
    from dictate.capture.unfinished import Facts

    if discard and not sys.stdin.isatty():
        raise InputError("--discard asks a question, which needs a terminal")
    if add_to is not None:
        with app.store() as store:
            store.show(add_to)  # an id that is not there is said before anything is spoken
    folder = ready_folder(app.db)
    facts = Facts(datetime.now().astimezone(), interview, add_to, form)
    with running(folder) as free:
        if free:
            done = _record(app, facts, Manner(device, quiet, discard))
    if free:
        _finish(app, done, hearing, no_notes=no_notes)
    elif toggle:
        process = stop_running(folder)
        say(f"dictate: the recording of process {process} is finished" if process else "dictate: it has just finished")
    else:
        raise DeviceError("a recording is running already; finish it with: dictate record --toggle")


def _record(app: App, facts: Facts, manner: Manner) -> Recorded:
    """Let the user speak; returns when everything is on disk."""
    from dictate.capture.microphone import Microphone
    from dictate.capture.session import ready_folder, recording

    with stop_signals() as stop:
        say("dictate: opening the microphone; wait for it")
        microphone = Microphone(manner.device)
        with recording(ready_folder(app.db), microphone, facts) as (place, recorder):
            with screen(brief=manner.quiet) as shown:
                shown.say(f"recording from {microphone.device.name}: speak")
                _listen(recorder, shown, stop)
            lost_s = _settle(recorder, stop)
            done = Recorded(place, recorder.duration_s, recorder.marks_s, lost_s)
    if manner.discard and click.confirm(f"Throw away {clock(done.duration_s)} of recording?", err=True):
        place.remove()
        done.place = None
    return done


@contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C, an ended session and ``kill`` set, each of which finishes and loses nothing."""
    stop = threading.Event()
    names = [name for name in SIGNALS if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), lambda *_: stop.set()) for name in names}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


def _listen(recorder: Recorder, shown: Screen, stop: threading.Event) -> None:
    """Show what happens and do what keys ask for, until one of them or a signal ends it."""
    from dictate.capture.timeline import clock as exactly

    while not (stop.is_set() or recorder.is_over.is_set()):
        _tell(recorder, shown)
        shown.draw(recorder.state())
        for key in shown.key(stop):
            if key in "\r\n":
                stop.set()
            elif key == " ":
                recorder.pause(not recorder.is_paused)
            elif key in "mM":
                shown.say(f"marked {exactly(recorder.mark())}")
    recorder.finish()
    _tell(recorder, shown)


def _tell(recorder: Recorder, shown: Screen) -> None:
    while True:
        try:
            shown.say(recorder.told.get_nowait())
        except Empty:
            return


def _settle(recorder: Recorder, stop: threading.Event) -> float:
    """Wait until all is on disk; a second Ctrl-C gives up what finds no room there. Returns the seconds given up."""
    stop.clear()
    told = False
    while not recorder.wait(0.1):
        if recorder.unwritten_s() and not told and not recorder.wait(1):
            say(
                f"dictate: {clock(recorder.unwritten_s())} of what was said waits in memory for room on the disk: "
                "make room; Ctrl-C gives it up"
            )
            told = True
        if stop.is_set() and told:
            recorder.give_up()
    if recorder.fault:
        say(f"dictate: the disk fails ({recorder.fault.strerror}): the recording ends there; what was written is kept")
    return recorder.unwritten_s()


def _finish(app: App, done: Recorded, hearing: Hearing, *, no_notes: bool) -> None:
    """Say what was recorded, and make notes of it."""
    from dictate.capture.recorder import marks_told
    from dictate.pipeline import live
    from dictate.pipeline.recording import Steps

    if done.lost_s:
        say(f"dictate: {done.lost_s:.1f} s were not written: the disk is full")
    if done.place is None:
        say("dictate: thrown away")
        return
    if not done.duration_s:
        done.place.remove()
        raise DeviceError("nothing was recorded, so nothing is kept")
    marks = marks_told(done.marks_s)
    say(f"dictate: recorded {clock(done.duration_s)}{f'; {marks}' if marks else ''}")
    entry: dict[str, Any] = {"path": str(done.place.sound), "interview_id": None, "recording_id": None, "notes": None}
    entry |= {"duration_s": round(done.duration_s, 3), "marks_s": done.marks_s}
    with live.mine(done.place) as free:
        if not free:
            raise DeviceError("another dictate makes notes of it already")
        try:
            if no_notes:
                entry["path"] = str(live.finish(done.place))
            else:
                with app.store(create=True) as store:
                    steps = Steps(hear=Listener(hearing).hear, label=Labeller())
                    entry |= _entry(live.make_notes(done.place, steps, store))
        except BaseException:  # Ctrl-C and a fault of ours too
            say(f"dictate: no notes yet; the recording is kept ({done.place.sound}): make them with: dictate recover")
            if app.json:
                emit_json(entry | {"path": str(done.place.sound)})
            raise
    _print(app, entry, no_notes=no_notes)
    if done.lost_s:
        sys.exit(1)


def _entry(result: Result) -> dict[str, Any]:
    if result.added is None:
        say(f"dictate: {result.path}: {result.state} ({result.reason})")
        return {"path": str(result.path)}
    added = result.added
    return {
        "path": str(result.path),
        "interview_id": added.interview_id,
        "recording_id": added.recording_id,
        "notes": added.notes,
    }


def _print(app: App, entry: dict[str, Any], *, no_notes: bool) -> None:
    if app.json:
        emit_json(entry)
    elif entry["notes"] is not None:
        click.echo(
            f"{entry['notes']} notes in interview {entry['interview_id']} (dictate show {entry['interview_id']})"
        )
    elif no_notes:
        click.echo(entry["path"])
