"""Weights as they lie on this machine: finding, checking, and taking the user's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dictate.errors import InputError, MissingWeightsError
from dictate.weights.entries import Model, WeightFile, manifest
from dictate.weights.folder import folder_of, has_sum, size_of
from dictate.weights.puller import Callback, pull, silent

State = Literal["ok", "missing", "damaged"]
WeightsFormat = Literal["ctranslate2", "openai-whisper"]

CTRANSLATE2_FILES = ("model.bin", "config.json", "tokenizer.json")
VOCABULARIES = ("vocabulary.txt", "vocabulary.json")
CHECKPOINT_MAGIC = (b"PK\x03\x04", b"\x80\x02")  # torch.save: an archive, or before PyTorch 1.6 a pickle
WHISPER_SPEC = b"WhisperSpec"  # the name CTranslate2 writes into the first bytes of a Whisper model


@dataclass(frozen=True, slots=True)
class FileState:
    """What became of one file of the manifest on this machine."""

    file: WeightFile
    path: Path
    state: State


@dataclass(frozen=True, slots=True)
class ModelSource:
    """Weights that a Whisper engine can load: a model of the manifest, or the user's own file or folder."""

    name: str
    path: Path
    format: WeightsFormat


def is_here(model: Model) -> bool:
    """Whether every file is there in its full length; sums are for ``verify``."""
    return all(size_of(folder_of(model) / file.path) == file.size for file in model.files)


def locate(model: str) -> Path:
    """The folder of a complete model."""
    entry = manifest().model(model)
    if not is_here(entry):
        raise MissingWeightsError(
            model,
            f"the weights of {model} ({entry.size / 1e6:.0f} MB) are not on this machine: "
            f"fetch them with `dictate models pull {model}`",
        )
    return folder_of(entry)


def ensure(
    model: str, *, assume_yes: bool, ask: Callable[[str], bool] | None = None, progress: Callback = silent
) -> Path:
    """The folder of a model, pulled first if it is missing and the user agrees; ``ask`` is None off a terminal."""
    try:
        return locate(model)
    except MissingWeightsError:
        size = manifest().model(model).size / 1e6
        if not assume_yes and not (ask and ask(f"The weights of {model} are missing. Fetch them now ({size:.0f} MB)?")):
            raise
    return pull(model, progress=progress)


def verify(name: str) -> tuple[FileState, ...]:
    """The state of each of a model's files, by their sums."""
    model = manifest().model(name)
    return tuple(_state(file, folder_of(model) / file.path) for file in model.files)


def _state(file: WeightFile, path: Path) -> FileState:
    if not path.is_file():
        return FileState(file, path, "missing")
    return FileState(file, path, "ok" if has_sum(path, file) else "damaged")


def resolve_model(value: str, *, find: Callable[[str], Path] = locate) -> ModelSource:
    """What ``--model`` means: the name of a Whisper model in the manifest, or else a path to the user's own."""
    names = [model.name for model in manifest().models.values() if model.kind == "whisper"]
    if value in names:
        return ModelSource(value, find(value), "ctranslate2")
    path = Path(value).expanduser()
    if value and path.is_dir():
        return _ctranslate2(path)
    if path.is_file():
        return _checkpoint(path)
    raise InputError(
        f"there is no Whisper model {value!r}: give {' or '.join(names)}, "
        "or the path of an openai-whisper .pt file or a CTranslate2 folder"
    )


def _ctranslate2(folder: Path) -> ModelSource:
    missing = [name for name in CTRANSLATE2_FILES if not (folder / name).is_file()]
    if not any((folder / name).is_file() for name in VOCABULARIES):
        missing.append(" or ".join(VOCABULARIES))
    if missing:
        raise InputError(f"{folder} is not a CTranslate2 Whisper model: it lacks {', '.join(missing)}")
    if WHISPER_SPEC not in _head(folder / "model.bin"):
        raise InputError(f"{folder / 'model.bin'} is not a Whisper model in CTranslate2's format")
    return ModelSource(folder.resolve().name, folder, "ctranslate2")


def _checkpoint(file: Path) -> ModelSource:
    if file.suffix != ".pt" or not _head(file).startswith(CHECKPOINT_MAGIC):
        raise InputError(f"{file} is neither an openai-whisper checkpoint (.pt) nor a CTranslate2 folder")
    return ModelSource(file.stem, file, "openai-whisper")


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(64)
    except OSError as error:
        raise InputError(f"cannot read {file}: {error.strerror}") from error
