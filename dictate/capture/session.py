"""One recording from its first block to its last: the microphone open, its place on disk made and locked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from dictate import paths
from dictate.capture.devices import stderr_apart
from dictate.capture.microphone import Microphone
from dictate.capture.raw import HEADER
from dictate.capture.recorder import Recorder
from dictate.capture.unfinished import JOURNAL, Facts, Place, locked, new_place
from dictate.errors import DeviceError, InputError


def ready_folder(db: Path) -> Path:
    """The folder for recordings beside a database, made where it is not there."""
    folder = paths.recordings_dir(db)
    if db.parent != paths.data_dir() and not db.parent.is_dir():
        raise InputError(f"the folder {db.parent} does not exist: create it, or name another with --db")
    try:
        return paths.make_private(folder)
    except OSError as error:
        raise InputError(f"cannot create {folder}: {error.strerror}; name another place with --db") from error


@contextmanager
def recording(folder: Path, microphone: Microphone, facts: Facts) -> Iterator[tuple[Place, Recorder]]:
    """A recording that runs; its place is locked until the end of ``with``, so that nobody takes it for unfinished."""
    clear_empty(folder)
    with stderr_apart():
        microphone.open()
        try:
            with ExitStack() as held:
                try:
                    place = new_place(folder, now := datetime.now().astimezone())
                    place.begin(replace(facts, started_at=now))
                    held.enter_context(locked(place.journal))
                    recorder = Recorder(microphone, place)
                except OSError as error:
                    reason = error.strerror or str(error)
                    advice = "make room, or name another with --db"
                    raise DeviceError(f"cannot record to {folder} ({reason}); {advice}") from error
                recorder.start()
                yield place, recorder
        finally:
            microphone.close()


def clear_empty(folder: Path) -> None:
    """Take away journals of recordings that ended before their first sample."""
    for journal in [path for path in folder.iterdir() if path.suffix == JOURNAL]:
        place = Place(journal)
        with locked(journal) as free:
            if free and not place.encoded and (not place.raw.exists() or place.raw.stat().st_size <= HEADER.size):
                place.remove()
