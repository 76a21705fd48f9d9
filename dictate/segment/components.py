"""The segmenter's spaCy components: words, their spans, and the structure over the spans.

``doc.spans["notes"]`` holds the result: one spaCy span a note, its label the kind, ``span._.number``,
``span._.difficult`` and ``span._.confidence`` the rest. Both networks run in onnxruntime.
"""

from __future__ import annotations

import json
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from dictate.onnx import session
from dictate.records import KINDS, Kind
from dictate.segment import decode, structure
from dictate.segment.decode import Decoding, Floats
from dictate.segment.lean_spacy import Doc, Language, Span, Vocab, spacy
from dictate.segment.windows import Window, WordPieces, batches, padded

NOTES = "notes"  # the key of doc.spans
BATCH_PIECES = 1536  # pieces in one run of the tagger: more is slower on a CPU and costs memory
CARRIED = 64  # of the spans that the reader sees at once, those that were decided in the stretch before


class Words:
    """Tokenizer: a token is what white space separates, since notes begin and end between words."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words = text.split()
        return Doc(self.vocab, words=words, spaces=[True] * (len(words) - 1) + [False] if words else [])

    def pipe(self, texts: Iterable[str]) -> Iterator[Doc]:
        return map(self, texts)

    def to_disk(self, path: Path, **_: Any) -> None:
        """There is nothing to write: it has no state."""

    def from_disk(self, path: Path, **_: Any) -> Words:
        return self


@spacy.registry.tokenizers("dictate.Words.v1")  # type: ignore[misc,untyped-decorator,unused-ignore]
def make_words() -> Any:
    return lambda nlp: Words(nlp.vocab)


class Component(ABC):
    """What both components share: files on disk, and predicting apart from writing."""

    files: ClassVar[tuple[str, ...]]

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, folder: Path) -> None:
        """Load the files; they stay where they are and ``to_disk`` copies them."""
        self.folder = folder

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations([doc], self.predict([doc]))
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        for docs in spacy.util.minibatch(stream, size=batch_size):
            docs = list(docs)
            self.set_annotations(docs, self.predict(docs))
            yield from docs

    @abstractmethod
    def predict(self, docs: Sequence[Doc]) -> list[Any]:
        """What the network says of each doc; nothing is changed."""

    @abstractmethod
    def set_annotations(self, docs: Sequence[Doc], predictions: Sequence[Any]) -> None:
        """Write predictions into their docs."""

    def to_disk(self, path: Path, **_: Any) -> None:
        path.mkdir(parents=True, exist_ok=True)
        for name in self.files:
            shutil.copyfile(self.folder / name, path / name)

    def from_disk(self, path: Path, **_: Any) -> Component:
        self.read(path)
        return self


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the tagger says of one text: (kind, first word, end, confidence) of spans, and its words' vectors."""

    spans: list[tuple[int, int, int, float]]
    vectors: Floats  # shape = (n_words, n_hidden)


class SpanTagger(Component):
    """Labels words with kinds and beginnings, and cuts the text into spans."""

    files = ("tagger.onnx", "tokenizer.json", "decoding.json")

    def read(self, folder: Path) -> None:
        super().read(folder)
        self.pieces = WordPieces(folder / "tokenizer.json")
        settings = json.loads((folder / "decoding.json").read_text(encoding="utf-8"))
        self.temperature = float(settings.pop("temperature", 1.0))
        self.decoding = replace(Decoding(**settings), turns=np.asarray(settings["turns"], dtype=np.float32))
        self.tagger = session(folder / "tagger.onnx")
        self.learnt: Floats | None = None  # added to the kinds, shape = (n_hidden + 1, n_kinds)
        self.remembered: dict[bytes, Sequence[Floats]] | None = None  # what was told of windows of a text that grows

    def predict(self, docs: Sequence[Doc]) -> list[Tagged]:
        read = self.read_words([[token.text for token in doc] for doc in docs])
        if self.learnt is not None:
            read = [
                (vectors, kinds + vectors @ self.learnt[:-1] + self.learnt[-1], begins)
                for vectors, kinds, begins in read
            ]
        found = decode.spans([(kinds, begins) for _, kinds, begins in read], self.decoding)
        return [self._sure(spans, kinds, vectors) for spans, (vectors, kinds, _) in zip(found, read, strict=True)]

    def read_words(self, texts: Sequence[Sequence[str]]) -> list[tuple[Floats, Floats, Floats]]:
        """Of each text: vectors (n_words, n_hidden), logits of kinds and of beginning as each kind (both n_kinds)."""
        steady = self.remembered is not None
        windows = [
            window
            for text, pieces in enumerate(self.pieces(texts))
            for window in self.pieces.windows(text, pieces, steady=steady)
        ]
        hidden = self.tagger.get_outputs()[0].shape[-1]
        kept: list[tuple[Floats, Floats, Floats]] = [
            (
                np.zeros((n, hidden), dtype=np.float32),
                np.zeros((n, len(KINDS)), dtype=np.float32),
                np.zeros((n, len(KINDS)), dtype=np.float32),
            )
            for n in map(len, texts)
        ]
        for window, told in self._told(windows):
            start, end = window.keep
            for part, output in zip(kept[window.text], told, strict=True):
                part[start:end] = output[start - window.start : end - window.start]
        return kept

    def _told(self, windows: Sequence[Window]) -> Iterator[tuple[Window, Sequence[Floats]]]:
        """What the tagger says of each window; what it is remembered to have said, it is not asked again."""
        before = self.remembered or {}
        now: dict[bytes, Sequence[Floats]] = {w.key: before[w.key] for w in windows if w.key in before}
        yield from ((window, now[window.key]) for window in windows if window.key in now)
        for group in batches([window for window in windows if window.key not in now], BATCH_PIECES):
            ids, mask, first = padded(group)
            outputs = self.tagger.run(None, {"ids": ids, "mask": mask, "first": first})
            for row, window in enumerate(group):
                said = [output[row] for output in outputs]
                yield window, said
                if self.remembered is not None:
                    now[window.key] = said
        if self.remembered is not None:
            self.remembered = now

    def _sure(self, spans: list[decode.Found], kinds: Floats, vectors: Floats) -> Tagged:
        """Spans with their confidence: the mean over words of the chance of the span's kind."""
        sure = np.exp(decode.log_softmax(kinds / np.float32(self.temperature)))
        return Tagged([(k, a, z, float(sure[a:z, k].mean())) for k, a, z in spans], vectors)

    def set_annotations(self, docs: Sequence[Doc], predictions: Sequence[Tagged]) -> None:
        for doc, tagged in zip(docs, predictions, strict=True):
            notes = [Span(doc, a, z, label=KINDS[k]) for k, a, z, _ in tagged.spans]
            for note, (_, _, _, confidence) in zip(notes, tagged.spans, strict=True):
                note._.confidence = confidence
            doc.spans[NOTES] = notes
            doc.tensor = tagged.vectors


