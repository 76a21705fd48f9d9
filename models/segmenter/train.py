"""Train the segmenter: the labelled corpus in, the files that ship in the wheel out.

    python -m models.segmenter.train               corpus -> models/segmenter/build/weights.pt
    python -m models.segmenter.export              weights.pt -> models/segmenter/trained/
    python -m models.segmenter.evaluate            trained/ -> scores.json

``make segmenter`` runs the three. Words and structure are learnt together: cross-entropy of kinds and beginnings
over words, and of pointers and difficulty over the spans of whole debriefs. There are stages, as the corpus has grown:
each learns from writers that are new, again from a part of the older ones at each epoch, and (but for the first) from
what Whisper heard of some debriefs (``heard/``, made by ``spoken.py``). ``--stage 3`` goes on from the weights that
the second has left.
"""

from __future__ import annotations

import argparse
import logging
import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dictate.records import KINDS
from dictate.segment import structure
from dictate.segment.windows import Window, WordPieces, padded
from models.segmenter.corpus import CORPUS, Debrief, load, split
from models.segmenter.network import SpanReader, WordTagger
from models.segmenter.speech import Words, as_heard, as_written

HERE = Path(__file__).parent
BUILD = HERE / "build"
HEARD = HERE / "heard"
SEED = 20
DOUBTED = frozenset({"w7"})  # writers with whose labels the second reader agreed least
log = logging.getLogger("train")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a stage is made of."""

    writers: range  # that are new in it, by number
    epochs: int = 4
    again: int = 2  # a so-manieth of the older debriefs is learnt from at each epoch
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    words_per_step: int = 1600
    sorted_together: int = 32  # debriefs among which steps are made up of like lengths
    warm_up: float = 0.06
    spans_weight: float = 2.0
    structure_weight: float = 0.6
    rare_weight: float = 0.25  # kinds weigh by their frequency to the power of minus this


STAGES = (
    Plan(range(1, 16)),
    Plan(range(16, 21), epochs=3, encoder_rate=9e-5, head_rate=6e-4),
    Plan(range(21, 35), epochs=2, again=3, encoder_rate=1e-4, head_rate=6e-4),
    Plan(range(35, 43), epochs=3, again=3, encoder_rate=1e-4, head_rate=6e-4),
)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What a stage learns from."""

    new: Sequence[Debrief]
    heard: Sequence[Debrief] = ()
    old: Sequence[Debrief] = ()  # known well by now: one of so many ``parts`` at each epoch
    parts: int = 1

    @property
    def all(self) -> list[Debrief]:
        return [*self.new, *self.heard, *self.old]

    @property
    def n_words(self) -> int:
        """Of an epoch, about."""
        return sum(len(d.text.split()) for part in range(self.parts) for d in self.of(part)) // self.parts

    def of(self, epoch: int) -> list[Debrief]:
        return [*self.new, *self.heard, *self.old[epoch % self.parts :: self.parts]]


@dataclass(frozen=True, slots=True)
class Example:
    """A debrief as the network reads it this time."""

    debrief: Debrief
    words: Words
    windows: list[Window]


