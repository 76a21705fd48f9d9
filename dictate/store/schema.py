"""The tables, and the numbered migrations that make them.

    interviews ─< interviewers
        └─< recordings ─< transcripts       (one of a recording's transcripts is current, older ones stay)
                └─< notes ─< note_versions  (what a correction replaced, for undo)

    notes ── plans           (what the user decided about one: state, due day, what to do about a concern)
    interviews ─< letters    (one for each recipient: the user's wording, when it was sent)
    families ─< family_members ── notes   (questions that are one question in other words)
    notes ─< revisions       (better answers to a question, each a version)
    notes ─< practices       (answers that were practised, with the state of their spaced repetition)
    preparations ─< expected ── notes     (what was prepared for a next interview: the questions expected in it)
    upcoming ── interviews   (one in the calendar, and the interview once it is told)
    silences                 (memos in which nobody speaks, so that they are not heard at every import)

``transcripts.words`` is a JSON list of ``[start_s, end_s, confidence]``, one for each space-separated word of
``transcripts.text``; ``transcripts.doubts`` is null or a list of ``[first, last, other]``: half-open places among
those words where another transcript of the recording has other words. ``notes.start`` and ``notes.end`` are offsets
into the recording's current transcript, and ``notes.text`` is what lies between them unless ``reworded``.
``notes.number`` counts through the interview. ``notes.interview_id`` follows its recording's by a trigger.
``interviews.title`` is generated, and with ``recordings.name`` what Datasette shows for a foreign key.
``plans.state`` is open, done or dropped, ``plans.line`` what the user will do about a concern; ``letters.recipient``
is an interviewer's name, or empty where none is known; ``letters.text`` is null until the user words it.
``families.merged_into`` is the family that a user put one into; ``family_members.text`` is what the encoder made
``vector`` of (float16), ``by_hand`` is set where the user has spoken. What a user wrote of a question outlives its
note: ``question`` are its words then, ``practices.card`` is a card of the fsrs package as JSON, ``last_interview``
the newest interview's id at that time: those with a greater one came since.
``silences.manner`` is how such a memo was heard (model, language, vocabulary), as JSON of the pipeline's.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database, Migrations
from sqlite_utils.db import ForeignKey

TOKENIZER = "unicode61 remove_diacritics 2"  # "resume" finds "résumé"; no stemming: what is typed is what is found


def m001_tables(db: Database) -> None:
    _interviews(db)
    _recordings(db)
    _notes(db)
    _versions(db)


def m002_search(db: Database) -> None:
    for table in ("notes", "transcripts"):
        db.table(table).enable_fts(["text"], tokenize=TOKENIZER, create_triggers=True)


def m003_views(db: Database) -> None:
    db.create_view("notes_in_full", _NOTES_IN_FULL)
    db.create_view("questions", _QUESTIONS)


def m004_decisions(db: Database) -> None:
    db.table("plans").create(
        {"note_id": int, "state": str, "due": str, "done_at": str},
        pk="note_id",
        not_null={"state"},
        foreign_keys=[_to("plans", "note_id", "notes")],
        strict=True,
    )
    db.table("letters").create(
        {"id": int, "interview_id": int, "recipient": str, "text": str, "edited_at": str, "sent_at": str},
        pk="id",
        not_null={"interview_id", "recipient"},
        foreign_keys=[_to("letters", "interview_id", "interviews")],
        strict=True,
    )
    db.table("letters").create_index(["interview_id", "recipient"], unique=True)
    db.table("notes").create_index(["kind"])


def m005_families(db: Database) -> None:
    central = ForeignKey("families", "central_note_id", "notes", "id", on_delete="SET NULL")
    db.table("families").create(
        {"id": int, "merged_into": int, "central_note_id": int},
        pk="id",
        foreign_keys=[_to("families", "merged_into", "families"), central],
        strict=True,
    )
    db.table("families").create_index(["merged_into"])
    db.table("families").create_index(["central_note_id"])
    db.table("family_members").create(
        {"note_id": int, "family_id": int, "by_hand": int, "text": str, "encoder": str, "vector": bytes},
        pk="note_id",
        not_null={"family_id", "by_hand", "text", "encoder", "vector"},
        foreign_keys=[_to("family_members", "note_id", "notes"), _to("family_members", "family_id", "families")],
        strict=True,
    )
    db.table("family_members").create_index(["family_id"])


def m006_practice(db: Database) -> None:
    of_question = {"id": int, "note_id": int, "question": str}
    told = {"text": str, "spoken": int, "made_at": str, "last_interview": int}
    _of_question(db, "revisions", of_question | told, not_null={"text", "spoken", "made_at", "last_interview"})
    tried = {"text": str, "audio": str, "rating": int, "card": str, "due": str, "practised_at": str}
    _of_question(db, "practices", of_question | tried, not_null={"text", "rating", "card", "due", "practised_at"})
    db.table("preparations").create(
        {"id": int, "company": str, "role": str, "made_at": str, "last_interview": int},
        pk="id",
        not_null={"made_at", "last_interview"},
        strict=True,
    )
    of_preparation = {"id": int, "preparation_id": int, "note_id": int, "question": str}
    _of_question(
        db, "expected", of_preparation, {"preparation_id"}, [_to("expected", "preparation_id", "preparations")]
    )
    db.table("expected").create_index(["preparation_id"])


def m007_doubts(db: Database) -> None:
    db.table("transcripts").add_column("doubts", str)


def m008_upcoming(db: Database) -> None:
    facts = {"company": str, "role": str, "round": str, "interviewers": str, "title": str}
    times = {"starts_at": str, "ends_at": str, "added_at": str, "dismissed_at": str}
    told = ForeignKey("upcoming", "interview_id", "interviews", "id", on_delete="SET NULL")
    db.table("upcoming").create(
        {"id": int, "uid": str, **facts, **times, "interview_id": int},
        pk="id",
        not_null={"interviewers", "starts_at", "ends_at", "added_at"},
        foreign_keys=[told],
        strict=True,
    )
    db.table("upcoming").create_index(["uid"], unique=True)
    db.table("upcoming").create_index(["interview_id"])
    db.execute("alter table interviews add column ended_at text")


def m009_plan_lines(db: Database) -> None:
    db.table("plans").add_column("line", str)


def m010_silences(db: Database) -> None:
    db.table("silences").create(
        {"sha256": str, "manner": str, "heard_at": str}, pk="sha256", not_null={"manner", "heard_at"}, strict=True
    )


STEPS = (
    m001_tables,
    m002_search,
    m003_views,
    m004_decisions,
    m005_families,
    m006_practice,
    m007_doubts,
    m008_upcoming,
    m009_plan_lines,
    m010_silences,
)


def migrations() -> Migrations:
    """All steps, in order, under dictate's name."""
    result = Migrations("dictate")
    for step in STEPS:
        result(name=step.__name__)(step)
    return result