@dataclass(frozen=True, slots=True)
class Structure:
    """Of each span its number, and of each mention of a question whether it was difficult."""

    numbers: list[int | None]
    difficult: list[bool | None]


class SpanReader(Component):
    """Numbers questions and asks, joins answers to them, and tells which were difficult, over a whole debrief."""

    files = ("reader.onnx", "reading.json")

    def read(self, folder: Path) -> None:
        super().read(folder)
        self.reader = session(folder / "reader.onnx")
        settings = json.loads((folder / "reading.json").read_text(encoding="utf-8"))
        self.difficult_from = float(settings["difficult_from"])  # logit from which a question is said to be difficult

    def predict(self, docs: Sequence[Doc]) -> list[Structure]:
        return [self._structure(doc) for doc in docs]

    def _structure(self, doc: Doc) -> Structure:
        notes = list(doc.spans[NOTES])
        kinds: list[Kind] = [note.label_ for note in notes]
        if not notes:
            return Structure([], [])
        pooled = np.stack([np.concatenate([_mean(doc.tensor, n), doc.tensor[n.start]]) for n in notes])
        pairs, scores, none, hard = self._scores(kinds, [note.text for note in notes], pooled)
        numbers = structure.numbers(kinds, pairs, scores, none)
        trouble = {
            n for kind, n, h in zip(kinds, numbers, hard, strict=True) if kind == "question" and h > self.difficult_from
        }
        difficult = [n in trouble if kind == "question" else None for kind, n in zip(kinds, numbers, strict=True)]
        return Structure(numbers, difficult)

    def _scores(
        self, kinds: list[Kind], texts: list[str], pooled: Floats
    ) -> tuple[structure.Pairs, Floats, Floats, Floats]:
        """Pairs and scores over all spans, read in overlapping stretches where there are very many."""
        none, hard = np.zeros(len(kinds), dtype=np.float32), np.zeros(len(kinds), dtype=np.float32)
        found: list[structure.Pairs] = []
        all_scores: list[Floats] = []
        for start in range(0, max(1, len(kinds) - CARRIED), structure.SPANS - CARRIED):
            here = slice(start, start + structure.SPANS)
            pairs, clues = structure.pairs(kinds[here], texts[here])
            scores, nowhere, trouble = self._run(kinds[here], pooled[here], pairs, clues)
            fresh = 0 if start == 0 else CARRIED
            none[start + fresh : start + structure.SPANS] = nowhere[fresh:]
            hard[start + fresh : start + structure.SPANS] = trouble[fresh:]
            new = pairs.source >= fresh
            found.append(structure.Pairs(pairs.source[new] + start, pairs.target[new] + start, pairs.features[new]))
            all_scores.append(scores[new])
        merged = structure.Pairs(
            np.concatenate([p.source for p in found]),
            np.concatenate([p.target for p in found]),
            np.concatenate([p.features for p in found]),
        )
        return merged, np.concatenate(all_scores), none, hard

    def _run(
        self, kinds: list[Kind], pooled: Floats, pairs: structure.Pairs, clues: structure.Pairs
    ) -> tuple[Floats, Floats, Floats]:
        scores, none, hard = self.reader.run(
            None,
            {
                "vectors": pooled,
                "kinds": np.array([KINDS.index(kind) for kind in kinds], dtype=np.int64),
                "source": pairs.source,
                "target": pairs.target,
                "features": pairs.features,
                "clue_source": clues.source,
                "clue_target": clues.target,
                "clue_features": clues.features,
            },
        )
        return scores, none, hard

    def set_annotations(self, docs: Sequence[Doc], predictions: Sequence[Structure]) -> None:
        for doc, told in zip(docs, predictions, strict=True):
            for note, number, difficult in zip(doc.spans[NOTES], told.numbers, told.difficult, strict=True):
                note._.number, note._.difficult = number, difficult


def _mean(vectors: Floats, note: Span) -> Floats:
    result: Floats = vectors[note.start : note.end].mean(axis=0)
    return result


@Language.factory("dictate_spans")  # type: ignore[misc,untyped-decorator,unused-ignore]
def make_span_tagger(nlp: Language, name: str) -> SpanTagger:
    return SpanTagger(name)


@Language.factory("dictate_structure")  # type: ignore[misc,untyped-decorator,unused-ignore]
def make_span_reader(nlp: Language, name: str) -> SpanReader:
    return SpanReader(name)


for _attribute in ("number", "difficult", "confidence"):
    Span.set_extension(_attribute, default=None, force=True)
