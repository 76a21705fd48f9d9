"""What makes two files the same recording: the bytes of their sound, whatever is written around it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from dictate.capture.container import opened, packets, track
from dictate.capture.media import Media
from dictate.capture.tags import ending

TO_THE_END = ("flac", "mp3")  # formats whose last packet reaches to the end of the file, tags and all
SIGN_BYTES = 256 * 1024  # of sound between two signs of life: seconds on the slowest storage


def fingerprint(media: Media, alive: Callable[[], None] | None = None) -> str:
    """SHA-256 (hex) of the track's packets as they lie in the file, nothing decoded.

    Names, tags, covers and times are left out, and the container too where it leaves packets alone (m4a, mov; ogg,
    webm), so that a renamed, re-tagged or remuxed copy is the same recording. ``alive`` is called now and then.
    """
    digest = hashlib.sha256()
    unsaid = 0
    with opened(media.path, _end(media)) as container:
        for packet in packets(container, track(container, media.track)):
            digest.update(packet)
            unsaid += packet.size
            if alive and unsaid >= SIGN_BYTES:
                alive()
                unsaid = 0
    return digest.hexdigest()


def _end(media: Media) -> int | None:
    """Where the sound ends before tags; None where nothing is to be left out."""
    if media.container not in TO_THE_END:
        return None
    try:
        end = ending(media.path)
        return end if end < media.path.stat().st_size else None
    except OSError:  # opening it tells why
        return None
