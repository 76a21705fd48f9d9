"""Warnings about what the microphone delivers: once for each time, and not about speech."""

from __future__ import annotations

import numpy as np
import pytest

from dictate.capture.devices import Device, choose
from dictate.capture.level import CLIPPING, FLOOR_DB, SILENCE, ZEROS, Level
from dictate.errors import DeviceError
from tests.capture.media_files import speech

RATE = 16_000


def warnings(samples: np.ndarray, level: Level | None = None) -> list[tuple[float, str]]:
    """What is told of float samples that come in blocks of 20 ms, and after how many seconds."""
    level = level or Level(RATE)
    blocks = np.split(samples[: len(samples) // 320 * 320], len(samples) // 320)
    whole = [np.clip(block * 32_768, -32_768, 32_767).astype(np.int16).reshape(-1, 1) for block in blocks]
    return [(number * 0.02, told) for number, block in enumerate(whole) for told in level.hear(block)]


def noise(seconds: float, amplitude: float) -> np.ndarray:
    return amplitude * np.random.default_rng(1).uniform(-1, 1, round(seconds * RATE))


def test_speech_with_its_pauses_is_no_cause_for_a_warning() -> None:
    pauses = [np.concatenate([speech(), noise(8, 0.0005)]) for _ in range(3)]
    assert warnings(np.concatenate(pauses)) == []


def test_zeros_are_told_within_two_seconds_and_once() -> None:
    told = warnings(np.concatenate([speech(), np.zeros(9 * RATE)]))
    ((when_s, what),) = told
    assert what == ZEROS
    assert when_s < len(speech()) / RATE + 2


def test_ten_seconds_of_nothing_are_told_once() -> None:
    assert [told for _, told in warnings(noise(35, 0.0005))] == [SILENCE]
    assert [round(when_s) for when_s, _ in warnings(noise(80, 0.0005))] == [10, 70]  # and again after a minute


def test_ten_seconds_of_clipping_are_told_but_not_a_laugh() -> None:
    loud = np.clip(noise(25, 3), -1, 1)
    assert warnings(loud)[0] == (pytest.approx(10, abs=0.1), CLIPPING)
    assert [what for _, what in warnings(loud)] == [CLIPPING]
    assert warnings(np.concatenate([loud[: 5 * RATE], speech(), loud[: 4 * RATE]])) == []


def test_the_level_is_that_of_full_scale() -> None:
    level = Level(RATE)
    assert not warnings(noise(1, 0.5), level)
    assert level.peak_db == pytest.approx(-6, abs=0.5)
    warnings(np.zeros(RATE), level)
    assert level.peak_db == FLOOR_DB


MICROPHONES = [
    Device(4, "USB Headset: Mono (hw:1,0)", 1, 48_000, True),
    Device(1, "HDA Intel 2: ALC (hw:0,0)", 2, 44_100, False),
    Device(12, "pulse", 32, 44_100, False),
]


@pytest.mark.parametrize(
    ("wanted", "number"), [(None, 4), ("1", 1), ("12", 12), ("headset", 4), ("PULSE", 12), ("alc", 1)]
)
def test_a_microphone_is_chosen_by_number_or_part_of_its_name(wanted: str | None, number: int) -> None:
    assert choose(MICROPHONES, wanted).number == number


def test_a_wrong_choice_names_the_others() -> None:
    with pytest.raises(DeviceError) as raised:
        choose(MICROPHONES, "2")
    assert str(raised.value) == (
        "no microphone is called '2'; there are: 1 HDA Intel 2: ALC (hw:0,0), 4 USB Headset: Mono (hw:1,0), 12 pulse"
    )
    with pytest.raises(DeviceError, match="plug one in"):
        choose([], None)
