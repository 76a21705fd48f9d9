"""How quick the store is with 10,000 interviews and 300,000 notes: ``python benchmarks/store.py [INTERVIEWS]``.

Makes a database of made-up debriefs (30 notes each) in a temporary folder, then times ``list``, ``show`` and
``search`` as the commands call them, on an open store, and prints milliseconds as JSON.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dictate.records import (
    KINDS,
    Debrief,
    Interview,
    RecordedAt,
    Recording,
    Segmentation,
    Span,
    Transcript,
    Word,
)
from dictate.store import Store, connection, writes

NOTES = 30
ROUNDS = 300
VOCABULARY = 20_000
COMMON = "the and I they asked said was about to a me in it of for that my on with role team".split()
BEGIN = datetime(2020, 1, 1, 9, tzinfo=UTC)


def main(interviews: int) -> None:
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notes.db"
        began = time.perf_counter()
        make(path, interviews, chance)
        made_s = time.perf_counter() - began
        figures = {"interviews": interviews, "notes": interviews * NOTES, "made_s": round(made_s, 1)}
        figures["size_mb"] = round(path.stat().st_size / 1e6)
        with Store.open(path, read_only=True) as store:
            times = {name: timed(action) for name, action in actions(store, interviews, chance).items()}
    print(json.dumps({**figures, "ms": times}, indent=1))


def make(path: Path, interviews: int, chance: random.Random) -> None:
    """One transaction for all, which no import does: 10,000 of them would wait for the disk most of the time."""
    with Store.open(path) as store, connection.writing(store._db, path) as db:
        for number in range(interviews):
            writes.add(db, debrief(number, chance), path.parent, interview_id=None)


def debrief(number: int, chance: random.Random) -> Debrief:
    spans, start = [], 0
    for position in range(NOTES):
        text = words(chance, chance.randint(5, 25))
        kind = ("question", "answer")[position % 2] if position < 16 else chance.choice(KINDS[2:])
        numbered = position // 2 + 1 if position < 16 else None
        difficult = chance.random() < 0.2 if kind == "question" else None
        spans.append(Span(kind, start, start + len(text), text, numbered, difficult, 0.9))
        start += len(text) + 1
    text = " ".join(span.text for span in spans)
    spoken = tuple(Word(word, i * 0.4, i * 0.4 + 0.3, 0.9) for i, word in enumerate(text.split()))
    when = BEGIN + timedelta(hours=number * 5)
    recording = Recording(Path(f"{number}.m4a"), f"{number:064x}", RecordedAt(when, "tag", True), len(spoken) * 0.4)
    transcript = Transcript(spoken, "en", len(spoken) * 0.4, "faster-whisper", "base")
    interview = Interview(f"Company {number % 500}", f"role {number % 40}", None, when, ("Sarah",))
    return Debrief(interview, recording, transcript, Segmentation(text, tuple(spans)))


def words(chance: random.Random, count: int) -> str:
    """Half of the words common, the others rarer the longer the list: much as people speak."""
    rare = (f"word{int(VOCABULARY * chance.random() ** 4)}" for _ in range(count))
    return " ".join(chance.choice(COMMON) if chance.random() < 0.5 else word for word in rare)


def actions(store: Store, interviews: int, chance: random.Random) -> dict[str, Callable[[], object]]:
    def word() -> str:
        return f"word{int(VOCABULARY * chance.random() ** 4)}"

    return {
        "list, 20 newest": lambda: store.list(limit=20),
        "list of one company": lambda: store.list(company=f"Company {chance.randrange(500)}"),
        "list of all": lambda: store.list(),
        "show": lambda: store.show(chance.randint(1, interviews)),
        "search a word": lambda: store.search(word(), limit=20),
        "search two words": lambda: store.search(f"{word()} {word()}", limit=20),
        "search a prefix": lambda: store.search(f"word{chance.randint(1, 99)}*", limit=20),
        "search a phrase": lambda: store.search(f'"they asked {word()}"', limit=20),
        "search a word, filtered": lambda: store.search(word(), kind="question", company="Company 7", limit=20),
        "search the commonest word": lambda: store.search("the", limit=20),
        "questions, 50 newest": lambda: store.questions(limit=50),
    }


def timed(action: Callable[[], object]) -> dict[str, float]:
    """Median and 95th percentile of as many rounds as fit in three seconds."""
    taken, end = [], time.perf_counter() + 3
    while len(taken) < ROUNDS and (time.perf_counter() < end or len(taken) < 5):
        began = time.perf_counter()
        action()
        taken.append((time.perf_counter() - began) * 1000)
    return {"median": round(statistics.median(taken), 2), "p95": round(statistics.quantiles(taken, n=20)[-1], 2)}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
