"""Formats of the export: what was said comes out as it was said, whatever is in it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dictate.records import KINDS, plain
from dictate.review.formats import COLUMNS, DATA_FORMATS, WRITERS, as_csv, as_json, as_ndjson, encoded, is_export
from dictate.review.markdown import LONGEST_NAME, as_markdown, file_name

NASTY = (
    "a \"b\" 'c': <script>alert(1)</script> & &amp; [[link]] #tag `code` *x* _y_ ~~z~~ ==m== %%n%% $1 | \\ {{t}} ^id"
)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60)
HOSTILE = [
    "1. one",
    "- dash",
    "+ plus",
    "> quoted",
    "# head",
    "---",
    "===",
    "* star",
    "12) twelve",
    "<!-- c -->",
    "***",
    "~~~",
]


def note(number: int, kind: str, text: str, question: int | None = None, difficult: bool | None = None) -> Any:
    return {
        "id": number, "kind": kind, "text": plain(text), "number": question, "difficult": difficult, "confidence": 0.9,
        "recording_id": 1, "start": 0, "end": 1, "start_s": None, "end_s": 1.5, "edited": False,
    }  # fmt: skip


def interview(*notes: Any, **facts: Any) -> Any:
    recording = {
        "id": 1, "path": "/x/\udc80.m4a", "sha256": "ab", "recorded_at": "2026-07-03T10:00:00+00:00",
        "recorded_at_source": "tag", "recorded_at_trusted": True, "recorded_at_remark": "", "duration_s": 3.0,
        "transcript": "...",
    }  # fmt: skip
    known = {
        "id": 7,
        "company": None,
        "role": None,
        "round": None,
        "held_at": None,
        "outcome": None,
        "interviewers": [],
    }
    return {**known, **facts, "recordings": [recording], "notes": list(notes)}


def front_matter(page: str) -> dict[str, Any]:
    _, matter, _ = page.split("---\n", 2)
    read: dict[str, Any] = yaml.safe_load(matter)
    return read


def read_back(page: str) -> list[tuple[str, str]]:
    """Each block's tag and words, as a reader of Markdown understands them; nothing may be anything but words."""
    body = page.split("---\n", 2)[2]
    tokens = MarkdownIt("commonmark").enable("strikethrough").parse(body)
    tags = {token.type for token in tokens}
    assert tags <= {f"{name}_{side}" for name in ("heading", "paragraph", "bullet_list", "list_item")
                    for side in ("open", "close")} | {"inline"}  # fmt: skip
    blocks, stack = [], [""]
    for token in tokens:
        if token.nesting == 1:
            stack.append(token.tag)
        elif token.nesting == -1:
            stack.pop()
        else:
            assert {child.type for child in token.children or []} <= {"text", "em_open", "em_close", "text_special"}
            where = "li" if "li" in stack else stack[-1]
            blocks.append((where, "".join(child.content for child in token.children or [])))
    return blocks


def test_a_page_is_in_the_order_of_show() -> None:
    page = as_markdown(
        interview(
            note(9, "plan", "Practise drawing."),
            note(1, "context", "With Sarah."),
            note(2, "question", "Why leave?", 1, False),
            note(3, "answer", "Cuts.", 1),
            note(4, "question", "Draw it.", 2, False),
            note(5, "question", "Draw it now.", 2, True),
            note(6, "answer", "Two boxes.", 2),
            note(7, "ask", "On call?", 1),
            note(8, "learned", "One week in six.", 1),
            note(10, "learned", "They moved house.", 4),
            note(11, "answer", "Answers nothing.", 9),
            note(12, "feeling", "Flat."),
            note(13, "aside", "The bus."),
            note(14, "question", "One without a number?", None, False),
            note(15, "question", "Another without.", None, True),
            company="Northwind",
            role="engineer",
        )
    )
    assert read_back(page) == [
        ("h1", "Northwind · engineer"),
        ("p", "With Sarah."),
        ("h2", "Questions"),
        ("h3", "1. Why leave?"),
        ("p", "Cuts."),
        ("h3", "2. Draw it. (difficult)"),
        ("p", "Again: Draw it now."),
        ("p", "Two boxes."),
        ("h3", "One without a number?"),
        ("h3", "Another without. (difficult)"),
        ("h3", "Other answers"),
        ("li", "Answers nothing."),
        ("h2", "You asked"),
        ("h3", "1. On call?"),
        ("p", "One week in six."),
        ("h2", "What they told you"),
        ("li", "They moved house."),
        ("h2", "Feelings"),
        ("li", "Flat."),
        ("h2", "To do better"),
        ("li", "Practise drawing."),
        ("h2", "Asides"),
        ("li", "The bus."),
    ]


