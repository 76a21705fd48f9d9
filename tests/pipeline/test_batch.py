"""Many memos at once: what becomes of them, on which executor ever, and when a worker dies."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dictate.capture.fingerprint import fingerprint
from dictate.capture.media import open_media
from dictate.errors import MissingWeightsError
from dictate.paths import audio_dir, imports_dir
from dictate.pipeline.batch import Manner, import_all
from dictate.pipeline.crew import Crew, Pool
from dictate.pipeline.flow import Work
from dictate.pipeline.recording import Wish, keep_again
from dictate.pipeline.results import Report, Result
from dictate.pipeline.sources import Source, find_sources
from dictate.pipeline.survey import Survey
from dictate.records import Debrief, Interview, Recording, Transcript, Word
from dictate.segment.pipeline import whole
from dictate.store import Store, writes
from dictate.transcribe.engine import EngineChoice, choose_engine
from dictate.transcribe.recording import Options
from tests.capture.media_files import speech, write
from tests.pipeline.conftest import kept_whole
from tests.transcribe.conftest import SPEECH


@dataclass
class Seen:
    """A watcher that remembers."""

    total_s: float = 0.0
    done_s: float = 0.0
    results: list[Result] = field(default_factory=list)
    each: Callable[[], None] = lambda: None  # called when something was heard

    def begins(self, survey: Survey) -> None:
        self.total_s = survey.duration_s

    def heard(self, path: Path, seconds: float) -> None:
        self.done_s += seconds
        self.each()

    def ended(self, result: Result) -> None:
        self.results.append(result)


@pytest.fixture
def choice(whisper_tiny: Path) -> EngineChoice:
    return choose_engine(whisper_tiny, device="cpu", name="tiny.en")


def run(paths: list[Path], manner: Manner, store: Store, seen: Seen | None = None) -> Report:
    def wish(_: Source) -> Wish:
        return Wish(Interview(), copy_audio=False)

    return import_all(find_sources(paths).files, manner, kept_whole, store, wish, seen or Seen())


def texts(store: Store, report: Report) -> dict[str, str]:
    return {
        result.path.name: store.recording(result.added.recording_id)["transcript"]
        for result in report.of("imported")
        if result.added
    }


def test_all_memos_are_heard_by_all_workers(folder_of_memos: Path, choice: EngineChoice, store: Store) -> None:
    seen = Seen()
    report = run([folder_of_memos], Manner(lambda: choice, Options(), workers=2), store, seen)
    assert [result.path.name for result in report.results] == ["a.wav", "b.wav", "c.wav"]
    assert report.heard_s == pytest.approx(97, abs=2)
    assert seen.done_s == pytest.approx(seen.total_s) == pytest.approx(report.heard_s)
    heard = texts(store, report)
    assert "operations" in heard["a.wav"]
    assert heard["c.wav"].count("video call") == 1
    for result in report.results:
        assert result.added
        transcript = store.transcript(result.added.recording_id)
        assert (transcript.engine, transcript.model, transcript.language) == ("faster-whisper", "tiny.en", "en")
        starts = [word.start_s for word in transcript.words]
        assert starts == sorted(starts)
        assert all(word.start_s <= word.end_s <= transcript.duration_s for word in transcript.words)
    assert not imports_dir(store.path).exists()
    again = run([folder_of_memos], Manner(_none, Options()), store)
    assert [result.state for result in again.results] == ["skipped"] * 3


def test_any_executor_will_do(folder_of_memos: Path, choice: EngineChoice, store: Store) -> None:
    manner = Manner(lambda: choice, Options("en"), 1, lambda choice, workers, threads: ThreadPoolExecutor(workers))
    report = run([folder_of_memos / "a.wav"], manner, store)
    assert "operations" in texts(store, report)["a.wav"]


def test_more_time_gives_words_as_well(folder_of_memos: Path, choice: EngineChoice, store: Store) -> None:
    report = run([folder_of_memos / "b.wav"], Manner(lambda: choice, Options(accurate=True), 2), store)
    assert len(texts(store, report)["b.wav"].split()) > 30


def test_a_worker_that_dies_costs_no_memo(folder_of_memos: Path, choice: EngineChoice, store: Store) -> None:
    pools: list[Pool] = []

    def make(choice: EngineChoice, workers: int, threads: int) -> Pool:
        pools.append(Pool(choice, workers, threads))
        return pools[-1]

    killed: list[int] = []

    def kill_one() -> None:  # once: a second piece may be told before the death is noticed
        if not killed:
            killed.append(next(iter(pools[0]._processes)))
            os.kill(killed[0], signal.SIGKILL)

    report = run([folder_of_memos], Manner(lambda: choice, Options("en"), 2, make), store, Seen(each=kill_one))
    assert [result.state for result in report.results] == ["imported"] * 3
    assert len(pools) == 2
    assert texts(store, report)["c.wav"].count("video call") == 1


def test_a_memo_that_kills_its_workers_fails_alone(
    folder_of_memos: Path, choice: EngineChoice, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Workers are killed from outside as often as one memo is given to them; no memo is known that does it."""
    submit = Crew.submit

    def deadly(crew: Crew, task):  # type: ignore[no-untyped-def]
        future = submit(crew, task)
        if any(len(piece.frames) == shortest for piece in task.pieces):
            for pid in list(crew._executor._processes):  # type: ignore[attr-defined]
                os.kill(pid, signal.SIGKILL)
        return future

    from dictate.capture.decode import Decoding
    from dictate.transcribe.pieces import pieces

    shortest = min(
        len(piece.frames) for piece in pieces(Decoding(open_media(folder_of_memos / "b.wav")), choice.longest_s)
    )
    monkeypatch.setattr(Crew, "submit", deadly)
    report = run(
        [folder_of_memos / "a.wav", folder_of_memos / "b.wav"], Manner(lambda: choice, Options("en"), 1), store
    )
    assert [(result.path.name, result.state) for result in report.results] == [
        ("a.wav", "imported"),
        ("b.wav", "failed"),
    ]
    assert "a worker died at it three times" in report.results[1].reason


