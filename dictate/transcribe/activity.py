"""Voice activity, frame by frame, with nothing held but the network's state: recordings may be hours long.

The network is Silero's, in the file that faster-whisper carries; its inputs are described in
https://github.com/snakers4/silero-vad: frames of 512 samples, each preceded by the last 64 of the frame before.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dictate.errors import EngineError
from dictate.records import SAMPLE_RATE

Samples = npt.NDArray[np.float32]

FRAME = 512  # samples, 32 ms
FRAME_S = FRAME / SAMPLE_RATE
_CONTEXT = 64  # samples
_STATE = (1, 1, 128)

# The network misses quiet speech, and hears more in noise that clips: loudness is evened out before it.
_TARGET_PEAK = 0.5
_MOST_GAIN = 30.0  # 29.5 dB
_FORGET = 0.0693 * FRAME_S  # nepers a frame: a loud sound weighs half as much after ten seconds
_FLOOR = 1e-6

_STILL = 0.15  # probability of speech
_DROWSY = 125  # frames, 4 s


@cache
def _session() -> Any:
    """Silero's network on one thread, shared by every detector (its state is passed with each call)."""
    try:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.inter_op_num_threads = options.intra_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        place = find_spec("faster_whisper")  # not imported: that takes a second and 100 MB
        network = next(Path(str(place and place.origin)).parent.glob("assets/silero_vad_v*.onnx"))
        return onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has no public tree of exceptions
        raise EngineError(
            f"the voice activity detection cannot load ({error}); try: pip install --force-reinstall faster-whisper"
        ) from error


class Framer:
    """Turns blocks of any length into whole frames."""

    def __init__(self) -> None:
        self._rest = np.empty(0, np.float32)

    def push(self, block: Samples) -> Samples:
        """The frames completed by this block, shape (n_frames, 512)."""
        samples = np.concatenate((self._rest, block)) if len(self._rest) else np.asarray(block, np.float32)
        whole = len(samples) // FRAME * FRAME
        self._rest = samples[whole:].copy()
        return samples[:whole].reshape(-1, FRAME)

    def flush(self) -> Samples:
        """The last frame, filled up with zeros; shape (0 or 1, 512)."""
        rest, self._rest = self._rest, np.empty(0, np.float32)
        return np.pad(rest, (0, -len(rest) % FRAME)).reshape(-1, FRAME)


class Detector:
    """Tells for each frame how likely it is that somebody speaks; how the frames are grouped makes no difference."""

    def __init__(self) -> None:
        self._h = self._c = np.zeros(_STATE, np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
        self._loudest = np.log(_FLOOR)
        self._still = 0  # frames in which surely nobody spoke

    def probabilities(self, frames: Samples) -> Samples:
        """The probability of speech in each frame: shape (n_frames, 512) to (n_frames,)."""
        if not len(frames):
            return np.empty(0, np.float32)
        even = frames * self._gains(frames)[:, None]
        tails = np.concatenate((self._context[None], even[:-1, -_CONTEXT:]))
        self._context = even[-1, -_CONTEXT:].copy()
        inputs = np.concatenate((tails, even), axis=1)
        heard: list[Samples] = []
        while sum(map(len, heard)) < len(inputs):
            heard.append(self._run(inputs[sum(map(len, heard)) :][:_DROWSY]))
        return np.concatenate(heard)

    def _run(self, inputs: Samples) -> Samples:
        """Probabilities up to where the network has heard nothing for so long that it would miss the next word.

        Left in silence, its state drifts until a single word is lost in it; there it begins afresh.
        """
        output, h, c = _session().run(None, {"input": inputs, "h": self._h, "c": self._c})
        voice: Samples = np.asarray(output, np.float32).reshape(-1)
        loud = np.flatnonzero(voice >= _STILL)
        drowsy = _DROWSY - self._still  # frames from here, if nothing is heard before
        if len(voice) >= drowsy and (not len(loud) or loud[0] >= drowsy):
            voice = voice[:drowsy]
            self._h = self._c = np.zeros(_STATE, np.float32)
            self._still = 0
            return voice
        self._h, self._c = h, c
        self._still = len(voice) - 1 - int(loud[-1]) if len(loud) else self._still + len(voice)
        return voice

    def _gains(self, frames: Samples) -> Samples:
        """What each frame is multiplied by: never so much that it, or what was lately heard, would clip."""
        peaks = np.log(np.maximum(np.abs(frames).max(axis=1), _FLOOR))
        age = _FORGET * np.arange(1, len(peaks) + 1)
        lately = np.maximum(np.maximum.accumulate(peaks + age), self._loudest) - age
        self._loudest = lately[-1]
        gains: Samples = np.clip(_TARGET_PEAK / np.exp(lately), 1.0, _MOST_GAIN).astype(np.float32)
        return gains
