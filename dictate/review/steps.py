"""Next steps, to the words of a letter: what the speaker owes, what is to come. A time is said only where it is one."""

from __future__ import annotations

import re

from dictate.review.wording import bare, clause, first_sentence, lowered, private, sentences, tidy, whole

_PERSON = r"(?!I\b)(?:he|she|they|[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
_ASKS_FOR = r"(?:'d like| would like| wants?| needs?| asked for|'s asking for)"
_SEND = r"(?P<verb>send|email|forward|bring|post|mail)"
_OWED = re.compile(
    r"I(?:'ll| will|'m to| am to|'ve to| have to|'ve got to| need to| must|'m going to| promised to|"
    r" said I'd| said I would| promised I'd| promised I would) (?:also )?"
    rf"{_SEND} (?:(?P<to>them|him|her|over|in) )?(?:over )?(?P<what>(?:the|my|a|an|our|two|three|some) .+)",
    re.I,
)
_PROMISED = re.compile(r"I (?:promised|owe) (?:them|him|her) (?P<what>(?:the|my|a|an|two|three|some) .+)", re.I)
_WANTED = re.compile(
    rf"{_PERSON}{_ASKS_FOR} "
    r"(?P<what>(?:my|two|three|both|a copy|copies|references|proof|the scan|a scan|the certificate|the original) .+)"
)
_BY_NAME = re.compile(rf"\b(?P<who>[A-Z][\w-]+){_ASKS_FOR}\b")
_I_MUST = (
    r"\bI(?:'ll| will|'m to|'ve to| have to|'ve got to| need to| must|'m going to| promised to| said I'd| gotta|"
    r" got to|"
    r" owe)\b"
)
# What is said and taken back, and what goes to somebody else than the reader.
_TAKEN_BACK = re.compile(
    r"\b(?:but|although|though|except|instead|won't|don't|didn't|can't|not|never|no need|bother|forget it)\b", re.I
)
_ELSEWHERE = re.compile(
    r"\b(?:to|for) (?!(?:them|him|her|you|HR|the (?:panel|team|interviewers?))\b)"
    r"(?:[A-Z]|(?:the|my|our|a|an|another|some|his|her|their|both|each|every)\b)|"
    r"\b(?:clients?|customers?|landlord|landlady|vet|agency|bank|council|solicitor|accountant|(?:current|present|old|"
    r"former|last|other) (?:employer|job|company|place|office))\b"
)
_TO_SEND = re.compile(rf"{_I_MUST}.{{0,40}}\b(?P<verb>send|email|forward|post|mail|scan|upload|submit|bring)\b", re.I)
_THEY_WANT = re.compile(
    rf"\b(?:he|she|they|[A-Z]\w+){_ASKS_FOR} .{{0,30}}"
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
# A time directly after it; a day of "the Thursday after next" or "Monday week" is none.
_SAID_WHEN = re.compile(
    r"(?: (?:either way|one way or (?:the )?other)| from (?:them|him|her))*"
    rf" (?P<when>{_TIME})(?! (?:after next|week|next|of|or|fortnight)\b)",
    re.I,
)
_NEXT_ROUND = re.compile(
    rf"(?:the |a |my )?(?P<what>(?:second|third|final|next|last) (?:interview|round|stage|meeting))"
    rf"(?:'s| is| will be)? (?:with (?:(?!and |if )[\w']+ )+?)?(?P<when>{_TIME})\W*",
    re.I,
)
_MAYBE = re.compile(r"\b(?:if|maybe|perhaps|might|unless|provided|could|would|hopefully|either|or)\b", re.I)


def owed(text: str, to: str | None = None) -> str | None:
    """A sentence on a document that the speaker owes, or None; ``to`` is the reader, where one is known by name."""
    words = first_sentence(_named(tidy(text), to))
    if _MAYBE.search(words) or elsewhere(words) or _another_wants(words, to):
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


def elsewhere(text: str) -> bool:
    """Whether what is to be sent goes to somebody else than the reader, or is not to be sent after all."""
    words = tidy(text)
    sent = re.search(rf"\b{_SEND}\b|\b(?:scan|upload|submit|owe|promised|wants?|needs?)\b", words)
    return bool(_TAKEN_BACK.search(words) or (sent and _ELSEWHERE.search(words[sent.end() :])))


def _named(words: str, to: str | None) -> str:
    """The reader's name as he, she or they would stand there; "to Sarah" goes, as the letter goes to her."""
    for name in _names(to):
        called = rf"(?:(?:Mr|Mrs|Ms|Dr)\.? )?{re.escape(name)}(?![\w'-])"
        words = re.sub(rf"\b(promised|owe|send|email|forward|bring|post|mail) {called}", r"\1 them", words)
        words = re.sub(rf" to {called}", "", words)
    return words


def _names(to: str | None) -> list[str]:
    return [to, *(part for part in to.split() if len(part) > 1)] if to else []


def _another_wants(words: str, to: str | None) -> bool:
    """Whether somebody else by name is who wants it."""
    wanting = {match["who"] for match in _BY_NAME.finditer(words)}
    return bool(to and wanting.difference(_names(to)))


_MAYBE_OWED = re.compile(  # without one of these words nothing is: most followups need no second look
    r"\b(?:send|email|forward|bring|post|have|hand|submit|owe|give|promised|wants?|needs?|references?|certificates?|"
    r"scanned?|pdf|proof|passport|photos?)\b",
    re.I,
)
_I_OWE = re.compile(
    r"\bI(?:'ll| will|'m| am|'ve| have| must| need| owe| said| should| promised)\b.{0,30}"
    r"\b(?:send|email|forward|bring|post|let \w+ have|hand in|submit|owe|give them)|\bI owe\b|"
    r"\bI(?:'ve| have)? promised\b",
    re.I,
)
_WANTS = re.compile(
    r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[A-Z]\w+|(?:[Tt]he|[Mm]y) (?:\w+ )?\w+) (?:wants?|needs?) "
    r"(?!me to (?:come|meet)|to (?:see|meet|think|talk|decide|discuss|speak|check|ask|interview)|"
    r"(?:(?:a|an|another|until|till|more|some|\w+)(?: more)? )(?:days?|weeks?|time|bit|decision|while))"
)
_DOCUMENT = re.compile(r"\b(?:references?|certificates?|scanned?|pdf|proof of|passport|photos?)\b", re.I)
_THEY_DO = re.compile(
    r"\b(?:he|she|they|somebody|someone|hr|(?:the|their) \w+|[a-z]+)(?:'ll| will|'d| would|'re| are|'s| is|"
    r" promised)\b(?: going to| to)? (?:\w+ )?"
    r"(?:check|take|taking|call|ring|phone|contact|send|sending|email|write|post|follow|chase|get|forward|hand|return)",
    re.I,
)


