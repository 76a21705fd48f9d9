"""A backup that is whole, and the way back."""

from __future__ import annotations

import sqlite3
import stat
from datetime import date
from pathlib import Path

import click
import pytest
from sqlite_utils import Database

from dictate import paths
from dictate.store import Store, schema
from tests.cli.conftest import Run
from tests.cli.filled import SHA256, fill

TODAY = date.today().isoformat()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def shown(database: Path) -> list[dict[str, object]]:
    """All that is told of all interviews, but for where the audio lies."""
    with Store.open(database, read_only=True) as store:
        everything = [dict(interview) for interview in store.show_all()]
    for interview in everything:
        interview["recordings"] = [{**recording, "path": None} for recording in interview["recordings"]]
    return everything


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm")))


def test_a_backup_is_the_whole_database(run: Run, filled: Path) -> None:
    ran = run("backup", "--json")
    made = filled.with_name(f"dictate-{TODAY}.db")
    assert ran.status == 0
    assert ran.json == {
        "path": str(made),
        "size_bytes": made.stat().st_size,
        "interviews": 2,
        "notes": 12,
        "recordings": None,
        "missing": [],
    }
    assert mode(made) == 0o600
    assert shown(made) == shown(filled)
    assert run("--db", made, "search", "blank", "--json").json[0]["text"] == "I went blank for a minute."
    with Store.open(made) as store:
        assert store.verify() == []  # beside the database, its recordings are the database's


def test_what_is_not_yet_in_the_one_file_is_in_the_backup(run: Run, filled: Path, tmp_path: Path) -> None:
    with Store.open(filled) as open_elsewhere:
        open_elsewhere.set_outcome(2, "offer")
        assert filled.with_name("notes.db-wal").stat().st_size > 0
        assert run("backup", tmp_path / "b.db").status == 0
    assert [one["outcome"] for one in shown(tmp_path / "b.db")] == [None, "offer"]


def test_with_audio_it_can_be_carried_elsewhere(run: Run, filled: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    ran = run("backup", stick, "--audio")
    made = stick / f"dictate-{TODAY}.db"
    assert (ran.status, ran.out.split(",")[:3]) == (0, [f"{made}: 2 interviews", " 12 notes", " 1 recording"])
    assert files(stick) == [f"dictate-{TODAY}-audio", made.name]
    sound = paths.audio_dir(made) / f"{SHA256}.m4a"
    assert (mode(sound.parent), mode(sound), sound.read_bytes()) == (0o700, 0o600, b"sound" * 1000)
    stick = stick.rename(tmp_path / "carried")
    paths.audio_dir(filled).joinpath(sound.name).unlink()
    with Store.open(stick / made.name) as store:
        assert store.verify() == []
        assert store.recording(1)["path"] == str(paths.audio_dir(stick / made.name) / sound.name)
    assert run("backup", stick / made.name, "--audio", "--force").status == 0  # the copy made before is there still


def test_a_recording_that_is_gone_is_said(run: Run, filled: Path, tmp_path: Path) -> None:
    sound = paths.audio_dir(filled) / f"{SHA256}.m4a"
    sound.unlink()
    ran = run("backup", tmp_path / "b.db", "--audio", "--json")
    assert (ran.status, ran.json["recordings"], ran.json["missing"]) == (1, 0, [str(sound)])
    assert ran.err == f"dictate: not in the backup, for it is gone: {sound}\n"
    assert shown(tmp_path / "b.db") == shown(filled)


def test_no_file_is_overwritten_unasked(run: Run, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "b.db").write_text("precious")
    ran = run("backup", tmp_path / "b.db")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err == f"dictate: {tmp_path / 'b.db'} is there already: --force replaces it, or name another file\n"
    assert (tmp_path / "b.db").read_text() == "precious"
    assert run("backup", tmp_path / "b.db", "--force").status == 0
    assert shown(tmp_path / "b.db") == shown(filled)
    ran = run("backup", filled, "--force")
    assert ran.err == f"dictate: {filled} is the database itself: name another file for its backup\n"
    ran = run("backup", filled.with_name("notes.bak"), "--audio")
    assert (ran.status, "would share its recordings" in ran.err) == (1, True)
    assert files(filled.parent) == ["notes-audio", "notes.db"]


def test_a_backup_that_fails_leaves_nothing(run: Run, filled: Path, tmp_path: Path) -> None:
    ran = run("backup", tmp_path / "absent" / "b.db")
    said = f"the folder {tmp_path / 'absent'} does not exist: create it, or name another place"
    assert (ran.status, ran.err) == (1, f"dictate: {said}\n")
    (tmp_path / "b-audio").write_text("in the way")
    ran = run("backup", tmp_path / "b.db", "--audio")
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)
    assert files(tmp_path) == ["b-audio", filled.parent.name]


