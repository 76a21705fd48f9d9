"""Which question is asked in which pause."""

from __future__ import annotations

from dictate.pipeline.checklist import checklist
from dictate.pipeline.guide import ALL_TOLD, FEELING, RECALL, Guide, Hints
from dictate.records import Segmentation
from tests.store.telling import segmented

NOTHING = checklist(Segmentation("", ()))
SOME = checklist(
    segmented("""
        [Q1] Sarah began with why I am leaving.
        [Q2] Then she wanted to hear about a conflict.
        [A2] I told her about the rota.
        [C] I am worried about my shoes.
    """)
)


def test_hints_come_in_pauses_and_never_twice() -> None:
    hints = Hints()
    assert hints(9.0, 0, NOTHING) == ""  # nobody has said anything yet
    assert hints(3.9, 20, SOME) == ""
    first = hints(4.0, 20, SOME)
    assert first == "You have not said how you answered: “Sarah began with why I am leaving”"
    assert hints(9.0, 20, SOME) == first
    assert hints(0.0, 25, SOME) == ""
    assert hints(4.5, 25, SOME) == "How do you feel about it?"
    told = [hints(quiet_s, 30, SOME) for _ in range(10) for quiet_s in (0.0, 5.0)]
    assert len(set(told) - {""}) == len([one for one in told if one]) == len(SOME.missing) - 2


def test_a_guide_begins_with_the_feelings_then_lets_one_tell_all() -> None:
    guide = Guide()
    assert guide(0.0, 0, None) == FEELING
    assert guide(5.0, 0, None) == FEELING  # it takes a while to begin
    assert guide(0.5, 12, None) == FEELING
    assert guide(3.0, 12, None) == FEELING
    assert guide(4.0, 12, None) == RECALL
    assert guide(4.5, 12, SOME) == RECALL
    assert guide(4.0, 80, SOME) == RECALL  # who tells all may think for a while
    assert guide(8.0, 80, SOME) == SOME.missing[0]
    assert guide(9.0, 80, SOME) == SOME.missing[0]


def test_a_guide_goes_on_without_an_answer_and_comes_to_an_end() -> None:
    guide = Guide()
    assert guide(11.9, 0, None) == FEELING
    assert guide(12.0, 0, None) == RECALL
    assert guide(23.9, 0, None) == RECALL
    assert guide(24.0, 0, None) == RECALL  # nothing was heard in which something could be missing
    asked = [guide(24.0 + 12 * turn, 0, NOTHING) for turn in range(9)]
    assert asked == [question for question in NOTHING.missing if "feel" not in question] + [ALL_TOLD] * 3
    assert guide(0.2, 5, NOTHING) == ALL_TOLD
