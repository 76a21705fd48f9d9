"""Exports on disk: each file is whole or not there, and nothing is replaced but what an export wrote."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from dictate import paths
from dictate.errors import InputError
from dictate.review.formats import WRITERS, DataFormat, encoded, is_export
from dictate.review.made import Made, refuse_others
from dictate.review.markdown import as_markdown, file_name
from dictate.store.shapes import InterviewShown
from dictate.writing import write_output

RECORD = ".dictate-export.json"  # what an export wrote in a folder, so that the next knows its own files
BEGINNING = 4096  # characters that tell an earlier export


@dataclass(slots=True)
class Exported:
    """What an export did; ``left`` are files in its way that are not its own, or were changed since."""

    files: list[Path] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)
    left: list[Path] = field(default_factory=list)


class Written(TypedDict):
    """A file of an earlier export: of which interview of which database, and what was in it."""

    database: str
    interview: int
    sha256: str


def write_file(interviews: Sequence[InterviewShown], format: DataFormat, path: Path, *, force: bool) -> Exported:
    """One file with all interviews."""
    if path.is_dir():
        raise InputError(f"{path} is a folder: name a file with --output")
    if path.exists() and not force and not is_export(_beginning(path), format):
        raise InputError(f"{path} is there already and no {format} of an earlier export: --force replaces it")
    write_output(path, encoded(WRITERS[format](interviews)))
    return Exported(files=[path])


def write_made(content: bytes, path: Path, kind: Made, *, force: bool) -> None:
    """A deck or a calendar; what is there and is not of ours stays."""
    refuse_others(path, kind, force=force)
    write_output(path, content)


def write_folder(interviews: Sequence[InterviewShown], database: Path, folder: Path, *, force: bool) -> Exported:
    """A Markdown file for each interview; one that the user has changed since is left as it is."""
    if not interviews:
        return Exported()
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file: Markdown goes to a folder, one file for each interview")
    try:
        paths.make_private(folder)
    except OSError as error:
        raise InputError(f"cannot create {folder}: {error.strerror}; name another folder with --output") from error
    record, done = _read_record(folder), Exported()
    try:
        for interview in interviews:
            _write_page(interview, _mark(database), folder, record, done, force=force)
    finally:
        write_output(folder / RECORD, encoded(json.dumps(record, indent=1, sort_keys=True) + "\n"))
    return done


def _write_page(
    interview: InterviewShown, database: str, folder: Path, record: dict[str, Written], done: Exported, *, force: bool
) -> None:
    content, name = encoded(as_markdown(interview)), file_name(interview)
    entry: Written = {"database": database, "interview": interview["id"], "sha256": _sha256(content)}
    if not force and not _may_replace(folder / name, record.get(name), entry):
        done.left.append(folder / name)
        return
    if not _has(folder / name, entry["sha256"]):
        write_output(folder / name, content)
    done.files.append(folder / name)
    for old in [*_others(record, name, entry)]:
        if _has(folder / old, record.pop(old)["sha256"]):
            (folder / old).unlink()
            done.removed.append(folder / old)
    record[name] = entry


def _may_replace(path: Path, before: Written | None, now: Written) -> bool:
    """Whether nothing is there, or what this wrote of the same interview, or what it would write."""
    if not path.exists() or _has(path, now["sha256"]):
        return True
    same = before is not None and (before["database"], before["interview"]) == (now["database"], now["interview"])
    return same and before is not None and _has(path, before["sha256"])


def _others(record: dict[str, Written], name: str, entry: Written) -> Iterator[str]:
    """Names that the interview had before: a company was corrected, a date became known."""
    for other, written in record.items():
        if other != name and (written["database"], written["interview"]) == (entry["database"], entry["interview"]):
            yield other


def _read_record(folder: Path) -> dict[str, Written]:
    path = folder / RECORD
    if not path.exists():
        return {}
    try:
        read = json.loads(path.read_bytes())
        return {
            str(name): {"database": one["database"], "interview": one["interview"], "sha256": one["sha256"]}
            for name, one in read.items()
            if Path(name).name == name
        }
    except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise InputError(f"{path} cannot be read: remove it, and what is there will be left as it is") from error


def _mark(database: Path) -> str:
    """Which database, without telling where it lies to those who are given the folder."""
    return _sha256(os.fsencode(database.absolute()))[:16]


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _has(path: Path, sha256: str) -> bool:
    return path.is_file() and _sha256(path.read_bytes()) == sha256


def _beginning(path: Path) -> str:
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return file.read(BEGINNING)
