"""The labelled debriefs that the segmenter is trained on: reading, writing and checking them.

A file holds one debrief, one span a line: ``[Q1!] Then she asked how I would ...``. Lines that begin with
``#`` are facts about the debrief. Run as a script, it checks folders of such files:

    python -m models.segmenter.corpus models/segmenter/corpus
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dictate.records import Kind

KINDS: dict[str, Kind] = {
    "Q": "question",
    "A": "answer",
    "K": "ask",
    "L": "learned",
    "F": "feeling",
    "C": "concern",
    "S": "strength",
    "O": "omission",
    "P": "plan",
    "U": "followup",
    "X": "context",
    "N": "aside",
}
TAGS = {kind: tag for tag, kind in KINDS.items()}
REPLIES = {"A": "Q", "L": "K"}  # a reply carries the number of what it replies to
LINE = re.compile(r"\[([QAKLFCSOPUXN])(\d*)(!?)\] (\S.*)")
FACT = re.compile(r"# ([a-z]+): (\S.*)")
CORPUS = Path(__file__).parent / "corpus"
HELD_OUT = ("w4", "w9", "w12")  # writers from whom nothing is learnt, to measure on


@dataclass(frozen=True, slots=True)
class Labelled:
    """One span as a person labelled it."""

    kind: Kind
    text: str
    number: int | None = None
    difficult: bool = False

    @property
    def line(self) -> str:
        number = "" if self.number is None else self.number
        return f"[{TAGS[self.kind]}{number}{'!' if self.difficult else ''}] {self.text}"


@dataclass(frozen=True, slots=True)
class Debrief:
    """A labelled debrief; ``writer`` is the folder it lies in."""

    name: str
    writer: str
    spans: tuple[Labelled, ...]
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return " ".join(span.text for span in self.spans)

    @property
    def difficult(self) -> frozenset[int]:
        """Numbers of the questions that gave the speaker trouble."""
        return frozenset(s.number for s in self.spans if s.difficult and s.number is not None)


def parse(path: Path) -> Debrief:
    """Read one tagged file; ValueError names the first line that is not well formed."""
    spans, facts = [], {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if fact := FACT.fullmatch(line):
            facts[fact[1]] = fact[2]
        elif match := LINE.fullmatch(line):
            tag, digits, bang, text = match.groups()
            if text != " ".join(text.split()):
                raise ValueError(f"{path}:{number}: words are to be joined by single spaces")
            spans.append(Labelled(KINDS[tag], text, int(digits) if digits else None, bool(bang)))
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"{path}:{number}: neither a span nor a fact: {line[:60]!r}")
    return Debrief(path.stem, path.parent.name, tuple(spans), facts)


def written(debrief: Debrief) -> str:
    """The text of a tagged file, which ``parse`` reads."""
    facts = [f"# {key}: {value}" for key, value in debrief.facts.items()]
    return "\n".join([*facts, *(span.line for span in debrief.spans)]) + "\n"


def load(folder: Path) -> list[Debrief]:
    """All debriefs below a folder, in the order of their paths."""
    return [parse(path) for path in sorted(folder.rglob("*.txt"))]


def split(debriefs: Sequence[Debrief]) -> tuple[list[Debrief], list[Debrief]]:
    """Debriefs to learn from and to measure on, by writer: a writer's manners tell more than a stranger's would."""
    learn = [debrief for debrief in debriefs if debrief.writer not in HELD_OUT]
    return learn, [debrief for debrief in debriefs if debrief.writer in HELD_OUT]


def faults(debrief: Debrief) -> Iterator[str]:
    """What breaks the rules of the guide in a debrief that is otherwise well formed."""
    seen: dict[str, set[int]] = {"Q": set(), "K": set()}
    for index, span in enumerate(debrief.spans, 1):
        tag, where = TAGS[span.kind], f"span {index} ({span.text[:30]!r})"
        if tag in seen:
            if span.number is None:
                yield f"{where}: a {span.kind} needs a number"
            elif span.number not in seen[tag]:
                if span.number != len(seen[tag]) + 1:
                    yield f"{where}: {tag}{span.number} is new, yet {len(seen[tag])} came before it"
                seen[tag].add(span.number)
            elif span.difficult:
                yield f"{where}: '!' belongs to the first mention of {tag}{span.number}"
        elif tag == "A" and span.number is None:
            yield f"{where}: an answer needs its question's number"
        elif span.number is not None and tag not in REPLIES:
            yield f"{where}: a {span.kind} has no number"
        if span.difficult and tag != "Q":
            yield f"{where}: only a question is difficult"
    numbers = {tag: {s.number for s in debrief.spans if TAGS[s.kind] == tag} for tag in "QK"}
    for span in debrief.spans:
        first = REPLIES.get(TAGS[span.kind])
        if first and span.number is not None and span.number not in numbers[first]:
            yield f"{TAGS[span.kind]}{span.number} has no {first}{span.number}"


def main(folders: list[str]) -> int:
    """Print faults and a summary for each folder; 1 where there is a fault."""
    bad = 0
    for folder in folders:
        kinds: Counter[str] = Counter()
        words: Counter[str] = Counter()
        count = 0
        for path in sorted(Path(folder).rglob("*.txt")):
            try:
                debrief = parse(path)
                problems = list(faults(debrief)) or ([] if debrief.spans else ["no spans"])
            except ValueError as error:
                problems = [str(error)]
            for problem in problems:
                print(f"{path}: {problem}")
            bad += len(problems)
            if not problems:
                count += 1
                kinds.update(s.kind for s in debrief.spans)
                for s in debrief.spans:
                    words[s.kind] += len(s.text.split())
        total = sum(words.values())
        print(f"{folder}: {count} good debriefs, {sum(kinds.values())} spans, {total} words")
        for kind in KINDS.values():
            print(f"  {kind:9} {kinds[kind]:6} spans {words[kind]:7} words {words[kind] / max(1, total):6.1%}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
