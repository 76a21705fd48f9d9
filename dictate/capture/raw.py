"""The file that samples go into while they are spoken: readable whatever happens, at whatever byte it ends.

It is a Sun/NeXT AU file, whose header says "length unknown" by design and is never written again: no patching at the
end as in WAV, no frame that has to be complete as in FLAC, no second file that must fit. What lies on disk is header
plus 16-bit samples, so that a file cut anywhere loses at most half a sample, and every player opens it. The header is
written through to the disk before recording is said to have begun, samples twice a second.
"""

from __future__ import annotations

import errno
import os
import struct
import time
from pathlib import Path

from dictate.errors import MediaError

HEADER = struct.Struct(">4s5I4x")  # magic, offset of the samples, their bytes, encoding, hertz, channels; no remark
MAGIC = b".snd"
UNKNOWN_LENGTH = 0xFFFF_FFFF
LINEAR_16 = 3
SAMPLE_BYTES = 2
SYNC_S = 0.4  # so that with what waits in the writer a sample is safe within a second
RETRY_S = 0.5  # on a full disk
FULL = (errno.ENOSPC, errno.EDQUOT)


class RawFile:
    """Takes samples in and puts them on disk; on a full disk they wait in memory."""

    def __init__(self, path: Path, rate: int, channels: int) -> None:
        self.rate, self.channels = rate, channels
        self.is_full = False
        self._waiting = bytearray()
        self._taken = 0  # bytes of samples
        self._tried_at = self._synced_at = 0.0
        self._file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            os.write(self._file, HEADER.pack(MAGIC, HEADER.size, UNKNOWN_LENGTH, LINEAR_16, rate, channels))
            os.fsync(self._file)
        except OSError:
            os.close(self._file)
            path.unlink()
            raise
        sync_folder(path.parent)

    @property
    def descriptor(self) -> int:
        return self._file

    @property
    def duration_s(self) -> float:
        """Seconds taken in, on disk or not."""
        return self.seconds(self._taken)

    @property
    def waiting_s(self) -> float:
        return self.seconds(len(self._waiting))

    def seconds(self, size: int) -> float:
        """How long so many bytes sound."""
        return size / (self.rate * self.channels * SAMPLE_BYTES)

    def take(self, samples: bytes) -> None:
        """Samples as AU holds them (big-endian); ``settle`` writes them."""
        self._waiting += samples
        self._taken += len(samples)

    def settle(self, *, at_once: bool = False) -> None:
        """Write what waits and see that it is on the disk; a full disk is told by ``is_full`` and tried again later."""
        now = time.monotonic()
        if self.is_full and now - self._tried_at < RETRY_S:
            return
        self._tried_at = now
        try:
            while self._waiting:
                written = os.write(self._file, self._waiting)
                del self._waiting[:written]
            self.is_full = False
            if at_once or now - self._synced_at >= SYNC_S:
                os.fsync(self._file)
                self._synced_at = now
        except OSError as error:
            if error.errno not in FULL:
                raise
            self.is_full = True

    def close(self) -> None:
        os.close(self._file)


def fault_told(fault: Exception) -> str:
    """What went wrong, in words for people."""
    if isinstance(fault, MemoryError):
        return "the memory is full"
    if not isinstance(fault, OSError):
        return f"a fault in dictate: {type(fault).__name__}: {fault}"
    return "the disk is full" if fault.errno in FULL else f"the disk fails: {fault.strerror or fault}"


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as lasting as the files."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def shape_of(path: Path) -> tuple[int, int, float]:
    """Hertz, channels and seconds of such a file."""
    with path.open("rb") as file:
        head = file.read(HEADER.size)
        size = os.fstat(file.fileno()).st_size
    if len(head) < HEADER.size or not head.startswith(MAGIC):
        raise MediaError(f"{path}: its first bytes are lost; remove it with: dictate recover --discard")
    _, offset, _, _, rate, channels = HEADER.unpack(head)
    if not rate or not channels:
        raise MediaError(f"{path}: its first bytes are damaged; remove it with: dictate recover --discard")
    return rate, channels, (size - offset) // (channels * SAMPLE_BYTES) / rate
