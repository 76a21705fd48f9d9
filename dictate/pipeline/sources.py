"""Which files an import takes: those named, and the memos in the folders named."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Form = Literal["audio", "text", "transcript"]

AUDIO = frozenset(
    ".m4a .mp3 .mp4 .m4b .aac .ogg .oga .opus .amr .awb .3gp .3gpp .3g2 .3ga .wav .wave .bwf .flac .caf .webm .weba "
    ".mka .mkv .mov .qta .aif .aiff .wma .m4v .spx .mpga .au .dss .qcp .w64 .wv".split()
)
OTHER_FORMS: dict[str, Form] = {".txt": "text", ".json": "transcript"}
FOLDER_FILE = "dictate.toml"
SIDE_SUFFIXES = (".toml", ".json")  # of files that tell of the memo of the same name


@dataclass(frozen=True, slots=True)
class Source:
    """A file to import, and as what."""

    path: Path
    form: Form


@dataclass(frozen=True, slots=True)
class Sources:
    """What was found under the paths given: files in order, what cannot be read, and how many are nothing to us."""

    files: tuple[Source, ...]
    unreadable: tuple[tuple[Path, str], ...] = ()
    others: int = 0


def find_sources(given: Iterable[Path]) -> Sources:
    """Named files as they are; of folders the memos in them, each file once, links followed but never in a circle."""
    files: dict[Path, Source] = {}
    unreadable: list[tuple[Path, str]] = []
    others = 0
    for path in given:
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except FileNotFoundError:
            unreadable.append((path, "there is no such file"))
            continue
        except (OSError, ValueError) as error:  # a closed folder above it, a name that cannot be
            unreadable.append((path, f"cannot be opened ({getattr(error, 'strerror', None) or error})"))
            continue
        if is_folder:
            found = list(_walk(path, unreadable))
            memos = [each for each in found if each.suffix.lower() in AUDIO]
            files |= {_identity(memo): Source(memo, "audio") for memo in memos if _identity(memo) not in files}
            others += len(found) - len(memos) - _side_files(found, memos)
        else:
            files.setdefault(_identity(path), Source(path, OTHER_FORMS.get(path.suffix.lower(), "audio")))
    return Sources(tuple(files.values()), tuple(unreadable), others)


def _side_files(found: Iterable[Path], memos: Iterable[Path]) -> int:
    """How many of these files tell of memos."""
    beside = {memo.with_suffix(suffix) for memo in memos for suffix in SIDE_SUFFIXES}
    return sum(path.name == FOLDER_FILE or path in beside for path in found)


def _identity(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _walk(folder: Path, unreadable: list[tuple[Path, str]]) -> Iterator[Path]:
    """Files below a folder in the order of their names; hidden ones are passed over."""
    seen: set[tuple[int, int]] = set()

    def note(error: OSError) -> None:
        unreadable.append((Path(error.filename), f"cannot be opened ({error.strerror})"))

    for here, folders, names in os.walk(folder, onerror=note, followlinks=True):
        status = Path(here).stat()
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(here, name) for name in sorted(names) if not name.startswith("."))
