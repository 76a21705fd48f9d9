"""What can be recorded from, and how loud it is at the default one just now."""

from __future__ import annotations

from dataclasses import dataclass
from queue import Empty

import numpy as np

from dictate.capture.devices import Device, devices, stderr_apart
from dictate.capture.level import FLOOR_DB, decibels
from dictate.capture.microphone import Microphone

LISTEN_S = 0.5


@dataclass(frozen=True, slots=True)
class Input:
    """A microphone, as ``--device`` names it."""

    number: int
    name: str
    is_default: bool
    sample_rate: float  # hertz
    level_db: float | None = None  # the peak against full scale; None: it was not listened to


def inputs(level_db: float | None = None) -> tuple[Input, ...]:
    """All of them, the one that is recorded from first, with its level."""

    def shown(place: int, device: Device) -> Input:
        level = None if place else level_db
        return Input(device.number, device.name, device.is_default, device.sample_rate, level)

    return tuple(shown(place, device) for place, device in enumerate(devices("input")))


def level_now() -> float:
    """The peak of half a second from the default microphone; DeviceError where it cannot be opened or is silent."""
    with stderr_apart():
        microphone = Microphone(None)
        microphone.open()
        try:
            return _peak_db(microphone)
        finally:
            microphone.close()


def _peak_db(microphone: Microphone) -> float:
    peak_db, left = FLOOR_DB, LISTEN_S * microphone.shape.rate * microphone.shape.channels
    while left > 0:
        try:
            block, _ = microphone.blocks.get(timeout=LISTEN_S + 1)
        except Empty:  # it stopped
            break
        samples = np.frombuffer(block, np.int16).astype(np.int32)
        peak_db = max(peak_db, decibels(int(np.abs(samples).max(initial=0))))
        left -= len(samples)
    return round(peak_db, 1)
