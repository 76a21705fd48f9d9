"""From a recording of the microphone to rows: once, with what is known of it, and nothing gone where that fails."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from dictate.capture.decode import Decoding
from dictate.capture.raw import RawFile
from dictate.capture.unfinished import Facts, Place, locked, new_place, unfinished
from dictate.errors import EngineError
from dictate.pipeline import live
from dictate.pipeline.recording import Steps
from dictate.records import Interview, Transcript
from dictate.store import Store
from tests.store.telling import segmented, transcribed

STARTED = datetime(2026, 3, 12, 15, 4, 5, tzinfo=UTC)
FACTS = Facts(STARTED, Interview("Northwind", "data engineer", "second", STARTED, ("Priya",)))
TOLD = segmented("""
    [X] So that was Northwind.
    [Q1] Sarah began with why I am leaving.
    [A1] I said the team was cut in half.
""")


def spoken(decoding: Decoding, _: Interview) -> Transcript:
    """What a real engine is given, heard through to its end."""
    assert sum(map(len, decoding)) == pytest.approx(3 * 16_000, abs=20)
    return transcribed(TOLD.text)


def unheard(*_: object) -> Transcript:
    raise EngineError("the engine is out of order")


STEPS = Steps(hear=spoken, label=lambda _: TOLD)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "notes.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "notes-recordings"
    folder.mkdir()
    return folder


def recorded(folder: Path, facts: Facts = FACTS, *, seed: int = 1) -> Place:
    """Three seconds of noise whose recorder was killed."""
    place = new_place(folder, facts.started_at)
    place.begin(facts)
    place.add(mark_s=1.2)
    file = RawFile(place.raw, 44_100, 1)
    file.take(np.random.default_rng(seed).integers(-9000, 9000, 3 * 44_100).astype(">i2").tobytes())
    file.settle(at_once=True)
    file.close()
    return place


def rows(store: Store, table: str) -> list[dict[str, object]]:
    return list(Database(store.path).table(table).rows)


def test_what_was_unfinished_becomes_notes_once(store: Store, folder: Path) -> None:
    recorded(folder)
    (result,) = live.recover(unfinished(folder), STEPS, store)
    assert (result.state, result.added and result.added.notes) == ("imported", 3)
    shown = store.show(1)
    assert (shown["company"], shown["round"], shown["interviewers"]) == ("Northwind", "second", ["Priya"])
    (recording,) = shown["recordings"]
    assert recording["recorded_at"] == "2026-03-12T15:04:05+00:00"
    assert (recording["recorded_at_source"], recording["recorded_at_trusted"]) == ("live", True)
    assert rows(store, "recordings")[0]["remarks"] == '["marked at 1.2 s"]'
    assert recording["path"] == str(result.path)
    assert Path(recording["path"]).suffix == ".flac"
    assert Path(recording["path"]).parent == store.path.with_name("notes-audio")
    assert list(folder.iterdir()) == []
    assert list(live.recover(unfinished(folder), STEPS, store)) == []
    assert not store.verify()


def test_killed_after_the_notes_were_written_makes_no_second_copy(
    store: Store, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = recorded(folder)

    def killed(_: Place) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Place, "remove", killed)
        with pytest.raises(KeyboardInterrupt):
            live.make_notes(place, STEPS, store)
    assert unfinished(folder) == [place]
    (result,) = live.recover(unfinished(folder), STEPS, store)
    assert (result.state, result.reason) == ("skipped", "already imported as recording 1 of interview 1")
    assert list(folder.iterdir()) == []
    assert len(rows(store, "recordings")) == 1
    assert len(rows(store, "notes")) == 3


def test_a_step_that_fails_leaves_the_recording(store: Store, folder: Path) -> None:
    place = recorded(folder)
    with pytest.raises(EngineError):
        live.make_notes(place, Steps(unheard, STEPS.label), store)
    assert unfinished(folder) == [place]
    assert rows(store, "interviews") == []
    (result,) = live.recover(unfinished(folder), STEPS, store)
    assert result.state == "imported"


def test_a_damaged_one_stops_no_other(store: Store, folder: Path) -> None:
    damaged, whole = recorded(folder), recorded(folder, seed=2)
    damaged.raw.write_bytes(b"\0" * 1000)
    first, second = live.recover([damaged, whole], STEPS, store)
    assert (first.state, second.state) == ("failed", "imported")
    assert "dictate recover --discard" in first.reason
    assert damaged.raw.exists()


def test_where_nobody_speaks_the_recording_stays_a_file(store: Store, folder: Path) -> None:
    place = recorded(folder)
    silent = Steps(lambda *_: Transcript((), "en", 3.0, "faster-whisper", "base"), STEPS.label)
    (result,) = live.recover([place], silent, store)
    assert (result.state, result.path.exists()) == ("skipped", True)
    assert unfinished(folder) == []


def test_a_later_memo_joins_its_interview(store: Store, folder: Path) -> None:
    recorded(folder)
    list(live.recover(unfinished(folder), STEPS, store))
    recorded(folder, Facts(STARTED, Interview(role="analyst"), add_to=1), seed=2)
    recorded(folder, Facts(STARTED, Interview(), add_to=7), seed=3)
    joined, lost = live.recover(unfinished(folder), STEPS, store)
    assert joined.added
    assert joined.added.interview_id == 1
    assert lost.added
    assert lost.added.interview_id == 2
    assert "was to be added to interview 7, which is gone" in str(rows(store, "recordings")[2]["remarks"])
    assert len(store.show(1)["recordings"]) == 2


def test_one_that_another_process_works_on_is_left_to_it(store: Store, folder: Path) -> None:
    place = recorded(folder)
    with locked(place.journal):
        (result,) = live.recover([place], STEPS, store)
    assert (result.state, result.reason) == ("skipped", "another dictate is at it")
    assert place.raw.exists()


def test_one_that_is_only_looked_at_is_waited_for(store: Store, folder: Path) -> None:
    place = recorded(folder)
    looks = threading.Event()

    def look() -> None:
        with locked(place.journal, shared=True) as free:
            assert free
            looks.set()
            time.sleep(0.05)

    looker = threading.Thread(target=look)
    looker.start()
    looks.wait()
    (result,) = live.recover([place], STEPS, store)
    looker.join()
    assert result.state == "imported"


def test_a_practised_answer_that_was_killed_makes_no_interview(store: Store, folder: Path) -> None:
    place = recorded(folder, Facts(STARTED, Interview(), purpose="answer"))
    (result,) = live.recover(unfinished(folder), Steps(unheard, STEPS.label), store)
    assert (result.state, result.path) == ("skipped", place.journal.with_suffix(".flac"))
    assert result.reason == "an answer that was practised; its sound is kept"
    assert [path.name for path in folder.iterdir()] == [result.path.name]
    assert rows(store, "interviews") == []
