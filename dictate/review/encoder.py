"""Questions to vectors: the MiniLM that was trained on families of questions, run by onnxruntime.

A vector has two parts: what the network makes of the text, and how likely the text is one of the questions that are
known beforehand (``known.py``), as roots of chances, so that the second parts of two texts multiply to the chance that
both are the same one (the Bhattacharyya coefficient).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from dictate.errors import SegmenterError
from dictate.onnx import by_length, session
from dictate.paths import shipped
from dictate.review.known import Known, Scale, Vectors

TRAINED = "questions/trained"
KNOWN = "known.npz"
GROUPING = "grouping.json"
LONGEST = 96  # word pieces of a question that are read: more of it is story
BATCH_PIECES = 4096  # in one run


class Reader:
    """The network alone."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._network = session(folder / "encoder.onnx")
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(LONGEST)

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


class Encoder:
    """Loading takes a fraction of a second, so make one when there is something to read.

    ``sure`` is how similar two questions are that are said to be one, chosen for precision before recall.
    """

    def __init__(self, folder: Path | None = None) -> None:
        folder = folder or shipped(TRAINED)
        try:
            self._reader = Reader(folder)
            self._known = Known.load(folder / KNOWN)
            chosen: dict[str, float] = json.loads((folder / GROUPING).read_text(encoding="utf-8"))
            self.sure = chosen.pop("sure")
            self._scale = Scale(**chosen)
        except Exception as error:  # both libraries raise bare ones
            raise SegmenterError(f"the encoder in {folder} does not load ({error}); install dictate again") from error

    @staticmethod
    def version() -> str:
        """Tells apart encoders whose vectors cannot be compared."""
        folder = shipped(TRAINED)
        return "".join(_digest(folder / name)[:8] for name in ("encoder.onnx", KNOWN, GROUPING))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Shape = (n_texts, n_hidden + n_known)."""
        return self._known.beside(self._reader.read(texts), self._scale)


@lru_cache(maxsize=4)
def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:16]
    except OSError as error:
        raise SegmenterError(f"the encoder {path} cannot be read ({error.strerror}); install dictate again") from error
