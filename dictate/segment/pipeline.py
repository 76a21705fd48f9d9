"""A debrief's text to its labelled spans: the spaCy pipeline, made, loaded and applied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from dictate.errors import SegmenterError
from dictate.paths import learnt_dir, shipped
from dictate.records import Segmentation, Span, plain
from dictate.segment import learnt
from dictate.segment.components import NOTES, SpanTagger
from dictate.segment.language import looks_english
from dictate.segment.lean_spacy import Doc, Language, spacy

TRAINED = "segmenter/trained"
LONGEST = 50_000_000  # characters; spaCy's own bound is for parsers, which this pipeline has none of
CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "dictate.Words.v1"}}}


def make(files: Path) -> Language:
    """The pipeline over freshly exported files."""
    nlp = spacy.blank("en", config=CONFIG)
    for name in ("dictate_spans", "dictate_structure"):
        nlp.add_pipe(name).read(files)
    return nlp


class Segmenter:
    """Labels debriefs; loading takes about a second, so make one and keep it.

    Without a folder it is the shipped one, with what it has learnt from its user. One for a text that is ``growing``
    remembers what it has read of it, and reads little more than what is new.
    """

    def __init__(self, folder: Path | None = None, *, growing: bool = False) -> None:
        own = folder is None
        folder = folder or shipped(TRAINED)
        try:
            self.nlp = spacy.load(folder)
        except (OSError, ValueError, RuntimeError) as error:
            raise SegmenterError(f"the segmenter in {folder} does not load ({error}); install dictate again") from error
        self.nlp.max_length = LONGEST
        self.folder = folder
        self.tagger: SpanTagger = self.nlp.get_pipe("dictate_spans")
        if growing:
            self.tagger.remembered = {}
        if own:
            self.tagger.learnt = learnt.load(learnt_dir(), folder)

    def segment(self, text: str) -> Segmentation:
        return next(self.segment_many([text]))

    def segment_many(self, texts: Iterable[str]) -> Iterator[Segmentation]:
        """Segmentations in the order of the texts, read together for speed."""
        for doc in self.nlp.pipe(plain(text) for text in texts):
            yield Segmentation(doc.text, self.read_notes(doc)) if looks_english(doc.text) else whole(doc.text)

    @staticmethod
    def read_notes(doc: Doc) -> tuple[Span, ...]:
        """What the components wrote into a doc, as values."""
        return tuple(
            Span(
                kind=note.label_,
                start=note.start_char,
                end=note.end_char,
                text=note.text,
                number=note._.number,
                difficult=note._.difficult,
                confidence=note._.confidence,
            )
            for note in doc.spans[NOTES]
        )


def whole(text: str) -> Segmentation:
    """A text kept as one span of context: what is not English is not labelled."""
    text = plain(text)
    return Segmentation(text, (Span("context", 0, len(text), text),) if text else ())
