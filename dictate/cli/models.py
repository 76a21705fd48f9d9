"""``dictate models``: which weights there are, which are here, getting them; and what the segmenter learns here."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import click

from dictate import weights
from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.errors import InputError, MissingWeightsError, WeightsError


@click.group()
def models() -> None:
    """List, pull and verify the weights; learn from corrections.

    \b
    Example: dictate models pull base
    """


@models.command("list")
@json_option
@pass_app
def list_models(app: App) -> None:
    """List the models by name, with size, licence and whether they are here.

    \b
    Example: dictate models list --json
    """
    entries = list(weights.manifest().models.values())
    if app.json:
        emit_json([_as_json(model) for model in entries])
        return
    width = max(len(model.name) for model in entries)
    for model in entries:
        state = "here" if weights.is_here(model) else "missing"
        click.echo(
            f"{model.name:<{width}}  {state:<7}  {model.size / 1e6:>4.0f} MB  {model.licence:<10}  {model.purpose}"
        )


def _as_json(model: weights.Model) -> dict[str, Any]:
    return {
        "name": model.name,
        "kind": model.kind,
        "purpose": model.purpose,
        "licence": model.licence,
        "origin": model.origin,
        "default": model.default,
        "size": model.size,
        "here": weights.is_here(model),
        "path": str(weights.folder_of(model)),
        "files": [{"path": file.path, "size": file.size, "sha256": file.sha256} for file in model.files],
    }


@models.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "every", is_flag=True, help="Pull every model of the manifest.")
def pull(names: tuple[str, ...], every: bool) -> None:
    """Fetch models (without NAME: those that dictate needs by default), checked by their sha256.

    An interrupted pull goes on where it stopped.

    \b
    Example: dictate models pull tiny.en
    """
    entries = weights.manifest().models.values()
    wanted = names or [model.name for model in entries if every or model.default]
    with pull_progress() as progress:
        folders = {name: weights.pull(name, progress=progress) for name in wanted}
    for name, folder in folders.items():
        click.echo(f"{name} is ready in {folder}", err=True)


@models.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@json_option
@pass_app
def verify(app: App, names: tuple[str, ...]) -> None:
    """Check the files of models (without NAME: of those that are here) by their sha256.

    \b
    Example: dictate models verify base
    """
    wanted = names or _present()
    states = {name: weights.verify(name) for name in wanted}
    if app.json:
        emit_json([_state_as_json(name, state) for name in states for state in states[name]])
    else:
        for name in states:
            for state in states[name]:
                click.echo(f"{state.state:<7}  {name}/{state.file.path}")
    _require_whole(states)


@models.command()
@click.option("--undo", is_flag=True, help="Take back what was learnt last.")
@db_option
@json_option
@pass_app
def train(app: App, undo: bool) -> None:
    """Let the segmenter learn from the labels that you put right.

    Relabelled and confirmed notes count (see review-labels). It takes under a minute, and nothing leaves this machine.
    What it knows already is not forgotten: figures on bundled debriefs are shown before and after. Notes that are
    there stay as they are; retranscribe labels them anew.

    \b
    Examples:
      dictate models train
      dictate models train --undo
    """
    from dictate.pipeline import learning

    if undo:
        if not learning.unlearn():
            raise InputError("nothing has been learnt yet: there is nothing to take back")
        click.echo("what was learnt last is taken back", err=True)
        return
    lessons = app.ask(lambda store: store.lessons())
    click.echo("learning ...", err=True)
    found = learning.learn_from(lessons)
    figures = {key: getattr(found, key) for key in ("taught", *FIGURES)}
    if app.json:
        emit_json({key: round(value, 4) for key, value in figures.items()})
        return
    click.echo(f"learnt from {found.taught} note{'s' * (found.taught != 1)} that you labelled")
    click.echo(f"their words labelled as you did:  {found.taught_before:.0%} before, {found.taught_after:.0%} now")
    click.echo(f"bundled debriefs, macro F1:       {found.macro_before:.3f} before, {found.macro_after:.3f} now")
    click.echo("take it back with: dictate models train --undo", err=True)


FIGURES = ("taught_before", "taught_after", "macro_before", "macro_after")


def _present() -> list[str]:
    """Models with any file here, even if others of it are missing."""
    entries = weights.manifest().models.values()
    present = [m.name for m in entries if any((weights.folder_of(m) / file.path).exists() for file in m.files)]
    if not present:
        raise WeightsError("no weights are on this machine: fetch the default ones with `dictate models pull`")
    return present


def _state_as_json(name: str, state: weights.FileState) -> dict[str, Any]:
    return {
        "model": name,
        "file": state.file.path,
        "path": str(state.path),
        "state": state.state,
        "size": state.file.size,
        "sha256": state.file.sha256,
    }


def _require_whole(states: dict[str, tuple[weights.FileState, ...]]) -> None:
    broken = [name for name in states if any(state.state != "ok" for state in states[name])]
    if broken:
        raise MissingWeightsError(
            broken[0],
            f"files of {', '.join(broken)} are missing or damaged: "
            f"fetch them again with `dictate models pull {' '.join(broken)}`",
        )


def whisper_model(value: str, *, assume_yes: bool) -> weights.ModelSource:
    """What ``--model`` names; missing weights are offered for pulling on a terminal, and pulled with ``--yes``."""
    ask = partial(click.confirm, default=True, err=True) if sys.stdin.isatty() and sys.stderr.isatty() else None
    with pull_progress() as progress:
        find = partial(weights.ensure, assume_yes=assume_yes, ask=ask, progress=progress)
        return weights.resolve_model(value, find=find)


@contextmanager
def pull_progress() -> Iterator[weights.Callback]:
    """Show a pull on stderr: bars on a terminal, else one line for each thing that is fetched."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    with _Bars() as bars:
        yield bars


class _Lines:
    """Progress without a terminal."""

    def __init__(self) -> None:
        self._item = ""

    def __call__(self, progress: weights.Progress) -> None:
        if progress.remark:
            click.echo(f"{progress.model}: {progress.remark}", err=True)
        elif progress.item != self._item:
            self._item = progress.item
            size = f"{progress.total / 1e6:.1f} MB"
            click.echo(f"{progress.model}: {progress.item} from {progress.source}, {size}", err=True)


class _Bars:
    """Progress on a terminal, one bar for each thing that is fetched; nothing is drawn before there is one."""

    def __init__(self) -> None:
        from rich import progress
        from rich.console import Console

        text = progress.TextColumn("{task.description}")
        columns = [text, progress.BarColumn(), progress.DownloadColumn(), progress.TimeRemainingColumn()]
        self._display = progress.Progress(*columns, console=Console(stderr=True))
        self._tasks: dict[str, progress.TaskID] = {}

    def __enter__(self) -> _Bars:
        return self

    def __exit__(self, *_: object) -> None:
        self._display.stop()

    def __call__(self, progress: weights.Progress) -> None:
        self._display.start()
        if progress.remark:
            self._display.console.print(f"{progress.model}: {progress.remark}", markup=False, highlight=False)
            return
        if progress.item not in self._tasks:
            self._tasks[progress.item] = self._display.add_task(progress.item, total=progress.total)
        self._display.update(self._tasks[progress.item], completed=progress.done)
