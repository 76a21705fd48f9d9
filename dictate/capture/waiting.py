"""Unfinished recordings as a list shows them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dictate.capture.unfinished import Place, Purpose


@dataclass(frozen=True, slots=True)
class Listed:
    """An unfinished recording, for a list."""

    path: Path
    started_at: str
    duration_s: float | None
    company: str | None
    role: str | None
    add_to: int | None
    purpose: Purpose


def listed(place: Place) -> Listed:
    facts = place.facts()
    return Listed(
        place.sound,
        facts.started_at.isoformat(timespec="seconds"),
        place.duration_s(),
        facts.interview.company,
        facts.interview.role,
        facts.add_to,
        facts.purpose,
    )
