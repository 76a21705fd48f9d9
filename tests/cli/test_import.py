"""``dictate import``: real memos in, notes and a report out, and bad input without harm."""

from __future__ import annotations

import json
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import sqlite_utils

from tests.cli.conftest import Run

WORDS = (
    "They asked me why I left my job. I said that the commute was too long. I felt calm. They will call me by Friday."
)


def test_a_memo_becomes_notes_under_the_contract(run: Run, notes: Path) -> None:
    shown = run("show", 1, "--json").json
    assert set(shown) == {
        "id", "company", "role", "round", "held_at", "outcome", "interviewers", "recordings", "notes",
    }  # fmt: skip
    assert (shown["company"], shown["role"], shown["round"]) == ("Brightwhistle", "operations analyst", "second")
    assert (shown["held_at"], shown["interviewers"]) == ("2026-03-12T14:00:00+00:00", ["Priya"])
    (recording,) = shown["recordings"]
    assert recording["recorded_at"].startswith("2026-03-12T15:04:00")
    assert recording["recorded_at_source"] == "tag"
    assert (recording["recorded_at_trusted"], recording["recorded_at_remark"]) == (
        True,
        "the container's creation time",
    )
    assert 66 < recording["duration_s"] < 68
    assert Path(recording["path"]).exists()
    text = recording["transcript"]
    for note in shown["notes"]:
        assert set(note) == {
            "id", "kind", "text", "number", "difficult", "confidence", "recording_id", "start", "end", "start_s",
            "end_s", "edited",
        }  # fmt: skip
        assert text[note["start"] : note["end"]] == note["text"]
        assert 0 <= note["start_s"] <= note["end_s"] <= recording["duration_s"]
    assert "".join(note["text"] for note in shown["notes"]).replace(" ", "") == text.replace(" ", "")
    assert {"question", "answer", "followup"} <= {note["kind"] for note in shown["notes"]}


