"""Which interview a memo is of: from what the user says, else files beside it, else its folder's name, else the speech.

memo.toml, memo.json    beside memo.m4a: company, role, round, held_at, interviewers
dictate.toml            in a folder: the same for all memos in it and in the folders in it
Acme - data engineer    a folder's name; a third part is the round
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from dictate.errors import InputError
from dictate.pipeline.recording import Wish
from dictate.pipeline.sources import FOLDER_FILE, SIDE_SUFFIXES, Source, Sources
from dictate.pipeline.texts import read_text
from dictate.records import Interview
from dictate.segment.job import names_a_job

KEYS = tuple(field.name for field in fields(Interview))
LARGEST = 2**20  # bytes of such a file
_PARTS = re.compile(r"\s+[-–—]\s+")
_DATED = re.compile(r"^(\d{4}-\d\d-\d\d)[\s_,-]+")


def wishes(sources: Sources, wish: Wish) -> tuple[Sources, Callable[[Source], Wish]]:
    """What is wished for each file, with what lies beside it; files beside which nonsense lies are unreadable."""
    told: dict[Path, Wish] = {}
    unreadable = list(sources.unreadable)
    for source in sources.files:
        try:
            told[source.path] = replace(wish, interview=wish.interview.filled(told_beside(source.path)))
        except InputError as error:
            unreadable.append((source.path, str(error)))
    files = tuple(source for source in sources.files if source.path in told)
    return Sources(files, tuple(unreadable), sources.others), lambda source: told[source.path]


def told_beside(memo: Path) -> Interview:
    """What a memo's side files, its folder and the one above it tell; InputError where that makes no sense."""
    found = _beside(memo)
    for folder in _folders(memo):
        if os.path.isfile(folder / FOLDER_FILE):  # noqa: PTH113  # False too where it may not be looked at
            found = found.filled(_read(folder / FOLDER_FILE))
        found = found.filled(named(folder.name))
    return found


def side_files(memo: Path) -> tuple[Path, ...]:
    """Where files lie, or might lie, that tell of a memo."""
    beside = (path for suffix in SIDE_SUFFIXES if (path := memo.with_suffix(suffix)) != memo)
    return (*beside, *(folder / FOLDER_FILE for folder in _folders(memo)))


def named(folder: str) -> Interview:
    """What a folder's name tells; nothing unless it has an employer and a job: a wrong employer is worse than none."""
    day = _DATED.match(folder)
    parts = [part.strip() for part in _PARTS.split(folder[day.end() :] if day else folder)]
    if len(parts) not in (2, 3) or not all(parts) or not names_a_job(parts[1]):
        return Interview()
    return Interview(parts[0], parts[1], parts[2] if len(parts) == 3 else None, _moment(day[1]) if day else None)


def _folders(memo: Path) -> tuple[Path, Path]:
    """The memo's folder and the one above it, however the memo was named; those further up are of other things."""
    folder = Path(os.path.abspath(memo)).parent  # noqa: PTH100  # without "..", which is no folder's name
    return folder, folder.parent


def _beside(memo: Path) -> Interview:
    found = Interview()
    for suffix in SIDE_SUFFIXES:
        path = memo.with_suffix(suffix)
        if path != memo and os.path.isfile(path):  # noqa: PTH113
            found = found.filled(_read(path))
    return found


def _read(path: Path) -> Interview:
    text = read_text(path, largest=LARGEST)
    if path.suffix == ".json":
        try:
            told = json.loads(text)
        except (ValueError, RecursionError):
            return Interview()  # other programs write such files too
        if not isinstance(told, dict):
            return Interview()
        told = {key: value for key, value in told.items() if key in (*KEYS, "interviewer")}
    else:
        try:
            told = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{path}: is no TOML ({error}); put it right or take it away") from error
    return _interview(path, told)


def _interview(path: Path, told: Mapping[str, Any]) -> Interview:
    values: dict[str, Any] = {}
    for key, value in told.items():
        if key in ("interviewers", "interviewer"):
            values["interviewers"] = tuple(map(str, value if isinstance(value, list) else [value]))
        elif key == "held_at":
            values[key] = _held_at(path, value)
        elif key in KEYS and isinstance(value, str | None):
            values[key] = value
        else:
            raise InputError(f"{path}: does not say {key!r} as it should; it may tell {', '.join(KEYS)}")
    return Interview(**values)


def _held_at(path: Path, value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value.astimezone()
    if isinstance(value, date):
        return datetime.combine(value, time()).astimezone()
    moment = _moment(str(value)) if value else None
    if value and moment is None:
        raise InputError(f"{path}: held_at is no date; write 2026-03-14 or 2026-03-14T15:30")
    return moment


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError):
        return None
