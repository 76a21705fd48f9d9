"""The recorder with a made device, for what no sound server does on demand: refuse a rate, overflow, fill the memory.

What real devices do is tested through PulseAudio in tests/cli.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from dictate.capture import devices, microphone, recorder
from dictate.capture.fitting import Fitting, Shape
from dictate.capture.microphone import Microphone
from dictate.capture.recorder import Recorder
from dictate.capture.unfinished import Facts, Place, new_place
from dictate.errors import DeviceError
from dictate.records import Interview
from tests.capture.test_raw import decoded

MONO, STEREO = Shape(16_000, 1), Shape(48_000, 2)


class Refused(Exception):
    """PortAudio's error."""


class Desk:
    """What is plugged in, as the sounddevice module shows it."""

    PortAudioError = Refused
    default = SimpleNamespace(device=(0, -1))

    def __init__(self) -> None:
        self.shape: Shape | None = MONO  # the one that the device takes; None: unplugged
        self.stream: Any = None
        self.started = True

    def query_devices(self) -> list[dict[str, Any]]:
        shape = self.shape
        told = {
            "name": "desk",
            "max_input_channels": shape and shape.channels,
            "default_samplerate": shape and shape.rate,
        }
        return [told] if shape else []

    def _terminate(self) -> None: ...
    def _initialize(self) -> None: ...

    def RawInputStream(self, *, samplerate: int, channels: int, callback: Callable[..., None], **_: object) -> Any:
        if Shape(samplerate, channels) != self.shape:
            raise Refused("Error opening RawInputStream: Invalid sample rate", -9997)
        start = (lambda: self.speak(0.1)) if self.started else (lambda: None)
        self.stream = SimpleNamespace(active=self.started, callback=callback, start=start, close=lambda **_: None)
        return self.stream

    def speak(self, seconds: float, *, overflow: bool = False) -> None:
        """Deliver a tone of 440 hertz."""
        assert self.shape
        time_s = np.arange(round(seconds * self.shape.rate)) / self.shape.rate
        tone = np.repeat((8000 * np.sin(2 * np.pi * 440 * time_s)).astype(np.int16), self.shape.channels)
        self.stream.callback(tone.tobytes(), len(time_s), None, SimpleNamespace(input_overflow=overflow))

    def unplug(self) -> None:
        self.shape = None
        self.stream.active = False


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk()
    for module in (devices, microphone):
        monkeypatch.setattr(module, "portaudio", lambda: desk)
    return desk


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = new_place(tmp_path, datetime(2026, 3, 12, tzinfo=UTC))
    place.begin(Facts(datetime(2026, 3, 12, tzinfo=UTC), Interview()))
    return place


@pytest.fixture
def running(desk: Desk, place: Place) -> Iterator[Recorder]:
    opened = Microphone(None)
    opened.open()
    running = Recorder(opened, place)
    running.start()
    yield running
    running.finish()
    assert running.wait(5)


def told(running: Recorder, text: str, limit_s: float = 4) -> str:
    """Wait for a message with this in it."""
    deadline = time.monotonic() + limit_s
    heard = []
    while time.monotonic() < deadline:
        if not running.told.empty():
            heard.append(running.told.get())
            if text in heard[-1]:
                return heard[-1]
        time.sleep(0.01)
    raise AssertionError(f"{text!r} is not among {heard}")


def frequency(samples: np.ndarray) -> float:
    """Hertz of the loudest tone of a sound of 16 kHz."""
    return float(np.abs(np.fft.rfft(samples)).argmax() * 16_000 / len(samples))


def test_another_microphone_of_another_rate_goes_on_in_the_same_file(
    desk: Desk, place: Place, running: Recorder
) -> None:
    desk.speak(1)
    desk.unplug()
    told(running, "the microphone is gone")
    desk.shape = STEREO
    told(running, "the microphone is back (desk)")
    for _ in range(50):
        desk.speak(0.02)
    running.finish()
    assert running.wait(5)
    sound = decoded(place.raw)
    assert len(sound) / 16_000 == pytest.approx(0.1 + 1 + 0.1 + 1, abs=0.05)
    assert frequency(sound[:16_000]) == pytest.approx(440, abs=3)
    assert frequency(sound[-14_000:]) == pytest.approx(440, abs=30)  # blocks of a tone do not join exactly
    assert place.facts().remarks == ("the microphone was away at 1.1 s",)


