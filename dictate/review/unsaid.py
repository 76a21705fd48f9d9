"""What was left unsaid, to the words of a letter: "I never mentioned the Kafka project" to "the Kafka project"."""

from __future__ import annotations

import re

from dictate.review.wording import bare, first_sentence, large, lowered, one_statement, private, sentences, tidy, whole

LONGEST_SPOKEN = 9  # words of a statement without punctuation: a longer run may be two
LONGEST_NAME = 4  # words of a thing that begins with no article
LONGEST = 12

_THEM = r"(?:(?:to )?(?:any of |either of )?(?:them|him|her|you|anyone|anybody|'em|em) )?"
_NOT = (
    r"(?:never|didn't|did not|didnae|don't|haven't|have not|couldn't|forgot to|forgot|omitted to|failed to|"
    r"quite failed to|should(?:'ve| have)|could(?:'ve| have)|meant to|wanted to|was going to|"
    r"would(?:'ve| have) liked to|'d have liked to|had meant to|'d meant to|never got (?:round|around) to)"
)
_EVEN = (
    r"(?: (?:even|actually|really|once|ever|get to|got to|get round to|got round to|manage to|managed to|have|did))*"
)
_SAY = (
    rf"(?:mention(?:ed|ing)?|(?:bring|brought) up|br(?:ing|ought) in|(?:talk|talked|speak|spoke|spoken|say|said|"
    rf"tell|told)"
    rf"(?: (?:them|him|her|you|anyone|anybody|em|a (?:single )?word|a thing|anything|nothing))? (?:about|on|of)|"
    rf"(?:say|said|tell|told|saying|explain|explained|add|added)(?: {_THEM.strip()})?)"
)
_FORMS = [
    re.compile(form, re.I)
    for form in (
        # I never said that X, nor did I mention X, never told them X
        rf"(?:(?:what |the thing |one thing |the one thing )?(?:is )?(?:that )?(?:I|nor did I|"
        rf"and nor did I) )?{_NOT}{_EVEN}"
        rf" {_SAY}(?:,)? {_THEM}(?P<rest>.+)",
        rf"nor (?:did I|have I) {_SAY} {_THEM}(?P<rest>.+)",
        r"(?:I )?(?:said|say|told (?:them|him|her)) (?:nothing|nowt|not a (?:word|thing)|not one word) (?:about|on|of) "
        r"(?P<rest>.+)",
        r"(?:I|we) (?:did not|didn't|never) (?:speak|say|spoke|said) (?:a|one|a single) word (?:about|on|"
        r"of) (?P<rest>.+)",
        r"(?:what )?I (?:kept back|hadn't the wit to say(?: is)?) (?P<rest>that .+)",
        r"(?:there was )?no chance to (?:mention|say|tell them(?: about)?) (?P<rest>.+)",
        r"I was(?:n't| never) asked (?:about|on) (?P<rest>.+)",
        r"I (?:clean |completely |totally )?left out (?P<rest>.+)",
        r"I left (?P<rest>(?:the|my) .+?) out\b.*",
        r"(?:no talk|no mention|nothing|not a word) (?:of|about|on) (?P<rest>(?:the|my) .+)",
        r"not (?:raised|mentioned|said|covered): (?P<rest>.+)",
        r"I (?:never got|didn't get) (?:on )?to (?P<rest>(?:the|my) .+)",
        # X never came up, X I didn't say
        r"(?P<rest>(?:the|my) .+?|I (?:also )?(?:speak|hold|ran|built|did|trained|can|have|'ve) .+?),?(?: and)? (?:"
        r"I (?:never|didn't|did not|forgot|left out|said nothing|left that out|never did say)|didn't say|nobody|no one|"
        r"(?:it |that )?never (?:came|got)|(?:it |that )?did(?:n't| not) (?:come|get)|(?:it |that )?went unsaid|"
        r"(?:it )?was(?:n't| not| never) touched|not a (?:word|syllable))\b.*",
        # nobody asked about X
        r"(?:nobody|no one|no-one|he|she|they|we)(?: (?:never|didn't|did not))?(?: (?:once|even|really|ever))?"
        r" (?:ask(?:ed)?(?: me)?(?: one thing| a thing| anything| once)?|touch(?:ed)?|br(?:ing|ought) up|rais(?:e|ed)|"
        r"talk(?:ed)?|got me|got to hear|got(?: round)?|get(?: round)?)"
        r"(?: (?:about|on to|onto|on|to))? (?P<rest>.+)",
    )
]
_NEGATED = re.compile(r"\A(?:he|she|they|we) (?!never|didn't|did not)", re.I)
_IS_THAT = re.compile(r"(?:(?:is|was)(?: that)?|about|that|how) (?=\w)|,\s*", re.I)
_CREDIT = (
    r"(?:certificat\w+|degrees?|diplomas?|doctorate|phd|master'?s|licen[cs]es?|qualifications?|level|grade|accreditation|"
    r"experience|years?|months|tickets?|cards?|permits?|badges?|clearance|training|trained|apprenticeship|portfolio|"
    r"awards?|medals?|distinction|first|publications?|papers?|patents?|nvq|hnd|hnc|btec|a-levels?|gcses?|skills?|"
    r"projects?|first aid|track record|knowledge|languages?|sql|gdpr|haccp|bsl)\b"
)
_POST = (
    r"(?:\w*(?:manager|engineer|developer|leader|teacher|trainer|supervisor|nurse|assessor|mentor|coach|captain|chair|"
    r"treasurer|secretary|governor|volunteer|marshal|aider|technician|electrician|analyst|planner|designer|editor|"
    r"translator|interpreter|cook|chef|driver|welder|fitter|apprentice|tutor|lecturer|author|founder|maintainer|"
    r"contributor|administrator|consultant|architect|programmer|accountant|auditor|officer|warden|steward|foreman|"
    r"fellow|speaker|representative)|lead|head|rep)\b"
)
# Only what speaks for the speaker: experience, qualifications, projects, skills, results. What else is left unsaid may
# have been left unsaid for good reason.
_STATED = (
    rf"(?:also |actually )?(?:(?:(?:have|hold|'ve|had|keep)(?: got| earned| passed| won)?|got|earned|gained|passed|"
    rf"finished|completed|studied for) (?:[\w'-]+ ){{0,4}}?{_CREDIT}|"
    r"(?:'m|am|was|'ve been|have been) (?:certified|qualified|accredited|trained|fluent|chartered|registered|"
    r"licen[cs]ed|national|level|\w+ trained|in charge of)|"
    rf"(?:'m|am|was|'ve been|have been) (?:a|an|the|our|their) (?:[\w'-]+ ){{0,3}}?{_POST}|"
    r"(?:know|knew) (?:the|how to|my way|all|python|java|sql|excel)|speak|spoke|teach|play|sing|chair|"
    r"(?:keep|do|did|moved|drove|started|set up|made|saved|doubled|halved|won|raised|wrote|write|run|coach) "
    r"(?:the|a|an|my|our|their|two|three|four|five|six|seven|eight|nine|ten|all|\w+ for|\d+|it)|"
    r"can (?:drive|speak|weld|read|write|sign|use|do|run|operate|cook|bake|type|code|program|teach|translate)|"
    r"(?:'ve |have |had )?(?:done|run|led|built|taught|trained|used|written|managed|set up|catalogued|organi[sz]ed|"
    r"translated|rewritten|moved|drove|driven|designed|launched|shipped|delivered|migrated|automated|introduced|"
    r"founded|mentored|coached|supervised|maintained|developed|created|installed|repaired|negotiated|published|presented|"
    r"reduced|increased|improved|wired|welded|worked (?:in|on|with|at|as|for)|planned|ran|rewrote|maintain|translate|"
    r"use|chaired|volunteered|volunteer|qualified|graduated|passed|won|cut) (?:[\w'-]+))"
)
_NO_CREDIT = re.compile(
    r"\b(?:warnings?|(?<!track )record|epilep\w*|diabet\w*|migraines?|bor(?:ed|ing)|let go|laid off|other options|"
    r"options|late|dropped out|dropping out|quit|resign\w*|got out|lost|losing|broke\w*|mistakes?|wrong|"
    r"fail(?:ed|ing|ure)|flunked|disciplin\w*|grievances?|tribunal|court|arrest\w*|caution(?:ed)?|police|offen[cs]es?|banned|probation|"
    r"hat(?:e|ed)|dislike\w*|tired|stressed|burn(?:t|ed) out|burnout|medical|injur\w*|back pain|bad|badly|worst|worse|"
    r"terribl\w*|awful\w*|no(?!-)|without|lack\w*|cash in hand|struggl\w*|trouble|argu\w*|fell out|fights?|"
    r"wrote off|written off|crash\w*|stole|steal\w*|runner|joke|for granted|only|barely|hardly)\b",
    re.I,
)
_STATEMENT = re.compile(rf"I ?{_STATED}\b(?!')", re.I)
# What follows without a comma says which one is meant: "the course I dropped out of".
_WHICH_ONE = re.compile(r" (?:who|whom|whose|which|where|that|when)\b", re.I)
_WHICH_THING = re.compile(r" (?:who|whom|whose|which|where|that|when|I|he|she|they|we|you|it|nobody)\b", re.I)
_UNSURE = re.compile(
    r"\bI(?:'d| had|'ve)? (?:also )?(?:think|thought|felt|feel|wanted|liked|hoped|needed|tried|forgot|left|let|"
    r"kept|sat|nodded|stood|"
    r"missed|failed|planned|meant|lost|never|didn't|couldn't|wish)\b|\b(?:nearly|almost|supposed|pretend\w*|maybe|"
    r"kind of|sort of|not|n't|never|lol|mind you|funny)\b",
    re.I,
)
# It was said after all, or had better not be said.
_BETTER_SO = re.compile(
    r"\b(?:well,? I did|but I did|I did (?:say|mention|tell)|to myself|luckily|thank god|thank goodness|"
    r"thankfully|glad|relie\w+|"
    r"better not|just as well|not the right|isn't right|a speech for|got away|I hope they (?:don't|never)|or did I)\b",
    re.I,
)
_VAGUE = frozenset(
    """
    thing things bit rest whole one ones other others same lot word words stuff anything everything something nothing
    itself half part point answer question questions reason way figure number why what how when whether if time times
    no
    two three four five six seven eight nine ten either insurance gap conviction being
    """.split()
)
_DETERMINED = re.compile(r"(?:the|my|a|an|our) [\w'-]+", re.I)
_STATES = re.compile(
    r"(?:[\w'-]+ ){1,4}(?:is|was|are|were|has|had|have|can|wants?|needs?|went|came|runs?|knows?)\b", re.I
)
_BARE_NAME = re.compile(
    r"(?:[A-Z][\w&+#'-]*|[a-z]+(?:ing|ion|ity|ment|ance|ence|ship|logy|ics|work|ware|care|aid|skills?))\b"
)


