"""The transcript that a phone keeps in its memos: read from both layouts, and nothing else taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dictate.capture.fingerprint import fingerprint
from dictate.capture.media import open_media
from dictate.capture.phone_text import phone_text
from tests.capture.phone_files import Layout, told, with_transcript
from tests.cli.conftest import SAMPLE

WORDS = "Okay so that was the interview at Brightwhistle"


@pytest.mark.parametrize("table", [True, False], ids=["runs and table", "list"])
@pytest.mark.parametrize("layout", ["m4a", "qta"])
def test_words_come_with_their_times(tmp_path: Path, layout: Layout, table: bool) -> None:
    memo = with_transcript(SAMPLE, tmp_path / f"memo.{layout}", told(WORDS, table=table), layout)
    found = phone_text(memo, 67.0)
    assert found
    assert (found.text, found.language, found.duration_s) == (WORDS, "en", 67.0)
    assert (found.words[1].start_s, found.words[1].end_s) == (0.4, 0.8)


def test_the_sound_stays_what_it_was(tmp_path: Path) -> None:
    memo = with_transcript(SAMPLE, tmp_path / "memo.m4a", told(WORDS))
    assert fingerprint(open_media(memo)) == fingerprint(open_media(SAMPLE))
    assert phone_text(SAMPLE) is None


def test_runs_of_several_words_share_their_time(tmp_path: Path) -> None:
    ranges = [{"timeRange": [start, start + 1]} for start in (1, 2, 3)]
    transcript = {"attributedString": ["Two words", ranges[0], ", th", ranges[1], "ree", ranges[2]]}
    found = phone_text(with_transcript(SAMPLE, tmp_path / "memo.m4a", transcript))
    assert found
    assert [word.text for word in found.words] == ["Two", "words,", "three"]
    starts = [word.start_s for word in found.words]
    assert starts == sorted(starts)
    assert found.words[-1].end_s == 4.0
    assert found.language is None


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"attributedString": 3}',
        b'{"attributedString": []}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"attributedString": ["a", {"timeRange": ["x", 1]}]}',
        b'{"attributedString": {"runs": ["a", 7], "attributeTable": []}}',
        b'{"attributedString": ["a", {"timeRange": [0, 1]}], "locale": "en_GB"}',
        b'{"attributedString": {"runs": [5, 0], "attributeTable": [{"timeRange": [0, 1]}]}}',
        b'{"attributedString": ["a", {"timeRange": [0, 1' + b"0" * 400 + b"]}]}",
        b'{"attributedString": ["a", {"timeRange": [NaN, Infinity]}]}',
        b'{"attributedString": ["a", {"timeRange": [0, 1e300]}]}',
        b'{"attributedString": ["a", {"timeRange": ["1", "2"]}]}',
        b'{"attributedString": ["a", {"timeRange": "12"}]}',
        b'{"attributedString": ["\\ud800", {"timeRange": [0, 1]}]}',
    ],
)
def test_what_is_not_as_it_should_be_is_no_transcript(tmp_path: Path, payload: bytes) -> None:
    for layout in ("m4a", "qta"):
        assert phone_text(with_transcript(SAMPLE, tmp_path / f"memo.{layout}", payload, layout)) is None


@pytest.fixture(scope="module")
def memo(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A memo with a transcript whose sound is cut away: the index alone."""
    path = with_transcript(SAMPLE, tmp_path_factory.mktemp("memo") / "memo.qta", told(WORDS), "qta")
    data = path.read_bytes()
    return data[data.index(b"moov") - 4 :]


@given(data=st.data())
def test_damage_gives_words_or_nothing(
    memo: bytes, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    damaged = bytearray(memo)
    for at in data.draw(st.lists(st.integers(0, len(memo) - 1), max_size=8)):
        damaged[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "damaged.m4a"
    path.write_bytes(damaged[: data.draw(st.integers(0, len(damaged)))])
    found = phone_text(path)
    assert found is None or found.words
