"""What to do better: plan notes, and concerns that have no plan yet, with what the user decided about them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TypedDict

from dictate.store import NoteDecided, Store

STATES = ("open", "done", "dropped")


class PlanItem(TypedDict):
    """A concern is here while no plan speaks of it, or once the user has decided something about it.

    ``line`` is what the user wrote that will be done about it.
    """

    note_id: int
    kind: str
    text: str
    interview_id: int
    company: str | None
    role: str | None
    held_at: str | None
    state: str
    due: str | None
    done_at: str | None
    line: str | None


def plan(
    store: Store,
    *,
    company: str | None = None,
    interview_id: int | None = None,
    history: bool = False,
    newest: int | None = None,
) -> list[PlanItem]:
    """Open items first, the soonest due before the others, plans before concerns; then history, the latest first.

    With ``newest`` only those of so many interviews, and those that something is decided about.
    """
    notes = store.decided(("plan", "concern"), company=company, interview_id=interview_id, newest=newest)
    items = [item(note) for note in _to_do(notes)]
    opened = [one for one in items if one["state"] == "open"]
    opened.sort(key=lambda one: (one["due"] is None, one["due"] or "", one["kind"] != "plan"))
    if not history:
        return opened
    closed = [one for one in items if one["state"] != "open"]
    closed.sort(key=lambda one: one["done_at"] or "", reverse=True)
    closed.sort(key=lambda one: STATES.index(one["state"]))
    return opened + closed


def item(note: NoteDecided) -> PlanItem:
    return {
        "note_id": note["id"],
        "kind": note["kind"],
        "text": note["text"],
        "interview_id": note["interview_id"],
        "company": note["company"],
        "role": note["role"],
        "held_at": note["held_at"],
        "state": note["state"],
        "due": note["due"],
        "done_at": note["done_at"],
        "line": note["line"],
    }


def worded(one: PlanItem) -> str:
    """An item as it is shown in a list of what to do."""
    if one["line"]:
        return f"{one['line']} (concern: {one['text']})"
    return f"concern, no plan yet: {one['text']}" if one["kind"] == "concern" else one["text"]


def is_overdue(due: str | None, today: date) -> bool:
    return due is not None and date.fromisoformat(due) < today


def _to_do(notes: Sequence[NoteDecided]) -> list[NoteDecided]:
    """Plans, concerns that something is decided about, and those that no plan of their interview speaks of.

    A plan is about a concern when it is told straight after it, or has one of its telling words.
    """
    words: dict[int, set[str]] = defaultdict(set)
    starts: set[tuple[int, int]] = set()
    for note in notes:
        if note["kind"] == "plan":
            words[note["interview_id"]] |= telling(note["text"])
            starts.add((note["recording_id"], note["start"]))
    return [note for note in notes if note["kind"] == "plan" or _is_decided(note) or not _has_plan(note, words, starts)]


def _is_decided(note: NoteDecided) -> bool:
    return note["state"] != "open" or note["due"] is not None or note["line"] is not None


def _has_plan(concern: NoteDecided, words: Mapping[int, set[str]], starts: set[tuple[int, int]]) -> bool:
    straight_after = ((concern["recording_id"], concern["end"] + gap) in starts for gap in (0, 1))
    return any(straight_after) or not telling(concern["text"]).isdisjoint(words.get(concern["interview_id"], ()))


def telling(text: str) -> frozenset[str]:
    """The words of a text that say what it is about, with their commonest endings taken off."""
    words = frozenset(text.casefold().translate(_LETTERS).split()) - _COMMON
    return frozenset(filter(None, map(_stem, words)))


def is_common(word: str) -> bool:
    """Whether a word tells nothing of what a text is about: those that everybody uses."""
    return word.casefold() in _COMMON


class _Letters(dict[int, int]):
    """For ``str.translate``, quicker than a regex: what is neither a letter nor an apostrophe becomes a space."""

    def __missing__(self, code: int) -> int:
        letter = chr(code)
        self[code] = code if letter.isalpha() or letter == "'" else ord("'" if letter == "’" else " ")
        return self[code]


_LETTERS = _Letters()


@lru_cache(maxsize=20_000)
def _stem(word: str) -> str:
    """Nothing of a word that tells nothing."""
    word = word.strip("'")
    if len(word) <= 3 or word in _COMMON:
        return ""
    word = re.sub(r"'\w+$", "", word)
    for ending in ("ings", "ing", "ies", "ed", "es", "s", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


_COMMON = frozenset(
    """
    about above actually after again against all also always and another any anyone anything are around ask asked asking
    asks away back bad badly because been before began begin being better between both bring brought but came can can't
    come comes could couldn't did didn't do does doesn't doing done don't down each either else enough even ever every
    everybody everyone everything far feel feeling felt few find finish first for forget forgot from gave get gets
    getting give given goes going gone good got had half happen hard has have haven't having hear heard her here him
    himself his home how i'd i'll i'm i've instead interview interviewer interviews into isn't it'd it'll it's its
    itself job just keep kept kick kicked kind knew know known last later least less let like little long look looked
    looking lot made make makes making many maybe mean meant might mind minute minutes moment more most much must myself
    need never next nice nobody none nothing now off once one only onto other our out over own part people person
    perhaps point properly put question questions quite rather read ready really right said same saw say saying says
    second see seemed seen she should shouldn't side since some somebody someone something soon sort sorry start started
    still stood stop stupid such sure take taken talk talked talking tell than that that's the their them themselves
    then there there's these they they're they've thing things think this those though thought three through time times
    today told tomorrow tonight too took tried try trying turn two until upon very want wanted wanting was wasn't way
    week weeks well went were weren't what what's when where whether which while who whole why will wish with without
    won't wonder word words work worked would wouldn't wrong yes yet you you're your yours yourself
    """.split()
)