def omission(text: str) -> tuple[str, bool] | None:
    """What was left unsaid, and whether it is a clause ("I ran the depot") or a thing ("the Kafka project")."""
    if _BETTER_SO.search(text):
        return None
    parts = sentences(text)
    found = next((said for part in parts if (said := _told_of(part))), None)
    return found or next((said for part in parts[:2] if (said := _statement(first_sentence(tidy(part))))), None)


def _told_of(part: str) -> tuple[str, bool] | None:
    """What a sentence says that it was not said."""
    words = first_sentence(tidy(part))
    if private(words):
        return None
    for form in _FORMS:
        found = form.fullmatch(words)
        if not found or (form is _FORMS[-1] and _NEGATED.match(words)):
            continue
        rest = _IS_THAT.sub("", found["rest"], count=1) if _IS_THAT.match(found["rest"]) else found["rest"]
        rest = re.sub(r"\A(?:them|him|her|about|that|the fact that|how) ", "", rest)
        if said := _statement(rest, told=True) or _thing(rest):
            return said
    return None


def _statement(words: str, *, told: bool = False) -> tuple[str, bool] | None:
    """What the speaker is, has, did or can; raw dictation is cut where its next statement begins."""
    if not _STATEMENT.match(words) or private(words) or _NO_CREDIT.search(words):
        return None
    said = one_statement(words, 2)
    longest = LONGEST if told or "," in words else LONGEST_SPOKEN
    count = bare(said)
    if not 3 <= len(count) <= longest or sum(word in ("i", "i've", "i'm", "i'd") for word in count) != 1:
        return None
    if _UNSURE.search(said) or not whole(said) or _WHICH_ONE.match(_cut(words, said)):
        return None
    return large(said), True


def _cut(words: str, said: str) -> str:
    """What was taken away behind it."""
    return words.partition(said)[2] if said else ""


def _thing(words: str) -> tuple[str, bool] | None:
    said = one_statement(words, 1)
    count = bare(said)
    if _NO_CREDIT.search(words) or _WHICH_THING.match(_cut(words, said)):
        return None
    determined = bool(_DETERMINED.match(said))
    if not count or {"i", "i'm", "i've", "i'd"} & set(count) or count[-1] in _VAGUE or not whole(said):
        return None
    if len(count) > (LONGEST if determined else LONGEST_NAME) or _UNSURE.search(said):
        return None
    if determined and (count[1] in _VAGUE or len(count) < 2):
        return None
    if not determined and not _BARE_NAME.match(said):
        return None
    is_clause = determined and bool(_STATES.match(said))
    if is_clause and count[0] not in ("the", "my", "our"):
        return None
    return large(lowered(said)), is_clause
