from __future__ import annotations

import dataclasses
import json
import os
import signal
import stat
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database
from telling import NORTHWIND, day, debrief, segmented, transcribed

from dictate.errors import NotFoundError, StoreError
from dictate.records import Debrief, Interview, Recording, Segmentation, Transcript, Word
from dictate.store import Added, Store, kept, rows

BERLIN = timezone(timedelta(hours=2))
SECOND_PART = """
    [N] One more thing.
    [Q1!] Sarah had asked about budgets too.
    [A1] I guessed.
    [K1] I wanted to know the salary.
"""


def test_what_is_added_is_shown(store: Store, database: Path) -> None:
    held = datetime(2026, 7, 1, 14, 30, tzinfo=BERLIN)
    told = debrief(NORTHWIND, held_at=held, recorded_at=day(1), interviewers=("Sarah", "Tom"))
    copy = database.parent / "notes-audio" / "abc.m4a"
    copy.parent.mkdir()
    copy.touch()
    told = dataclasses.replace(told, kept=copy)
    assert store.add(told) == Added(1, 1, 10)
    shown = store.show(1)
    json.dumps(shown)
    notes, recordings = shown.pop("notes"), shown.pop("recordings")
    assert shown == {
        "id": 1,
        "company": "Northwind",
        "role": "data engineer",
        "round": "first",
        "held_at": "2026-07-01T14:30:00+02:00",
        "outcome": None,
        "interviewers": ["Sarah", "Tom"],
    }
    assert recordings == [
        {
            "id": 1,
            "path": str(copy),
            "sha256": told.recording.sha256,
            "recorded_at": "2026-07-01T12:00:00+00:00",
            "recorded_at_source": "tag",
            "recorded_at_trusted": True,
            "recorded_at_remark": "the container's creation time",
            "spoken_after_s": None,
            "duration_s": told.recording.duration_s,
            "transcript": told.transcript.text,
            "engine": "faster-whisper",
            "doubtful": [],
        }
    ]
    assert notes[3] == {
        "id": 4,
        "kind": "question",
        "text": "Then Tom wanted a pipeline drawn for late events.",
        "number": 2,
        "difficult": True,
        "confidence": 0.9,
        "recording_id": 1,
        "start": 134,
        "end": 183,
        "start_s": 8.04,
        "end_s": 10.98,
        "edited": False,
    }
    assert all(told.transcript.text[note["start"] : note["end"]] == note["text"] for note in notes)


def test_nothing_known_is_null_and_nothing_said_is_no_error(store: Store) -> None:
    silent = Transcript((), None, 3.0, "faster-whisper", "base")
    told = Debrief(Interview(), Recording(Path("/m.wav"), "0", None, 3.0), silent, Segmentation("", ()))
    store.add(told)
    shown = store.show(1)
    assert shown["notes"] == []
    assert [shown[key] for key in ("company", "role", "round", "held_at", "outcome")] == [None] * 5
    assert shown["recordings"][0]["path"] == "/m.wav"
    assert shown["recordings"][0]["recorded_at"] is None
    assert store.transcript(1) == silent


def test_a_debrief_given_as_text_has_no_times(store: Store) -> None:
    told = debrief(NORTHWIND)
    store.add(dataclasses.replace(told, recording=dataclasses.replace(told.recording, duration_s=None)))
    assert {note["start_s"] for note in store.show(1)["notes"]} == {None}


def test_the_same_audio_is_added_once(store: Store) -> None:
    told = debrief(NORTHWIND)
    first = store.add(told)
    assert store.add(told) == dataclasses.replace(first, new=False)
    known = store.find_recording(told.recording.sha256)
    assert known is not None
    assert (known.interview_id, known.recording_id) == (1, 1)
    assert known.path == Path("memos/New Recording 7.m4a").absolute()
    assert store.find_recording("0") is None
    assert len(store.list()) == 1


def test_a_segmentation_of_another_text_is_a_mistake_that_writes_nothing(store: Store) -> None:
    wrong = dataclasses.replace(debrief(NORTHWIND), segmentation=segmented("[F] Fine."))
    with pytest.raises(ValueError, match="of another text"):
        store.add(wrong)
    assert store.list() == []


def test_numbers_count_through_an_interviews_recordings(store: Store) -> None:
    store.add(debrief(NORTHWIND, recorded_at=day(1, 15)))
    store.add(debrief(SECOND_PART, recorded_at=day(1, 16), company="Other", interviewers=("Tom",)), interview_id=1)
    shown = store.show(1)
    labels = [f"{note['kind'][0]}{note['number']}" for note in shown["notes"] if note["number"]]
    assert labels == ["q1", "a1", "q2", "a2", "a1", "l1", "q3", "a3", "a2"]
    assert (shown["company"], shown["interviewers"]) == ("Northwind", ["Tom"])
    assert [(q["number"], q["difficult"]) for q in store.questions()] == [(1, False), (2, True), (3, True)]


