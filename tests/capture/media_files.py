"""Media files made with PyAV from a real recording, as phones and recorders would write them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import av
import numpy as np

from dictate.capture.decode import Decoding
from dictate.capture.media import open_media
from dictate.capture.mix import Samples

SPEECH = Path(__file__).parents[1] / "data" / "librispeech_2033-164914-0000.flac"


def speech() -> Samples:
    """The recording's own samples, shape (n_samples,), 16 kHz."""
    with av.open(str(SPEECH)) as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    return np.concatenate(frames).astype(np.float32) / 32_768


def write(
    path: Path,
    *tracks: Samples,
    codec: str,
    container: str,
    rate: int = 16_000,
    tags: Mapping[str, str] | None = None,
    options: Mapping[str, str] | None = None,
    muxer: Mapping[str, str] | None = None,
) -> Path:
    """Encode tracks of shape (n_samples,) or (n_channels, n_samples), 16 kHz, one after the other."""
    with av.open(str(path), "w", format=container, options=dict(muxer or {})) as output:
        output.metadata.update(tags or {})
        layouts = ["mono" if np.atleast_2d(track).shape[0] == 1 else "stereo" for track in tracks]
        streams = [
            output.add_stream(codec, rate=rate, layout=layout, options=dict(options or {})) for layout in layouts
        ]
        for stream, track, layout in zip(streams, tracks, layouts, strict=True):
            samples = np.ascontiguousarray(np.atleast_2d(track), dtype=np.float32)
            frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout=layout)
            frame.sample_rate = 16_000
            size = 160 if "amrnb" in codec else None
            resampler = av.AudioResampler(stream.codec_context.format, layout, rate, frame_size=size)
            for piece in [*resampler.resample(frame), *resampler.resample(None), None]:
                output.mux(stream.encode(piece))
    return path


def remux(source: Path, target: Path, container: str, tags: Mapping[str, str]) -> Path:
    """The same packets under other tags, in another container."""
    with av.open(str(source)) as inward, av.open(str(target), "w", format=container) as outward:
        outward.metadata.update(tags)
        stream = outward.add_stream_from_template(inward.streams.audio[0])
        for packet in inward.demux(audio=0):
            if packet.dts is not None:
                packet.stream = stream
                outward.mux(packet)
    return target


def heard(path: Path, block_s: float = 30.0) -> tuple[Samples, tuple[str, ...]]:
    """All samples that dictate decodes from a file, and its warnings."""
    decoding = Decoding(open_media(path), block_s=block_s)
    blocks = list(decoding)
    return np.concatenate([np.zeros(0, np.float32), *blocks]), decoding.warnings


def likeness(samples: Samples, reference: Samples) -> tuple[float, float]:
    """Greatest correlation with the reference, and by how many seconds the samples come later than it."""
    size = 1 << (len(samples) + len(reference)).bit_length()
    spectrum = np.fft.rfft(samples, size) * np.conj(np.fft.rfft(reference, size))
    correlation = np.fft.irfft(spectrum, size)
    best = int(np.argmax(correlation))
    lag = best if best < size // 2 else best - size
    norm = float(np.linalg.norm(samples) * np.linalg.norm(reference))
    return float(correlation[best]) / norm, lag / 16_000
