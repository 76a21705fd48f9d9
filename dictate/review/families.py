"""The same question, however it was put: the questions of all interviews in families.

Questions are read by the encoder and put into families when they are first asked for; what was found is kept, so that
a family keeps its id and its members whatever comes later. What the user merged and split outranks the machine.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from dictate.review.encoder import Encoder
from dictate.review.grouping import central, group
from dictate.review.known import Vectors
from dictate.review.telling import question_of
from dictate.store import Loose, Member, QuestionAsked, Store

ALONE = -1  # no family yet


@dataclass(frozen=True, slots=True)
class Family:
    """A question in all the words in which it came; ``questions`` are those of the newest interviews first."""

    id: int
    name: str  # the most central telling, in plain words
    questions: tuple[QuestionAsked, ...]

    @property
    def difficult(self) -> int:
        """How often it gave trouble."""
        return sum(question["difficult"] for question in self.questions)


def families(
    store: Store,
    *,
    company: str | None = None,
    role: str | None = None,
    since: datetime | None = None,
    difficult: bool | None = None,
) -> list[Family]:
    """The families of these questions, those that came most often first; a loner is a family of its own.

    A store that is open for writing keeps what is found, one that is not finds it again the next time.
    """
    of_note, centre = _found(store)
    asked = store.questions(company=company, role=role, since=since, difficult=difficult)
    by_family: dict[int, list[QuestionAsked]] = defaultdict(list)
    for question in asked:
        by_family[of_note[question["note_id"]]].append(question)
    ranked = sorted(by_family, key=lambda family: (-len(by_family[family]), family))
    names = _names({family: centre.get(family) for family in ranked}, by_family, store)
    return [Family(family, names[family], tuple(by_family[family])) for family in ranked]


def merge(store: Store, into: int, other: int) -> None:
    """Two families are one question: ``other`` goes into ``into``, for good."""
    _found(store)
    store.merge_families(into, other)


def split(store: Store, note_id: int) -> int:
    """A question is not its family's: it gets one of its own, for good; returns its id."""
    _found(store)
    left, new = store.split_family(note_id)
    members = store.family_members(Encoder.version(), left)
    if members:
        store.set_central({left: members[central(_vectors(members))].note_id})
    return new


def up_to_date(store: Store) -> Mapping[int, int]:
    """Put every new question into its family; returns those of questions' notes where a store keeps none."""
    if not store.loose_questions(Encoder.version()):
        return {}
    of_note, _ = _found(store)
    return of_note if store.read_only else {}


def group_texts(texts: Sequence[str]) -> list[int]:
    """The family of each text, counted from 1 in the order of first appearance; no database is needed."""
    encoder = Encoder()
    found = group(encoder.encode(texts), np.full(len(texts), ALONE), 1, sure=encoder.sure)
    numbers: dict[int, int] = {}
    return [numbers.setdefault(int(family), len(numbers) + 1) for family in found]


def _found(store: Store) -> tuple[Mapping[int, int], Mapping[int, int | None]]:
    """Of each question's note the family that it is shown in, of each family its central note; all questions are in."""
    encoder = Encoder.version()
    loose = store.loose_questions(encoder)
    if not loose:
        return store.shown_families()
    known = store.family_members(encoder)
    placed = _placed(loose, known, store.next_family())
    changed = {member.family_id for member in placed}
    centre = _central([member for member in [*known, *placed] if member.family_id in changed])
    if not store.read_only:
        store.keep_families(encoder, placed, centre)
        return store.shown_families()
    of_note, before = store.shown_families()
    return {**of_note, **{member.note_id: member.family_id for member in placed}}, {**before, **centre}


def _placed(loose: Sequence[Loose], known: Sequence[Member], first_new: int) -> list[Member]:
    """Questions that were read just now, each in a family that there was or a new one."""
    encoder = Encoder()
    read = encoder.encode([question.text for question in loose])
    before = [member.family_id for member in known]
    now = [ALONE if question.family_id is None else question.family_id for question in loose]
    vectors = np.concatenate([_vectors(known), read]) if known else read
    found = group(vectors, np.array(before + now), first_new, sure=encoder.sure)[len(known) :]
    kept = read.astype(np.float16)
    return [
        Member(question.note_id, question.text, int(family), vector.tobytes())
        for question, family, vector in zip(loose, found, kept, strict=True)
    ]


def _central(members: Sequence[Member]) -> dict[int, int]:
    by_family: dict[int, list[Member]] = defaultdict(list)
    for member in members:
        by_family[member.family_id].append(member)
    return {family: some[central(_vectors(some))].note_id for family, some in by_family.items()}


def _vectors(members: Sequence[Member]) -> Vectors:
    joined = b"".join(member.vector for member in members)
    return np.frombuffer(joined, dtype=np.float16).reshape(len(members), -1).astype(np.float32)


def _names(
    centre: Mapping[int, int | None], by_family: Mapping[int, Sequence[QuestionAsked]], store: Store
) -> dict[int, str]:
    """The central note may be gone, or beyond what was asked for: then it is looked up, else the newest speaks."""
    texts = {question["note_id"]: question["text"] for some in by_family.values() for question in some}
    names = {}
    for family, note_id in centre.items():
        if note_id is not None and note_id not in texts:
            texts[note_id] = store.note(note_id)["text"]
        names[family] = question_of(texts[note_id] if note_id is not None else by_family[family][0]["text"])
    return names
