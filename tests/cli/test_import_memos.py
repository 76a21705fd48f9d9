"""``dictate import``: which interview a memo is of, what the phone itself heard, and watched folders."""

from __future__ import annotations

import json
import os
import plistlib
import shutil
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from tests.capture.phone_files import told, with_transcript
from tests.cli.conftest import Run
from tests.cli.room import Terminal

PHONE = (
    "So Quillmere Logistics, data engineer, second round. Then Priya asked me why I left. I said that the commute was "
    "too long. I felt calm. They will call me by Friday."
)
TEXT = "So, Quillmere Logistics, data engineer, second round. They asked me why I left. I said it was the commute."


@pytest.fixture
def memo(sample: Path, tmp_path: Path) -> Path:
    """The sample, with a transcript of the phone's that has one word otherwise."""
    words = (sample.parent / "memo.txt").read_text().replace("parcel", "marvel")
    return with_transcript(sample, tmp_path / "memo.m4a", told(" ".join(words.split())))


def test_the_phones_words_come_at_once_and_whispers_later(run: Run, memo: Path, whisper_tiny: Path) -> None:
    ran = run("import", memo, "--quick", "--json")
    assert ran.status == 0, ran.err
    (done,) = ran.json["imported"]
    shown = run("show", done["interview_id"], "--json").json
    (recording,) = shown["recordings"]
    assert (recording["engine"], recording["doubtful"]) == ("apple-voice-memos", [])
    assert "marvel depot" in recording["transcript"]
    assert "import it again without --quick" in run("show", done["interview_id"]).out
    assert run("import", memo, "--quick", "--json").json["skipped"]
    followup = next(note for note in shown["notes"] if note["kind"] == "followup")
    run("relabel", followup["id"], "plan")

    ran = run("import", memo, "--model", "tiny.en", "--company", "Brightwhistle", "--json")
    (again,) = ran.json["imported"]
    assert (again["interview_id"], again["recording_id"]) == (done["interview_id"], done["recording_id"])
    shown = run("show", done["interview_id"], "--json").json
    (recording,) = shown["recordings"]
    assert (recording["engine"], shown["company"]) == ("faster-whisper", "Brightwhistle")
    assert "parcel depot" in recording["transcript"]
    doubted = next(place for place in recording["doubtful"] if place["other"] == "marvel")
    assert recording["transcript"][doubted["start"] : doubted["end"]] == doubted["text"] == "parcel"
    assert next(note for note in shown["notes"] if note["id"] == followup["id"])["kind"] == "plan"
    assert "“parcel”, by the phone “marvel”" in run("show", done["interview_id"]).out
    (skipped,) = run("import", memo, "--model", "tiny.en", "--json").json["skipped"]
    assert "already imported" in skipped["reason"]
    (redone,) = run("import", memo, "--redo", "--model", "tiny.en", "--json").json["imported"]
    assert redone["recording_id"] == done["recording_id"]
    kinds = {note["id"]: note["kind"] for note in run("show", done["interview_id"], "--json").json["notes"]}
    assert kinds[followup["id"]] == "plan"


def test_a_memo_without_the_phones_words_is_passed_over_by_quick(run: Run, sample: Path) -> None:
    ran = run("import", sample, "--quick", "--json")
    assert (ran.status, ran.json["imported"]) == (0, [])
    assert "without --quick" in ran.json["skipped"][0]["reason"]


def test_facts_come_from_what_was_said(run: Run, sample: Path, tmp_path: Path) -> None:
    memo = with_transcript(sample, tmp_path / "New Recording 3.m4a", told(PHONE))
    (done,) = run("import", memo, "--quick", "--role", "analyst", "--json").json["imported"]
    shown = run("show", done["interview_id"], "--json").json
    assert (shown["company"], shown["role"], shown["round"]) == ("Quillmere Logistics", "analyst", "second")