def test_overflows_are_counted_and_told(desk: Desk, place: Place, running: Recorder) -> None:
    desk.speak(0.1, overflow=True)
    assert told(running, "too busy") == "the machine was too busy: sound was lost 1 time"
    desk.speak(0.1, overflow=True)
    assert told(running, "too busy").endswith("lost 2 times")
    assert [remark.split(" up to")[0] for remark in place.facts().remarks] == ["1 overflows", "2 overflows"]


def test_their_exact_number_is_told_in_the_end(desk: Desk, place: Place, running: Recorder) -> None:
    for _ in range(2):
        desk.speak(0.1, overflow=True)
    told(running, "lost 2 times")
    desk.speak(0.1, overflow=True)
    running.finish()
    assert running.wait(5)
    assert told(running, "too busy").endswith("lost 3 times")
    assert [remark.split(" up to")[0] for remark in place.facts().remarks] == ["2 overflows", "3 overflows"]


def test_a_fault_of_ours_ends_the_recording_and_counts_what_is_lost(
    desk: Desk, place: Place, running: Recorder
) -> None:
    desk.speak(1)
    time.sleep(0.3)
    desk.stream.callback(b"\1\0\1", 1, None, SimpleNamespace(input_overflow=False))  # no whole sample
    desk.speak(2)
    assert running.is_over.wait(4)
    running.finish()
    assert running.wait(5)
    assert isinstance(running.fault, ValueError)
    assert running.unwritten_s() == pytest.approx(2, abs=0.01)
    assert len(decoded(place.raw)) / 16_000 == pytest.approx(0.1 + 1)


def test_a_resampler_that_fails_is_replaced(desk: Desk, place: Place, running: Recorder) -> None:
    desk.unplug()
    told(running, "the microphone is gone (desk)")
    desk.shape = STEREO
    told(running, "the microphone is back (desk)")
    desk.speak(0.1)
    while not running._microphone.blocks.empty():
        time.sleep(0.01)
    time.sleep(0.2)
    resampler = running._fitting._resampler
    assert resampler
    resampler.resample(None)  # it takes nothing more
    desk.speak(1)
    running.finish()
    assert running.wait(5)
    assert (running.fault, running.unwritten_s()) == (None, 0)
    assert len(decoded(place.raw)) / 16_000 == pytest.approx(0.1 + 0.1 + 0.1 + 1, abs=0.05)


def test_a_fault_of_the_watcher_is_told_once_and_tried_again(
    desk: Desk, running: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(running._microphone, "overflows", None)
        told(running, "the microphone cannot be watched (TypeError: ")
        time.sleep(0.5)
        assert running.told.empty()
    desk.unplug()
    told(running, "the microphone is gone (desk)")


def test_when_disk_and_memory_are_full_it_ends(desk: Desk, running: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder, "free_memory", lambda: 2 * 64_000)  # half of it: two seconds
    full = OSError(28, "No space left on device")

    def no_room(*_: object) -> int:
        raise full

    with monkeypatch.context() as patched:
        patched.setattr("dictate.capture.raw.os.write", no_room)
        desk.speak(1)
        assert "in memory, which lasts for about 2 seconds; make room for" in told(running, "the disk is full")
        desk.speak(3)
        told(running, "the disk is full and so is the memory: the recording ends here")
    assert running.is_over.is_set()


def test_a_microphone_that_is_refused_or_silent_is_one_line(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Microphone(None)
    desk.shape = STEREO
    with pytest.raises(DeviceError, match=r"'desk' cannot be used \(Invalid sample rate\); close other programs"):
        opened.open()
    desk.shape, desk.started = MONO, False
    with pytest.raises(DeviceError, match="'desk' delivers nothing"):
        opened.open()


@pytest.mark.parametrize("given", [Shape(48_000, 1), Shape(8_000, 2), STEREO, MONO])
def test_blocks_are_brought_to_the_shape_of_the_recording(given: Shape) -> None:
    fitting = Fitting(MONO)
    time_s = np.arange(2 * given.rate) / given.rate
    tone = np.repeat((8000 * np.sin(2 * np.pi * 440 * time_s)).astype(np.int16), given.channels)
    blocks = [block.tobytes() for block in np.split(tone, 40)]
    parts = [fitting.fit(block, given) for block in blocks] + [fitting.fit(b"\1\0" * 160, MONO)]
    sound = np.concatenate(parts)[:, 0]
    assert len(sound) == pytest.approx(32_160, abs=4)
    assert (sound[-160:] == 1).all()
    assert frequency(sound[:32_000]) == pytest.approx(440, abs=1)
    assert np.abs(sound[1000:31_000]).max() == pytest.approx(8000, rel=0.02)
