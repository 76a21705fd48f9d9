"""The trained encoder as files that ship: ONNX in 8 bit and its tokenizer; ``evaluate --tune`` adds what it chooses.

python -m models.questions.export [--weights FILE] [--out FOLDER]
"""

from __future__ import annotations

import argparse
import tempfile
import warnings
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from models.questions.evaluate import TRAINED
from models.questions.network import QuestionEncoder, smaller_tokenizer
from models.segmenter.train import pulled_encoder

BUILD = Path(__file__).parent / "build"
OPSET = 17


def export(encoder: QuestionEncoder, tokenizer: str, out: Path) -> None:
    """Write both files into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (2, 16))
    axes = {0: "text", 1: "piece"}
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's remarks on shapes
        full = Path(folder) / "full.onnx"
        torch.onnx.export(
            encoder.eval(),
            (ids, torch.ones_like(ids)),
            str(full),
            input_names=["ids", "mask"],
            output_names=["vector"],
            dynamic_axes={"ids": axes, "mask": axes, "vector": {0: "text"}},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize_dynamic(full, out / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    (out / "tokenizer.json").write_text(tokenizer, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--weights", type=Path, default=BUILD / "weights.pt")
    parser.add_argument("--out", type=Path, default=TRAINED)
    options = parser.parse_args()
    pulled = pulled_encoder()
    tokenizer, kept = smaller_tokenizer(pulled / "tokenizer.json")
    encoder = QuestionEncoder(pulled, kept)
    encoder.load_state_dict(torch.load(options.weights, weights_only=True))
    export(encoder, tokenizer, options.out)


if __name__ == "__main__":
    main()
