"""Questions to vectors: the MiniLM that was trained on families of questions, run by onnxruntime.

A vector has two parts of equal weight: what the network makes of the text, and how likely the text is one of the
questions that everybody is asked (``anchors``), as roots of chances, so that the second parts of two texts multiply
to the chance that both are the same one (the Bhattacharyya coefficient).
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
from dictate.onnx import session
from dictate.paths import shipped

TRAINED = "questions/trained"
ANCHORS = "anchors.npy"  # shape = (n_known, n_hidden): the mean vector of each question that is known beforehand
TEMPERATURE = np.float32(0.03)  # of the chances
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
            self._anchors = np.load(folder / ANCHORS).astype(np.float32)
            self.sure = float(json.loads((folder / "grouping.json").read_text(encoding="utf-8"))["sure"])
        except Exception as error:  # both libraries raise bare ones
            raise SegmenterError(f"the encoder in {folder} does not load ({error}); install dictate again") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

    @staticmethod
    def version() -> str:
        """Tells apart encoders whose vectors cannot be compared."""
        folder = shipped(TRAINED)
        return _digest(folder / "encoder.onnx")[:8] + _digest(folder / ANCHORS)[:8]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape = (n_texts, n_hidden + n_known)."""
        return with_anchors(self.read(texts), self._anchors)

    def read(self, texts: Sequence[str]) -> Vectors:
        """What the network makes of the texts, shape = (n_texts, n_hidden)."""
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        size = self._network.get_outputs()[0].shape[-1]
        vectors = np.zeros((len(texts), size), dtype=np.float32)
        for batch in _batches(pieces):
            width = max(len(pieces[i]) for i in batch)
            ids = np.zeros((len(batch), width), dtype=np.int64)
            mask = np.zeros_like(ids)
            for row, i in enumerate(batch):
                ids[row, : len(pieces[i])] = pieces[i]
                mask[row, : len(pieces[i])] = 1
            (vectors[batch],) = self._network.run(None, {"ids": ids, "mask": mask})
        return vectors


def with_anchors(vectors: Vectors, anchors: Vectors) -> Vectors:
    """Both parts, shape = (n_texts, n_hidden + n_known), each row of length 1."""
    scores = vectors @ anchors.T / TEMPERATURE
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    joined: Vectors = np.concatenate([vectors, np.sqrt(chances)], axis=1) * np.float32(np.sqrt(0.5))
    return joined


def _batches(pieces: Sequence[Sequence[int]]) -> list[list[int]]:
    """Indices of texts of like length together, so that little is padded."""
    batches: list[list[int]] = []
    for i in sorted(range(len(pieces)), key=lambda i: len(pieces[i])):
        if batches and (len(batches[-1]) + 1) * len(pieces[i]) <= BATCH_PIECES:
            batches[-1].append(i)
        else:
            batches.append([i])
    return batches


@lru_cache(maxsize=4)
def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except OSError as error:
        raise SegmenterError(f"the encoder {path} cannot be read ({error.strerror}); install dictate again") from error