class Trainer:
    """Network, optimiser and the losses of one step."""

    def __init__(self, encoder: Path, lessons: Lessons, plan: Plan) -> None:
        torch.manual_seed(SEED)
        self.plan = plan
        self.lessons = lessons
        self.chance = random.Random(SEED)
        self.pieces = WordPieces(encoder / "tokenizer.json")
        self.tagger, self.reader = WordTagger(encoder), SpanReader()
        self.weights = self._kind_weights()
        encoder_weights = set(self.tagger.encoder.parameters())
        heads = [p for p in self.tagger.parameters() if p not in encoder_weights] + list(self.reader.parameters())
        self.optimiser = torch.optim.AdamW(
            [
                {"params": list(self.tagger.encoder.parameters()), "lr": plan.encoder_rate},
                {"params": heads, "lr": plan.head_rate},
            ],
            weight_decay=0.01,
        )
        words = lessons.n_words
        log.info("%d debriefs, %d words an epoch", len(lessons.all), words)
        self.steps = max(1, round(words / plan.words_per_step)) * plan.epochs
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, self._rate)

    def save(self, out: Path) -> None:
        out.parent.mkdir(parents=True, exist_ok=True)
        torch.save({"tagger": self.tagger.state_dict(), "reader": self.reader.state_dict()}, out)

    def resume(self, weights: Path) -> None:
        """Go on from weights that ``save`` wrote."""
        state = torch.load(weights, weights_only=True)
        self.tagger.load_state_dict(state["tagger"])
        self.reader.load_state_dict(state["reader"])

    def _rate(self, step: int) -> float:
        warm = self.plan.warm_up * self.steps
        return min((step + 1) / warm, max(0.0, (self.steps - step) / (self.steps - warm)) + 0.01)

    def _kind_weights(self) -> Tensor:
        counts = np.ones(len(KINDS))
        for debrief in self.lessons.all:
            for span in debrief.spans:
                counts[KINDS.index(span.kind)] += len(span.text.split())
        weight = (counts / counts.sum()) ** -self.plan.rare_weight
        return torch.tensor(weight / np.average(weight, weights=counts), dtype=torch.float32)

    def examples(self, epoch: int, rng: random.Random) -> list[Example]:
        """The debriefs of an epoch, each as it might be heard this time, in random order."""
        debriefs = self.lessons.of(epoch)
        heard = [self._vary(debrief, rng) for debrief in debriefs]
        pieces = self.pieces([words.words for words in heard])
        made = [Example(d, w, self.pieces.windows(0, p)) for d, w, p in zip(debriefs, heard, pieces, strict=True)]
        rng.shuffle(made)
        return made

    def _vary(self, debrief: Debrief, rng: random.Random) -> Words:
        """What Whisper wrote stays as it is more often than not; what a writer wrote is made like it."""
        told = debrief in self.lessons.heard and rng.random() < 0.6
        return as_written(debrief) if told else as_heard(debrief, rng)

    def steps_of(self, examples: list[Example]) -> list[list[Example]]:
        """Examples grouped into steps of about the planned number of words, of like lengths to pad little."""
        groups: list[list[Example]] = [[]]
        room = float(self.plan.words_per_step)
        for example in self._alike(examples):
            if room <= 0:
                groups.append([])
                room += self.plan.words_per_step
            groups[-1].append(example)
            room -= len(example.words.words)
        self.chance.shuffle(groups)
        return groups

    def _alike(self, examples: list[Example]) -> list[Example]:
        """The examples with those of each few steps sorted by the length of their windows."""
        few = [
            examples[at : at + self.plan.sorted_together] for at in range(0, len(examples), self.plan.sorted_together)
        ]
        return [e for some in few for e in sorted(some, key=lambda e: len(e.windows[0].ids))]

    def step(self, group: list[Example]) -> dict[str, float]:
        windows = [(e, w) for e in group for w in e.windows]
        ids, mask, first = (torch.from_numpy(a) for a in padded([w for _, w in windows]))
        vectors, kind_logits, begin_as, begin_logits = self.tagger(ids, mask, first)
        kinds, begins = self._labels(windows, first.shape[1])
        seen = kinds >= 0
        losses = {
            "kind": F.cross_entropy(kind_logits[seen], kinds[seen], self.weights, label_smoothing=0.05),
            "begin": F.binary_cross_entropy_with_logits(begin_logits[seen], begins[seen]),
            "spans": self.tagger.surprise(kind_logits, begin_as, kinds, begins),
        }
        row = 0
        for example in group:
            rows = range(row, row + len(example.windows))
            row += len(example.windows)
            for name, loss in self._structure(example, vectors, kind_logits.detach(), rows).items():
                losses[name] = losses.get(name, torch.zeros(())) + loss / len(group)
        words = losses["kind"] + losses["begin"] + self.plan.spans_weight * losses["spans"]
        total = words + self.plan.structure_weight * (losses["pair"] + losses["hard"])
        self.optimiser.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_([*self.tagger.parameters(), *self.reader.parameters()], 1.0)
        self.optimiser.step()
        self.schedule.step()
        return {name: loss.item() for name, loss in losses.items()}

    @staticmethod
    def _labels(windows: list[tuple[Example, Window]], n_words: int) -> tuple[Tensor, Tensor]:
        """Kinds (-1 where there is no word) and beginnings of each window's words."""
        kinds = torch.full((len(windows), n_words), -1)
        begins = torch.zeros(len(windows), n_words)
        for row, (example, window) in enumerate(windows):
            span = example.words.span
            for place, word in enumerate(range(window.start, window.end)):
                kinds[row, place] = KINDS.index(example.debrief.spans[span[word]].kind)
                begins[row, place] = float(word == 0 or span[word] != span[word - 1])
        return kinds, begins

    def _structure(self, example: Example, vectors: Tensor, kind_logits: Tensor, rows: range) -> dict[str, Tensor]:
        """Losses of pointers and difficulty, over the spans as they were labelled.

        Every other time the reader is told the kinds that the tagger would give, as in use.
        """
        spans = example.debrief.spans[: structure.SPANS]
        parts = [
            (row, slice(w.keep[0] - w.start, w.keep[1] - w.start)) for row, w in zip(rows, example.windows, strict=True)
        ]
        words = torch.cat([vectors[row, here] for row, here in parts])
        bounds = _bounds(example.words.span)[: len(spans)]
        pooled = torch.stack([torch.cat([words[a:z].mean(0), words[a]]) for a, z in bounds])
        kinds = [span.kind for span in spans]
        texts = [" ".join(example.words.words[a:z]) for a, z in bounds]
        found, clues = structure.pairs(kinds, texts)
        told = torch.tensor([KINDS.index(k) for k in kinds])
        if self.chance.random() < 0.5:
            guessed = torch.cat([kind_logits[row, here] for row, here in parts])
            told = torch.stack([guessed[a:z].mean(0).argmax() for a, z in bounds])
        scores, none, hard = self.reader(
            pooled,
            told,
            *(torch.from_numpy(a) for a in (found.source, found.target, found.features)),
            *(torch.from_numpy(a) for a in (clues.source, clues.target, clues.features)),
        )
        asked = [i for i, k in enumerate(kinds) if k == "question"]
        goal = torch.tensor([float(spans[i].number in example.debrief.difficult) for i in asked])
        difficult = F.binary_cross_entropy_with_logits(hard[asked], goal) if asked else hard.sum() * 0
        return {"pair": _pointer_loss(example.debrief, found, scores, none), "hard": difficult}


