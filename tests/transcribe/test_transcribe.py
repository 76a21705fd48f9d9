"""Samples to words on real recordings, by both engines: what was said, when, and nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from dictate.errors import EngineError, InputError
from dictate.records import Transcript
from dictate.transcribe.activity import Samples
from dictate.transcribe.engine import Engine, load_engine
from dictate.transcribe.recording import Options, transcribe
from tests.transcribe.conftest import samples

SAID = {
    "librispeech_2609-156975-0006.flac": "it seems probable that not all but only part of the tribes which ultimately "
    "coalesced into the hebrew nation found their way to egypt",
    "AMI_EN2003a_trn04a.wav": "can you just remind me i don't have to tick the no n okay thing until i finish writing "
    "but it's only if i go back to it i tick okay again",
    "watson_weather.flac": "thunderstorms could produce large hail isolated tornadoes and heavy rain",
}
BOTH = pytest.mark.parametrize("engine", ["faster", "reference"], indirect=True)
RATE = 16_000


def hear(engine: Engine, sound: Samples, *words: str) -> Transcript:
    blocks = (sound[at : at + 7_000] for at in range(0, len(sound), 7_000))
    told = transcribe(blocks, engine, Options("en", words))
    check(told, len(sound) / RATE)
    return told


def check(told: Transcript, duration_s: float) -> None:
    """What holds of every transcript."""
    assert told.duration_s == pytest.approx(duration_s)
    assert all(a.start_s <= b.start_s for a, b in pairwise(told.words))
    for word in told.words:
        assert 0 <= word.start_s <= word.end_s <= told.duration_s
        assert word.text.split() == [word.text]
        assert 0 <= word.confidence <= 1


def errors(heard: str, said: str) -> int:
    """Words to insert, delete or replace."""
    a, b = (re.findall(r"[a-z']+", text.lower()) for text in (heard, said))
    row = list(range(len(b) + 1))
    for i, word in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, other in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (word != other))
    return row[-1]


@BOTH
def test_what_people_said(engine: Engine) -> None:
    wrong = sum(errors(hear(engine, samples(name)).text, said) for name, said in SAID.items())
    assert wrong <= 0.2 * sum(len(said.split()) for said in SAID.values())


@BOTH
@pytest.mark.parametrize("name", ["leopard_empty.wav", "librosa_robin.ogg"])
def test_where_nobody_speaks_there_are_no_words(engine: Engine, name: str) -> None:
    assert hear(engine, samples(name)).words == ()


@pytest.mark.parametrize("level", [0.0, 0.003, 0.05, 0.3])
def test_silence_and_noise_give_no_words(faster: Engine, level: float) -> None:
    noise = np.random.default_rng(7).normal(scale=level or 1e-12, size=20 * RATE).astype(np.float32)
    assert hear(faster, np.clip(noise, -1, 1)).words == ()
    assert hear(faster, np.clip(noise, -1, 1), "Brightwhistle", "Priya").words == ()


@BOTH
@pytest.mark.parametrize("level", [0.0, 0.01])
def test_a_memo_that_ends_in_nothing_ends_with_its_last_word(engine: Engine, level: float) -> None:
    speech = samples("watson_weather.flac")
    rest = np.random.default_rng(3).normal(scale=level or 1e-12, size=60 * RATE).astype(np.float32)
    told = hear(engine, np.concatenate((speech, rest)))
    assert errors(told.text, SAID["watson_weather.flac"]) <= 2
    assert told.words[-1].end_s <= len(speech) / RATE + 0.5


def test_times_are_those_of_the_recording_across_a_long_pause(faster: Engine) -> None:
    speech = samples("watson_weather.flac")
    gap = np.zeros(25 * RATE, np.float32)
    told = hear(faster, np.concatenate((speech, gap, speech)))
    starts = [word.start_s for word in told.words if word.text.lower().startswith("thunderstorm")]
    assert len(starts) == 2
    assert starts[1] - starts[0] == pytest.approx(len(speech) / RATE + 25, abs=0.3)


def test_the_same_samples_in_any_blocks_give_the_same_words(faster: Engine) -> None:
    sound = samples("AMI_EN2003a_trn04a.wav")
    whole = transcribe([sound], faster, Options("en"))
    assert hear(faster, sound).text == whole.text


def test_no_sound_at_all(faster: Engine) -> None:
    assert transcribe([], faster).words == ()
    assert transcribe([np.zeros(10, np.float32)], faster).words == ()


def test_the_engines_agree_on_what_and_when(faster: Engine, reference: Engine) -> None:
    sound = samples("watson_weather.flac")
    ours, theirs = hear(faster, sound), hear(reference, sound)
    assert errors(ours.text, theirs.text) <= 2
    assert ours.words[-1].end_s == pytest.approx(theirs.words[-1].end_s, abs=0.5)
    assert {ours.engine, theirs.engine} == {"faster-whisper", "openai-whisper"}


def test_english_alone_is_told(faster: Engine) -> None:
    with pytest.raises(InputError, match="knows English only"):
        transcribe([np.zeros(RATE, np.float32)], faster, Options("de"))


def test_a_checkpoint_is_not_for_faster_whisper(tmp_path: Path) -> None:
    (tmp_path / "x.pt").touch()
    with pytest.raises(EngineError, match="--engine openai-whisper"):
        load_engine(tmp_path / "x.pt", "faster-whisper")


def test_a_damaged_model_is_told(tmp_path: Path) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_text("{}")
    for engine in ("faster-whisper", "openai-whisper"):
        with pytest.raises(EngineError):
            load_engine(tmp_path, engine)  # type: ignore[arg-type]


def test_the_quick_engine_does_not_import_torch(whisper_tiny: Path) -> None:
    script = (
        "import sys, numpy as np\nfrom pathlib import Path\n"
        "from dictate.transcribe.engine import load_engine\nfrom dictate.transcribe.recording import transcribe\n"
        f"transcribe([np.zeros(16000, np.float32)], load_engine(Path({str(whisper_tiny)!r})))\n"
        "print('torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
