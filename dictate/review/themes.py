"""What comes back: concerns and strengths by theme, and by the words that they share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from dictate.review.plan import telling
from dictate.store import Said

TIMES = 2  # interviews in which something came, to say that it comes back
TIMES_WORD = 3  # the same of a word alone, which two may share by chance
MOST_WORDS = 5  # topics by a shared word


def _patterns(themes: Mapping[str, str]) -> Mapping[str, str]:
    """Each theme's words as one pattern; they are written over several lines, divided by strokes."""
    return {name: "|".join(map(str.strip, words.split("|"))) for name, words in themes.items()}


CONCERNS = _patterns({
    "clothes": r"""
        shoes?|shirt|tie|suit|jacket|dress(?:ed)?|skirt|trousers|collar|heels|clothes|outfit|jumper|blouse|wearing|wore|
        sweat patch\w*|laces?""",
    "lateness and the way there": r"""
        late|lateness|missed (?:the|my) (?:bus|train|stop)|traffic|parking|delayed|got lost|kept them waiting|
        the wrong (?:door|building|entrance|platform)""",
    "unprepared": r"""
        unprepared|not prepared|no research|homework|
        (?:hadn't|didn't|should(?:'ve| have)|ought to have|never) (?:even )?(?:prepared?|look(?:ed)? (?:\w+ )?up|read|
        research(?:ed)?|practi[sc]ed?|rehearsed?|revised?|checked?|knew|known|know (?:who|what|that they))""",
    "going blank": r"""
        blank(?:ed)?|froze(?:n)?|seized up|dried up|mind (?:just )?went|lost my (?:thread|place|words|way)|stumbled|
        couldn't (?:find (?:my|the) words?|remember|think)|forgot what|no answer|nothing came""",
    "going on too long": r"""
        rambl\w+|waffl\w+|babbl\w+|gabbl\w+|too long|on and on|(?:round|in) (?:in )?circles|talk(?:ed|ing) too much|
        over time|ran over|cut me off|interrupted me""",
    "too fast or too quiet": r"""
        too (?:fast|quick(?:ly)?|quiet(?:ly)?|soft(?:ly)?)|mumbl\w+|rushed|spoke fast|repeat myself""",
    "no figure or example": r"""
        no (?:numbers?|figures?|examples?)|too vague|vague|wanted a number|
        couldn't (?:give|say|put|name|think of) (?:\w+ ){0,4}(?:numbers?|figures?|examples?)""",
    "names": r"wrong name|forgot (?:his|her|their) name|never caught (?:his|her|their) name|name wrong",
    "sound and picture": r"camera|microphone|mic|muted?|screen|wi-?fi|connection|broadband|battery|headphones",
    "their reaction": r"""
        blank face|sigh(?:ed|s)?|frown(?:ed|ing)?|stopped writing|eyebrows?|stony|unimpressed|yawn\w*|
        looked at (?:his|her|their|the) (?:watch|phone|clock)|didn't (?:smile|look up|laugh)""",
    "pay": r"salary|wages?|money|pay|expectations",
    "missing experience": r"""
        experience|never (?:used|done|had|worked|managed)|haven't (?:used|done|got|managed)|licen[cs]e|certificate|
        qualif\w+|the gap|overqualified""",
})  # fmt: skip
STRENGTHS = _patterns({
    "they laughed or smiled": r"laugh(?:ed|ing|s)?|smil(?:ed|ing|es)|grinn?\w*|chuckl\w+",
    "they nodded or wrote it down": r"""
        nodd\w+|nods?|wrote (?:\w+ ){0,3}down|writing (?:\w+ )?down|took notes?|made a note|
        wrote (?:that|it|something)""",
    "they said that it was good": r"""
        good (?:answer|question|point)|liked|thanked me|well done|impress\w+|exactly|
        (?:he|she|they) said (?:that was |that's )?(?:good|great|lovely|perfect|right)""",
    "they asked for more": r"""
        asked (?:me )?(?:for more|to (?:repeat|say|tell)|again)|wanted (?:to hear|more)|leaned (?:in|forward)|
        stayed longer""",
    "a figure at hand": r"figures?|numbers?|per ?cent|percentage|by heart|off pat",
    "an example": r"example|story|stories|case study",
    "calm and unhurried": r"""
        calm(?:ly)?|paus(?:ed|ing)|took my time|took a breath|slow(?:ed|ly)?|steady|didn't rush""",
    "knowing it": r"""
        nailed|knew (?:it|that|the)|straight away|straight off|without (?:my )?notes|no hesitation|fluent\w*|
        didn't (?:hesitate|need)""",
    "prepared": r"prepared|looked (?:\w+ )?up|researched|early|on time|practi[sc]ed|rehearsed",
    "showing it": r"showed|drew|drawing|demo\w*|portfolio|samples?|whiteboard",
})  # fmt: skip


