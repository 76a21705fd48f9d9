"""What a media file is: the track that can be decoded, and what its container tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import av
from av import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer

from dictate.capture.container import decoder_of, opened, packets, track
from dictate.capture.unchanged import state_of
from dictate.errors import MediaError
from dictate.records import FileStamp

PROTECTED_TAGS = ("drms", "enca", "aavd")  # sample entries of FairPlay, Common Encryption and Audible
UNTIMED_FORMATS = ("aac", "ac3", "amr", "amrnb", "amrwb", "gsm", "loas", "mp3")  # bare packets: no clock, no length
MIN_SAMPLE_RATE = 2_000  # hertz; a lower rate is a damaged header, and would make hours out of nothing
MAX_DURATION_S = 7 * 24 * 3600.0  # a longer duration is a damaged header


@dataclass(frozen=True, slots=True)
class Media:
    """A file that sounds: its chosen track (the first that decodes) and the container's facts."""

    path: Path
    container: str
    codec: str
    track: int  # index among the file's streams
    sample_rate: int  # hertz
    channels: int
    duration_s: float | None  # as the container tells or estimates it
    duration_is_known: bool  # told for this very track, no estimate from the bit rate
    tags: Mapping[str, str]  # keys in lower case
    state: FileStamp | None  # of the file before anything in it was read

    @property
    def is_untimed(self) -> bool:
        """Whether times in it are counted from its packets, and so wrong after lost ones."""
        return self.container in UNTIMED_FORMATS


def open_media(path: Path) -> Media:
    """Look into a file; MediaError tells why it cannot be used as sound."""
    state = state_of(path)
    with opened(path) as container:
        indices = [stream.index for stream in container.streams.audio]
        if not indices:
            raise MediaError(f"{path}: {_soundless(container)}")
    for index in indices:
        with opened(path) as container:
            stream = track(container, index)
            if not is_protected(stream) and decodes(container, stream):
                return _media(path, container, stream, state)
    with opened(path) as container:
        raise MediaError(f"{path}: {_undecodable(container)}")


def is_protected(stream: AudioStream) -> bool:
    """Whether the track is encrypted by a shop or a streaming service."""
    return bool(stream.codec_context) and stream.codec_context.codec_tag in PROTECTED_TAGS


def is_sound(frame: AudioFrame) -> bool:
    """Whether a decoded frame holds samples at a rate that sound can have."""
    return bool(frame.samples) and frame.sample_rate >= MIN_SAMPLE_RATE


def decodes(container: InputContainer, stream: AudioStream) -> bool:
    """Whether at least one frame of sound comes out of the track."""
    decoder = decoder_of(stream)
    if decoder is None:
        return False
    for packet in chain(packets(container, stream), [None]):
        try:
            if any(is_sound(frame) for frame in decoder.decode(packet)):
                return True
        except av.FFmpegError:
            continue
    return False


def _media(path: Path, container: InputContainer, stream: AudioStream, state: FileStamp | None) -> Media:
    context = stream.codec_context
    name = container.format.name
    told_s = _seconds(container, stream)
    lame = name == "mp3" and bool(container.start_time)  # LAME's header: the number of frames is known
    alone = stream.duration is not None or len(container.streams) == 1
    return Media(
        path=path,
        container=name,
        codec=context.codec.canonical_name,
        track=stream.index,
        sample_rate=context.sample_rate,
        channels=context.channels,
        duration_s=told_s,
        duration_is_known=told_s is not None and alone and (lame or name not in UNTIMED_FORMATS),
        tags={key.lower(): value for key, value in {**stream.metadata, **container.metadata}.items()},
        state=state,
    )


def _seconds(container: InputContainer, stream: AudioStream) -> float | None:
    if stream.duration is not None and stream.time_base is not None:
        seconds = float(stream.duration * stream.time_base)
    elif container.duration is not None:
        seconds = container.duration / av.time_base
    else:
        return None
    return seconds if 0 < seconds <= MAX_DURATION_S else None


def _soundless(container: InputContainer) -> str:
    if container.streams.video:
        return "has pictures but no sound; name a recording with sound"
    return "has no sound track; name a recording with sound"


def _undecodable(container: InputContainer) -> str:
    if any(is_protected(stream) for stream in container.streams.audio):
        return "is copy-protected (DRM); export it without protection from the app that made it"
    if all(stream.codec_context is None for stream in container.streams.audio):
        return "its sound is in a codec that cannot be decoded here; export it as m4a or wav"
    return "no sound in it can be decoded; copy it again from the phone or export it as m4a or wav"
