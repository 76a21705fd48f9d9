"""Notes of one kind to letter sentences: what was left unsaid, what was learned, what is owed, what comes next.

Each takes a note's words and gives a sentence's core, or None where only guessing would make one.
"""

from __future__ import annotations

import re

from dictate.review import asking
from dictate.review.steps import is_owed as is_owed
from dictate.review.steps import owed as owed
from dictate.review.steps import upcoming as upcoming
from dictate.review.unsaid import omission as omission
from dictate.review.wording import (
    LONGEST,
    acceptable,
    bare,
    first_sentence,
    large,
    lowered,
    one_statement,
    sentences,
    tidy,
    you,
)

_PERSON = r"(?!I\b)(?:he|she|they|[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
_REPORTED = re.compile(
    rf"{_PERSON} (?:said|says|told me|told us|told|explained|mentioned|admitted|confirmed)(?: to me)?(?: that)? ?,? ?"
)
_LEARNED = re.compile(
    r"(?:they(?:'re|'ve|'ll|'d| \w+)|there's|there (?:is|are|will be)|"
    r"(?:the|their) (?:[\w']+[ -]){1,4}(?:is|are|has|have|will|does|do|can|\w+s)) .+",
    re.I,
)
_NO_NEWS = re.compile(  # what they did in the talk, and what is nobody's to tell
    r"they(?:'d)? (?:said|asked|told|laughed|looked|wanted?|liked?|seemed?|kept|did|was|were|went|came|all|both|"
    r"just|also|"
    r"even|only|thought|think|know|knew|say|says|said|sat|gave|showed|made|took|got|read|saw|sent|put|let|don't|won't|"
    r"can't|aren't|haven't|would|could|should|might|may|never|hope|reckon|guess|mean|called|call|love|hate|decide|"
    r"phone|ring|email|promised|admitted|confirmed)\b",
    re.I,
)
_UNFIT = re.compile(
    r"[£$€]|\d+k\b|\b(?:pay|paid|pays|salar\w+|wages?|money|bonus\w*|pension|holidays?|leave|overtime|grand|thousand|"
    r"per hour|an hour|a day rate|rate|band|commission|tips|perks?|benefits|had|were|was|wasn't|raise|percent|"
    r"base|says|said|girls?|lads?|blokes?|believed|"
    r"merged|moving|gone|capped|applied|under|previous|"
    r"last (?:man|person|one|fella|girl|guy)|"
    r"left|quit|quits|leaving|notice|frozen|budget|litigation|penalt\w+|behind|sickness|complain\w*|whisper|"
    r"turnover|fourth|damp|shut\w*|lost|merging|wrong|broke|broken|sleep|half|dog|stays?|park\w*|breaks|"
    r"vacan\w+|short|struggl\w+|candidates?|seeing|interviewing|nobody|never|not|no|n't|isn't|aren't|don't|"
    r"doesn't|won't|can't|cat|just me|secret|joke|rumour|awful|terrible|mess|problem\w*)\b",
    re.I,
)

_JUDGING = re.compile(  # nobody thanks for being told so
    r"\b(?:a bit|rather|too|dis-?organi[sz]ed|unorgani[sz]ed|chao(?:s|tic)|dumps?|shambl\w+|ugly|hideous|dirty|filthy|"
    r"shabby|scruffy|dingy|grim|bleak|miserable|depressing|dull|boring|bored|slow|bad|badly|poor|poorly|cheap|rude|cold|"
    r"noisy|loud|cramped|stuffy|smell\w*|stink\w*|tiny|dated|outdated|old-fashioned|ancient|antiquated|stress\w*|toxic|"
    r"tired|lazy|weird|odd|strange|dodgy|tacky|use ?less|clueless|rubbish|nightmare|disaster\w*|zoo|circus|hole|pit|"
    r"tip|disgrac\w*|farce|wreck|ruins?|mess\w*|sloppy|weak\w*|crazy|mad|silly|daft|dumb|pathetic|ridiculous|"
    r"over-?crowded|overworked|under-?staffed|understaffed|unfriendly|arrogant|cagey|vague|worr\w+|worse|worst|"
    r"horri\w+|dreadful|appalling|ghastly|nasty|hate\w*|inefficient|backward|bureaucratic|confus\w*|primitive|"
    r"hopeless|pointless|red flags?|unclear|old|creepy|cliquey|bully\w*|bullies|sexist|racist|ageist)\b",
    re.I,
)
_HEDGED = re.compile(
    r"\b(?:I (?:think|guess|suppose|believe|reckon|gather|imagine|assume)|I'm guessing|probably|maybe|perhaps|might|"
    r"may be|could be|apparently|not sure|if I (?:heard|remember|understood|got)|as far as|it seems|seems?|seemingly|"
    r"supposedly|presumably|possibly|or something|or so|kind of|sort of|allegedly)\b",
    re.I,
)


def learned(text: str) -> str | None:
    """What they told, told back to them, fit to follow "that"."""
    return next((told for part in sentences(text) if (told := _learned(part))), None)


def _learned(part: str) -> str | None:
    if _HEDGED.search(part.replace("’", "'")):
        return None
    words = tidy(part)
    if reported := _REPORTED.match(words):
        words = words[reported.end() :]
    rest = one_statement(first_sentence(words), 3)
    if not _LEARNED.fullmatch(rest) or _NO_NEWS.match(rest) or unfit(rest) or {"you", "your", "its"} & set(bare(rest)):
        return None
    told = you(rest)
    pointing = re.search(r"\b(?:them|he|she|him|her|his|it|it's|this|these|those|we|us|I)\b", told, re.I)
    if pointing or not 4 <= len(bare(told)) <= LONGEST or not acceptable(told):
        return None
    if len(bare(told)) > 12 and "," not in told:
        return None  # raw dictation has no punctuation: a long run may be two statements
    return large(lowered(told))


def unfit(text: str) -> bool:
    """Whether a thank-you letter had better not bring it up: pay, people who left, what is or goes badly there."""
    return bool(_UNFIT.search(text) or _JUDGING.search(text))


def asked(text: str) -> str | None:
    """What was asked of them, fit to follow "my question about"."""
    return asking.asked(text, _UNFIT)