def test_what_was_heard_before_is_not_heard_again(folder_of_memos: Path, choice: EngineChoice, store: Store) -> None:
    """An interrupted run leaves its journal; words put into it by hand show that the next run takes them from there."""

    def interrupt() -> None:
        raise KeyboardInterrupt

    manner = Manner(lambda: choice, Options(), 1)
    with pytest.raises(KeyboardInterrupt):
        run([folder_of_memos / "c.wav"], manner, store, Seen(each=interrupt))
    (journal,) = imports_dir(store.path).iterdir()
    told = journal.read_text()
    assert told.count("operations") >= 1
    journal.write_text(told.replace("operations", "Xanthippe", 1))
    seen = Seen()
    heard = texts(store, run([folder_of_memos / "c.wav"], manner, store, seen))["c.wav"]
    assert heard.count("Xanthippe") == 1
    assert seen.done_s == pytest.approx(seen.total_s)
    assert not imports_dir(store.path).exists()


def test_a_memo_that_is_taken_away_fails_alone(
    folder_of_memos: Path, choice: EngineChoice, store: Store, tmp_path: Path
) -> None:
    for name in "ab":
        shutil.copy(folder_of_memos / f"{name}.wav", tmp_path)
    seen = Seen(each=lambda: (tmp_path / "a.wav").unlink(missing_ok=True))
    manner = Manner(lambda: choice, Options("en"), 1)
    sources = find_sources([tmp_path]).files
    report = import_all(sources, manner, kept_whole, store, lambda _: Wish(Interview()), seen)
    assert [(result.path.name, result.state) for result in report.results] == [
        ("a.wav", "failed"),
        ("b.wav", "imported"),
    ]
    assert "was taken away" in report.results[0].reason


@pytest.mark.parametrize("copy_audio", [True, False])
def test_a_memo_that_changes_fails_alone_and_leaves_nothing(
    folder_of_memos: Path, choice: EngineChoice, store: Store, tmp_path: Path, copy_audio: bool
) -> None:
    for name in "ab":
        shutil.copy(folder_of_memos / f"{name}.wav", tmp_path)
    memo = tmp_path / "a.wav"
    seen = Seen(each=lambda: memo.write_bytes(memo.read_bytes()[:-32_000]))
    manner, wish = Manner(lambda: choice, Options("en"), 1), Wish(Interview(), copy_audio=copy_audio)
    sources = find_sources([tmp_path]).files
    report = import_all(sources, manner, kept_whole, store, lambda _: wish, seen)
    assert [(result.path.name, result.state, result.reason) for result in report.results] == [
        ("a.wav", "failed", "changed while it was read; import it again"),
        ("b.wav", "imported", ""),
    ]
    assert not imports_dir(store.path).exists()
    report = import_all(sources, manner, kept_whole, store, lambda _: wish, Seen())
    assert [result.state for result in report.results] == ["imported", "skipped"]
    for result in report.of("imported"):
        assert result.added
        kept = store.recording(result.added.recording_id)
        assert fingerprint(open_media(Path(kept["path"] or memo))) == kept["sha256"]
    assert len(list(audio_dir(store.path).glob("*"))) == 2 * copy_audio


