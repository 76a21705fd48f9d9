"""Numbers as they are spoken and as Whisper writes them: "seven", "forty-two thousand", "38k", "six and a half"."""

from __future__ import annotations

import re

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: float(value) for value, word in enumerate(_ONES)}
_SMALL |= {word: 10.0 * value for value, word in enumerate(_TENS, start=2)}
_LARGE = {"hundred": 100.0, "thousand": 1000.0, "grand": 1000.0, "k": 1000.0, "million": 1_000_000.0}
_WORD = "|".join(sorted([*_SMALL, *_LARGE], key=len, reverse=True))  # eighty before eight

_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million)) and "  # "a hundred and five", but "thirty and forty" are two
# A number in words or figures; "a hundred" counts, "a" alone does not.
NUMBER = rf"(?:\d+(?:[.,]\d+)*k?|(?:an? (?=hundred|thousand|million))?(?:{_WORD})(?:(?:[ -]|{_AND})(?:{_WORD})\b)*)"
_PARTS = re.compile(rf"\d+(?:[.,]\d+)*|{_WORD}")


def value(spoken: str) -> float | None:
    """What a stretch that ``NUMBER`` matches amounts to; None where it holds no number."""
    parts = _PARTS.findall(spoken.lower())
    if not parts:
        return None
    total = current = 0.0
    for part in parts:
        if part in _LARGE:
            current = max(current, 1) * _LARGE[part]
            if _LARGE[part] >= 1000:
                total, current = total + current, 0.0
        else:
            more = _SMALL[part] if part in _SMALL else _figures(part)
            current += more / 100 if 10 <= current < 100 and 10 <= more < 100 else more  # "eleven ninety" an hour
    return total + current


def _figures(figures: str) -> float:
    """Commas divide thousands where three figures follow, else a fraction."""
    figures = re.sub(r",(?=\d{3}\b)", "", figures).replace(",", ".")
    whole, *rest = figures.split(".")
    return float(f"{whole}.{''.join(rest)}") if rest else float(whole)
