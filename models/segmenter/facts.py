"""How well the employer and the job are told from debriefs: precision and recall on labelled ones.

    python -m models.segmenter.facts [--show] [FOLDER...]

Without folders: the writers that the rules were made from, and those held out. The notes are those that people
labelled. A name counts as right where it is the writer's, perhaps shortened ("Balnamoon" for "Balnamoon Estates"); a
job where all its words are the writer's or all of the writer's are in it. ``--show`` prints what is wrong.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from dictate.records import Span
from dictate.segment.facts import Facts, facts
from models.segmenter.corpus import CORPUS, Debrief, load, split

SHORT = {
    "sr": "senior", "admin": "administrator", "advisor": "adviser", "&": "and", "pm": "product manager",
    "ae": "account executive", "sre": "site reliability engineer", "ml": "machine learning", "tech": "technical",
    "vet": "veterinary", "vets": "veterinary", "uni": "university",
}  # fmt: skip
PASSED_OVER = frozenset(("the", "a", "and", "of", "s"))


def told(debrief: Debrief) -> Facts:
    """The facts that a debrief's own notes tell."""
    return facts([Span(span.kind, 0, len(span.text), span.text) for span in debrief.spans])


def same_company(told: str, true: str) -> bool:
    """Both begin alike, and one has no word that the other has not."""
    a, b = _words(told), _words(true)
    return bool(a and b) and a[0] == b[0] and (set(a) <= set(b) or set(b) <= set(a))


def same_role(told: str, true: str) -> bool:
    a, b = set(_words(told)), set(_words(true))
    return bool(a and b) and (a <= b or b <= a)


def measure(debriefs: Sequence[Debrief], *, show: bool = False) -> str:
    """Lines with precision and recall of both."""
    lines = []
    for key, same in (("company", same_company), ("role", same_role)):
        found = right = there = 0
        for debrief in debriefs:
            true, fact = debrief.facts.get(key), getattr(told(debrief), key)
            there += true is not None
            found += fact is not None
            if fact and true and same(fact.value, true):
                right += 1
            elif fact and show:
                print(f"{debrief.writer}: {fact.value!r} for {true!r}: {debrief.spans[fact.note].text[:150]}")
        precision, recall = right / max(found, 1), right / max(there, 1)
        lines.append(f"{key:8} precision {precision:.3f} ({right} of {found}), recall {recall:.3f} (of {there})")
    return "\n".join(lines)


def _words(text: str) -> list[str]:
    words = re.findall(r"\w+|&", re.sub(r"\([^)]*\)|[’']s?\b", "", text.casefold()))
    return [word for short in words for word in SHORT.get(short, short).split() if word not in PASSED_OVER]


def main(arguments: list[str]) -> None:
    show = "--show" in arguments
    folders = [Path(name) for name in arguments if name != "--show"]
    groups = {str(folder): load(folder) for folder in folders}
    if not folders:
        groups["the rules' own writers"], groups["held out"] = split(load(CORPUS))
    for name, debriefs in groups.items():
        print(f"{name}: {len(debriefs)} debriefs")
        print(measure(debriefs, show=show))


if __name__ == "__main__":
    main(sys.argv[1:])
