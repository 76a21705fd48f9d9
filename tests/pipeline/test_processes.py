"""Ctrl-C reaches the parent alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FIRST = """
import signal
from dictate.pipeline.processes import SPAWN, spawning

def told(line):
    line.send(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))

if __name__ == "__main__":
    for _ in range(2):
        ours, theirs = SPAWN.Pipe()
        with spawning():
            SPAWN.Process(target=told, args=(theirs,), daemon=True).start()
        print(ours.recv(), signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()))
"""


def test_the_first_process_takes_no_sigint_either(tmp_path: Path) -> None:
    script = tmp_path / "first.py"
    script.write_text(FIRST)
    ran = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["True False", "True False"]
