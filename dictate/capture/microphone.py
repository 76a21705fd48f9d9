"""An input stream that comes back: opened, watched, and opened again when its device was away."""

from __future__ import annotations

import functools
import re
import threading
import time
from queue import SimpleQueue
from typing import Any

from dictate.capture.devices import Device, choose, devices, portaudio, quiet
from dictate.capture.fitting import Shape
from dictate.errors import DeviceError

FIRST_BLOCK_S = 10.0  # Bluetooth headsets and PulseAudio take two seconds, some more
CLOSING_S = 2.0  # a sound server that hangs is not waited for longer


class Microphone:
    """Blocks of 16-bit samples (interleaved, this machine's order) in ``blocks``; the callback only copies and queues.

    ``shape`` is that of the first stream; one that is opened later may have to take another.
    """

    def __init__(self, wanted: str | None) -> None:
        self.blocks: SimpleQueue[tuple[bytes, Shape]] = SimpleQueue()
        self.overflows = 0
        self.is_paused = False
        self.last_block_at = self.opened_at = 0.0  # by the monotonic clock
        self._stream: Any = None
        self._sounddevice = portaudio()
        self.device = choose(devices("input"), wanted)
        self._name = None if wanted is None else self.device.name
        self._part = self._name if wanted is None or wanted.isdigit() else wanted
        self.shape = _own_shape(self.device)

    def open(self) -> None:
        """Open the stream and wait for its first block: from then on nothing said is lost."""
        try:
            self._open(self.shape)
        except self._sounddevice.PortAudioError as error:
            raise DeviceError(f"{_named(self.device)} cannot be used ({_reason(error)}); {_ADVICE}") from error
        while not self.is_delivering:
            if time.monotonic() - self.opened_at > FIRST_BLOCK_S or not self.is_active:
                self.close()
                raise DeviceError(f"{_named(self.device)} delivers nothing; {_ADVICE}")
            time.sleep(0.01)

    @property
    def is_active(self) -> bool:
        return self._stream is not None and bool(self._stream.active)

    @property
    def is_delivering(self) -> bool:
        """Whether a block has come since the stream was opened."""
        return self.last_block_at > self.opened_at

    def quiet_s(self) -> float:
        """Seconds since the last block, or since the stream was opened."""
        return time.monotonic() - max(self.last_block_at, self.opened_at)

    def reopen(self) -> None:
        """Look at the devices anew and open the one that was chosen, or the default of now; silent where that fails."""
        if not self.close():
            return
        try:
            with quiet():
                self._sounddevice._terminate()  # the only way to have PortAudio list its devices again
                self._sounddevice._initialize()
            self.device = self._found_again()
            try:
                self._open(self.shape)
            except self._sounddevice.PortAudioError:
                self._open(_own_shape(self.device))
        except (DeviceError, self._sounddevice.PortAudioError):
            return

    def _found_again(self) -> Device:
        """The device that was chosen, by its name: numbers move when another one is plugged in or out."""
        found = devices("input")
        if self._name is None:
            return choose(found, None)
        found.sort(key=lambda device: device.number != self.device.number)  # of two with one name
        for name in (str, _without_place):
            for device in found:
                if name(device.name) == name(self._name):
                    return device
        return choose(found, self._part)

    def close(self) -> bool:
        """End the stream; False while a hanging sound server does not let it end."""
        stream = self._stream
        if stream is None:
            return True

        def end() -> None:
            with quiet():
                stream.close(ignore_errors=True)

        ending = threading.Thread(target=end, daemon=True)
        ending.start()
        ending.join(CLOSING_S)
        if ending.is_alive():
            return False
        self._stream = None
        return True

    def _open(self, shape: Shape) -> None:
        with quiet():
            stream = self._sounddevice.RawInputStream(
                samplerate=shape.rate,
                device=self.device.number,
                channels=shape.channels,
                dtype="int16",
                callback=functools.partial(self._take, shape),
            )
            self.opened_at = time.monotonic()
            self._stream = stream
            stream.start()

    def _take(self, shape: Shape, data: Any, _frames: int, _time: Any, status: Any) -> None:
        self.last_block_at = time.monotonic()
        if status.input_overflow:
            self.overflows += 1
        if not self.is_paused:
            self.blocks.put((bytes(data), shape))


_ADVICE = (
    "close other programs that use it, allow dictate to use it, or choose another with --device (see: dictate doctor)"
)


def _own_shape(device: Device) -> Shape:
    """What a device gives by itself; 32 channels are those of a sound server, which mixes them."""
    return Shape(round(device.sample_rate), device.channels if device.channels <= 2 else 1)


def _without_place(name: str) -> str:
    """ALSA's name without the place that a device may not get again: ``USB Audio: - (hw:2,0)``."""
    return re.sub(r" \(hw:\d+,\d+\)$", "", name)


def _named(device: Device) -> str:
    return f"the microphone {device.name!r}"


def _reason(error: Exception) -> str:
    """PortAudio's sentence without its codes."""
    return str(error.args[0]).removeprefix("Error opening RawInputStream: ").rstrip(".") if error.args else str(error)