def test_the_front_matter_is_what_obsidian_reads() -> None:
    facts = {"company": NASTY, "role": "yes", "round": "2026-01-01", "held_at": "2026-07-01T23:30:00+02:00"}
    page = as_markdown(interview(**facts, outcome="rejected", interviewers=["null", 'Tom "T": #1', "- x"]))
    matter = front_matter(page)
    assert matter["date"].isoformat() == "2026-07-01"
    assert matter == {
        "title": f"{NASTY}, yes, 2026-01-01",
        "company": NASTY,
        "role": "yes",
        "round": "2026-01-01",
        "date": matter["date"],
        "outcome": "rejected",
        "interviewers": ["null", 'Tom "T": #1', "- x"],
        "tags": ["interview", "interview/rejected"],
        "interview": 7,
    }


def test_what_is_not_known_is_null() -> None:
    page = as_markdown(interview())
    assert front_matter(page) == {
        **dict.fromkeys(("company", "role", "round", "outcome")),
        "title": "Interview",
        "date": front_matter(page)["date"],
        "interviewers": [],
        "tags": ["interview"],
        "interview": 7,
    }
    assert front_matter(page)["date"].isoformat() == "2026-07-03"  # the recording's, which its tag tells
    guessed = interview()
    guessed["recordings"][0]["recorded_at_trusted"] = False
    assert front_matter(as_markdown(guessed))["date"] is None
    assert read_back(page) == [("h1", "Interview")]


@given(st.lists(st.tuples(st.sampled_from(KINDS), TEXTS), max_size=8), TEXTS)
@example([(kind, NASTY) for kind in KINDS], NASTY)
@example([(kind, text) for kind in ("context", "answer", "plan", "question", "ask") for text in HOSTILE], "---")
@settings(deadline=None, max_examples=150)
def test_every_word_is_in_the_page_and_none_is_markup(told: list[tuple[str, str]], name: str) -> None:
    notes = [note(at, kind, text) for at, (kind, text) in enumerate(told, start=1) if plain(text)]
    page = as_markdown(interview(*notes, company=name, interviewers=[name]))
    blocks = [text.removesuffix(" (difficult)") for _, text in read_back(page)]
    for one in notes:
        words = plain("".join(" " if letter < " " or "\x7f" <= letter < "\xa0" else letter for letter in one["text"]))
        assert not words or words in blocks
    assert front_matter(page)["interviewers"] == [front_matter(page)["company"]]


@given(TEXTS, TEXTS)
@example("..", "CON")
@example("///", "")
@example("日本" * 200, "x")
@example("name.", " ")
@settings(deadline=None)
def test_a_file_name_is_safe_everywhere(company: str, role: str) -> None:
    name = file_name(interview(company=company, role=role))
    assert name.endswith(" (7).md")
    assert not set(name) & set('/\\:*?"<>|#^[]\0\n\r\t')
    assert not name.startswith((".", " "))
    assert len(name.encode()) <= LONGEST_NAME + len(" (7).md")


def test_json_and_ndjson_are_what_show_prints() -> None:
    interviews = [interview(note(1, "plan", NASTY), company="Ünïcode"), interview(id=8)]
    assert json.loads(encoded(as_json(interviews))) == interviews
    assert [json.loads(line) for line in encoded(as_ndjson(interviews)).splitlines()] == interviews
    assert (as_json([]), as_ndjson([])) == ("[]\n", "")


def test_csv_has_a_row_for_each_note() -> None:
    told = [note(1, "question", NASTY, 3, True), note(2, "plan", "two")]
    rows = list(csv.DictReader(io.StringIO(as_csv([interview(*told, company=NASTY, interviewers=["A", "B"])]))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["text"] for row in rows] == [NASTY, "two"]
    assert [row["difficult"] for row in rows] == ["true", ""]
    first = rows[0]
    assert (first["note_id"], first["interview_id"], first["number"], first["edited"]) == ("1", "7", "3", "false")
    assert (first["company"], first["interviewers"], first["start_s"]) == (NASTY, "A; B", "")
    assert first["recorded_at"] == "2026-07-03T10:00:00+00:00"


def test_an_earlier_export_is_known_from_other_files() -> None:
    full = [interview(note(1, "plan", "x"))]
    for format in DATA_FORMATS:
        for interviews in (full, []):
            assert is_export(WRITERS[format](interviews)[:4096], format)
        assert not is_export("my own notes", format)
        assert not is_export('[{"id": 1, "name": "x"}]', format)
        assert not is_export("note_id,else\n", format)
