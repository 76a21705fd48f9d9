"""An answer beside a better one: which of its points were said, and which were left out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dictate.review.amounts import NUMBER, value
from dictate.review.wording import sentences

LONG = 20  # words of a sentence from which on its clauses are points of their own
SAID = 0.5  # share of a point's words that make it said
SUGGESTED = (
    (0.5, 1),
    (0.8, 2),
)  # below this share of the points said: that rating, else good; easy is the user's to say

_LITTLE = frozenset(
    """
    a about am an and any are as at be because been but by can could did do does for from had has have he her him his
    i i'd i'll i'm i've if in is it it's its just me my no not of on or our she so than that the their them then there
    they this to too us very was we were what when where which who will with would you your
    """.split()
)


@dataclass(frozen=True, slots=True)
class Beside:
    """The points of the better answer, and those of them that were left out."""

    points: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def share(self) -> float:
        """Of the points that were said: 0 to 1."""
        return 1 - len(self.left_out) / len(self.points) if self.points else 1.0

    @property
    def suggested(self) -> int:
        """A rating, 1 (again) to 3 (good), by what was left out alone."""
        return next((rating for below, rating in SUGGESTED if self.share < below), 3)


def beside(better: str, answer: str) -> Beside:
    """A point counts as said when at least half of its words were, in whatever order and form."""
    points = [point for sentence in sentences(better) for point in _clauses(sentence)]
    said = _words(answer)
    left_out = [point for point in points if len(_words(point) & said) < SAID * len(_words(point))]
    return Beside(tuple(points), tuple(left_out))


def _clauses(sentence: str) -> list[str]:
    """A sentence, or the clauses of a long one (what is dictated may have no full stops); only those that tell."""
    parts = [sentence]
    if len(sentence.split()) > LONG:
        parts = re.split(r"[,;:] | (?:and|but|then|so) (?=\w+ \w+ \w+)", sentence)
    return [part.strip() for part in parts if _words(part)]


def _words(text: str) -> frozenset[str]:
    """Words without their endings, numbers by what they amount to: Whisper writes 40 % for forty per cent."""
    text = text.casefold().replace("’", "'").replace("%", " per cent ").replace("percent", "per cent")
    text = re.sub(rf"\b{NUMBER}\b", lambda found: f" {value(found[0]) or 0:g} ", text)
    words = re.findall(r"[^\W_]+(?:'\w+)?", text)
    return frozenset(re.sub(r"(?<=\w{3})(?:ing|ed|es|s|e)$", "", word) for word in words if word not in _LITTLE)
