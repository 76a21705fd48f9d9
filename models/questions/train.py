"""Train the encoder on families of questions, contrastively, with the families most like each other in one batch.

    python -m models.questions.train [--out FILE]

The loss is the supervised contrastive one (Khosla and others 2020): each telling is drawn to its family's others and
pushed from all other families of its batch, as it would be retold by somebody else this time (``told.py``).
"""

from __future__ import annotations

import argparse
import logging
import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from models.questions.corpus import CORPUS, Family, families, learnt
from models.questions.network import QuestionEncoder, smaller_tokenizer
from models.questions.told import retold
from models.segmenter.train import pulled_encoder

BUILD = Path(__file__).parent / "build"
SEED = 6
SEEN = 3  # tellings of a family by which its likeness to others is judged
RUN = 24  # texts that are read at once
LONGEST = 48  # word pieces of a telling that are learnt from
WORD = re.compile(r"[a-z]+")
log = logging.getLogger(__name__)

Vectors = npt.NDArray[np.float32]
Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Plan:
    rounds: tuple[int, ...] = (280, 300)  # steps, the rate rising and falling in each round
    families: int = 20  # in a batch
    tellings: int = 3  # of each family
    topics: int = 6  # questions of the topics in a batch, each told twice
    alike: int = 8  # families of a batch that were drawn because they are like one another
    frozen: int = 2  # layers that stay as they are, with the word pieces under them
    rate: float = 1.5e-4
    temperature: float = 0.06
    look_every: int = 40


