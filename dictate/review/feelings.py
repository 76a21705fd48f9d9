"""Feelings as they were said: words that are plainly good or bad, and ratings out of ten."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, TypedDict

from dictate.review.amounts import NUMBER, value
from dictate.store import Said

Felt = Literal["good", "bad", "mixed"]

_GOOD = (
    "proud chuffed happy happier glad relieved relief calm calmer confident pleased delighted excited hopeful steady "
    "steadier comfortable relaxed content thrilled great good grateful lighter peaceful optimistic cheerful buzzing "
    "elated useful okay fine alright enjoyed smiling glow glee energised positive"
).split()
_BAD = (
    "nervous nerves anxious embarrassed ashamed mortified humiliated awful terrible dreadful gutted deflated sick "
    "miserable panic panicked panicking scared terrified frightened afraid angry annoyed frustrated upset tearful cry "
    "cried crying disappointed cringe cringing stupid worried dread dreading sad flat low tense shaky shaking sweating "
    "wrecked drained exhausted rattled stressed flustered bad hopeless useless sore crushed grief hurt lost tired "
    "horrible rubbish daft foolish sinking negative"
).split()
_TOLD = re.compile(
    rf"\b(?P<no>(?:not|never|no|hardly|barely|less|isn't|wasn't|didn't|don't|can't|couldn't)(?: \w+){{0,2}} )?"
    rf"(?:(?P<good>{'|'.join(_GOOD)})|(?P<bad>{'|'.join(_BAD)}))\b",
    re.I,
)
_RATED = re.compile(
    rf"(?<![\w.])(?P<low>{NUMBER})(?P<half> and a half)?(?:(?: or |-| to |, maybe )(?P<high>{NUMBER}))?[.,]?"
    rf"(?: out of | ?/ ?)(?P<of>ten|10|five|5|a hundred|100)(?![\w./]*\d)\b",
    re.I,
)
# Who speaks of anything but a feeling rates it only where that is said.
_RATES = re.compile(
    r"\b(?:I'd|I would|I'll|I) (?:say|give|put|rate|call|score|mark)|\b(?:overall|rating|gave myself|rate it)\b", re.I
)


class Rating(TypedDict):
    """A spoken rating, out of ten."""

    note_id: int
    interview_id: int
    day: str
    outcome: str | None
    rating: float
    said: str


class FeltOfInterview(TypedDict):
    """``words`` are those that were counted; ``felt`` is what most of them say."""

    interview_id: int
    day: str
    outcome: str | None
    felt: Felt
    words: list[str]
    note_ids: list[int]


def told(text: str) -> list[tuple[Felt, str]]:
    """The plainly good and bad words of a text; one that is denied counts for nothing."""
    found: list[tuple[Felt, str]] = []
    for match in _TOLD.finditer(text.replace("’", "'")):
        if not match["no"]:
            found.append(("good" if match["good"] else "bad", (match["good"] or match["bad"]).lower()))
    return found


def felt(feelings: Iterable[Said]) -> list[FeltOfInterview]:
    """How each interview felt, by the words of its feelings; those without any such word are left out."""
    by_interview: dict[int, list[Said]] = defaultdict(list)
    for note in feelings:
        by_interview[note.interview_id].append(note)
    return [one for notes in by_interview.values() if (one := _felt(notes))]


def _felt(notes: Sequence[Said]) -> FeltOfInterview | None:
    counted = [(note.note_id, kind, word) for note in notes for kind, word in told(note.text)]
    if not counted:
        return None
    counts = Counter(kind for _, kind, _ in counted)
    more: Felt = "good" if counts["good"] > counts["bad"] else "bad" if counts["bad"] > counts["good"] else "mixed"
    return {
        "interview_id": notes[0].interview_id,
        "day": notes[0].day,
        "outcome": notes[0].outcome,
        "felt": more,
        "words": [word for _, _, word in counted],
        "note_ids": [*dict.fromkeys(note_id for note_id, _, _ in counted)],
    }


def ratings(feelings: Iterable[Said], others: Iterable[Said]) -> list[Rating]:
    """Ratings that the speaker gave, in the order of the notes; ``others`` are notes that hold one by chance."""
    own = [note for note in others if _RATES.search(note.text.replace("’", "'"))]
    found = [one for note in (*feelings, *own) if (one := _rating(note))]
    return sorted(found, key=lambda one: (one["day"], one["interview_id"], one["note_id"]))


def _rating(note: Said) -> Rating | None:
    match = _RATED.search(" ".join(note.text.split()))
    if not match:
        return None
    of = {"ten": 10, "five": 5, "a hundred": 100}.get(match["of"].lower()) or int(match["of"])
    low = (value(match["low"]) or 0.0) + (0.5 if match["half"] else 0.0)
    high = value(match["high"]) if match["high"] else low
    rated = (low + (high if high is not None else low)) / 2
    if rated > of:
        return None
    return {
        "note_id": note.note_id,
        "interview_id": note.interview_id,
        "day": note.day,
        "outcome": note.outcome,
        "rating": round(rated * 10 / of, 1),
        "said": match[0],
    }
