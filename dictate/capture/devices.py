"""Microphones and loudspeakers, as PortAudio names them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

from dictate.errors import DeviceError


@dataclass(frozen=True, slots=True)
class Device:
    """One device; ``number`` is PortAudio's index."""

    number: int
    name: str
    channels: int
    sample_rate: float  # hertz; what it takes by default
    is_default: bool


def portaudio() -> Any:
    """The sounddevice module; DeviceError where the PortAudio library is missing."""
    try:
        with quiet():
            import sounddevice
    except OSError as error:
        raise DeviceError("the PortAudio library is missing; on Debian: apt install libportaudio2") from error
    return sounddevice


def devices(direction: Literal["input", "output"]) -> list[Device]:
    """Devices for a direction, the default one first."""
    sounddevice = portaudio()
    channels = f"max_{direction}_channels"
    default = sounddevice.default.device[0 if direction == "input" else 1]
    found = [
        Device(number, told["name"], told[channels], told["default_samplerate"], number == default)
        for number, told in enumerate(sounddevice.query_devices())
        if told[channels] > 0
    ]
    return sorted(found, key=lambda device: not device.is_default)


def choose(found: Sequence[Device], wanted: str | None) -> Device:
    """The microphone of this number or with this in its name; the default one where nothing is wanted."""
    if not found:
        raise DeviceError("there is no microphone; plug one in, or start the sound server (dictate doctor looks again)")
    if wanted is None:
        return found[0]
    for device in found:
        if wanted == str(device.number) or (not wanted.isdigit() and wanted.casefold() in device.name.casefold()):
            return device
    names = ", ".join(f"{device.number} {device.name}" for device in sorted(found, key=lambda device: device.number))
    raise DeviceError(f"no microphone is called {wanted!r}; there are: {names}")


@contextmanager
def stderr_apart() -> Iterator[None]:
    """Python's stderr on a descriptor of its own, since PortAudio's threads write to fd 2 while a stream runs."""
    sys.stderr.flush()
    screen = sys.stderr
    ours = os.fdopen(os.dup(2), "w", encoding=screen.encoding, errors=screen.errors, buffering=1)
    with quiet(), ours:
        sys.stderr = ours
        try:
            yield
        finally:
            sys.stderr = screen


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the lines that PortAudio's host libraries write to stderr off the screen."""
    sys.stderr.flush()
    kept, null = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(null)
