"""The segmenter learns from what a user put right: lessons from the store, a correction to the user's folder."""

from __future__ import annotations

from collections.abc import Sequence

from dictate.paths import learnt_dir
from dictate.records import Lesson
from dictate.segment import learnt
from dictate.segment.learning import REHEARSAL, Learnt, learn, read_lessons
from dictate.segment.pipeline import Segmenter


def learn_from(lessons: Sequence[Lesson]) -> Learnt:
    """Fit a correction and put it to use from the next run on; it replaces the one in use and starts from nothing."""
    segmenter = Segmenter()
    segmenter.tagger.learnt = None
    found = learn(segmenter.tagger, lessons, read_lessons(segmenter.folder / REHEARSAL))
    learnt.save(learnt_dir(), segmenter.folder, found.layer)
    return found


def unlearn() -> bool:
    """Take the last lesson back; False where nothing was learnt."""
    return learnt.undo(learnt_dir())
