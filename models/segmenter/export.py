"""The trained network as files that ship: ONNX in 8 bit, the tokenizer, the decoding, a spaCy pipeline's config.

    python -m models.segmenter.export [--weights FILE] [--out FOLDER]

The encoder's matrices are quantised dynamically to signed 8 bit per channel.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from dictate.records import KINDS
from dictate.segment.pipeline import make
from dictate.segment.structure import N_FEATURES
from models.segmenter.corpus import CORPUS, Debrief, load, split
from models.segmenter.network import HIDDEN, SpanReader, WordTagger
from models.segmenter.train import BUILD, pulled_encoder

OPSET = 17
DECODING = {"kind_weight": 0.5, "turn_weight": 0.3, "begin_bias": 0.5, "temperature": 1.0}  # until tuned


def turns(debriefs: Sequence[Debrief], smoothing: float = 1.0) -> np.ndarray:
    """Log probability of a span's kind given the kind before it, counted over the corpus."""
    counts = np.full((len(KINDS), len(KINDS)), smoothing)
    for debrief in debriefs:
        for before, after in zip(debrief.spans, debrief.spans[1:], strict=False):
            counts[KINDS.index(before.kind), KINDS.index(after.kind)] += 1
    return np.log(counts / counts.sum(axis=1, keepdims=True))


def export_tagger(tagger: WordTagger, out: Path) -> None:
    tagger.encoder.set_attn_implementation("eager")  # a quarter faster in onnxruntime than what sdpa exports to
    ids = torch.randint(1000, 2000, (2, 16))
    axes = {0: "window", 1: "piece"}
    words = {0: "window", 1: "word"}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            tagger.eval(),
            (ids, torch.ones_like(ids), torch.tensor([[1, 2, 5], [1, 3, 4]])),
            str(full),
            input_names=["ids", "mask", "first"],
            output_names=["vectors", "kinds", "begins"],
            dynamic_axes={"ids": axes, "mask": axes, "first": words, "vectors": words, "kinds": words, "begins": words},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(full, out, weight_type=QuantType.QInt8, per_channel=True, reduce_range=False)


def export_reader(reader: SpanReader, out: Path) -> None:
    spans, pairs = {0: "span"}, {0: "pair"}
    torch.onnx.export(
        reader.eval(),
        (
            torch.randn(5, 2 * HIDDEN),
            torch.tensor([0, 1, 2, 0, 1]),
            torch.tensor([1, 3, 4]),
            torch.tensor([0, 0, 3]),
            torch.randn(3, N_FEATURES),
        ),
        str(out),
        input_names=["vectors", "kinds", "source", "target", "features"],
        output_names=["scores", "none", "difficult"],
        dynamic_axes={
            "vectors": spans,
            "kinds": spans,
            "source": pairs,
            "target": pairs,
            "features": pairs,
            "scores": pairs,
            "none": spans,
            "difficult": spans,
        },
        opset_version=OPSET,
        dynamo=False,
    )


def export(weights: Path, encoder: Path, debriefs: Sequence[Debrief], out: Path) -> None:
    """Write a whole pipeline folder, replacing one that is there."""
    state = torch.load(weights, weights_only=True)
    tagger, reader = WordTagger(encoder), SpanReader()
    tagger.load_state_dict(state["tagger"])
    reader.load_state_dict(state["reader"])
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the tracer's remarks on shapes that are checked below by use
            export_tagger(tagger, files / "tagger.onnx")
            export_reader(reader, files / "reader.onnx")
        shutil.copy(encoder / "tokenizer.json", files)
        decoding = {"turns": np.round(turns(debriefs), 4).tolist(), **DECODING}
        (files / "decoding.json").write_text(json.dumps(decoding) + "\n")
        shutil.rmtree(out, ignore_errors=True)
        make(files).to_disk(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--weights", type=Path, default=BUILD / "weights.pt")
    parser.add_argument("--encoder", type=Path, help="folder of the MiniLM it started from (else the pulled one)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "trained")
    options = parser.parse_args()
    learn, _ = split(load(CORPUS))
    export(options.weights, options.encoder or pulled_encoder(), learn, options.out)


if __name__ == "__main__":
    main()
