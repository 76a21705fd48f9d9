"""Notes of one kind to letter sentences: what was left unsaid, what was learned, what is owed, what comes next.

Each takes a note's words and gives a sentence's core, or None where only guessing would make one.
"""

from __future__ import annotations

import re

from dictate.review.wording import (
    LONGEST,
    acceptable,
    bare,
    clause,
    first_sentence,
    lowered,
    private,
    sentences,
    tidy,
    whole,
    you,
)

_THEM = r"(?:(?:them|him|her|you|anyone|anybody) )?"
_UNSAID = re.compile(
    r"(?:what |the thing |one thing |the one thing )?(?:is )?(?:that )?I (?:never|didn't|did not|forgot to|forgot|"
    r"should(?:'ve| have)|could have|meant to|wanted to|was going to|would(?:'ve| have) liked to)"
    r"(?: (?:even|actually|really|once|get to|got to|get round to|got round to|manage to|managed to|have))*"
    r" (?:(?:mention(?:ed)?|(?:bring|brought) up|(?:talk|talked|speak|spoke|spoken|say|said|tell|told)"
    r"(?: (?:them|him|her|you|anyone|a (?:single )?word|a thing|anything))? (?:about|on)) |"
    rf"(?:say|said|tell|told|saying|explain|explained) ?){_THEM}(?P<rest>.+)",
    re.I,
)
_AND_NOT = (
    r",?(?: and)? (?:I (?:never|didn't|did not|forgot)|nobody|no one|(?:it |that )?never (?:came|got)|"
    r"(?:it |that )?did(?:n't| not) (?:come|get)|(?:it |that )?went unsaid|(?:it )?was(?:n't| not| never) touched)\b.*"
)
_FRONTED = re.compile(
    rf"(?P<rest>(?:the|my) .+?|I (?:also )?(?:speak|hold|ran|built|did|trained|can) .+?){_AND_NOT}", re.I
)
_NOT_ASKED = re.compile(
    r"(?:nobody|no one|they (?:never|didn't)|we (?:never|didn't|did not))(?: (?:once|even|really|ever))?"
    r" (?:ask(?:ed)?(?: me)?|touch(?:ed)?|br(?:ing|ought) up|rais(?:e|ed)|talk(?:ed)?|sp(?:eak|oke)|got(?: round)?)"
    r"(?: (?:about|on|to))? (?P<rest>(?:the|my) .+)",
    re.I,
)
_IS_THAT = re.compile(r"(?:(?:is|was)(?: that)?|about|that) (?=\w)|,\s*", re.I)
_NOUN = re.compile(r"(?:the|my|a|an|our) \w+", re.I)
_TOLD = re.compile(
    r"I(?:'ve| have| had| was| am|'m| did| ran| run| built| led| speak| can| hold| know| worked| made| wrote| set up|"
    r" trained| managed| taught| designed| organised| organized| also)\b(?!')"
)
_STATES = re.compile(r"(?:\w+ ){1,4}(?:is|was|are|were|has|had|have|can|wants?)\b", re.I)
_PERSON = r"(?!I\b)(?:he|she|they|[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
_REPORTED = re.compile(
    rf"{_PERSON} (?:said|says|told me|told us|told|explained|mentioned|admitted|confirmed)(?: to me)?(?: that)? ?,? ?"
)
_LEARNED = re.compile(
    r"(?:they(?:'re|'ve|'ll| are| have| will| can| use| run| do| work| train| start| offer| cover| go| meet| build|"
    r" plan| give| make| own| serve| keep| grow| sell| deploy| ship| write| rotate)|there's|there (?:is|are|will be)|"
    r"(?:the|their) (?:\w+[ -]){1,4}(?:is|are|has|have|will|does|do|runs?|works?|uses?|starts?)) .+",
    re.I,
)
_UNFIT = re.compile(
    r"[£$€]|\d+k\b|\b(?:pay|paid|pays|salar\w+|wages?|money|bonus\w*|pension|holidays?|leave|overtime|grand|thousand|"
    r"per hour|an hour|a day rate|rate|band|commission|tips|perks?|benefits|had|were|"
    r"merged|moving|gone|capped|applied|under|previous|"
    r"last (?:man|person|one|fella|girl|guy)|"
    r"left|quit|quits|leaving|notice|frozen|budget|litigation|penalt\w+|behind|sickness|complain\w*|whisper|"
    r"turnover|fourth|damp|shut\w*|lost|merging|wrong|broke|broken|sleep|half|dog|stays?|park\w*|breaks|"
    r"vacan\w+|short|struggl\w+|candidates?|seeing|interviewing|nobody|never|not|no|n't|isn't|aren't|don't|"
    r"doesn't|won't|can't|cat|just me|secret|joke|rumour|awful|terrible|mess|problem\w*)\b",
    re.I,
)
_ASKED = re.compile(
    rf"(?:I(?:'ve)? (?:also )?asked|I asked also) {_THEM}(?:{_PERSON} )?"
    r"(?P<about>about (?:the|their|training|on-call) .+|(?:about )?(?:how|what|if|whether|which|where) .*they\b.+|"
    r"(?:if|whether) (?:the|their|there) .+)"
)
_SEND = r"(?P<verb>send|email|forward|bring|post|mail)"
_OWED = re.compile(
    r"I(?:'ll| will|'m to| am to|'ve to| have to|'ve got to| need to| must|'m going to| should| promised to|"
    r" said I'd| said I would| promised I'd| promised I would) (?:also )?"
    rf"{_SEND} (?:(?P<to>them|him|her|over|in) )?(?:over )?(?P<what>(?:the|my|a|an|our|two|three|some) .+)",
    re.I,
)
_PROMISED = re.compile(r"I (?:promised|owe) (?:them|him|her) (?P<what>(?:the|my|a|an|two|three|some) .+)", re.I)
_WANTED = re.compile(
    rf"{_PERSON}(?:'d like| would like| wants?| needs?| asked for|'s asking for) "
    r"(?P<what>(?:my|two|three|both|a copy|copies|references|proof|the scan|a scan|the certificate|the original) .+)"
)
_SOON = re.compile(
    r",? ?\b(?:(?:later )?(?:today|tonight|tomorrow)(?: (?:morning|night|evening|itself))?|"
    r"this (?:morning|evening|afternoon|week|weekend)|first thing|"
    r"as soon as I (?:get in|get home|can)|when I get (?:in|home))\b",
    re.I,
)
_DAYS = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTHS = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_COUNT = r"(?:a|an|one|two|three|four|five|six|ten|couple of|\d+)"
_TIME = (
    rf"(?:(?:by|before|on|after) )?(?:the )?(?:end of (?:next|this|the) (?:week|month)|next (?:week|month|{_DAYS})"
    rf"|{_DAYS}(?: (?:morning|afternoon|evening|noon))?|the weekend|\d+(?:st|nd|rd|th)?(?: of)? {_MONTHS}"
    rf"|{_MONTHS} \d+(?:st|nd|rd|th)?)|(?:with)?in (?:about )?{_COUNT} (?:working )?(?:days?|weeks?)"
)
_CONTACT = re.compile(
    rf"(?:{_PERSON}(?:'s| is| are|'re)? ?(?:'ll|will|to|going to)? ?"
    r"(?:be in touch|get back to me|come back to me|let me know|"
    r"(?:ring|phone|call|email|write|telephone|contact|decide)s?)|"
    r"(?:I(?:'ll| will|'d|'m to| am to| should) |should )hear|"
    r"(?:the )?(?:results?|outcome|answer|decision|verdict)(?:'s| is| are| comes?)?"
    r"(?: by (?:e?mail|phone|letter|text))?)"
    rf"(?: (?:to )?(?:me|us|everybody|everyone|all of us|back))?(?= (?:either|one way|with|about|from|{_TIME})|\W*$|"
    r"[,;.]| (?:today|tonight|tomorrow|this|after|when|once|between|by|before|on)\b)(?P<rest>.*)",
    re.I,
)
_NEXT_ROUND = re.compile(
    rf"(?:the |a |my )?(?P<what>(?:second|third|final|next|last) (?:interview|round|stage|meeting))"
    rf"(?:'s| is| will be)? (?:with (?:(?!and |if )[\w']+ )+?)?(?P<when>{_TIME})\W*",
    re.I,
)
_MAYBE = re.compile(r"\b(?:if|maybe|perhaps|might|unless|provided|could|would|hopefully|either|or)\b", re.I)


