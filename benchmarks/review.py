"""How quick what reads everything is: ``python -m benchmarks.review [INTERVIEWS]``.

On the database that ``benchmarks.store`` makes (10,000 interviews, 300,000 notes), with outcomes, and with questions in
made-up families: how long finding those takes is told by ``benchmarks.questions``. Prints seconds as JSON.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from benchmarks.store import NOTES, make
from dictate.records import OUTCOMES
from dictate.review.encoder import Encoder
from dictate.review.overview import review
from dictate.review.plan import plan
from dictate.review.preparation import page
from dictate.review.status import status
from dictate.store import Member, Store, connection

FAMILIES = 300
ROUNDS = 5


def main(interviews: int) -> None:
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notes.db"
        make(path, interviews, chance)
        with Store.open(path) as store:
            settle(store, chance)
        with Store.open(path, read_only=True) as store:
            now = datetime.now().astimezone()
            actions: dict[str, Callable[[], object]] = {
                "review": lambda: review(store),
                "prepare": lambda: page(store),
                "prepare for a company": lambda: page(store, company="Company 7"),
                "status": lambda: status(store, now),
                "plan": lambda: plan(store),
            }
            figures = {name: timed(do) for name, do in actions.items()}
    print(json.dumps({"interviews": interviews, "notes": interviews * NOTES, "s": figures}, indent=1))


def settle(store: Store, chance: random.Random) -> None:
    """Outcomes, and a family for each question."""
    encoder = Encoder.version()
    loose = store.loose_questions(encoder)
    placed = [Member(one.note_id, one.text, chance.randint(1, FAMILIES), b"") for one in loose]
    central = {member.family_id: member.note_id for member in placed}
    store.keep_families(encoder, placed, central)
    outcomes = [(chance.choice((None, *OUTCOMES)), interview["id"]) for interview in store.list()]
    with connection.writing(store._db, store.path) as db:  # one transaction for all
        db.conn.executemany("update interviews set outcome = ? where id = ?", outcomes)


def timed(action: Callable[[], object]) -> float:
    """The median of a few rounds."""
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        action()
        taken.append(time.perf_counter() - began)
    return round(sorted(taken)[ROUNDS // 2], 2)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
