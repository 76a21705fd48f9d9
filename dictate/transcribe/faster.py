"""faster-whisper: Whisper on CTranslate2, in int8 on a CPU.

Its model is used piece by piece instead of its ``transcribe``, because CTranslate2 can encode windows shorter than
30 s, which is most of the time saved: the features of a piece are followed by one second of zeros, and no more.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from dictate.errors import EngineError
from dictate.transcribe.activity import Samples
from dictate.transcribe.allocator import share_heap
from dictate.transcribe.engine import LONGEST_S, MOST_PROMPT, Decoded, Heard, Request
from dictate.transcribe.words import whole_words

FRAMES_PER_S = 100  # feature frames; the encoder halves them
_WINDOW = 30 * FRAMES_PER_S
_TAIL = FRAMES_PER_S  # zero features after the speech, without which words at the end are lost
_SHORTEST = 10 * FRAMES_PER_S  # in less a single word is often repeated
_MOST_TOKENS_PER_S = 12  # nobody speaks faster; loops end sooner for it
_SPARE_TOKENS = 24
_MOST_AT_ONCE = 8  # pieces, in all workers together: each needs 50 MB while it is decoded
_SAMPLES_OVER_ZERO = 5  # hypotheses sampled at temperatures over 0


class FasterWhisper:
    """An ``Engine``: pieces up to 15 s, decoded in batches, by several workers of few threads each."""

    name = "faster-whisper"
    longest_s = LONGEST_S[name]
    shortens = True

    def __init__(self, folder: Path, *, name: str, device: str, workers: int, threads: int = 0) -> None:
        self.model = name
        self.workers = workers
        self._device = device
        self.batch = max(_MOST_AT_ONCE // workers, 1)
        self._whisper = _load(folder, device, workers, threads or max((os.cpu_count() or 1) // workers, 1))
        self.multilingual = bool(self._whisper.model.is_multilingual)

    def language(self, samples: Samples) -> str:
        """The language of the first 30 s of these samples."""
        if not self.multilingual:
            return "en"
        features = self._features([samples[: 30 * 16_000]], full=True)
        token, _ = self._whisper.model.detect_language(self._whisper.encode(features))[0][0]
        return str(token).strip("<|>")

    def decode(self, batch: Sequence[Samples], request: Request) -> list[Decoded]:
        """The words of each piece."""
        try:
            return self._decode(batch, request)
        except (RuntimeError, ValueError) as error:
            raise EngineError(f"faster-whisper failed ({error}); try: --engine openai-whisper") from error

    def _decode(self, batch: Sequence[Samples], request: Request) -> list[Decoded]:
        tokenizer = self._tokenizer(request.language)
        encoded = self._encode(self._features(batch, full=request.full_window))
        results = self._generate(encoded, tokenizer, request, max(map(len, batch)) / 16_000)
        tokens = [[token for token in result.sequences_ids[0] if token < tokenizer.eot] for result in results]
        frames = [min(len(samples) // 160, _WINDOW) for samples in batch]
        words = self._words(tokenizer, tokens, encoded, frames)
        return [
            _decoded(tokenizer.decode(ids), heard, result, request.temperature)
            for ids, heard, result in zip(tokens, words, results, strict=True)
        ]

    def _features(self, batch: Sequence[Samples], *, full: bool) -> Samples:
        """Log-mel features, shape (n_pieces, n_mels, n_frames), zero after each piece."""
        mels = [self._whisper.feature_extractor(samples)[:, :_WINDOW] for samples in batch]
        needed = max(_SHORTEST, max(mel.shape[1] for mel in mels) + _TAIL)
        length = _WINDOW if full else min(needed + needed % 2, _WINDOW)  # the encoder halves it
        features = np.zeros((len(mels), mels[0].shape[0], length), np.float32)
        for row, mel in zip(features, mels, strict=True):
            row[:, : mel.shape[1]] = mel
        return features

    def _encode(self, features: Samples) -> Any:
        """The encoder's output; on a CPU one piece after another: no slower than in a batch, in a tenth less memory."""
        if self._device != "cpu" or len(features) == 1:
            return self._whisper.encode(features)
        import ctranslate2

        outputs = [np.asarray(self._whisper.encode(row)) for row in features]
        return ctranslate2.StorageView.from_array(np.concatenate(outputs))

    def _generate(self, encoded: Any, tokenizer: Any, request: Request, longest_s: float) -> Any:
        before = tokenizer.encode(" " + request.context) if request.context else []
        room = max(MOST_PROMPT - len(tokenizer.encode(" " + request.hint)), 0) if request.hint else MOST_PROMPT
        before = before[-room:] if room else []
        prompt = self._whisper.get_prompt(tokenizer, before, without_timestamps=True, hotwords=request.hint or None)
        search = {"beam_size": request.beam}
        if request.temperature:
            search = {"beam_size": 1, "num_hypotheses": _SAMPLES_OVER_ZERO, "sampling_topk": 0}
        return self._whisper.model.generate(
            encoded,
            [prompt] * encoded.shape[0],
            max_length=min(448, len(prompt) + _SPARE_TOKENS + int(longest_s * _MOST_TOKENS_PER_S)),
            return_scores=True,
            return_no_speech_prob=True,
            sampling_temperature=request.temperature or 1,
            **search,
        )

    def _words(self, tokenizer: Any, tokens: list[list[int]], encoded: Any, frames: list[int]) -> list[list[Heard]]:
        return [
            whole_words(
                [(timing["word"], timing["start"], timing["end"], timing["probability"]) for timing in alignment],
                tokenizer.language_code,
            )
            for alignment in self._whisper.find_alignment(tokenizer, tokens, encoded, frames)
        ]

    def _tokenizer(self, language: str) -> Any:
        from faster_whisper.tokenizer import Tokenizer

        return Tokenizer(self._whisper.hf_tokenizer, self.multilingual, task="transcribe", language=language)


def _decoded(text: str, words: list[Heard], result: Any, temperature: float) -> Decoded:
    length = len(result.sequences_ids[0])
    data = text.strip().encode()
    return Decoded(
        words=tuple(words),
        log_probability=float(result.scores[0]) * length / (length + 1),
        compression=len(data) / len(zlib.compress(data)) if data else 0.0,
        no_speech=float(result.no_speech_prob),
        temperature=temperature,
    )


def _load(folder: Path, device: str, workers: int, threads: int) -> Any:
    """The model from a local folder; nothing is asked of a network."""
    missing = [name for name in ("model.bin", "config.json", "tokenizer.json") if not (folder / name).is_file()]
    if missing:
        raise EngineError(f"{folder} is no CTranslate2 Whisper model: {missing[0]} is not there")
    share_heap()
    try:
        from faster_whisper import WhisperModel

        return WhisperModel(
            str(folder),
            device=device,
            compute_type="int8" if device == "cpu" else "float16",
            cpu_threads=threads,
            num_workers=workers,
            local_files_only=True,
        )
    except Exception as error:  # CTranslate2, tokenizers and the dynamic loader each raise their own
        raise EngineError(f"faster-whisper cannot load {folder} ({error}); try: dictate models verify") from error
