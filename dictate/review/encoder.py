"""Questions to vectors: the MiniLM that was trained on families of questions, run by onnxruntime.

A vector has two parts: what the network makes of the text, and how likely the text is one of the questions that are
known beforehand, as roots of chances, so that the second parts of two texts multiply to the chance that both are the
same one (the Bhattacharyya coefficient). A text is as similar to a known question as to its ``ALIKE`` nearest tellings.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dictate.errors import SegmenterError
from dictate.onnx import by_length, session
from dictate.paths import shipped

TRAINED = "questions/trained"
KNOWN = "known.npz"  # vectors of tellings, shape = (n_tellings, n_hidden), and where each question's begin among them
ALIKE = 3
TEMPERATURE = np.float32(0.03)  # of the chances
KNOWN_WEIGHT = 0.75  # of the second part
LONGEST = 96  # word pieces of a question that are read: more of it is story
BATCH_PIECES = 4096  # in one run

Vectors = npt.NDArray[np.float32]  # shape = (n_texts, n_dimensions), each of length 1


class Encoder:
    """Loading takes a fraction of a second, so make one when there is something to read.

    ``sure`` is how similar two questions are that are said to be one, chosen for precision before recall.
    """

    def __init__(self, folder: Path | None = None) -> None:
        from tokenizers import Tokenizer

        folder = folder or shipped(TRAINED)
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._network = session(folder / "encoder.onnx")
            with np.load(folder / KNOWN) as known:
                self._tellings, self._starts = known["vectors"].astype(np.float32), known["starts"]
            self.sure = float(json.loads((folder / "grouping.json").read_text(encoding="utf-8"))["sure"])
        except Exception as error:  # both libraries raise bare ones
            raise SegmenterError(f"the encoder in {folder} does not load ({error}); install dictate again") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    @staticmethod
    def version() -> str:
        """Tells apart encoders whose vectors cannot be compared."""
        folder = shipped(TRAINED)
        return _digest(folder / "encoder.onnx")[:8] + _digest(folder / KNOWN)[:8]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape = (n_texts, n_hidden + n_known)."""
        vectors = self.read(texts)
        parts = (np.sqrt(1 - KNOWN_WEIGHT) * vectors, np.sqrt(KNOWN_WEIGHT * self._chances(vectors)))
        return np.concatenate(parts, axis=1).astype(np.float32)

    def read(self, texts: Sequence[str]) -> Vectors:
        """What the network makes of the texts, shape = (n_texts, n_hidden)."""
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        size = self._network.get_outputs()[0].shape[-1]
        vectors = np.zeros((len(texts), size), dtype=np.float32)
        for batch in by_length([len(ids) for ids in pieces], BATCH_PIECES):
            width = max(len(pieces[i]) for i in batch)
            ids = np.zeros((len(batch), width), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, i in enumerate(batch):
                ids[row, : len(pieces[i])] = pieces[i]
                mask[row, : len(pieces[i])] = 1
            (vectors[batch],) = self._network.run(None, {"ids": ids, "mask": mask})
        return vectors

    def _chances(self, vectors: Vectors) -> Vectors:
        """Of each text to be each of the known questions, shape = (n_texts, n_known)."""
        scores = vectors @ self._tellings.T
        ends = [*self._starts[1:].tolist(), len(self._tellings)]
        alike = [
            np.sort(scores[:, start:end], axis=1)[:, -ALIKE:].mean(axis=1)
            for start, end in zip(self._starts.tolist(), ends, strict=True)
        ]
        told = np.stack(alike, axis=1) / TEMPERATURE
        chances: Vectors = np.exp(told - told.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        return chances


@lru_cache(maxsize=4)
def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except OSError as error:
        raise SegmenterError(f"the encoder {path} cannot be read ({error.strerror}); install dictate again") from error
