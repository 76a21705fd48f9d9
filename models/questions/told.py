"""Questions told in other ways: the words around a question varied, and what a transcriber makes of it."""

from __future__ import annotations

import random
import re

NAMES = """Tom Sarah Priya Colin Helen Amir Dave Mrs_Okafor Marek Siobhan Doctor_Weiss the_manager the_other_one
the_HR_lady the_director Bev Kwame Jo Mr_Patel Linda the_chair the_foreman Ana Fergus this_woman one_of_them the_panel
the_young_one the_owner Rosa Stefan Janet the_lad_from_finance my_would-be_boss she he they""".split()
LEADS = """
and then,|so,|um,|uh,|okay so|right,|next,|next up,|then|then it was|the next one was|first question,|second one,|
the last one was|number three,|number four was|and the fourth,|another one was|there was one about|
there was the one on|there was also|after that it was|later on,|towards the end,|at the end,|straight off,|
to start with,|to kick off,|the first thing was|what else, oh,|oh and|oh yes,|and, er,|so question two,|
so then we got on to|we got on to|then came|moving on,|and of course|the usual,|the old favourite,|a weird one,|
the tricky one,|the killer was|the one I'd feared,|the one I was waiting for,|in the second half,|over coffee,|
on the phone,|on the stairs,
""".replace("\n", "").split("|")
ASKING = """
{} asked|{} asked me|{} wanted to know|{} asked about|{} wanted to hear about|{} said,|{} goes,|{} went,|{} says|
then {} asked|then {} wanted|and {} kept on about|{} kept poking at|{} came back to|{} started with|{} opened with|
{} pressed me on|{} wouldn't let go of|{} was after|{} was curious about|{} brought up|{} jumped in with|
{} threw in|{} read off the sheet,|{} had one for me,|{} was like,|{} got on to|{} moved on to|{} finished with|
{} hit me with|{} came in with|{}'s was|{}'s question was|{} just said|{} looked up and said|
{} leaned over and asked
""".replace("\n", "").split("|")
VERDICTS = """
, which I fluffed|, and I went blank|, that one went well|, I made a mess of it|, fine|, which was okay|
, I hate that one|, and I didn't have a proper answer|, which I'd prepared for|, you know|, that sort of thing|
, basically|, if you like|, and I rambled|, I think I did all right there|, nightmare|, easy|, which threw me|
, and she wrote it down|, or something|, and again later|, that old chestnut|, which I wasn't expecting|
, so I told them|, that was a hard one|, no problem|, I was ready for that|, and I waffled|, which came out wrong|
, of course|, and so on|, blah blah|, I'd say I got half|, he said|, she said|, they said|, was how he put it|
, was her question|, as if I'd know|, that one hurt|, twice|, again
""".replace("\n", "").split("|")
FILLERS = ("uh", "um", "like", "you know", "er", "I mean", "well", "sort of", "kind of")
MARKS = re.compile(r"[^\w\s']|_")


def retold(text: str, chance: random.Random) -> str:
    """The same question as somebody else might report it, or as it came."""
    if chance.random() < 0.55:
        text = _introduced(text, chance)
    if chance.random() < 0.3:
        text = text.rstrip(".?!,") + chance.choice(VERDICTS)
    words = text.split()
    if chance.random() < 0.25:
        words.insert(chance.randrange(len(words) + 1), chance.choice(FILLERS))
    if chance.random() < 0.2 and len(words) > 4:
        del words[chance.randrange(len(words))]
    return _as_transcribed(" ".join(words), chance)


def _introduced(text: str, chance: random.Random) -> str:
    lead = chance.choice(LEADS) if chance.random() < 0.5 else ""
    name = chance.choice(NAMES).replace("_", " ")
    asking = chance.choice(ASKING).format(name) if not lead or chance.random() < 0.4 else ""
    text = text if text.startswith(("I ", "I'", '"')) else text[:1].lower() + text[1:]
    return " ".join(part for part in (lead, asking, text) if part)


def _as_transcribed(text: str, chance: random.Random) -> str:
    way = chance.random()
    if way < 0.35:
        return " ".join(MARKS.sub(" ", text.lower()).split())
    if way < 0.6:
        text = text[:1].upper() + text[1:]
        return text if text.endswith((".", "?", "!")) else text + chance.choice((".", "?", ","))
    return text
