"""Exports on disk: whole files, and only the export's own are ever replaced."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from pathlib import Path

import pytest
import yaml

from dictate.review import exporting
from tests.cli.conftest import Run
from tests.cli.filled import NORTHWIND, ODD_NAME

FIRST = "2026-07-01 Northwind, data engineer, first (1).md"
SECOND = "2026-07-01 A c'me script x 1 a (2).md"
RECORD = ".dictate-export.json"


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_data_goes_to_standard_output(run: Run, filled: Path) -> None:
    shown = [run("show", id, "--json").json for id in (1, 2)]
    assert run("export", "--format", "json").json == run("export", "--json").json == shown
    assert run("export", 2, 1, 2, "-f", "json").json == shown[::-1]
    assert [json.loads(line) for line in run("export", "-f", "ndjson").out.splitlines()] == shown
    rows = list(csv.DictReader(io.StringIO(run("export", 1, "-f", "csv").out)))
    assert [(row["kind"], row["text"]) for row in rows] == [(kind, text) for kind, _, _, text in NORTHWIND]


def test_data_goes_to_a_file_that_a_later_export_replaces(run: Run, filled: Path, tmp_path: Path) -> None:
    for format in ("json", "ndjson", "csv"):
        path = tmp_path / f"notes.{format}"
        ran = run("export", "-f", format, "-o", path)
        assert (ran.status, ran.out, ran.err) == (0, f"{path}\n", "")
        assert path.read_text() == run("export", "-f", format).out
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        ran = run("export", 2, "-f", format, "-o", path, "--json")
        expected = {"interviews": 1, "notes": 2, "files": [str(path)], "removed": [], "left": []}
        assert (ran.status, ran.json) == (0, expected)
        assert path.read_text() == run("export", 2, "-f", format).out
        path.write_text("precious")
        ran = run("export", "-f", format, "-o", path)
        said = f"dictate: {path} is there already and no {format} of an earlier export: --force replaces it\n"
        assert (ran.status, ran.out, ran.err) == (1, "", said)
        assert path.read_text() == "precious"
        assert run("export", "-f", format, "-o", path, "--force").status == 0
        assert path.read_text() == run("export", "-f", format).out


def test_markdown_is_a_file_for_each_interview(run: Run, filled: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault" / "interviews"
    ran = run("export", "--output", vault)
    assert (ran.status, ran.out, ran.err) == (0, f"{vault / FIRST}\n{vault / SECOND}\n", "")
    assert files(vault) == [RECORD, SECOND, FIRST]
    page = (vault / SECOND).read_text()
    assert yaml.safe_load(page.split("---\n")[1])["company"] == ODD_NAME
    assert "<" not in page.split("---\n", 2)[2].replace("\\<", "")
    assert (vault / FIRST).read_text() == run("export", 1).out
    assert str(filled.parent) not in (vault / RECORD).read_text()


def test_a_second_export_follows_what_was_corrected(run: Run, filled: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    run("export", "-o", vault)
    (vault / "mine.md").write_text("my own")
    unchanged = (vault / SECOND).stat().st_mtime_ns
    run("edit", 2, "Why I leave.")
    run("outcome", 1, "offer")
    ran = run("export", "-o", vault, "--json")
    assert (ran.status, ran.json["files"], ran.json["removed"]) == (0, [str(vault / FIRST), str(vault / SECOND)], [])
    assert "### 1. Why I leave." in (vault / FIRST).read_text()
    assert "interview/offer" in (vault / FIRST).read_text()
    assert (vault / SECOND).stat().st_mtime_ns == unchanged
    run("merge", 2, 1)  # the company stays, role and round come: another name
    renamed = "2026-07-01 A c'me script x 1 a , data engineer, first (2).md"
    ran = run("export", "-o", vault, "--json")
    assert ran.json["removed"] == [str(vault / SECOND)]
    assert files(vault) == [RECORD, renamed, FIRST, "mine.md"]
    assert (vault / "mine.md").read_text() == "my own"


def test_what_the_user_changed_stays(run: Run, filled: Path, tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    run("export", "-o", vault)
    changed = (vault / FIRST).read_text() + "\nMy own thoughts.\n"
    (vault / FIRST).write_text(changed)
    run("edit", 2, "Why I leave.")
    for _ in range(2):
        ran = run("export", "-o", vault, "--json")
        assert (ran.status, ran.json["left"], ran.json["files"]) == (1, [str(vault / FIRST)], [str(vault / SECOND)])
        said = f"dictate: {vault / FIRST} is not as an export left it, and stays so: --force replaces it\n"
        assert ran.err == said
        assert (vault / FIRST).read_text() == changed
    assert run("export", "-o", vault, "--force").status == 0
    assert (vault / FIRST).read_text() == run("export", 1).out
    assert run("export", "-o", vault).status == 0


def test_files_of_others_are_not_replaced(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / FIRST).write_text("mine, by chance of that name")
    assert run("export", "-o", vault).status == 1
    assert (vault / FIRST).read_text() == "mine, by chance of that name"
    assert files(vault) == [RECORD, SECOND, FIRST]
    os.link(filled, tmp_path / "client.db")  # the same notes under the name of another database
    run("--db", tmp_path / "client.db", "edit", 12, "No.")
    ran = run("--db", tmp_path / "client.db", "export", 2, "-o", vault, "--json")
    assert (ran.status, ran.json["left"]) == (1, [str(vault / SECOND)])


@pytest.mark.parametrize("content", ["{", "[]", '{"x.md": 1}', '{"x.md": {"database": "x"}}', "\udc80"])
def test_a_broken_record_of_what_was_written(run: Run, filled: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / RECORD).write_text(content, errors="surrogateescape")
    before = files(tmp_path)
    ran = run("export", "-o", tmp_path)
    said = f"dictate: {tmp_path / RECORD} cannot be read: remove it, and what is there will be left as it is\n"
    assert (ran.status, ran.out, ran.err) == (1, "", said)
    assert files(tmp_path) == before


def test_bad_output_is_one_clear_line(run: Run, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    absent, under = tmp_path / "absent" / "x.csv", tmp_path / "file" / "x"
    for_each = "Markdown goes to a folder, one file for each interview"
    for arguments, said in (
        ([], "markdown is one file for each interview: name a folder with --output, or one interview"),
        (["-o", tmp_path / "file"], f"{tmp_path / 'file'} is a file: {for_each}"),
        (["-o", under], f"cannot create {under}: Not a directory; name another folder with --output"),
        (["-f", "csv", "-o", tmp_path], f"{tmp_path} is a folder: name a file with --output"),
        (["-f", "csv", "-o", absent],
         f"the folder {absent.parent} does not exist: create it, or name another with --output"),
        (["9", "-o", tmp_path / "v"], "no interview 9: `dictate list` shows those there are"),
    ):  # fmt: skip
        ran = run("export", *arguments)
        assert (ran.status, ran.out, ran.err) == (1, "", f"dictate: {said}\n")
    assert files(tmp_path) == ["file", filled.parent.name]
    assert run("export", "-f", "csv", "--json").status == 2
    assert run("export", "-f", "pdf").status == 2


def test_a_disk_that_fails_half_way_leaves_whole_files(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = tmp_path / "vault"
    written = []

    def fsync(file: int) -> None:
        written.append(file)
        if len(written) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting.os, "fsync", fsync)
    ran = run("export", "-o", vault)
    said = f"dictate: cannot write {vault / SECOND}: No space left on device; name another place with --output\n"
    assert (ran.status, ran.err) == (1, said)
    assert files(vault) == [RECORD, FIRST]
    run("edit", 2, "Why I leave.")
    assert run("export", "-o", vault).status == 0  # what was written is known as its own
    assert "Why I leave." in (vault / FIRST).read_text()


def test_nothing_to_export(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DICTATE_DB")
    assert run("export", "--json").json == []
    ran = run("export", "-o", tmp_path / "vault")
    assert (ran.status, ran.err) == (0, "no interviews yet; make notes of a memo with: dictate import FILE\n")
    assert not (tmp_path / "vault").exists()
    assert run("export", 1).status == 1
