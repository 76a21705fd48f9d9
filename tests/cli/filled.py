"""A database filled without a model: two interviews from notes made by hand, one of them with a kept recording."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from dictate import paths
from dictate.records import Debrief, Interview, RecordedAt, Recording, Segmentation, Span, Transcript, Word
from dictate.store import Store

Told = tuple[str, int | None, bool | None, str]  # kind, number, difficult, words
HELD = datetime(2026, 7, 1, 12, tzinfo=UTC)
SHA256 = "5d" * 32

NORTHWIND: tuple[Told, ...] = (
    ("context", None, None, "So that was Northwind, with Sarah and Tom."),
    ("question", 1, False, "Sarah began with why I am leaving."),
    ("answer", 1, None, "I said the team was cut in half."),
    ("question", 2, False, "Then Tom wanted a pipeline drawn."),
    ("answer", 2, None, "I drew two boxes and forgot watermarks."),
    ("question", 2, True, "He kept coming back to that pipeline."),
    ("ask", 1, None, "I asked how they do on call."),
    ("learned", 1, None, "It is one week in six."),
    ("concern", None, None, "I went blank for a minute."),
    ("aside", None, None, "Anyway, the bus."),
)
ODD: tuple[Told, ...] = (
    ("question", 1, False, "What: is <b>it</b> & [[why]] #tag *now*?"),
    ("answer", 1, None, "`No` - 1. $5 == %%six%% ~~seven~~ _eight_ | nine \\ ten."),
)
ODD_NAME = "A\"c'me: <script>/x #1 [a]"


def fill(database: Path) -> None:
    """Two interviews; the recording of the first is kept beside the database, that of the second is not."""
    sound = paths.audio_dir(database) / f"{SHA256}.m4a"
    paths.make_private(sound.parent)
    sound.write_bytes(b"sound" * 1000)
    facts = Interview("Northwind", "data engineer", "first", HELD, ("Sarah", "Tom O'Neil: <i>"))
    with Store.open(database) as store:
        store.add(_debrief(NORTHWIND, facts, SHA256, sound))
        store.add(_debrief(ODD, Interview(ODD_NAME), "ab" * 32, None))


def _debrief(told: tuple[Told, ...], facts: Interview, sha256: str, kept: Path | None) -> Debrief:
    spans, start = [], 0
    for kind, number, difficult, words in told:
        spans.append(Span(kind, start, start + len(words), words, number, difficult, 0.9))
        start += len(words) + 1
    text = " ".join(span.text for span in spans)
    words = tuple(Word(word, float(at), at + 0.5, 0.9) for at, word in enumerate(text.split()))
    when = RecordedAt(HELD, "tag", True, "the container's creation time")
    transcript = Transcript(words, "en", float(len(words)), "faster-whisper", "base")
    recording = Recording(Path(f"memos/{sha256[:4]}.m4a"), sha256, when, transcript.duration_s)
    return Debrief(facts, recording, transcript, Segmentation(text, tuple(spans)), kept)
