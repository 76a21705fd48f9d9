"""``dictate datasette``: the notes in a browser, by another program."""

from __future__ import annotations

import shlex
import subprocess
import sys
from importlib.util import find_spec

import click

from dictate.cli.app import App, db_option, emit_json, json_option, pass_app
from dictate.errors import InputError


@click.command()
@click.option("--open", "open_it", is_flag=True, help="Run it, and open your browser; Ctrl-C ends it.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, metavar="N", help="Default 8001; 0 takes any.")
@db_option
@json_option
@pass_app
def datasette(app: App, open_it: bool, port: int) -> None:
    """Print the command that serves the notes in Datasette.

    Datasette shows tables, facets and SQL in a browser, on this machine alone, here with queries to begin with. It is a
    program of its own: pip install datasette.

    \b
    Examples:
      dictate datasette
      dictate datasette --open
    """
    from dictate.review import serving

    with app.store() as store:
        database = store.path.absolute()
    file = serving.write_metadata(database)
    command = ["datasette", "serve", str(database), "--metadata", str(file), "--host", "127.0.0.1", "--port", str(port)]
    if open_it:
        if find_spec("datasette") is None:
            raise InputError("datasette is not installed: pip install datasette, then try again")
        ended = subprocess.run([sys.executable, "-m", *command, "--open"], check=False).returncode
        if ended not in (0, -2):
            raise InputError(f"datasette ended with status {ended}: is the port free? --port N takes another")
    elif app.json:
        emit_json({"command": command, "metadata": str(file)})
    else:
        click.echo(shlex.join(command))
