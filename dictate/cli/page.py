"""An interview on one page: each question with its answers under it, then what else was told, by kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dictate.cli.console import clean, clock, day, out
from dictate.review.outline import SECTIONS, exchanges, loose, of_kind

if TYPE_CHECKING:
    from dictate.store.shapes import InterviewShown, NoteShown

DOUBTFUL = 0.55  # confidence under which a label is marked as worth a look


@dataclass(frozen=True, slots=True)
class Line:
    """One printed note or heading; ``depth`` counts indents."""

    text: str
    depth: int = 0
    mark: str = ""
    style: str = ""
    note: int | None = None


def print_interview(shown: InterviewShown, *, asides: bool = False) -> None:
    """Print ``show`` for people."""
    from rich.padding import Padding
    from rich.text import Text

    console = out()
    for line in page(shown, asides=asides):
        text = Text(clean(f"{line.mark} {line.text}" if line.mark else line.text), style=line.style)
        if line.note is not None:
            text.append(f"  [{line.note}]", style="dim")
        if not console.is_terminal:
            console.print(" " * 3 * line.depth + text.plain)
        else:
            console.print(Padding(text, (0, 0, 0, 3 * line.depth)))


def page(shown: InterviewShown, *, asides: bool = False) -> Iterator[Line]:
    """The lines of the page, in order."""
    yield from _head(shown)
    notes = shown["notes"]
    yield from _block("", [_line(note) for note in of_kind(notes, "context")])
    unasked = [_line(note, depth=2, mark="→") for note in loose(notes, "question", "answer")]
    yield from _block("Questions", [*_exchanges(notes, "question", "answer"), *unasked])
    yield from _block("You asked", list(_exchanges(notes, "ask", "learned")))
    yield from _block("What they told you", [_line(note) for note in loose(notes, "ask", "learned")])
    for kind, title in SECTIONS:
        if kind != "aside" or asides:
            yield from _block(title, [_line(note) for note in of_kind(notes, kind)])
    yield from _block("Heard in two ways", list(_doubtful_words(shown)))
    doubtful = sum(_is_doubtful(note) for note in notes)
    if doubtful:
        yield Line("")
        yield Line(f"{doubtful} marked ? may be labelled wrongly; set right with: dictate review-labels", style="dim")


def _doubtful_words(shown: InterviewShown) -> Iterator[Line]:
    """Where the phone's transcript has other words than Whisper's."""
    for recording in shown["recordings"]:
        for place in recording["doubtful"]:
            at = clock(place["start_s"])
            mine, other = (f"“{words}”" if words else "nothing" for words in (place["text"], place["other"]))
            yield Line(f"{at}  {mine}, by the phone {other}", 1, "•", "dim")


def _head(shown: InterviewShown) -> Iterator[Line]:
    name = " · ".join(part for part in (shown["company"], shown["role"], shown["round"]) if part)
    yield Line(f"{name or 'Interview'}  (interview {shown['id']})", style="bold")
    facts = [
        f"held {day(shown['held_at'])}" if shown["held_at"] else "",
        f"with {', '.join(shown['interviewers'])}" if shown["interviewers"] else "",
        shown["outcome"] or "",
    ]
    if any(facts):
        yield Line(" · ".join(fact for fact in facts if fact), style="dim")
    for recording in shown["recordings"]:
        yield Line(_recorded(recording), style="dim")


def _recorded(recording: Any) -> str:
    parts = [f"recording {recording['id']}"]
    if recording["recorded_at"]:
        when = recording["recorded_at"].replace("T", " ")[:16]
        doubt = "" if recording["recorded_at_trusted"] else "; uncertain"
        parts.append(f"{when} (by {recording['recorded_at_remark'] or recording['recorded_at_source']}{doubt})")
    if recording["spoken_after_s"] is not None:
        parts.append(f"{_later(recording['spoken_after_s'])} after the interview")
    if recording["duration_s"] is not None:
        parts.append(clock(recording["duration_s"]))
    if recording["engine"] == "apple-voice-memos":
        parts.append("the phone's own words; import it again without --quick to have it transcribed")
    return " · ".join(parts)


def _later(seconds: float) -> str:
    minutes = round(max(seconds, 0) / 60)
    hours = round(minutes / 60)
    count, unit = (
        (minutes, "minute") if minutes < 120 else (hours, "hour") if hours < 48 else (round(hours / 24), "day")
    )
    return f"{count} {unit}{'s' * (count != 1)}"


def _block(title: str, lines: list[Line]) -> Iterator[Line]:
    if lines:
        yield Line("")
        if title:
            yield Line(title, style="bold cyan")
        yield from lines


def _exchanges(notes: list[NoteShown], asked: str, replied: str) -> Iterator[Line]:
    """Each question once, in order, with other mentions and all replies under it."""
    for exchange in exchanges(notes, asked, replied):
        first, *again = exchange.mentions
        mark = f"{exchange.number}." if exchange.number else "•"
        text = f"{first['text']}  (difficult)" if exchange.difficult else first["text"]
        yield Line(text, 1, _doubt(first, mark), "bold red" if exchange.difficult else "bold", first["id"])
        yield from (_line(note, mark="again:") for note in again)
        yield from (_line(note, depth=2, mark="→") for note in exchange.replies)


def _line(note: NoteShown, depth: int = 1, mark: str = "•") -> Line:
    return Line(note["text"], depth, _doubt(note, mark), note=note["id"])


def _doubt(note: NoteShown, mark: str) -> str:
    return f"{mark} ?" if _is_doubtful(note) else mark


def _is_doubtful(note: NoteShown) -> bool:
    return not note["edited"] and note["confidence"] is not None and note["confidence"] < DOUBTFUL
