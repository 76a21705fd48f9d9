"""The shipped segmenter is the one that the committed scores speak of, and its figures hold."""

from __future__ import annotations

import json

from dictate.segment.pipeline import Segmenter
from models.segmenter.corpus import CORPUS, load, split
from models.segmenter.evaluate import CARD, SCORES, TRAINED, fingerprint, measure, sample, tables


def test_scores_speak_of_the_shipped_files() -> None:
    assert json.loads(SCORES.read_text())["model"] == fingerprint(TRAINED)


def test_the_model_card_tells_the_committed_scores() -> None:
    assert tables(json.loads(SCORES.read_text())) in CARD.read_text(encoding="utf-8")


def test_the_figures_hold() -> None:
    told = json.loads(SCORES.read_text())["sample"]
    _, held_out = split(load(CORPUS))
    found = measure(Segmenter(TRAINED), sample(held_out)).figures()
    for name in ("macro", "core", "boundary", "pairs"):
        assert abs(found[name] - told[name]) < 0.03, name  # 8-bit sums differ a little between processors
