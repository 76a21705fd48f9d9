"""The employer's name, found in what somebody says of where they were."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dictate.segment import naming
from dictate.segment.job import phrases

WIDEST = 5  # words of a name
NEAR = 90  # characters within which the job must be told after a name that shows by no word what it is

_LEAD = re.compile(
    r"(?:(?:so|right|okay|ok|well|um|uh|er|erm|yeah|yes|alright|all right|now|anyway|then|hello|hi|the|done|interview"
    r"|th(?:is|at) (?:is|was)|that[’']?s|it (?:is|was)|it[’']?s|i should say|today was|today|just finished)\b"
    r"[\s,.:;-]*)*",
    re.I,
)
_INTERVIEWED = re.compile(
    r"\b(?:interview|round|stage|panel|screen|call|loop|role|position|post|job|review|day|trial|shift|group|final)s? "
    r"(?:was )?(?:at|with|for) (?:the )?"
    r"|\b(?:car ?park|outside|out|gate|reception) (?:of|at) (?:the )?|\b(?:coming|come|came) out of (?:the )?"
    r"|\bi(?:[’']ve| have|[’']m)?(?: just)? (?:had|was in|was at|finished with|finished at|been to|been at|out of) "
    r"(?:the )?",
    re.I,
)
_WORD = re.compile(r"[^\W_](?:[\w’'-]|&(?=\w))*")
_THAT_WAS = re.compile(r"\b(?:that was|that[’']s) $", re.I)
_JOINTS = frozenset(("and", "&", "of", "for", "de", "the"))
_ONE = re.compile(
    r"^,? (?:the|a|an|for|it[’']s) [^,.]{0,50}\b(?:job|post|role|position|one|interview|scheme|round|panel)\b", re.I
)
_PEOPLE = re.compile(r"^,? (?:who|asked|said|wanted|is|was|had|and [A-ZÀ-Þ])\b")

_GENERIC = naming.JOBS | naming.LEADS | naming.JOB_WORDS
_NEVER = naming.COMMON | naming.DATES | naming.FILLERS | naming.TITLES


def employer(text: str) -> str | None:
    """The name as it was said; None unless it stands in a form in which nothing but an employer's name does."""
    if name := _at(text, _lead(text), opening=True):
        return name
    for match in _INTERVIEWED.finditer(text):
        if name := _at(text, match.end(), opening=False):
            return name
    return None


def _lead(text: str) -> int:
    match = _LEAD.match(text)
    return match.end() if match else 0


def _at(text: str, start: int, *, opening: bool) -> str | None:
    """The employer's name that begins there, or None."""
    cased = _is_cased(text)
    words = list(_name(text, start)) if cased else list(_lower_name(text, start))
    if not words or not _may_be_employer([word[0] for word in words]):
        return None
    after = text[words[-1].end() :]
    if _PEOPLE.match(after) or (len(words) == 1 and cased and re.match(r" [a-z]+\b", after) and not _ONE.match(after)):
        return None
    is_shown = cased and opening and bool(_THAT_WAS.search(text[: words[0].start()])) and after.startswith(",")
    is_firm = len(words) > 1 and _ends(words[-1][0]) in naming.EMPLOYERS
    if (
        not is_firm
        and not is_shown
        and not (_job_follows(text, words[-1].end(), cased) or (cased and opening and _ONE.match(after)))
    ):
        return None
    name = text[words[0].start() : words[-1].end()]
    return naming.not_owning(name) if cased else _capitals(name)


def _is_cased(text: str) -> bool:
    return len(re.findall(r"[A-ZÀ-Þ]", text)) > 1


def _name(text: str, start: int) -> Iterator[re.Match[str]]:
    """Words with capitals, and small ones between them."""
    held: list[re.Match[str]] = []
    end, count = start, 0
    for word in _WORD.finditer(text, start):
        if word.start() - end > 1 and text[end : word.start()] != " & ":
            return
        if count and text[end : word.start()] not in (" ", " & "):
            return
        end = word.end()
        if word[0][0].isupper() or (count and word[0][0].isdigit()):
            yield from held
            yield word
            held, count = [], count + 1
        elif not count or word[0] not in _JOINTS:
            if count and word[0] in naming.EMPLOYERS:
                yield from held
                yield word
                count += 1
                continue
            return
        else:
            held.append(word)
        if count >= WIDEST:
            return


def _lower_name(text: str, start: int) -> Iterator[re.Match[str]]:
    """Words up to the one that shows what they name, or up to those of a job."""
    words: list[re.Match[str]] = []
    ended: list[re.Match[str]] = []
    end = start
    jobs = {place: text[place:stop] for place, stop in phrases(text)}
    for word in _WORD.finditer(text, start):
        if (words and text[end : word.start()] not in (" ", " & ")) or len(words) == WIDEST:
            break
        bare = word[0].casefold()
        if ended and bare not in naming.EMPLOYERS:
            break
        if word.start() in jobs and words and not ended:
            yield from words if len(words) == 2 or (len(words) == 1 and " " in jobs[word.start()]) else ()
            return
        if words and bare in naming.EMPLOYERS:
            ended = [*words, word]
            words.append(word)
            end = word.end()
            continue
        if bare in _NEVER and not (words and bare == "and"):
            break
        words.append(word)
        end = word.end()
    if ended:
        yield from ended
    elif 0 < len(words) <= 2 and text[words[-1].end() :][:1] == ",":
        yield from words


def _may_be_employer(words: list[str]) -> bool:
    bare = [_ends(word) for word in words]
    if bare[0] in _NEVER or bare[-1] in _NEVER - naming.EMPLOYERS or any(word in naming.TITLES for word in bare):
        return False
    telling = [word for word in bare if word not in _JOINTS and word not in naming.EMPLOYERS]
    if not telling or all(word in _GENERIC | naming.PLACES for word in telling):
        return False
    if bare[-1] in naming.EMPLOYERS and len(bare) > 1:
        is_place = bare[0] in naming.PLACES and bare[-1] == "house"
        return not is_place and (bare[0] not in _GENERIC or words[0][0].isupper())
    return bare[0] not in naming.PLACES | naming.FIRST_NAMES and bare[-1] not in _GENERIC and not words[-1].isupper()


def _ends(word: str) -> str:
    return naming.not_owning(word.casefold())


def _job_follows(text: str, end: int, cased: bool) -> bool:
    """Whether the job is told right after a name: at once, or after a comma or a full stop."""
    between = r"(?: in [A-ZÀ-Þ]\w+)?(?:[,.] (?:\w+ ){0,3}| )" if cased else r"(?:[,.]? )"
    return any(re.fullmatch(between, text[end:place]) for place, _ in phrases(text) if end < place < end + NEAR)


def _capitals(name: str) -> str:
    return " ".join(word if word in _JOINTS else word[:1].upper() + word[1:] for word in name.split())
