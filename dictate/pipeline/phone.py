"""What the phone itself has made of a memo: taken at once, or held against what Whisper hears."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dictate.capture.phone_text import phone_text
from dictate.records import Transcript
from dictate.transcribe.comparing import doubts


def doubted(transcript: Transcript, path: Path) -> Transcript:
    """The transcript with the places where the phone's own has other words; as it is where the file holds none."""
    told = phone_text(path) if transcript.words else None
    return replace(transcript, doubts=doubts(transcript, told)) if told else transcript
