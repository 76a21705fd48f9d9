"""What to ask somebody who speaks, and when: one question in a pause, none twice.

Coaches begin with the feelings, then let one tell all that comes to mind, then ask for what is missing.
"""

from __future__ import annotations

from typing import Protocol

from dictate.pipeline.checklist import WORTH, Checklist

HINT_AFTER_S = 4.0  # without a voice
RECALL_FOR_S = 8.0  # without a voice, before free recall is taken to be over
MOVE_ON_S = 12.0  # without a voice, before a question that nobody answers is passed over

FEELING = "How do you feel, now that it is over?"
RECALL = "Now tell it as it comes to you: what did they ask, and what did you say?"
ALL_TOLD = "That is all that a debrief should tell. Enter finishes."


class Asks(Protocol):
    """Gives what to show now, from the seconds without a voice, the words so far and what they tell; empty: nothing."""

    def __call__(self, quiet_s: float, words: int, found: Checklist | None) -> str: ...


class Hints:
    """The most useful question in each pause."""

    def __init__(self) -> None:
        self._asked: set[str] = set()
        self._now = ""

    def __call__(self, quiet_s: float, words: int, found: Checklist | None) -> str:
        if quiet_s < HINT_AFTER_S or found is None or not words:
            self._now = ""
        elif not self._now:
            self._now = next((question for question in found.missing if question not in self._asked), "")
            self._asked.add(self._now)
        return self._now


class Guide:
    """The order of a coach; a question stays until there is a pause after something was said to it."""

    def __init__(self) -> None:
        self._now = FEELING
        self._asked = {FEELING, WORTH["feeling"]}
        self._words_then, self._quiet_then = 0, 0.0  # when it was asked

    def __call__(self, quiet_s: float, words: int, found: Checklist | None) -> str:
        self._quiet_then = min(self._quiet_then, quiet_s)  # somebody spoke since
        pause_s = RECALL_FOR_S if self._now == RECALL else HINT_AFTER_S
        answered = words > self._words_then and quiet_s >= pause_s
        if (answered or quiet_s - self._quiet_then >= MOVE_ON_S) and (question := self._next(found)):
            self._now = question
            self._asked.add(question)
            self._words_then, self._quiet_then = words, quiet_s
        return self._now

    def _next(self, found: Checklist | None) -> str:
        if RECALL not in self._asked:
            return RECALL
        if found is None:
            return ""
        return next((question for question in found.missing if question not in self._asked), ALL_TOLD)
