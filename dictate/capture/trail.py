"""The recording encoded while it is spoken, so that little of that is left when it ends."""

from __future__ import annotations

import os
import threading

import av

from dictate.capture.encode import feed, part_of, put, tags
from dictate.capture.encoder import Encoder
from dictate.capture.following import Growing
from dictate.capture.recorder import Recorder
from dictate.capture.unfinished import Facts, Place
from dictate.errors import MediaError

EVERY_S = 1.0
LEAST_ROOM = 256 * 2**20  # bytes free on the disk; what is left under that is for the samples


class Trail:
    """Follows the raw file in a thread. Where it fails it leaves everything to ``encode``, which says why."""

    def __init__(self, place: Place, facts: Facts, recorder: Recorder) -> None:
        self._place, self._facts, self._recorder = place, facts, recorder
        self._whole = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def finish(self) -> None:
        """Encode what is left of a raw file that is whole now; returns when the recording is there, or it failed."""
        self._whole.set()
        self._thread.join()

    def _run(self) -> None:
        part = part_of(self._place, self._facts)
        try:
            growing = Growing(self._place.raw)
            try:
                self._follow(growing, Encoder(part, growing.shape, self._facts.format, tags(self._facts)))
            finally:
                growing.close()
                part.unlink(missing_ok=True)
        except (OSError, av.FFmpegError, MediaError):
            return

    def _follow(self, growing: Growing, encoder: Encoder) -> None:
        try:
            while not self._whole.is_set() and self._has_room():
                feed(encoder, growing)
                self._whole.wait(EVERY_S)
            if self._whole.is_set() and self._has_room():
                feed(encoder, growing)
                put(encoder, self._place, self._place.facts(), growing.read_s)
        finally:
            encoder.close()

    def _has_room(self) -> bool:
        disk = os.statvfs(self._place.journal.parent)
        return not self._recorder.is_full and disk.f_bavail * disk.f_frsize > LEAST_ROOM
