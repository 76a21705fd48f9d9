"""Names are spelt as they were given, in every window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dictate.capture.decode import Decoding
from dictate.capture.media import open_media
from dictate.records import Transcript
from dictate.transcribe.activity import Samples
from dictate.transcribe.engine import Engine
from dictate.transcribe.recording import Options, transcribe

RATE = 16_000
NAMES = Options("en", ("Brightwhistle", "Priya Okonkwo-Hale"))


@pytest.fixture(scope="module")
def memo() -> Samples:
    return np.concatenate(list(Decoding(open_media(Path(__file__).parents[2] / "samples" / "memo.m4a"))))


@pytest.fixture(scope="module")
def named(faster: Engine, memo: Samples) -> Transcript:
    return transcribe([memo], faster, NAMES)


def test_names_are_right_with_the_vocabulary_from_the_first_window_to_the_last(named: Transcript) -> None:
    assert "Brightwhistle, second round" in named.text
    assert named.text.count("Priya") == 4
    assert [word.start_s for word in named.words if word.text == "Priya"][-1] > 45


def test_without_it_they_are_not(faster: Engine, memo: Samples) -> None:
    assert "Brightwhistle" not in transcribe([memo[: 15 * RATE]], faster, Options("en")).text


def test_a_name_that_is_all_that_was_said_stays(faster: Engine, memo: Samples, named: Transcript) -> None:
    (name,) = (word for word in named.words if word.text.startswith("Brightwhistle"))
    alone = memo[int((name.start_s - 0.05) * RATE) : int((name.end_s + 0.05) * RATE)]
    assert transcribe([alone], faster, NAMES).text.strip(".,") == "Brightwhistle"


def test_a_long_vocabulary_is_shortened_to_what_fits(faster: Engine, memo: Samples) -> None:
    many = tuple(f"Company{number}" for number in range(500))
    told = transcribe([memo[: 8 * RATE]], faster, Options("en", (*NAMES.vocabulary, *many)))
    assert "Brightwhistle" in told.text
