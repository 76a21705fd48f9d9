"""Questions said aloud: by Piper where it and its voice are here, else by the speech program of the system.

    python -m dictate.voice TEXT        says it with Piper

Each is said in a process of its own, so that it can be cut short and takes nothing from the recording.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from typing import Any

from dictate import weights
from dictate.errors import InputError, MissingWeightsError

PIPER_VOICE = "voice-joe"
PROGRAMS = {"espeak-ng": ("-s", "150"), "espeak": ("-s", "150"), "say": ()}  # with words a minute


class Voice:
    """Says one text at a time; InputError where there is nothing to say it with."""

    def __init__(self) -> None:
        self._command = _piper() or _program()
        self._process: subprocess.Popen[bytes] | None = None

    def say(self, text: str) -> None:
        self.hush()
        self._process = subprocess.Popen(
            [*self._command, text],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the recording
        )

    @property
    def is_speaking(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def hush(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()
            self._process = None


def _piper() -> list[str]:
    try:
        weights.locate(PIPER_VOICE)
    except MissingWeightsError:
        return []
    return [sys.executable, "-m", __name__] if importlib.util.find_spec("piper") else []


def _program() -> list[str]:
    for name, options in PROGRAMS.items():
        if path := shutil.which(name):
            return [path, *options]
    raise InputError(
        "--voice finds no speech program: install espeak-ng, or Piper with "
        f"`pip install piper-tts` and `dictate models pull {PIPER_VOICE}`"
    )


def piper() -> Any:
    """Piper with its voice."""
    from piper import PiperVoice

    return PiperVoice.load(next(weights.locate(PIPER_VOICE).glob("*.onnx")))


def spoken(voice: Any, text: str, config: Any = None) -> Any:
    """What a voice of Piper's makes of a text: samples at its rate, shape (n_samples,), float32."""
    import numpy as np

    parts = [chunk.audio_float_array for chunk in voice.synthesize(text, config)]
    return np.concatenate([np.zeros(0, np.float32), *parts])


def main() -> None:
    import sounddevice

    voice = piper()
    sounddevice.play(spoken(voice, sys.argv[1]), voice.config.sample_rate, blocking=True)


if __name__ == "__main__":
    main()
