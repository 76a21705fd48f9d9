"""From the raw file to the recording that is kept: FLAC (nothing is lost) or Opus (a tenth of the size), verified."""

from __future__ import annotations

from pathlib import Path

import av

from dictate.capture.encoder import Encoder
from dictate.capture.following import Growing
from dictate.capture.raw import shape_of, sync_folder
from dictate.capture.timeline import clock
from dictate.capture.unfinished import Facts, Place
from dictate.errors import MediaError

CHUNK_S = 1


def encode(place: Place, facts: Facts) -> Path:
    """The recording, encoded, decoded again and compared; only then the raw file goes. What is encoded stays."""
    done = place.encoded
    if done is None:
        _, _, duration_s = shape_of(place.raw)
        if not duration_s:
            raise MediaError(f"{place.raw}: holds no sound; remove it with: dictate recover --discard")
        part = part_of(place, facts)
        growing = Growing(place.raw)
        try:
            encoder = Encoder(part, growing.shape, facts.format, tags(facts))
            feed(encoder, growing)
            done = put(encoder, place, facts, duration_s)
        except (OSError, av.FFmpegError) as error:
            reason = error.strerror or str(error)
            raise MediaError(
                f"{place.raw} cannot be encoded ({reason}); the sound is all there: make room, then: dictate recover"
            ) from error
        finally:
            growing.close()
            part.unlink(missing_ok=True)
    place.raw.unlink(missing_ok=True)
    return done


def part_of(place: Place, facts: Facts) -> Path:
    """Where the recording is encoded before it is whole."""
    return place.journal.with_name(f".{place.journal.stem}.{facts.format}.part")


def feed(encoder: Encoder, growing: Growing) -> None:
    """Encode what is there of a raw file."""
    while len(samples := growing.read(CHUNK_S)):
        encoder.push(growing.frame(samples))


def put(encoder: Encoder, place: Place, facts: Facts, duration_s: float) -> Path:
    """End the file, see that it is what was recorded, and give it its name."""
    encoder.finish(duration_s, tags(facts))
    place.add(duration_s=round(duration_s, 3))
    target = place.journal.with_suffix(f".{facts.format}")
    encoder.part.replace(target)
    sync_folder(target.parent)
    return target


def tags(facts: Facts) -> dict[str, str]:
    told = {"date_recorded": facts.started_at.isoformat(timespec="seconds"), "title": "Debrief"}
    if facts.marks_s:
        told["comment"] = f"marked at {', '.join(clock(mark_s) for mark_s in facts.marks_s)}"
    return told
