"""Next steps, to the words of a letter: what the speaker owes, what is to come. A time is said only where it is one."""

from __future__ import annotations

import re

from dictate.review.wording import bare, clause, first_sentence, lowered, private, tidy, whole

_PERSON = r"(?!I\b)(?:he|she|they|[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
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
_I_MUST = (
    r"\bI(?:'ll| will|'m to|'ve to| have to|'ve got to| need to| must|'m going to| promised to| said I'd| gotta|"
    r" got to|"
    r" owe)\b"
)
_TO_SEND = re.compile(rf"{_I_MUST}.{{0,40}}\b(?P<verb>send|email|forward|post|mail|scan|upload|submit|bring)\b", re.I)
_THEY_WANT = re.compile(
    r"\b(?:he|she|they|[A-Z]\w+)(?:'d like| would like| wants?| needs?| asked for|'s asking for) .{0,30}"
    r"\b(?:my|references?|cop(?:y|ies)|photos?|proof|certificates?|passport|portfolio|samples?|forms?|outline|one-page|"
    r"licen[cs]e|results|number|id)\b"
)
_TO_HEAR = re.compile(
    r"\b(?:be in touch|get back to me|come back to me|comes? back|let me know|rings?|phones?|calls?|emails?|"
    r"texts?|writes?|hear|"
    r"decides?|decision|answers?|results?|outcome|verdict|shortlist\w*|votes?|informs?|inform me|recommend|"
    r"announced?|word)\b",
    re.I,
)
_TO_COME = re.compile(
    r"\b(?:second|next|third|final|last|another|two) (?:round|interview|stage|meeting|step|call|one)s?\b|"
    r"\b(?:trial|taster)\b|"
    r"\b(?:wants?|have|invited|asked) me (?:back|to (?:come|meet))|\bsee me again|\bsite (?:visit|walk)|"
    r"\bcome (?:back|in) (?:on|for)|"
    r"\bround two\b|\bpanel\b",
    re.I,
)
_STILL_TO_COME = (
    (_TO_HEAR, "I look forward to hearing about the next step."),
    (_TO_COME, "I look forward to the next step."),
)
_MINE = re.compile(r"\bI(?:'ll| will|'m| have to| must| need)\b[^.,]{0,25}\Z")
_REFUSED = re.compile(r"\b(?:don't|dont|do not|didn't|won't|not|never|no|if|unless|nobody|without)\b", re.I)
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


def still_owed(text: str) -> str | None:
    """That something is owed, where what it is makes no sentence."""
    words = tidy(text)
    if _MAYBE.search(words) or private(words):
        return None
    if found := _TO_SEND.search(words):
        verb = "bring" if found["verb"].lower() == "bring" else "send you"
        return f"I will {verb} what you are still to have from me."
    return "I have noted what you would still like to have from me." if _THEY_WANT.search(words) else None


def still_to_come(text: str) -> str | None:
    """That something comes next, where when and how makes no sentence."""
    words = tidy(text)
    for pattern, said in _STILL_TO_COME:
        found = pattern.search(words)
        if found and not _REFUSED.search(words[: found.end()]) and not _MINE.search(words[: found.start()]):
            return said
    return None
