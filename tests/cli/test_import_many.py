"""``dictate import`` of several memos as a program of its own: interrupted, killed, twice at once, foretold."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from dictate.paths import speed_file
from dictate.pipeline.journal import claim
from dictate.pipeline.reader import Reader
from tests.capture.media_files import speech, write
from tests.cli.conftest import Run


class Import:
    """An import in a session of its own, which a signal reaches as a key on a terminal does."""

    def __init__(self, db: Path, *paths: Path) -> None:
        self.imports = db.with_name(f"{db.stem}-imports")
        command = [sys.executable, "-m", "dictate", "--db", db, "import", *paths, "--model", "tiny.en", "--json"]
        self.process = subprocess.Popen(
            [*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
        )

    def until_something_is_heard(self) -> None:
        while self.process.poll() is None:
            if any(len(path.read_text().splitlines()) > 1 for path in self.imports.glob("*.jsonl")):
                return
            time.sleep(0.02)
        pytest.fail(f"it ended first: {self.process.communicate()}")

    def end(self, number: int) -> tuple[int, str]:
        """Its status and what it said, after a signal to all its processes."""
        os.killpg(self.process.pid, number)
        _, told = self.process.communicate(timeout=60)
        return self.process.returncode, told

    def result(self) -> Any:
        return json.loads(self.process.communicate()[0])

    def others(self) -> list[str]:
        """Processes of its session that still run; those that ended a moment ago are waited for."""
        for _ in range(100):
            listed = subprocess.run(
                ["ps", "-o", "stat=,args=", "-s", str(self.process.pid)], capture_output=True, text=True
            )
            running = [line for line in listed.stdout.splitlines() if not line.startswith("Z")]
            if not running:
                break
            time.sleep(0.05)
        return running


def test_ctrl_c_keeps_what_is_done_and_leaves_no_process(folder_of_memos: Path, database: Path, run: Run) -> None:
    interrupted = Import(database, folder_of_memos)
    interrupted.until_something_is_heard()
    status, told = interrupted.end(signal.SIGINT)
    assert status == 130
    assert told.splitlines()[-1] == "dictate: interrupted; what was done so far is kept"
    assert "Traceback" not in told
    assert "leaked" not in told
    assert interrupted.others() == []
    ended = Import(database, folder_of_memos).result()
    assert len(ended["imported"]) + len(ended["skipped"]) == 3
    assert not interrupted.imports.exists()
    assert len(run("--db", database, "list", "--json").json) == 3


def test_the_run_after_a_kill_goes_on(folder_of_memos: Path, database: Path, run: Run) -> None:
    killed = Import(database, folder_of_memos / "c.wav")
    killed.until_something_is_heard()
    killed.process.kill()  # this process alone; the others must notice
    killed.process.communicate()
    assert killed.others() == []
    (journal,) = killed.imports.iterdir()
    told = journal.read_text()
    assert "Tom" in told or "operations" in told
    journal.write_text(told.replace("Tom", "Xanthippe").replace("operations", "Xanthippe"))
    (done,) = Import(database, folder_of_memos / "c.wav").result()["imported"]
    (recording,) = run("--db", database, "show", done["interview_id"], "--json").json["recordings"]
    assert "Xanthippe" in recording["transcript"]
    assert not killed.imports.exists()


def test_two_imports_at_once_share_the_work(folder_of_memos: Path, database: Path, run: Run) -> None:
    both = [Import(database, folder_of_memos), Import(database, folder_of_memos)]
    ended = [one.result() for one in both]
    assert sorted(Path(done["path"]).name for end in ended for done in end["imported"]) == ["a.wav", "b.wav", "c.wav"]
    reasons = {skipped["reason"].split(" as ")[0] for end in ended for skipped in end["skipped"]}
    assert reasons <= {"already imported", "another import is at it"}
    assert [end["failed"] for end in ended] == [[], []]
    assert len(run("--db", database, "list", "--json").json) == 3


def test_a_memo_that_another_import_is_at_is_left_to_it(folder_of_memos: Path, database: Path, run: Run) -> None:
    reader = Reader()
    sha256 = reader.look(folder_of_memos / "a.wav").recording.sha256
    reader.close()
    mine = claim(database.with_name("notes-imports"), sha256, {})
    assert mine
    ran = run("--db", database, "import", folder_of_memos / "a.wav", "--model", "tiny.en", "--json")
    mine.release()
    reason = "another import is at it"
    assert ran.status == 0
    assert ran.json["skipped"] == [{"path": str(folder_of_memos / "a.wav"), "reason": reason}]


def test_a_dry_run_tells_and_writes_nothing(folder_of_memos: Path, database: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "told.txt").write_text("They asked why I left.")
    (tmp_path / "bad.m4a").touch()
    asked = ["--db", database, "import", folder_of_memos, tmp_path / "told.txt", tmp_path / "bad.m4a", "--dry-run"]
    before = sorted(tmp_path.iterdir())
    ran = run(*asked)
    assert ran.status == 1
    assert f"{folder_of_memos / 'c.wav'}: would be transcribed (1:07)" in ran.out
    assert f"{tmp_path / 'told.txt'}: would be read" in ran.out
    assert "bad.m4a: failed" in ran.err
    assert "3 to transcribe (1:37), for how long, the first import will tell" in ran.err
    speed_file().parent.mkdir(parents=True)
    speed_file().write_text('{"base auto": 9.7}')
    told = run(*asked, "--json").json
    assert told["about_s"] == pytest.approx(10, abs=0.2)
    assert [memo["duration_s"] for memo in told["to_import"]] == [12.0, 18.0, pytest.approx(67, abs=1), None]
    assert [bad["path"] for bad in told["failed"]] == [str(tmp_path / "bad.m4a")]
    assert sorted(tmp_path.iterdir()) == before
    assert list(speed_file().parent.iterdir()) == [speed_file()]


def test_a_dry_run_says_where_a_length_is_unknown(
    folder_of_memos: Path, database: Path, run: Run, tmp_path: Path
) -> None:
    webm = write(tmp_path / "a.webm", speech(), codec="libopus", container="webm", rate=48_000, muxer={"live": "1"})
    ran = run("--db", database, "import", webm, "--dry-run")
    assert ran.out == f"{webm}: would be transcribed (length unknown)\n"
    assert "1 to transcribe (length unknown), for how long cannot be told" in ran.err
    ran = run("--db", database, "import", webm, folder_of_memos / "a.wav", "--dry-run")
    assert "2 to transcribe (0:12, and 1 of unknown length)" in ran.err


def test_many_files_are_summed_up_and_the_speed_remembered(folder_of_memos: Path, database: Path, run: Run) -> None:
    ran = run("--db", database, "import", folder_of_memos, "--model", "tiny.en", "--workers", 1)
    assert ran.status == 0
    assert [line.split(": ")[1].split()[1] for line in ran.out.splitlines()] == ["notes"] * 3
    first, *_, last = ran.err.splitlines()
    assert first == "transcribing 3 memos (1:37)"
    assert last.startswith("dictate: 3 imported; 1:37 heard in ")
    assert json.loads(speed_file().read_bytes())["tiny.en auto"] > 0
