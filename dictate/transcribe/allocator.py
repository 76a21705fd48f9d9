"""How the C library hands out memory."""

from __future__ import annotations

import ctypes

# Of mallopt(3), in glibc's malloc.h.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_KEPT = 64 << 20  # bytes at the end of the heap that are not given back
_LARGEST = 32 << 20  # bytes of a block that has its place in the heap; glibc takes no more


def share_heap() -> None:
    """One heap for all threads, where the C library is glibc; to be called before there are threads.

    Measured: with a heap of each thread's own, encoding a short window takes 1.4 to 1.6 times as long until one of 15 s
    has been encoded. It is the kernels that take longer, not the system, so it must be where the blocks lie.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    for option, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _LARGEST), (_TRIM_THRESHOLD, _KEPT)):
        mallopt(option, value)
