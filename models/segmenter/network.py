"""The network: a fine-tuned MiniLM that labels words, and a small transformer over spans that pairs them."""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import AutoModel

from dictate.records import KINDS
from dictate.segment.structure import N_FEATURES, SPANS

HIDDEN = 384  # of MiniLM-L6
STATE = 128  # of a span


class WordTagger(nn.Module):
    """Word pieces to a vector, a kind and a beginning for each word."""

    def __init__(self, encoder: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder, attn_implementation="sdpa", add_pooling_layer=False)
        self.dropout = nn.Dropout(dropout)
        self.kind = nn.Linear(HIDDEN, len(KINDS))
        self.begin = nn.Sequential(nn.Linear(HIDDEN, 64), nn.GELU(), nn.Linear(64, 1))

    def forward(self, ids: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Vectors (n_windows, n_words, HIDDEN), kind logits (n_windows, n_words, n_kinds), begin logits."""
        pieces = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        words = torch.gather(pieces, 1, first.unsqueeze(-1).expand(-1, -1, HIDDEN))
        seen = self.dropout(words)
        return words, self.kind(seen), self.begin(seen).squeeze(-1)


class Block(nn.Module):
    """A pre-norm transformer layer over one sequence, in operations that export with any length."""

    def __init__(self, size: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.before_attention, self.before_mixing = nn.LayerNorm(size), nn.LayerNorm(size)
        self.attend, self.merge = nn.Linear(size, 3 * size), nn.Linear(size, size)
        self.mix = nn.Sequential(nn.Linear(size, 4 * size), nn.GELU(), nn.Dropout(dropout), nn.Linear(4 * size, size))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """Shape = (n_spans, size), in and out."""
        per_head = self.attend(self.before_attention(x)).unflatten(-1, (3, self.heads, -1))
        query, key, value = per_head.permute(1, 2, 0, 3)
        weights = (query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])).softmax(-1)
        x = x + self.dropout(self.merge((self.dropout(weights) @ value).transpose(0, 1).flatten(1)))
        return x + self.dropout(self.mix(self.before_mixing(x)))


class SpanReader(nn.Module):
    """The spans of a whole debrief: scores of pairs, of pointing nowhere, and difficulty."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.enter = nn.Linear(2 * HIDDEN, STATE)
        self.kind = nn.Embedding(len(KINDS), STATE)
        self.place = nn.Embedding(SPANS, STATE)
        nn.init.normal_(self.place.weight, std=0.02)
        self.layers = nn.Sequential(*(Block(STATE, 4, dropout) for _ in range(2)))
        self.norm = nn.LayerNorm(STATE)
        self.pair = nn.Sequential(
            nn.Linear(3 * STATE + N_FEATURES, STATE), nn.GELU(), nn.Dropout(dropout), nn.Linear(STATE, 1)
        )
        self.direct = nn.Linear(N_FEATURES, 1)
        self.none = nn.Linear(STATE, 1)
        self.difficult = nn.Sequential(nn.Linear(STATE, 64), nn.GELU(), nn.Linear(64, 1))

    def forward(
        self, vectors: Tensor, kinds: Tensor, source: Tensor, target: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Of spans (n_spans, 2 * HIDDEN) and pairs: scores (n_pairs,), none (n_spans,), difficulty (n_spans,)."""
        place = self.place(torch.arange(SPANS)[: vectors.shape[0]])
        state = self.enter(vectors) + self.kind(kinds) + place
        state = self.norm(self.layers(state))
        s, t = state[source], state[target]
        scores = self.pair(torch.cat([s, t, s * t, features], dim=-1)) + self.direct(features)
        return scores.squeeze(-1), self.none(state).squeeze(-1), self.difficult(state).squeeze(-1)