def _to(table: str, column: str, other: str) -> ForeignKey:
    return ForeignKey(table, column, other, "id", on_delete="CASCADE")


def _of_question(
    db: Database, name: str, columns: dict[str, type], not_null: set[str], others: Sequence[ForeignKey] = ()
) -> None:
    """A table whose rows are about a question, and stay when its note goes."""
    question = ForeignKey(name, "note_id", "notes", "id", on_delete="SET NULL")
    db.table(name).create(
        columns, pk="id", not_null={"question", *not_null}, foreign_keys=[question, *others], strict=True
    )
    db.table(name).create_index(["note_id"])


def _interviews(db: Database) -> None:
    columns = {"id": int, "company": str, "role": str, "round": str, "held_at": str, "outcome": str, "created_at": str}
    db.table("interviews").create(columns, pk="id", not_null={"created_at"}, strict=True)
    db.execute(f"alter table interviews add column title text generated always as ({_TITLE}) virtual")
    db.table("interviewers").create(
        {"id": int, "interview_id": int, "position": int, "name": str},
        pk="id",
        not_null={"interview_id", "position", "name"},
        foreign_keys=[_to("interviewers", "interview_id", "interviews")],
        strict=True,
    )
    db.table("interviewers").create_index(["interview_id"])


def _recordings(db: Database) -> None:
    facts = {"recorded_at": str, "source": str, "trusted": int, "remark": str, "duration_s": float}
    places = {"name": str, "path": str, "original_path": str, "sha256": str}
    db.table("recordings").create(
        {"id": int, "interview_id": int, **places, **facts, "imported_at": str, "remarks": str},
        pk="id",
        not_null={"interview_id", "name", "original_path", "sha256", "imported_at", "remarks"},
        foreign_keys=[_to("recordings", "interview_id", "interviews")],
        strict=True,
    )
    db.table("recordings").create_index(["sha256"], unique=True)
    db.table("recordings").create_index(["interview_id", "recorded_at"])
    _transcripts(db)