def test_a_damaged_database_is_not_backed_up(run: Run, filled: Path, tmp_path: Path) -> None:
    data = bytearray(filled.read_bytes())
    data[4096 * 4 :] = bytes(len(data) - 4096 * 4)
    filled.write_bytes(data)
    ran = run("backup", tmp_path / "b.db")
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)
    assert "is damaged" in ran.err
    assert files(tmp_path) == [filled.parent.name]


def test_restore_brings_everything_back_and_keeps_what_was_there(run: Run, filled: Path, tmp_path: Path) -> None:
    made, before = tmp_path / "b.db", shown(filled)
    run("backup", made, "--audio")
    run("delete", 1, "--yes")
    later, backup = shown(filled), made.read_bytes()
    ran = run("restore", made, "--yes", "--json")
    kept = filled.with_name(f"notes-replaced-{TODAY}.db")
    assert (ran.status, ran.err) == (0, "")
    assert ran.json == {
        "path": str(filled),
        "replaced": str(kept),
        "interviews": 2,
        "notes": 12,
        "recordings": 1,
        "missing": [],
    }
    assert shown(filled) == before
    assert shown(kept) == later
    sound = paths.audio_dir(filled) / f"{SHA256}.m4a"
    assert sound.read_bytes() == b"sound" * 1000
    assert [mode(path) for path in (filled, kept, sound, sound.parent)] == [0o600, 0o600, 0o600, 0o700]
    assert made.read_bytes() == backup
    assert files(filled.parent) == ["notes-audio", kept.name, "notes.db"]
    with Store.open(filled) as store:
        assert store.verify() == []
        assert store.recording(1)["path"] == str(sound)
        assert store.query("pragma journal_mode").rows == [("wal",)]
    run("restore", kept, "--yes")
    assert shown(filled) == later
    assert shown(filled.with_name(f"notes-replaced-{TODAY}-2.db")) == before