# Words of any debrief, and numbers: sharing them says nothing.
_TELL_NOTHING = telling(
    """
    answer answers answered call calls called calling happen happens happened happening name names named thank thanks
    thanked thanking bloke chap guy lady lass woman women girl boy man men panel room table
    company place role round piece whole half word words side line front leave left long short give year years month
    months days hour hours four five six seven eight nine eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million couple number
    obviously exactly completely totally actually basically honestly somehow almost wanted other sounded sound sounds
    """
)


class Theme(TypedDict):
    """Something that came in several interviews; ``word`` is None for a theme of the list, else what they share."""

    name: str
    word: str | None
    times: int
    interview_ids: list[int]
    note_ids: list[int]
    latest: str


def coming_back(notes: Iterable[Said], themes: Mapping[str, str]) -> list[Theme]:
    """Themes of at least two interviews, then words of three; what came in most first. Notes are oldest first."""
    notes = list(notes)
    pattern = re.compile("|".join(f"(?P<t{i}>\\b(?:{words})\\b)" for i, words in enumerate(themes.values())), re.I)
    names, of_theme = [*themes], defaultdict[str, list[Said]](list)
    rest = []
    for note in notes:
        found = {match.lastgroup for match in pattern.finditer(note.text.replace("’", "'"))}
        for group in found:
            of_theme[names[int(str(group)[1:])]].append(note)
        if not found:
            rest.append(note)
    by_theme = [_theme(name, None, some) for name, some in of_theme.items()]
    return _ranked(by_theme, TIMES) + _ranked(_by_word(rest), TIMES_WORD)[:MOST_WORDS]


def _by_word(notes: Iterable[Said]) -> list[Theme]:
    """Notes of no theme by the telling words that they share; of words with the same notes one is enough."""
    of_word = defaultdict[str, list[Said]](list)
    for note in notes:
        for word in telling(note.text) - _TELL_NOTHING:
            of_word[word].append(note)
    distinct = {tuple(note.note_id for note in some): word for word, some in sorted(of_word.items(), reverse=True)}
    return [_theme(_as_said(word, of_word[word][-1].text), word, of_word[word]) for word in distinct.values()]


def _as_said(stem: str, text: str) -> str:
    """The word as it was said, which the telling word is the beginning of."""
    words = re.findall(r"[^\W\d_]+", text)
    return next((word.lower() for word in words if word.casefold().startswith(stem)), stem)


def _theme(name: str, word: str | None, notes: Sequence[Said]) -> Theme:
    interviews = [*dict.fromkeys(note.interview_id for note in notes)]
    return {
        "name": name,
        "word": word,
        "times": len(interviews),
        "interview_ids": interviews,
        "note_ids": [note.note_id for note in notes],
        "latest": notes[-1].text,
    }


def _ranked(themes: Iterable[Theme], least: int) -> list[Theme]:
    return sorted((one for one in themes if one["times"] >= least), key=lambda one: (-one["times"], one["name"]))