def _bounds(span_of: list[int]) -> list[tuple[int, int]]:
    starts = [i for i, s in enumerate(span_of) if i == 0 or s != span_of[i - 1]]
    return list(zip(starts, [*starts[1:], len(span_of)], strict=True))


def _pointer_loss(debrief: Debrief, found: structure.Pairs, scores: Tensor, none: Tensor) -> Tensor:
    """Mean over sources of -log P(a right target), where pointing nowhere is right if no target is."""
    losses = []
    for source in np.unique(found.source):
        rows = np.flatnonzero(found.source == source)
        number = debrief.spans[source].number
        right = [debrief.spans[t].number == number and number is not None for t in found.target[rows]]
        options = torch.cat([none[source].reshape(1), scores[rows]])
        goal = torch.tensor([not any(right), *right])
        losses.append(options.logsumexp(0) - options[goal].logsumexp(0))
    return torch.stack(losses).mean() if losses else none.sum() * 0


def run(trainer: Trainer, out: Path) -> None:
    """One stage; writes the weights to ``out`` after each epoch."""
    rng = random.Random(SEED)
    began, done = time.monotonic(), 0
    for epoch in range(trainer.plan.epochs):
        groups = trainer.steps_of(trainer.examples(epoch, rng))
        sums = dict.fromkeys(("kind", "begin", "spans", "pair", "hard"), 0.0)
        for group in groups:
            for name, value in trainer.step(group).items():
                sums[name] += value / len(groups)
            done += sum(len(e.words.words) for e in group)
        spent = time.monotonic() - began
        told = ", ".join(f"{name} {value:.3f}" for name, value in sums.items())
        log.info("epoch %d of %d: %s; %.0f s, %.0f words/s", epoch + 1, trainer.plan.epochs, told, spent, done / spent)
        if not all(math.isfinite(v) for v in sums.values()):
            raise SystemExit("training diverged")
        trainer.save(out)


def pulled_encoder() -> Path:
    from dictate import weights

    return weights.locate("minilm")


def lessons(stage: int) -> Lessons:
    """What is learnt from in a stage, counted from 1; never from the writers that are held out."""
    plan = STAGES[stage - 1]
    learn, _ = split(load(CORPUS))
    number = {debrief.writer: int(debrief.writer.removeprefix("w")) for debrief in learn}
    new = [debrief for debrief in learn if number[debrief.writer] in plan.writers]
    if stage == 1:
        return Lessons(new)
    old = [debrief for debrief in learn if number[debrief.writer] < plan.writers.start]
    heard, _ = split(load(HEARD))
    return Lessons(new, heard, [debrief for debrief in old if debrief.writer not in DOUBTED], plan.again)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    stages = range(1, len(STAGES) + 1)
    parser.add_argument("--stage", type=int, choices=stages, help="only this stage (else all)")
    parser.add_argument("--encoder", type=Path, help="folder of the MiniLM to start from (else the pulled one)")
    parser.add_argument("--out", type=Path, default=BUILD / "weights.pt")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    encoder = options.encoder or pulled_encoder()
    left_by = {stage: options.out.with_name(f"stage{stage}.pt") for stage in stages} | {len(STAGES): options.out}
    for stage in [options.stage] if options.stage else stages:
        trainer = Trainer(encoder, lessons(stage), STAGES[stage - 1])
        if stage > 1:
            trainer.resume(left_by[stage - 1])
        run(trainer, left_by[stage])


if __name__ == "__main__":
    main()
