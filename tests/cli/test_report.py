"""``dictate report``: opened in a real browser, on a phone and at a desk."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dictate.store import Store
from tests.cli.browser import browser
from tests.cli.conftest import Run
from tests.store.telling import debrief

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)> \"Ann\" & 'Co'"
TOLD = """
    [X] That was {company} with {who}.
    [Q1{hard}] {who} asked about a conflict in the team, number {number}.
    [A1] I told {who} the rota story, seven out of ten, at {company}.
    [F] I felt nervous, six out of ten.
    [C] I was worried about my shoes.
    [S] {who} laughed.
    [P] Next time I will practise the rota story.
    [N] http://example.com/{number} is where they are.
"""
DRAWN = (
    "[...document.querySelectorAll('figure svg[role=img]')].map(e => [e.getBoundingClientRect().height, e.textContent])"
)
CONTRAST = """() => {
  const rgb = text => text.match(/[0-9.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92
    : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
  let least = 21;
  const texts = 'p, a, li, span, th, td, h1, h2, h3, h4, figcaption, summary, svg text:not(.on)';
  for (const e of document.querySelectorAll(texts)) {
    const own = rgb(e instanceof SVGElement ? getComputedStyle(e).fill : getComputedStyle(e).color);
    const [a, b] = [light(own), light(ground(e))].sort((x, y) => y - x);
    least = Math.min(least, (a + 0.05) / (b + 0.05));
  }
  return least;
}"""


def fill(database: Path, count: int, company: str = "Northwind", who: str = "Sarah Lind") -> Path:
    with Store.open(database) as store:
        for number in range(count):
            told = TOLD.format(company=company, who=who, number=number, hard="!" if number % 2 else "")
            held = datetime(2026, 1, 5, 12, tzinfo=UTC) + timedelta(days=9 * number)
            added = store.add(debrief(told, company=company, held_at=held, interviewers=(who,)))
            store.set_outcome(added.interview_id, ("rejected", "advanced", "offer")[number % 3])  # type: ignore[arg-type]
    return database


@pytest.fixture
def several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    database = fill(tmp_path / "notes.db", 5)
    monkeypatch.setenv("DICTATE_DB", str(database))
    return database


def test_it_opens_in_a_browser_and_fetches_nothing(run: Run, several: Path, tmp_path: Path) -> None:
    evil = fill(tmp_path / "evil <b>.db", 4, company=EVIL, who=EVIL)
    file = tmp_path / "report.html"
    ran = run("report", "--db", several, "--db", evil, "-o", file)
    assert (ran.status, ran.out, ran.err) == (0, f"{file}\n", "")
    assert file.stat().st_mode & 0o777 == 0o600
    with browser() as chromium:
        phone = chromium.show(file, width=360)
        assert (phone.said, phone.fetched) == ([], [])
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 360
        drawn = phone.page.evaluate(DRAWN)
        assert all(height > 30 for height, _ in drawn)
        names = " ".join(text for _, text in drawn)
        for name in ("how many of them were difficult", "How interviews felt", "What became of", "Concerns that come"):
            assert names.count(name) == 2
        assert phone.page.evaluate("document.querySelectorAll('script, img, iframe, [onerror], [style]').length") == 0
        assert EVIL in phone.page.inner_text("body")
        assert phone.page.evaluate(CONTRAST) >= 4.5
        links = "[...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"
        wanted = set(phone.page.evaluate(links))
        assert all(link.startswith("#") and phone.page.query_selector(f"[id='{link[1:]}']") for link in wanted)
        assert any(link.startswith("#note-2-") for link in wanted)
        tables = "f => f.querySelector('table caption') && f.querySelector('th[scope=col]')"
        assert phone.page.evaluate(f"[...document.querySelectorAll('figure')].every({tables})")
        assert phone.page.get_attribute("html", "lang") == "en"
        phone.page.emulate_media(media="print")
        assert phone.page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        desk = chromium.show(file, width=1280, dark=True)
        assert (desk.said, desk.fetched) == ([], [])
        assert desk.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 28)"
        assert desk.page.evaluate(CONTRAST) >= 4.5


def test_redacted_it_names_nobody(run: Run, several: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    ran = run("report", "--redact", "-o", file, "--json")
    assert ran.status == 0
    assert "look it through" in ran.err
    for told in (ran.out, file.read_text()):
        assert not re.search(r"northwind|sarah|lind\b|example\.com", told, re.I)
        assert "Company A" in told
        assert "Person 1" in told
    (client,) = json.loads(ran.out)["clients"]
    assert client["name"] == "Client 1"


def test_json_holds_what_is_said_with_the_notes_behind_it(run: Run, several: Path, tmp_path: Path) -> None:
    os.chdir(tmp_path)
    (client,) = run("report", "--json").json["clients"]
    assert not (tmp_path / "dictate-report.html").exists()
    assert [(one["questions"], one["difficult"], len(one["note_ids"])) for one in client["asked"]] == [
        (1, number % 2, 1) for number in range(5)
    ]
    assert client["review"]["moods"]["months"][0]["note_ids"]
    assert client["review"]["concerns"][0]["note_ids"]
    assert client["review"]["base"]["outcomes"] == {"rejected": 2, "advanced": 2, "offer": 1}


def test_one_interview_is_reported_as_no_pattern(run: Run, tmp_path: Path) -> None:
    one = fill(tmp_path / "one.db", 1)
    assert run("report", "--db", one, "-o", tmp_path / "r.html").status == 0
    assert "too little to go on: 1 interview with notes, three are the least" in (tmp_path / "r.html").read_text()


def test_bad_input_is_one_line_and_writes_nothing(run: Run, several: Path, tmp_path: Path) -> None:
    Store.open(tmp_path / "empty.db").close()
    mine = tmp_path / "mine.html"
    mine.write_text("<p>mine</p>")
    before = sorted(tmp_path.iterdir())
    out = tmp_path / "r.html"
    for arguments, message in (
        (
            ["--db", tmp_path / "empty.db", "-o", out],
            "no interviews yet: make notes of memos with `dictate import FILE`",
        ),
        (["--db", tmp_path / "none.db", "-o", out], "no notes yet at"),
        (["-o", tmp_path / "no" / "r.html"], f"the folder {tmp_path / 'no'} does not exist"),
        (["-o", "/proc/r.html"], "cannot write /proc/r.html|the folder /proc"),
        (["-o", mine], f"{mine} is there already and no report: --force replaces it"),
    ):
        ran = run("report", *arguments)
        assert (ran.status, ran.out, len(ran.err.splitlines())) == (1, "", 1)
        assert re.match(f"dictate: (?:{message})", ran.err) or ran.err.startswith(f"dictate: {message}")
    assert [path for path in sorted(tmp_path.iterdir()) if path.suffix not in (".db-wal", ".db-shm")] == [
        path for path in before if path.suffix not in (".db-wal", ".db-shm")
    ]
    assert mine.read_text() == "<p>mine</p>"
    assert run("report", "-o", mine, "--force").status == 0
    assert run("report", "-o", mine).status == 0  # an earlier report is replaced
