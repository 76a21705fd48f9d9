"""SQL of the user's own: it reads, and nothing can be changed by it."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.cli.conftest import Run

NOTHING = "dictate: nothing to ask: give one SELECT statement, such as 'select * from notes_in_full'"
ONLY_READS = "dictate: a query only reads: give one SELECT, WITH, EXPLAIN or a PRAGMA that tells and sets nothing"


def test_rows_for_people_and_for_programs(run: Run, filled: Path) -> None:
    sql = "select kind, count(*) as n, max(number) from notes group by kind order by n desc, kind limit 2"
    ran = run("query", sql)
    assert (ran.status, ran.out) == (0, "kind\tn\tmax(number)\nquestion\t4\t2\nanswer\t3\t2\n")
    assert run("query", sql, "--json").json == [
        {"kind": "question", "n": 4, "max(number)": 2},
        {"kind": "answer", "n": 3, "max(number)": 2},
    ]
    assert list(csv.reader(io.StringIO(run("query", sql, "--csv").out)))[1] == ["question", "4", "2"]
    assert run("query", "select * from questions where difficult", "--json").json[0]["number"] == 2
    assert run("query", "select 1 where 0", "--json").json == []


def test_what_json_has_no_word_for(run: Run, filled: Path) -> None:
    (row,) = run("query", "select n.id, i.id, 1 as id_2, 9e999 as x, x'00ff' as y, null as z from notes n "
                 "join interviews i on i.id = 2 limit 1", "--json").json  # fmt: skip
    assert list(row) == ["id", "id_2", "id_2_2", "x", "y", "z"]
    assert (row["x"], row["y"], row["z"]) == ("inf", {"$base64": True, "encoded": "AP8="}, None)
    assert run("query", "select x'00ff' as y").out == "y\n<2 bytes>\n"


def test_search_views_pragmas_and_comments(run: Run, filled: Path) -> None:
    found = "select highlight(notes_fts, 0, '<', '>') as h from notes_fts where notes_fts match 'blank'"
    commented = "-- why\nselect name from pragma_table_info('notes'); -- this"
    assert run("query", found, "--json").json == [{"h": "I went <blank> for a minute."}]
    assert run("query", "--json", "--", commented).json[0] == {"name": "id"}
    assert run("query", "pragma journal_mode", "--json").json == [{"journal_mode": "wal"}]
    assert run("query", "pragma table_info(interviews)", "--json").json[0]["name"] == "id"
    assert run("query", "explain query plan select * from notes").status == 0
    assert run("query", "select value from json_each('[7]')", "--json").json == [{"value": 7}]


def test_limit_bounds_what_has_no_end(run: Run, filled: Path) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select i from n"
    assert run("query", endless, "--limit", 3, "--json").json == [{"i": 1}, {"i": 2}, {"i": 3}]


@pytest.mark.parametrize(
    "sql",
    [
        "delete from notes",
        "update interviews set company = 'x'",
        "insert into notes_fts(notes_fts) values ('rebuild')",
        "replace into interviewers select * from interviewers",
        "with x as (select 1) delete from notes returning id",
        "explain delete from notes",
        "drop table notes",
        "create table t(a)",
        "create temp table t(a)",
        "alter table notes add column x",
        "attach 'other.db' as other",
        "detach main",
        "vacuum",
        "vacuum into 'other.db'",
        "reindex",
        "analyze",
        "begin",
        "savepoint x",
        "pragma user_version = 3",
        "pragma journal_mode = delete",
        "pragma journal_mode(delete)",
        "pragma writable_schema = on",
        "pragma query_only = 0",
        "pragma wal_checkpoint(truncate)",
        "pragma optimize",
    ],
)
def test_whatever_writes_is_refused(run: Run, filled: Path, sql: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(filled.parent)
    before = filled.read_bytes()
    ran = run("query", sql)
    assert (ran.status, ran.out, ran.err) == (1, "", ONLY_READS + "\n")
    assert filled.read_bytes() == before
    assert not Path("other.db").exists()


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select 1; select 2", ONLY_READS + ", not several"),
        ("select 1; delete from notes", ONLY_READS + ", not several"),
        ("", NOTHING),
        ("  -- only a comment", NOTHING),
        ("select * from nowhere", "dictate: cannot ask that: no such table: nowhere"),
        ("select 'open", "dictate: cannot ask that: unrecognized token: \"'open\""),
        ("select", "dictate: cannot ask that: incomplete input"),
        ("update sqlite_master set sql = null", "dictate: cannot ask that: table sqlite_master may not be modified"),
        ("select load_extension('x')", "dictate: cannot ask that: not authorized"),
        ("select * from notes where id = ?", "dictate: cannot ask that: Incorrect number of bindings supplied."),
        ("select cast(x'ff' as text) as t", "dictate: cannot ask that: Could not decode to UTF-8"),
        ("select '\udc80' as t, x", "dictate: cannot ask that: no such column: x"),
        ("select rowid from notes_fts where notes_fts match 'NEAR('", "dictate: cannot ask that: fts5: syntax error"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_clear_line(run: Run, filled: Path, sql: str, said: str) -> None:
    ran = run("query", "--", sql)
    assert (ran.status, ran.out, len(ran.err.splitlines())) == (1, "", 1)
    assert ran.err.startswith(said)
    assert len(list(Database(filled)["notes"].rows)) == 12


def test_no_database_yet(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DICTATE_DB")
    ran = run("query", "select 1")
    assert ran.status == 1
    assert "no notes yet" in ran.err


def test_ctrl_c_ends_a_query_that_runs_away(filled: Path) -> None:
    endless = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"
    command = [sys.executable, "-m", "dictate", "query", "-"]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, env=os.environ)  # fmt: skip
    assert process.stdin is not None
    process.stdin.write(endless)
    process.stdin.close()
    process.stdin = None
    time.sleep(3)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert err.strip() == "dictate: interrupted; what was done so far is kept"
