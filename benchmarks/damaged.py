"""A thousand damaged memos and ten good ones in one import: what becomes of them, how long it takes, how much memory.

python -m benchmarks.damaged [--count 1000]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.capture.media_files import speech
from tests.pipeline.damage import good, variants

GOOD = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    count = parser.parse_args().count
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        samples = speech()[: 5 * 16_000]
        files = good(folder, samples)
        for path in folder.iterdir():
            path.unlink()
        (folder / "memos").mkdir()
        for variant, content in variants(files, count):
            (folder / "memos" / variant).write_bytes(content)
        (folder / "forms").mkdir()
        for number in range(GOOD):  # another sound each
            good(folder / "forms", samples[number * 1600 :])
            (folder / "forms" / "good.m4a").rename(folder / "memos" / f"good {number}.m4a")
        command = [sys.executable, "-m", "dictate", "--db", str(folder / "notes.db"), "import", str(folder / "memos")]
        began = time.monotonic()
        ran = subprocess.run([*command, "--model", "tiny.en", "--json"], capture_output=True, text=True)
        took_s = time.monotonic() - began
        told = json.loads(ran.stdout)
    states = {state: len(told[state]) for state in ("imported", "skipped", "failed")}
    done = sum("good " in one["path"] for one in told["imported"])
    print(f"{count} damaged memos and {GOOD} good ones: {states}, exit {ran.returncode}, {took_s:.0f} s")
    print(f"good ones imported: {done}; told of in all: {sum(states.values())}")
    lines = ran.stderr.splitlines()
    unsaid = [one["path"] for state in ("skipped", "failed") for one in told[state] if not _said(one["path"], lines)]
    print(f"without a line of their own: {len(unsaid)}; tracebacks: {ran.stderr.count('Traceback')}")
    reasons = Counter(one["error"].split(";")[0] for one in told["failed"])
    print(*(f"{number:5} {reason}" for reason, number in reasons.most_common(12)), sep="\n")
    print(f"most memory of one process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")


def _said(path: str, lines: list[str]) -> bool:
    return sum(f"{path}: " in line for line in lines) == 1


if __name__ == "__main__":
    main()
