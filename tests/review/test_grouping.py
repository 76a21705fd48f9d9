from __future__ import annotations

import numpy as np
import pytest

from dictate.review.grouping import central, group, nearest


def bundles(*sizes: int, seed: int = 0, spread: float = 0.02) -> np.ndarray:
    """Vectors of length 1 about as many directions as there are sizes."""
    chance = np.random.default_rng(seed)
    centres = np.linalg.qr(chance.normal(size=(64, len(sizes))))[0].T
    vectors = np.repeat(centres, sizes, axis=0) + chance.normal(size=(sum(sizes), 64)) * spread
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def alone(n: int) -> np.ndarray:
    return np.full(n, -1)


def test_what_is_alike_is_a_family_and_what_is_not_stays_alone() -> None:
    found = group(bundles(3, 1, 2), alone(6), 7, sure=0.8)
    assert found.tolist() == [7, 7, 7, 8, 9, 9]


def test_nothing_at_all_is_no_family() -> None:
    assert group(np.zeros((0, 64), dtype=np.float32), alone(0), 1, sure=0.8).tolist() == []


def test_a_chain_of_neighbours_is_not_one_family() -> None:
    angles = np.radians(np.arange(0, 180, 20))
    chain = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    found = group(chain, alone(len(chain)), 1, sure=0.9)
    assert found[0] != found[-1]
    for family in set(found.tolist()):
        within = chain[found == family]
        assert (within @ within.T).mean() >= 0.9 - 1e-6


@pytest.mark.parametrize("seed", range(5))
def test_what_was_grouped_before_neither_parts_nor_meets(seed: int) -> None:
    vectors = bundles(4, 4, seed=seed)
    before = np.array([10, 10, 20, -1, 30, 30, 30, -1])  # the first bundle is two families by the user's will
    found = group(vectors, before, 31, sure=0.8)
    assert found[before >= 0].tolist() == before[before >= 0].tolist()
    assert found[3] in (10, 20)
    assert found[7] == 30


def test_one_after_another_ends_as_all_at_once_where_families_are_plain() -> None:
    vectors = bundles(5, 3, 1, 1)
    together = group(vectors, alone(10), 1, sure=0.8)
    found = alone(0)
    for n in range(1, 11):
        found = group(vectors[:n], np.append(found, -1), int(found.max(initial=0)) + 1, sure=0.8)
    assert found.tolist() == together.tolist()


def test_more_than_one_block() -> None:
    found = group(bundles(*[40] * 60), alone(2400), 1, sure=0.8)
    assert found.tolist() == np.repeat(np.arange(1, 61), 40).tolist()


def test_the_nearest_other_and_the_middle() -> None:
    vectors = bundles(2, 2)
    assert nearest(vectors).tolist() == [1, 0, 3, 2]
    assert central(np.array([[1, 0], [0.8, 0.6], [0, 1]], dtype=np.float32)) == 1
