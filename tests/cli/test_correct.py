"""Correcting notes: what was heard is kept, corrections survive, deletions are deliberate."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def first(run: Run, kind: str) -> dict[str, object]:
    found: dict[str, object] = next(n for n in run("show", 1, "--json").json["notes"] if n["kind"] == kind)
    return found


def test_edit_and_undo(run: Run, notes: Path) -> None:
    before = first(run, "answer")
    after = run("edit", before["id"], "I said", "I had run the depot.", "--json").json
    assert (after["text"], after["edited"], after["start"]) == ("I said I had run the depot.", True, before["start"])
    assert [n["id"] for n in run("search", '"run the depot"', "--json").json] == [before["id"]]
    assert run("undo", before["id"], "--json").json == before
    assert run("search", '"run the depot"', "--json").json == []


def test_relabel_and_undo(run: Run, notes: Path) -> None:
    before = first(run, "feeling")
    after = run("relabel", before["id"], "concern", "--json").json
    assert (after["kind"], after["edited"]) == ("concern", True)
    assert run("relabel", before["id"], "plan").out.startswith(f"[{before['id']}] plan")
    assert run("undo", before["id"], "--json").json["kind"] == "concern"
    assert run("undo", before["id"], "--json").json == before
    assert run("undo", before["id"]).status == 1


def test_corrections_survive_a_new_transcription(run: Run, notes: Path, whisper_tiny: Path) -> None:
    feeling, answer = first(run, "feeling"), first(run, "answer")
    run("relabel", feeling["id"], "concern")
    run("edit", answer["id"], "Three years at the depot.")
    ran = run("retranscribe", 1, "--model", "tiny.en", "--json")
    assert (ran.status, ran.json["recordings"]) == (0, [1])
    after = run("show", 1, "--json").json["notes"]
    assert [n["kind"] for n in after if n["id"] == feeling["id"]] == ["concern"]
    assert [n["text"] for n in after if n["id"] == answer["id"]] == ["Three years at the depot."]
    assert {n["id"] for n in after if n["edited"]} == {feeling["id"], answer["id"]}


def test_retranscribe_without_its_audio_changes_nothing(run: Run, notes: Path) -> None:
    before = run("show", 1, "--json").json
    kept = Path(before["recordings"][0]["path"])
    kept.unlink()
    ran = run("retranscribe", 1, "--model", "tiny.en")
    assert ran.status == 1
    assert str(kept) in ran.err
    assert run("show", 1, "--json").json == before


def test_delete_asks_and_takes_the_kept_audio_with_it(run: Run, notes: Path, sample: Path) -> None:
    kept = Path(run("show", 1, "--json").json["recordings"][0]["path"])
    refused = run("delete", 1)
    assert refused.status == 1
    assert "dictate delete 1 --yes" in refused.err
    assert kept.exists()
    assert run("delete", 1, "--yes").status == 0
    assert not kept.exists()
    assert sample.exists()
    assert run("list", "--json").json == []
    assert run("delete", 1, "--yes").status == 1


def test_assign_and_merge(run: Run, notes: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("They asked me about overtime. I said that weekends are fine for me.")
    (done,) = run("import", tmp_path / "other.txt", "--json").json["imported"]
    other, recording = done["interview_id"], done["recording_id"]
    assert run("assign", recording, 1, "--json").json == {"recording_id": recording, "interview_id": 1}
    assert run("show", other).status == 1
    alone = run("assign", recording, "--json").json["interview_id"]
    assert alone != 1
    assert run("merge", 1, alone).status == 0
    assert len(run("show", 1, "--json").json["recordings"]) == 2
    assert run("merge", 1, 1).status == 1


def test_missing_ids_are_one_clear_line(run: Run, notes: Path) -> None:
    for command in (["edit", 999, "x"], ["relabel", 999, "plan"], ["undo", 999], ["assign", 999], ["merge", 1, 999]):
        ran = run(*command)
        assert ran.status == 1
        assert len(ran.err.splitlines()) == 1
        assert "999" in ran.err


def test_an_empty_edit_is_refused(run: Run, notes: Path) -> None:
    note = first(run, "answer")
    assert run("edit", note["id"], "  ").status == 1
    assert first(run, "answer") == note
