"""A media file's samples, in blocks, however long it is and whatever is broken in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import av
import numpy as np
from av import AudioFrame
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet

from dictate.capture.container import decoder_of, opened, packets, track
from dictate.capture.ending import is_cut
from dictate.capture.media import Media, is_sound
from dictate.capture.mix import Mixer, Samples
from dictate.capture.timeline import Timeline, clock
from dictate.errors import MediaError
from dictate.records import SAMPLE_RATE

BLOCK_S = 30.0
SHORTFALL_S, SHORTFALL = 0.5, 0.01  # less than this (plus this part of the length) missing at the end is no loss


class Decoding:
    """Iterate over it once for blocks of samples, shape (n_samples,); then ``warnings`` are complete."""

    def __init__(self, media: Media, *, block_s: float = BLOCK_S) -> None:
        self.media = media
        self.warnings: tuple[str, ...] = ()
        self._block = round(block_s * SAMPLE_RATE)
        self._given = 0
        self._read_bytes = 0  # of packets that became sound
        self._timeline = Timeline()

    @property
    def duration_s(self) -> float:
        """Seconds given so far."""
        return self._given / SAMPLE_RATE

    def __iter__(self) -> Iterator[Samples]:
        with opened(self.media.path) as container:
            cut = is_cut(self.media.path)
            yield from self._blocks(self._pieces(container))
        self.warnings = (*self._timeline.warnings(), *self._ending(cut))

    def _blocks(self, pieces: Iterator[Samples]) -> Iterator[Samples]:
        """Pieces of any length as blocks of one length; the last is shorter."""
        waiting: list[Samples] = []
        length = 0
        for piece in pieces:
            while length + len(piece) >= self._block:
                taken, piece = np.split(piece, [self._block - length])
                yield np.concatenate([*waiting, taken])
                waiting, length = [], 0
            waiting.append(piece)
            length += len(piece)
        if length:
            yield np.concatenate(waiting)

    def _pieces(self, container: InputContainer) -> Iterator[Samples]:
        """Sound and silence by turns, none longer than about a block."""
        origin_s = None if container.start_time is None else container.start_time / av.time_base
        self._timeline = Timeline(origin_s)
        mixer = Mixer()
        for frame in self._frames(container):
            silence_s = self._timeline.place(frame.time, frame.samples / frame.sample_rate)
            if silence_s or not mixer.fits(frame):
                yield self._count(mixer.finish())
                yield from self._silence(self._timeline.end_s - frame.samples / frame.sample_rate)
                mixer = Mixer()
            if mixer.feed(frame) >= self._block:
                yield self._count(mixer.drain())
        yield self._count(mixer.finish())
        if self._timeline.finish():
            yield from self._silence(self._timeline.end_s)

    def _count(self, samples: Samples) -> Samples:
        self._given += len(samples)
        return samples

    def _silence(self, until_s: float) -> Iterator[Samples]:
        while (missing := round(until_s * SAMPLE_RATE) - self._given) > 0:
            yield self._count(np.zeros(min(missing, self._block), dtype=np.float32))

    def _frames(self, container: InputContainer) -> Iterator[AudioFrame]:
        """The track's decoded frames; packets that cannot be decoded are told to the timeline."""
        stream = track(container, self.media.track)
        decoder = decoder_of(stream)
        if decoder is None:
            raise MediaError(
                f"{self.media.path}: its sound cannot be decoded any more; was the file changed? Try again"
            )
        for packet in chain(packets(container, stream), [None]):
            yield from self._decoded(decoder, packet)

    def _decoded(self, decoder: AudioCodecContext, packet: Packet[AudioStream] | None) -> list[AudioFrame]:
        try:
            frames = [frame for frame in decoder.decode(packet) if is_sound(frame)]
        except av.FFmpegError:
            if packet is not None:
                self._lose(packet)
            return []
        if packet is not None:
            self._read_bytes += packet.size
        return frames

    def _lose(self, packet: Packet[AudioStream]) -> None:
        """Tell the timeline; where packets have no clock of their own, bytes tell how much sound they held."""
        length_s = clocked_s = float((packet.duration or 0) * (packet.time_base or 0))
        if self.media.is_untimed and self._read_bytes:
            length_s = max(length_s, packet.size * self._timeline.end_s / self._read_bytes)
        self._timeline.lose(length_s, clocked_s)

    def _ending(self, cut: bool) -> tuple[str, ...]:
        told_s = self.media.duration_s if self.media.duration_is_known else None
        if told_s is not None and told_s - self.duration_s > SHORTFALL_S + SHORTFALL * told_s:
            return (f"ends too soon: only {clock(self.duration_s)} of {clock(told_s)} could be read",)
        if cut:
            return (f"ends too soon: what can be read is {clock(self.duration_s)} long",)
        return ()
