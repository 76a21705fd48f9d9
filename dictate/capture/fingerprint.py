"""What makes two files the same recording: the bytes of their sound, whatever is written around it."""

from __future__ import annotations

import hashlib

from dictate.capture.container import opened, packets, track
from dictate.capture.media import Media


def fingerprint(media: Media) -> str:
    """SHA-256 (hex) of the track's packets as they lie in the file, nothing decoded.

    Names, tags, covers and times are left out, and the container too where it leaves packets alone (m4a, mov; ogg,
    webm), so that a renamed, re-tagged or remuxed copy is the same recording.
    """
    digest = hashlib.sha256()
    with opened(media.path) as container:
        for packet in packets(container, track(container, media.track)):
            digest.update(packet)
    return digest.hexdigest()
