"""The job that somebody was interviewed for, found in what they say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dictate.segment.naming import FIRST_NAMES, JOB_WORDS, JOBS, LEADS

_WORD = re.compile(r"[^\W_][\w’'&/-]*")
_POST = re.compile(r"(?:[’']s)?\s(?:job|post|role|position|vacancy|interview|opening|contract)\b(?! from)", re.I)
_FOR = re.compile(r"\b(?:for(?: (?:the|a|an|this|their|one))?|as (?:the|a|an)) $", re.I)
_PAST = re.compile(r"\b(?:work(?:ed|ing|s)?|years?|was|been) (?:for|as)(?: \w+)? $", re.I)
_NAMED = re.compile(
    rf"^,? (?:[A-ZÀ-Þ][a-zà-ÿ]+(?:,|\.| and\b| [A-ZÀ-Þ]|$)|(?:mr|mrs|ms|miss|dr|{'|'.join(sorted(FIRST_NAMES))})\b)"
)
_PEOPLES = JOBS & {
    "manager",
    "director",
    "matron",
    "superintendent",
    "producer",
    "supervisor",
    "recruiter",
    "chef",
    "partner",
    "coach",
}
_BREAK = re.compile(r"(?:^|[.,;—–] )(?:(?:so|right|it[’']s|it is|it was|that was|this (?:is|was)|a|an)\W+)*$", re.I)
_PERSON = re.compile(
    r"\b(?:(?<!round )(?<!stage )(?<!interview )with|by|called|named|name|names|man|woman|guy|girl|lady|gentleman|"
    r"fella|bloke|lad|chap|met|who|spoke|my|his|her|their|first|then|and|two|three|four|was the|it was)\b",
    re.I,
)
_ASIDE = re.compile(
    r"^(?:[:(]| \(|,? (?:who|called|named|and (?:the|a)\b|on the|asked|said|came|took|met|is|was|had)\b"
    r"|s\b|[’']s (?!job|post|role|position))",
    re.I,
)

WIDEST = 4  # words
NEAR = 90  # characters from the beginning, where a job that stands alone is the one sought


def job(text: str) -> str | None:
    """The job's name as it was said; None unless it stands where the job that is sought is told."""
    found = list(phrases(text))
    for is_told in (_is_post, _is_sought, _stands_alone):
        for start, end in found:
            if is_told(text[:start], text[start:end], text[end:]):
                return _told(text[start:end])
    return None


def _is_post(before: str, phrase: str, after: str) -> bool:
    """The ... job, the ... post."""
    return bool(_POST.match(after)) and not re.search(r"\b(?:my|last|old|previous|current) $", before, re.I)


def _is_sought(before: str, phrase: str, after: str) -> bool:
    """For a ..., as the ...; not what somebody has been."""
    sought = _FOR.search(before)
    return bool(sought) and not _ASIDE.match(after) and not _NAMED.match(after) and not _PAST.search(before)


def _stands_alone(before: str, phrase: str, after: str) -> bool:
    """Near the beginning, between stops or right after what may be the employer's name, and no person's trade."""
    if len(before) > NEAR or _ASIDE.match(after) or _NAMED.match(after) or _PERSON.search(before):
        return False
    if _BREAK.search(before):
        return " " in phrase or phrase.casefold() not in _PEOPLES
    return " " in phrase and 0 < len(_WORD.findall(before)) <= 6 and not before.endswith(("the ", "a ", "an "))


def phrases(text: str) -> Iterator[tuple[int, int]]:
    """Places where words of jobs stand together and end as a job's name does."""
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        last = _last(text, words, at)
        if last is None:
            at += 1
            continue
        yield words[at].start(), words[last].end()
        at = last + 1


def _last(text: str, words: list[re.Match[str]], first: int) -> int | None:
    """The last word of the job's name that begins with a word, or None."""
    found = None
    for at in range(first, min(first + WIDEST, len(words))):
        if at > first and text[words[at - 1].end() : words[at].start()] != " ":
            break
        word = words[at][0].casefold()
        if word in JOBS or (word in LEADS and at > first):
            found = at
        elif word not in JOB_WORDS and word not in LEADS:
            break
    return found


def _told(phrase: str) -> str:
    """As it is written in lists: no capital but those of abbreviations."""
    return " ".join(word if word.isupper() else word.lower() for word in phrase.split())


def names_a_job(text: str) -> bool:
    """Whether a few words are a job's name: they end as one does, or do so before a comma."""
    return any(end == len(text) or text[end : end + 1] in ",(" for _, end in phrases(text))
