"""The families of questions that the encoder is trained and measured on: reading them, and the split by family.

``corpus/families`` holds families: a line ``= id: The question in plain words?`` and under it its tellings, one a
line. ``corpus/topics`` holds questions that share a topic, of which nothing is known but that they are not those of
the families. ``corpus/loners.txt`` holds questions that have no like. ``corpus/held.txt`` repeats the tellings of
families that training leaves out, so that something can be chosen on them. ``measured/`` has tellings and loners of its
own, by another writer, from which nothing is learnt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
MEASURED = Path(__file__).parent / "measured"


@dataclass(frozen=True, slots=True)
class Family:
    """One question; ``tellings`` are how people reported it."""

    id: str
    name: str
    tellings: tuple[str, ...]


def families(folder: Path = CORPUS / "families") -> list[Family]:
    """All families of a folder; ValueError names what is not well formed."""
    found: list[Family] = []
    for path in sorted(folder.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("= ")[1:]:
            head, *tellings = part.splitlines()
            name, _, question = head.partition(": ")
            if not question or len(tellings) < 2 or len(set(tellings)) < len(tellings):
                raise ValueError(f"{path}: family {head!r} has no name, one telling, or one twice")
            found.append(Family(name, question, tuple(line.strip() for line in tellings)))
    if len({family.id for family in found}) < len(found):
        raise ValueError(f"{folder}: an id is there twice")
    return found


def loners(folder: Path = CORPUS) -> list[str]:
    return (folder / "loners.txt").read_text(encoding="utf-8").splitlines()


def held() -> frozenset[str]:
    """The tellings of families that training leaves out."""
    return frozenset((CORPUS / "held.txt").read_text(encoding="utf-8").splitlines())


def learnt() -> list[Family]:
    """The families as they are trained on."""
    apart = held()
    return [replace(f, tellings=tuple(text for text in f.tellings if text not in apart)) for f in families()]
