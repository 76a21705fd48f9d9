"""How fast memos were transcribed on this machine: remembered, so that the next run can be foretold."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from dictate.paths import make_private, speed_file
from dictate.writing import write_whole

TELLING_S = 60.0  # of sound; less is mostly the loading of weights


def remembered(manner: str) -> float | None:
    """Seconds of sound in a second, the last time that memos were heard in that manner."""
    speed = _all().get(manner)
    return speed if isinstance(speed, float) and speed > 0 else None


def remember(manner: str, heard_s: float, took_s: float) -> None:
    """Keep how fast it went; what cannot be kept is not worth an error."""
    if heard_s < TELLING_S or took_s <= 0:
        return
    with suppress(OSError):
        make_private(speed_file().parent)
        told = {**_all(), manner: round(heard_s / took_s, 2)}
        write_whole(speed_file(), json.dumps(told, indent=1).encode())


def _all() -> dict[str, Any]:
    try:
        told = json.loads(speed_file().read_bytes())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
