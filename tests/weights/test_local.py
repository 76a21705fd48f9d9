from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dictate.errors import InputError, MissingWeightsError
from dictate.weights import ModelSource, ensure, locate, resolve_model, verify

if TYPE_CHECKING:
    from tests.weights.conftest import Publisher, Shelf


def test_missing_weights_say_how_to_get_them(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    with pytest.raises(MissingWeightsError) as caught:
        locate("toy")
    assert caught.value.model == "toy"
    assert str(caught.value) == (
        "the weights of toy (3 MB) are not on this machine: fetch them with `dictate models pull toy`"
    )


def test_a_file_of_another_size_counts_as_missing(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    folder = ensure("toy", assume_yes=True)
    assert locate("toy") == folder
    with (folder / "config.json").open("ab") as stream:
        stream.write(b"more")
    with pytest.raises(MissingWeightsError):
        locate("toy")
    assert [state.state for state in verify("toy")] == ["damaged", "ok"]


def test_missing_weights_are_pulled_only_if_the_user_agrees(shelf: Shelf, publisher: Publisher) -> None:
    shelf.offer(publisher.source)
    questions: list[str] = []

    def no(question: str) -> bool:
        questions.append(question)
        return False

    for ask in (None, no):
        with pytest.raises(MissingWeightsError):
            ensure("toy", assume_yes=False, ask=ask)
    assert questions == ["The weights of toy are missing. Fetch them now (3 MB)?"]
    assert publisher.asked == []
    assert ensure("toy", assume_yes=False, ask=lambda _: True) == locate("toy")


def test_weights_that_are_here_are_not_asked_about(whisper_tiny: Path) -> None:
    assert ensure("tiny.en", assume_yes=False) == locate("tiny.en") == whisper_tiny


def test_real_weights_are_what_the_manifest_says(whisper_tiny: Path) -> None:
    assert {state.state for state in verify("tiny.en")} == {"ok"}


def test_a_model_is_named_or_lies_at_a_path(whisper_tiny: Path, tmp_path: Path) -> None:
    assert resolve_model("tiny.en") == ModelSource("tiny.en", whisper_tiny, "ctranslate2")
    mine = tmp_path / "mine"
    shutil.copytree(whisper_tiny, mine, copy_function=lambda source, target: Path(target).symlink_to(source))
    assert resolve_model(str(mine)) == ModelSource("mine", mine, "ctranslate2")
    checkpoint = tmp_path / "tuned.pt"
    checkpoint.write_bytes(b"PK\x03\x04 and more")
    assert resolve_model(str(checkpoint)) == ModelSource("tuned", checkpoint, "openai-whisper")


def test_a_path_in_the_home_may_begin_with_a_tilde(home: Path) -> None:
    (home / "tuned.pt").write_bytes(b"PK\x03\x04 and more")
    assert resolve_model("~/tuned.pt").path == home / "tuned.pt"


@pytest.mark.parametrize("value", ["large", "minilm", "no/such/file.pt", ""])
def test_what_is_no_model_is_answered_with_what_could_be(value: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        resolve_model(value)
    assert str(caught.value) == (
        f"there is no Whisper model {value!r}: give base or tiny.en, "
        "or the path of an openai-whisper .pt file or a CTranslate2 folder"
    )


def test_a_folder_that_is_no_model_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "config.json").touch()
    with pytest.raises(InputError, match=r"it lacks model.bin, tokenizer.json, vocabulary.txt or vocabulary.json$"):
        resolve_model(str(tmp_path))
    for name in ("model.bin", "tokenizer.json", "vocabulary.json"):
        (tmp_path / name).write_bytes(b"\x06\0\0\0\x0c\0TransformerSpec")
    with pytest.raises(InputError, match=r"model.bin is not a Whisper model in CTranslate2's format$"):
        resolve_model(str(tmp_path))


def test_a_text_renamed_to_a_checkpoint_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "notes.pt"
    text.write_text("dear diary")
    with pytest.raises(InputError, match=r"neither an openai-whisper checkpoint \(.pt\) nor a CTranslate2 folder$"):
        resolve_model(str(text))
