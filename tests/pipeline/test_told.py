"""What lies beside a memo tells the same of it, however the memo was named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dictate.pipeline.recording import Wish
from dictate.pipeline.sources import find_sources
from dictate.pipeline.told import wishes
from dictate.records import Interview


def told(given: Path) -> Interview:
    sources, wish_of = wishes(find_sources([given]), Wish(Interview()))
    (source,) = sources.files
    return wish_of(source).interview


def test_its_folder_and_the_one_above_it_count_and_no_other(tmp_path: Path) -> None:
    memo = tmp_path / "far" / "above" / "here" / "a.wav"
    memo.parent.mkdir(parents=True)
    memo.touch()
    (memo.parents[0] / "dictate.toml").write_text('round = "second"')
    (memo.parents[1] / "dictate.toml").write_text('company = "Acme"\nround = "third"')
    (memo.parents[2] / "dictate.toml").write_text('company = "Ribbleton"\nrole = "analyst"')
    for given in (memo, *memo.parents[:3]):
        assert told(given) == Interview("Acme", None, "second")


def test_a_path_through_another_folder_names_the_same_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "Acme - data engineer" / "other").mkdir(parents=True)
    (tmp_path / "Acme - data engineer" / "a.wav").touch()
    (tmp_path / "dictate.toml").write_text('round = "second"')
    monkeypatch.chdir(tmp_path / "Acme - data engineer" / "other")
    for given in (Path(os.pardir), Path(os.pardir, "a.wav")):
        assert told(given) == Interview("Acme", "data engineer", "second")
