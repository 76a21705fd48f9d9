"""One recording: from a file to words, and from words to notes in the store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from dictate.capture.dates import recorded_at
from dictate.capture.decode import Decoding
from dictate.capture.fingerprint import fingerprint
from dictate.capture.media import Media, open_media
from dictate.capture.unchanged import check_unchanged
from dictate.capture.unfinished import HeardBefore
from dictate.errors import MediaError, NoSpeechError
from dictate.pipeline.phone import doubted
from dictate.pipeline.sources import Source
from dictate.pipeline.texts import read_debrief
from dictate.records import Debrief, Interview, RecordedAt, Recording, Segmentation, Transcript
from dictate.segment.facts import facts
from dictate.store import Added, Known, Store
from dictate.store import kept as kept_copy
from dictate.transcribe.engine import Engine
from dictate.transcribe.recording import KnownWords, Options, transcribe

Hear = Callable[[Decoding, Interview], Transcript]
HearOn = Callable[[Decoding, Interview, HeardBefore], Transcript]
Label = Callable[[Transcript], Segmentation]


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps that need something heavy, loaded when first called."""

    hear: Hear
    label: Label
    hear_on: HearOn | None = None  # from what was heard before


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user says of an import."""

    interview: Interview
    add_to: int | None = None  # an interview that is there already
    copy_audio: bool = True
    recorded_at: RecordedAt | None = None  # known better than the file tells
    remarks: tuple[str, ...] = ()
    join: bool = False  # with other parts of the same debrief


def recording_of(media: Media, alive: Callable[[], None] | None = None) -> Recording:
    """What a media file tells of itself; ``alive`` is called now and then while it is read."""
    when = recorded_at(media.path, media.tags, media.duration_s)
    return Recording(media.path, fingerprint(media, alive), when, media.duration_s, media.state)


def import_source(source: Source, steps: Steps, store: Store, wish: Wish) -> Added | Known:
    """Notes of one file, written in one transaction; what the store knows already is left as it is."""
    if source.form == "audio":
        return _import_audio(source.path, steps, store, wish)
    return import_text(source, steps.label, store, wish)


def import_text(source: Source, label: Label, store: Store, wish: Wish) -> Added | Known:
    """Notes of a debrief that is no sound."""
    transcript = read_debrief(source)
    digest = hashlib.sha256(transcript.text.encode()).hexdigest()
    known = store.find_recording(digest)
    if known:
        return known
    duration_s = transcript.duration_s if source.form == "transcript" else None
    recording = Recording(source.path, digest, recorded_at(source.path, {}), duration_s)
    return _add(recording, transcript, label(transcript), store, wish, kept=None)


def _import_audio(path: Path, steps: Steps, store: Store, wish: Wish) -> Added | Known:
    media = open_media(path)
    recording = recording_of(media)
    known = store.find_recording(recording.sha256)
    if known:
        return known
    transcript = steps.hear(Decoding(media), wish.interview)
    if not transcript.words:
        raise NoSpeechError(f"{path}: no speech")
    return keep(recording, transcript, steps.label(transcript), store, wish)


def keep(recording: Recording, transcript: Transcript, segmentation: Segmentation, store: Store, wish: Wish) -> Added:
    """Store the notes of a memo that was heard, and a copy of it; ChangedError where it is another by now."""
    when = wish.recorded_at or recording.recorded_at
    recording = replace(recording, duration_s=transcript.duration_s, recorded_at=when)
    if not wish.copy_audio:
        check_unchanged(recording.path, recording.state)
        return _add(recording, transcript, segmentation, store, wish, kept=None)
    if not recording.path.exists():
        raise MediaError(f"{recording.path}: was taken away while it was being heard; put it back and import it again")
    with kept_copy(recording.path, store.path, recording.sha256) as copy:
        check_unchanged(recording.path, recording.state)  # only now is it sure that the copy is what was heard
        return _add(recording, transcript, segmentation, store, wish, kept=copy)


def keep_again(known: Known, transcript: Transcript, segmentation: Segmentation, store: Store, wish: Wish) -> Added:
    """Store the notes of a recording that is there and was heard again; corrections stay, new facts are added."""
    interview_id = store.interview_of(known.recording_id)  # it may have been moved while it was heard
    spoken = facts(segmentation.spans).interview
    if store.show(interview_id)["interviewers"]:  # perhaps set right by the user
        spoken = replace(spoken, interviewers=())
    told = wish.interview.filled(spoken)
    notes = store.replace_transcript(known.recording_id, transcript, segmentation, told)
    return Added(interview_id, known.recording_id, notes)


def _add(
    recording: Recording,
    transcript: Transcript,
    segmentation: Segmentation,
    store: Store,
    wish: Wish,
    kept: Path | None,
) -> Added:
    told_at = recording.recorded_at.when if recording.recorded_at and recording.recorded_at.trusted else None
    interview = wish.interview.filled(facts(segmentation.spans, told_at).interview)
    debrief = Debrief(interview, recording, transcript, segmentation, kept, wish.remarks)
    return store.add(debrief, interview_id=wish.add_to, join=wish.join)


def hear_again(recording_id: int, path: Path, steps: Steps, store: Store, interview: Interview) -> None:
    """A recording's words and notes made anew; what the user corrected stays."""
    transcript = steps.hear(Decoding(open_media(path)), interview)
    if not transcript.words:
        raise NoSpeechError(f"{path}: no speech")
    store.replace_transcript(recording_id, doubted(transcript, path), steps.label(transcript))


def heard(
    decoding: Decoding,
    engine: Engine,
    options: Options,
    progress: Callable[[float], None],
    before: HeardBefore | None = None,
) -> Transcript:
    """A file's words, with what was wrong with the file among the warnings.

    What was heard ``before`` in the same way is taken over, stretch by stretch.
    """
    known: KnownWords = {}
    if before and heard_alike(before, engine, options):
        known, options = before.pieces, replace(options, language=before.language or options.language)
    transcript = transcribe(decoding, engine, options, progress, known)
    return replace(transcript, warnings=(*decoding.warnings, *transcript.warnings))


def heard_alike(before: HeardBefore, engine: Engine, options: Options) -> bool:
    """Whether words that were heard before are those that would be heard now."""
    told = (before.engine, before.model, before.given_language, before.vocabulary)
    return told == (engine.name, engine.model, options.language, options.vocabulary)
