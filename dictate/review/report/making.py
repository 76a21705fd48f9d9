"""A report made: databases in, one file out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from dictate.errors import InputError
from dictate.review.formats import encoded
from dictate.review.report.contents import Client, Contents, client, contents
from dictate.review.report.page import as_html
from dictate.review.report.redaction import redacted
from dictate.store import Store
from dictate.writing import write_output

_BEGINNING = b'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"'


def gathered(databases: Sequence[Path], *, redact: bool) -> Contents:
    """What a report of these databases holds; there must be enough in one of them to say anything."""
    clients: list[Client] = []
    names: list[tuple[str | None, list[str]]] = []
    for path, name in zip(databases, _names(databases), strict=True):
        with Store.open(path, create=False, read_only=True) as store:
            clients.append(client(store, name))
            names += [(one["company"], one["interviewers"]) for one in store.list()]
    if not any(one["review"]["base"]["with_notes"] for one in clients):
        raise InputError("no interviews yet: make notes of memos with `dictate import FILE`")
    made = contents(clients, datetime.now().astimezone())
    return redacted(made, names) if redact else made


def write(file: Path, made: Contents, *, force: bool = False) -> None:
    """The whole file or none; what is there and is no report stays."""
    try:
        kept = file.exists() and not force and not _is_report(file)
    except OSError as error:
        raise InputError(f"cannot write {file}: {error.strerror}; name another place with --output") from error
    if kept:
        raise InputError(f"{file} is there already and no report: --force replaces it")
    write_output(file, encoded(as_html(made)))


def _is_report(file: Path) -> bool:
    with file.open("rb") as opened:
        return opened.read(len(_BEGINNING)) in (_BEGINNING, b"")


def _names(databases: Sequence[Path]) -> Iterator[str]:
    """Each file's name without its ending, with its folder's where two are named alike."""
    stems = Counter(path.stem for path in databases)
    for path in databases:
        yield path.stem if stems[path.stem] == 1 else f"{path.absolute().parent.name}/{path.stem}"
