"""An interview as a Markdown file with YAML front matter, such as Obsidian reads. Pure: shapes of the store to text.

Whatever was said is written so that it reads as it was said: no character of it is taken for markup.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from dictate.review.outline import SECTIONS, day_of, exchanges, loose, of_kind
from dictate.store.shapes import InterviewShown, NoteShown

LONGEST_NAME = 120  # bytes of a file's name before its number; systems take 255

_MARKUP = re.compile(r"[\\`*_\[\]<#|~$^]|==+|%%+|&(?=#?\w+;)")
_OPENING = re.compile(r"\A(?:[-+>=]|\d+(?=[.)]))")
_UNSAFE = re.compile(r'[\\/:*?"<>|#^\[\]]+')  # in a file's name somewhere, or in a link of Obsidian


def as_markdown(interview: InterviewShown) -> str:
    """The whole file."""
    notes = interview["notes"]
    blocks = [
        _front_matter(interview),
        f"# {_text(_title(interview, ' · '))}",
        *(_text(note["text"]) for note in of_kind(notes, "context")),
        *_asked("Questions", notes, "question", "answer"),
        *_asked("You asked", notes, "ask", "learned"),
        *_listed("What they told you", loose(notes, "ask", "learned")),
    ]
    for kind, title in SECTIONS:
        blocks += _listed(title, of_kind(notes, kind))
    return "\n\n".join(blocks) + "\n"


def file_name(interview: InterviewShown) -> str:
    """A name that every file system takes and that no two interviews share, the day first."""
    day = day_of(interview)
    name = unicodedata.normalize("NFC", f"{day} {_title(interview, ', ')}" if day else _title(interview, ", "))
    safe = _one_line(_UNSAFE.sub(" ", name)).lstrip(". ")
    short = safe.encode("utf-8", "replace")[:LONGEST_NAME].decode("utf-8", "ignore").rstrip(". ")
    return f"{short or 'Interview'} ({interview['id']}).md"


def _front_matter(interview: InterviewShown) -> str:
    outcome = interview["outcome"]
    tags = ["interview", *([f"interview/{outcome}"] if outcome else [])]
    lines = [
        f"title: {_scalar(_title(interview, ', '))}",
        f"company: {_scalar(interview['company'])}",
        f"role: {_scalar(interview['role'])}",
        f"round: {_scalar(interview['round'])}",
        f"date: {day_of(interview) or ''}",
        f"outcome: {_scalar(outcome)}",
        *_sequence("interviewers", interview["interviewers"]),
        *_sequence("tags", tags),
        f"interview: {interview['id']}",
    ]
    return "\n".join(["---", *(line.rstrip() for line in lines), "---"])


def _sequence(key: str, values: Sequence[str]) -> Iterator[str]:
    yield f"{key}:" if values else f"{key}: []"
    for value in values:
        yield f"  - {_scalar(value)}"


def _scalar(value: str | None) -> str:
    """A double-quoted string of YAML, which reads all of JSON's escapes; nothing where nothing is known."""
    if value is None:
        return ""
    quoted = json.dumps(_one_line(value), ensure_ascii=False)
    return "".join(letter if letter.isprintable() else _escape(ord(letter)) for letter in quoted)


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _asked(title: str, notes: Sequence[NoteShown], asked: str, replied: str) -> Iterator[str]:
    found = exchanges(notes, asked, replied)
    unasked = loose(notes, asked, replied) if replied == "answer" else []
    if found or unasked:
        yield f"## {title}"
    for exchange in found:
        first, *again = exchange.mentions
        number = f"{exchange.number}. " if exchange.number else ""
        yield f"### {number}{_text(first['text'])}" + " (difficult)" * exchange.difficult
        yield from (f"*Again:* {_text(note['text'])}" for note in again)
        yield from (_text(note["text"]) for note in exchange.replies)
    yield from _listed("Other answers", unasked, "###")


def _listed(title: str, notes: Sequence[NoteShown], level: str = "##") -> Iterator[str]:
    if notes:
        yield f"{level} {title}"
        yield "\n".join(f"- {_text(note['text'])}" for note in notes)


def _text(text: str) -> str:
    """Words on one line with all that Markdown or Obsidian would take for markup set apart."""
    escaped = _MARKUP.sub(lambda found: "".join(f"\\{letter}" for letter in found[0]), _one_line(text))
    return _OPENING.sub(_opened, escaped)


def _opened(found: re.Match[str]) -> str:
    """The beginning of a line that would begin a list, a quotation or an underline."""
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"


def _title(interview: InterviewShown, between: str) -> str:
    facts: Iterable[str | None] = (interview["company"], interview["role"], interview["round"])
    return between.join(fact for fact in facts if fact) or "Interview"


def _one_line(text: str) -> str:
    return " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in text).split())
