"""A made-up job search of twelve interviews over three months (samples/search): debriefs in, help for the next one out.

The debriefs are imported as texts; nothing is labelled by hand.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dictate.cli import main
from dictate.review.plan import telling
from tests.cli.browser import browser
from tests.cli.conftest import Run

SEARCH = Path(__file__).parents[2] / "samples" / "search"
PROBLEM = (
    "disagree",
    "disagreement",
    "conflict",
    "fallen out",
    "sees things differently",
    "difficult person",
    "refuses",
)
CONFLICT_IN = {1, 3, 5, 7, 9, 10, 12}  # interviews in which it came, however it was put


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Path:
    database = tmp_path_factory.mktemp("search") / "notes.db"
    interviews = tomllib.loads((SEARCH / "interviews.toml").read_text())["interview"]
    for number, one in enumerate(interviews, start=1):
        facts = [f"--company={one['company']}", f"--role={one['role']}", f"--held-at={one['held_at']}"]
        facts += [f"--interviewer={name}" for name in one["interviewers"]]
        facts += [f"--round={one['round']}"] if "round" in one else []
        assert main(["--db", str(database), "import", str(SEARCH / one["file"]), *facts]) == 0
        assert main(["--db", str(database), "outcome", str(number), one["outcome"]]) == 0
    return database


@pytest.fixture(autouse=True)
def found(search: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DICTATE_DB", str(search))


def notes(run: Run) -> dict[int, dict[str, Any]]:
    interviews = [run("show", number, "--json").json for number in range(1, 13)]
    return {note["id"]: {**note, "interview": one["id"]} for one in interviews for note in one["notes"]}


def test_the_question_that_gives_trouble_is_found(run: Run) -> None:
    review = run("review", "--json").json
    assert review["base"]["with_questions"] == 12
    assert review["base"]["outcomes"] == {"advanced": 3, "offer": 3, "rejected": 4, "waiting": 1, "withdrawn": 1}
    first = review["questions"][0]
    assert first["difficult"] >= 2
    asked = [given["question"].lower() for given in first["given"]]
    assert len({given["interview_id"] for given in first["given"]} & CONFLICT_IN) >= 2
    assert all(any(word in question for word in PROBLEM) for question in asked)


def test_the_letters_say_nothing_untrue(run: Run) -> None:
    told = notes(run)
    natural = 0
    for number in range(1, 13):
        interview = run("show", number, "--json").json
        facts = " ".join(filter(None, (interview["company"], interview["role"], *interview["interviewers"])))
        for letter in run("thank-you", number, "--json").json["letters"]:
            assert letter["words"] < 120
            for sentence in letter["sentences"]:
                behind = " ".join(told[note]["text"] for note in sentence["note_ids"])
                assert {told[note]["interview"] for note in sentence["note_ids"]} <= {number}
                frame = telling(
                    "thank role learned answering mention noted add forward hearing step send email bring talk"
                )
                assert telling(sentence["text"]) <= telling(f"{behind} {facts}") | frame, sentence
                natural += bool(sentence["note_ids"]) and "placeholder" not in sentence["text"]
    assert natural >= 30


def test_what_is_to_be_done_better_comes_back_in_the_preparation(run: Run) -> None:
    plans = {one["note_id"]: one["text"] for one in run("plan", "--json").json if one["kind"] == "plan"}
    assert sum("story" in text or "conflict" in text for text in plans.values()) >= 3
    page = run("prepare", "--company", "Kestrel Rail", "--json").json
    assert {one["note_id"] for one in page["plan"]} & set(plans)
    assert any("printed page" in one["text"] for one in page["plan"])
    assert any("ticketing system" in one["text"] for one in page["unsaid"])
    (done, *_) = plans
    assert run("plan", "--done", done).status == 0
    assert done not in {one["note_id"] for one in run("prepare", "--json").json["plan"]}
    assert run("plan", "--reopen", done).status == 0


def test_every_statement_can_be_traced(run: Run) -> None:
    told = notes(run)
    review = run("review", "--json").json
    parts = [*review["questions"], *review["moods"]["felt"], *review["concerns"], *review["strengths"]]
    assert parts
    for one in parts:
        assert one["note_ids"]
        assert set(one["note_ids"]) <= set(told)
    ratings = [(one["rating"], told[one["note_id"]]["text"]) for one in review["moods"]["ratings"]]
    words = {7: "seven", 8: "eight", 9: "nine"}
    assert len(ratings) >= 4
    assert all(f"{words[rating]} out of ten" in text for rating, text in ratings)


def test_the_report_opens_in_a_browser(run: Run, tmp_path: Path) -> None:
    plain, redacted = tmp_path / "plain.html", tmp_path / "redacted.html"
    assert run("report", "-o", plain).status == 0
    assert run("report", "--redact", "-o", redacted).status == 0
    with browser() as chromium:
        for file in (plain, redacted):
            seen = chromium.show(file, width=360)
            assert (seen.said, seen.fetched) == ([], [])
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= 360
            assert seen.page.evaluate("document.querySelectorAll('figure svg[role=img] rect').length") > 20
    text = redacted.read_text()
    for name in (
        "Fernhollow",
        "Kestrel",
        "Marlowe",
        "Hart",
        "Grace",
        "Adeyemi",
        "Oyelaran",
        "Sunita",
        "Penrose",
        "Raman",
    ):
        assert re.search(rf"\b{name}", plain.read_text())
        assert not re.search(rf"\b{name}", text, re.I), name