def omission(text: str) -> tuple[str, bool] | None:
    """What was left unsaid, and whether it is a clause ("I ran the depot") or a thing ("the Kafka project")."""
    if re.search(r"\bwell,? I did\b", text, re.I):
        return None
    return next((said for part in sentences(text) if (said := _omission(part))), None)


def _omission(text: str) -> tuple[str, bool] | None:
    words = first_sentence(tidy(text))
    if private(words):
        return None
    found = _UNSAID.fullmatch(words) or _NOT_ASKED.fullmatch(words) or _FRONTED.fullmatch(words)
    if not found:
        return None
    rest = clause(_IS_THAT.sub("", found["rest"], count=1) if _IS_THAT.match(found["rest"]) else found["rest"])
    if not whole(rest):
        return None
    if _TOLD.match(rest):
        return (rest, True) if bare(rest).count("i") == 1 and _one_statement(rest) else None
    if not _NOUN.match(rest) or {"i", "i'm", "i've", "i'd"} & set(bare(rest)) or not _one_statement(rest):
        return None
    return lowered(rest), bool(_STATES.match(rest))


def learned(text: str) -> str | None:
    """What they told, told back to them, fit to follow "that"."""
    words = tidy(text)
    if reported := _REPORTED.match(words):
        words = words[reported.end() :]
    rest = clause(first_sentence(words))
    if not _LEARNED.fullmatch(rest) or unfit(rest) or {"you", "your", "its"} & set(bare(rest)):
        return None
    told = you(rest)
    pointing = re.search(r"\b(?:them|he|she|him|her|his|it|it's|this|these|those|we|us|I)\b", told, re.I)
    if pointing or not 4 <= len(bare(told)) <= LONGEST or not _one_statement(told) or not acceptable(told):
        return None
    return lowered(told)


