"""What was prepared against what was asked, and what became of questions whose answers were revised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict, TypeVar

from dictate.review.days import day_here
from dictate.review.recurring import counted, name_of
from dictate.review.telling import question_of
from dictate.store import Counts, Held, Occurrence, Practice, Preparation, Revision

T = TypeVar("T", Revision, Practice)

NEWEST = 500  # times that a revised question came, among which those since are looked for


class Named(TypedDict):
    """A question; ``note_id`` is where it was asked, else what it was expected from."""

    family: int | None
    name: str
    note_id: int | None


class Compared(TypedDict):
    """One preparation against the interview that followed; without one, ``interview_id`` is None and it went unused.

    One that a later preparation for the same interview took the place of is ``replaced``, and compared with nothing.
    ``recall`` is the share of what was asked that was expected, ``precision`` the share of what was expected that was
    asked.
    """

    made_at: str
    company: str | None
    role: str | None
    interview_id: int | None
    replaced: bool
    recall: float | None
    precision: float | None
    asked: list[Named]
    unexpected: list[Named]
    not_asked: list[Named]
    says: str


class Prepared(TypedDict):
    """``never_asked`` are questions that were expected in some preparation and were not asked since."""

    recall: float | None
    precision: float | None
    comparisons: list[Compared]
    never_asked: list[Named]


class Since(TypedDict):
    """A revised question as it came after its first revision."""

    interview_id: int
    note_id: int
    day: str
    difficult: bool


class Revised(TypedDict):
    family: int | None
    name: str
    versions: int
    practised: int
    due: str | None
    since: list[Since]
    says: str
    note_ids: list[int]


def prepared(counts: Counts, preparations: Sequence[Preparation], told: Sequence[Held]) -> Prepared:
    """``told`` are the interviews since the first preparation, the earliest first."""
    followed, replaced = _followed(preparations, told)
    asked_in = {held.interview_id: counts.families_of(held.interview_id) for held in told}
    compared = [
        _compared(counts, one, followed.get(one.id), asked_in, replaced=one.id in replaced) for one in preparations
    ]
    used = [one for one in compared if one["interview_id"] is not None]
    hits = sum(len(one["asked"]) for one in used)
    asked = hits + sum(len(one["unexpected"]) for one in used)
    expected = hits + sum(len(one["not_asked"]) for one in used)
    return {
        "recall": _share(hits, asked),
        "precision": _share(hits, expected),
        "comparisons": compared,
        "never_asked": _never(counts, preparations, told, asked_in),
    }


def revised(counts: Counts, revisions: Sequence[Revision], practices: Sequence[Practice]) -> list[Revised]:
    """Each question with a revised answer: whether it came since, and whether it was difficult still."""
    found = []
    for (family, question), versions in by_question(counts, revisions).items():
        tried = by_question(counts, practices).get((family, question), [])
        came = counts.told(family, NEWEST) if family is not None else []
        name = name_of(counts, family) if family is not None else question_of(question)
        found.append(_revised(family, name, versions, tried, came))
    return found


def by_question(counts: Counts, rows: Iterable[T]) -> dict[tuple[int | None, str], list[T]]:
    """What is about one question together: by its family, or by its words where its note is gone."""
    found: dict[tuple[int | None, str], list[T]] = {}
    for row in rows:
        family = counts.family_of(row.note_id) if row.note_id is not None else None
        key = (family, "" if family is not None else row.question)
        found.setdefault(key, []).append(row)
    return found


def _followed(preparations: Sequence[Preparation], told: Sequence[Held]) -> tuple[dict[int, Held], set[int]]:
    """The interview that followed each preparation, and those that another took the place of.

    Of several, that one counts which was made for the company or role rather than for any, and the newest.
    """
    found: dict[int, Held] = {}
    replaced: set[int] = set()
    for held in told:
        fitting = [one for one in preparations if one.id not in replaced | found.keys() and _fits(one, held)]
        if fitting:
            best = max(fitting, key=lambda one: (bool(one.company) + bool(one.role), one.id))
            found[best.id] = held
            replaced |= {one.id for one in fitting if one is not best}
    return found, replaced


def _fits(one: Preparation, held: Held) -> bool:
    return (
        one.last_interview < held.interview_id
        and day_here(one.made_at) <= held.day
        and all(
            not wanted or wanted.casefold() in (there or "").casefold()
            for wanted, there in ((one.company, held.company), (one.role, held.role))
        )
    )


def _compared(
    counts: Counts,
    one: Preparation,
    held: Held | None,
    asked_in: Mapping[int, Mapping[int, int]],
    *,
    replaced: bool,
) -> Compared:
    expected = _expected(counts, one)
    families = asked_in[held.interview_id] if held else {}
    both = [named for named in expected if named["family"] in families]
    known = {named["family"] for named in both}
    unexpected = [
        Named(family=family, name=name_of(counts, family), note_id=note)
        for family, note in families.items()
        if family not in known
    ]
    were = f"{counted(len(expected), 'question')} {'was' if len(expected) == 1 else 'were'} expected"
    if held:
        asked = counted(len(families), "question")
        says = f"interview {held.interview_id}: {asked} asked, {len(both)} of them expected; {were}"
    else:
        says = f"{'replaced by another preparation' if replaced else 'no interview since'}: {were}"
    return {
        "made_at": one.made_at,
        "company": one.company,
        "role": one.role,
        "interview_id": held.interview_id if held else None,
        "replaced": replaced,
        "recall": _share(len(both), len(families)),
        "precision": _share(len(both), len(expected)) if held else None,
        "asked": [{**named, "note_id": families[named["family"]]} for named in both if named["family"] is not None],
        "unexpected": unexpected,
        "not_asked": [named for named in expected if named["family"] not in known],
        "says": says,
    }


def _expected(counts: Counts, one: Preparation) -> list[Named]:
    """What a preparation expected, each question once."""
    found: dict[tuple[int | None, str], Named] = {}
    for expected in one.expected:
        family = counts.family_of(expected.note_id) if expected.note_id is not None else None
        name = name_of(counts, family) if family is not None else question_of(expected.question)
        found.setdefault(
            (family, "" if family else name), {"family": family, "name": name, "note_id": expected.note_id}
        )
    return [*found.values()]


def _never(
    counts: Counts, preparations: Sequence[Preparation], told: Sequence[Held], asked_in: Mapping[int, Mapping[int, int]]
) -> list[Named]:
    """Expected in a preparation before some interview, and asked in none since."""
    never: dict[int | None, Named] = {}
    for one in preparations:
        since = [held.interview_id for held in told if held.interview_id > one.last_interview]
        came = {family for interview in since for family in asked_in[interview]}
        for named in _expected(counts, one) if since else ():
            if named["family"] not in came:
                never.setdefault(named["family"], named)
    everywhere = {family for families in asked_in.values() for family in families}
    return [named for family, named in never.items() if family not in everywhere]


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 2) if whole else None


def _revised(
    family: int | None, name: str, versions: Sequence[Revision], tried: Sequence[Practice], came: Sequence[Occurrence]
) -> Revised:
    first = versions[0]
    since: list[Since] = [
        {
            "interview_id": one["interview_id"],
            "note_id": one["note_id"],
            "day": one["day"],
            "difficult": one["difficult"],
        }
        for one in came
        if one["interview_id"] > first.last_interview and one["day"] >= day_here(first.made_at)
    ]
    hard = sum(one["difficult"] for one in since)
    came_since = (
        f"came in {counted(len(since), 'interview')} since, difficult in {hard or 'none'}"
        if since
        else "has not come since"
    )
    practised = f"practised {counted(len(tried), 'time')}" if tried else "never practised"
    return {
        "family": family,
        "name": name,
        "versions": len(versions),
        "practised": len(tried),
        "due": tried[-1].due if tried else None,
        "since": since,
        "says": f"revised {day_here(first.made_at)}, {practised}; {came_since}",
        "note_ids": [one["note_id"] for one in since],
    }
