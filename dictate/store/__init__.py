"""The notes in SQLite: open a ``Store``, add debriefs, read, search and correct them."""

from __future__ import annotations

from dictate.store.asked import Base, Counts, FamilyCount, Occurrence, Said, SpokenNote
from dictate.store.audio import kept
from dictate.store.decisions import Decision
from dictate.store.families import Loose, Member
from dictate.store.places import times
from dictate.store.practice import Expected, Held, Practice, Preparation, Revision
from dictate.store.reads import Filter
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
    UpcomingShown,
)
from dictate.store.store import Store

__all__ = [
    "Added",
    "Answer",
    "BackedUp",
    "Base",
    "Counts",
    "Decision",
    "Deleted",
    "Expected",
    "FamilyCount",
    "Filter",
    "Held",
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
    "Occurrence",
    "Practice",
    "Preparation",
    "QuestionAsked",
    "RecordingShown",
    "Restored",
    "Revision",
    "Said",
    "SpokenNote",
    "Store",
    "Table",
    "UpcomingShown",
    "kept",
    "ready",
    "times",
]
