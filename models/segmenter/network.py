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
    """Word pieces to a vector, a kind and a beginning for each word.

    Kinds, beginnings and ``turns`` (a kind after a kind) together are a linear-chain conditional random field over
    spans (Lafferty, McCallum and Pereira 2001); ``kind_weight`` is what a word's kind counts in it, since the words
    of one span say the same thing many times over.
    """

    def __init__(self, encoder: Path, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder, attn_implementation="sdpa", add_pooling_layer=False)
        self.dropout = nn.Dropout(dropout)
        self.kind = nn.Linear(HIDDEN, len(KINDS))
        self.begin = nn.Sequential(nn.Linear(HIDDEN, 64), nn.GELU(), nn.Linear(64, 1))
        self.begin_as = nn.Linear(HIDDEN, len(KINDS))
        nn.init.zeros_(self.begin_as.weight)
        self.turns = nn.Parameter(torch.zeros(len(KINDS), len(KINDS)))
        self.kind_weight = nn.Parameter(torch.tensor(0.4))

    def forward(self, ids: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Vectors (n_windows, n_words, HIDDEN), logits of kinds and of beginning as each kind (both n_windows, n_words,
        n_kinds), and of beginning at all (n_windows, n_words)."""
        pieces = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        words = torch.gather(pieces, 1, first.unsqueeze(-1).expand(-1, -1, HIDDEN))
        seen = self.dropout(words)
        begin = self.begin(seen)
        return words, self.kind(seen), begin + self.begin_as(seen), begin.squeeze(-1)

    def surprise(self, kind_logits: Tensor, begin_logits: Tensor, kinds: Tensor, begins: Tensor) -> Tensor:
        """Mean over words of -log P(the labelled spans); ``kinds`` (n_windows, n_words) is -1 where no word is."""
        evidence = kind_logits * self.kind_weight
        there = (kinds >= 0).unsqueeze(-1)
        score = evidence[:, 0]
        for word in range(1, kinds.shape[1]):
            fresh = (score.unsqueeze(-1) + self.turns).logsumexp(1) + begin_logits[:, word]
            score = torch.where(there[:, word], torch.logaddexp(fresh, score) + evidence[:, word], score)
        now = kinds.clamp(min=0)
        said = evidence.gather(-1, now.unsqueeze(-1)) * there
        began = (begins * (kinds >= 0))[:, 1:]
        turned = begin_logits.gather(-1, now.unsqueeze(-1)).squeeze(-1)[:, 1:] + self.turns[now[:, :-1], now[:, 1:]]
        right = said.sum() + (began * turned).sum()
        return (score.logsumexp(-1).sum() - right) / there.sum()


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
    """The spans of a whole debrief: scores of pairs, of pointing nowhere, and difficulty.

    What tells that a question was difficult may stand anywhere: each other span is a clue, which a gate lets through to
    the questions that it speaks of.
    """

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
        self.clue = nn.Sequential(
            nn.Linear(3 * STATE + N_FEATURES, STATE), nn.GELU(), nn.Dropout(dropout), nn.Linear(STATE, 2)
        )

    def forward(
        self,
        vectors: Tensor,
        kinds: Tensor,
        source: Tensor,
        target: Tensor,
        features: Tensor,
        clue_source: Tensor,
        clue_target: Tensor,
        clue_features: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Of spans (n_spans, 2 * HIDDEN), pairs and clues: scores (n_pairs,), none and difficulty (both n_spans)."""
        place = self.place(torch.arange(SPANS)[: vectors.shape[0]])
        state = self.enter(vectors) + self.kind(kinds) + place
        state = self.norm(self.layers(state))
        s, t = state[source], state[target]
        scores = self.pair(torch.cat([s, t, s * t, features], dim=-1)) + self.direct(features)
        s, t = state[clue_source], state[clue_target]
        gate, value = self.clue(torch.cat([s, t, s * t, clue_features], dim=-1)).unbind(-1)
        told = (clue_target.unsqueeze(0) == torch.arange(vectors.shape[0]).unsqueeze(1)).float()
        difficult = self.difficult(state).squeeze(-1) + told @ (torch.sigmoid(gate - 2) * value)
        return scores.squeeze(-1), self.none(state).squeeze(-1), difficult
