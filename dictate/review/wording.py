"""Spoken words to written ones: pure, and careful to say no more than was said.

What is done here is taking away (joining words, fillers, what trails off) and exchanging they for you. Whatever
would need more than that is given up, and the caller quotes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 18  # words of a spoken clause that a letter takes over

_FILLERS = re.compile(r"(?<![\w'-])(?:u+h+|u+m+|er+m*|hm+|mm+)(?![\w'-])[,.]?\s*", re.I)
_ASIDES = re.compile(
    r",? (?:you know|I mean|to be honest|to be fair|honestly|frankly|as I say|of course|apparently|obviously|"
    r"I think|I guess|I suppose)(?=[,.;!?]|$)",
    re.I,
)
_JOINING = re.compile(
    r"\A(?:(?:and|but|so|then|also|well|okay|ok|oh|right|yeah|anyway|plus|now|like|basically|actually|honestly|"
    r"apparently|"
    r"oh and|you know|I mean|the thing is|it turned out|it turns out|turns out)(?: that)?(?=[\s,])[,:]?\s+)+",
    re.I,
)
_CONTRACTED = {
    "i": "I", "i'm": "I'm", "i've": "I've", "i'll": "I'll", "i'd": "I'd", "im": "I'm", "ive": "I've",
    "didnt": "didn't", "dont": "don't", "couldnt": "couldn't", "shouldve": "should've", "theyre": "they're",
    "theyve": "they've", "thats": "that's", "theres": "there's", "cant": "can't", "theyll": "they'll",
    "theyd": "they'd", "whats": "what's", "whos": "who's", "hows": "how's", "isnt": "isn't", "wont": "won't",
    "youre": "you're", "youll": "you'll", "wasnt": "wasn't", "doesnt": "doesn't",
}  # fmt: skip
_DIALECT = re.compile(
    r"\b(?:me (?:own|old|first|brother|mate|cv)|ain't|innit|gonna|gotta|wanna|ganna|owt|nowt|em)\b", re.I
)

_LANGUAGES = frozenset(
    "english french german spanish italian portuguese russian mandarin cantonese japanese korean arabic "
    "hindi urdu "
    "punjabi bengali turkish dutch welsh irish scottish gaelic greek hebrew swedish norwegian danish finnish ukrainian "
    "romanian tagalog somali yoruba igbo swahili tamil gujarati vietnamese thai czech hungarian persian farsi catalan "
    "european british american".split()
)
_SHORT = frozenset("sql aws iso gdpr haccp bsl nvq dbs cpr hgv cnc cad osce ect sqa html css".split())
# Where a run without punctuation goes over into the next statement.
_RUNS_ON = re.compile(
    r"\s+(?:and |but |cause |because |when |while |so |or |as )?(?:I|I'm|I've|I'd|it|it's|its|they|they're|"
    r"they've|he|she|we|"
    r"you|you're|there's|there(?= is| are| was)|"
    r"that's|this|both|which|because|cause|although|though|since|just|nothing|innit|you know|"
    r"who|where|in case|even though|not|if|unless|apparently|but)\b(?!'ll)",
    re.I,
)

# Words that point at something outside the clause, so that a letter would say something else with them.
_POINTING = frozenset(
    "he she him her his hers they them their theirs it its this these those we us our you your that's it's he's she's "
    "they're they've they'll they'd it'll".split()
)
_TRAILING = re.compile(
    r"(?:[.;!?]|, (?:as|nor|and then|then|one of|like|no|either)\b|"
    r",? (?:but|nor|because|cause|'cause|although|though|which|so|as if|while|until|unless|except|or whatever|at all|"
    r"of all things|and all(?: that)?|and that|and everything|or something|or anything|and I|and he|and she|and they|"
    r"and it|and that's|and nobody|and no one|and me)\b|,? and (?=(?:it|he|she|they|nobody|there)\b)).*",
    re.I | re.S,
)
_PRIVATE = re.compile(
    r"\b(?:divorc\w*|pregnan\w*|disab\w*|dyslex\w*|autis\w*|adhd|asthma\w*|depress\w*|anxi\w*|illness\w*|ill|sick\w*|"
    r"knee|hearing|glasses|operation|surgery|cancer|therapist|medication|church|faith|pray\w*|prison|convict\w*|"
    r"criminal\w*|"
    r"sacked|fired|dismissed|redundan\w*|lie|lied|lying|nervous|afraid|ashamed|embarrass\w*|desperate|hate\w*|hopeless|"
    r"drunk|debts?|bankrupt\w*|gap|other (?:offers?|interviews?)|another (?:offer|interview)|boss|idiots?|stupid|"
    r"bloody|damn|hell|god|shit\w*|fuck\w*|crap|sons?|daughters?|children|kids|mother|mum|nan|nana|gran|grandad|"
    r"wife|husband|father|dad|brothers?|sisters?|girlfriend|boyfriend|lapsed?|expired|born|"
    r"hand|tremor|women|wages?|salary)\b",
    re.I,
)
# Names that are common words as well.
_COMMON = frozenset(
    """
    will mark may april june august summer autumn dawn eve rose grace faith hope joy bill art rob pat sue drew jack
    frank grant miles chase hunter mason dale glen heath ivy lily daisy jasmine holly iris violet ruby pearl amber jade
    penny cash rich nick guy max ray rusty sandy sunny wade ward wood woods young king bishop baker cook brown green
    white black grey gray long short small little best day page price sharp stone field hill lane park marsh rice reed
    bell ford fisher carter porter parker miller mills church gates bush wolf fox swift case chance major angel star sky
    harmony honey ginger basil olive clay cliff brook brooks rivers lance pierce skip chip buck don dot gene butler
    driver farmer gardener shepherd taylor smith turner walker weaver fuller potter english french love moss nelson
    """.split()
)
_TITLES = frozenset("mr mrs ms miss dr prof professor sir sister".split())
_NO_NAMES = frozenset(
    "the a an there there's you you're you've you'll your my most all every each one two three four five six seven "
    "eight nine ten in on at no both".split()
)
_HANGING = frozenset(
    "and or but the a an of to in on at for with that which because so my i is are was were like as from by if about "
    "than not what how who where if they you being whether got had having thing things says said told taking do "
    "did already".split()
)


def tidy(text: str) -> str:
    """Spoken words without fillers and leading joining words, "I" written large, the first letter as it was."""
    text = _ASIDES.sub("", _FILLERS.sub("", " ".join(text.split()).replace("’", "'")))
    text = " ".join(_CONTRACTED.get(word.lower(), word) if _small(word) else word for word in text.split())
    return _JOINING.sub("", text, count=1).strip(" ,;:-")


def clause(text: str) -> str:
    """The first thing that a spoken sentence says, without what trails after it."""
    return _TRAILING.sub("", text).strip(" ,;:-")


def one_statement(words: str, keep: int) -> str:
    """Up to where the next statement begins, at least ``keep`` words and one; nothing where that is no clean end."""
    said = clause(words)
    begins = (match.start() for match in _RUNS_ON.finditer(said) if len(said[: match.start()].split()) > keep)
    said = said[: next(begins, len(said))].strip(" ,;:-")
    said = re.sub(r",?\s+(?:neither|full stop|well|didn't|never|lol|mind)\b.*\Z", "", said)
    said = re.sub(r",? and (?:for|in|on|at|after|by|from|then|now|as)\b[^,]*\Z", "", said)
    joined = re.search(r" and (?=(?:my|our|half|most|all|some|nobody|everyone|everybody|now|then)\b)", said)
    said = said[: joined.start()] if joined else said
    return said if acceptable(said) else ""


def large(words: str) -> str:
    """Languages and abbreviations as they are written, where raw dictation has them small."""
    return " ".join(_large(word) if _small(word) else word for word in words.split())


def _large(word: str) -> str:
    plain = word.strip(".,")
    return word.upper() if plain in _SHORT else word.capitalize() if plain in _LANGUAGES else word


def first_sentence(text: str) -> str:
    return re.split(r"(?<!\b[DM]r[.])(?<!\bMrs[.])(?<!\bSt[.])(?<=\w[.!?]) ", text, maxsplit=1)[0].rstrip(".!?, ")


def whole(words: str) -> bool:
    """Whether a clause can stand in a letter: not cut off, not too long, pointing at nothing outside of itself."""
    split = bare(words)
    return 0 < len(split) <= LONGEST and not _POINTING & set(split) and acceptable(words)


def acceptable(words: str) -> bool:
    """Whether nothing in it is private, rude, quoted speech or a question, and no word hangs at its end."""
    split = bare(words)
    return bool(
        split
        and split[-1] not in _HANGING
        and not private(words)
        and not _DIALECT.search(words)
        and not re.search(r'[?"“”\[\]…]|\.\.', words)
    )


def private(words: str) -> bool:
    """Whether it touches on health, family, faith, money, trouble, or swears: for the user alone to say."""
    return bool(_PRIVATE.search(words))


def bare(words: str) -> list[str]:
    """Words in small letters without punctuation."""
    return [word for word in (word.strip(".,;:!?\"'()").lower() for word in words.split()) if word]


def you(words: str) -> str:
    """What was told of them, told to them: they are, their, becomes you are, your."""
    for spoken, written in (
        (r"they", "you"), (r"themselves", "yourselves"), (r"their", "your"), (r"theirs", "yours"),
    ):  # fmt: skip
        words = re.sub(rf"\b{spoken}\b", written, words, flags=re.I)
    return words


def lowered(words: str) -> str:
    """A clause as it goes on in the midst of a sentence, where its first word is surely no name."""
    first, _, rest = words.partition(" ")
    return f"{first.lower()} {rest}".strip() if first.lower() in _NO_NAMES else words


def mentions(text: str, name: str) -> bool:
    """Whether a text speaks of somebody, by any part of the name that is no title.

    A name that is a common word too counts only with a capital, and where it is not plainly that word.
    """
    parts = [part for part in bare(name) if part not in _TITLES and len(part) > 1]
    plain = re.sub(r"'s\b", "", text.replace("’", "'").lower())
    words = set(re.findall(r"[^\W\d_]+(?:[-'][^\W\d_]+)*", plain))
    return any(_called(part, text) if part in _COMMON else part in words for part in parts)


_ASKED_WITH = re.compile(r"(?:\A|[.?!:,] )(?:Will|May|Mark) (?:the|they|he|she|it|you|we|I|there|that|this|my)\b")
_DATED = re.compile(
    r"\b(?:in|by|of|until|since|next|last|this|\d+(?:st|nd|rd|th)?) (?:May|April|June|August|Summer|Autumn)\b|"
    r"\b(?:May|April|June|August) (?:the )?\d"
)


def _called(part: str, text: str) -> bool:
    """Whether a common word stands in a text as a name."""
    return bool(re.search(rf"\b{part.capitalize()}\b", _DATED.sub("", _ASKED_WITH.sub("", text))))


def names_in(text: str, names: Iterable[str]) -> list[str]:
    return [name for name in names if mentions(text, name)]


def quoted(text: str, longest: int = 12) -> str:
    """The beginning of a note, marked as what is still to be put in words."""
    words = " ".join(text.replace('"', "'").replace("[", "(").replace("]", ")").split()).split(" ")
    shown = " ".join(words[:longest]) + (" ..." if len(words) > longest else "")
    return f'[placeholder to reword: "{shown}"]'


def _small(word: str) -> bool:
    return word == word.lower()


def sentences(text: str) -> list[str]:
    """A note's sentences, where it has punctuation; also what follows ", and" and speaks of the speaker."""
    whole_ones = re.split(r"(?<!\b[DM]r[.])(?<!\bMrs[.])(?<!\bSt[.])(?<=\w[.!?]) ", " ".join(text.split()))
    return [part for one in whole_ones for part in re.split(r",? and (?=I(?:'m|'ll|'ve)? )", one) if part.strip()]
