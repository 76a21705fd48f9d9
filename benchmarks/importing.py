"""How fast ``dictate import`` is beside its peers, on the same weights and memos: ``python -m benchmarks.importing``.

Whole commands are timed one after the other, loading of weights and (with dictate) labels and database included. The
memos are corpus texts spoken by Piper (see ``speech``), 20 s to 12 minutes long, and one memo of an hour. Results go
to ``benchmarks/RESULTS.md`` and ``benchmarks/results.json``.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.measuring import Ran, run, word_error_rate
from benchmarks.peers import Peers
from benchmarks.speech import LENGTHS_S, LONG_S, Memo, long_memo, memos
from dictate import weights
from dictate.capture.media import open_media
from dictate.store import Store
from dictate.transcribe.engine import BEAM, BEAM_ACCURATE

HERE = Path(__file__).parent
CACHE = HERE / ".cache"
LANGUAGE = "en"
DICTATE = {"dictate import": (BEAM, ()), "dictate import --accurate": (BEAM_ACCURATE, ("--accurate",))}


def main() -> None:
    options = _options()
    model = weights.ensure(options.model, assume_yes=True)
    spoken = memos(options.cache / "memos", options.memos)
    sets = {"memos": spoken}
    if options.long:
        sets["one long memo"] = [long_memo(options.cache / "memos", spoken, options.long)]
    peers = Peers(options.cache / "peers", model) if options.peers else None
    told: dict[str, Any] = {"machine": _machine(), "model": options.model, "date": str(date.today()), "sets": {}}
    told["versions"] = {**(peers.versions() if peers else {}), "dictate": version("dictate-debrief")}
    for name, said in sets.items():
        seconds = sum(open_media(memo.path).duration_s or 0.0 for memo in said)
        told["sets"][name] = {"memos": len(said), "seconds": round(seconds), "rows": []}
        for row in _rows(said, options.model, peers):
            row["times_real_time"] = round(seconds / row["seconds"], 1)
            told["sets"][name]["rows"].append(row)
            print(json.dumps(row), file=sys.stderr, flush=True)
            _write(told, options.out)  # after each row: a run takes hours, and may be ended before the slowest program


def _write(told: dict[str, Any], out: Path) -> None:
    (out / "results.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    (out / "RESULTS.md").write_text(as_markdown(told), encoding="utf-8")


def _rows(said: Sequence[Memo], model: str, peers: Peers | None) -> Iterator[dict[str, Any]]:
    for name, (beam, more) in DICTATE.items():
        with tempfile.TemporaryDirectory() as folder:
            yield {"name": name, "precision": "int8", "beam": str(beam), **_dictate(said, model, Path(folder), more)}
    for peer in peers.all(LANGUAGE) if peers else ():
        with tempfile.TemporaryDirectory() as folder:
            out = Path(folder)
            command = peer.command([memo.path for memo in said], out)
            path = f"{peers.path}{os.pathsep}{os.environ['PATH']}" if peers else ""
            ran = run(command, out / "log", PATH=path)
            heard = [_text(out, memo.path) for memo in said]
            yield {"name": peer.name, "precision": peer.precision, "beam": peer.beam, **_figures(ran, said, heard)}


def _dictate(said: Sequence[Memo], model: str, folder: Path, more: Sequence[str]) -> dict[str, Any]:
    database = folder / "notes.db"
    command = [sys.executable, "-m", "dictate", "--db", database, "import", *(memo.path for memo in said), "--json"]
    ran = run([*command, "--model", model, "--language", LANGUAGE, *more], folder / "log")
    with Store.open(database, read_only=True) as store:
        recordings = [shown for interview in store.show_all() for shown in interview["recordings"]]
        paths = dict(store.query("select id, original_path from recordings").rows)
    texts = {Path(paths[shown["id"]]): shown["transcript"] for shown in recordings}
    return _figures(ran, said, [texts.get(memo.path.absolute(), "") for memo in said])


def _figures(ran: Ran, said: Sequence[Memo], heard: Sequence[str]) -> dict[str, Any]:
    return {**asdict(ran), "wer": word_error_rate(zip((memo.words for memo in said), heard, strict=True))}


def _text(folder: Path, memo: Path) -> str:
    """What a peer wrote: each has its own idea of the name."""
    for name in (f"{memo.stem}.txt", f"{memo.name}.txt"):
        if (folder / name).exists():
            return (folder / name).read_text(encoding="utf-8", errors="replace")
    raise FileNotFoundError(f"no text of {memo} in {sorted(path.name for path in folder.iterdir())}")


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        name = next(line.split(": ")[1] for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{name}, {cores} cores, {platform.system()}, Python {platform.python_version()}"


def as_markdown(told: dict[str, Any]) -> str:
    """The tables, with what they were measured on."""
    lines = [
        "# Results",
        "",
        f"`make bench`, {told['date']}: {told['machine']}. Weights: Whisper {told['model']}, the same for all; the",
        "language is given. Whole commands, one after the other, loading included; dictate also labels and stores.",
        "WER: pooled, after Whisper's English normaliser. Memory: the most of all processes together, shared pages",
        "counted once (and, in brackets, for each).",
        "",
        ", ".join(f"{name} {number}" for name, number in told["versions"].items()) + ".",
    ]
    for name, measured in told["sets"].items():
        first = measured["rows"][0]["seconds"]
        lines += [
            "",
            f"## {name.capitalize()}: {measured['memos']}, {measured['seconds'] / 60:.0f} minutes in all",
            "",
            "| program | precision | beam | seconds | times real time | times dictate's seconds | WER % | memory MB |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
        ]
        lines += [
            f"| {row['name']} | {row['precision']} | {row['beam']} | {row['seconds']} | {row['times_real_time']} "
            f"| {row['seconds'] / first:.2f} | {row['wer']} | {row['pss_mb']} ({row['rss_mb']}) |"
            for row in measured["rows"]
        ]
    return "\n".join(lines) + "\n"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--memos", type=int, default=len(LENGTHS_S), help="only so many memos")
    parser.add_argument("--long", type=float, default=LONG_S, metavar="SECONDS", help="of the long memo; 0: none")
    parser.add_argument("--model", default="base")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="dictate alone")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where memos and peers are kept")
    parser.add_argument("--out", type=Path, default=HERE, help="where results are written")
    return parser.parse_args()


if __name__ == "__main__":
    if hasattr(os, "getloadavg") and os.getloadavg()[0] > 1:
        print("something else is running on this machine; the figures will be too low", file=sys.stderr)
    main()
