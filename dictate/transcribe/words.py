"""The parts of words that an alignment gives, put together to words as they are written."""

from __future__ import annotations

from collections.abc import Sequence

from dictate.transcribe.engine import Heard

Part = tuple[str, float, float, float]  # text with the space before it, start and end in seconds, probability

_UNSPACED = frozenset(("zh", "ja", "th", "lo", "my", "yue"))  # languages that put no spaces between words
_OPENING = "\"'“¿([{-"  # stands before the word that follows
_CLOSING = "\"'.。,，!！?？:：”)]}、"  # stands after the word before


def whole_words(parts: Sequence[Part], language: str) -> list[Heard]:
    """Words with their punctuation: a part without a space before it goes on from the last one ("Okonkwo", "-Hale")."""
    words: list[Part] = []
    opening = False
    for text, start_s, end_s, probability in parts:
        spaced = text.startswith(" ") or (language in _UNSPACED and text.strip() not in _CLOSING)
        if not text.strip():
            continue
        if words and (opening or not spaced):
            words[-1] = _joined(words[-1], (text, start_s, end_s, probability))
        else:
            words.append((text, start_s, end_s, probability))
        opening = words[-1][0].strip() in _OPENING
    return [Heard("".join(text.split()), float(start), float(end), float(sure)) for text, start, end, sure in words]


def _joined(word: Part, part: Part) -> Part:
    """Both in one; punctuation, which has no sound, leaves time and probability as they are."""
    text = word[0] + part[0]
    if not any(map(str.isalnum, part[0])):
        return text, *word[1:]
    if not any(map(str.isalnum, word[0])):
        return text, *part[1:]
    return text, word[1], part[2], (word[3] + part[3]) / 2
