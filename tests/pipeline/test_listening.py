"""Live text of a raw file that grows, with real Whisper: what is committed stays, and is what an import would hear."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dictate.capture.decode import Decoding
from dictate.capture.encode import encode
from dictate.capture.media import open_media
from dictate.capture.raw import HEADER, RawFile
from dictate.capture.unfinished import Facts, HeardBefore, Place, new_place, unfinished
from dictate.pipeline import live
from dictate.pipeline.listening import Listening, View
from dictate.pipeline.recording import Label, Steps, heard, heard_alike
from dictate.records import Interview, Segmentation, Transcript
from dictate.segment.pipeline import Segmenter
from dictate.store import Store
from dictate.transcribe.activity import Samples
from dictate.transcribe.engine import Decoded, Engine, Request, load_engine
from dictate.transcribe.recording import Options, transcribe
from tests.cli.room import SAMPLE, samples_of

RATE = 16_000
SPOKEN_S = 40.0  # of the sample
STARTED = datetime(2026, 3, 12, 15, 4, 5, tzinfo=UTC)
FACTS = Facts(STARTED, Interview("Northwind"))


class Counting:
    """A real engine, with a count of what it was asked to decode."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.decoded_s = 0.0
        self.is_broken = False
        for name in ("name", "model", "multilingual", "workers", "batch", "longest_s", "shortens", "language"):
            setattr(self, name, getattr(engine, name))

    def decode(self, batch: list[Samples], request: Request) -> list[Decoded]:
        if self.is_broken:
            raise RuntimeError("out of order")
        self.decoded_s += sum(map(len, batch)) / RATE
        return self._engine.decode(batch, request)


@pytest.fixture(scope="module")
def engine(whisper_tiny: Path) -> Engine:
    return load_engine(whisper_tiny, workers=1)


@pytest.fixture(scope="module")
def speech() -> np.ndarray:
    """16-bit samples."""
    return (samples_of(SAMPLE)[: round(SPOKEN_S * RATE)] * 32_767).astype(np.int16)


@pytest.fixture(scope="module")
def label() -> Label:
    segmenter = Segmenter(growing=True)
    return lambda transcript: segmenter.segment(transcript.text)


@dataclass
class Heard:
    """What one recording showed while it grew, and the files that it left."""

    views: list[View]
    listening: Listening
    place: Place

    def copy(self, folder: Path, name: str = "a", raw: int | None = None, journal: int | None = None) -> Place:
        """Its files, cut at so many bytes."""
        folder.mkdir(exist_ok=True)
        place = Place(folder / f"{name}.jsonl")
        place.raw.write_bytes(self.place.raw.read_bytes()[:raw])
        place.journal.write_bytes(self.place.journal.read_bytes()[:journal])
        return place


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, engine: Engine, speech: np.ndarray, label: Label) -> Heard:
    """Speech that grows on the disk, each part as soon as the text has come up to the last."""
    place = begun(tmp_path_factory.mktemp("live"))
    listening = Listening(place, lambda: (engine, Options("en")), label)
    views: list[View] = []
    file = RawFile(place.raw, RATE, 1)
    listening.start()
    for part in np.split(speech, 10):
        file.take(part.astype(">i2").tobytes())
        file.settle(at_once=True)
        while listening.view.until_s < file.duration_s - 0.1:
            assert listening.told.empty(), listening.told.get()
            time.sleep(0.01)
        views.append(listening.view)
    file.close()
    listening.finish()
    return Heard(views, listening, place)


def begun(folder: Path) -> Place:
    place = new_place(folder, STARTED)
    place.begin(FACTS)
    return place


def whole(place: Place, samples: np.ndarray) -> Place:
    """A recording that has ended."""
    file = RawFile(place.raw, RATE, 1)
    file.take(samples.astype(">i2").tobytes())
    file.settle(at_once=True)
    file.close()
    return place


@pytest.fixture(scope="module")
def afterwards(engine: Engine, speech: np.ndarray) -> list[str]:
    """The words of a transcript made from the whole."""
    blocks = [speech.astype(np.float32) / 32_768]
    return [word.text for word in transcribe(blocks, engine, Options("en")).words]


