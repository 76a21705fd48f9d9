"""An answer spoken into the microphone, and what was heard."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from queue import Empty
from typing import TYPE_CHECKING

from dictate.cli.app import App
from dictate.cli.console import say
from dictate.cli.hearing import Listener
from dictate.cli.screen import Screen, screen
from dictate.cli.speaking import stop_signals
from dictate.errors import DeviceError, NoSpeechError
from dictate.records import Interview

if TYPE_CHECKING:
    import threading

    from dictate.capture.recorder import Recorder


def speak(app: App, listener: Listener, device: str | None) -> tuple[str, Path]:
    """Record until Enter (without a terminal: a signal); returns the words and the kept recording."""
    from dictate.capture.decode import Decoding
    from dictate.capture.media import open_media

    listener.engine()  # weights that are missing are told before anything is spoken
    path = _recorded(app, device)
    transcript = listener.hear(Decoding(open_media(path)), Interview())
    if not transcript.words:
        raise NoSpeechError(f"nobody speaks in {path}; it is kept: say it again")
    return transcript.text, path


def _recorded(app: App, device: str | None) -> Path:
    from dictate.capture.microphone import Microphone
    from dictate.capture.running import running
    from dictate.capture.session import ready_folder, recording
    from dictate.capture.unfinished import Facts
    from dictate.pipeline.live import finish

    folder = ready_folder(app.db)
    with running(folder) as free:
        if not free:
            raise DeviceError("a recording is running already; finish it with: dictate record --toggle")
        with stop_signals() as stop:
            microphone = Microphone(device)
            facts = Facts(datetime.now().astimezone(), Interview(), remarks=("an answer that was practised",))
            with recording(folder, microphone, facts) as (place, recorder):
                with screen(brief=True) as shown:
                    shown.say(f"recording from {microphone.device.name}: speak; Enter finishes")
                    _listen(recorder, shown, stop)
                _settle(recorder, stop)
        if not recorder.duration_s:
            place.remove()
            raise DeviceError("nothing was recorded, so nothing is kept")
        return finish(place)


def _listen(recorder: Recorder, shown: Screen, stop: threading.Event) -> None:
    while not (stop.is_set() or recorder.is_over.is_set()):
        _tell(recorder, shown)
        shown.draw(recorder.state())
        if any(key in "\r\n" for key in shown.key(stop)):
            stop.set()
    recorder.finish()
    _tell(recorder, shown)


def _tell(recorder: Recorder, shown: Screen) -> None:
    while True:
        try:
            shown.say(recorder.told.get_nowait())
        except Empty:
            return


def _settle(recorder: Recorder, stop: threading.Event) -> None:
    """Wait until all is on disk; a second Ctrl-C gives up what finds no room there."""
    stop.clear()
    while not recorder.wait(1.0):
        say("dictate: the disk is full: make room; Ctrl-C gives up what is not written")
        if stop.is_set():
            recorder.give_up()