def unfit(text: str) -> bool:
    """Whether a thank-you letter had better not bring it up: pay, people who left, what goes badly there."""
    return bool(_UNFIT.search(text))


def asked(text: str) -> str | None:
    """What was asked of them, fit to follow "my question about"."""
    found = _ASKED.fullmatch(clause(first_sentence(tidy(text))))
    if not found or unfit(found["about"]):
        return None
    about = re.sub(r"^if\b", "whether", re.sub(r"^about ", "", you(found["about"])))
    pointing = {
        "he",
        "she",
        "him",
        "her",
        "his",
        "it",
        "it's",
        "this",
        "that",
        "them",
        "me",
        "i",
        "i'd",
        "we",
        "us",
        "one",
    }
    inverted = re.match(r"(?:how|what|which|where) (?:is|are|do|does|did|would|will|can|were|was)\b", about)
    if pointing & set(bare(about)) or inverted or len(bare(about)) > 14 or not acceptable(about):
        return None
    return None if {"you", "your"} & set(bare(found["about"])) else about


def owed(text: str) -> str | None:
    """A sentence on a document that the speaker owes, or None."""
    words = first_sentence(tidy(text))
    if _MAYBE.search(words):
        return None
    if found := _OWED.fullmatch(words):
        what, verb = _thing(found["what"]), found["verb"].lower()
        verb = "send" if verb in ("forward", "post", "mail") else verb
        return what and (f"I will bring {what}." if verb == "bring" else f"I will {verb} you {what}.")
    if found := _PROMISED.fullmatch(words):
        what = _thing(found["what"])
        promised = "promised you" if "promised" in bare(words) else "owe you"
        return what and f"I {promised} {what}."
    if found := _WANTED.fullmatch(words):
        what = _thing(found["what"])
        return what and f"I have noted that you would like {what}."
    return None


_MAYBE_OWED = re.compile(  # without one of these words nothing is: most followups need no second look
    r"\b(?:send|email|forward|bring|post|have|hand|submit|owe|give|promised|wants?|needs?|references?|certificates?|"
    r"scanned?|pdf)\b",
    re.I,
)
_IS_OWED = re.compile(
    r"\b(?:I(?:'ll| will|'m| am|'ve| have| must| need| owe| said| should| promised)\b.{0,30}"
    r"\b(?:send|email|forward|bring|post|let \w+ have|hand in|submit|owe|give them)|I owe|promised|"
    r"(?:he|she|they|[A-Z]\w+) (?:wants?|needs?) (?!me to come|to see me)|"
    r"references?|certificates?|scanned?|pdf)\b"
)


def is_owed(text: str) -> bool:
    """Whether a followup is the speaker's to do, by its words."""
    return bool(_MAYBE_OWED.search(text) and _IS_OWED.search(tidy(text)))


def upcoming(text: str) -> str | None:
    """A sentence on what comes next, or None: a time is said only where it is plainly one."""
    words = first_sentence(tidy(text))
    if found := _NEXT_ROUND.fullmatch(words):
        return f"I look forward to the {found['what'].lower()} {_preposed(found['when'])}."
    found = _CONTACT.match(words)
    decided = re.sub(r"\b(?:either way|one way or (?:the )?other)\b", "", words)
    if not found or _MAYBE.search(decided) or {"not", "don't", "won't", "never"} & set(bare(words)):
        return None
    told = re.split(r",|\band\b|\bthen\b", found["rest"], maxsplit=1)[0]
    times = [match[0].strip() for match in re.finditer(rf"\b{_TIME}", told, re.I)]
    when = f" {_preposed(times[0])}" if len(times) == 1 else ""
    return f"I look forward to hearing about the next step{when}."


def _preposed(time: str) -> str:
    """A time as a sentence takes it: on Monday, at the end of the week, next Friday."""
    time = _day(time)
    if re.match(r"(?:by|before|on|after|within|in|next)\b", time, re.I):
        return time
    if re.match(r"(?:the )?end\b", time, re.I):
        return "at the " + re.sub(r"^the ", "", time)
    return f"at {time}" if time == "the weekend" else f"on {time}"


def _thing(words: str) -> str | None:
    words = clause(_SOON.sub("", words))
    return lowered(words) if whole(words) and _one_statement(words) and "i" not in bare(words) else None


def _one_statement(words: str) -> bool:
    """Raw dictation has no punctuation: a long run of words may be two statements, and only its speaker knows."""
    return len(bare(words)) <= 12 or "," in words


def _day(time: str) -> str:
    """Names of days and months written large."""
    return re.sub(rf"\b(?:{_DAYS}|{_MONTHS})\b", lambda match: match[0].capitalize(), time, flags=re.I)
