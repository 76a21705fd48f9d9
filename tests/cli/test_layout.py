"""Words in rows: nothing is wider than it may be, and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dictate.cli.console import clean
from dictate.cli.layout import styled, styled_words, width_of, wrap


@given(st.text().map(clean), st.integers(2, 60))
def test_rows_fit_and_hold_every_word(text: str, width: int) -> None:
    rows = wrap(styled_words(text), width)
    assert all(width_of(row) <= width for row in rows)
    assert "".join(word for row in rows for word, _ in row) == "".join(text.split())


def test_rows_are_filled_before_the_next_begins() -> None:
    rows = wrap([*styled_words("I said that"), *styled_words("I would", "dim")], 9)
    assert [[word for word, _ in row] for row in rows] == [["I", "said"], ["that", "I"], ["would"]]
    assert styled(rows[1]) == "that \x1b[2mI\x1b[0m"
    assert [row[0][0] for row in wrap(styled_words("面接質問 ok"), 4)] == ["面接", "質問", "ok"]
