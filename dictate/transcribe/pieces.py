"""Speech cut at pauses into pieces that fit a Whisper window, each knowing its place in the recording.

Pauses longer than twice the padding are cut out of a piece; times are kept right because a piece remembers, for each
of its frames, which frame of the recording it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dictate.transcribe.activity import FRAME_S, Detector, Framer, Samples

_ON, _OFF = 0.5, 0.35  # probability of speech that opens a voiced run, and below which it may close
_LEAST = 3  # frames over _ON that make a run speech and not a click, 96 ms
_PAD = 13  # frames kept before and after a run, 0.42 s
_PAUSE = 63  # frames of nothing after which a piece of some length is closed, 2 s
_SOME = 156  # frames that are some length, 5 s
_LONG_PAUSE = 313  # frames of nothing after which any piece is closed, 10 s
_LOW = 5  # frames on each side over which a place to cut is judged, 0.16 s
_STRETCH = 875  # frames of nothing that are looked at together, 28 s
_SHORTEST_STRETCH = 31  # frames, 1 s
_AUDIBLE_DB = -70.0  # below full scale; what is softer is taken for silence
_MOVING_DB = 15.0  # how far syllables stand out from what is between them
_SYLLABLE = 5  # frames, 0.16 s
_WAVERING = 0.3  # probability of speech

_FULL = 32_768  # full scale in 16 bits

Key = tuple[int, int, int, int]
Frame = tuple[int, Samples, float]  # its number in the recording, its samples, its probability of speech


class Framed:
    """What is known of a piece by its frames alone."""

    __slots__ = ()
    frames: npt.NDArray[np.int64]
    doubtful: bool

    @property
    def key(self) -> Key:
        """What tells it from the other pieces of its recording: first and last frame, their number, doubt."""
        return int(self.frames[0]), int(self.frames[-1]), len(self.frames), int(self.doubtful)

    @property
    def duration_s(self) -> float:
        return len(self.frames) * FRAME_S


@dataclass(frozen=True, slots=True, eq=False)
class Piece(Framed):
    """What goes into one Whisper window.

    ``samples`` has shape (n_frames * 512,); ``frames`` holds the number in the recording of each of its frames, and
    ``voice`` the probability of speech in it. ``doubtful``: sound in which no voice was detected.
    """

    samples: Samples
    frames: npt.NDArray[np.int64]
    voice: Samples
    doubtful: bool = False

    def pack(self) -> Packed:
        """The same, small enough to travel or to wait."""
        loudness = np.clip(self.samples * _FULL, -_FULL, _FULL - 1)
        return Packed(loudness.astype("<i2").tobytes(), self.frames, self.voice, self.doubtful)

    @property
    def end_s(self) -> float:
        """Where in the recording this piece ends."""
        return (int(self.frames[-1]) + 1) * FRAME_S

    def part(self, start: int, end: int) -> Piece:
        """Some of its frames, from ``start`` up to ``end``, counted within the piece."""
        of_frame = len(self.samples) // len(self.frames)
        samples = self.samples[start * of_frame : end * of_frame]
        return Piece(samples, self.frames[start:end], self.voice[start:end], self.doubtful)

    def place(self, second: float) -> float:
        """The second of the recording at which a second of this piece was heard."""
        index = min(max(int(second / FRAME_S), 0), len(self.frames) - 1)
        within = min(second - index * FRAME_S, FRAME_S)
        return float(self.frames[index] * FRAME_S + max(within, 0.0))


@dataclass(frozen=True, slots=True, eq=False)
class Packed(Framed):
    """A piece with its samples as 16-bit integers, half a megabyte at most."""

    samples: bytes
    frames: npt.NDArray[np.int64]
    voice: Samples
    doubtful: bool

    def unpack(self) -> Piece:
        samples = np.frombuffer(self.samples, "<i2").astype(np.float32) / np.float32(_FULL)
        return Piece(samples, self.frames, self.voice, self.doubtful)


def pieces(blocks: Iterable[Samples], longest_s: float) -> Iterator[Piece]:
    """The speech of a recording, in order (doubtful pieces follow what was detected beside them)."""
    listener = Listener(longest_s)
    for block in blocks:
        yield from listener.push(block)
    yield from listener.flush()


class Listener:
    """Takes samples as they come, gives each piece as soon as it is whole."""

    def __init__(self, longest_s: float) -> None:
        self._framer = Framer()
        self._detector = Detector()
        self._longest = int(longest_s / FRAME_S)
        self._heard = 0  # frames
        self._kept: list[Frame] = []  # the piece in the making
        self._run: list[Frame] = []  # a voiced run that may yet be a click
        self._quiet: list[Frame] = []  # what follows, where nobody speaks
        self._voiced = False
        self._low = 0  # frames of the run since the last voiced one
        self._spoken = -1  # number of the last voiced frame

    @property
    def is_voiced(self) -> bool:
        """Whether somebody speaks at the moment."""
        return self._voiced

    @property
    def quiet_frames(self) -> int:
        """How many frames ago somebody spoke, or the recording began."""
        return self._heard - 1 - self._spoken

    @property
    def open_from(self) -> int:
        """The number of the first frame of what is in the making; what lies before it is whole."""
        return self._kept[0][0] if self._kept else self._heard

    def open_piece(self) -> Piece | None:
        """What the piece in the making would be if it ended now."""
        return _piece(self._kept) if self._kept else None

    def push(self, block: Samples) -> Iterator[Piece]:
        """The pieces completed by this block."""
        yield from self._take(self._framer.push(block))

    def flush(self) -> Iterator[Piece]:
        """The pieces left at the end of the recording."""
        yield from self._take(self._framer.flush())
        yield from self._close()
        yield from _doubt(self._quiet + self._run)
        self._quiet, self._run = [], []

    def _take(self, frames: Samples) -> Iterator[Piece]:
        for samples, voice in zip(frames, self._detector.probabilities(frames), strict=True):
            frame = (self._heard, samples, float(voice))
            self._heard += 1
            yield from self._within(frame) if self._voiced else self._between(frame)

    def _between(self, frame: Frame) -> Iterator[Piece]:
        """A frame while nobody speaks."""
        self._quiet.append(frame)
        if frame[2] >= _ON:
            self._voiced, self._low = True, 0
            self._run, self._quiet = self._quiet[-_PAD - 1 :], self._quiet[: -_PAD - 1]
        elif self._kept and len(self._quiet) >= (_PAUSE if len(self._kept) >= _SOME else _LONG_PAUSE):
            yield from self._close()
        elif len(self._quiet) >= _STRETCH + _PAD:
            stretch, self._quiet = self._quiet[:_STRETCH], self._quiet[_STRETCH:]
            yield from _doubt(stretch)

    def _within(self, frame: Frame) -> Iterator[Piece]:
        """A frame while somebody speaks, or something clicked."""
        self._run.append(frame)
        self._low = self._low + 1 if frame[2] < _OFF else 0
        if self._kept_run():
            self._spoken = frame[0] - self._low
            yield from _doubt(self._quiet)
            self._quiet = []
            self._kept += self._run
            self._run = []
            if len(self._kept) > self._longest:
                yield self._cut()
        if self._low >= _PAD:
            self._voiced = False
            self._quiet += self._run
            self._run = []

    def _kept_run(self) -> bool:
        """Whether the run is speech: it goes on from what was kept, or is voiced for long enough."""
        continues = bool(self._kept) and not self._quiet and self._kept[-1][0] + 1 == self._run[0][0]
        return continues or sum(frame[2] >= _ON for frame in self._run) >= _LEAST

    def _cut(self) -> Piece:
        """The first part of what is kept, up to where it is least voiced in its second half."""
        voice = np.array([frame[2] for frame in self._kept], np.float32)
        around = np.convolve(voice, np.ones(2 * _LOW + 1), mode="same")
        half = self._longest // 2
        at = half + int(np.argmin(around[half : self._longest]))
        piece, self._kept = _piece(self._kept[:at]), self._kept[at:]
        return piece

    def _close(self) -> Iterator[Piece]:
        if self._kept:
            yield _piece(self._kept)
            self._kept = []


def _piece(frames: list[Frame], doubtful: bool = False) -> Piece:
    numbers, samples, voice = zip(*frames, strict=True)
    return Piece(np.concatenate(samples), np.array(numbers), np.array(voice, np.float32), doubtful)


def _doubt(stretch: list[Frame]) -> Iterator[Piece]:
    """A stretch without a detected voice, where the detector wavers or loudness moves as that of speech does."""
    if len(stretch) < _SHORTEST_STRETCH:
        return
    power = np.array([np.mean(np.square(samples)) for _, samples, _ in stretch])
    power.sort()
    floor_db, top_db = 10 * np.log10(power[[len(power) // 10, -_SYLLABLE]] + 1e-12)
    wavers = max(voice for _, _, voice in stretch) >= _WAVERING
    if top_db > _AUDIBLE_DB and (wavers or top_db - floor_db > _MOVING_DB):
        yield _piece(stretch, doubtful=True)
