"""A debrief spoken into a microphone in real time: how far the text lags, how soon there are notes, what it costs.

python -m benchmarks.live [--minutes 10] [--model base] [--sound FILE] [--no-reference]

The microphone is a PulseAudio null sink, the program runs in a pseudo-terminal as a user runs it, and all figures are
read from its screen and from the system. Without a sound of one's own the sample memo is spoken again and again.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import numpy as np

from dictate import paths, weights
from dictate.records import Word
from dictate.store import Store
from tests.cli.room import RATE, SAMPLE, Room, Terminal, samples_of, write_wave

COLUMNS = 200
FRAME = re.compile(r"\r(?:\x1b\[(\d+)A)?\x1b\[J")
STYLE = re.compile(r"\x1b\[[\d;]*m")
CLOCK = re.compile(r"● (?:(\d+):)?(\d+):(\d\d) \[")


def main() -> None:
    options = parsed()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / ".asoundrc").write_text("pcm.!default { type pulse }\nctl.!default { type pulse }\n")
        kept = str(paths.weights_dir())
        os.environ |= {"HOME": folder, "DICTATE_MODELS": kept, "DICTATE_DB": str(home / "notes.db")}
        (home / "room").mkdir()
        room = Room(home / "room")
        try:
            sound = write_wave(home / "debrief.wav", speech(options.sound, options.minutes * 60))
            stop_s = measure(room, sound, options.minutes * 60, options.model)
        finally:
            room.close()
        compare(home, options.model)
        if not options.no_reference:
            reference_s = record_then_transcribe(sound, options.model, home)
            tell("openai-whisper on the file", f"{reference_s:.1f} s, {reference_s / stop_s:.0f} times as long")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure live capture.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--model", default="base")
    parser.add_argument("--sound", type=Path, default=SAMPLE)
    parser.add_argument("--no-reference", action="store_true", help="leave out the openai-whisper command")
    return parser.parse_args()


def speech(path: Path, seconds: float) -> np.ndarray:
    """So many seconds of a recording, from its beginning again where it is shorter."""
    samples = samples_of(path)
    return np.resize(samples, round(seconds * RATE))


def measure(room: Room, sound: Path, seconds: float, model: str) -> float:
    """Speak it and stop; tells what was measured and returns the seconds from the stop to the notes."""
    terminal = Terminal(room.env, "record", "--model", model, columns=COLUMNS)
    terminal.until(": speak")
    room.play(sound)
    written: list[tuple[float, int]] = []  # when, and how much there was of the screen
    begun = time.monotonic()
    while time.monotonic() < begun + seconds:
        terminal.look(0.05)
        written.append((time.monotonic(), len(terminal.screen)))
    share = cpu_s(terminal.process.pid) / (time.monotonic() - begun)
    stopped = time.monotonic()
    terminal.press("\n")
    terminal.until(" notes in interview")
    stop_s = time.monotonic() - stopped
    terminal.look(2)
    terminal.press("\x03")  # the questions that follow are for people
    assert terminal.end() == 0
    with Store.open(Path(os.environ["DICTATE_DB"])) as store:
        words = store.transcript(1).words
    lags = lags_s(terminal.screen, written, words)
    tell("length", f"{seconds / 60:.1f} min, {len(words)} words")
    tell("lag of the text", f"median {statistics.median(lags):.2f} s, p95 {np.percentile(lags, 95):.2f} s")
    tell("stop to notes", f"{stop_s:.2f} s")
    tell("lost sound", f"{terminal.screen.count('sound was lost')} times told")
    tell("fell behind", f"{terminal.screen.count('behind and will catch up')} times told")
    tell("processor", f"{share:.2f} of one core")
    tell("peak memory", f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f} MB")
    return stop_s


def lags_s(screen: str, written: list[tuple[float, int]], words: tuple[Word, ...]) -> list[float]:
    """For each word spoken after the first was shown: seconds from its end to when as many words were on the screen."""
    counts, began = shown_counts(screen, written)
    first = next(when for when, count in counts if count)
    lags = []
    for number, word in enumerate(words, 1):
        spoken = began + word.end_s
        shown = next((when for when, count in counts if count >= number), None)
        if shown is not None and spoken > first:
            lags.append(max(shown - spoken, 0.0))
    return lags


def shown_counts(screen: str, written: list[tuple[float, int]]) -> tuple[list[tuple[float, int]], float]:
    """(when, how many words were shown so far) for each drawing, and when the recording's clock stood at zero."""
    times, ends = zip(*written, strict=True)
    marks = list(FRAME.finditer(screen))
    counts: list[tuple[float, int]] = []
    began = float("inf")
    scrolled = 0  # words in rows that are drawn no more
    for mark, after in pairwise(marks):
        at = int(np.searchsorted(ends, mark.end(), side="left"))
        if at == len(times):
            break
        rows = STYLE.sub("", screen[mark.end() : after.start()]).replace("\r", "").split("\n")
        drawn = rows[-int(after[1] or 0) - 1 :]
        scrolled += sum(len(row.split()) for row in rows[: len(rows) - len(drawn)] if ": speak" not in row)
        state = next((number for number, row in enumerate(drawn) if CLOCK.match(row)), None)
        if state is not None:
            counts.append((times[at], scrolled + sum(len(row.split()) for row in drawn[:state])))
            hours, minutes, seconds = CLOCK.match(drawn[state]).groups(default="0")  # type: ignore[union-attr]
            began = min(began, times[at] - (int(hours) * 3600 + int(minutes) * 60 + int(seconds)))
    return counts, began


def compare(home: Path, model: str) -> None:
    """How many words differ from those of a transcript made afterwards from the kept file."""
    with Store.open(Path(os.environ["DICTATE_DB"])) as store:
        live = [word.text for word in store.transcript(1).words]
        path = store.recording(1)["path"]
    command = [sys.executable, "-m", "dictate", "transcribe", str(path), "--model", model]
    afterwards = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    whole = afterwards.stdout.split()
    tell("unlike a transcript afterwards", f"{edits(live, whole)} of {len(whole)} words")


def edits(one: list[str], other: list[str]) -> int:
    """Words to insert, delete or exchange."""
    row = np.arange(len(other) + 1)
    for number, word in enumerate(one, 1):
        kept = np.concatenate(([number], np.minimum(row[:-1] + np.array([word != w for w in other]), row[1:] + 1)))
        row = np.minimum.accumulate(kept - np.arange(len(kept))) + np.arange(len(kept))
    return int(row[-1])


def record_then_transcribe(sound: Path, model: str, folder: Path) -> float:
    """Seconds that the openai-whisper command takes for the same speech, with the same weights."""
    import torch

    from dictate.transcribe.reference import OpenAIWhisper

    whisper = OpenAIWhisper(weights.resolve_model(model).path, name=model, device="cpu")._whisper
    checkpoint = folder / f"{model}.pt"
    torch.save({"dims": asdict(whisper.dims), "model_state_dict": whisper.state_dict()}, checkpoint)
    language = ["--language", "en", "--word_timestamps", "True", "--fp16", "False"]
    command = ["whisper", str(sound), "--model", str(checkpoint), "--output_dir", str(folder), *language]
    command[0] = str(Path(sys.executable).with_name("whisper"))
    began = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.monotonic() - began


def cpu_s(process: int) -> float:
    """Seconds of processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def tell(what: str, figure: str) -> None:
    print(f"{what:32} {figure}", flush=True)


if __name__ == "__main__":
    main()
