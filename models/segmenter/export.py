"""The trained network as files that ship: ONNX in 8 bit, the tokenizer, the decoding, a spaCy pipeline's config.

    python -m models.segmenter.export [--weights FILE] [--out FOLDER]

The encoder's layers are fused into onnxruntime's own operators, its matrices quantised dynamically to signed 8 bit per
channel.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
import tempfile
import warnings
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.fusion_options import FusionOptions
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor

from dictate.segment.learning import REHEARSAL
from dictate.segment.pipeline import make
from dictate.segment.structure import N_FEATURES
from models.segmenter.corpus import CORPUS, Debrief, load, split
from models.segmenter.network import HIDDEN, SpanReader, WordTagger
from models.segmenter.train import BUILD, pulled_encoder

OPSET = 17
UNTUNED = {"begin_bias": 0.0, "temperature": 1.0}
BUNDLED = 40  # debriefs that go with the wheel
READING = {"difficult_from": 0.0}


class Shipped(torch.nn.Module):
    """What of the tagger is needed to label: the beginning at all is part of the beginnings as each kind."""

    def __init__(self, tagger: WordTagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        vectors, kinds, begins, _ = self.tagger(ids, mask, first)
        return vectors, kinds, begins


def export_tagger(tagger: WordTagger, out: Path) -> None:
    tagger.encoder.set_attn_implementation("eager")  # a quarter faster in onnxruntime than what sdpa exports to
    ids = torch.randint(1000, 2000, (2, 16))
    axes = {0: "window", 1: "piece"}
    words = {0: "window", 1: "word"}
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            Shipped(tagger).eval(),
            (ids, torch.ones_like(ids), torch.tensor([[1, 2, 5], [1, 3, 4]])),
            str(full),
            input_names=["ids", "mask", "first"],
            output_names=["vectors", "kinds", "begins"],
            dynamic_axes={"ids": axes, "mask": axes, "first": words, "vectors": words, "kinds": words, "begins": words},
            opset_version=OPSET,
            dynamo=False,
        )
        fused = Path(folder) / "fused.onnx"
        heads = tagger.encoder.config.num_attention_heads
        optimize_model(str(full), "bert", heads, HIDDEN, FusionOptions("bert"), opt_level=0).save_model_to_file(
            str(fused)
        )
        quantize_dynamic(
            fused,
            out,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=False,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},  # no shapes are inferred through fused nodes
        )


def export_reader(reader: SpanReader, out: Path) -> None:
    spans, pairs, clues = {0: "span"}, {0: "pair"}, {0: "clue"}
    torch.onnx.export(
        reader.eval(),
        (
            torch.randn(5, 2 * HIDDEN),
            torch.tensor([0, 1, 2, 0, 1]),
            torch.tensor([1, 3, 4]),
            torch.tensor([0, 0, 3]),
            torch.randn(3, N_FEATURES),
            torch.tensor([1, 2, 3, 4]),
            torch.tensor([0, 0, 3, 3]),
            torch.randn(4, N_FEATURES),
        ),
        str(out),
        input_names=[
            "vectors",
            "kinds",
            "source",
            "target",
            "features",
            "clue_source",
            "clue_target",
            "clue_features",
        ],
        output_names=["scores", "none", "difficult"],
        dynamic_axes={
            "vectors": spans,
            "kinds": spans,
            "source": pairs,
            "target": pairs,
            "features": pairs,
            "clue_source": clues,
            "clue_target": clues,
            "clue_features": clues,
            "scores": pairs,
            "none": spans,
            "difficult": spans,
        },
        opset_version=OPSET,
        dynamo=False,
    )


def export(weights: Path, encoder: Path, out: Path) -> None:
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
        turns = np.round(tagger.turns.detach().numpy().astype(float), 4).tolist()
        decoding = {"turns": turns, "kind_weight": round(tagger.kind_weight.item(), 4), **UNTUNED}
        (files / "decoding.json").write_text(json.dumps(decoding) + "\n")
        (files / "reading.json").write_text(json.dumps(READING) + "\n")
        shutil.rmtree(out, ignore_errors=True)
        make(files).to_disk(out)
    _, held_out = split(load(CORPUS))
    (out / REHEARSAL).write_text("".join(map(_lesson, held_out[:: max(1, len(held_out) // BUNDLED)])), encoding="utf-8")


def _lesson(debrief: Debrief) -> str:
    """A line of what ``models train`` rehearses and measures on: debriefs from which the network learnt nothing."""
    starts = [0, *itertools.accumulate(len(span.text) + 1 for span in debrief.spans)]
    spans = [(s.kind, start, start + len(s.text)) for s, start in zip(debrief.spans, starts, strict=False)]
    return json.dumps({"text": debrief.text, "spans": spans}, ensure_ascii=False) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--weights", type=Path, default=BUILD / "weights.pt")
    parser.add_argument("--encoder", type=Path, help="folder of the MiniLM it started from (else the pulled one)")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "trained")
    options = parser.parse_args()
    export(options.weights, options.encoder or pulled_encoder(), options.out)


if __name__ == "__main__":
    main()
