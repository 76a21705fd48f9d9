"""Which interview a debrief is about, from what was said: the employer, the job, the round, who asked, and when.

Told by rules from the notes that give the context and from the first questions. Precise rather than complete: what
is not said in a form that is nearly always right stays unknown, since a wrong employer is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from dictate.records import Interview, Span
from dictate.segment import naming, told_time
from dictate.segment.employer import employer
from dictate.segment.job import job

CONTEXTS, QUESTIONS = 4, 6  # notes of a kind that are looked at, from the first on


@dataclass(frozen=True, slots=True)
class Fact:
    """Something told, and the index of the note in which it was told."""

    value: str
    note: int


@dataclass(frozen=True, slots=True)
class Held:
    """When the interview was, and the index of the note in which that was told."""

    when: datetime
    note: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the notes tell of their interview; None or empty where they do not."""

    company: Fact | None = None
    role: Fact | None = None
    round: Fact | None = None
    interviewers: tuple[Fact, ...] = ()
    held: Held | None = None

    @property
    def interview(self) -> Interview:
        """The same without the notes behind it."""
        return Interview(
            company=self.company.value if self.company else None,
            role=self.role.value if self.role else None,
            round=self.round.value if self.round else None,
            held_at=self.held.when if self.held else None,
            interviewers=tuple(name.value for name in self.interviewers),
        )


def facts(notes: Sequence[Span], told_at: datetime | None = None) -> Facts:
    """What notes tell of their interview; ``told_at`` is when they were spoken, without which no time is told."""
    contexts = [(place, note.text) for place, note in enumerate(notes) if note.kind == "context"][:CONTEXTS]
    asked = [(place, note.text) for place, note in enumerate(notes) if note.kind == "question"][:QUESTIONS]
    company = _first(contexts, employer)
    return Facts(
        company,
        _first(contexts, job),
        _first(contexts, _round),
        _interviewers(contexts, asked, company.value if company else ""),
        _held(contexts, told_at),
    )


def _first(notes: Sequence[tuple[int, str]], tell: Callable[[str], str | None]) -> Fact | None:
    for place, text in notes:
        if value := tell(text):
            return Fact(value, place)
    return None


_ORDINAL = r"first|second|third|fourth|fifth|sixth|final|last|initial"
_NUMBER = r"one|two|three|four|five|[1-6]"
_ROUND = re.compile(
    rf"\b(?P<which>{_ORDINAL})[\s-](?:round|stage|interview)\b|\b(?:round|stage)[\s-](?P<number>{_NUMBER})\b"
    r"|\b(?P<kind>(?:phone|telephone|tech|technical|recruiter) screen|assessment (?:centre|center|day)|trial shift)\b",
    re.I,
)
_NOT_THIS = re.compile(r"\b(next|would be|will be|if i|invite|call(?:ed)? me back|go(?:es)? to)\b", re.I)
_COUNTED = {"one": "first", "two": "second", "three": "third", "four": "fourth", "five": "fifth", "six": "sixth"}
_DIGITS = dict(zip("123456", _COUNTED.values(), strict=True))


def _round(text: str) -> str | None:
    match = _ROUND.search(text)
    if match is None or _NOT_THIS.search(text[max(0, match.start() - 40) : match.end() + 20]):
        return None
    if kind := match["kind"]:
        return kind.lower()
    which = (match["which"] or match["number"]).lower()
    which = {"last": "final", "initial": "first"}.get(which, which)
    return _COUNTED.get(which) or _DIGITS.get(which) or which


_NAME = r"[A-ZÀ-Þ][\w’'-]+"
_TITLE = "|".join(sorted(naming.TITLES))
_TITLED = re.compile(rf"\b((?i:{_TITLE}))\.? ({_NAME}(?: {_NAME})?)")
_CALLED = re.compile(
    r"\b(?P<who>man|woman|guy|girl|lady|gentleman|fella|fellow|bloke|lad|chap|person|one|manager|director|engineer|owner|"
    r"lead|chef|developer|supervisor|nurse|partner|head|officer|boss)\b(?:\W+\w+){0,4}?\W+"
    r"(?:called|named|name(?:’s|'s|s| is| was)|introduced (?:him|her)self as) (?P<name>[\w’'-]+(?: [A-Z][\w’'-]+)?)"
)
_AFTER_JOB = re.compile(
    rf"\b(?:(?i:manager|director|lead|head|engineer|supervisor|chef|owner|recruiter|officer|boss|chair|nurse|foreman)),"
    rf" ({_NAME}(?: {_NAME})?)(?=[,.;]| and\b|$)"
)
_WITH = re.compile(rf"\bwith ({_NAME}(?: {_NAME})?), (?=(?:who|the|a|an|my|their|from|head|lead)\b)")
_ASKED = re.compile(
    rf"(?:^|[.;,:] )(?:(?i:so|then|and|first|next|well|okay|but|now)\W+)?({_NAME}(?: {_NAME})?),? "
    r"(?:then |first |also |just )?(?:asked|wanted|said|says|opened|began|started|kicked|goes|went)\b"
)


def _interviewers(
    contexts: Sequence[tuple[int, str]], asked: Sequence[tuple[int, str]], company: str
) -> tuple[Fact, ...]:
    found: list[Fact] = []
    taken = {word.casefold() for word in company.split()}
    for place, text in contexts:
        for name in (*_titled(text), *_called(text), *_matched(text, _AFTER_JOB), *_matched(text, _WITH)):
            _add(found, name, place, taken)
    for place, text in asked:
        for name in (*_titled(text[:80]), *_called(text[:120]), *_matched(text[:60], _ASKED)):
            _add(found, name, place, taken)
    return tuple(found)


def _add(found: list[Fact], name: str, place: int, taken: set[str]) -> None:
    """Add a name unless it, or a part of it, is there."""
    bare = {word.casefold() for word in name.split() if word.casefold() not in naming.TITLES}
    known = [set(fact.value.casefold().split()) for fact in found]
    if not bare & taken and not any(bare & words for words in known):
        found.append(Fact(name, place))


def _titled(text: str) -> Iterator[str]:
    for match in _TITLED.finditer(text):
        title = match[1].capitalize()
        words = [word for word in match[2].split() if word.casefold() not in naming.COMMON]
        if words:
            yield f"{'Mr' if title == 'Mister' else title} {' '.join(naming.not_owning(word) for word in words)}"


def _called(text: str) -> Iterator[str]:
    for match in _CALLED.finditer(text):
        name = naming.not_owning(match["name"])
        first = name.split()[0].casefold()
        if name[0].isupper() and _may_be_name(name):
            yield name
        elif first in naming.FIRST_NAMES:
            yield name.title()


def _matched(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    for match in pattern.finditer(text):
        name = naming.not_owning(match[1])
        if _may_be_name(name):
            yield name


def _may_be_name(name: str) -> bool:
    words = {word.casefold() for word in name.split()}
    others = naming.COMMON | naming.JOBS | naming.LEADS | naming.JOB_WORDS | naming.PLACES | naming.DATES
    return (
        not words & (others | naming.FILLERS | naming.EMPLOYERS | naming.TITLES)
        and not name.isupper()
        and "-based" not in name
    )


def _held(contexts: Sequence[tuple[int, str]], told_at: datetime | None) -> Held | None:
    if told_at is None:
        return None
    for place, text in contexts:
        if when := told_time.when(text, told_at):
            return Held(when, place)
    return None
