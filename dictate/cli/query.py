"""``dictate query``: a user's own SQL on the notes."""

from __future__ import annotations

import base64
import math
import sys
from typing import Any

import click

from dictate.cli.app import App, csv_option, db_option, emit_json, json_option, pass_app
from dictate.cli.console import print_table


@click.command()
@click.argument("sql")
@click.option("--limit", "-n", type=click.IntRange(min=1), metavar="N", help="At most N rows, the first.")
@db_option
@json_option
@csv_option
@pass_app
def query(app: App, sql: str, limit: int | None) -> None:
    """Ask the database in SQL.

    One statement that reads ("-" is standard input); nothing can be changed by it. The views notes_in_full and
    questions are made for looking at, and notes_fts searches.

    \b
    Examples:
      dictate query "select company, count(*) from notes_in_full group by company"
      dictate query "select * from questions where difficult" --csv
    """
    with app.store() as store:
        table = store.query(sys.stdin.read() if sql == "-" else sql, limit=limit)
    if app.json:
        emit_json([dict(zip(table.columns, map(_as_json, row), strict=True)) for row in table.rows])
    else:
        print_table(table.columns, [[_as_text(value) for value in row] for row in table.rows], as_csv=app.csv)


def _as_json(value: Any) -> Any:
    """Bytes as sqlite-utils writes them; what JSON has no number for as a word."""
    if isinstance(value, bytes):
        return {"$base64": True, "encoded": base64.b64encode(value).decode()}
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def _as_text(value: Any) -> Any:
    return f"<{len(value)} bytes>" if isinstance(value, bytes) else value
