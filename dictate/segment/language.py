"""Whether a text is English, told by its commonest words."""

from __future__ import annotations

COMMONEST = frozenset(
    "the be to of and a in that have i it for not on with he as you do at this but his by from they we say her she "
    "or an will my one all would there their what so up out if about who get which go me when make can like time "
    "no just him know take into your good some could them see other than then now only its also after use how our "
    "was is are were had has been did said asked got went i'm i'd it's they're um uh yeah okay".split()
)
ENOUGH_WORDS = 12  # fewer tell nothing
LEAST_SHARE = 0.15  # spoken English has 0.35 to 0.6 of these words, other European languages under 0.1


def looks_english(text: str) -> bool:
    """True also of a text too short to tell."""
    words = text.lower().replace("’", "'").split()[:2000]
    if len(words) < ENOUGH_WORDS:
        return sum(ord(letter) > 0x2FF for letter in text) * 2 <= len(text)
    return sum(word.strip(".,;:!?\"'") in COMMONEST for word in words) >= LEAST_SHARE * len(words)
