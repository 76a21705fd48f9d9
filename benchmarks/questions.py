"""Grouping questions into families: 10,000 of them, read and grouped from nothing, then a few new ones.

python -m benchmarks.questions [QUESTIONS]
"""

from __future__ import annotations

import random
import resource
import sys
import time

import numpy as np

from dictate.review.encoder import Encoder
from dictate.review.grouping import group
from models.questions.corpus import families, loners
from models.questions.told import retold


def main(count: int) -> None:
    chance = random.Random(1)
    asked = [telling for family in families() for telling in family.tellings] + loners()
    texts = [retold(chance.choice(asked), chance) for _ in range(count)]
    encoder = Encoder()
    began = time.perf_counter()
    vectors = encoder.encode(texts)
    read = time.perf_counter() - began
    began = time.perf_counter()
    found = group(vectors, np.full(count, -1), 1, sure=encoder.sure)
    grouped = time.perf_counter() - began
    began = time.perf_counter()
    known = np.where(np.arange(count) < count - 20, found, -1)
    group(vectors, known, int(found.max()) + 1, sure=encoder.sure)
    added = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    words = sum(len(text.split()) for text in texts)
    print(f"{count:,} questions, {words:,} words, {len(set(found.tolist())):,} families")
    print(f"read {read:.1f} s, grouped {grouped:.1f} s, 20 more {added:.2f} s, at most {peak:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
