from __future__ import annotations

import pytest

from dictate.capture.timeline import MAX_GAP_S, MAX_SILENCE_S, Timeline, clock, places


def test_sound_without_gaps_is_laid_end_to_end() -> None:
    timeline = Timeline(5.0)
    assert [timeline.place(5.0 + second, 1.0) for second in range(9)] == [0.0] * 9
    assert timeline.end_s == 9.0
    assert timeline.warnings() == ()


def test_jitter_is_no_gap_and_a_late_start_is_no_damage() -> None:
    timeline = Timeline(0.0)
    assert timeline.place(1.5, 1.0) == 1.5
    assert timeline.place(2.6, 1.0) == 0.0
    assert timeline.warnings() == ()


def test_lost_sound_is_filled_by_the_clock() -> None:
    timeline = Timeline(0.0)
    timeline.place(0.0, 61.0)
    for _ in range(3):
        timeline.lose(0.02, 0.02)
    assert timeline.place(61.06, 1.0) == pytest.approx(0.06)
    assert timeline.warnings() == ("damaged at 1:01: 0.1 s are silence",)


def test_lost_sound_that_no_clock_counts_moves_what_follows() -> None:
    timeline = Timeline(0.0)
    timeline.place(0.0, 10.0)
    timeline.lose(2.0, 0.02)
    assert timeline.place(10.02, 1.0) == pytest.approx(2.0)
    assert timeline.place(11.02, 1.0) == 0.0
    assert timeline.end_s == pytest.approx(14.0)


def test_what_is_lost_at_the_end_or_without_any_clock_counts_too() -> None:
    timeline = Timeline()
    assert timeline.place(None, 1.0) == 0.0
    timeline.lose(0.5, 0.5)
    assert timeline.place(None, 1.0) == 0.5
    timeline.lose(0.25, 0.25)
    assert timeline.finish() == 0.25
    assert timeline.end_s == 2.75


def test_a_clock_that_runs_back_is_joined_on() -> None:
    timeline = Timeline(0.0)
    timeline.place(0.0, 10.0)
    assert timeline.place(0.0, 10.0) == 0.0
    assert timeline.place(10.0, 10.0) == 0.0
    assert timeline.warnings() == ("the file's clock jumps at 0:10: times after that are counted on",)


def test_silence_is_bounded_each_time_and_in_all() -> None:
    timeline = Timeline(0.0)
    silence_s = sum(timeline.place(number * MAX_GAP_S, 1.0) for number in range(30))
    assert silence_s == MAX_SILENCE_S
    timeline.lose(9e9, 9e9)
    assert timeline.finish() == 0.0


def test_places_are_told_as_people_read_times() -> None:
    assert [clock(moment_s) for moment_s in (0.9, 61, 3599.99, 3600, 36_061)] == [
        "0:00",
        "1:01",
        "59:59",
        "1:00:00",
        "10:01:01",
    ]
    assert places([1]) == "at 0:01"
    assert places([1, 2, 3, 4]) == "at 0:01, 0:02, 0:03 and 1 more place"
    assert places(range(5)) == "at 0:00, 0:01, 0:02 and 2 more places"
