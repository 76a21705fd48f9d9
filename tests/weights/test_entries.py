from __future__ import annotations

import re
from pathlib import PurePosixPath

import pytest

from dictate.errors import InputError
from dictate.weights import manifest
from dictate.weights.entries import Address, Packages


def test_the_shipped_manifest_has_every_model_whole() -> None:
    models = manifest().models
    assert list(models) == ["base", "tiny.en", "minilm", "spacy-en", "voice-joe"]
    assert [name for name, model in models.items() if model.default] == ["base"]
    for name, model in models.items():
        assert model.name == name
        assert model.purpose
        assert model.licence in {"MIT", "Apache-2.0", "CC0-1.0"}
        assert len(model.sources) >= 2
        assert len({file.path for file in model.files}) == len(model.files)


def test_every_shipped_file_is_pinned_and_stays_in_its_folder() -> None:
    for model in manifest().models.values():
        for file in model.files:
            assert re.fullmatch("[0-9a-f]{64}", file.sha256)
            assert file.size > 0
            place = PurePosixPath(file.path)
            assert not place.is_absolute()
            assert not {"..", ".partial", ".lock"} & set(place.parts)


def test_every_shipped_source_names_each_file() -> None:
    for model in manifest().models.values():
        for source in model.sources:
            if isinstance(source, Address):
                assert re.match(r"https://[a-z.]+/", source.url)
                assert len({source.of(file) for file in model.files}) == len(model.files)
            elif isinstance(source, Packages):
                assert len({source.members(file) for file in model.files}) == len(model.files)
                assert all(re.search(r"==\d|-\d[\d.]+-py3-none-any.whl$", p.requirement) for p in source.packages)


def test_the_sums_of_whisper_are_the_published_ones() -> None:
    sums = {name: {file.path: file.sha256 for file in manifest().model(name).files} for name in ("base", "tiny.en")}
    assert sums["base"]["model.bin"] == "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
    assert sums["tiny.en"]["model.bin"] == "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"


def test_an_unknown_model_is_answered_with_the_known_ones() -> None:
    with pytest.raises(
        InputError, match=r"^there is no model 'large'; there are: base, tiny.en, minilm, spacy-en, voice"
    ):
        manifest().model("large")
