from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictate.review.telling import question_of


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("and then, uh, reasons for moving on, which I fluffed", "Reasons for moving on"),
        ("Tom kept poking at what made me pack it in", "What made me pack it in"),
        ("So question two, she wanted to know what I earn now, and I told her.", "What I earn now"),
        ("The next one was why this company?", "Why this company?"),
        ("Mrs Okafor asked me about my weaknesses.", "My weaknesses"),
        ('the lad from finance said, "How would you close the books?"', "How would you close the books?"),
        ("why did you leave, he asked", "Why did you leave"),
        (
            "It was in the office with a lass from hr and she goes tell me about a time you were wrong",
            "Tell me about a time you were wrong",
        ),
        ('He, out of nowhere, "What does a costs budget look like?', "What does a costs budget look like?"),
        (
            "You've read the tenancy in front of you,\" she said, because they'd given me one to read",
            "You've read the tenancy in front of you",
        ),
        ('Where it came apart was "okay, and the processor times out', "The processor times out"),
        ('"Why us?" and then "and why now, of all the times?"', "Why now, of all the times?"),
        ('what "agile" means to me', 'What "agile" means to me'),
        ("Salary.", "Salary."),
        ("um", "um"),
        ("", ""),
    ],
)
def test_the_question_is_taken_out_of_its_telling(told: str, asked: str) -> None:
    assert question_of(told) == asked


@given(st.text())
def test_something_is_left_of_every_text_that_says_something(text: str) -> None:
    assert bool(question_of(text)) == bool(text.strip())
