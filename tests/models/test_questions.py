"""The families that the encoder is trained on, and that the shipped one does what its scores say."""

from __future__ import annotations

import hashlib
import json
import random

import pytest

from dictate.review.encoder import Encoder
from models.questions.corpus import CORPUS, families, loners, split
from models.questions.evaluate import SCORES, TRAINED, scores
from models.questions.told import retold


def test_the_families_are_many_and_well_told() -> None:
    found = families()
    assert len(found) >= 300
    assert all(len(family.tellings) >= 6 for family in found)
    tellings = [telling for family in found for telling in family.tellings]
    assert len(set(tellings)) == len(tellings)
    alone = loners()
    assert len(set(alone)) == len(alone) >= 100
    assert not set(alone) & set(tellings)
    assert len(families(CORPUS / "topics")) >= 200


def test_a_fifth_of_the_families_is_held_out() -> None:
    learn, held = split(families())
    assert 0.15 < len(held) / (len(learn) + len(held)) < 0.25


def test_retelling_says_something() -> None:
    chance = random.Random(1)
    for family in families()[::10]:
        for telling in family.tellings:
            assert retold(telling, chance).strip()


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_the_scores_are_those_of_the_shipped_encoder(encoder: Encoder) -> None:
    told = json.loads(SCORES.read_text(encoding="utf-8"))
    assert told["encoder"] == hashlib.sha256((TRAINED / "encoder.onnx").read_bytes()).hexdigest()
    assert told["sure"] == encoder.sure
    found = scores(encoder, encoder.sure)
    for half, figures in found.items():
        assert figures == pytest.approx(told["held out"][half], abs=0.02), half  # processors round differently


def test_unseen_families_are_found_surely(encoder: Encoder) -> None:
    found = scores(encoder, encoder.sure)["measured on"]
    assert found["precision"] >= 0.80
    assert found["f1"] >= 0.60
    assert found["sisters"] >= 0.75
