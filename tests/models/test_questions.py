"""The families that the encoder is trained on, and that the shipped one does what its scores say."""

from __future__ import annotations

import hashlib
import json
import random

import pytest

from dictate.review.encoder import Encoder
from models.questions.corpus import CORPUS, MEASURED, families, held, learnt, loners
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


def test_nothing_that_is_measured_on_is_learnt_from() -> None:
    learnt = {telling for family in families() for telling in family.tellings} | set(loners())
    measured = {telling for family in families(MEASURED / "families") for telling in family.tellings}
    assert len(measured) > 300
    assert not learnt & (measured | set(loners(MEASURED)))


def test_what_is_chosen_on_is_not_learnt_from() -> None:
    told = {telling for family in families() for telling in family.tellings}
    left = {telling for family in learnt() for telling in family.tellings}
    assert len(held()) > 500
    assert told - left == held()
    assert all(len(family.tellings) >= 6 for family in learnt())


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
        assert figures == pytest.approx(told["measured"][half], abs=0.02), half  # processors round differently


def test_families_are_claimed_when_sure(encoder: Encoder) -> None:
    found = scores(encoder, encoder.sure)["all"]
    assert found["precision"] >= 0.80
    assert found["f1"] >= 0.44
    assert found["sisters"] >= 0.70


def test_questions_that_nobody_foresaw_are_one_too(encoder: Encoder) -> None:
    ram, again, other = encoder.encode(
        [
            "how you bleed the hydraulic ram on a forwarder crane",
            "Then he wanted to know how I would bleed the ram on a forwarder's crane.",
            "what the strings of a harpsichord are made of",
        ]
    )
    assert ram @ again >= encoder.sure
    assert max(ram @ other, again @ other) < encoder.sure
