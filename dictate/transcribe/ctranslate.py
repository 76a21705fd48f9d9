"""Reads the weights of a CTranslate2 Whisper folder as openai-whisper names them.

The file is little-endian: format version, name of the model, its revision, the variables, then aliases (as written by
``ModelSpec._serialize`` in CTranslate2's ``specs/model_spec.py``). In float16 it holds OpenAI's own weights, with the
projections of each attention stored fused; keys have no bias in Whisper, and zeros there.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

_VERSION = 6
_TYPES: tuple[type[np.generic] | None, ...] = (
    np.float32,
    np.int8,
    np.int16,
    np.int32,
    np.float16,
    None,
)  # last: bfloat16
_PLACES = {
    "self_attention/layer_norm": "attn_ln",
    "attention/layer_norm": "cross_attn_ln",
    "ffn/layer_norm": "mlp_ln",
    "ffn/linear_0": "mlp.0",
    "ffn/linear_1": "mlp.2",
}
_PARTS = {"gamma": "weight", "beta": "bias", "weight": "weight", "bias": "bias"}
_FUSED = {
    "self_attention/linear_0": ("attn.query", "attn.key", "attn.value"),
    "self_attention/linear_1": ("attn.out",),
    "attention/linear_0": ("cross_attn.query",),
    "attention/linear_1": ("cross_attn.key", "cross_attn.value"),
    "attention/linear_2": ("cross_attn.out",),
}
_LAYER = re.compile(r"(encoder|decoder)/layer_(\d+)/(.+)/(\w+)")


@dataclass(frozen=True, slots=True)
class Weights:
    """Sizes of the network, its float32 arrays by name, and the attention heads that follow time as (layer, head)."""

    dims: dict[str, int]
    arrays: dict[str, Array]
    alignment_heads: list[tuple[int, int]]


def read(folder: Path) -> Weights:
    """Read a folder; ValueError, KeyError, struct.error or OSError where it is not what it should be."""
    with (folder / "model.bin").open("rb") as file:
        variables = dict(_variables(file))
    arrays = {name: array for key, value in variables.items() for name, array in _renamed(key, value)}
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    heads = [(int(layer), int(head)) for layer, head in config["alignment_heads"]]
    return Weights(_dims(variables, arrays), arrays, heads)


def _variables(file: BinaryIO) -> Iterator[tuple[str, Array]]:
    version, name = _number(file, "I"), _string(file)
    if version != _VERSION or name != "WhisperSpec":
        raise ValueError(f"not a CTranslate2 Whisper model of format {_VERSION}")
    _number(file, "I")  # revision
    for _ in range(_number(file, "I")):
        key = _string(file)
        shape = [_number(file, "I") for _ in range(_number(file, "B"))]
        kind, size = _TYPES[_number(file, "B")], _number(file, "I")
        if kind is None:
            raise ValueError("weights in bfloat16")
        yield key, np.frombuffer(file.read(size), kind).reshape(shape)


def _number(file: BinaryIO, kind: str) -> int:
    return int(struct.unpack(f"<{kind}", file.read(struct.calcsize(kind)))[0])


def _string(file: BinaryIO) -> str:
    return file.read(_number(file, "H"))[:-1].decode()


def _renamed(key: str, value: Array) -> Iterator[tuple[str, Array]]:
    """The arrays that a variable holds, by openai-whisper's names; none for settings."""
    if value.ndim == 0:
        return
    if value.dtype.kind != "f":
        raise ValueError(f"weights quantised to {value.dtype}")
    value = value.astype(np.float32)
    if match := _LAYER.fullmatch(key):
        side, layer, place, part = match.groups()
        yield from _of_layer(f"{side}.blocks.{layer}", place, _PARTS[part], value)
        return
    side, place, *parts = key.split("/")
    if place == "position_encodings":
        yield f"{side}.positional_embedding", value
    elif place != "projection":
        place = {"layer_norm": "ln_post" if side == "encoder" else "ln", "embeddings": "token_embedding"}.get(
            place, place
        )
        yield f"{side}.{place}.{_PARTS[parts[-1]]}", value


def _of_layer(block: str, place: str, part: str, value: Array) -> Iterator[tuple[str, Array]]:
    names = _FUSED.get(place) or (_PLACES[place],)
    for name, array in zip(names, np.split(value, len(names)), strict=True):
        if not (name.endswith(".key") and part == "bias"):
            yield f"{block}.{name}.{part}", array


def _dims(variables: dict[str, Array], arrays: dict[str, Array]) -> dict[str, int]:
    audio_ctx, audio_state = arrays["encoder.positional_embedding"].shape
    text_ctx, text_state = arrays["decoder.positional_embedding"].shape
    layers = {match.group(1, 2) for key in variables if (match := _LAYER.fullmatch(key))}
    return {
        "n_mels": arrays["encoder.conv1.weight"].shape[1],
        "n_audio_ctx": audio_ctx,
        "n_audio_state": audio_state,
        "n_audio_head": int(variables["encoder/num_heads"]),
        "n_audio_layer": sum(side == "encoder" for side, _ in layers),
        "n_vocab": arrays["decoder.token_embedding.weight"].shape[0],
        "n_text_ctx": text_ctx,
        "n_text_state": text_state,
        "n_text_head": int(variables["decoder/num_heads"]),
        "n_text_layer": sum(side == "decoder" for side, _ in layers),
    }
