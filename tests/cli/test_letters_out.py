"""A letter on its way: into the clipboard, or through a language model of the user's."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import llm
import pytest
from llm.plugins import pm

from dictate.cli.clipboard import copy
from dictate.errors import InputError
from dictate.review.polishing import added_by, is_local, polished
from dictate.store import Store
from tests.cli.conftest import Run
from tests.store.telling import NORTHWIND, debrief


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    database = tmp_path / "notes.db"
    with Store.open(database) as store:
        store.add(debrief(NORTHWIND, interviewers=("Sarah", "Tom")))
    monkeypatch.setenv("DICTATE_DB", str(database))
    monkeypatch.setenv("LLM_USER_PATH", str(tmp_path / "llm"))
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("DISPLAY", raising=False)
    return database


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A real X server without a screen, for it holds the clipboard."""
    assert shutil.which("Xvfb"), "make test installs xvfb"
    ours, theirs = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(theirs), "-nolisten", "tcp"],
        pass_fds=[theirs], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    with os.fdopen(ours) as told:
        monkeypatch.setenv("DISPLAY", f":{told.readline().strip()}")
    yield
    server.terminate()
    server.wait(timeout=30)


def test_a_letter_goes_into_the_clipboard(run: Run, told: Path, screen: None) -> None:
    ran = run("thank-you", 1, "--to", "Sarah", "--copy")
    assert "copied by xclip" in ran.err
    pasted = subprocess.run(["xclip", "-selection", "clipboard", "-o"], capture_output=True, text=True, check=True)
    assert pasted.stdout == ran.out.rstrip("\n")
    subprocess.run(["xclip", "-selection", "clipboard"], input="", text=True, check=True, stdout=subprocess.DEVNULL)
    assert copy("again: é") == "xclip"


def test_without_a_clipboard_it_is_said(run: Run, told: Path) -> None:
    ran = run("thank-you", 1, "--to", "Sarah", "--copy")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == "dictate: no clipboard here: install wl-clipboard or xclip, or take the text as it is printed\n"
    assert "2 letters do not fit the clipboard" in run("thank-you", 1, "--copy").err


class Wording(llm.Model):
    """A model of llm's that runs here, without any weights: it exchanges words."""

    model_id = "wording"
    exchanges = ("Thank you for talking with me about", "I enjoyed our conversation about")

    def execute(self, prompt: Any, stream: bool, response: Any, conversation: Any) -> Iterator[str]:
        letter = prompt.prompt.split("\n\n", 1)[1]
        yield letter.replace(*self.exchanges)


class Plugin:
    @llm.hookimpl
    def register_models(self, register: Any) -> None:
        register(Wording())


@pytest.fixture
def wording(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Wording]]:
    plugin = Plugin()
    pm.register(plugin, name="wording")
    yield Wording
    pm.unregister(plugin)


def test_a_model_polishes_what_it_does_not_add_to(
    run: Run, told: Path, wording: type[Wording], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run("thank-you", 1, "--to", "Sarah", "--llm", "wording", "--json")
    assert ran.err == ("dictate: wording is not on this machine: the letter, made of your notes, is sent to it\n")
    (letter,) = ran.json["letters"]
    assert letter["edited"] is True
    assert "I enjoyed our conversation about the data engineer role" in letter["text"]
    before = run("thank-you", 1, "--to", "Tom").out
    monkeypatch.setattr(
        wording, "exchanges", ("Thank you for talking", "As head of Google for 12 years I am glad of talking")
    )
    ran = run("thank-you", 1, "--to", "Tom", "--llm", "wording")
    assert (ran.status, ran.out) == (1, "")
    assert "adds what no note says (12, head, Google" in ran.err
    assert run("thank-you", 1, "--to", "Tom").out == before
    ran = run("thank-you", 1, "--to", "Tom", "--llm", "nowhere")
    assert ran.err.startswith("dictate: llm knows no model 'nowhere'")


def test_a_model_may_not_turn_a_denial_round(monkeypatch: pytest.MonkeyPatch) -> None:
    denied = "I did not get to say that I speak Polish."
    monkeypatch.setattr(Wording, "exchanges", ("I did not", "I did"))
    with pytest.raises(InputError, match="adds a 'not', or drops one"):
        polished(denied, Wording())
    monkeypatch.setattr(Wording, "exchanges", ("I did not get to say", "I did not mention"))
    assert polished(denied, Wording()) == "I did not mention that I speak Polish."


@pytest.mark.parametrize(
    ("host", "name", "is_here"),
    [
        ("", "llama3", True),
        ("127.0.0.1:11434", "llama3", True),
        ("http://[::1]:11434", "llama3", True),
        ("0.0.0.0", "llama3", True),
        ("", "gpt-oss:120b-cloud", False),
        ("", "kimi:cloud", False),
        ("https://ollama.example.com", "llama3", False),
        ("gpu.lan:11434", "llama3", False),
    ],
)
def test_what_ollama_runs_elsewhere_is_not_here(
    monkeypatch: pytest.MonkeyPatch, host: str, name: str, is_here: bool
) -> None:
    monkeypatch.setenv("OLLAMA_HOST", host)
    ollama = type("Ollama", (), {"__module__": "llm_ollama", "model_id": name})
    assert is_local(ollama()) is is_here


def test_only_what_is_surely_here_counts_as_here() -> None:
    class Model:
        api_base = "http://localhost:11434/v1"

    assert is_local(Model())
    Model.api_base = "http://localhost.evil.example/v1"
    assert not is_local(Model())
    assert not is_local(Wording())
    assert added_by("I ran the depot.", "I enjoyed the talk; I ran the depot.") == []
    assert added_by("I ran the depot.", "I ran the Leeds depot.") == ["Leeds"]
