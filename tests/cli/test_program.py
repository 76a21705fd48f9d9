"""The program as a whole: help, README, completion, doctor, faults, interruption."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from dictate.cli import COMMANDS, LazyGroup, cli
from tests.cli.conftest import Run

ROOT = Path(__file__).parents[2]


def commands() -> list[tuple[str, click.Command]]:
    """Every command and subcommand by its full name."""
    found: list[tuple[str, click.Command]] = []
    assert isinstance(cli, LazyGroup)
    with click.Context(cli) as ctx:
        for name in cli.list_commands(ctx):
            command = cli.get_command(ctx, name)
            assert command is not None
            parts = command.commands.items() if isinstance(command, click.Group) else ()
            found += [(f"{name} {part}", sub) for part, sub in parts] or [(name, command)]
    return found


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_is_in_the_readme(name: str) -> None:
    assert f"`dictate {name}" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_has_help_with_an_example(name: str, command: click.Command) -> None:
    assert command.help
    assert f"dictate {name}" in command.help
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_help_fits_a_line_for_each_command(run: Run) -> None:
    for arguments in (["--help"], []):
        ran = run(*arguments)
        assert ran.status == 0
        assert "..." not in ran.out.split("Commands:")[1]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_the_program(run: Run, shell: str) -> None:
    ran = run("completion", shell)
    assert ran.status == 0
    assert "_DICTATE_COMPLETE" in ran.out


def test_completion_completes(tmp_path: Path) -> None:
    env = {**os.environ, "_DICTATE_COMPLETE": "bash_complete", "COMP_WORDS": "dictate tr", "COMP_CWORD": "1"}
    program = Path(sys.executable).with_name("dictate")
    done = subprocess.run([program], env=env, capture_output=True, text=True)
    assert done.stdout.split() == ["plain,transcribe"]


def test_doctor_says_what_works(run: Run, whisper_base: Path) -> None:
    ran = run("doctor", "--json")
    found = {finding["what"]: finding for finding in ran.json}
    assert ran.status == 0
    for what in ("Python", "settings", "weights", "faster-whisper", "openai-whisper", "segmenter", "database"):
        assert found[what]["state"] == "works", found[what]
    assert {"microphone", "loudspeaker", "disk"} <= set(found)


def test_doctor_says_what_to_do(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DICTATE_MODELS", str(tmp_path))
    ran = run("doctor")
    assert ran.status == 1
    assert "dictate models pull base" in ran.out


def test_a_traceback_only_with_debug(run: Run, tmp_path: Path) -> None:
    (tmp_path / "poem.db").write_text("no database " * 100)
    assert "Traceback" not in run("--db", tmp_path / "poem.db", "list").err
    assert "Traceback" in run("--db", tmp_path / "poem.db", "--debug", "list").err


def test_an_interrupted_import_leaves_nothing_half_done(tmp_path: Path, whisper_base: Path) -> None:
    db = tmp_path / "notes.db"
    command = [
        sys.executable,
        "-m",
        "dictate",
        "--db",
        db,
        "import",
        ROOT / "samples" / "memo.m4a",
        "--engine",
        "openai-whisper",
    ]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    assert process.stderr.readline().startswith("transcribing")
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    listed = subprocess.run(
        [sys.executable, "-m", "dictate", "--db", db, "list", "--json"], capture_output=True, text=True, check=True
    )
    assert listed.stdout.strip() == "[]"
    assert list(tmp_path.rglob("*.m4a")) == []


def test_a_reader_that_goes_away_is_no_fault(notes: Path) -> None:
    command = f"{sys.executable} -m dictate show 1 --json | head -c 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("{", "")
