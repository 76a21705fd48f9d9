from __future__ import annotations

from dictate.review.beside import beside

BETTER = "I used to take on too much. Now I plan the week with my lead. That saved us forty per cent of the overtime."


def test_what_was_left_out() -> None:
    found = beside(BETTER, "I take on too much, so I planned my week with the lead.")
    assert len(found.points) == 3
    assert found.left_out == ("That saved us forty per cent of the overtime.",)
    assert (round(found.share, 2), found.suggested) == (0.67, 2)


def test_numbers_are_the_same_in_words_and_figures() -> None:
    assert beside(BETTER, "Saved 40% overtime; plan the week with the lead; take on too much").left_out == ()


def test_nothing_said() -> None:
    assert beside(BETTER, "").suggested == 1
    assert beside(BETTER, BETTER).suggested == 3
    assert beside("", "anything").share == 1


def test_what_was_dictated_without_full_stops_has_points_too() -> None:
    told = "so I ran the depot for three years and we rebuilt the whole late report and they made me the lead of nine"
    found = beside(told, "I ran the depot for three years")
    assert len(found.points) == 3
    assert len(found.left_out) == 2
