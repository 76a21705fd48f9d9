from __future__ import annotations

from pathlib import Path

import pytest

from dictate import paths
from dictate.errors import InputError
from dictate.settings import Settings, read_settings


def written(text: str) -> Path:
    file = paths.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_there_are_defaults() -> None:
    assert not paths.settings_file().exists()
    assert read_settings() == Settings(engine="auto", language=None, model="base", vocabulary=())


def test_settings_are_read_from_the_users_file(home: Path) -> None:
    file = written('model = "tiny.en"\nengine = "openai-whisper"\nlanguage = "en"\nvocabulary = ["Zürich", "k8s"]\n')
    assert home in file.parents
    assert read_settings() == Settings("openai-whisper", "en", "tiny.en", ("Zürich", "k8s"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('modle = "base"', ": unknown setting 'modle'; there are: engine, language, model, vocabulary"),
        ("model = 3", ": model must be a text in quotes, not 3"),
        ('vocabulary = "Kubernetes"', ': vocabulary must be a list of words, such as ["Kubernetes", "Ngozi"]'),
        ("vocabulary = [1]", ': vocabulary must be a list of words, such as ["Kubernetes", "Ngozi"]'),
        ('engine = "fast"', ": engine must be one of auto, faster-whisper, openai-whisper, not 'fast'"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(text: str, reason: str) -> None:
    file = written(text)
    with pytest.raises(InputError) as caught:
        read_settings()
    assert str(caught.value) == f"{file}{reason}"


@pytest.mark.parametrize("content", [b"model = ", b'model = "\xff"'])
def test_a_file_that_is_no_toml_is_named(content: bytes) -> None:
    written("").write_bytes(content)
    with pytest.raises(InputError, match=r"^cannot understand the settings in .*settings.toml: .*; correct it, or"):
        read_settings()


def test_settings_that_cannot_be_read_are_an_error() -> None:
    paths.settings_file().mkdir(parents=True)
    with pytest.raises(InputError, match=r"^cannot read the settings in .*settings.toml: Is a directory$"):
        read_settings()


def test_the_weights_folder_can_be_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DICTATE_MODELS", str(home / "weights"))
    assert paths.weights_dir() == home / "weights"
    monkeypatch.delenv("DICTATE_MODELS")
    assert home in paths.weights_dir().parents
