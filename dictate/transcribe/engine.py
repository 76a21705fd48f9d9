"""One small protocol before both engines, and the choice between them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from dictate.errors import EngineError, InputError, MissingWeightsError
from dictate.records import ENGINES, EngineName
from dictate.transcribe.activity import Samples

Device = Literal["auto", "cpu", "cuda"]
MOST_PROMPT = 223  # tokens of hint and context together: what Whisper's 448 leave them
FULL_S = 28.0  # speech that fills the window of 30 s
LONGEST_S = {"faster-whisper": 15.0, "openai-whisper": FULL_S}  # pieces: of 28 s they take longer, and err no less
BEAM, BEAM_ACCURATE = 2, 5  # hypotheses: more than two cost a third of the time, and hardly mend a word


@dataclass(frozen=True, slots=True)
class Request:
    """How a batch is to be decoded."""

    language: str  # ISO 639-1
    hint: str = ""  # words that may occur, spelt as they should be; at most 223 of its tokens are used
    beam: int = BEAM  # hypotheses of the search at temperature 0
    temperature: float = 0.0  # over 0: the best of five samples
    full_window: bool = False  # the 30 s that Whisper was trained on, where the engine would encode less
    context: str = ""  # what was said just before; at most its last 223 tokens are used, less those of the hint


@dataclass(frozen=True, slots=True)
class Heard:
    """One word with its place in the piece, and the mean probability of its tokens."""

    text: str
    start_s: float
    end_s: float
    confidence: float

    def later(self, seconds: float) -> Heard:
        """The same word in what begins so much earlier."""
        return Heard(self.text, self.start_s + seconds, self.end_s + seconds, self.confidence)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What an engine hears in one piece, and the figures that Whisper judges itself by."""

    words: tuple[Heard, ...]
    log_probability: float  # mean over the tokens
    compression: float  # of the text by zlib: loops are over 2.4
    no_speech: float  # probability
    temperature: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


class Engine(Protocol):
    """Whisper, loaded. ``decode`` may be called from ``workers`` threads at once."""

    @property
    def name(self) -> str: ...

    @property
    def model(self) -> str: ...

    @property
    def multilingual(self) -> bool: ...

    @property
    def workers(self) -> int: ...

    @property
    def batch(self) -> int:
        """How many pieces are best decoded together."""

    @property
    def longest_s(self) -> float:
        """The length of piece that suits the engine."""

    @property
    def shortens(self) -> bool:
        """Whether it encodes less than the full window unless asked to."""

    def language(self, samples: Samples) -> str:
        """The language of the first 30 s of these samples."""

    def decode(self, batch: Sequence[Samples], request: Request) -> list[Decoded]:
        """The words of each piece of at most 30 s, each array of shape (n_samples,)."""


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """Which engine loads which weights, found out without loading them: small, and may travel to another process."""

    path: Path  # a CTranslate2 folder or an openai-whisper ``.pt``
    name: str
    engine: Literal["faster-whisper", "openai-whisper"]
    device: Literal["cpu", "cuda"]

    @property
    def longest_s(self) -> float:
        """The length of piece that suits the engine."""
        return LONGEST_S[self.engine]

    def load(self, *, workers: int = 0, threads: int = 0) -> Engine:
        """The engine; 0 means as many workers and threads as suit the machine."""
        if self.engine == "openai-whisper":
            from dictate.transcribe.reference import OpenAIWhisper

            return OpenAIWhisper(self.path, name=self.name, device=self.device, threads=threads)
        from dictate.transcribe.faster import FasterWhisper

        workers = workers or min(os.cpu_count() or 1, 4)
        return FasterWhisper(self.path, name=self.name, device=self.device, workers=workers, threads=threads)


def choose_engine(
    model: Path, engine: EngineName = "auto", *, device: Device = "auto", name: str | None = None
) -> EngineChoice:
    """What is to be loaded; an error where it cannot be."""
    if engine not in ENGINES:
        raise InputError(f"there is no engine {engine!r}; choose one of {', '.join(ENGINES)}")
    if not model.exists():
        raise MissingWeightsError(name or model.name, f"no weights at {model}; fetch them with: dictate models pull")
    where: Literal["cpu", "cuda"] = ("cuda" if _has_cuda() else "cpu") if device == "auto" else device
    label = name or model.stem if model.is_file() else name or model.name
    return EngineChoice(model, label, _choose(model, engine, where), where)


def load_engine(
    model: Path, engine: EngineName = "auto", *, device: Device = "auto", workers: int = 0, name: str | None = None
) -> Engine:
    """Load a CTranslate2 folder, or an openai-whisper ``.pt``; ``workers`` 0 means one for each core."""
    return choose_engine(model, engine, device=device, name=name).load(workers=workers)


def _choose(model: Path, engine: EngineName, device: str) -> Literal["faster-whisper", "openai-whisper"]:
    if engine == "faster-whisper" and model.is_file():
        raise EngineError(f"{model.name} is a checkpoint of openai-whisper; load it with: --engine openai-whisper")
    if engine != "auto":
        return engine
    return "openai-whisper" if model.is_file() or device == "cuda" else "faster-whisper"


def _has_cuda() -> bool:
    """Asked of CTranslate2, because torch takes seconds to import."""
    try:
        import ctranslate2
    except ImportError:
        return False
    return bool(ctranslate2.get_cuda_device_count())
