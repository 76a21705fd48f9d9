"""openai-whisper from a CTranslate2 folder, and from a checkpoint of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from dictate.errors import EngineError
from dictate.transcribe import ctranslate
from dictate.transcribe.engine import Engine, Request, load_engine
from tests.transcribe.conftest import samples

TINY_EN = {
    "n_mels": 80,
    "n_audio_ctx": 1500,
    "n_audio_state": 384,
    "n_audio_head": 6,
    "n_audio_layer": 4,
    "n_vocab": 51864,
    "n_text_ctx": 448,
    "n_text_state": 384,
    "n_text_head": 6,
    "n_text_layer": 4,
}


@pytest.fixture(scope="module")
def tiny(whisper_tiny: Path) -> ctranslate.Weights:
    return ctranslate.read(whisper_tiny)


def test_the_sizes_are_those_of_tiny_en(tiny: ctranslate.Weights) -> None:
    assert tiny.dims == TINY_EN
    assert all(layer < 4 and head < 6 for layer, head in tiny.alignment_heads)
    assert all(array.dtype == np.float32 for array in tiny.arrays.values())


def test_a_checkpoint_of_these_weights_hears_the_same(
    tiny: ctranslate.Weights, reference: Engine, tmp_path: Path
) -> None:
    import torch

    state = {name: torch.from_numpy(array) for name, array in tiny.arrays.items()}
    torch.save({"dims": tiny.dims, "model_state_dict": state}, tmp_path / "tiny.en.pt")
    loaded = load_engine(tmp_path / "tiny.en.pt")
    (tmp_path / "tiny.en.pt").unlink()  # 150 MB
    assert (loaded.name, loaded.model, loaded.multilingual) == ("openai-whisper", "tiny.en", False)
    batch, request = [samples("watson_weather.flac")], Request("en", beam=1)
    assert loaded.decode(batch, request)[0].text == reference.decode(batch, request)[0].text


@pytest.mark.parametrize("size", [0, 3, 200, 40_000_000])
def test_a_file_that_ends_too_soon_is_told(whisper_tiny: Path, tmp_path: Path, size: int) -> None:
    shutil.copy(whisper_tiny / "config.json", tmp_path)
    with (whisper_tiny / "model.bin").open("rb") as file:
        (tmp_path / "model.bin").write_bytes(file.read(size))
    with pytest.raises(EngineError, match="cannot load"):
        load_engine(tmp_path, "openai-whisper")
