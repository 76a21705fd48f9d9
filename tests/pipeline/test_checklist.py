"""What was told, and which question is asked about what was not."""

from __future__ import annotations

from dictate.pipeline.checklist import checklist
from dictate.records import Segmentation
from tests.store.telling import segmented


def test_nothing_told_asks_for_everything() -> None:
    found = checklist(Segmentation("", ()))
    assert (found.questions, found.answered, found.difficult) == (0, 0, 0)
    assert found.missing == (
        "What did they ask you?",
        "How do you feel about it?",
        "Is there anything that worries you?",
        "What went well?",
        "What did you not get to say?",
        "What would you do better next time?",
        "Is there anything to send, or a next step?",
    )


def test_what_was_told_is_not_asked_for() -> None:
    found = checklist(
        segmented("""
            [Q1] Sarah began with why I am leaving.
            [A1] I said the team was cut in half.
            [Q2] Then she wanted to hear about a conflict with a colleague and how I had solved it.
            [F] I feel fine about it.
        """)
    )
    assert (found.questions, found.answered) == (2, 1)
    assert (found.told["feeling"], found.told["plan"]) == (1, 0)
    assert found.missing[:2] == (
        "You have not said how you answered: “Then she wanted to hear about a conflict with …”",
        "Which question was the hardest?",
    )
    assert "How do you feel about it?" not in found.missing
