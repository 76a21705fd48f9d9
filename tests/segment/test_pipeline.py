"""The shipped segmenter: the contract's promises on any text, and sense on plain ones."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dictate.errors import SegmenterError
from dictate.records import KINDS, Segmentation
from dictate.segment.pipeline import Segmenter

DEBRIEF = (
    "Okay, that was Northwind, for the data engineer job, with Priya and Tom on a video call. Priya asked me to "
    "walk her through my background, and I said I had been at the hospital for three years. She smiled at that "
    "and wrote it down. Then Tom asked me how I would handle late events in a stream. I completely blanked, I had"
    " no idea. I felt so embarrassed. I asked them what the on call rotation looks like, and they said one week "
    "in six. I never got to mention the mentoring program that I run. Next time I will practise streaming "
    "questions out loud. They will let me know by Friday."
)


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def check(found: Segmentation, given_text: str) -> None:
    """What DESIGN.md promises of every segmentation."""
    assert found.text == " ".join(given_text.split())
    end = 0
    questions = {s.number for s in found.spans if s.kind == "question"}
    asks = {s.number for s in found.spans if s.kind == "ask"}
    for span in found.spans:
        assert span.kind in KINDS
        assert found.text[end : span.start].strip() == ""
        assert found.text[span.start : span.end] == span.text
        assert span.end > span.start >= end
        assert (span.difficult is not None) == (span.kind == "question" and span.confidence is not None)
        if span.kind == "answer":
            assert span.number is None or span.number in questions
        elif span.kind == "learned":
            assert span.number is None or span.number in asks
        elif span.kind not in ("question", "ask"):
            assert span.number is None
        end = span.end
    assert found.text[end:].strip() == ""
    firsts = [s.number for s in found.spans if s.kind == "question" and s.number is not None]
    assert list(dict.fromkeys(firsts)) == list(range(1, len(set(firsts)) + 1))


def test_a_plain_debrief_is_labelled_as_a_person_would(segmenter: Segmenter) -> None:
    found = segmenter.segment(DEBRIEF)
    check(found, DEBRIEF)
    kinds = {span.kind for span in found.spans}
    expected = ("question", "answer", "feeling", "ask", "learned", "omission", "plan", "followup")
    assert kinds.issuperset(expected)
    (hard,) = {s.number for s in found.spans if s.kind == "question" and s.difficult}
    assert any("late events" in s.text for s in found.spans if s.number == hard)
    (answer,) = (s for s in found.spans if s.kind == "answer" and "hospital" in s.text)
    assert answer.number == 1


@pytest.mark.parametrize("text", ["", "   \n ", "hello", "?", "\x00\x01", "🙂", "a" * 20_000, "word " * 3000])
def test_odd_texts_give_a_whole_segmentation(segmenter: Segmenter, text: str) -> None:
    check(segmenter.segment(text), text)


@given(text=st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_text_is_covered(segmenter: Segmenter, text: str) -> None:
    check(segmenter.segment(text), text)


def test_offsets_count_code_points(segmenter: Segmenter) -> None:
    text = "They asked about emoji 🙂🙂 in mails. I said 🎉 never in offers. " + DEBRIEF
    check(segmenter.segment(text), text)


def test_another_language_is_kept_whole(segmenter: Segmenter) -> None:
    text = "Also das Gespräch war gut, sie haben mich nach meiner Arbeit gefragt und ich habe alles erzählt."
    (span,) = segmenter.segment(text).spans
    assert (span.kind, span.text, span.confidence) == ("context", text, None)


def test_many_texts_come_back_in_order_and_as_if_alone(segmenter: Segmenter) -> None:
    texts = [DEBRIEF, "", "They asked why I left. I said the commute was too long for me.", DEBRIEF.lower()]
    together = list(segmenter.segment_many(texts))
    assert [found.text for found in together] == texts
    alone = segmenter.segment(texts[2])
    assert [(s.kind, s.start, s.number) for s in together[2].spans] == [
        (s.kind, s.start, s.number) for s in alone.spans
    ]


def test_a_very_long_text_is_segmented_whole(segmenter: Segmenter) -> None:
    text = f"{DEBRIEF} " * 130
    found = segmenter.segment(text)
    check(found, text)
    assert len(found.spans) > 1000


def test_torch_stays_out_and_can_come_in_later() -> None:
    script = (
        "import sys\nfrom dictate.segment.pipeline import Segmenter\nSegmenter().segment('They asked why.')\n"
        "assert 'torch' not in sys.modules\nimport torch\nprint(torch.ones(2).sum().item())"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "2.0"


def test_spacy_loads_the_shipped_folder_by_itself() -> None:
    script = (
        "import spacy\nfrom dictate.paths import shipped\nnlp = spacy.load(shipped('segmenter/trained'))\n"
        "doc = nlp('They asked me why I left. I said that the commute was too long.')\n"
        "print([(s.label_, s._.number) for s in doc.spans['notes']])"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("[('question', 1)")


def test_a_damaged_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(SegmenterError, match="does not load"):
        Segmenter(tmp_path)
