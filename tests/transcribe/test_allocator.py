"""One heap for all threads."""

from __future__ import annotations

import ctypes
import re
import subprocess
import sys
from pathlib import Path

import pytest

HEAPS = """
import ctypes, sys, threading
from dictate.transcribe.allocator import share_heap
if sys.argv[1] == "shared":
    share_heap()
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
thread = threading.Thread(target=libc.malloc, args=(100_000,))
thread.start()
thread.join()
out = ctypes.c_void_p(libc.fopen(sys.argv[2].encode(), b"w"))
libc.malloc_info(0, out)
libc.fclose(out)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="the C library is not glibc")
@pytest.mark.parametrize(("manner", "count"), [("own", 2), ("shared", 1)])
def test_threads_have_a_heap_of_their_own_unless_it_is_shared(tmp_path: Path, manner: str, count: int) -> None:
    told = tmp_path / "heaps.xml"
    subprocess.run([sys.executable, "-c", HEAPS, manner, str(told)], check=True)
    assert len(re.findall("<heap nr=", told.read_text())) == count
