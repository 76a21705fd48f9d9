"""The programs that ``dictate import`` is measured against: whole commands over many files, on the same weights.

They live in a virtual environment of their own. openai-whisper's checkpoint and whisper.cpp's ggml file are written
from the very float16 weights that faster-whisper loads, so that all hear by the same network.
"""

from __future__ import annotations

import base64
import json
import struct
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np

from dictate.transcribe import ctranslate

PACKAGES = ("whisper-ctranslate2", "openai-whisper", "pywhispercpp", "imageio-ffmpeg")
TORCH = "torch>=2.5,<2.14"  # as in pyproject.toml: the same build for all
GGML_MAGIC = 0x67676D6C
_IN_FULL = ("encoder.positional_embedding", "decoder.positional_embedding")


@dataclass(frozen=True, slots=True)
class Peer:
    """One way to run one program; ``command`` makes it from files and a folder for the texts."""

    name: str
    package: str
    precision: str
    beam: str
    command: Callable[[Sequence[Path], Path], list[str | Path]]


class Peers:
    """The programs, installed, and their weights."""

    def __init__(self, folder: Path, weights: Path) -> None:
        self._bin = folder / "venv" / "bin"
        self._weights = weights
        self._checkpoint, self._ggml = folder / f"{weights.name}.pt", folder / f"ggml-{weights.name}.bin"
        folder.mkdir(parents=True, exist_ok=True)
        if not (self._bin / "pwcpp").exists():
            subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
            subprocess.run([self._bin / "pip", "install", "--quiet", TORCH, *PACKAGES], check=True)
            self._link_ffmpeg()
        if not self._checkpoint.exists():
            write_checkpoint(weights, self._checkpoint)
        if not self._ggml.exists():
            write_ggml(weights, self._ggml)

    @property
    def path(self) -> Path:
        """What must come first in PATH: openai-whisper and whisper.cpp call ffmpeg."""
        return self._bin

    def versions(self) -> dict[str, str]:
        listed = subprocess.run([self._bin / "pip", "list", "--format", "json"], check=True, capture_output=True)
        there = {package["name"].lower(): package["version"] for package in json.loads(listed.stdout)}
        names = (*PACKAGES, "faster-whisper", "ctranslate2", "torch")
        return {name: there[name] for name in names} | {"dictate's ctranslate2": version("ctranslate2")}

    def all(self, language: str) -> list[Peer]:
        """The quickest first."""
        return [
            Peer("whisper-ctranslate2 --batched", "whisper-ctranslate2", "int8", "5", self._batched(language)),
            Peer("whisper-ctranslate2", "whisper-ctranslate2", "int8", "5", self._ctranslate2(language)),
            Peer("whisper.cpp (pwcpp)", "pywhispercpp", "float16", "greedy, best of 5", self._cpp(language)),
            Peer("openai-whisper", "openai-whisper", "float32", "5", self._openai(language)),
        ]

    def _ctranslate2(self, language: str, *more: str) -> Callable[[Sequence[Path], Path], list[str | Path]]:
        return lambda files, out: [
            self._bin / "whisper-ctranslate2", *files, "--model_directory", self._weights, "--language", language,
            "--device", "cpu", "--compute_type", "int8", "--output_format", "txt", "--output_dir", out, *more,
        ]  # fmt: skip

    def _batched(self, language: str) -> Callable[[Sequence[Path], Path], list[str | Path]]:
        return self._ctranslate2(language, "--batched", "True")

    def _openai(self, language: str) -> Callable[[Sequence[Path], Path], list[str | Path]]:
        return lambda files, out: [
            self._bin / "whisper", *files, "--model", self._checkpoint, "--language", language, "--device", "cpu",
            "--fp16", "False", "--output_format", "txt", "--output_dir", out, "--verbose", "False",
        ]  # fmt: skip

    def _cpp(self, language: str) -> Callable[[Sequence[Path], Path], list[str | Path]]:
        """It writes its texts beside the files, which are therefore linked into the folder for the texts."""

        def command(files: Sequence[Path], out: Path) -> list[str | Path]:
            for file in files:
                (out / file.name).symlink_to(file.absolute())
            return [self._bin / "pwcpp", *(out / file.name for file in files), "-m", self._ggml,
                    "--language", language, "-otxt"]  # fmt: skip

        return command

    def _link_ffmpeg(self) -> None:
        script = "import imageio_ffmpeg; print(imageio_ffmpeg.get_ffmpeg_exe())"
        found = subprocess.run([self._bin / "python", "-c", script], check=True, capture_output=True, text=True)
        (self._bin / "ffmpeg").symlink_to(found.stdout.strip())


def write_checkpoint(weights: Path, target: Path) -> None:
    """Weights as openai-whisper's own checkpoints hold them."""
    import torch

    read = ctranslate.read(weights)
    state = {name: torch.from_numpy(array).half() for name, array in read.arrays.items()}
    torch.save({"dims": read.dims, "model_state_dict": state}, target)


def write_ggml(weights: Path, target: Path) -> None:
    """Weights as whisper.cpp reads them: its format is described in ``models/convert-pt-to-ggml.py`` of whisper.cpp."""
    import whisper

    read = ctranslate.read(weights)
    assets = Path(whisper.__file__).parent / "assets"
    with np.load(assets / "mel_filters.npz") as filters:
        mel = filters[f"mel_{read.dims['n_mels']}"].astype(np.float32)
    ranks = (assets / "multilingual.tiktoken").read_text().splitlines()
    tokens = [base64.b64decode(line.split()[0]) for line in ranks]
    order = ("n_vocab", "n_audio_ctx", "n_audio_state", "n_audio_head", "n_audio_layer", "n_text_ctx", "n_text_state",
             "n_text_head", "n_text_layer", "n_mels")  # fmt: skip
    with target.open("wb") as file:
        file.write(struct.pack("<12i", GGML_MAGIC, *(read.dims[name] for name in order), 1))  # 1: float16
        file.write(struct.pack("<2i", *mel.shape) + mel.tobytes())
        file.write(struct.pack("<i", len(tokens)))
        for token in tokens:
            file.write(struct.pack("<i", len(token)) + token)
        for name, array in read.arrays.items():
            _write_tensor(file.write, name, array)


def _write_tensor(write: Callable[[bytes], int], name: str, array: np.ndarray) -> None:
    if name in ("encoder.conv1.bias", "encoder.conv2.bias"):
        array = array[:, None]
    full = array.ndim < 2 or array.shape[1] == 1 or name in _IN_FULL
    data = array.astype(np.float32 if full else np.float16)
    write(struct.pack("<3i", data.ndim, len(name), 0 if full else 1))
    write(struct.pack(f"<{data.ndim}i", *reversed(data.shape)) + name.encode() + data.tobytes())
