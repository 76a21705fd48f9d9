"""Debriefs made by hand, one labelled span a line as in ``models/segmenter/GUIDE.md``: ``[Q1!] the words``."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime
from pathlib import Path

from dictate.records import (
    Debrief,
    Interview,
    RecordedAt,
    Recording,
    Segmentation,
    Span,
    Transcript,
    Word,
)
from models.segmenter.corpus import KINDS

CHARACTER_S = 0.06  # how long a character is spoken


def segmented(told: str) -> Segmentation:
    spans: list[Span] = []
    start = 0
    for line in filter(None, map(str.strip, told.splitlines())):
        tag, number, hard, words = re.fullmatch(r"\[(\w)(\d*)(!?)\] (.+)", line).groups()
        kind = KINDS[tag]
        difficult = bool(hard) if kind == "question" else None
        end = start + len(words)
        spans.append(Span(kind, start, end, words, int(number) if number else None, difficult, 0.9))
        start = end + 1
    return Segmentation(" ".join(span.text for span in spans), tuple(spans))


def transcribed(text: str, *, model: str = "base", late_s: float = 0.0) -> Transcript:
    words = tuple(
        Word(found[0], *(round(late_s + at * CHARACTER_S, 2) for at in found.span()), 0.9)
        for found in re.finditer(r"\S+", text)
    )
    return Transcript(words, "en", late_s + len(text) * CHARACTER_S, "faster-whisper", model)


def debrief(
    told: str,
    *,
    company: str | None = "Northwind",
    role: str | None = "data engineer",
    held_at: datetime | None = None,
    recorded_at: datetime | None = None,
    interviewers: tuple[str, ...] = (),
    kept: Path | None = None,
) -> Debrief:
    segmentation = segmented(told)
    transcript = transcribed(segmentation.text)
    when = RecordedAt(recorded_at, "tag", True, "the container's creation time") if recorded_at else None
    sha256 = hashlib.sha256(f"{told}{recorded_at}{company}".encode(errors="replace")).hexdigest()
    recording = Recording(Path("memos/New Recording 7.m4a"), sha256, when, transcript.duration_s)
    interview = Interview(company, role, "first", held_at, interviewers)
    return Debrief(interview, recording, transcript, segmentation, kept)


def day(number: int, hour: int = 12) -> datetime:
    return datetime(2026, 7, number, hour, tzinfo=UTC)


NORTHWIND = """
    [X] So that was Northwind, the data engineer job, with Sarah and Tom.
    [Q1] Sarah began with why I am leaving.
    [A1] I said the team was cut in half.
    [Q2!] Then Tom wanted a pipeline drawn for late events.
    [A2] I drew two boxes and forgot watermarks.
    [C] I went blank for a whole minute.
    [K1] I asked how they do on call.
    [L1] It is one week in six.
    [O] I never mentioned the résumé project with Kafka.
    [P] Next time I will practise drawing.
"""
