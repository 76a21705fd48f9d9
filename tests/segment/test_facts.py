"""Which interview a debrief is about: told from what was said, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dictate.records import Kind, Span
from dictate.segment.facts import Fact, Facts, facts
from models.segmenter.corpus import CORPUS, load, split
from models.segmenter.facts import same_company, same_role, told

TOLD_AT = datetime(2026, 3, 12, 15, 30, tzinfo=UTC)


def notes(*told: tuple[Kind, str]) -> list[Span]:
    return [Span(kind, 0, len(text), text) for kind, text in told]


def context(text: str) -> Facts:
    return facts(notes(("context", text)), TOLD_AT)


def test_all_that_is_told_with_the_notes_behind_it() -> None:
    found = facts(
        notes(
            ("aside", "Is this on? Yes."),
            ("context", "So, Quillmere Logistics, data engineer, second round, on Teams this morning at ten."),
            ("question", "Then Priya asked how I would shard the ledger."),
            ("answer", "I told her about Brightmoor Bank."),
            ("question", "The chair, Mr Haddad, wanted a time when I failed."),
        ),
        TOLD_AT,
    )
    assert found.company == Fact("Quillmere Logistics", 1)
    assert found.role == Fact("data engineer", 1)
    assert found.round == Fact("second", 1)
    assert found.interviewers == (Fact("Priya", 2), Fact("Mr Haddad", 4))
    assert found.held
    assert (found.held.when, found.held.note) == (datetime(2026, 3, 12, 10, tzinfo=UTC), 1)
    interview = found.interview
    assert (interview.company, interview.role, interview.round) == ("Quillmere Logistics", "data engineer", "second")
    assert interview.interviewers == ("Priya", "Mr Haddad")


@pytest.mark.parametrize(
    ("text", "company", "role"),
    [
        ("Third round with Orrin Hale, risk analyst, one hour.", "Orrin Hale", "risk analyst"),
        ("That was Vexley and Sons, the night porter job.", "Vexley and Sons", "night porter"),
        ("quillmere coaches bus driver two of them in the office", "Quillmere Coaches", "bus driver"),
        ("It was for the junior clerk post, a panel of four.", None, "junior clerk"),
        ("I had the engineering manager and a recruiter.", None, None),
        ("This is me, Wanjiru, in the car.", None, None),
        ("With Graham, the head of platform, who wrote a lot.", None, None),
        ("They were both from Leeds, on Teams, forty minutes.", None, None),
        ("I have been a care assistant for nine years.", None, None),
        ("", None, None),
    ],
)
def test_what_is_not_sure_is_not_told(text: str, company: str | None, role: str | None) -> None:
    found = context(text)
    assert (found.company and found.company.value, found.role and found.role.value) == (company, role)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("It was today at half past two.", datetime(2026, 3, 12, 14, 30, tzinfo=UTC)),
        ("Yesterday at 4 pm, on the phone.", datetime(2026, 3, 11, 16, tzinfo=UTC)),
        ("This morning at quarter to nine.", datetime(2026, 3, 12, 8, 45, tzinfo=UTC)),
        ("Today at five.", None),  # has not been yet
        ("They ring tomorrow at ten, not today.", None),
        ("It was today.", None),
    ],
)
def test_the_time_is_one_that_has_been(text: str, when: datetime | None) -> None:
    held = context(text).held
    assert (held.when if held else None) == when
    assert facts(notes(("context", text))).held is None


@pytest.mark.parametrize(
    ("text", "round_"),
    [
        ("Final stage, in person.", "final"),
        ("round two, live coding", "second"),
        ("A phone screen, twenty minutes.", "phone screen"),
        ("The next round would be a Saturday.", None),
    ],
)
def test_the_round_is_this_one(text: str, round_: str | None) -> None:
    found = context(text).round
    assert (found.value if found else None) == round_


def test_employers_and_jobs_of_strangers_are_told_with_few_mistakes() -> None:
    """Writers from whom no rule was made."""
    _, held_out = split(load(CORPUS))
    pairs = [(told(debrief), debrief.facts) for debrief in held_out]
    companies = [same_company(f.company.value, true.get("company", "")) for f, true in pairs if f.company]
    roles = [same_role(f.role.value, true.get("role", "")) for f, true in pairs if f.role]
    assert sum(companies) >= 0.9 * len(companies)
    assert sum(roles) >= 0.9 * len(roles)
    assert len(companies) > 0.2 * len(pairs) < len(roles)