def test_live_text_is_what_a_transcript_made_afterwards_says(told: Heard, label: Label, afterwards: list[str]) -> None:
    transcript = told.listening.transcript()
    assert transcript is not None
    said = [word.text for word in transcript.words]
    differing = [tag for tag, *_ in SequenceMatcher(None, said, afterwards).get_opcodes() if tag != "equal"]
    assert len(differing) <= 1  # pieces decoded side by side are padded, and may rarely differ for it
    assert (transcript.duration_s, transcript.language, transcript.engine) == (SPOKEN_S, "en", "faster-whisper")
    committed = [view.committed for view in told.views]
    assert sum(bool(text) for text in committed) >= 4  # long before the end
    assert all(transcript.text.startswith(text) for text in committed)
    assert all(late.startswith(early) for early, late in pairwise(committed))
    assert sum(bool(view.guessed) for view in told.views) >= 5
    lists = [view.checklist for view in told.views if view.checklist]
    assert lists[0].questions == 0
    assert lists[-1].questions >= 1
    found = told.listening.steps(Steps(lambda *_: transcript, label)).label(transcript)
    assert found.text == transcript.text


def test_recover_hears_only_what_was_not_heard(
    told: Heard, tmp_path: Path, engine: Engine, label: Label, afterwards: list[str]
) -> None:
    told.listening.transcript()
    place = told.copy(tmp_path / "notes-recordings")
    again = Counting(engine)

    def hear(*_: object) -> Transcript:
        raise AssertionError("there are words in the journal")

    def hear_on(decoding: Decoding, _: Interview, before: HeardBefore) -> Transcript:
        return heard(decoding, again, Options("en"), lambda _: None, before)

    with Store.open(tmp_path / "notes.db", create=True) as store:
        (result,) = live.recover([place], Steps(hear, label, hear_on), store)
        assert result.added
        assert store.transcript(result.added.recording_id).text == told.listening.transcript().text  # type: ignore[union-attr]
    assert again.decoded_s == 0


def test_words_heard_otherwise_are_not_taken_over(tmp_path: Path, engine: Engine, speech: np.ndarray) -> None:
    place = whole(begun(tmp_path), speech[: 5 * RATE])
    place.add(hearing=["faster-whisper", "base", "en", []], pieces=[[[0, 150, 151, 0], [["Wrong.", 0.0, 1.0, 1.0]]]])
    before = place.heard()
    assert before is not None
    assert not heard_alike(before, engine, Options("en"))
    assert heard_alike(replace(before, model=engine.model), engine, Options("en"))
    assert not heard_alike(replace(before, model=engine.model), engine, Options("en", ("Northwind",)))
    transcript = heard(Decoding(open_media(encode(place, FACTS))), engine, Options("en"), lambda _: None, before)
    assert "Wrong." not in transcript.text


def test_what_fails_is_said_and_leaves_the_notes_to_the_end(
    tmp_path: Path, engine: Engine, speech: np.ndarray, label: Label
) -> None:
    counting = Counting(engine)
    counting.is_broken = True
    listening = Listening(whole(begun(tmp_path), speech), lambda: (counting, Options("en")), label)
    listening.start()
    listening.finish()
    assert listening.transcript() is None
    told = [listening.told.get_nowait() for _ in range(listening.told.qsize())]
    assert told[-1] == "no live text (out of order); the notes are made in the end"
    otherwise = Steps(lambda *_: Transcript((), None, 0.0, "", ""), label)
    assert listening.steps(otherwise) is otherwise


def test_recordings_that_ended_anywhere_are_recovered(told: Heard, tmp_path: Path) -> None:
    """Fifty ends, each of the raw file and of the journal, as a power cut at that moment leaves them."""
    said = told.listening.transcript()
    assert said is not None
    raw, journal = told.place.raw.read_bytes(), told.place.journal.read_bytes()
    folder = tmp_path / "cut-recordings"
    ends = np.linspace(HEADER.size + 3, len(raw), 50).astype(int)
    lines = np.linspace(journal.index(b"\n") + 1, len(journal), 50).astype(int)
    for number, (end, line) in enumerate(zip(ends, lines, strict=True)):
        told.copy(folder, f"{number:02}", end, line)
    known = [place.heard() for place in unfinished(folder)]
    assert len(known) == 50
    for before in filter(None, known):
        words = [word.text for words in before.pieces.values() for word in words]
        assert said.text.startswith(" ".join(words))
    assert sum(before is not None for before in known) > 25
    seconds: dict[str, float] = {}

    def hear(decoding: Decoding, _: Interview) -> Transcript:
        seconds[decoding.media.path.stem] = sum(map(len, decoding)) / RATE
        return Transcript((), "en", 0.0, "", "")

    steps = Steps(hear, lambda _: Segmentation("", ()))
    with Store.open(tmp_path / "cut.db", create=True) as store:
        results = list(live.recover(unfinished(folder), steps, store))
    assert {result.reason for result in results} == {"no speech; the recording stays where it is"}
    for number, end in enumerate(ends):
        assert seconds[f"{number:02}"] == pytest.approx((end - HEADER.size) // 2 / RATE, abs=0.001)
    assert unfinished(folder) == []
