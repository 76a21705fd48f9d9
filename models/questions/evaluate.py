"""Measure the shipped encoder on tellings that it has not learnt from, and write the figures down.

    python -m models.questions.evaluate [--tune] [--trained FOLDER]

``--tune`` first chooses what counts how much and how similar two questions must be to be one (``tuning.py``), on other
tellings than those that are measured on. The figures are those of all and of its halves: the more questions, the
likelier a wrong merge.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from dictate.review.encoder import Encoder
from models.questions import measure, tuning
from models.questions.corpus import MEASURED, Family, families, loners

TRAINED = Path(__file__).parent / "trained"
SCORES = Path(__file__).parent / "scores.json"
CARD = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- figures, by evaluate.py -->\n", "<!-- end of figures -->\n"
COLUMNS = ("questions", "sisters", "precision", "recall", "f1")


def held_out(some: Sequence[Family], alone: Sequence[str]) -> tuple[list[str], list[str]]:
    """Texts and labels to measure on: each family's tellings, and loners."""
    texts = [telling for family in some for telling in family.tellings] + list(alone)
    labels = [family.id for family in some for _ in family.tellings] + [f"loner {i}" for i in range(len(alone))]
    return texts, labels


def halves() -> list[tuple[list[str], list[str]]]:
    """Two halves of what is measured on, and all of it."""
    held = families(MEASURED / "families")
    alone = loners(MEASURED)
    return [held_out(held[0::2], alone[0::2]), held_out(held[1::2], alone[1::2]), held_out(held, alone)]


def scores(encoder: Encoder, sure: float) -> dict[str, dict[str, float]]:
    told: dict[str, dict[str, float]] = {}
    for name, (texts, labels) in zip(("one half", "other half", "all"), halves(), strict=True):
        vectors = encoder.encode(texts)
        pairs = measure.at(vectors, labels, sure)
        figures = {"sisters": measure.sisters(vectors, labels), **measure.figures(pairs)}
        told[name] = {key: round(value, 3) for key, value in figures.items()} | {"questions": len(texts)}
    return told


def write_card(found: dict[str, dict[str, float]], sure: float) -> None:
    rows = [f"| {name} | {' | '.join(str(figures[column]) for column in COLUMNS)} |" for name, figures in found.items()]
    table = [f"| measured on | {' | '.join(COLUMNS)} |", "| --- |" + " --- |" * len(COLUMNS), *rows]
    told = "\n".join(["", *table, "", f"Similarity from which two questions are one: {sure}.", ""])
    before, rest = CARD.read_text(encoding="utf-8").split(BEGIN)
    CARD.write_text(f"{before}{BEGIN}{told}{END}{rest.split(END)[1]}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--trained", type=Path, default=TRAINED)
    options = parser.parse_args()
    if options.tune:
        tuning.settle(options.trained)
    encoder = Encoder(options.trained)
    digest = hashlib.sha256((options.trained / "encoder.onnx").read_bytes()).hexdigest()
    found = scores(encoder, encoder.sure)
    told = {"encoder": digest, "sure": encoder.sure, "measured": found}
    SCORES.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
    write_card(found, encoder.sure)


if __name__ == "__main__":
    main()