def test_an_earlier_part_added_later_counts_first(store: Store) -> None:
    store.add(debrief(NORTHWIND, recorded_at=day(1, 16)))
    store.relabel(6, "answer", number=2)
    store.add(debrief(SECOND_PART, recorded_at=datetime(2026, 7, 1, 17, 30, tzinfo=BERLIN)), interview_id=1)
    assert [q["text"][:10] for q in store.questions()] == ["Sarah had ", "Sarah bega", "Then Tom w"]
    assert [a["text"] for a in store.questions()[2]["answers"]][1] == "I went blank for a whole minute."
    store.undo(6)
    assert (store.note(6)["kind"], store.note(6)["number"]) == ("concern", None)


def test_assign_and_merge_renumber(store: Store) -> None:
    store.add(debrief(NORTHWIND, recorded_at=day(1, 15)))
    store.add(debrief(SECOND_PART, recorded_at=day(1, 16)), interview_id=1)
    assert store.assign(2) == 2
    assert [q["number"] for q in store.questions() if q["interview_id"] == 2] == [1]
    merged = store.merge(1, 2)
    assert [recording["id"] for recording in merged["recordings"]] == [1, 2]
    assert [q["number"] for q in store.questions()] == [1, 2, 3]
    with pytest.raises(NotFoundError, match="no interview 2: `dictate list` shows those there are"):
        store.show(2)


def test_an_interview_that_loses_its_last_recording_goes_with_its_facts(store: Store) -> None:
    store.add(debrief(NORTHWIND, company=None, role=None))
    store.add(debrief(SECOND_PART, company="Acme", held_at=day(3), interviewers=("Ann",)))
    assert store.assign(2, 1) == 1
    shown = store.show(1)
    assert (shown["company"], shown["held_at"], shown["interviewers"]) == ("Acme", day(3).isoformat(), ["Ann"])
    assert [interview["id"] for interview in store.list()] == [1]
    assert store.assign(2, 1) == 1


def test_delete_takes_all_and_names_the_files(store: Store, database: Path) -> None:
    store.add(debrief(NORTHWIND, kept=database.parent / "notes-audio" / "a.m4a"))
    store.add(debrief(SECOND_PART))
    store.edit(1, "Mine.")
    deleted = store.delete(1)
    assert (deleted.recordings, deleted.notes) == (1, 10)
    assert deleted.files == (database.parent / "notes-audio" / "a.m4a",)
    assert store.search("pipeline") == []
    for table in ("interviews", "recordings", "transcripts"):
        assert store._db[table].count == 1
    assert store._db["note_versions"].count == 0


@pytest.mark.parametrize("missing", [0, 99, -1, 2**70])
def test_missing_ids(store: Store, missing: int) -> None:
    told = debrief(NORTHWIND)
    for action in (
        lambda: store.show(missing),
        lambda: store.note(missing),
        lambda: store.edit(missing, "x"),
        lambda: store.relabel(missing, "aside"),
        lambda: store.undo(missing),
        lambda: store.delete(missing),
        lambda: store.assign(missing),
        lambda: store.merge(missing, missing - 1),
        lambda: store.add(told, interview_id=missing),
        lambda: store.replace_segmentation(missing, told.segmentation),
    ):
        with pytest.raises(NotFoundError, match=rf"^no (interview|recording|note|transcript of recording) {missing}\b"):
            action()
    assert store.list() == []


def test_list_newest_first_with_counts_and_filters(store: Store) -> None:
    store.add(debrief(NORTHWIND, held_at=datetime(2026, 7, 3, 1, tzinfo=BERLIN)))  # still the 2nd in UTC
    store.add(debrief(NORTHWIND, company="ÅLESUND Ferries", held_at=datetime(2026, 7, 2, 23, 30, tzinfo=BERLIN)))
    store.add(debrief(NORTHWIND, company=None, role=None, recorded_at=day(9)))
    found = store.list()
    assert [interview["id"] for interview in found] == [3, 1, 2]
    assert [found[1][key] for key in ("recordings", "notes", "questions", "difficult")] == [1, 10, 2, 1]
    assert [interview["id"] for interview in store.list(limit=1)] == [3]
    assert [interview["id"] for interview in store.list(company="ålesund")] == [2]
    assert [interview["id"] for interview in store.list(role="Engineer")] == [1, 2]
    assert [interview["id"] for interview in store.list(since=day(2, 22))] == [3, 1]


def test_names_that_are_no_unicode_are_kept_readable(store: Store) -> None:
    told = debrief(NORTHWIND, company="Caf\udce9", interviewers=("R\udce9mi",))
    path = Path("/memos/caf\udce9.m4a")
    store.add(dataclasses.replace(told, recording=dataclasses.replace(told.recording, path=path)))
    assert store.show(1)["company"] == "Caf\\udce9"
    assert store.show(1)["recordings"][0]["path"] == "/memos/caf\\udce9.m4a"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda t: len(t.split()) == 1)))
