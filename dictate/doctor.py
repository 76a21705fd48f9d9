"""What works on this machine, and what to do about what does not."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from dictate import paths, settings, weights
from dictate.errors import DeviceError, DictateError

if TYPE_CHECKING:
    from dictate.capture.inputs import Input

State = Literal["works", "warns", "fails"]
ROOM = 2 * 2**30  # bytes that a session with new weights may need
OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``advice`` says what to do where it does not work."""

    what: str
    state: State
    detail: str
    advice: str = ""
    inputs: tuple[Input, ...] = ()  # of the microphone: all that there are


Look: TypeAlias = "tuple[State, str, str] | tuple[State, str, str, tuple[Input, ...]]"


def examine(db: Path) -> Iterator[Finding]:
    """Findings, from what everything needs to what some commands need."""
    for what, look in (
        ("Python", _python),
        ("settings", _settings),
        ("weights", _weights),
        ("faster-whisper", lambda: _package("faster_whisper", "faster-whisper")),
        ("openai-whisper", lambda: _package("whisper", "openai-whisper")),
        ("segmenter", _segmenter),
        ("database", lambda: _database(db)),
        ("disk", lambda: _disk(db)),
        ("microphone", _microphone),
        ("loudspeaker", _loudspeaker),
    ):
        yield _found(what, look)


def _found(what: str, look: Callable[[], Look]) -> Finding:
    try:
        return Finding(what, *look())
    except DictateError as error:
        return Finding(what, "fails", str(error), "")


def _python() -> tuple[State, str, str]:
    version = sys.version.split()[0]
    if sys.version_info < OLDEST_PYTHON:
        return "fails", version, "install Python 3.11 or newer"
    return "works", version, ""


def _settings() -> tuple[State, str, str]:
    file = paths.settings_file()
    chosen = settings.read_settings(file)
    told = f"model {chosen.model}, engine {chosen.engine}, {len(chosen.vocabulary)} words of vocabulary"
    return "works", told if file.exists() else f"the defaults ({file} would change them)", ""


def _weights() -> tuple[State, str, str]:
    chosen = settings.read_settings().model
    here = [model.name for model in weights.manifest().models.values() if weights.is_here(model)]
    detail = f"{', '.join(here) or 'none'} in {paths.weights_dir()}"
    known = weights.manifest().models.get(chosen)
    if known and not weights.is_here(known):
        return "fails", detail, f"dictate models pull {chosen}"
    return "works", detail, ""


def _package(module: str, name: str) -> tuple[State, str, str]:
    if importlib.util.find_spec(module) is None:
        return "fails", "not installed", f"pip install {name}"
    from importlib.metadata import version

    return "works", version(name), ""


def _segmenter() -> tuple[State, str, str]:
    from dictate.segment.pipeline import TRAINED, Segmenter

    Segmenter().segment("They asked why I left. I said the commute.")
    return "works", str(paths.shipped(TRAINED)), ""


def _database(db: Path) -> tuple[State, str, str]:
    if not db.exists():
        return "works", f"{db} (made by the first import)", ""
    from dictate.store import Store

    store = Store.open(db, create=False, read_only=True)
    try:
        count = len(store.list())
        return "works", f"{db}, {db.stat().st_size / 2**20:.1f} MB, {count} interviews", ""
    finally:
        store.close()


def _disk(db: Path) -> tuple[State, str, str]:
    folder = next(parent for parent in db.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    detail = f"{free / 2**30:.1f} GB free for {folder}"
    return ("works", detail, "") if free > ROOM else ("warns", detail, "make room: audio and weights need some")


def _microphone() -> Look:
    from dictate.capture.inputs import inputs, level_now
    from dictate.capture.level import FLOOR_DB

    if not inputs():
        return "warns", "none found", "plug one in, or start the sound server"
    try:
        level_db = level_now()
    except DeviceError as error:
        fault, _, advice = str(error).partition("; ")
        return "warns", fault, advice, inputs()
    found = inputs(level_db)
    names = ", ".join(one.name for one in found)
    if level_db <= FLOOR_DB:
        return "warns", names, f"nothing is heard from {found[0].name}: is it muted? speak, and look again", found
    return "works", names, "", found


def _loudspeaker() -> Look:
    from dictate.capture.devices import devices

    names = [device.name for device in devices("output")]
    return ("works", ", ".join(names), "") if names else ("warns", "none found", "only `play` needs one")
