"""Running commands as a user does, in this process so that models are loaded once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dictate.cli import main
from tests.cli.filled import fill
from tests.cli.room import Room
from tests.conftest import SAMPLE


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command gave back."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: object) -> Ran:
        capfd.readouterr()
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        told = capfd.readouterr()
        return Ran(status, told.out, told.err)

    return command


@pytest.fixture
def sample() -> Path:
    """The bundled memo, spoken from samples/memo.txt."""
    return SAMPLE


@pytest.fixture(scope="session")
def imported_once(tmp_path_factory: pytest.TempPathFactory, whisper_tiny: Path) -> Path:
    """A folder with the database that an import of the sample makes."""
    folder = tmp_path_factory.mktemp("imported")
    facts = ["--company", "Brightwhistle", "--role", "operations analyst", "--interviewer", "Priya"]
    arguments = ["--db", str(folder / "notes.db"), "import", str(SAMPLE), "--model", "tiny.en", *facts]
    assert main([*arguments, "--held-at", "2026-03-12T14:00+00:00"]) == 0
    return folder


@pytest.fixture
def notes(imported_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of its own with the sample's notes, which commands use without being told."""
    folder = tmp_path / "with notes"
    shutil.copytree(imported_once, folder)
    monkeypatch.setenv("DICTATE_DB", str(folder / "notes.db"))
    return folder / "notes.db"


@pytest.fixture(scope="session")
def one_room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    assert shutil.which("pulseaudio"), "make test installs pulseaudio"
    room = Room(tmp_path_factory.mktemp("room"))
    yield room
    room.close()


@pytest.fixture
def room(one_room: Room, home: Path) -> Iterator[Room]:
    """A room with a microphone, quiet in the beginning and in the end."""
    (home / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
    yield one_room
    one_room.hush()


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with two interviews made by hand, which commands use without being told; no model is needed."""
    folder = tmp_path / "made by hand"
    folder.mkdir()
    fill(folder / "notes.db")
    monkeypatch.setenv("DICTATE_DB", str(folder / "notes.db"))
    return folder / "notes.db"
