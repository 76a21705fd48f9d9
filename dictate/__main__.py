"""``python -m dictate``."""

from __future__ import annotations

from dictate.cli import run

run()
