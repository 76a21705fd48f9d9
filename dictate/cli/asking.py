"""``import --ask``: what is known of each new interview is confirmed on the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from dictate.cli.console import clean, say
from dictate.records import Interview

if TYPE_CHECKING:
    from dictate.store import InterviewShown, Store

NOTHING = "-"


def confirm(store: Store, interview_ids: Iterable[int]) -> None:
    """Ask about each interview once and keep what is answered."""
    for interview_id in dict.fromkeys(interview_ids):
        shown = store.show(interview_id)
        say(f"interview {interview_id}: {_begins(shown)}")
        say(f"Enter keeps what is in brackets, {NOTHING} empties it.")
        store.tell(interview_id, _asked(shown), anew=True)


def _asked(shown: InterviewShown) -> Interview:
    return Interview(
        company=_ask("Company", shown["company"]),
        role=_ask("Role", shown["role"]),
        round=_ask("Round", shown["round"]),
        held_at=_moment(shown["held_at"]),
        interviewers=tuple(
            name.strip()
            for name in (_ask("Interviewers", ", ".join(shown["interviewers"])) or "").split(",")
            if name.strip()
        ),
    )


def _ask(what: str, known: str | None) -> str | None:
    answer = click.prompt(f"  {what}", default=clean(known or ""), show_default=bool(known), err=True).strip()
    return None if answer in ("", NOTHING) else answer


def _moment(known: str | None) -> datetime | None:
    while True:
        answer = _ask("Held at", known)
        try:
            return datetime.fromisoformat(answer).astimezone() if answer else None
        except ValueError:
            say("  write 2026-03-14 or 2026-03-14T15:30")


def _begins(shown: InterviewShown) -> str:
    """The first words of what was said, by which the user knows which one it is."""
    words = " ".join(recording["transcript"] for recording in shown["recordings"]).split()
    return clean(" ".join(words[:20]) + (" ..." if len(words) > 20 else ""))
