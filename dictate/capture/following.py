"""What lies in a raw file, read as it grows, so that nobody who listens meanwhile is waited for."""

from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import numpy as np
import numpy.typing as npt
from av import AudioFrame

from dictate.capture.fitting import Shape
from dictate.capture.mix import Mixer, Samples
from dictate.capture.raw import HEADER, SAMPLE_BYTES, shape_of


class Growing:
    """The samples of a raw file from its first on; what is not there yet is given by a later ``read``."""

    def __init__(self, raw: Path) -> None:
        rate, channels, _ = shape_of(raw)
        self.shape = Shape(rate, channels)
        self._file = raw.open("rb")
        self._place = 0  # samples of one channel

    @property
    def read_s(self) -> float:
        """Seconds read so far."""
        return self._place / self.shape.rate

    @property
    def there_s(self) -> float:
        """Seconds that are on disk now."""
        size = os.fstat(self._file.fileno()).st_size - HEADER.size
        return size // (SAMPLE_BYTES * self.shape.channels) / self.shape.rate

    def read(self, most_s: float) -> npt.NDArray[np.int16]:
        """What follows, interleaved, in this machine's order; half a sample at the end is left where it is."""
        size = SAMPLE_BYTES * self.shape.channels
        self._file.seek(HEADER.size + self._place * size)
        data = self._file.read(round(most_s * self.shape.rate) * size)
        samples = np.frombuffer(data[: len(data) - len(data) % size], dtype=">i2").astype(np.int16)
        self._place += len(samples) // self.shape.channels
        return samples

    def frame(self, samples: npt.NDArray[np.int16]) -> AudioFrame:
        """Samples just read, as FFmpeg takes them."""
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout=self.shape.layout)
        frame.sample_rate, frame.time_base = self.shape.rate, Fraction(1, self.shape.rate)
        frame.pts = self._place - len(samples) // self.shape.channels
        return frame

    def close(self) -> None:
        self._file.close()


class Follower:
    """The same as a model hears it: the samples that decoding the finished recording would give."""

    def __init__(self, raw: Path) -> None:
        self._growing = Growing(raw)
        self._mixer = Mixer()

    @property
    def behind_s(self) -> float:
        """Seconds that are on disk and were not read."""
        return self._growing.there_s - self._growing.read_s

    @property
    def read_s(self) -> float:
        return self._growing.read_s

    def read(self, most_s: float) -> Samples:
        """Float32, mono, 16 kHz, shape (n_samples,)."""
        samples = self._growing.read(most_s)
        if len(samples):
            self._mixer.feed(self._growing.frame(samples))
        return self._mixer.drain()

    def finish(self) -> Samples:
        """What the resampler kept back, once the file is whole and read to its end."""
        return self._mixer.finish()

    def close(self) -> None:
        self._growing.close()
