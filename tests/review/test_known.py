from __future__ import annotations

from pathlib import Path

import numpy as np

from dictate.review.known import Known, Scale

SCALE = Scale(spread=0.1, none=0.5, weight=0.75, alone=0.25)


def unit(vectors: np.ndarray) -> np.ndarray:
    found: np.ndarray = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return found


def known(noisy: int = 15) -> tuple[Known, np.ndarray]:
    """Four questions of five tellings each, which differ in one direction above all."""
    chance = np.random.default_rng(3)
    centres = np.eye(16, dtype=np.float32)[:4]
    told = centres.repeat(5, axis=0) + chance.normal(size=(20, 16)) * 0.05
    told[:, noisy] += chance.normal(size=20) * 0.8
    return Known.learn(unit(told), np.arange(0, 20, 5), even=0.4), centres


def test_a_text_is_the_question_whose_tellings_are_near_or_none() -> None:
    found, centres = known()
    away = np.eye(16, dtype=np.float32)[10:11]
    read = found.beside(unit(np.concatenate([centres, away])), SCALE)[:, 16:] ** 2 / SCALE.weight
    assert read[:4].argmax(axis=1).tolist() == [0, 1, 2, 3]
    assert read[:4].max(axis=1).min() > 0.9
    assert read[4].sum() < 0.05


def test_what_varies_within_a_question_counts_least() -> None:
    found, centres = known()
    other = centres.copy()
    other[:, 15] = 0.7
    one, two = (found.beside(unit(some), SCALE)[:, :16] for some in (centres, other))
    plain = (unit(centres) * unit(other)).sum(axis=1)
    assert ((one * two).sum(axis=1) / (1 - SCALE.weight) > plain + 0.05).all()


def test_what_is_kept_is_what_was_learnt(tmp_path: Path) -> None:
    found, centres = known()
    found.save(tmp_path / "known.npz")
    again = Known.load(tmp_path / "known.npz")
    np.testing.assert_allclose(again.beside(centres, SCALE), found.beside(centres, SCALE), atol=0.01)
