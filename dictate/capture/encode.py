"""From the raw file to the recording that is kept: FLAC (nothing is lost) or Opus (a tenth of the size), verified."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av import AudioFrame
from av.audio.resampler import AudioResampler

from dictate.capture.raw import HEADER, SAMPLE_BYTES, shape_of, sync_folder
from dictate.capture.timeline import clock
from dictate.capture.unfinished import Facts, Format, Place
from dictate.errors import MediaError

CHUNK_S = 1
CODECS: dict[Format, tuple[str, str, int | None]] = {  # container, codec, hertz that it takes (None: any)
    "flac": ("flac", "flac", None),
    "opus": ("ogg", "libopus", 48_000),
}
OPUS_BITS = 48_000  # a second and channel; speech in full band is transparent there
OPUS_SHORTER_S = 0.1  # than the raw file an Opus file may be


def encode(place: Place, facts: Facts) -> Path:
    """The recording, encoded, decoded again and compared; only then the raw file goes. What is encoded stays."""
    done = place.encoded
    if done is None:
        rate, channels, duration_s = shape_of(place.raw)
        if not duration_s:
            raise MediaError(f"{place.raw}: holds no sound; remove it with: dictate recover --discard")
        target = place.journal.with_suffix(f".{facts.format}")
        part = target.with_name(f".{target.name}.part")
        try:
            os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
            told = _encode(place.raw, part, rate, channels, facts)
            _verify(part, facts.format, rate, channels, told, duration_s)
            place.add(duration_s=round(duration_s, 3))
            part.replace(target)
            sync_folder(target.parent)
        except (OSError, av.FFmpegError) as error:
            reason = error.strerror or str(error)
            raise MediaError(
                f"{place.raw} cannot be encoded ({reason}); the sound is all there: make room, then: dictate recover"
            ) from error
        finally:
            part.unlink(missing_ok=True)
        done = target
    place.raw.unlink(missing_ok=True)
    return done


def _encode(raw: Path, part: Path, rate: int, channels: int, facts: Facts) -> str:
    """Write the file; returns a hash of the samples that went in."""
    container, codec, needed = CODECS[facts.format]
    layout = "mono" if channels == 1 else "stereo"
    digest = hashlib.sha256()
    with av.open(str(part), "w", format=container) as output:
        output.metadata.update(_tags(facts))
        stream = output.add_stream(codec, rate=needed or rate, layout=layout)
        if needed:
            stream.bit_rate = OPUS_BITS * channels
        resampler = AudioResampler(stream.codec_context.format, layout, needed or rate)
        for place, samples in _chunks(raw, rate, channels):
            digest.update(samples.tobytes())
            frame = AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout=layout)
            frame.sample_rate, frame.pts, frame.time_base = rate, place, Fraction(1, rate)
            for piece in resampler.resample(frame):
                output.mux(stream.encode(piece))
        for last in [*resampler.resample(None), None]:
            output.mux(stream.encode(last))
    with part.open("rb") as file:
        os.fsync(file.fileno())
    return digest.hexdigest()


def _chunks(raw: Path, rate: int, channels: int) -> Iterator[tuple[int, npt.NDArray[np.int16]]]:
    """The raw file's samples, interleaved, with the place of each chunk's first; half a one at the end is left."""
    place = 0
    with raw.open("rb") as file:
        file.seek(HEADER.size)
        while data := file.read(CHUNK_S * rate * channels * SAMPLE_BYTES):
            whole = len(data) - len(data) % (channels * SAMPLE_BYTES)
            samples = np.frombuffer(data[:whole], dtype=">i2").astype(np.int16)
            if len(samples):
                yield place, samples
            place += len(samples) // channels


def _verify(part: Path, form: Format, rate: int, channels: int, told: str, duration_s: float) -> None:
    """Decode it: FLAC must give every sample back, Opus the whole length."""
    layout = "mono" if channels == 1 else "stereo"
    digest, count = hashlib.sha256(), 0
    with av.open(str(part)) as container:
        resampler = AudioResampler("s16", layout, CODECS[form][2] or rate)
        for frame in container.decode(audio=0):
            for piece in resampler.resample(frame):
                digest.update(piece.to_ndarray().tobytes())
                count += piece.samples
    decoded_s = count / (CODECS[form][2] or rate)
    whole = digest.hexdigest() == told if form == "flac" else decoded_s > duration_s - OPUS_SHORTER_S
    if not whole:
        raise MediaError(
            f"{part}: is not what was recorded after it was encoded; the sound is kept: try dictate recover"
        )


def _tags(facts: Facts) -> dict[str, str]:
    tags = {"date_recorded": facts.started_at.isoformat(timespec="seconds"), "title": "Debrief"}
    if facts.marks_s:
        tags["comment"] = f"marked at {', '.join(clock(mark_s) for mark_s in facts.marks_s)}"
    return tags
