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
# "I have never felt so proud" denies nothing.
_UTTERLY = re.compile(r"never (?:\w+ )?(?:so|more|this|as) |(?:couldn't|can't) (?:be|have been) ", re.I)
# "Okay, so that was Leeds": said, not felt. Of a feeling these words follow another word of the sentence.
_SAID_SO = re.compile(r"(?:\A|[.!?,;:–—-]\s*|\b(?:and|so|but|then|well|yeah|yes|oh|right|said)\s+)\Z", re.I)
_GREETING = re.compile(r"\s+(?:morning|afternoon|evening|night|day|luck|grief|deal|bye)\b", re.I)

# What may follow a rating: "two out of five questions" is none.
_AFTER = (
    r"(?! (?!(?:and|but|or|for|at|on|in|overall|maybe|i|i'd|i'm|because|cause|today|really|easily|this|so|if|from|to|"
    r"me|by|with|that|as|is|it|it's|honestly|probably|tops|again|most|then|when|since|though|although|even|just|which|not|"
    r"first|now|all|she|he|they)\b)\w)"
)
_RATED = re.compile(
    rf"(?<![\w.])(?P<low>{NUMBER})(?P<half> and a half)?(?:(?: or |-| to |, maybe )(?P<high>{NUMBER}))?[.,]?"
    rf"(?: out of | ?/ ?)(?P<of>ten|10|five|5|a hundred|100)(?![\w./]*\d)\b{_AFTER}"
    rf"(?:.*[ ,;](?P<last>{NUMBER}) (?:by|at|in|towards) the (?:end|last|finish|close)\b)?",
    re.I,
)
# "I'd give myself a seven", "on a scale of one to ten I'd give it a six": out of ten where nothing else is said.
_GIVEN = re.compile(
    rf"(?:\bscale (?:of|from) (?:zero|nought|one|0|1) to (?P<of>ten|10|five|5|a hundred|100)\b.{{0,40}}?|"
    r"\bI(?:'d| would|'ll| will)?(?: (?:probably|honestly|maybe|only|still|just))? (?:give|gave|rate|rated|score|"
    r"scored|mark|marked|put) (?:it|that|this|myself|me|today)(?: at)? )"
    rf"(?:\b(?:an?|about|maybe|around|at|say|only|probably) )*\b(?P<low>{NUMBER})(?P<half> and a half)?"
    rf"(?:(?: or |-| to |, maybe )(?P<high>{NUMBER}))?(?![\w-]){_AFTER}",
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
    """``felt`` is what most words say, ``words`` are those that say so."""

    interview_id: int
    day: str
    outcome: str | None
    felt: Felt
    words: list[str]
    note_ids: list[int]


def told(text: str) -> list[tuple[Felt, str]]:
    """The plainly good and bad words of a text; one that is denied counts for nothing."""
    found: list[tuple[Felt, str]] = []
    text = text.replace("’", "'")
    for match in _TOLD.finditer(text):
        if (not match["no"] or _UTTERLY.match(match["no"])) and not _is_said(match, text):
            found.append(("good" if match["good"] else "bad", (match["good"] or match["bad"]).lower()))
    return found


def _is_said(match: re.Match[str], text: str) -> bool:
    """Whether it is a greeting or an interjection."""
    word = match[0].casefold()
    if word in ("okay", "alright", "fine"):
        return bool(_SAID_SO.search(text[: match.start()])) and not re.match(r"\s*(?:[.!?]|\Z)", text[match.end() :])
    return word in ("good", "great") and bool(_GREETING.match(text[match.end() :]))


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
        "words": [word for _, kind, word in counted if more in (kind, "mixed")],
        "note_ids": [*dict.fromkeys(note_id for note_id, _, _ in counted)],
    }


def ratings(feelings: Iterable[Said], others: Iterable[Said]) -> list[Rating]:
    """Ratings that the speaker gave, in the order of the notes; ``others`` are notes that hold one by chance."""
    own = [note for note in others if _RATES.search(note.text.replace("’", "'"))]
    found = [one for note in (*feelings, *own) if (one := _rating(note))]
    return sorted(found, key=lambda one: (one["day"], one["interview_id"], one["note_id"]))


def _rating(note: Said) -> Rating | None:
    """The last that a note gives: "five out of ten at first, eight by the end" is an eight."""
    text = " ".join(note.text.split()).replace("’", "'")
    found = [*_RATED.finditer(text)] or [*_GIVEN.finditer(text)]
    if not found:
        return None
    match = found[-1]
    spoken = (match["of"] or "ten").lower()
    of = {"ten": 10, "five": 5, "a hundred": 100}.get(spoken) or int(spoken)
    last = match.groupdict().get("last")
    low = value(last) if last else (value(match["low"]) or 0.0) + (0.5 if match["half"] else 0.0)
    high = value(match["high"]) if match["high"] and not last else low
    rated = ((low or 0.0) + (high if high is not None else low or 0.0)) / 2
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
