"""The thank-you letter, drafted from an interview's notes alone: every sentence knows the notes that it says again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from dictate.review import phrases, steps
from dictate.review.wording import names_in, quoted, sentences
from dictate.store import InterviewShown, NoteShown

Tone = Literal["warm", "plain", "formal"]
TONES: tuple[Tone, ...] = get_args(Tone)
LONGEST = 119  # words of a whole letter, greeting and name included
NAME = "[your name]"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a tone puts it; none of it says more than the notes do."""

    greeting: str
    thanks: str
    learned: str
    answered: str
    unsaid: str
    unsaid_thing: str
    closing: str
    regards: str


MANNERS: dict[Tone, Manner] = {
    "warm": Manner(
        "Hello {},", "Thank you so much for talking with me about {}.", "Thank you for telling me that {}.",
        "Thank you also for answering my question about {}.", "I left one thing out when we talked: {}.",
        "I left one thing out when we talked: {}.", "Thank you again for your time.", "With warm regards,",
    ),
    "plain": Manner(
        "Dear {},", "Thank you for talking with me about {}.", "I learned from our talk that {}.",
        "Thank you for answering my question about {}.", "I did not get to say that {}.",
        "I did not get to mention {}.", "Thank you again for your time.", "Kind regards,",
    ),
    "formal": Manner(
        "Dear {},", "Thank you for the interview for {}.", "I took from our conversation that {}.",
        "Thank you for answering my question about {}.", "I should like to add that {}.",
        "I was not able to mention {}.", "Thank you once more for your time and consideration.", "Yours sincerely,",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """``note_ids`` are the notes that it rests on, none for the interview's own facts; ``start_s`` is the first's."""

    text: str
    note_ids: tuple[int, ...] = ()
    start_s: float | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One letter to one person, or to nobody by name (then ``to`` is None)."""

    to: str | None
    greeting: str
    sentences: tuple[Sentence, ...]
    regards: str

    @property
    def text(self) -> str:
        body = " ".join(sentence.text for sentence in self.sentences)
        return f"{self.greeting}\n\n{body}\n\n{self.regards}\n{NAME}"

    @property
    def words(self) -> int:
        return len(self.text.split())


def drafts(shown: InterviewShown, tone: Tone = "plain") -> list[Draft]:
    """One letter for each interviewer, a general one where none is known."""
    people: list[str | None] = [*shown["interviewers"]]
    return [_draft(shown, to, MANNERS[tone]) for to in people or [None]]


def placeholders(text: str) -> int:
    """How many places are left for the user to put in words (the name is not counted)."""
    return text.count("[placeholder to reword:")


def _draft(shown: InterviewShown, to: str | None, manner: Manner) -> Draft:
    others = [name for name in shown["interviewers"] if name != to]
    notes = [note for note in shown["notes"] if not (names_in(note["text"], others) and to)] if to else shown["notes"]
    fitting = sorted(notes, key=lambda note: not (to and names_in(note["text"], [to])))
    learned = _learned(fitting, manner)
    steps_told = [*_steps(shown, to)]
    rest = [one for one in (_unsaid(notes, manner), _owed(steps_told, to), _to_come(steps_told)) if one]
    if learned and placeholders(learned.text) and any(not placeholders(one.text) for one in rest):
        learned = None  # enough is said without it: what is left unsaid or owed is worth rewording, this is not
    body = [*([learned] if learned else []), *rest]
    whom = to or (f"{shown['company']} team" if shown["company"] else "hiring team")
    opening = Sentence(manner.thanks.format(_job(shown)))
    while True:
        sentences = (opening, *body, Sentence(manner.closing))
        draft = Draft(to, manner.greeting.format(whom), sentences, manner.regards)
        if draft.words <= LONGEST:
            return draft
        if body:  # what was learned goes last: it is what a letter is remembered by
            body.pop()
        elif opening.text != _SHORT:
            opening = Sentence(_SHORT)
        else:
            return Draft(to, "Hello,", sentences, manner.regards)


_SHORT = "Thank you for talking with me."


def _job(shown: InterviewShown) -> str:
    """The role and the company as far as they are known."""
    at = f" at {shown['company']}" if shown["company"] else ""
    if not shown["role"]:
        return f"the role{at}"
    known = shown["role"].lower().endswith((" role", " job", " position", " post"))
    return f"the {shown['role']}{'' if known else ' role'}{at}"


def _learned(notes: Sequence[NoteShown], manner: Manner) -> Sentence | None:
    """What they told, else that they answered a question; a placeholder only for what a letter may bring up."""
    told = [note for note in notes if note["kind"] == "learned"]
    for note in told:
        if said := phrases.learned(note["text"]):
            return _sentence(manner.learned.format(said), note)
    for ask in (note for note in notes if note["kind"] == "ask" and note["number"]):
        answers = [note for note in told if note["number"] == ask["number"]]
        if answers and (about := phrases.asked(ask["text"])):
            return _sentence(manner.answered.format(about), ask, *answers)
    return next((_sentence(quoted(note["text"]), note) for note in told if not phrases.unfit(note["text"])), None)


def _unsaid(notes: Sequence[NoteShown], manner: Manner) -> Sentence | None:
    left = [note for note in notes if note["kind"] == "omission"]
    for note in left:
        if said := phrases.omission(note["text"]):
            words, is_clause = said
            return _sentence((manner.unsaid if is_clause else manner.unsaid_thing).format(words), note)
    return next((_sentence(quoted(note["text"]), note) for note in left), None)


@dataclass(frozen=True, slots=True)
class _Step:
    """A sentence of a followup: one often holds two steps. ``known`` where it is of nobody else."""

    note: NoteShown
    text: str
    known: bool


def _steps(shown: InterviewShown, to: str | None) -> Iterator[_Step]:
    """The sentences that are for one reader: those that name nobody else."""
    people = shown["interviewers"]
    for note in (note for note in shown["notes"] if note["kind"] == "followup"):
        last: list[str] = []
        for part in sentences(note["text"]):
            named = names_in(part, people)
            meant = named or (last if _PRONOUN.search(part) else [])
            last = named or last
            if not to or not meant or to in meant:
                yield _Step(note, part, known=_known(part, meant, to, people))


def _known(part: str, meant: list[str], to: str | None, people: Sequence[str]) -> bool:
    return len(people) < 2 or meant == [to] or not (meant or _PRONOUN.search(part))


_PRONOUN = re.compile(r"\b(?:he|him|she|her)\b", re.I)


def _owed(told: Sequence[_Step], to: str | None) -> Sentence | None:
    """What the speaker owes; a promise is rather quoted than left out."""
    found = [step for step in told if step.known and not steps.elsewhere(step.text)]
    if sentence := _said(found, lambda text: steps.owed(text, to)):
        return sentence
    if sentence := _said(found, lambda text: steps.still_owed(text, to)):
        return sentence
    return next((_sentence(quoted(one.text), one.note) for one in found if steps.is_owed(one.text)), None)


def _to_come(told: Sequence[_Step]) -> Sentence | None:
    """What comes next, as exactly as it can be said; a letter can do without it."""
    theirs = [step for step in told if not steps.is_owed(step.text)]
    return _said(told, steps.upcoming) or _said(theirs, steps.still_to_come)


def _said(told: Sequence[_Step], written: Callable[[str], str | None]) -> Sentence | None:
    return next((_sentence(said, step.note) for step in told if (said := written(step.text))), None)


def _sentence(text: str, *notes: NoteShown) -> Sentence:
    return Sentence(text, tuple(note["id"] for note in notes), notes[0]["start_s"])
