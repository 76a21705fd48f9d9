"""A transcript written and read again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictate.errors import InputError
from dictate.records import Transcript, Word
from dictate.transcribe import formats

WORDS = st.lists(
    st.tuples(st.text("abcé&<>.?-", min_size=1, max_size=12), st.floats(0, 3), st.floats(0, 1)), max_size=60
)


def transcript(parts: list[tuple[str, float, float]]) -> Transcript:
    words, clock = [], 0.0
    for text, pause, confidence in parts:
        words.append(Word(text, clock + pause, clock + pause + 0.3, confidence))
        clock += pause + 0.3
    return Transcript(tuple(words), "en", clock + 1, "faster-whisper", "base", ("a warning",))


@given(parts=WORDS)
def test_json_comes_back_as_it_was(parts: list[tuple[str, float, float]]) -> None:
    told = transcript(parts)
    assert formats.from_json(json.dumps(formats.as_json(told))) == told


@given(parts=WORDS)
def test_subtitles_hold_every_word_in_lines_that_fit(parts: list[tuple[str, float, float]]) -> None:
    told = transcript(parts)
    blocks = [block.splitlines() for block in formats.as_srt(told).split("\n\n") if block.strip()]
    assert [line for block in blocks for line in block[2:]] or not parts
    assert " ".join(line for block in blocks for line in block[2:]).split() == [word.text for word in told.words]
    for number, block in enumerate(blocks, 1):
        assert block[0] == str(number)
        assert len(block) <= 4
        assert all(len(line) <= 42 for line in block[2:])
    times = [time for block in blocks for time in block[1].split(" --> ")]
    assert times == sorted(times)


def test_vtt_escapes_markup() -> None:
    assert "&lt;b&gt; &amp;" in formats.as_vtt(transcript([("<b>", 0, 1), ("&", 0, 1)]))


def test_text_has_a_paragraph_for_each_long_pause() -> None:
    assert formats.as_text(transcript([("one", 0, 1), ("two", 0.1, 1), ("three", 2.5, 1)])) == "one two\n\nthree\n"
    assert formats.as_text(transcript([])) == ""


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "{}", '{"words": 3}', "[" * 100_000, '{"words": [{"text": "a b"}], "duration_s": 1}', "null"],
)
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="dictate transcribe --json"):
        formats.from_json(text)
