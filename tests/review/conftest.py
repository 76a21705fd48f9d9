"""Databases of a made-up job search."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dictate.store import Store


@pytest.fixture
def search(search_made: Path, tmp_path: Path) -> Iterator[Store]:
    """Four interviews; see ``searching``."""
    with Store.open(shutil.copy(search_made, tmp_path / "search.db")) as opened:
        yield opened
        assert opened.verify() == []
