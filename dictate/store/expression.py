"""What a user types in a search, as an expression for FTS5: words, "phrases" and prefixes*, nothing else.

All of FTS5's operators are taken as plain words, so no text can break the query.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from dictate.errors import QueryError

MAX_TERMS = 64  # FTS5 refuses an expression deeper than 256; nobody types this many

_TERM = re.compile(r'"(?P<phrase>[^"]*)(?:"|$)(?P<after>\*?)|(?P<word>[^\s"]+)')


@dataclass(frozen=True, slots=True)
class Expression:
    """``notes`` is matched against one note; ``across`` is set if it may also match over the edge of two notes."""

    notes: str
    across: str | None


def parse(text: str) -> Expression:
    """The expression for a user's text; a QueryError only where no letter or figure is left to look for."""
    terms = [term for found in _TERM.finditer(_printable(text)) if (term := _term(found))]
    terms = list(dict.fromkeys(terms))
    if not terms:
        raise QueryError('nothing to search for: give words, a "phrase in quotes" or the beginning of a wor*')
    if len(terms) > MAX_TERMS:
        raise QueryError(f"too many words to search for ({len(terms)}): give {MAX_TERMS} at most")
    expression = " AND ".join(terms)
    return Expression(expression, expression if all(_is_phrase(term) for term in terms) else None)


def _printable(text: str) -> str:
    """Without control characters and halves of surrogate pairs, which SQLite cannot take."""
    return "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in text)


def _term(found: re.Match[str]) -> str | None:
    words = found["word"] if found["phrase"] is None else found["phrase"] + found["after"]
    if not any(_counts(c) for c in words):
        return None
    star = "*" if words.endswith("*") and _counts(words.rstrip("*")[-1:]) else ""
    return f'"{words.rstrip("*")}"{star}'


def _counts(c: str) -> bool:
    """Whether the tokenizer takes a character as part of a word."""
    return c.isalnum() or unicodedata.category(c or " ") in ("Lm", "Lo", "Nl", "No", "Co")


def _is_phrase(term: str) -> bool:
    return " " in term.strip('"*')
