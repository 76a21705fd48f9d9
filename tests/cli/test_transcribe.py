"""``dictate transcribe``: text, subtitles and the contract's JSON."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def tiny(whisper_tiny: Path) -> list[str]:
    return ["--model", "tiny.en"]


def test_json_keeps_the_contract(run: Run, sample: Path, tiny: list[str]) -> None:
    told = run("transcribe", sample, "--json", "--word", "Brightwhistle", *tiny).json
    assert list(told) == ["text", "language", "duration_s", "engine", "model", "words", "warnings"]
    assert (told["language"], told["engine"], told["model"]) == ("en", "faster-whisper", "tiny.en")
    assert told["text"] == " ".join(word["text"] for word in told["words"])
    assert "Brightwhistle" in told["text"]
    assert "three years" in told["text"]
    last = 0.0
    for word in told["words"]:
        assert list(word) == ["text", "start_s", "end_s", "confidence"]
        assert last <= word["start_s"] <= word["end_s"] <= told["duration_s"]
        assert 0 <= word["confidence"] <= 1
        last = word["start_s"]


def test_text_and_subtitles(run: Run, sample: Path, tiny: list[str], tmp_path: Path) -> None:
    assert "warehouse data" in run("transcribe", sample, *tiny).out
    assert run("transcribe", sample, "--format", "vtt", *tiny).out.startswith("WEBVTT\n\n00:0")
    out = tmp_path / "memo.srt"
    assert run("transcribe", sample, "--format", "srt", "--output", out, *tiny).out == ""
    assert re.match(r"1\n00:00:\d\d,\d{3} --> 00:00:\d\d,\d{3}\n\S", out.read_text())


def test_where_nobody_speaks(run: Run, tmp_path: Path, tiny: list[str]) -> None:
    import wave

    with wave.open(str(tmp_path / "quiet.wav"), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 16_000 * 4))
    ran = run("transcribe", tmp_path / "quiet.wav", "--json", *tiny)
    assert (ran.status, ran.json["words"], ran.json["text"]) == (0, [], "")
    assert sum("nobody speaks" in line for line in ran.err.splitlines()) == 1


def test_a_file_that_ends_too_soon_gives_what_can_be_read(run: Run, tmp_path: Path, tiny: list[str]) -> None:
    import wave

    import av
    import numpy as np

    sound = tmp_path / "cut.wav"
    source = Path(__file__).parents[2] / "samples" / "memo.m4a"
    with av.open(str(source)) as container:
        resampler = av.AudioResampler("s16", "mono", 16_000)
        frames = [f.to_ndarray() for frame in container.decode(audio=0) for f in resampler.resample(frame)]
    with wave.open(str(sound), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(np.concatenate(frames, axis=1).tobytes())
    sound.write_bytes(sound.read_bytes()[: 16_000 * 2 * 20])
    ran = run("transcribe", sound, "--json", *tiny)
    assert ran.status == 0
    assert "Brightwhistle" in ran.json["text"] or "second round" in ran.json["text"]
    assert len(ran.json["warnings"]) == 1
    assert 19 < ran.json["duration_s"] < 21


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--model", "no-such"], "no-such"),
        (["--model", "tiny.en", "--language", "de"], "knows English only"),
        (["--output", "/no/such/folder/x.txt", "--model", "tiny.en"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    run: Run, sample: Path, whisper_tiny: Path, options: list[str], told: str
) -> None:
    ran = run("transcribe", sample, *options)
    assert ran.status == 1
    (line,) = [line for line in ran.err.splitlines() if line.startswith("dictate: ")]
    assert told in line


def test_missing_weights_say_how_to_get_them(
    run: Run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DICTATE_MODELS", str(tmp_path))
    ran = run("transcribe", sample)
    assert ran.status == 1
    assert "dictate models pull base" in ran.err