def test_a_copy_in_the_same_run_is_imported_once(
    folder_of_memos: Path, choice: EngineChoice, store: Store, tmp_path: Path
) -> None:
    shutil.copy(folder_of_memos / "a.wav", tmp_path / "1.wav")
    shutil.copy(folder_of_memos / "a.wav", tmp_path / "2.wav")
    shutil.copy(SPEECH / "leopard_empty.wav", tmp_path / "3.wav")
    shutil.copy(SPEECH / "leopard_empty.wav", tmp_path / "4.wav")
    report = run([tmp_path / f"{name}.wav" for name in "1234"], Manner(lambda: choice, Options(), 1), store)
    assert [(result.path.name, result.state, result.reason) for result in report.results] == [
        ("1.wav", "imported", ""),
        ("2.wav", "skipped", "already imported as recording 1 of interview 1"),
        ("3.wav", "skipped", "no speech"),
        ("4.wav", "skipped", "no speech"),
    ]


def test_a_silent_memo_is_heard_once_in_each_manner(choice: EngineChoice, store: Store) -> None:
    silent = SPEECH / "leopard_empty.wav"

    def reason(language: str | None = None, redo: bool = False) -> str:
        (result,) = run([silent], Manner(lambda: choice, Options(language), 1, redo=redo), store).results
        return result.reason

    assert reason() == "no speech"
    assert reason() == "already heard, without speech; --redo hears it again"
    assert reason(redo=True) == "no speech"
    assert reason("en") == "no speech"


def test_a_memo_whose_length_nobody_knows_keeps_all_workers(
    folder_of_memos: Path, choice: EngineChoice, store: Store, tmp_path: Path
) -> None:
    muxer = {"live": "1"}  # as browsers write it: no length
    write(tmp_path / "a.webm", speech()[:80_000], codec="libopus", container="webm", rate=48_000, muxer=muxer)
    numbers: list[int] = []

    def make(choice: EngineChoice, workers: int, threads: int) -> ThreadPoolExecutor:
        numbers.append(workers)
        return ThreadPoolExecutor(1)

    run([tmp_path / "a.webm"], Manner(lambda: choice, Options("en"), 2, make), store)
    run([folder_of_memos / "a.wav"], Manner(lambda: choice, Options("en"), 2, make), store)
    assert numbers == [2, 1]


def test_a_settled_memo_is_held_no_longer(folder_of_memos: Path, choice: EngineChoice, store: Store) -> None:
    held: list[set[str]] = []

    @dataclass
    class Watching(Seen):
        def ended(self, result: Result) -> None:
            held.append({work.media.path.name for work in gc.get_objects() if type(work) is Work})

    run([folder_of_memos], Manner(lambda: choice, Options("en"), 1), store, Watching())
    assert held[0] == {"a.wav", "b.wav", "c.wav"}
    assert "c.wav" in held[-1]
    assert "a.wav" not in held[-1]  # the one before the last may still be at hand


def test_words_heard_again_come_with_their_facts_or_not_at_all(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def transcript(text: str) -> Transcript:
        return Transcript((Word(text, 0.0, 1.0, 1.0),), "en", 1.0, "e", "m")

    added = store.add(
        Debrief(Interview(), Recording(tmp_path / "a.wav", "0", None, 1.0), transcript("old"), whole("old"))
    )
    known = store.find_recording("0")
    assert known

    def again() -> None:
        keep_again(known, transcript("new"), whole("new"), store, Wish(Interview("Northwind")))

    with monkeypatch.context() as patched:
        patched.setattr(writes, "tell", _killed)
        with pytest.raises(KeyboardInterrupt):
            again()
    assert store.transcript(added.recording_id).text == "old"
    again()
    assert store.transcript(added.recording_id).text == "new"
    assert store.show(added.interview_id)["company"] == "Northwind"


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_what_no_memo_can_do_without_is_told_of_each(folder_of_memos: Path, store: Store) -> None:
    report = run([folder_of_memos], Manner(_none, Options()), store)
    assert [result.reason for result in report.results] == ["no weights"] + ["not tried, since no weights"] * 2
    assert not any(result.settled for result in report.results)


def _none() -> EngineChoice:
    raise MissingWeightsError("base", "no weights")
