"""Where two transcripts of one recording differ."""

from __future__ import annotations

from dictate.records import Doubt, Transcript, Word
from dictate.transcribe.comparing import STRETCH, doubts


def said(text: str) -> Transcript:
    words = tuple(Word(word, place * 0.5, place * 0.5 + 0.4, 0.9) for place, word in enumerate(text.split()))
    return Transcript(words, "en", 0.5 * len(words), "e", "m")


def test_other_words_are_doubtful() -> None:
    mine = said("She asked how I would shard the ledger and I said by customer.")
    assert doubts(mine, said("She asked how I would chart the ledger and I said by customer")) == (
        Doubt(5, 6, "chart"),
    )


def test_missing_and_added_words_are_doubtful() -> None:
    mine = said("She asked how I would shard the ledger")
    assert doubts(mine, said("She asked me how I would shard ledger")) == (Doubt(2, 2, "me"), Doubt(6, 7, ""))


def test_how_a_word_is_written_is_no_difference() -> None:
    mine = said("Um, okay, she asked two questions. Follow up on Friday, 10 minutes.")
    assert doubts(mine, said("OK she asked 2 questions followup on Friday ten uh minutes")) == ()


def test_what_has_little_in_common_is_not_compared() -> None:
    assert doubts(said("She asked how I would shard the ledger"), said("und dann hat sie mich gefragt")) == ()
    assert doubts(said(""), said("words")) == doubts(said("words"), said("")) == ()


def test_an_hour_is_compared_in_stretches() -> None:
    words = [f"word{place}" for place in range(3 * STRETCH)]
    other = list(words)
    other[2 * STRETCH + 7] = "something"
    del other[STRETCH : STRETCH + 3]
    found = doubts(said(" ".join(words)), said(" ".join(other)))
    assert found == (Doubt(STRETCH, STRETCH + 3, ""), Doubt(2 * STRETCH + 7, 2 * STRETCH + 8, "something"))
