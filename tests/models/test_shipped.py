"""The shipped segmenter is the one that the committed scores speak of, and its figures hold."""

from __future__ import annotations

import json

from dictate.segment.pipeline import Segmenter
from models.segmenter.corpus import CORPUS, load, split
from models.segmenter.evaluate import SCORES, TRAINED, fingerprint, measure


def test_scores_speak_of_the_shipped_files() -> None:
    assert json.loads(SCORES.read_text())["model"] == fingerprint(TRAINED)


def test_the_figures_hold() -> None:
    told = json.loads(SCORES.read_text())["held out"]["figures"]
    _, test = split(load(CORPUS))
    found = measure(Segmenter(TRAINED), test).figures()
    for name in ("macro", "core", "boundary", "pairs"):
        assert abs(found[name] - told[name]) < 0.03, name  # 8-bit sums differ a little between processors