def _transcripts(db: Database) -> None:
    facts = {"language": str, "engine": str, "model": str, "duration_s": float, "warnings": str, "made_at": str}
    db.table("transcripts").create(
        {"id": int, "recording_id": int, "current": int, **facts, "text": str, "words": str},
        pk="id",
        not_null={"recording_id", "current", "engine", "model", "duration_s", "warnings", "made_at", "text", "words"},
        foreign_keys=[_to("transcripts", "recording_id", "recordings")],
        strict=True,
    )
    db.table("transcripts").create_index(["recording_id"])
    db.execute("create unique index idx_transcripts_current on transcripts(recording_id) where current")


def _notes(db: Database) -> None:
    label = {"kind": str, "number": int, "difficult": int, "confidence": float}
    place = {"start": int, "end": int, "start_s": float, "end_s": float}
    db.table("notes").create(
        {"id": int, "interview_id": int, "recording_id": int, **label, **place}
        | {"edited": int, "reworded": int, "text": str},
        pk="id",
        not_null={"interview_id", "recording_id", "kind", "start", "end", "edited", "reworded", "text"},
        foreign_keys=[_to("notes", "interview_id", "interviews"), _to("notes", "recording_id", "recordings")],
        strict=True,
    )
    db.table("notes").create_index(["interview_id", "kind", "number", "difficult"])
    db.table("notes").create_index(["recording_id", "start"])
    db.execute(
        "create trigger notes_follow_recording after update of interview_id on recordings begin "
        "update notes set interview_id = new.interview_id where recording_id = new.id; end"
    )


def _versions(db: Database) -> None:
    label = {"kind": str, "number": int, "difficult": int, "confidence": float, "text": str}
    db.table("note_versions").create(
        {"id": int, "note_id": int, "change": int, "replaced_at": str, **label},
        pk="id",
        not_null={"note_id", "change", "replaced_at", "kind"},
        foreign_keys=[_to("note_versions", "note_id", "notes")],
        strict=True,
    )
    db.table("note_versions").create_index(["note_id"])
    db.table("note_versions").create_index(["change"])


_TITLE = """
    coalesce(company, 'Unknown company') || coalesce(', ' || role, '') || coalesce(', ' || round, '')
    || coalesce(', ' || substr(held_at, 1, 10), '')
"""

_NOTES_IN_FULL = """
    select notes.id, interviews.held_at, interviews.company, interviews.role, interviews.round, notes.kind,
        notes.number, notes.difficult, notes.text, recordings.name as recording, notes.start_s, notes.end_s,
        notes.edited, notes.interview_id
    from notes
        join interviews on interviews.id = notes.interview_id
        join recordings on recordings.id = notes.recording_id
"""

_QUESTIONS = """
    select interviews.held_at, interviews.company, interviews.role, asked.number, asked.text as question,
        (select group_concat(answers.text, ' ') from notes as answers
            where answers.interview_id = asked.interview_id and answers.kind = 'answer'
            and answers.number = asked.number) as answer,
        asked.difficult, asked.interview_id
    from (
        select interview_id, number, text, max(difficult) over mentions as difficult,
            row_number() over (mentions order by recording_id, start) as mention
        from notes where kind = 'question'
        window mentions as (partition by interview_id, coalesce(number, -id))
    ) as asked
        join interviews on interviews.id = asked.interview_id
    where mention = 1
"""
