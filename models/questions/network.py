"""The encoder: MiniLM with the mean of its word pieces as the text's vector, and a vocabulary cut to common pieces."""

from __future__ import annotations

import json
from pathlib import Path

from torch import Tensor, nn
from torch.nn import functional as F
from transformers import AutoModel

N_PIECES = 14_000  # of MiniLM's 30,522: BERT's vocabulary comes in the order of how often its pieces occur
MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


class QuestionEncoder(nn.Module):
    """Word pieces to one vector of length 1."""

    def __init__(self, encoder: Path, kept: list[int] | None = None) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder, attn_implementation="eager", add_pooling_layer=False)
        if kept is not None:
            table = self.encoder.get_input_embeddings().weight.data[kept]
            self.encoder.set_input_embeddings(nn.Embedding.from_pretrained(table, freeze=False))

    @property
    def size(self) -> int:
        """Dimensions of a vector."""
        return int(self.encoder.config.hidden_size)

    def freeze(self, layers: int) -> None:
        """Leave the word pieces and the first layers as they are."""
        for part in (self.encoder.embeddings, *self.encoder.encoder.layer[:layers]):
            part.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """(n_texts, n_pieces) twice to (n_texts, n_dimensions)."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        there = mask.unsqueeze(-1).to(hidden.dtype)
        return F.normalize((hidden * there).sum(1) / there.sum(1), dim=-1)


def smaller_tokenizer(path: Path) -> tuple[str, list[int]]:
    """MiniLM's tokenizer with the commonest plain pieces alone, as JSON, and the pieces' ids in the larger one."""
    told = json.loads(path.read_text(encoding="utf-8"))
    vocabulary: dict[str, int] = told["model"]["vocab"]
    plain = sorted((i, piece) for piece, i in vocabulary.items() if piece.isascii() and not piece.startswith("[unused"))
    # single letters and their continuations are never cut, so that every word of Latin letters can be spelt
    short = [i for i, piece in plain if piece in MARKS or len(piece.removeprefix("##")) == 1]
    kept = sorted({*short, *[i for i, _ in plain][:N_PIECES]})
    names = {i: piece for piece, i in vocabulary.items()}
    told["model"]["vocab"] = {names[i]: new for new, i in enumerate(kept)}
    for mark in told["added_tokens"]:
        mark["id"] = kept.index(mark["id"])
    for mark in told["post_processor"].get("special_tokens", {}).values():
        mark["ids"] = [kept.index(i) for i in mark["ids"]]
    told["truncation"] = told["padding"] = None
    return json.dumps(told, ensure_ascii=False), kept
