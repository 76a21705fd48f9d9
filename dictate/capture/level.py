"""How loud it is, and whether that looks wrong: nothing at all, exact zeros, too loud for too long."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

FLOOR_DB = -60.0  # below it, of full scale, nobody speaks
CLIPPED = 32_700  # of 32,767
CLIPPED_SAMPLES = 3  # in a second; fewer are a click
ZEROS_S = 1.5
WARN_S = 10
AGAIN_S = 60  # before the same warning is given again

ZEROS = "the microphone delivers nothing but zeros: is it muted, or has the sound server moved to another source?"
SILENCE = "ten seconds of nothing: is the microphone muted?"
CLIPPING = "too loud for ten seconds (the sound is clipped): move away from the microphone or turn it down"


class Level:
    """Hears every block and says, once for each time that it happens, what a person should look at."""

    def __init__(self, rate: int) -> None:
        self.peak_db = FLOOR_DB  # of the last block
        self.zeros_s = 0.0  # of exact zeros, up to now
        self._rate = rate
        self._now_s = 0.0
        self._second = np.zeros(0, dtype=np.int32)
        self._silent = self._clipped = 0  # seconds
        self._told_at: dict[str, float] = {}

    def hear(self, samples: npt.NDArray[np.int16]) -> Iterator[str]:
        """Take a block in, shape (n_samples, n_channels); yields warnings."""
        loudest = np.abs(samples.astype(np.int32)).max(axis=1) if len(samples) else np.zeros(0, dtype=np.int32)
        peak = int(loudest.max(initial=0))
        self.peak_db = decibels(peak)
        self._now_s += len(samples) / self._rate
        self.zeros_s = 0.0 if peak else self.zeros_s + len(samples) / self._rate
        if self.zeros_s >= ZEROS_S:
            yield from self._warn(ZEROS)
        self._second = np.concatenate([self._second, loudest])
        while len(self._second) >= self._rate:
            second, self._second = np.split(self._second, [self._rate])
            yield from self._judge(second)

    def _judge(self, second: npt.NDArray[np.int32]) -> Iterator[str]:
        self._silent = self._silent + 1 if decibels(int(second.max())) <= FLOOR_DB else 0
        is_clipped = int((second >= CLIPPED).sum()) >= CLIPPED_SAMPLES
        self._clipped = self._clipped + 1 if is_clipped else max(0, self._clipped - 1)  # speech has its pauses
        if self._silent >= WARN_S:
            self._silent = 0
            yield from self._warn(SILENCE)
        if self._clipped >= WARN_S:
            self._clipped = 0
            yield from self._warn(CLIPPING)

    def _warn(self, warning: str) -> Iterator[str]:
        told_at = self._told_at.get(warning)
        if told_at is None or self._now_s - told_at >= AGAIN_S:
            self._told_at[warning] = self._now_s
            yield warning


def decibels(peak: int) -> float:
    """A 16-bit amplitude against full scale, from ``FLOOR_DB`` up."""
    return max(FLOOR_DB, 20 * float(np.log10(peak / 32_768))) if peak else FLOOR_DB
