"""Learning from a user: what was put right is taken up, what was known is kept, and all of it can be undone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from dictate.errors import InputError, SegmenterError
from dictate.paths import learnt_dir
from dictate.records import Lesson
from dictate.segment import learnt
from dictate.segment.learning import HAIR, REHEARSAL, learn, macro, read_lessons
from dictate.segment.pipeline import Segmenter

TEXT = "They asked me why I left. I said the commute was too long. My left knee sang all through it, like an old gate."
KNEE = (TEXT.index("My left knee"), len(TEXT))


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    made = Segmenter()
    made.tagger.learnt = None
    return made


@pytest.fixture(scope="module")
def bundled(segmenter: Segmenter) -> list[Lesson]:
    return read_lessons(segmenter.folder / REHEARSAL)


def kinds_of_the_knee(segmenter: Segmenter) -> set[str]:
    return {s.kind for s in segmenter.segment(TEXT).spans if s.start >= KNEE[0]}


def test_bundled_debriefs_are_labelled_to_the_last_word(bundled: list[Lesson]) -> None:
    assert len(bundled) >= 20
    for lesson in bundled:
        words = [word for _, start, end in lesson.spans for word in lesson.text[start:end].split()]
        assert words == lesson.text.split()


def test_what_a_person_says_is_taken_up_and_nothing_forgotten(segmenter: Segmenter, bundled: list[Lesson]) -> None:
    wanted = "omission"
    assert wanted not in kinds_of_the_knee(segmenter)
    found = learn(segmenter.tagger, [Lesson(TEXT, ((wanted, *KNEE),))] * 3, bundled)
    assert found.taught == 3
    assert found.taught_after > found.taught_before
    assert found.macro_after >= found.macro_before - HAIR
    learnt.save(learnt_dir(), segmenter.folder, found.layer)
    assert wanted in kinds_of_the_knee(Segmenter())
    assert learnt.undo(learnt_dir())
    assert wanted not in kinds_of_the_knee(Segmenter())
    assert not learnt.undo(learnt_dir())


def test_without_a_lesson_there_is_nothing_to_learn(segmenter: Segmenter, bundled: list[Lesson]) -> None:
    with pytest.raises(InputError, match="review-labels"):
        learn(segmenter.tagger, [], bundled)


def test_files_are_the_owners_alone_and_the_newest_counts(segmenter: Segmenter) -> None:
    layers = [np.full((385, 12), value, np.float32) for value in (1, 2)]
    paths = [learnt.save(learnt_dir(), segmenter.folder, layer) for layer in layers]
    assert [path.name for path in paths] == ["learnt-0001.npz", "learnt-0002.npz"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in [*paths, learnt_dir()])
    loaded = learnt.load(learnt_dir(), segmenter.folder)
    assert loaded is not None
    assert loaded[0, 0] == 2


def test_what_another_segmenter_learnt_is_left_aside(segmenter: Segmenter, tmp_path: Path) -> None:
    other = tmp_path / "dictate_spans"
    other.mkdir()
    (other / "decoding.json").write_text(json.dumps({"kind_weight": 0.1}))
    learnt.save(learnt_dir(), tmp_path, np.ones((385, 12), np.float32))
    assert learnt.load(learnt_dir(), segmenter.folder) is None
    assert Segmenter().tagger.learnt is None


def test_a_damaged_file_says_how_to_go_on() -> None:
    learnt_dir().mkdir(parents=True)
    (learnt_dir() / "learnt-0001.npz").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(SegmenterError, match="models train --undo"):
        Segmenter()


def test_macro_is_the_mean_over_kinds_that_occur() -> None:
    logits = np.eye(12, dtype=np.float32)[[0, 0, 1, 1]]
    assert macro(logits, np.array([0, 0, 1, 0])) == pytest.approx((2 * 2 / 5 + 2 * 1 / 3) / 2)
