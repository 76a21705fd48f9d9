"""The order in which an interview is told: questions with their answers, then what else was said, by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dictate.store.shapes import InterviewShown, NoteShown

SECTIONS = (
    ("feeling", "Feelings"),
    ("concern", "Concerns"),
    ("strength", "What went well"),
    ("omission", "Left unsaid"),
    ("plan", "To do better"),
    ("followup", "Next steps"),
    ("aside", "Asides"),
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question (or ask) by all its mentions, with what was said to it; one without a number stands alone."""

    number: int | None
    mentions: tuple[NoteShown, ...]
    replies: tuple[NoteShown, ...]

    @property
    def difficult(self) -> bool:
        return any(note["difficult"] for note in self.mentions)


def exchanges(notes: Sequence[NoteShown], asked: str, replied: str) -> list[Exchange]:
    """Each question once, in the order of first mention."""
    mentions: dict[int, list[NoteShown]] = {}
    for note in notes:
        if note["kind"] == asked:
            mentions.setdefault(note["number"] or -note["id"], []).append(note)
    return [
        Exchange(same[0]["number"], tuple(same), tuple(_of_number(notes, replied, same[0]["number"])))
        for same in mentions.values()
    ]


def loose(notes: Sequence[NoteShown], asked: str, replied: str) -> list[NoteShown]:
    """Replies to what nobody asked."""
    numbers = {note["number"] for note in notes if note["kind"] == asked} - {None}
    return [note for note in notes if note["kind"] == replied and note["number"] not in numbers]


def of_kind(notes: Sequence[NoteShown], kind: str) -> list[NoteShown]:
    return [note for note in notes if note["kind"] == kind]


def _of_number(notes: Sequence[NoteShown], kind: str, number: int | None) -> list[NoteShown]:
    return [note for note in of_kind(notes, kind) if number is not None and note["number"] == number]


def day_of(interview: InterviewShown) -> str | None:
    """The day on which it was held, else that of the first recording whose date can be trusted."""
    trusted = (one["recorded_at"] for one in interview["recordings"] if one["recorded_at_trusted"])
    moment = interview["held_at"] or next(trusted, None)
    return moment[:10] if moment else None
