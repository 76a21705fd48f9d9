"""Media files through PyAV: opened safely, read packet by packet, and its errors made ours.

Only formats that sound recorders, phones and messengers write are tried, and nothing but the file itself is
opened: a playlist under a sound file's name cannot make FFmpeg fetch what it points to.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

import av
from av.audio.codeccontext import AudioCodecContext
from av.audio.stream import AudioStream
from av.codec import CodecContext
from av.codec.codec import UnknownCodecError
from av.container import InputContainer
from av.packet import Packet

from dictate.capture.diagnosis import diagnosis
from dictate.capture.tags import Stretch, beginning
from dictate.errors import MediaError

FORMATS = (  # FFmpeg's names
    "aac,ac3,aiff,amr,amrnb,amrwb,asf,au,avi,caf,dss,flac,gsm,loas,matroska,mov,mp3,mpeg,mpegts,ogg,qcp,rm,tta,w64,wav,wv"
)
BETTER_DECODERS = {"amrnb": "libopencore_amrnb"}  # FFmpeg's own fails on the pauses (comfort noise) of AMR-NB
MAX_FAILURES = 100  # in a row, after which the rest of a damaged file is given up

av.logging.set_level(None)  # FFmpeg's remarks belong on nobody's screen; what matters becomes a warning or an error


@contextmanager
def opened(path: Path, end: int | None = None) -> Iterator[InputContainer]:
    """The file (up to ``end``) as a container, closed afterwards; whatever PyAV raises on the way is a MediaError."""
    if path.exists() and not path.is_file():  # opening a pipe would wait for a writer
        raise MediaError(f"{path}: {diagnosis(path)}")
    options = {"format_whitelist": FORMATS, "protocol_whitelist": "file"}
    try:
        start = beginning(path)
        whole = not start and end is None
        with nullcontext() if whole else closing(_stretch(path, start, end)) as stretch:
            file = stretch or f"file:{path}"
            with av.open(file, metadata_errors="replace", options=options) as container:
                yield container
    except (OSError, av.FFmpegError) as error:
        raise MediaError(f"{path}: {diagnosis(path, error)}") from error


def _stretch(path: Path, start: int, end: int | None) -> Stretch:
    return Stretch(path, start, path.stat().st_size if end is None else end)


def track(container: InputContainer, index: int) -> AudioStream:
    """The sound track at this place among the container's streams."""
    for stream in container.streams.audio:
        if stream.index == index:
            return stream
    raise MediaError(f"{container.name}: its sound track is gone; was the file changed? Try again")


def packets(container: InputContainer, stream: AudioStream) -> Iterator[Packet[AudioStream]]:
    """The track's packets that hold bytes; damage between them is stepped over."""
    failures = 0
    demuxer = container.demux(stream)
    while failures < MAX_FAILURES:
        try:
            packet = next(demuxer)
        except StopIteration:
            return
        except av.FFmpegError:
            failures += 1
            demuxer = container.demux(stream)  # a generator that has raised is spent; the container goes on
            continue
        failures = 0
        if packet.size:
            yield packet


def decoder_of(stream: AudioStream) -> AudioCodecContext | None:
    """What decodes the track here: the better decoder where there is one, None where there is none."""
    context = stream.codec_context
    better = BETTER_DECODERS.get(context.name) if context else None
    if better is None:
        return context
    try:
        decoder = CodecContext.create(better, "r")
    except UnknownCodecError:
        return context
    assert isinstance(decoder, AudioCodecContext)
    decoder.sample_rate, decoder.extradata = context.sample_rate, context.extradata
    decoder.layout = "mono"
    return decoder
