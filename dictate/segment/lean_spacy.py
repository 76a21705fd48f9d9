"""spaCy without PyTorch: thinc imports torch wherever it is installed, which costs seconds and serves nothing here."""

from __future__ import annotations

import sys
import warnings

_hide = "spacy" not in sys.modules and "torch" not in sys.modules
if _hide:
    sys.modules["torch"] = None  # type: ignore[assignment]  # an import of it now fails, as where it is absent
try:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # spaCy's own dependencies warn of each other
        import spacy
        from spacy.language import Language
        from spacy.tokens import Doc, Span
        from spacy.vocab import Vocab
finally:
    if _hide:
        del sys.modules["torch"]

__all__ = ["Doc", "Language", "Span", "Vocab", "spacy"]
