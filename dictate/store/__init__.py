"""The notes in SQLite: open a ``Store``, add debriefs, read, search and correct them."""

from __future__ import annotations

from dictate.store.audio import kept
from dictate.store.decisions import Decision
from dictate.store.families import Loose, Member
from dictate.store.places import times
from dictate.store.restore import ready
from dictate.store.shapes import (
    Added,
    Answer,
    BackedUp,
    Deleted,
    InterviewFacts,
    InterviewListed,
    InterviewShown,
    InterviewState,
    Known,
    LetterKept,
    NoteDecided,
    NoteFound,
    NoteShown,
    QuestionAsked,
    RecordingShown,
    Restored,
    Table,
)
from dictate.store.store import Store

__all__ = [
    "Added",
    "Answer",
    "BackedUp",
    "Decision",
    "Deleted",
    "InterviewFacts",
    "InterviewListed",
    "InterviewShown",
    "InterviewState",
    "Known",
    "LetterKept",
    "Loose",
    "Member",
    "NoteDecided",
    "NoteFound",
    "NoteShown",
    "QuestionAsked",
    "RecordingShown",
    "Restored",
    "Store",
    "Table",
    "kept",
    "ready",
    "times",
]
