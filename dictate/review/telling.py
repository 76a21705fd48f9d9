"""The question taken out of its telling: who asked, fillers and verdicts are left away, for names in plain words."""

from __future__ import annotations

import re

_WHO = (
    r"(?:(?:the|this|that|my|a|one of the)\s+(?:[\w'-]+\s+){1,3}?|(?:Mr|Mrs|Ms|Miss|Dr|Doctor)\.?\s+\w+\s+|[\w'-]+\s+)"
)
_ORDINAL = r"(?:first|second|third|fourth|fifth|next|last|other|final|another|main|hard|tricky)"
_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)"
_LEADS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:and|so|then|but|okay|ok|right|well|u+m+|u+h+|e+r+m*|oh|yeah|yes|also|anyway|now|finally|later|next"
        r"|after that|moving on|next up|you know|i mean|like)\b[\s,.]*",
        rf"(?:question|number)\s+{_COUNT}\b(?:\s+(?:was|is)\b)?[\s,:.]*",
        rf"(?:the|an|my)?\s*{_ORDINAL}(?:\s+(?:one|question|thing))?\s+(?:was|is)\b[\s,:]*(?:about\s+|on\s+)?",
        r"(?:there (?:was|were)|it was|we got on to|they had)\s+(?:also\s+)?(?:the|a|an)?\s*(?:one|question|thing)"
        r"\s+(?:about|on)\s+",
        rf"{_WHO}(?:also\s+|then\s+|just\s+)?(?:wanted to (?:know|hear)|was after|was curious)(?:\s+about)?\b[\s,:]*",
        rf"{_WHO}(?:also\s+|then\s+|just\s+)?wanted(?=\s+(?:an?|the|my|some)\b)[\s,:]*",
        rf"{_WHO}(?:also\s+|then\s+|just\s+)?(?:asked|pressed)(?:\s+(?:me|us))?(?:\s+(?:about|on|for))?\b[\s,:]*",
        rf"{_WHO}(?:kept (?:poking at|coming back to|on about)|came back to|(?:started|began|opened|finished) with"
        r"|brought up|moved on to|got on to)\b[\s,:]*",
        rf"{_WHO}(?:says|said|goes|went|was like),?\s+(?=[\"“'])",
        rf"{_WHO}(?:says|said|goes|went|was like),\s+",
    )
)
_VERDICTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r",\s+(?:which|and)\s+(?:i|she|he|they|we|threw|came|was|took|that)\b[^?]*$",
        r",\s+(?:he|she|they|[A-Z]\w+)\s+(?:said|asked|says|goes|wanted to know)$",
        r",\s+was (?:how|her|his|their|the)\b[^,?]*$",
        r",\s+(?:you know|basically|really|i guess|or something|and (?:all )?that|and so on|that sort of thing)$",
    )
)
_SAYS = re.compile(  # a scene and its teller, as far as what is said
    r"^(?:[^\s?]+\s+){0,14}?(?:and\s+)?(?:he|she|they)\s+(?:goes|says|asks|asked|went)\b[\s,:]*(?=(?:\S+\s+){2,}\S)",
    re.IGNORECASE,
)
_LEAST = 3  # words of a question that is quoted
_ENDS = ' \t\n,.;:!-–—"“”'


def question_of(text: str) -> str:
    """What was asked, as it was told; a text that is nothing but telling stays as it is."""
    said = _SAYS.sub("", _quoted(text.strip()))
    rest = _without(_VERDICTS, _without(_LEADS, said, at_start=True), at_start=False).strip(_ENDS)
    return rest[:1].upper() + rest[1:] if len(rest.split()) > 1 else text.strip()


def _quoted(text: str) -> str:
    """The longest part in quotes, one that only begins or ends here too; the text where nothing much is quoted."""
    parts = re.split('["“”]', text)
    begins = len(parts) % 2 == 1 or not parts[0] or parts[0][-1].isspace()
    quoted = parts[1::2] if begins else parts[::2]
    longest = max(quoted, key=lambda part: len(part.split()), default="")
    return longest if len(parts) > 1 and len(longest.split()) >= _LEAST else text


def _without(patterns: tuple[re.Pattern[str], ...], text: str, *, at_start: bool) -> str:
    """The text with what matches taken off an end, again and again, but never all of it."""
    while True:
        for pattern in patterns:
            found = pattern.match(text) if at_start else pattern.search(text)
            rest = (text[found.end() :] if at_start else text[: found.start()]) if found else ""
            if len(rest.split()) > 1:
                text = rest.lstrip(_ENDS) if at_start else rest
                break
        else:
            return text
