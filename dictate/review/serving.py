"""What Datasette is told of the notes: their names, and questions that are worth asking (canned queries)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dictate.errors import InputError
from dictate.writing import write_whole

QUERIES: dict[str, tuple[str, str]] = {
    "difficult_questions": (
        "Questions that were difficult, the newest first",
        "select held_at, company, role, question, answer, interview_id from questions where difficult "
        "order by held_at desc",
    ),
    "without_an_answer": (
        "Questions to which no answer is noted",
        "select held_at, company, role, question, interview_id from questions where answer is null order by "
        "held_at desc",
    ),
    "notes_of_a_kind": (
        "Notes of one kind: feeling, concern, strength, omission, plan, followup ...",
        "select held_at, company, text, id from notes_in_full where kind = :kind order by held_at desc",
    ),
    "search": (
        "Notes by their words",
        "select n.held_at, n.company, n.kind, n.text, n.id from notes_fts join notes_in_full n on n.id = "
        "notes_fts.rowid "
        "where notes_fts match :words order by rank limit 200",
    ),
    "at_a_company": (
        "What was asked and told at a company",
        "select held_at, kind, text, id from notes_in_full where company like '%' || :company || '%' order by "
        "held_at, id",
    ),
    "open_plans": (
        "What to do better, and is not done",
        "select n.company, n.text, p.due, n.id from notes_in_full n left join plans p on p.note_id = n.id "
        "where n.kind = 'plan' and coalesce(p.state, 'open') = 'open' order by p.due is null, p.due, n.held_at desc",
    ),
    "outcomes": (
        "Interviews by what became of them",
        "select coalesce(outcome, 'unknown') as outcome, count(*) as interviews from interviews group by 1 order "
        "by 2 desc",
    ),
}


def metadata(database: Path) -> dict[str, Any]:
    """As ``datasette serve --metadata`` takes it."""
    queries = {name: {"title": title, "sql": sql} for name, (title, sql) in QUERIES.items()}
    return {
        "title": "Interviews",
        "description": "Made by dictate; the notes are on this machine alone",
        "databases": {database.stem: {"queries": queries}},
    }


def write_metadata(database: Path) -> Path:
    """The metadata in a file beside the database, made anew at every call."""
    file = database.with_name(f"{database.stem}-datasette.json")
    content = json.dumps(metadata(database), indent=2).encode()
    try:
        write_whole(file, content)
    except OSError as error:
        raise InputError(
            f"cannot write {file}: {error.strerror}; Datasette's settings lie beside the database"
        ) from error
    return file
