"""The end of a recording on a terminal: what was understood is confirmed, and each concern is offered a plan.

Everything is kept before the first question, so each may be passed over; and where nobody answers, all are.
"""

from __future__ import annotations

import os
import select
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from dictate.cli.console import clean, day, say

if TYPE_CHECKING:
    from dictate.records import Interview
    from dictate.review.plan import PlanItem
    from dictate.store import InterviewShown, Store

PATIENCE_S = 30.0  # for an answer


def close(store: Store, interview_id: int, recording_id: int, given: Interview | None) -> None:
    """Ask what there is to ask; ``given`` is what the user has said of the interview (None: it was there before)."""
    _forget_keys()
    with suppress(KeyboardInterrupt):
        shown = store.show(interview_id)
        if given is None or _confirmed(store, shown, given):
            _plan(store, interview_id, {note["id"] for note in shown["notes"] if note["recording_id"] == recording_id})
    say("That was all. It is kept, and can wait until you have rested.")


def _confirmed(store: Store, shown: InterviewShown, given: Interview) -> bool:
    """Show what was taken from the speech or the calendar, to be put right; False where nobody is there."""
    taken = _taken(shown, given)
    if not taken:
        return True
    say(f"Understood of the interview: {'; '.join(taken)}.")
    reply = _reply("Enter keeps that, e puts it right: ")
    if reply is not None and reply.casefold().startswith("e"):
        from dictate.cli.asking import confirm

        with suppress(click.Abort):
            confirm(store, [shown["id"]])
    return reply is not None


def _taken(shown: InterviewShown, given: Interview) -> list[str]:
    found = (
        ("company", shown["company"], given.company),
        ("role", shown["role"], given.role),
        ("round", shown["round"], given.round),
        ("held", day(shown["held_at"]), given.held_at),
        ("interviewers", ", ".join(shown["interviewers"]), given.interviewers),
    )
    return [f"{name} {value}" for name, value, known in found if value and not known]


def _plan(store: Store, interview_id: int, spoken: set[int]) -> None:
    """Offer a line to each concern among the notes just ``spoken`` that no plan speaks of."""
    from dictate.review.plan import plan
    from dictate.store import Decision

    worries = [one for one in plan(store, interview_id=interview_id) if _waits(one) and one["note_id"] in spoken]
    if not worries:
        return
    count = len(worries)
    say(f"{count} concern{'s have' if count > 1 else ' has'} no plan yet. What will you do about it? Enter passes.")
    for place, one in enumerate(worries, 1):
        say(f"{place} of {count}: {one['text']}")
        reply = _reply("    ")
        if reply is None:
            return
        if reply:
            store.decide({one["note_id"]: Decision(line=reply)})


def _waits(one: PlanItem) -> bool:
    return one["kind"] == "concern" and not one["line"]


def _reply(question: str) -> str | None:
    """A line from the terminal; None where nobody answers."""
    click.echo(clean(question), nl=False, err=True)
    if not select.select([sys.stdin], [], [], PATIENCE_S)[0]:
        _forget_keys()
        say("")
        return None
    line = os.read(sys.stdin.fileno(), 4096).decode(errors="replace")
    return clean(line).strip() if line else None


def _forget_keys() -> None:
    """What was typed without having been asked for answers nothing."""
    import termios

    termios.tcflush(sys.stdin, termios.TCIFLUSH)