def test_words_come_back_as_they_went(texts: list[str]) -> None:
    words = tuple(Word(text.strip(), i / 7, i / 7 + 0.1, 0.5) for i, text in enumerate(texts))
    transcript = Transcript(words, "en", 9.0, "openai-whisper", "base", ("cut a loop",))
    assert rows.transcript_of(rows.transcript_row(transcript)) == transcript


def test_a_kept_copy_is_private_whole_and_goes_when_the_import_fails(tmp_path: Path) -> None:
    source = tmp_path / "memo.M4A"
    source.write_bytes(b"sound")
    with kept(source, tmp_path / "notes.db", "abc") as copy:
        assert copy == tmp_path / "notes-audio" / "abc.m4a"
        assert copy.read_bytes() == b"sound"
        assert [stat.S_IMODE(path.stat().st_mode) for path in (copy, copy.parent)] == [0o600, 0o700]
    with pytest.raises(KeyError), kept(source, tmp_path / "notes.db", "def"):
        raise KeyError
    with pytest.raises(KeyError), kept(source, tmp_path / "notes.db", "abc"):  # another recording's, so it stays
        raise KeyError
    assert [path.name for path in copy.parent.iterdir()] == ["abc.m4a"]
    with pytest.raises(StoreError, match=r"cannot keep a copy of .*gone.wav in .*notes-audio: No such file"):
        kept(tmp_path / "gone.wav", tmp_path / "notes.db", "x").__enter__()


ADDING = """
import dataclasses, sys
from pathlib import Path
from dictate.store import Store
from telling import NORTHWIND, debrief
first, count = int(sys.argv[2]), int(sys.argv[3])
with Store.open(Path(sys.argv[1])) as store:
    print("open", flush=True)
    for i in range(first, first + count):
        store.add(debrief(NORTHWIND, company=str(i)))
"""


def adding(database: Path, first: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ADDING, str(database), str(first), str(count)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def test_two_processes_at_once(database: Path) -> None:
    with adding(database, 0, 40) as one, adding(database, 100, 40) as two:  # both make the database
        assert [process.communicate()[1] for process in (one, two)] == ["", ""]
    with Store.open(database) as store:
        assert {i["company"] for i in store.list()} == {str(i) for i in (*range(40), *range(100, 140))}
        assert {i["notes"] for i in store.list()} == {10}
        assert store.verify() == []


def test_killed_in_the_middle_leaves_nothing_half(database: Path) -> None:
    with adding(database, 0, 100_000) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with Store.open(database) as store:
            while len(store.list()) < 5:
                assert process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
    with Store.open(database) as store:
        assert {i["notes"] for i in store.list()} == {10}
        assert store.verify() == []


def test_verify_tells_what_is_wrong(store: Store) -> None:
    store.add(debrief(NORTHWIND))
    store._db.execute("update notes set text = 'Forged.' where id = 2")
    store._db.execute("delete from notes where id = 5")
    store._db.execute("update recordings set path = 'gone.m4a'")
    assert store.verify() == [
        "recording 1: its kept copy gone.m4a is gone",
        "recording 1: note 2 is not what the transcript has at its place",
        "recording 1: no note holds 'I drew two boxes and forgot watermarks.'",
    ]
    store.delete(1)


def test_a_debrief_in_another_language_is_kept_whole(store: Store) -> None:
    transcript = transcribed("Das lief ganz gut.")
    told = dataclasses.replace(
        debrief(NORTHWIND), transcript=transcript, segmentation=Segmentation(transcript.text, ())
    )
    assert store.add(told).notes == 0
    assert store.show(1)["recordings"][0]["transcript"] == "Das lief ganz gut."


@dataclasses.dataclass
class CtrlC:
    """Ctrl-C as the ``at``-th line of sqlite-utils' ``query`` is about to run."""

    at: int
    seen: int = 0

    def __call__(self, frame: FrameType, event: str, _argument: object) -> CtrlC | None:
        if event == "call" and frame.f_code is not Database.query.__code__:
            return None
        self.seen += event == "line"
        if event == "line" and self.seen == self.at:
            raise KeyboardInterrupt
        return self


def test_ctrl_c_within_a_query_stays_ctrl_c_and_leaves_nothing_half(database: Path) -> None:
    def add(name: str, ctrl_c: CtrlC) -> None:
        with Store.open(database) as store:
            before = sys.gettrace()
            sys.settrace(ctrl_c)
            try:
                store.add(debrief(NORTHWIND, company=name))
            finally:
                sys.settrace(before)

    counting = CtrlC(at=0)
    add("whole", counting)
    assert counting.seen > 20
    for moment in range(1, counting.seen + 1):
        with pytest.raises(KeyboardInterrupt):
            add(f"at {moment}", CtrlC(moment))
    with Store.open(database) as store:
        assert store.verify() == []
        assert [interview["company"] for interview in store.list()] == ["whole"]
