"""Decoded frames of any rate, format and layout to 16 kHz mono.

The mix is the mean of the channels that carry sound. One that is silent beside the loudest is left out; one that
is the loudest turned upside down (a crossed cable, a "difference" microphone) is turned back, where a plain mean
would cancel the voice. Channels that have nothing to do with each other, say two microphones, are just added.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from av import AudioFifo, AudioFrame, AudioResampler

from dictate.records import SAMPLE_RATE

Samples = npt.NDArray[np.float32]

SILENT_BESIDE = 1e-4  # of the loudest channel's energy: 40 dB below it
INVERTED_BELOW = -0.5  # correlation with the loudest channel


def mixdown(channels: Samples) -> Samples:
    """Shape (n_channels, n_samples) to shape (n_samples,), within -1 and 1."""
    channels = np.clip(np.nan_to_num(channels, nan=0.0, posinf=0.0, neginf=0.0), -1.0, 1.0)
    if len(channels) == 1:
        return np.asarray(channels[0])
    loudest = int(np.argmax(np.einsum("cn,cn->c", channels, channels)))
    products = channels @ channels[loudest]
    energies = np.einsum("cn,cn->c", channels, channels)
    heard = energies > energies[loudest] * SILENT_BESIDE
    if not heard.any():
        return np.zeros(channels.shape[1], dtype=np.float32)
    scale = np.sqrt(energies * energies[loudest]) + np.float32(1e-12)
    signs = np.where(products / scale < INVERTED_BELOW, -1.0, 1.0)
    weights = (signs * signs[np.argmax(heard)] * heard / heard.sum()).astype(
        np.float32
    )  # the first heard channel keeps its sign
    return np.asarray(weights @ channels, dtype=np.float32)


class Mixer:
    """Collects decoded frames of one shape, resampled; gives them back as mono."""

    def __init__(self) -> None:
        self._shape: tuple[int, str, str] | None = None
        self._resampler: AudioResampler | None = None
        self._fifo = AudioFifo()

    def fits(self, frame: AudioFrame) -> bool:
        """Whether the frame is of the same rate, format and layout as those before it."""
        return self._shape in (None, _shape(frame))

    def feed(self, frame: AudioFrame) -> int:
        """Take in a frame that fits; returns how many samples wait at 16 kHz."""
        if self._resampler is None:
            self._shape = _shape(frame)
            self._resampler = AudioResampler(format="flt", layout=frame.layout, rate=SAMPLE_RATE)
        frame.pts = None  # the queue would refuse the jumps in time that a damaged file has
        self._take(self._resampler.resample(frame))
        return int(self._fifo.samples)

    def drain(self) -> Samples:
        """The samples that wait, shape (n_samples,)."""
        frame = self._fifo.read() if self._fifo.samples else None
        if frame is None:
            return np.zeros(0, dtype=np.float32)
        interleaved = frame.to_ndarray()  # planes of more than eight channels are out of PyAV's reach
        return mixdown(np.ascontiguousarray(interleaved.reshape(-1, frame.layout.nb_channels).T))

    def finish(self) -> Samples:
        """All that is left, the resampler's tail too; nothing can be fed after that."""
        if self._resampler is not None:
            self._take(self._resampler.resample(None))
        return self.drain()

    def _take(self, frames: list[AudioFrame]) -> None:
        for frame in frames:
            frame.pts = None
            self._fifo.write(frame)


def _shape(frame: AudioFrame) -> tuple[int, str, str]:
    return frame.sample_rate, frame.format.name, frame.layout.name
