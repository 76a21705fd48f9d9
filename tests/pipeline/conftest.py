"""What the tests of the pipeline share."""

from __future__ import annotations

from collections.abc import Sequence

from dictate.records import Segmentation, Transcript
from dictate.segment.pipeline import whole


def kept_whole(transcripts: Sequence[Transcript]) -> list[Segmentation]:
    """Labels for tests in which they do not matter: none."""
    return [whole(transcript.text) for transcript in transcripts]