def test_facts_come_from_files_beside_a_memo_and_from_its_folder(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "2026-03-12 Acme - data engineer"
    folder.mkdir()
    (folder / "told.txt").write_text(TEXT)
    (folder / "other.txt").write_text(TEXT + " Again.")
    (folder / "other.toml").write_text('company = "Ribbleton"\ninterviewers = ["Ana", "Ben"]\nheld_at = 2026-03-11')
    (folder / "dictate.toml").write_text('round = "third"')
    done = run("import", folder / "told.txt", folder / "other.txt", "--json").json["imported"]
    first, second = (run("show", one["interview_id"], "--json").json for one in done)
    assert (first["company"], first["role"], first["round"]) == ("Acme", "data engineer", "third")
    assert first["held_at"].startswith("2026-03-12")
    assert (second["company"], second["role"], second["round"]) == ("Ribbleton", "data engineer", "third")
    assert (second["interviewers"], second["held_at"][:10]) == (["Ana", "Ben"], "2026-03-11")


def test_a_side_file_that_makes_no_sense_is_told_and_the_rest_is_done(run: Run, tmp_path: Path) -> None:
    for name, side in {
        "a": 'company = "open',
        "b": "comapny = 'x'",
        "c": "held_at = 'soon'",
        "d": 'company = "Acme"',
    }.items():
        (tmp_path / f"{name}.txt").write_text(f"{TEXT} {name}")
        (tmp_path / f"{name}.toml").write_text(side)
    (tmp_path / "d.json").write_text("[1, 2]")
    ran = run("import", *sorted(tmp_path.glob("?.txt")), "--json")
    assert ran.status == 1
    assert [Path(bad["path"]).name for bad in ran.json["failed"]] == ["a.txt", "b.txt", "c.txt"]
    assert ["is no TOML" in bad["error"] or "company, role" in bad["error"] for bad in ran.json["failed"][:2]] == [
        True
    ] * 2
    assert "held_at is no date" in ran.json["failed"][2]["error"]
    (done,) = ran.json["imported"]
    assert run("show", done["interview_id"], "--json").json["company"] == "Acme"


def test_parts_spoken_minutes_apart_are_one_interview(run: Run, sample: Path, tmp_path: Path) -> None:
    words = PHONE.split()
    for name, count in (("2026-03-12 15.04.00.m4a", 12), ("2026-03-12 15.09.00.m4a", len(words))):
        with_transcript(
            _stripped(sample, tmp_path / f"plain {count}.m4a", count), tmp_path / name, told(" ".join(words[:count]))
        )
        (tmp_path / f"plain {count}.m4a").unlink()
    done = run("import", tmp_path, "--quick", "--json").json["imported"]
    assert len(done) == 2
    assert len({one["interview_id"] for one in done}) == 1
    (tmp_path / "apart").mkdir()
    done = run("--db", tmp_path / "apart" / "notes.db", "import", tmp_path, "--quick", "--separate", "--json").json[
        "imported"
    ]
    assert len({one["interview_id"] for one in done}) == 2


def _stripped(source: Path, target: Path, seconds: int) -> Path:
    """So much of a memo, without the date in its tags."""
    import av

    with av.open(str(source)) as there, av.open(str(target), "w", format="ipod") as here:
        stream = there.streams.audio[0]
        copy = here.add_stream_from_template(stream)
        for packet in there.demux(stream):
            if packet.dts is None or packet.pts * stream.time_base > seconds:
                break
            packet.stream = copy
            here.mux(packet)
    return target


def test_what_cannot_be_had_together_is_wrong_usage(run: Run, tmp_path: Path) -> None:
    for options in (["--quick", "--redo"], ["--watch", "--dry-run"], ["--print-service", "--redo"], ["--ask"]):
        ran = run("import", tmp_path, *options)
        assert (ran.status, "--" in ran.err) == (2, True)


def test_a_file_cannot_be_watched(run: Run, memo: Path) -> None:
    for option in ("--watch", "--print-service"):
        ran = run("import", memo, option)
        assert (ran.status, ran.out) == (2, "")
        assert "memo.m4a is a file: --watch takes folders" in ran.err


def test_a_service_file_is_printed(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "My 100% memos"
    ran = run("import", folder, "--word", "Ngozi", "--print-service", "systemd")
    assert ran.status == 0
    (line,) = [line for line in ran.out.splitlines() if line.startswith("ExecStart=")]
    assert f'"{str(folder).replace("%", "%%")}"' in line
    assert line.endswith("--word Ngozi")
    agent = plistlib.loads(run("import", folder, "--print-service", "launchd").out.encode())
    assert agent["ProgramArguments"][:3] == [sys.executable, "-m", "dictate"]
    assert str(folder) in agent["ProgramArguments"]
    if shutil.which("systemd-analyze"):
        unit = tmp_path / "dictate.service"
        unit.write_text(ran.out)
        assert (
            "ExecStart"
            not in subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True).stderr
        )


def test_a_service_is_told_all_that_was_said(run: Run, tmp_path: Path) -> None:
    said = [
        "--company", "Sam's \"Cut\" & Co; 100% $HOME", "--role", "back\\end", "--round", "second", "--add-to", "7",
        "--held-at", "2026-03-14T15:30:00+00:00", "--interviewer", "Priya", "--interviewer", "Tom Okafor",
    ]  # fmt: skip
    agent = plistlib.loads(run("import", tmp_path, *said, "--print-service", "launchd").out.encode())
    arguments = agent["ProgramArguments"]
    pairs = list(pairwise(arguments))
    for option, value in zip(said[::2], said[1::2], strict=True):
        if option == "--held-at":
            (value,) = [told for name, told in pairs if name == option]
            assert datetime.fromisoformat(value) == datetime(2026, 3, 14, 15, 30, tzinfo=UTC)
        else:
            assert (option, value) in pairs
    unit = run("import", tmp_path, *said, "--print-service", "systemd").out
    (line,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    assert r"""--company "Sam's \"Cut\" & Co; 100%% $$HOME" --role "back\\end" """ in line
    assert '--interviewer Priya --interviewer "Tom Okafor"' in line


def test_asked_on_a_terminal_the_user_has_the_last_word(tmp_path: Path, run: Run) -> None:
    told = tmp_path / "told.txt"
    told.write_text(
        "I was at Northwind for the analyst job. They asked me why I left. I said the commute was too long."
    )
    database = tmp_path / "notes.db"
    terminal = Terminal(dict(os.environ), "--db", database, "import", told, "--role", "analyst", "--ask")
    terminal.until("I was at Northwind for the analyst job.")
    for asked, answer in (
        ("Company", "Acme"), ("Role [analyst]", ""), ("Round", "second"), ("Held at", "soon"),
        ("write 2026-03-14", "2026-03-14"), ("Interviewers", "Sarah, Tom"),
    ):  # fmt: skip
        terminal.until(asked)
        terminal.press(f"{answer}\n")
    assert terminal.end() == 0
    shown = run("--db", database, "show", 1, "--json").json
    assert (shown["company"], shown["role"], shown["round"]) == ("Acme", "analyst", "second")
    assert shown["held_at"].startswith("2026-03-14")
    assert shown["interviewers"] == ["Sarah", "Tom"]


def test_a_watched_folder_gives_whole_memos_and_may_vanish(sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "synced"
    folder.mkdir()
    first = with_transcript(sample, tmp_path / "first.m4a", told(PHONE))
    data = first.read_bytes()
    command = [sys.executable, "-m", "dictate", "--db", tmp_path / "notes.db", "import", folder, "--watch", "--quick"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as watching:
        assert watching.stdout
        try:
            assert "watching" in watching.stdout.readline()
            (folder / "empty.m4a").touch()
            (folder / "there.m4a.part").write_bytes(data)
            (folder / "there.m4a").write_bytes(data[:1000])
            with (folder / "slow.m4a").open("wb") as slow:
                for at in range(0, len(data), 60_000):
                    slow.write(data[at : at + 60_000])
                    slow.flush()
                    time.sleep(0.3)
            assert "slow.m4a: " in watching.stdout.readline()
            folder.rename(tmp_path / "away")
            time.sleep(2)
            folder.mkdir()
            second = _stripped(sample, tmp_path / "plain.m4a", 30)
            with_transcript(second, folder / "second.m4a", told(TEXT))
            line = watching.stdout.readline()
            while "second.m4a: " not in line:
                assert line
                line = watching.stdout.readline()
        finally:
            watching.send_signal(signal.SIGINT)
        assert "no longer watching" in watching.stdout.read()
        assert watching.wait(20) == 130
    listed = subprocess.run(
        [sys.executable, "-m", "dictate", "--db", tmp_path / "notes.db", "list", "--json"],
        capture_output=True,
        text=True,
    )
    assert sum(one["recordings"] for one in json.loads(listed.stdout)) == 2
    assert os.path.exists(tmp_path / "away" / "slow.m4a")  # noqa: PTH110


def test_a_folder_is_waited_for_and_what_was_left_over_is_tried_again(memo: Path, tmp_path: Path) -> None:
    folder = tmp_path / "later"
    command = [sys.executable, "-m", "dictate", "--db", tmp_path / "notes.db", "import", folder, "--watch", "--quick"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as watching:
        assert watching.stdout
        try:
            assert "watching" in watching.stdout.readline()
            assert watching.stdout.readline() == f"dictate: {folder}: is not there; waiting for it\n"
            made = tmp_path / "made"
            made.mkdir()
            shutil.copy(memo, made)
            (made / "memo.toml").write_text("company = Acme")
            made.rename(folder)
            assert watching.stdout.readline() == f"dictate: {folder}: is there now\n"
            assert "memo.toml: is no TOML" in watching.stdout.readline()
            assert "1 memo left over, to be tried again later" in watching.stdout.readline()
            (folder / "memo.toml").write_text('company = "Acme"')
            assert "notes in interview 1" in watching.stdout.readline()
        finally:
            watching.send_signal(signal.SIGTERM)
        assert watching.stdout.read() == "dictate: no longer watching; what was done is kept\n"
        assert watching.wait(20) == 0
