"""``dictate doctor``: what works here, and what to do about what does not."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.cli.console import clean
from dictate.cli.screen import bar

if TYPE_CHECKING:
    from dictate.capture.inputs import Input

MARKS = {"works": ("ok", "green"), "warns": ("!!", "yellow"), "fails": ("no", "red")}


@click.command()
@db_option
@json_option
@pass_app
def doctor(app: App) -> None:
    """See what works here, and how to mend the rest.

    \b
    Example: dictate doctor
    """
    from dictate.doctor import examine

    findings = []
    for finding in examine(app.db):
        findings.append(finding)
        if not app.json:
            mark, colour = MARKS[finding.state]
            click.echo(f"{click.style(mark, fg=colour)}  {finding.what:15} {clean(finding.detail)}")
            if finding.advice:
                click.echo(f"    {'':15} {finding.advice}")
            for one in finding.inputs:
                click.echo(f"    {'':15} {_told(one)}")
    if app.json:
        emit_json([asdict(finding) for finding in findings])
    if any(finding.state == "fails" for finding in findings):
        sys.exit(1)


def _told(one: Input) -> str:
    """A microphone's number, name, rate, and how loud it is."""
    level = "" if one.level_db is None else f"  [{bar(one.level_db)}] {one.level_db:.0f} dB"
    return f"{one.number:2} {clean(one.name)}  {one.sample_rate:.0f} Hz{'  default' * one.is_default}{level}"
