"""Databases of a made-up job search."""

from __future__ import annotations

import pytest

from dictate.store import Store
from tests.review.searching import fill


@pytest.fixture
def search(store: Store) -> Store:
    """Four interviews; see ``searching``."""
    fill(store)
    return store
