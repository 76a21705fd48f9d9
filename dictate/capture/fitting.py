"""Blocks of another rate or number of channels, brought to those of a recording whose microphone was exchanged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from av import AudioFrame
from av.audio.resampler import AudioResampler


@dataclass(frozen=True, slots=True)
class Shape:
    """How a device gives its samples."""

    rate: int  # hertz
    channels: int  # 1 or 2

    @property
    def layout(self) -> str:
        return "mono" if self.channels == 1 else "stereo"


class Fitting:
    """Gives 16-bit samples of one shape, whatever comes."""

    def __init__(self, wanted: Shape) -> None:
        self._wanted = self._given = wanted
        self._resampler: AudioResampler | None = None

    def fit(self, block: bytes, given: Shape) -> npt.NDArray[np.int16]:
        """A block as samples of shape (n_samples, n_channels); some may wait for the next block."""
        samples = np.frombuffer(block, dtype=np.int16)
        waiting: list[npt.NDArray[np.int16]] = []
        if given != self._given:
            waiting = self._resampled(None)
            self._given = given
            self._resampler = AudioResampler("s16", self._wanted.layout, self._wanted.rate)
        if given == self._wanted:
            self._resampler = None
            return np.concatenate([*waiting, samples]).reshape(-1, self._wanted.channels)
        frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout=given.layout)
        frame.sample_rate = given.rate
        parts = [*waiting, *self._resampled(frame), np.zeros(0, dtype=np.int16)]
        return np.concatenate(parts).reshape(-1, self._wanted.channels)

    def _resampled(self, frame: AudioFrame | None) -> list[npt.NDArray[np.int16]]:
        if self._resampler is None:
            return []
        return [piece.to_ndarray()[0].astype(np.int16) for piece in self._resampler.resample(frame)]
