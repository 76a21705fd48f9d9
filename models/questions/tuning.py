"""What counts how much, chosen on tellings that neither the network has learnt from nor the model card measures.

``corpus/held.txt`` has tellings of families; of five families in six the other tellings are known when it is chosen,
the sixth is a question that is not known at all, and so are the loners. They come as they are and retold, in parts,
so that a choice is made among about as many questions as one person is asked.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dictate.review.encoder import GROUPING, KNOWN, Reader
from dictate.review.known import Known, Scale, Vectors
from models.questions import measure
from models.questions.corpus import Family, families, held, loners
from models.questions.told import retold

SEED = 5
PARTS = 3
UNKNOWN = slice(3, None, 6)  # of the families with held tellings
EVEN = (0.4, 0.6)
SCALES = [Scale(*some) for some in product((0.06, 0.08), (0.45, 0.5, 0.55), (0.6, 0.75), (0.6,))]
SURES = np.arange(0.36, 0.8, 0.02).round(2)
PRECISION = 0.80  # asked of what is chosen on; what ships knows the held tellings too, and is no less precise for it
PRECISIONS = np.arange(0.76, 0.881, 0.02)  # F1 at one precision alone goes up and down by chance

Part = tuple[Vectors, list[str]]  # the network's vectors and what each is of


def settle(folder: Path) -> None:
    """Write the known questions and what was chosen beside the encoder of a folder."""
    reader, known = Reader(folder), families()
    told = [(family.id, text) for family in known for text in (family.name, *family.tellings)]
    vectors, ids = reader.read([text for _, text in told]), np.array([family for family, _ in told])
    apart = held()
    unknown = list(dict.fromkeys(family for family, text in told if text in apart))[UNKNOWN]
    stays = np.array([text not in apart and family not in unknown for family, text in told])
    parts = held_parts(reader, known)
    tried = []
    for even in EVEN:
        some = Known.learn(vectors[stays], starts(ids[stays]), even)
        tried += [(*judged(some, scale, parts), even, scale) for scale in SCALES]
    _, sure, even, scale = max(tried, key=lambda one: one[0])
    Known.learn(vectors, starts(ids), even).save(folder / KNOWN)
    (folder / GROUPING).write_text(json.dumps({"sure": sure, **asdict(scale)}) + "\n", encoding="utf-8")


def starts(ids: npt.NDArray[np.str_]) -> npt.NDArray[np.int64]:
    return np.flatnonzero(np.append(True, ids[1:] != ids[:-1]))


def held_parts(reader: Reader, known: Sequence[Family]) -> list[Part]:
    apart, chance = held(), random.Random(SEED)
    told = [(family.id, text) for family in known for text in family.tellings if text in apart]
    part_of = {family: n % PARTS for n, family in enumerate(dict.fromkeys(family for family, _ in told))}
    alone = [(f"loner {n}", text) for n, text in enumerate(loners())]
    part_of |= {label: n % PARTS for n, (label, _) in enumerate(alone)}
    found = []
    for some in (told + alone, [(label, retold(text, chance)) for label, text in told + alone]):
        vectors = reader.read([text for _, text in some])
        for part in range(PARTS):
            rows = [row for row, (label, _) in enumerate(some) if part_of[label] == part]
            found.append((vectors[rows], [some[row][0] for row in rows]))
    return found


def judged(known: Known, scale: Scale, parts: Sequence[Part]) -> tuple[float, float]:
    """How good a scale is, sisters and F1 counting alike, and how similar two questions must then be to be one."""
    read = [(known.beside(vectors, scale), labels) for vectors, labels in parts]
    sisters = float(np.mean([measure.sisters(vectors, labels) for vectors, labels in read]))
    figures = [measure.figures(np.sum([measure.at(*part, sure) for part in read], axis=0)) for sure in SURES]
    best = [max((f["f1"] for f in figures if f["precision"] >= least), default=0.0) for least in PRECISIONS]
    precise = [(f["f1"], float(sure)) for f, sure in zip(figures, SURES, strict=True) if f["precision"] >= PRECISION]
    return sisters + float(np.mean(best)), max(precise, default=(0.0, float(SURES[-1])))[1]
