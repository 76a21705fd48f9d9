"""What a debrief tells so far, and the most useful thing that it does not tell yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dictate.records import Kind, Segmentation

QUOTED = 9  # words of a question that a hint repeats

# What else is worth telling, with the question that brings it out; feelings come first, as coaches ask.
WORTH: dict[Kind, str] = {
    "feeling": "How do you feel about it?",
    "concern": "Is there anything that worries you?",
    "strength": "What went well?",
    "omission": "What did you not get to say?",
    "plan": "What would you do better next time?",
    "followup": "Is there anything to send, or a next step?",
}


@dataclass(frozen=True, slots=True)
class Checklist:
    """Counts of what was told; ``missing`` are questions about what was not, the most useful first."""

    questions: int
    answered: int
    difficult: int
    told: dict[Kind, int]  # of the kinds in ``WORTH``
    missing: tuple[str, ...]


def checklist(found: Segmentation) -> Checklist:
    """The checklist of a text, spoken to the end or not."""
    asked = {span.number: span.text for span in reversed(found.spans) if span.kind == "question"}
    answered = {span.number for span in found.spans if span.kind == "answer"} & set(asked)
    difficult = {span.number for span in found.spans if span.difficult}
    told = {kind: sum(span.kind == kind for span in found.spans) for kind in WORTH}
    missing = tuple(_missing(asked, answered, difficult, told))
    return Checklist(len(asked), len(answered), len(difficult), told, missing)


def _missing(
    asked: dict[int | None, str], answered: set[int | None], difficult: set[int | None], told: dict[Kind, int]
) -> Iterator[str]:
    if not asked:
        yield "What did they ask you?"
    for number in sorted(set(asked) - answered, key=lambda number: number or 0):
        yield f"You have not said how you answered: {_quoted(asked[number])}"
    if not told["feeling"]:
        yield WORTH["feeling"]
    if asked and not difficult:
        yield "Which question was the hardest?"
    yield from (question for kind, question in WORTH.items() if kind != "feeling" and not told[kind])


def _quoted(text: str) -> str:
    words = text.split()
    return f"“{' '.join(words[:QUOTED]).rstrip('.,;:')}{' …' * (len(words) > QUOTED)}”"
