"""An interview's thank-you letters as they stand: drafted from the notes or worded by the user, sent or not."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from typing import TypedDict

from dictate.errors import InputError
from dictate.records import plain
from dictate.review.letter import Draft, Tone, drafts
from dictate.review.made import UNSENT
from dictate.review.status import sent_at
from dictate.store import InterviewFacts, LetterKept, Store
from dictate.writing import write_whole


class SentenceShown(TypedDict):
    text: str
    note_ids: list[int]
    start_s: float | None


class LetterShown(TypedDict):
    """``sentences`` of a letter that the user has worded are those of the draft that are still in it."""

    to: str | None
    words: int
    text: str
    sentences: list[SentenceShown]
    edited: bool
    sent_at: str | None


class ThankYou(TypedDict):
    """``sent_at`` is when the last letter was sent, None while one is unsent."""

    interview_id: int
    letters: list[LetterShown]
    sent_at: str | None


def thank_you(store: Store, interview_id: int, *, tone: Tone = "plain", to: str | None = None) -> ThankYou:
    """The letters of an interview, or that to one interviewer alone (any part of the name)."""
    shown = store.show(interview_id)
    kept = store.letters(interview_id)
    letters = [_shown(draft, kept) for draft in drafts(shown, tone)]
    sent = [letter["sent_at"] for letter in letters]
    return {
        "interview_id": interview_id,
        "letters": _addressed(letters, to, shown),
        "sent_at": max(filter(None, sent)) if all(sent) else None,
    }


def message(letter: LetterShown, about: InterviewFacts) -> bytes:
    """A mail message without addresses, which mail programs open as a draft."""
    mail = EmailMessage()
    job = " at ".join(part for part in (about["role"], about["company"]) if part)
    mail["Subject"] = plain(f"Thank you: {job}" if job else "Thank you for the interview")
    mail[UNSENT] = "1"
    mail.set_content(letter["text"] + "\n")
    return bytes(mail)


def write(file: Path, content: bytes) -> None:
    """A whole file or none."""
    try:
        write_whole(file, content)
    except OSError as error:
        raise InputError(f"cannot write {file}: {error.strerror}; name another place") from error


def _shown(draft: Draft, kept: Sequence[LetterKept]) -> LetterShown:
    worded = next((one["text"] for one in kept if one["recipient"] == (draft.to or "") and one["text"]), None)
    text = worded or draft.text
    return {
        "to": draft.to,
        "words": len(text.split()),
        "text": text,
        "sentences": [
            {"text": one.text, "note_ids": list(one.note_ids), "start_s": one.start_s}
            for one in draft.sentences
            if one.text in plain(text)
        ],
        "edited": worded is not None,
        "sent_at": sent_at(draft.to, kept),
    }


def _addressed(letters: list[LetterShown], to: str | None, about: InterviewFacts) -> list[LetterShown]:
    if to is None:
        return letters
    found = [letter for letter in letters if letter["to"] and to.casefold() in letter["to"].casefold()]
    if not found:
        known = ", ".join(about["interviewers"]) or "nobody by name"
        raise InputError(f"no interviewer {to!r} in interview {about['id']}: it was with {known}")
    return found