def test_a_backup_of_an_older_dictate_comes_up_to_date(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:  # as it was before the newest step
        earlier.setattr(schema, "STEPS", schema.STEPS[:-1])
        fill(tmp_path / "old.db")
        run("--db", tmp_path / "old.db", "backup", tmp_path / "b.db")
    before = (tmp_path / "b.db").read_bytes()
    assert run("restore", tmp_path / "b.db", "--yes").status == 0
    assert (tmp_path / "b.db").read_bytes() == before
    with Database(filled) as db:
        assert [row["name"] for row in db["_sqlite_migrations"].rows] == [step.__name__ for step in schema.STEPS]
    assert len(shown(filled)) == 2


def test_restore_on_a_new_machine(run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("backup", tmp_path / "b.db", "--audio")
    before = shown(filled)
    monkeypatch.delenv("DICTATE_DB")
    ran = run("restore", tmp_path / "b.db", "--yes")
    assert (ran.status, ran.out, ran.err) == (0, f"{paths.default_db()}: 2 interviews, 12 notes\n", "")
    assert shown(paths.default_db()) == before
    assert mode(paths.default_db().parent) == 0o700
    assert files(paths.default_db().parent) == ["dictate-audio", "dictate.db"]


def test_without_a_terminal_it_must_be_told_yes(run: Run, filled: Path, tmp_path: Path) -> None:
    made = tmp_path / "b.db"
    run("backup", made)
    run("outcome", 1, "offer")
    ran = run("restore", made)
    said = f"dictate: nothing restored; to restore without being asked: dictate restore {made} --yes\n"
    assert (ran.status, ran.out, ran.err) == (1, "", said)
    assert run("outcome", 1, "--json").json["outcome"] == "offer"
    assert files(filled.parent) == ["notes-audio", "notes.db"]


@pytest.mark.parametrize("answer", [True, False])
def test_on_a_terminal_it_asks(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bool
) -> None:
    asked = []

    def confirm(question: str, *, abort: bool, err: bool) -> None:
        asked.append(question)
        if not answer:
            raise click.Abort

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("click.confirm", confirm)
    run("backup", tmp_path / "b.db")
    run("outcome", 1, "offer")
    assert run("restore", tmp_path / "b.db").status == (0 if answer else 130)
    assert asked == [f"Put {tmp_path / 'b.db'} (2 interviews, 12 notes) in the place of {filled}?"]
    assert run("outcome", 1, "--json").json["outcome"] == (None if answer else "offer")
    assert len(files(filled.parent)) == (3 if answer else 2)


def poem(path: Path) -> None:
    path.write_text("Shall I compare thee " * 100)


def bookmarks(path: Path) -> None:
    with Database(path) as db:
        db["bookmarks"].insert({"url": "https://example.org"})


def newer(path: Path) -> None:
    Store.open(path).close()
    with Database(path) as db:
        db["_sqlite_migrations"].insert({"migration_set": "dictate", "name": "m999_telepathy", "applied_at": ""})


def torn(path: Path) -> None:
    with Store.open(path) as store:
        store.back_up(path.with_name("whole.db"))
    data = path.with_name("whole.db").read_bytes()
    path.with_name("whole.db").unlink()
    path.write_bytes(data[: len(data) // 2])


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (poem, "is not a database (file is not a database): name a file that `dictate backup` made"),
        (bookmarks, "is no database of dictate: name a file that `dictate backup` made"),
        (Path.touch, "is no database of dictate: name a file that `dictate backup` made"),
        (newer, "was made by a newer dictate: upgrade with `pip install -U dictate-debrief`"),
        (torn, "cannot be read (database disk image is malformed): name a file that `dictate backup` made"),
        (Path.mkdir, "no backup at {}: name a file that `dictate backup` made"),
        (lambda path: None, "no backup at {}: name a file that `dictate backup` made"),
    ],
    ids=["poem", "bookmarks", "empty", "newer", "torn", "folder", "absent"],
)
def test_what_is_no_whole_backup_replaces_nothing(run: Run, filled: Path, tmp_path: Path, make, said: str) -> None:
    bad, before = tmp_path / "bad.db", shown(filled)
    make(bad)
    content = bad.read_bytes() if bad.is_file() else None
    ran = run("restore", bad, "--yes")
    line = said.format(bad) if "{}" in said else f"{bad} {said}"
    assert (ran.status, ran.out, ran.err) == (1, "", f"dictate: {line}\n")
    assert shown(filled) == before
    assert files(filled.parent) == ["notes-audio", "notes.db"]
    assert content is None or bad.read_bytes() == content


def test_a_backup_with_a_damaged_index_is_found_out(run: Run, filled: Path, tmp_path: Path) -> None:
    made = tmp_path / "b.db"
    run("backup", made)
    with sqlite3.connect(made) as db:
        db.execute("pragma writable_schema = on")
        db.execute(
            "update sqlite_master set sql = replace(sql, '\"start\"', '\"end\"') where name like 'idx_notes_recording%'"
        )
    db.close()
    ran = run("restore", made, "--yes")
    assert (ran.status, ran.err.startswith(f"dictate: {made} is damaged: restore another backup (")) == (1, True)
    assert len(ran.err.splitlines()) == 1


def test_an_open_database_is_not_pulled_away(run: Run, filled: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b.db", "--audio")
    run("delete", 1, "--yes")
    with Store.open(filled) as other:
        ran = run("restore", tmp_path / "b.db", "--yes")
        assert (ran.status, ran.out) == (1, "")
        assert ran.err == f"dictate: {filled} is open in another program: close that, and restore again\n"
        assert [one["id"] for one in other.list()] == [2]
        other.set_outcome(2, "offer")
    assert files(filled.parent) == ["notes-audio", "notes.db"]
    assert files(paths.audio_dir(filled)) == []
    assert run("query", "pragma journal_mode", "--json").json == [{"journal_mode": "wal"}]
    assert run("restore", tmp_path / "b.db", "--yes").status == 0


def test_a_database_that_is_damaged_is_kept_as_it_is_and_replaced(run: Run, filled: Path, tmp_path: Path) -> None:
    made, before = tmp_path / "b.db", shown(filled)
    run("backup", made)
    filled.write_text("garbage " * 1000)
    filled.with_name("notes.db-wal").write_text("the log of garbage")
    ran = run("restore", made, "--yes", "--json")
    kept = filled.with_name(f"notes-replaced-{TODAY}.db")
    assert (ran.status, ran.json["replaced"]) == (0, str(kept))
    assert kept.read_text() == "garbage " * 1000
    assert kept.with_name(kept.name + "-wal").read_text() == "the log of garbage"
    assert shown(filled) == before


def test_another_programs_database_and_itself_are_not_replaced(run: Run, filled: Path, tmp_path: Path) -> None:
    run("backup", tmp_path / "b.db")
    bookmarks(tmp_path / "marks.db")
    ran = run("--db", tmp_path / "marks.db", "restore", tmp_path / "b.db", "--yes")
    said = f"dictate: {tmp_path / 'marks.db'} is another program's database: name another file with --db\n"
    assert (ran.status, ran.err) == (1, said)
    ran = run("restore", filled, "--yes")
    assert (ran.status, ran.err) == (1, f"dictate: {filled} is the database itself: name a backup of it\n")
    ran = run("--db", tmp_path / "absent" / "x.db", "restore", tmp_path / "b.db", "--yes")
    assert (ran.status, "does not exist: create it" in ran.err) == (1, True)


def test_a_backup_without_its_recordings_still_brings_the_notes(run: Run, filled: Path, tmp_path: Path) -> None:
    before = shown(filled)
    run("backup", tmp_path / "b.db")
    run("delete", 1, "--yes")
    ran = run("restore", tmp_path / "b.db", "--yes")
    assert ran.status == 0
    assert ran.err.splitlines()[1] == "1 recording without audio, which is neither here nor with the backup"
    assert shown(filled) == before
