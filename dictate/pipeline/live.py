"""A recording from the microphone, finished now or long ago, to notes: as an import, with what is known better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from dictate.capture.encode import encode
from dictate.capture.unfinished import Facts, Place, locked
from dictate.errors import MediaError, NoSpeechError, NotFoundError
from dictate.pipeline.recording import Steps, Wish, import_source
from dictate.pipeline.results import Result
from dictate.pipeline.results import known as known_already
from dictate.pipeline.sources import Source
from dictate.records import RecordedAt
from dictate.store import Known, Store

LIVE = "recorded with dictate"
PATIENCE_S = 0.5  # with a dictate that only looks who holds a recording


def finish(place: Place) -> Path:
    """The recording as a file like any other, without notes."""
    encode(place, place.facts())
    return place.keep()


def make_notes(place: Place, steps: Steps, store: Store) -> Result:
    """Notes of a recording, whose own files then go: the kept copy stays. What fails leaves them as they are."""
    facts = place.facts()
    path = encode(place, facts)
    hear_on = steps.hear_on
    if hear_on and (before := place.heard()):
        steps = replace(steps, hear=lambda decoding, interview: hear_on(decoding, interview, before))
    try:
        added = import_source(Source(path, "audio"), steps, store, wish_of(facts, store))
    except NoSpeechError:
        kept = place.keep()
        return Result(kept, "skipped", "no speech; the recording stays where it is")
    known = store.recording(added.recording_id)["path"]
    kept = Path(known) if known else path
    place.remove()
    if isinstance(added, Known) or not added.new:
        return known_already(kept, added)
    return Result(kept, "imported", added=added)


def recover(places: Sequence[Place], steps: Steps, store: Store) -> Iterator[Result]:
    """Notes of unfinished recordings, one after the other; one that another process works on is left to it.

    An answer that was practised is no debrief: its sound is kept, as it would have been in the end.
    """
    for place in places:
        with mine(place) as free:
            if not free:
                yield Result(place.sound, "skipped", "another dictate is at it")
                continue
            try:
                if place.facts().purpose == "answer":
                    yield Result(finish(place), "skipped", "an answer that was practised; its sound is kept")
                else:
                    yield make_notes(place, steps, store)
            except MediaError as error:
                yield Result(place.sound, "failed", str(error).removeprefix(f"{place.sound}: "))


@contextmanager
def mine(place: Place) -> Iterator[bool]:
    """Hold a recording; False where another process does, or has just made notes of it."""
    with ExitStack() as lock:
        try:
            free = lock.enter_context(locked(place.journal, patience_s=PATIENCE_S))
        except FileNotFoundError:
            free = False
        yield free and place.journal.exists()


def wish_of(facts: Facts, store: Store) -> Wish:
    """What the speaker said of the recording; an interview that is gone meanwhile is replaced by a new one."""
    remarks = (*(f"marked at {mark_s} s" for mark_s in facts.marks_s), *facts.remarks)
    add_to = facts.add_to
    if add_to is not None:
        try:
            store.show(add_to)
        except NotFoundError:
            remarks, add_to = (*remarks, f"was to be added to interview {add_to}, which is gone"), None
    when = RecordedAt(facts.started_at, "live", True, LIVE)
    return Wish(facts.interview, add_to, recorded_at=when, remarks=remarks)
