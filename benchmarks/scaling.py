"""How the speed of an import grows with workers, and what ends the growth.

    python -m benchmarks.scaling [--model tiny.en]

What one second of speech costs the reader, one worker, and the process that labels and stores is measured here with the
real parts, one at a time on one core. A discrete-event simulation then imports a folder of memos with any number of
workers, each as quick as the one measured: pieces wait in one pool, a group goes to the first worker that is free, as
``pipeline/flow.py`` does it. It leaves out what cores of one machine share (memory, heat), so its figures hold for
machines of a cluster and are an upper bound for the cores of one.
"""

from __future__ import annotations

import argparse
import heapq
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dictate import weights
from dictate.capture.decode import Decoding
from dictate.capture.media import open_media
from dictate.pipeline.pool import GROUP
from dictate.pipeline.recording import Wish, keep, recording_of
from dictate.pipeline.worker import Task, hear
from dictate.records import Interview, Transcript, Word
from dictate.segment.pipeline import Segmenter
from dictate.store import Store
from dictate.transcribe.engine import choose_engine
from dictate.transcribe.pieces import Packed, pieces
from dictate.transcribe.recording import Options

SAMPLE = Path(__file__).parents[1] / "samples" / "memo.m4a"
WORKERS = (1, 2, 4, 8, 16, 32, 64, 128)
PIECE_S = 12.0  # the usual length of a piece
SPEECH = 0.85  # of a memo, that is no silence


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds of computing for one second of a memo, and for each memo."""

    read: float
    hear: float  # of one worker
    finish: float  # labelling, for each second
    store: float  # for each memo


def measure(model: str) -> Costs:
    """The costs on this machine in processor time, which others at work on it hardly change; each the best of three."""
    choice = choose_engine(weights.ensure(model, assume_yes=True), device="cpu", name=model)
    media = open_media(SAMPLE)
    duration_s = media.duration_s or 0.0
    packed: list[Packed] = []

    def read() -> None:
        packed[:] = [piece.pack() for piece in pieces(Decoding(media), choice.longest_s)]

    read_s = _best(read)
    task = Task(choice, Options("en"), tuple(packed[:GROUP]))
    words: list[Word] = []

    def listen() -> None:
        words[:] = [word for said in hear(task).words for word in said]

    hear_s = _best(listen) / sum(piece.duration_s for piece in task.pieces) * SPEECH
    transcript = Transcript(tuple(words), "en", duration_s, choice.engine, model)
    segmenter = Segmenter()
    label_s = _best(lambda: segmenter.segment(transcript.text))
    segmentation = segmenter.segment(transcript.text)
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "notes.db") as store:
        began = time.process_time()
        keep(recording_of(media), transcript, segmentation, store, Wish(Interview()))
        store_s = time.process_time() - began
    return Costs(read_s / duration_s, hear_s, label_s / duration_s, store_s)


def _best(action: Callable[[], object], rounds: int = 3) -> float:
    times = []
    for _ in range(rounds):
        began = time.process_time()
        action()
        times.append(time.process_time() - began)
    return min(times)


def simulate(memos_s: Sequence[float], workers: int, costs: Costs) -> float:
    """Seconds until the last memo is stored, once the engines are loaded."""
    free = [0.0] * workers  # when each worker is free
    ready: list[tuple[float, int, float]] = []  # when a piece is read, of which memo, how long
    clock = 0.0
    for memo, length_s in enumerate(memos_s):
        left_s = length_s
        while left_s > 0:
            piece_s = min(PIECE_S, left_s)
            clock += piece_s * costs.read
            ready.append((clock, memo, piece_s))
            left_s -= piece_s
    heard = [0.0] * len(memos_s)
    size = max(1, min(GROUP, -(-len(ready) // (2 * workers))))  # towards the end groups are small
    for at in range(0, len(ready), size):
        group = ready[at : at + size]
        began = max(heapq.heappop(free), group[-1][0])
        done = began + sum(piece_s for _, _, piece_s in group) * costs.hear
        heapq.heappush(free, done)
        for _, memo, _ in group:
            heard[memo] = max(heard[memo], done)
    finished = 0.0
    for memo in sorted(range(len(memos_s)), key=heard.__getitem__):
        finished = max(finished, heard[memo]) + memos_s[memo] * costs.finish + costs.store
    return finished


def report(costs: Costs, memos_s: Sequence[float]) -> str:
    """The costs, and a table of speed against workers."""
    total_s = sum(memos_s)
    mean_s = total_s / len(memos_s)
    finish = costs.finish + costs.store / mean_s
    lines = [
        f"For one second of a memo: reading {costs.read * 1000:.2f} ms (one process), hearing "
        f"{costs.hear * 1000:.1f} ms (a worker), labelling and storing {finish * 1000:.2f} ms (the importing process).",
        f"{len(memos_s)} memos, {total_s / 60:.0f} minutes in all. Reading alone allows {1 / costs.read:.0f} times "
        f"real time, labelling and storing {1 / finish:.0f}.",
        "",
        "| workers | times real time | of one worker's | each worker busy |",
        "| ---: | ---: | ---: | ---: |",
    ]
    one = simulate(memos_s, 1, costs)
    for workers in WORKERS:
        took = simulate(memos_s, workers, costs)
        busy = total_s * costs.hear / (workers * took)
        lines.append(f"| {workers} | {total_s / took:.0f} | {one / took:.1f} | {busy:.0%} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="base")
    model = parser.parse_args().model
    rng = random.Random(1)
    print(report(measure(model), [rng.uniform(20, 720) for _ in range(200)]))


if __name__ == "__main__":
    main()
