"""What was asked of them, to the words of a letter: "do I get a mentor" to "whether I get a mentor"."""

from __future__ import annotations

import re

from dictate.review.wording import acceptable, bare, clause, first_sentence, large, tidy, you

LONGEST = 14

_PERSON = (
    r"(?!I\b)(?:he|she|they|them|him|her|everyone|the (?:\w+ )?\w+|(?:Mr|Mrs|Ms|Dr)\.? [\w'-]+|"
    r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)?)"
)
_ASKED = re.compile(
    rf"(?:so |then )*(?:(?:I(?:'ve)?|we) )?(?:also |then |just |straight out )?(?:asked|"
    rf"ask)(?:,)? (?:also )?(?:{_PERSON} (?=about|on|if|whether|"
    r"how|what|who|which|where|when|why|do|does|did|is|are|would|will|can|could|should|have|"
    r"has))?(?:straight )?(?P<about>.+)",
)
_SAID = re.compile(
    r"(?:so )?I (?:said|wanted to know|also wanted to know|wondered|went with)(?:,| about)? (?P<about>.+)|"
    r"my (?:first |second |last |one |own )?question was (?:on )?(?P<about2>.+)"
)
_INDIRECT = re.compile(r"(?:how|what|who|which|where|when|whether|if|why)\b", re.I)
_INVERTED = re.compile(
    r"(?P<aux>do|would|will|can|could|should|are|is|have|am|might) (?P<who>I|they|there|the team|you|we) (?P<rest>.+)",
    re.I,
)
_INVERTED_WH = re.compile(
    r"(?P<wh>(?:how|what|which|where|when|why|who)(?: (?:many|much|often|long|soon|far|big|kind of [\w-]+|"
    r"sort of [\w-]+|\w+))?)"
    r" (?P<aux>do|would|will|can|could|should|are|is|have) (?P<who>I|they|there|you|we) (?P<rest>.+)",
    re.I,
)
_WH_AUX = re.compile(
    r"how come\b|(?:how|what|which|where|when|why)(?: (?!they\b|you\b|I\b|we\b|there\b|the\b)\w+)?"
    r"(?:'s the| (?:is|are|do|does|did|would|will|can|could|were|was|has|have|should))\b",
    re.I,
)
_RUNS_ON = re.compile(
    r",|;|:|\s+(?:and |so |but )?(?:is it|do you|do they|does|how many|how much|how long|how often|what if|"
    r"because|cause|since|seeing|which|"
    r"they said|he said|she said|see how|innit|or what|or not|then i|i have|i've)\b",
    re.I,
)
_POINTING = frozenset(
    "he she him her his hers it it's its this that that's these those them me my we us our one here now anybody "
    "id she'd he'd "
    "he's she's it'd it'll she'll he'll".split()
)
_UNFIT_TO_ASK = re.compile(
    r"\b(?:why|last (?:person|one|man|lead|two|chef|intern|pharmacist)|happened|ashamed|straight|guarante\w+|"
    r"money|lasts?|runway|"
    r"fired|sack\w*|review(?:s)?|glassdoor|when i get it wrong|off sick|insurance|illegal|true|honest\w*|really|"
    r"actually|"
    r"lose|losing|losses|die|died|dead|ever|still|even|get rid|bully\w*|rumou?r\w*|failed?|fail|disagree)\b",
    re.I,
)


def asked(text: str, unfit: re.Pattern[str]) -> str | None:
    """What was asked of them, fit to follow "my question about"; ``unfit`` is what a letter had better not bring up."""
    words = first_sentence(tidy(text))
    found = _ASKED.match(words) or _SAID.match(words)
    if not found:
        return None
    groups = found.groupdict()
    about = _about((groups.get("about") or groups.get("about2") or "").strip())
    if about is None or unfit.search(about) or _UNFIT_TO_ASK.search(about):
        return None
    told = you(about)
    mixed = {"you", "your"} & set(bare(about)) and told != about
    if mixed or _POINTING & set(bare(told)) or not 1 <= len(bare(told)) <= LONGEST or not acceptable(told):
        return None
    return large(told)


def _about(words: str) -> str | None:
    """A thing after "about", or a question as it is told indirectly."""
    topic = re.match(r"(?:about|on|for) (?P<thing>.+)", words, re.I)
    if topic and not _INDIRECT.match(topic["thing"]):
        return _thing(topic["thing"])
    words = clause(_first(topic["thing"] if topic else words))
    if found := _INVERTED_WH.fullmatch(words):
        return f"{found['wh'].lower()} {_straight(found)}" if len(bare(found["rest"])) >= 1 else None
    if _WH_AUX.match(words):
        return None  # turned about in a way that would need its subject to be known
    if found := _INVERTED.fullmatch(words):
        return f"whether {_straight(found)}"
    if _INDIRECT.match(words) and len(bare(words)) >= 4:
        words = re.sub(r"\A(.+) (is|are) there\Z", r"\1 there \2", words[0].lower() + words[1:])
        return re.sub(r"\Aif\b", "whether", words)
    return None


def _straight(found: re.Match[str]) -> str:
    """ "do I get" is "I get", "would I be" is "I would be"."""
    aux, who, rest = found["aux"].lower(), found["who"], found["rest"]
    who = "I" if who.lower() == "i" else who.lower()
    return f"{who} {rest}" if aux == "do" else f"{who} {aux} {rest}"


def _thing(words: str) -> str | None:
    thing = clause(_first(words))
    count = bare(thing)
    if not 1 <= len(count) <= 8 or {"i", "you", "they", "do", "does", "is", "are"} & set(count):
        return None
    return thing


def _first(words: str) -> str:
    """Up to where the next question or an aside begins."""
    return _RUNS_ON.split(words, maxsplit=1)[0].strip()
