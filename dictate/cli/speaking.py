"""Letting the user speak: from the open microphone to the last sample on disk, and what is shown meanwhile."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

import click

from dictate.cli.app import App
from dictate.cli.console import clock, say, silence
from dictate.cli.screen import Screen, screen

if TYPE_CHECKING:
    from dictate.capture.recorder import Recorder
    from dictate.capture.unfinished import Facts, Place
    from dictate.pipeline.listening import Listening
    from dictate.voice import Voice

CTRL_Z = "\x1a"
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")

Listen = Callable[["Place"], "Listening"]


@dataclass(frozen=True, slots=True)
class Manner:
    """How to record."""

    device: str | None
    quiet: bool
    discard: bool
    listen: Listen | None  # None: no text meanwhile
    guided: bool = False  # questions are lines of their own where no screen shows them
    voice: Voice | None = None  # that says them
    keys: str = ""  # which to press, where the screen is too brief to say it


@dataclass(slots=True)
class Recorded:
    """What came of it; ``place`` is None where it was thrown away."""

    place: Place | None
    duration_s: float
    marks_s: list[float]
    lost_s: float
    is_cut: bool  # a fault ended it
    is_hung_up: bool  # its terminal is gone
    listening: Listening | None


@contextmanager
def speak(app: App, facts: Facts, manner: Manner) -> Iterator[Recorded]:
    """Record until the user, or a signal, ends it; gives what is then on disk, which nobody else takes meanwhile."""
    with ExitStack() as holding:
        done = _record(app, facts, manner, holding)
        if manner.discard and not done.is_hung_up and done.place and _is_unwanted(done.duration_s):
            if done.listening:
                done.listening.stop()
            done.place.remove()
            done.place = None
        yield done


def _record(app: App, facts: Facts, manner: Manner, holding: ExitStack) -> Recorded:
    from dictate.capture.microphone import Microphone
    from dictate.capture.session import ready_folder, recording
    from dictate.capture.trail import Trail
    from dictate.capture.unfinished import held_on

    with _stop_signals() as (stop, hung_up):
        say("dictate: opening the microphone; wait for it")
        microphone = Microphone(manner.device)
        with recording(ready_folder(app.db), microphone, facts) as (place, recorder):
            holding.enter_context(held_on(place.journal))
            trail = Trail(place, facts, recorder)
            listening = None
            with screen(brief=manner.quiet) as shown:
                keys = f"; {manner.keys}" if manner.keys else ""
                shown.say(f"recording from {microphone.device.name}: speak{keys}")
                trail.start()
                if manner.listen:
                    listening = manner.listen(place)
                    listening.start()
                _listen(recorder, listening, shown, stop, Asking(recorder, shown, manner))
            lost_s = _settle(recorder, stop)
            if listening:
                listening.finish()
            trail.finish()
            told = place, recorder.duration_s, recorder.marks_s, lost_s, recorder.fault is not None
            return Recorded(*told, hung_up.is_set(), listening)


def _is_unwanted(duration_s: float) -> bool:
    try:
        return click.confirm(f"Throw away {clock(duration_s)} of recording?", err=True)
    except click.Abort:  # Ctrl-C throws nothing away
        click.echo(err=True)
        return False


@contextmanager
def _stop_signals() -> Iterator[tuple[threading.Event, threading.Event]]:
    """An event that Ctrl-C, an ended session and ``kill`` set, each of which finishes and loses nothing.

    The second one is set by an ended session alone: its terminal takes nothing more, nor may its second SIGHUP (the
    shell sends one too) end what is still to be done.
    """
    stop, hung_up = threading.Event(), threading.Event()
    shown = [name for name in ("stdout", "stderr") if getattr(sys, name).isatty()]

    def end(number: int, _frame: object) -> None:
        stop.set()
        if number == getattr(signal, "SIGHUP", None):
            hung_up.set()
            silence(*(getattr(sys, name) for name in shown))

    names = [name for name in SIGNALS if hasattr(signal, name)]
    before: dict[str, Any] = {name: signal.signal(getattr(signal, name), end) for name in names}
    try:
        yield stop, hung_up
    finally:
        if hung_up.is_set():
            silence(*(getattr(sys, name) for name in shown))  # stderr was another one meanwhile
            before["SIGHUP"] = signal.SIG_IGN
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


class Asking:
    """Puts the questions to the speaker; while one is said aloud the microphone waits, so as not to take it down."""

    def __init__(self, recorder: Recorder, shown: Screen, manner: Manner) -> None:
        self._recorder, self._shown, self._manner = recorder, shown, manner
        self._asked = ""
        self._is_asking = False

    def ask(self, question: str) -> None:
        """Ask what is not being asked already; nothing is asked of somebody who has paused."""
        if self._is_asking and not (self._manner.voice and self._manner.voice.is_speaking):
            self.end()
        if question == self._asked or self._is_asking or self._recorder.is_paused:
            return
        self._asked = question
        if question and self._manner.guided and not (self._shown.shows_hints or self._manner.quiet):
            self._shown.say(question)
        if question and self._manner.voice:
            self._is_asking = True
            self._recorder.pause(True)
            self._manner.voice.say(question)

    def end(self) -> bool:
        """Go on recording, in the middle of a question too; False where none is said."""
        was_asking, self._is_asking = self._is_asking, False
        if was_asking and self._manner.voice:
            self._manner.voice.hush()
            self._recorder.pause(False)
        return was_asking


def _listen(
    recorder: Recorder, listening: Listening | None, shown: Screen, stop: threading.Event, asking: Asking
) -> None:
    """Show what happens and do what keys ask for, until one of them or a signal ends it."""
    from dictate.capture.timeline import clock as exactly

    while not (stop.is_set() or recorder.is_over.is_set()):
        _tell(recorder.told, shown)
        if listening:
            _tell(listening.told, shown)
            asking.ask(listening.view.hint)
        shown.draw(recorder.state(), listening.view if listening else None)
        for key in shown.key(stop):
            if key in "\r\n":
                stop.set()
            elif key == " " and not asking.end():
                recorder.pause(not recorder.is_paused)
            elif key in "mM":
                shown.say(f"marked {exactly(recorder.mark())}")
            elif key == CTRL_Z:
                shown.say("a recording cannot be stopped and left: space pauses it, Enter finishes it")
    asking.end()
    recorder.finish()
    if listening:
        listening.end()
    _tell(recorder.told, shown)
    shown.close(listening.view if listening else None)


def _tell(told: SimpleQueue[str], shown: Screen) -> None:
    while True:
        try:
            shown.say(told.get_nowait())
        except Empty:
            return


def _settle(recorder: Recorder, stop: threading.Event) -> float:
    """Wait until all is on disk; a second Ctrl-C gives up what finds no room there. Returns the seconds given up."""
    from dictate.capture.raw import fault_told

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
    with suppress(Empty):
        while True:
            say(f"dictate: {recorder.told.get_nowait()}")
    why = fault_told(recorder.fault) if recorder.fault else "the disk is full"
    if recorder.fault:
        say(f"dictate: {why}: the recording ends there; what was written is kept")
    if lost_s := recorder.unwritten_s():
        say(f"dictate: {lost_s:.1f} s were not written: {why}")
    return lost_s