class Trainer:
    def __init__(self, encoder: Path, learn: Sequence[Family], topics: Sequence[Family], plan: Plan) -> None:
        text, kept = smaller_tokenizer(encoder / "tokenizer.json")
        self.tokenizer = Tokenizer.from_str(text)
        self.tokenizer.enable_truncation(LONGEST)
        self.encoder = QuestionEncoder(encoder, kept)
        self.learn, self.topics, self.plan = learn, topics, plan
        self.chance = random.Random(SEED)
        self.encoder.freeze(plan.frozen)
        self.alike = self.shared_words()

    def begin(self, steps: int) -> None:
        """A round: the optimiser begins anew."""
        trained = [parameter for parameter in self.encoder.parameters() if parameter.requires_grad]
        self.optimiser = torch.optim.AdamW(trained, lr=self.plan.rate, weight_decay=0.01)
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimiser, max_lr=self.plan.rate, total_steps=steps, pct_start=0.1
        )

    def vectors(self, texts: Sequence[str]) -> Tensor:
        """Read in runs of like length, so that little is padded; in the order of the texts."""
        encoded = self.tokenizer.encode_batch(list(texts))
        order = sorted(range(len(texts)), key=lambda i: len(encoded[i].ids))
        runs = [order[i : i + RUN] for i in range(0, len(order), RUN)]
        found = torch.cat([self._run([encoded[i].ids for i in run]) for run in runs])
        return found[torch.tensor(order).argsort()]

    def _run(self, pieces: Sequence[Sequence[int]]) -> Tensor:
        width = max(map(len, pieces))
        ids = torch.tensor([[*some, *[0] * (width - len(some))] for some in pieces])
        mask = torch.tensor([[1] * len(some) + [0] * (width - len(some)) for some in pieces])
        vectors: Tensor = self.encoder(ids, mask)
        return vectors

    def read(self, texts: Sequence[str]) -> Vectors:
        self.encoder.eval()
        with torch.no_grad():
            found: Vectors = self.vectors(texts).numpy()
        self.encoder.train()
        return found

    def likeness(self) -> Ids:
        """Of each family the others, the most similar first: what makes a batch hard."""
        told = [text for family in self.learn for text in (family.name, *family.tellings[:SEEN])]
        owner = np.repeat(np.arange(len(self.learn)), [1 + len(family.tellings[:SEEN]) for family in self.learn])
        return _nearest(self.read(told), owner)

    def shared_words(self) -> Ids:
        """The same before anything is learnt, by the words that families share."""
        words = [set(WORD.findall(" ".join([f.name, *f.tellings]).lower())) for f in self.learn]
        count = Counter(word for some in words for word in some)
        column = {word: i for i, word in enumerate(count)}
        weights = np.zeros((len(words), len(column)), dtype=np.float32)
        for row, some in enumerate(words):
            weights[row, [column[word] for word in some]] = [1 / count[word] for word in some]
        return _nearest(weights, np.arange(len(words)))

    def batch(self) -> tuple[list[str], list[int], list[int]]:
        """Tellings, their families, and the topic of each (-1 for a telling of a family)."""
        chosen: dict[int, None] = {}
        while len(chosen) < self.plan.families:
            first = self.chance.randrange(len(self.learn))
            near = self.alike[first][: 2 * self.plan.alike].tolist()
            chosen |= dict.fromkeys([first, *self.chance.sample(near, self.plan.alike - 1)])
        texts, labels, topics = [], [], []
        for family in list(chosen)[: self.plan.families]:
            pool = [*self.learn[family].tellings, self.learn[family].name]
            for telling in self.chance.sample(pool, min(len(pool), self.plan.tellings)):
                texts.append(retold(telling, self.chance))
                labels.append(family)
                topics.append(-1)
        for n in range(self.plan.topics):
            topic = self.chance.randrange(len(self.topics))
            question = self.chance.choice(self.topics[topic].tellings)
            texts += [retold(question, self.chance), retold(question, self.chance)]
            labels += [len(self.learn) + n] * 2
            topics += [topic] * 2
        return texts, labels, topics

    def step(self) -> float:
        texts, labels, topics = self.batch()
        vectors = self.vectors(texts)
        scores = vectors @ vectors.T / self.plan.temperature
        label, topic = torch.tensor(labels), torch.tensor(topics)
        same = label[:, None] == label
        # of a topic's questions it is not known whether they are the same one, nor whether they are a family's
        unknown = (topic[:, None] == topic) & (topic[:, None] >= 0) | ((topic[:, None] < 0) != (topic < 0))
        counted = (same | ~unknown) & ~torch.eye(len(texts), dtype=torch.bool)
        log_chance = scores - scores.masked_fill(~counted, -torch.inf).logsumexp(1, keepdim=True)
        sister = same & ~torch.eye(len(texts), dtype=torch.bool)
        loss = -(log_chance.masked_fill(~sister, 0).sum(1) / sister.sum(1).clamp(min=1)).mean()
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.encoder.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        return loss.item()


def _nearest(vectors: Vectors, owner: Ids) -> Ids:
    means = np.zeros((int(owner[-1]) + 1, vectors.shape[1]), dtype=np.float32)
    np.add.at(means, owner, vectors)
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    order: Ids = np.argsort(-(means @ means.T), axis=1, kind="stable")[:, 1:]
    return order


def train(plan: Plan, encoder: Path, out: Path) -> None:
    torch.manual_seed(SEED)
    torch.set_num_threads(1)  # the sums are the same on every machine, and a batch is small
    trainer = Trainer(encoder, learnt(), families(CORPUS / "topics"), plan)
    began = time.monotonic()
    for number, steps in enumerate(plan.rounds, 1):
        trainer.begin(steps)
        total = 0.0
        for step in range(1, steps + 1):
            total += trainer.step()
            if step % plan.look_every == 0:
                spent = time.monotonic() - began
                log.info("round %d, step %d: loss %.3f; %.0f s", number, step, total / plan.look_every, spent)
                total = 0.0
                if step % (2 * plan.look_every) == 0:
                    trainer.alike = trainer.likeness()
                keep(trainer.encoder, out)
    keep(trainer.encoder, out)


def keep(encoder: QuestionEncoder, out: Path) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(encoder.state_dict(), out)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=BUILD / "weights.pt")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    train(Plan(), pulled_encoder(), options.out)


if __name__ == "__main__":
    main()
