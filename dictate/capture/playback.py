"""A stretch of a recording, heard or cut out."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from dictate.capture.decode import Decoding
from dictate.capture.devices import devices, portaudio, quiet
from dictate.capture.media import open_media
from dictate.capture.mix import Samples
from dictate.errors import DeviceError
from dictate.records import SAMPLE_RATE

BLOCK_S = 0.25


def stretch(path: Path, start_s: float, end_s: float) -> Iterator[Samples]:
    """Samples from one second of a recording to another, in short blocks."""
    done_s = 0.0
    for block in Decoding(open_media(path), block_s=BLOCK_S):
        first = round((start_s - done_s) * SAMPLE_RATE)
        last = round((end_s - done_s) * SAMPLE_RATE)
        done_s += len(block) / SAMPLE_RATE
        if first < len(block) and last > 0:
            yield block[max(0, first) : last]
        if done_s >= end_s:
            return


def play(path: Path, start_s: float, end_s: float) -> None:
    """Let a stretch be heard on the default loudspeaker."""
    sounddevice = portaudio()
    if not devices("output"):
        raise DeviceError("there is no loudspeaker; plug one in, or save the moment with: --output FILE.wav")
    try:
        with quiet(), sounddevice.OutputStream(samplerate=SAMPLE_RATE, channels=1, dtype="float32") as stream:
            for block in stretch(path, start_s, end_s):
                stream.write(np.ascontiguousarray(block[:, None]))
    except sounddevice.PortAudioError as error:
        raise DeviceError(
            f"the loudspeaker cannot be used ({error}); save the moment with: --output FILE.wav"
        ) from error


def save(path: Path, start_s: float, end_s: float, out: Path) -> None:
    """Write a stretch as a WAV file, 16 kHz, 16 bit, mono; nothing is written where the recording cannot be read."""
    sound = [(np.clip(block, -1, 1) * 32767).astype("<i2") for block in stretch(path, start_s, end_s)]
    try:
        with wave.open(str(out), "wb") as file:
            file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
            file.writeframes(np.concatenate(sound).tobytes() if sound else b"")
    except OSError as error:
        raise DeviceError(f"{out}: cannot be written ({error.strerror}); choose another place") from error
