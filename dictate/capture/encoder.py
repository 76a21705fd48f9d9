"""One file of a format, written as samples come and verified as it is written.

Each packet is decoded as soon as it is made and compared with what went in; in the end the packets are read back from
the file and compared with those. So the end costs one reading, however long the recording is.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import av
from av import AudioFrame
from av.audio.codeccontext import AudioCodecContext
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.codec import CodecContext
from av.container import OutputContainer
from av.packet import Packet

from dictate.capture.fingerprint import fingerprint
from dictate.capture.fitting import Shape
from dictate.capture.media import open_media
from dictate.capture.unfinished import Format
from dictate.errors import MediaError

CODECS: dict[Format, tuple[str, str, int | None]] = {  # container, codec, hertz that it takes (None: any)
    "flac": ("flac", "flac", None),
    "opus": ("ogg", "libopus", 48_000),
}
OPUS_BITS = 48_000  # a second and channel; speech in full band is transparent there
OPUS_SHORTER_S = 0.1  # than the raw file an Opus file may be


class Encoder:
    """Frames to ``part``, a file of this format that its owner alone can read."""

    def __init__(self, part: Path, shape: Shape, form: Format, tags: dict[str, str]) -> None:
        self.part = part
        self._form, self._tags = form, tags
        self._rate = CODECS[form][2] or shape.rate
        os.close(os.open(part, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        self._output, self._stream = _output(part, form, self._rate, shape, tags)
        context = self._stream.codec_context
        self._resampler = AudioResampler(context.format, shape.layout, self._rate)
        self._back = AudioResampler("s16", shape.layout, self._rate)
        self._decoder: AudioCodecContext | None = None
        self._given, self._got, self._packets = hashlib.sha256(), hashlib.sha256(), hashlib.sha256()
        self._decoded = 0  # samples of one channel

    def push(self, frame: AudioFrame) -> None:
        """Take in a frame of 16-bit samples; its time says where it is."""
        self._given.update(frame.to_ndarray().tobytes())
        for piece in self._resampler.resample(frame):
            self._write(self._stream.encode(piece))

    def finish(self, duration_s: float, tags: dict[str, str]) -> None:
        """End the file, with tags as they are by now; MediaError where it is not what went in, or Opus not so long."""
        for piece in [*self._resampler.resample(None), None]:
            self._write(self._stream.encode(piece))
        self._hear(None)
        self.close()
        if tags != self._tags:
            _retag(self.part, self._form, tags)
        with self.part.open("rb") as file:
            os.fsync(file.fileno())
        whole = fingerprint(open_media(self.part)) == self._packets.hexdigest() and (
            self._got.digest() == self._given.digest()
            if self._form == "flac"
            else self._decoded / self._rate > duration_s - OPUS_SHORTER_S
        )
        if not whole:
            raise MediaError(
                f"{self.part}: is not what was recorded after it was encoded; the sound is kept: try dictate recover"
            )

    def close(self) -> None:
        self._output.close()

    def _write(self, packets: list[Packet[AudioStream]]) -> None:
        for packet in packets:
            if packet.size:
                self._packets.update(packet)
                self._hear(packet)
            self._output.mux(packet)

    def _hear(self, packet: Packet[AudioStream] | None) -> None:
        """Decode what was just encoded."""
        if self._decoder is None:
            codec = self._stream.codec_context
            decoder = CodecContext.create(codec.codec.name, "r")
            assert isinstance(decoder, AudioCodecContext)
            decoder.extradata, decoder.sample_rate, decoder.layout = codec.extradata, codec.sample_rate, codec.layout
            self._decoder = decoder
        for frame in self._decoder.decode(packet):
            for piece in self._back.resample(frame):
                self._got.update(piece.to_ndarray().tobytes())
                self._decoded += piece.samples


def _retag(part: Path, form: Format, tags: dict[str, str]) -> None:
    """Exchange the tags of a finished file, which stand before its packets, by a copy with the packets as they are."""
    target = part.with_name(f"{part.name}.tagged.part")
    os.close(os.open(target, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
    container = CODECS[form][0]
    with av.open(str(part)) as source, av.open(str(target), "w", format=container) as output:
        output.metadata.update(tags)
        stream = output.add_stream_from_template(source.streams.audio[0])
        for packet in source.demux(source.streams.audio[0]):
            if packet.size:
                packet.stream = stream
                output.mux(packet)
    target.replace(part)


def _output(
    part: Path, form: Format, rate: int, shape: Shape, tags: dict[str, str]
) -> tuple[OutputContainer, AudioStream]:
    container, codec, needed = CODECS[form]
    output = av.open(str(part), "w", format=container)
    output.metadata.update(tags)
    stream = output.add_stream(codec, rate=rate, layout=shape.layout)
    assert isinstance(stream, AudioStream)
    if needed:
        stream.bit_rate = OPUS_BITS * shape.channels
    return output, stream
