"""An answer spoken into the microphone, and what was heard."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from dictate.cli import speaking
from dictate.cli.app import App
from dictate.cli.hearing import Listener
from dictate.cli.speaking import Manner
from dictate.errors import DeviceError, NoSpeechError
from dictate.records import Interview


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
    from dictate.capture.running import running
    from dictate.capture.session import ready_folder
    from dictate.capture.unfinished import Facts
    from dictate.pipeline.live import finish

    facts = Facts(datetime.now().astimezone(), Interview(), purpose="answer")
    manner = Manner(device, quiet=True, discard=False, listen=None, keys="Enter finishes")
    with running(ready_folder(app.db)) as free:
        if not free:
            raise DeviceError("a recording is running already; finish it with: dictate record --toggle")
        with speaking.speak(app, facts, manner) as done:
            assert done.place, "only what is to be discarded is thrown away"
            if not done.duration_s:
                done.place.remove()
                raise DeviceError("nothing was recorded, so nothing is kept")
            return finish(done.place)
