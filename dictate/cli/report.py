"""``dictate report``: one HTML file to read, print, or hand to a coach."""

from __future__ import annotations

from pathlib import Path

import click

from dictate.cli.app import App, emit_json, json_option, pass_app
from dictate.cli.console import clean, say
from dictate.errors import InputError

DEFAULT = Path("dictate-report.html")


@click.command()
@click.option(
    "--output", "-o", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help=f"Default {DEFAULT}."
)
@click.option("--open", "open_it", is_flag=True, help="Open it in your browser.")
@click.option("--redact", is_flag=True, help="Put stand-ins in place of the names of people and companies.")
@click.option("--force", is_flag=True, help="Replace a file that is no report.")
@click.option(
    "--db",
    "databases",
    multiple=True,
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="PATH",
    help="A database; several give one report with a section for each person.",
)
@json_option
@pass_app
def report(
    app: App, output: Path | None, open_it: bool, redact: bool, force: bool, databases: tuple[Path, ...]
) -> None:
    """Write a report that any browser shows.

    One file that holds all it needs and fetches nothing: charts of questions, feelings, outcomes and concerns, each
    with its figures, and the notes behind every one of them. It prints well. --redact takes out what looks like a name
    of a person or a company, in the notes too; look it through before you hand it on. With --json, what it says is
    printed, and a file is written only where one is named.

    \b
    Examples:
      dictate report --open
      dictate report --redact -o for-my-coach.html
      dictate report --db anna.db --db bilal.db -o clients.html
    """
    from dictate.review.report import making

    contents = making.gathered([*databases] or [app.db], redact=redact)
    file = output or (None if app.json and not open_it else DEFAULT)
    if file:
        making.write(file, contents, force=force)
    if app.json:
        emit_json(contents)
    elif file:
        click.echo(clean(str(file)))
    if open_it and file and click.launch(file.absolute().as_uri()) != 0:
        raise InputError(f"no browser could be opened; the report lies in {file}")
    if redact and file:
        say("names are replaced as far as they look like names: look it through before you hand it on")