def is_owed(text: str) -> bool:
    """Whether a followup, or a sentence of it, is the speaker's to do, by its words."""
    return bool(_MAYBE_OWED.search(text)) and any(_is_owed(tidy(part)) for part in sentences(text))


def _is_owed(words: str) -> bool:
    return bool(
        _I_OWE.search(words) or _WANTS.search(words) or (_DOCUMENT.search(words) and not _THEY_DO.search(words))
    )


def upcoming(text: str) -> str | None:
    """A sentence on what comes next, or None: a time is said only where it is plainly one."""
    words = first_sentence(tidy(text))
    if found := _NEXT_ROUND.fullmatch(words):
        return f"I look forward to the {found['what'].lower()} {_preposed(found['when'])}."
    found = _CONTACT.match(words)
    decided = re.sub(r"\b(?:either way|one way or (?:the )?other)\b", "", words)
    if not found or _MAYBE.search(decided) or {"not", "don't", "won't", "never"} & set(bare(words)):
        return None
    directly = _SAID_WHEN.match(found["rest"])
    when = f" {_preposed(directly['when'].strip())}" if directly else ""
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


def still_owed(text: str, to: str | None = None) -> str | None:
    """That something is owed, where what it is makes no sentence."""
    words = _named(tidy(text), to)
    if _MAYBE.search(words) or private(words) or elsewhere(words) or _another_wants(words, to):
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