def test_what_is_kept_is_readable_by_its_owner_alone(run: Run, notes: Path) -> None:
    kept = Path(run("show", 1, "--json").json["recordings"][0]["path"])
    assert stat.S_IMODE(notes.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_a_renamed_copy_is_skipped_and_said_so(run: Run, notes: Path, sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "New Recording 7.m4a"
    shutil.copy(sample, copy)
    ran = run("import", copy, "--json", "--model", "tiny.en")
    assert ran.status == 0
    reason = "already imported as recording 1 of interview 1"
    assert ran.json == {"imported": [], "skipped": [{"path": str(copy), "reason": reason}], "failed": []}
    assert f"{copy}: skipped ({reason})" in ran.err
    assert len(run("list", "--json").json) == 1


def test_a_text_is_a_debrief_without_sound(run: Run, tmp_path: Path) -> None:
    (tmp_path / "told.txt").write_text(WORDS)
    ran = run("import", tmp_path / "told.txt", "--company", "Ribbleton", "--json")
    assert ran.status == 0
    (done,) = ran.json["imported"]
    shown = run("show", done["interview_id"], "--json").json
    assert shown["recordings"][0]["duration_s"] is None
    assert len(shown["notes"]) == done["notes"] > 1
    assert {note["start_s"] for note in shown["notes"]} == {None}
    again = run("import", tmp_path / "told.txt", "--json").json
    assert [skipped["path"] for skipped in again["skipped"]] == [str(tmp_path / "told.txt")]


def test_a_transcript_is_taken_with_its_times(run: Run, tmp_path: Path) -> None:
    words = [
        {"text": word, "start_s": i * 0.5, "end_s": i * 0.5 + 0.4, "confidence": 0.9}
        for i, word in enumerate(WORDS.split())
    ]
    told = {"text": WORDS, "language": "en", "duration_s": 20.0, "engine": "faster-whisper", "model": "base"}
    (tmp_path / "told.json").write_text(json.dumps({**told, "words": words, "warnings": []}))
    (done,) = run("import", tmp_path / "told.json", "--json").json["imported"]
    shown = run("show", done["interview_id"], "--json").json
    assert shown["notes"][0]["start_s"] == 0.0
    assert shown["recordings"][0]["duration_s"] == 20.0


def test_bad_files_are_told_one_by_one_and_the_good_one_is_done(
    run: Run, sample: Path, tmp_path: Path, whisper_tiny: Path
) -> None:
    (tmp_path / "a empty.m4a").touch()
    (tmp_path / "b text.m4a").write_text("this is no audio at all, just words" * 20)
    shutil.copy(sample, tmp_path / "c good.m4a")
    (tmp_path / "notes.pdf").write_bytes(b"%PDF")
    missing = tmp_path / "missing.m4a"
    ran = run("import", tmp_path, missing, "--model", "tiny.en", "--json")
    assert ran.status == 1
    report = ran.json
    assert [Path(done["path"]).name for done in report["imported"]] == ["c good.m4a"]
    assert [Path(bad["path"]).name for bad in report["failed"]] == ["a empty.m4a", "b text.m4a", "missing.m4a"]
    assert "Traceback" not in ran.err
    for bad in report["failed"]:
        assert sum(bad["path"] in line for line in ran.err.splitlines()) == 1
    assert "passed over 1 file that are no memos" in ran.err or "passed over 1 file" in ran.err
    assert sorted(p.name for p in tmp_path.glob("*.m4a")) == ["a empty.m4a", "b text.m4a", "c good.m4a"]


def test_silence_is_skipped_for_no_speech(run: Run, tmp_path: Path, whisper_tiny: Path) -> None:
    import wave

    with wave.open(str(tmp_path / "quiet.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 16_000 * 5))
    ran = run("import", tmp_path / "quiet.wav", "--model", "tiny.en", "--json")
    assert (ran.status, ran.json["skipped"]) == (0, [{"path": str(tmp_path / "quiet.wav"), "reason": "no speech"}])
    assert run("list", "--json").json == []


def test_no_copy_leaves_the_audio_where_it_is(run: Run, sample: Path, tmp_path: Path, whisper_tiny: Path) -> None:
    db = tmp_path / "notes.db"
    (done,) = run("--db", db, "import", sample, "--no-copy", "--model", "tiny.en", "--json").json["imported"]
    shown = run("--db", db, "show", done["interview_id"], "--json").json
    assert shown["recordings"][0]["path"] == str(sample)
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".m4a" or p.is_dir()] == []


def test_adding_to_an_interview(run: Run, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "more.txt").write_text("They also asked about overtime. I said that weekends are fine.")
    (done,) = run("import", tmp_path / "more.txt", "--add-to", 1, "--json").json["imported"]
    assert done["interview_id"] == 1
    shown = run("show", 1, "--json").json
    assert len(shown["recordings"]) == 2
    numbers = [n["number"] for n in shown["notes"] if n["kind"] == "question" and n["recording_id"] == 2]
    assert min(numbers) > 1
    assert run("import", tmp_path / "more.txt", "--add-to", 9).status == 1


def test_a_text_that_is_no_debrief_file_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe\x00 not text \xff")
    (tmp_path / "b.json").write_text('{"words": 3}')
    (tmp_path / "c.txt").write_text(" \n ")
    ran = run("import", tmp_path / "a.txt", tmp_path / "b.json", tmp_path / "c.txt", "--json")
    assert ran.status == 1
    assert len(ran.json["failed"]) == 3
    assert run("list", "--json").json == []


def test_nothing_there_to_import(run: Run, tmp_path: Path) -> None:
    ran = run("import", tmp_path)
    assert (ran.status, ran.out) == (0, "")
    assert "no memos there" in ran.err


def test_sqlite_utils_reads_the_database(run: Run, notes: Path) -> None:
    db = sqlite_utils.Database(notes)
    assert {"interviews", "recordings", "transcripts", "notes"} <= set(db.table_names())
    assert db["notes"].count == len(run("show", 1, "--json").json["notes"])


def test_what_stops_every_file_is_said_and_the_report_is_whole(
    run: Run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DICTATE_MODELS", str(tmp_path / "no weights"))
    (tmp_path / "told.txt").write_text(WORDS)
    ran = run("import", tmp_path / "told.txt", sample, sample.parent, tmp_path / "told.txt", "--json")
    assert ran.status == 1
    assert [Path(done["path"]).name for done in ran.json["imported"]] == ["told.txt"]
    (failed,) = ran.json["failed"]
    assert "dictate models pull base" in failed["error"]
    assert len(run("list", "--json").json) == 1


def test_a_full_disk_leaves_nothing_half_written(sample: Path, tmp_path: Path, whisper_tiny: Path) -> None:
    """On a disk of 300 kB of its own, in a name space where it may be mounted without being root."""
    script = """
        mount -t tmpfs -o size=300k tmpfs "$1" || exit 9
        python=$2; shift 2
        "$python" -m dictate --db small/notes.db import "$@" --json
        echo "status $?"
        find small -name '*.m4a'
        "$python" -m dictate --db small/notes.db list --json
    """
    (tmp_path / "small").mkdir()
    command = ["unshare", "-rm", "sh", "-c", script, "sh", "small", sys.executable, sample, "--model", "tiny.en"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    report, _, rest = done.stdout.partition("status 1\n")
    assert "No space left" in json.loads(report)["failed"][0]["error"]
    assert rest == "[]\n"
