"""What every command knows (database, output form), and the options that set it, before or after the arguments."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from dictate import paths

if TYPE_CHECKING:
    from dictate.store import Store

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


def _usual_db() -> Path:
    return Path(os.environ.get("DICTATE_DB") or paths.default_db())


@dataclass(slots=True)
class App:
    """One run of the program."""

    db: Path = field(default_factory=_usual_db)
    json: bool = False
    csv: bool = False
    debug: bool = False
    command: str | None = None  # the one that is run
    is_told: bool = False  # which recordings are unfinished, in this run

    def again(self, command: str) -> str:
        """How to run another command on the same notes."""
        named = "" if self.db == _usual_db() else f"--db {shlex.quote(str(self.db))} "
        return f"dictate {named}{command}"

    def worded(self, message: str) -> str:
        """A message of the library, which does not know where the notes lie."""
        return message.replace("dictate recover", self.again("recover"))

    def is_new(self) -> bool:
        """Whether the user's own database is yet to be made (one that is named and not there is an error)."""
        return self.db == paths.default_db() and not self.db.exists()

    def is_writable(self) -> bool:
        """Whether the database, where there is one, can be written to."""
        return not self.db.exists() or (os.access(self.db, os.W_OK) and os.access(self.db.parent, os.W_OK))

    @contextmanager
    def store(self, *, create: bool = False, read_only: bool = True) -> Iterator[Store]:
        """The notes, open; a command that only reads does not make a database."""
        from dictate.store import Store

        store = Store.open(self.db, create=create, read_only=read_only and not create)
        try:
            yield store
        finally:
            store.close()

    @contextmanager
    def keeping_store(self) -> Iterator[Store]:
        """The notes, open to be read, and for keeping what is found out about them where the file can be written."""
        with self.store(read_only=not self.is_writable()) as store:
            yield store

    def ask(self, question: Callable[[Store], Sequence[T]]) -> Sequence[T]:
        """What the notes answer; nothing where there are none yet."""
        if self.is_new():
            return []
        with self.store() as store:
            return question(store)


pass_app = click.make_pass_decorator(App, ensure=True)


def _setter(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    def set_on_app(ctx: click.Context, _: click.Parameter, value: Any) -> Any:
        if value:
            setattr(ctx.ensure_object(App), name, value)
        return value

    return set_on_app


def _option(*names: str, sets: str, **attributes: Any) -> Callable[[F], F]:
    return click.option(*names, expose_value=False, callback=_setter(sets), **attributes)


json_option = _option("--json", sets="json", is_flag=True, help="Print JSON.")
csv_option = _option("--csv", sets="csv", is_flag=True, help="Print comma-separated values.")
debug_option = _option("--debug", sets="debug", is_flag=True, help="Show a traceback when something fails.")
db_option = _option(
    "--db",
    sets="db",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Database file (else DICTATE_DB, else your data folder).",
)
yes_option = click.option("--yes", "-y", "assume_yes", is_flag=True, help="Answer every question with yes.")


def emit_json(value: Any, *, one_line: bool = False) -> None:
    """JSON on stdout; what UTF-8 cannot hold (the bytes of an odd file name) is escaped."""
    indent = None if one_line else 2
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        text = json.dumps(value, indent=indent)
    click.echo(text)
