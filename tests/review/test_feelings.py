from __future__ import annotations

import pytest

from dictate.review import themes
from dictate.review.feelings import felt, ratings, told
from dictate.review.speaking import fillers
from dictate.store import Said


def said(text: str, *, note: int = 1, interview: int = 1, outcome: str | None = None) -> Said:
    return Said(note, interview, f"2026-07-{interview:02}", outcome, text)


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("Seven out of ten.", 7),
        ("a solid six and a half out of ten", 6.5),
        ("six or seven out of ten", 6.5),
        ("I'd say 8/10 overall", 8),
        ("three out of five", 6),
        ("Felt like a two. Out of five.", 4),
        ("eighty out of a hundred", 8),
        ("On a scale of one to ten I'd give it a six.", 6),
        ("On a scale from 1 to 5, a four.", 8),
        ("I’d give myself a seven", 7),
        ("five out of ten at first, eight by the end", 8),
        ("Four out of ten for nerves, seven out of ten for the answers.", 7),
    ],
)
def test_spoken_ratings(text: str, rating: float) -> None:
    (found,) = ratings([said(text)], [])
    assert found["rating"] == rating


@pytest.mark.parametrize(
    "text",
    [
        "nine times out of ten",
        "three days out of five",
        "eleven out of ten",
        "on 8/10/2026",
        "Two out of five questions I fluffed.",
        "Nine out of ten people would.",
        "I'd give it five minutes.",
        "She gave me a six.",
        "I gave it one more go",
    ],
)
def test_what_is_no_rating(text: str) -> None:
    assert ratings([said(text)], []) == []


def test_others_ratings_are_not_the_speakers() -> None:
    assert ratings([], [said("The girl on the panel gave me two out of five.")]) == []
    assert [one["rating"] for one in ratings([], [said("I'd give it a six out of ten.")])] == [6]


def test_feelings_count_by_their_words_and_what_is_denied_does_not() -> None:
    assert told("I was proud, and not nervous at all, but embarrassed.") == [("good", "proud"), ("bad", "embarrassed")]
    assert told("Okay, so that was Leeds. Good morning, she said. And, okay, fine, we sat down.") == []
    assert told("I felt okay.") == [("good", "okay")]
    assert told("It went okay, I'm fine.") == [("good", "okay"), ("good", "fine")]
    assert told("I have never felt so proud.") == [("good", "proud")]
    assert told("Never been as nervous; I couldn't be happier.") == [("bad", "nervous"), ("good", "happier")]
    notes = [
        said("I felt awful.", note=1, interview=1, outcome="rejected"),
        said("So proud.", note=2, interview=2),
        said("Glad and sad.", note=3, interview=3),
        said("The bus was green.", note=4, interview=4),
    ]
    found = felt(notes)
    assert [(one["interview_id"], one["felt"], one["note_ids"]) for one in found] == [
        (1, "bad", [1]), (2, "good", [2]), (3, "mixed", [3]),
    ]  # fmt: skip
    (mostly,) = felt([said("Calm and cheerful, I felt daft."), said("Glad.", note=2)])
    assert (mostly["felt"], mostly["words"]) == ("good", ["calm", "cheerful", "glad"])


def test_themes_come_back_in_two_interviews() -> None:
    notes = [
        said("My shoes were dirty.", note=1, interview=1),
        said("The tie was wrong, and I froze.", note=2, interview=2),
        said("I went blank.", note=3, interview=2),
        said("I could not explain watermarks.", note=4, interview=1),
        said("Watermarks again!", note=5, interview=3),
        said("I was called five things, and watermarks came.", note=6, interview=2),
        said("He called five times; what happens, he asked for the name.", note=7, interview=3),
        said("The name of the five who called, what happens, an answer.", note=8, interview=4),
    ]
    found = themes.coming_back(notes, themes.CONCERNS)
    assert [(one["name"], one["word"], one["times"], one["note_ids"]) for one in found] == [
        ("clothes", None, 2, [1, 2]),
        ("watermarks", "watermark", 3, [4, 5, 6]),
    ]
    assert found[0]["latest"] == "The tie was wrong, and I froze."
    assert themes.coming_back(notes[:1] * 3, themes.CONCERNS) == []  # one interview is no pattern


def test_fillers() -> None:
    assert fillers("Um, I said, uh, like, you know, errm, I like it, you know it") == 5
    assert fillers("umbrella hummus likely") == 0
