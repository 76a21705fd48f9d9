"""openai-whisper: Whisper on PyTorch, the reference.

It loads the same CTranslate2 folders as faster-whisper (nothing is written), or one of its own ``.pt`` files.
"""

from __future__ import annotations

import struct
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dictate.errors import EngineError
from dictate.transcribe import ctranslate
from dictate.transcribe.activity import Samples
from dictate.transcribe.engine import LONGEST_S, MOST_PROMPT, Decoded, Heard, Request
from dictate.transcribe.words import whole_words

_SAMPLES_OVER_ZERO = 5  # hypotheses sampled at temperatures over 0


class OpenAIWhisper:
    """An ``Engine``: always the full window, so pieces are long."""

    name = "openai-whisper"
    batch = 1  # its caches grow by 200 MB a piece
    longest_s = LONGEST_S[name]
    shortens = False
    workers = 1  # PyTorch spreads over the cores itself

    def __init__(self, path: Path, *, name: str, device: str, threads: int = 0) -> None:
        self.model = name
        self._whisper = _load(path, device)
        if threads:
            _use(threads)
        self.multilingual = bool(self._whisper.is_multilingual)

    def language(self, samples: Samples) -> str:
        """The language of the first 30 s of these samples."""
        if not self.multilingual:
            return "en"
        _, probabilities = self._whisper.detect_language(self._features([samples])[0])
        return str(max(probabilities, key=probabilities.__getitem__))

    def decode(self, batch: Sequence[Samples], request: Request) -> list[Decoded]:
        """The words of each piece."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of PyTorch and numba, about themselves
                return self._decode(batch, request)
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"openai-whisper failed ({error}); try: --engine faster-whisper") from error

    def _decode(self, batch: Sequence[Samples], request: Request) -> list[Decoded]:
        import torch

        features = self._features(batch)
        tokenizer = self._tokenizer(request.language)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)  # samples at temperatures over 0 are the same each time
            results = self._whisper.decode(features, self._options(tokenizer, request))
        return [
            Decoded(
                words=self._words(tokenizer, result.tokens, mel, len(samples) // 160),
                log_probability=float(result.avg_logprob),
                compression=float(result.compression_ratio) if result.text else 0.0,
                no_speech=float(result.no_speech_prob),
                temperature=request.temperature,
            )
            for result, mel, samples in zip(results, features, batch, strict=True)
        ]

    def _features(self, batch: Sequence[Samples]) -> Any:
        """Log-mel features of full windows, shape (n_pieces, n_mels, 3000)."""
        import torch
        from whisper import log_mel_spectrogram, pad_or_trim

        n_mels = self._whisper.dims.n_mels
        mels = [log_mel_spectrogram(pad_or_trim(np.ascontiguousarray(samples)), n_mels) for samples in batch]
        return torch.stack(mels).to(self._whisper.device)

    def _options(self, tokenizer: Any, request: Request) -> Any:
        from whisper import DecodingOptions

        hint = tokenizer.encode(" " + request.hint.strip())[:MOST_PROMPT] if request.hint.strip() else []
        room = MOST_PROMPT - len(hint)
        before = tokenizer.encode(" " + request.context)[-room:] if request.context and room else []
        return DecodingOptions(
            language=request.language,
            temperature=request.temperature,
            beam_size=None if request.temperature else request.beam,
            best_of=_SAMPLES_OVER_ZERO if request.temperature else None,
            prompt=hint + before or None,
            without_timestamps=True,
            fp16=self._whisper.device.type == "cuda",
        )

    def _words(self, tokenizer: Any, tokens: list[int], features: Any, n_frames: int) -> tuple[Heard, ...]:
        from whisper.timing import find_alignment

        ids = [token for token in tokens if token < tokenizer.eot]
        return tuple(
            whole_words(
                [
                    (timing.word, timing.start, timing.end, timing.probability)
                    for timing in find_alignment(self._whisper, tokenizer, ids, features, n_frames)
                ],
                tokenizer.language,
            )
        )

    def _tokenizer(self, language: str) -> Any:
        from whisper.tokenizer import get_tokenizer

        return get_tokenizer(
            self.multilingual, num_languages=self._whisper.num_languages, language=language, task="transcribe"
        )


def _use(threads: int) -> None:
    """PyTorch's threads, of the whole process."""
    import torch

    torch.set_num_threads(threads)


def _load(path: Path, device: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of PyTorch, about sparse tensors
            whisper = _from_checkpoint(path) if path.is_file() else _from_folder(path)
            return whisper.to(device).eval()
    except ImportError as error:
        raise EngineError(f"openai-whisper is not installed ({error}); use: --engine faster-whisper") from error
    except (ValueError, KeyError, struct.error, OSError, RuntimeError, TypeError) as error:
        raise EngineError(f"openai-whisper cannot load {path} ({error}); try: --engine faster-whisper") from error


def _from_folder(folder: Path) -> Any:
    import torch
    from whisper.model import ModelDimensions, Whisper

    weights = ctranslate.read(folder)
    whisper = Whisper(ModelDimensions(**weights.dims))
    whisper.load_state_dict({name: torch.from_numpy(array) for name, array in weights.arrays.items()})
    heads = torch.zeros(weights.dims["n_text_layer"], weights.dims["n_text_head"], dtype=torch.bool)
    for layer, head in weights.alignment_heads:
        heads[layer, head] = True
    whisper.register_buffer("alignment_heads", heads.to_sparse(), persistent=False)
    return whisper


def _from_checkpoint(path: Path) -> Any:
    from whisper import load_model

    return load_model(str(path), device="cpu")
