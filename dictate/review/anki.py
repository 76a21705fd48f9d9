"""A deck of Anki cards: every question with the best answer to it, so that a later deck replaces what has changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

from dictate.review.expecting import NEWEST, best_answer
from dictate.review.families import up_to_date
from dictate.review.foresight import by_question
from dictate.review.made import DECK
from dictate.review.recurring import name_of
from dictate.store import Store

MODEL = 1_762_345_601  # the id that Anki knows the cards' form by: never changed


@dataclass(frozen=True, slots=True)
class Card:
    """A question with the answer to learn; ``note_id`` is its first telling, which tells cards apart."""

    note_id: int
    question: str
    answer: str
    source: str
    tags: tuple[str, ...]


def cards(store: Store) -> list[Card]:
    """Questions that have an answer, the difficult ones first."""
    overlay, revisions = up_to_date(store), store.revisions()
    found = []
    with store.counts(overlay=overlay) as counts:
        better = {family: rows for (family, _), rows in by_question(counts, revisions).items() if family is not None}
        for one in counts.families():
            told = counts.told(one.family, NEWEST)
            best = best_answer(told, better.get(one.family, ()))
            if best is None:
                continue
            came = f"came in {one.interviews} interview{'s' * (one.interviews != 1)}, difficult in {one.difficult}"
            source = f"{best['source']} answer; {came}"
            tags = ("dictate", *(["difficult"] if one.difficult else []))
            first = min(once["note_id"] for once in told)
            found.append(Card(first, name_of(counts, one.family), best["text"], source, tags))
    return found


def deck(store: Store) -> tuple[bytes, int]:
    """An .apkg file, and how many cards it holds."""
    import genanki

    model = genanki.Model(
        MODEL,
        "Interview question (dictate)",
        fields=[{"name": "Question"}, {"name": "Answer"}, {"name": "Source"}],
        templates=[
            {
                "name": "Answer aloud",
                "qfmt": "{{Question}}",
                "afmt": '{{FrontSide}}<hr id="answer">{{Answer}}<p><small>{{Source}}</small></p>',
            }
        ],
    )
    made = genanki.Deck(DECK, "Interview questions")
    mark = hashlib.sha256(os.fsencode(store.path.absolute())).hexdigest()[:16]
    found = cards(store)
    for card in found:
        fields = [escape(card.question), escape(card.answer), escape(card.source)]
        guid = genanki.guid_for("dictate", mark, card.note_id)
        made.add_note(genanki.Note(model=model, fields=fields, tags=list(card.tags), guid=guid))
    with tempfile.TemporaryDirectory(prefix="dictate-") as folder:
        file = Path(folder) / "deck.apkg"
        genanki.Package(made).write_to_file(str(file))
        return file.read_bytes(), len(found)
