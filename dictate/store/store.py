"""The store: every read and write of the notes, each in one transaction, errors in one line for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType

from sqlite_utils import Database

from dictate.records import Debrief, Interview, Kind, Lesson, Outcome, Segmentation, Transcript, Upcoming
from dictate.store import (
    asked,
    backup,
    connection,
    corrections,
    decisions,
    families,
    practice,
    querying,
    reads,
    replacing,
    rows,
    searching,
    upcoming,
    writes,
)
from dictate.store.asked import Counts
from dictate.store.decisions import Decision
from dictate.store.families import Loose, Member
from dictate.store.practice import Held, Practice, Preparation, Revision
from dictate.store.reads import Filter
from dictate.store.shapes import (
    Added,
    BackedUp,
    Deleted,
    InterviewFacts,
    InterviewListed,
    InterviewShown,
    InterviewState,
    Known,
    LetterKept,
    NoteDecided,
    NoteFound,
    NoteInContext,
    NoteShown,
    QuestionAsked,
    RecordingShown,
    Table,
    UpcomingShown,
)
from dictate.store.verify import verify


class Store:
    """An open database of notes; use it in ``with``, in the thread that opened it."""

    def __init__(self, db: Database, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._db = db
        self._folder = path.parent.absolute()

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        create: bool = True,
        read_only: bool = False,
        busy_timeout_s: float = connection.BUSY_TIMEOUT_S,
    ) -> Store:
        """Open a database, made where there is none and ``create`` allows, brought up to the newest schema."""
        db = connection.connect(path, create=create, read_only=read_only, busy_timeout_s=busy_timeout_s)
        return cls(db, path, read_only=read_only)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    def add(self, debrief: Debrief, *, interview_id: int | None = None, join: bool = False) -> Added:
        """Write one import; a recording that is there already is told by ``new`` and nothing is written.

        With ``join`` a part of a debrief whose other parts are there comes to their interview.
        """
        with connection.writing(self._db, self.path) as db:
            return writes.add(db, debrief, self._folder, interview_id=interview_id, join=join)

    def tell(self, interview_id: int, facts: Interview, *, anew: bool = False) -> InterviewFacts:
        """Set what is not known of an interview yet; with ``anew`` set all of it, the unknown too."""
        with connection.writing(self._db, self.path) as db:
            return writes.tell(db, interview_id, facts, anew=anew)

    def assign(self, recording_id: int, interview_id: int | None = None) -> int:
        """Move a recording to an interview (None: a new one); returns the interview's id."""
        with connection.writing(self._db, self.path) as db:
            return writes.assign(db, recording_id, interview_id)

    def merge(self, into: int, source: int) -> InterviewShown:
        """Make one interview of two."""
        with connection.writing(self._db, self.path) as db:
            writes.merge(db, into, source)
            return reads.show(db, self._folder, into)

    def delete(self, interview_id: int) -> Deleted:
        """Take an interview away; its kept copies are the caller's to remove."""
        with connection.writing(self._db, self.path) as db:
            return writes.delete(db, interview_id, self._folder)

    def set_outcome(self, interview_id: int, outcome: Outcome | None) -> InterviewFacts:
        """Say what became of an interview; None takes that back."""
        with connection.writing(self._db, self.path) as db:
            return writes.set_outcome(db, interview_id, outcome)

    def edit(self, note_id: int, text: str) -> NoteShown:
        """Give a note other words."""
        with connection.writing(self._db, self.path) as db:
            corrections.edit(db, note_id, text)
            return reads.note(db, note_id)

    def relabel(
        self, note_id: int, kind: Kind, *, number: int | None = None, difficult: bool | None = None
    ) -> NoteShown:
        """Give a note another kind, number or difficulty."""
        with connection.writing(self._db, self.path) as db:
            corrections.relabel(db, note_id, kind, number, difficult)
            return reads.note(db, note_id)

    def undo(self, note_id: int) -> NoteShown:
        """Take back the last correction of a note."""
        with connection.writing(self._db, self.path) as db:
            corrections.undo(db, note_id)
            return reads.note(db, note_id)

    def replace_segmentation(self, recording_id: int, segmentation: Segmentation) -> int:
        """Segment a recording anew around what the user corrected; returns its number of notes."""
        with connection.writing(self._db, self.path) as db:
            return replacing.replace_segmentation(db, recording_id, segmentation)

    def replace_transcript(
        self, recording_id: int, transcript: Transcript, segmentation: Segmentation, facts: Interview | None = None
    ) -> int:
        """Give a recording a better transcript, corrections kept; returns its number of notes.

        With ``facts`` what was not known of its interview is set too.
        """
        with connection.writing(self._db, self.path) as db:
            notes = replacing.replace_transcript(db, recording_id, transcript, segmentation)
            if facts:
                interview_id = reads.recording_row(db, recording_id)["interview_id"]
                writes.tell(db, interview_id, facts, anew=False)
            return notes

    def keep_silence(self, sha256: str, manner: str) -> None:
        """Remember that nobody speaks in a memo, heard in that manner; the last one counts."""
        with connection.writing(self._db, self.path) as db:
            db.table("silences").upsert({"sha256": sha256, "manner": manner, "heard_at": rows.now()}, pk="sha256")

    def decide(self, decided: Mapping[int, Decision]) -> Sequence[NoteDecided]:
        """Keep what the user decides about plans, concerns and followups, by their notes' ids: all of it or nothing."""
        with connection.writing(self._db, self.path) as db:
            return [decisions.decide(db, note_id, decision) for note_id, decision in decided.items()]

    def reword_letter(self, interview_id: int, recipient: str, text: str | None) -> None:
        """Keep the user's wording of a letter; None gives it up."""
        with connection.writing(self._db, self.path) as db:
            decisions.reword_letter(db, interview_id, recipient, text)

    def mark_sent(self, interview_id: int, recipients: Sequence[str]) -> None:
        """Keep that letters were sent; the first time counts."""
        with connection.writing(self._db, self.path) as db:
            decisions.mark_sent(db, interview_id, recipients)

    def keep_families(self, encoder: str, placed: Sequence[Member], central: Mapping[int, int]) -> None:
        """Keep which family each question belongs to, and each family's most central note."""
        with connection.writing(self._db, self.path) as db:
            families.keep(db, encoder, placed, central)

    def merge_families(self, into: int, other: int) -> None:
        """The user says that two families are one question."""
        with connection.writing(self._db, self.path) as db:
            families.merge(db, into, other)

    def split_family(self, note_id: int) -> tuple[int, int]:
        """The user says that a question is not its family's; returns the family that it left and its own, new one."""
        with connection.writing(self._db, self.path) as db:
            return families.split(db, note_id)

    def set_central(self, central: Mapping[int, int]) -> None:
        """Keep each family's most central note."""
        with connection.writing(self._db, self.path) as db:
            families.set_central(db, central)

    def revise(self, note_id: int, text: str, *, spoken: bool = False) -> Revision:
        """Keep a better answer to a question as its newest version."""
        with connection.writing(self._db, self.path) as db:
            return practice.revise(db, note_id, text, spoken=spoken)

    def practised(
        self, note_id: int, text: str, *, audio: str | None = None, rating: int, card: str, due: str
    ) -> Practice:
        """Keep that an answer was practised, with the scheduler's card and the moment at which it is due again."""
        with connection.writing(self._db, self.path) as db:
            return practice.practised(db, note_id, text, audio=audio, rating=rating, card=card, due=due)

    def prepare(self, company: str | None, role: str | None, note_ids: Sequence[int]) -> None:
        """Remember which questions a preparation expects."""
        with connection.writing(self._db, self.path) as db:
            practice.prepare(db, company, role, note_ids)

    def expect(self, entries: Sequence[Upcoming]) -> Sequence[UpcomingShown]:
        """Keep interviews that are to come; those that are known by their calendar's key get its new times."""
        with connection.writing(self._db, self.path) as db:
            return upcoming.expect(db, entries)

    def forget(self, uids: Sequence[str]) -> int:
        """Take out those that the calendar has cancelled; returns how many there were."""
        with connection.writing(self._db, self.path) as db:
            return upcoming.forget(db, uids)

    def dismiss(self, ids: Sequence[int]) -> Sequence[UpcomingShown]:
        """The user will not tell of these."""
        with connection.writing(self._db, self.path) as db:
            return upcoming.dismiss(db, ids)

    # Reading

    def upcoming(self, *, states: Sequence[str] = ("waiting", "coming")) -> Sequence[UpcomingShown]:
        """Interviews in the calendar that are in one of these states now, the earliest first."""
        with connection.reading(self._db, self.path) as db:
            return upcoming.shown(db, states)

    def show(self, interview_id: int) -> InterviewShown:
        """An interview with its recordings and notes, in the order in which they were spoken."""
        with connection.reading(self._db, self.path) as db:
            return reads.show(db, self._folder, interview_id)

    def show_all(self, interview_ids: Sequence[int] = ()) -> Sequence[InterviewShown]:
        """Those interviews, or all, the oldest first."""
        with connection.reading(self._db, self.path) as db:
            return reads.show_all(db, self._folder, interview_ids)

    def list(
        self,
        *,
        company: str | None = None,
        role: str | None = None,
        since: datetime | None = None,
        limit: int | None = None,
    ) -> list[InterviewListed]:
        """Interviews with their counts, the newest first."""
        with connection.reading(self._db, self.path) as db:
            return reads.list_interviews(db, Filter(company, role, since), limit)

    def search(
        self,
        query: str,
        *,
        kind: Kind | Sequence[Kind] = (),
        company: str | None = None,
        role: str | None = None,
        since: datetime | None = None,
        difficult: bool | None = None,
        limit: int | None = None,
    ) -> Sequence[NoteFound]:
        """Notes that match words, "phrases" and prefixes*, the best first."""
        kinds: Sequence[Kind] = (kind,) if isinstance(kind, str) else kind
        which = searching.Search(Filter(company, role, since), kinds, difficult)
        with connection.reading(self._db, self.path) as db:
            return searching.search(db, query, which, limit)

    def questions(
        self,
        *,
        company: str | None = None,
        role: str | None = None,
        since: datetime | None = None,
        difficult: bool | None = None,
        limit: int | None = None,
    ) -> Sequence[QuestionAsked]:
        """Questions with their answers, those of the newest interviews first."""
        with connection.reading(self._db, self.path) as db:
            return reads.questions(db, Filter(company, role, since), difficult=difficult, limit=limit)

    def loose_questions(self, encoder: str) -> Sequence[Loose]:
        """Questions that this encoder has not read as they now are."""
        with connection.reading(self._db, self.path) as db:
            return families.loose(db, encoder)

    def family_members(self, encoder: str, family_id: int | None = None) -> Sequence[Member]:
        """Questions that this encoder has read, with their families."""
        with connection.reading(self._db, self.path) as db:
            return families.members(db, encoder, family_id)

    def next_family(self) -> int:
        """The first id that no family has had."""
        with connection.reading(self._db, self.path) as db:
            return families.next_id(db)

    def shown_families(self) -> tuple[Mapping[int, int], Mapping[int, int | None]]:
        """Of each question's note the family that it is shown in, and of each family its most central note."""
        with connection.reading(self._db, self.path) as db:
            return families.shown(db)

    @contextmanager
    def counts(
        self,
        *,
        company: str | None = None,
        role: str | None = None,
        since: datetime | None = None,
        overlay: Mapping[int, int] | None = None,
    ) -> Iterator[Counts]:
        """Counts over those interviews, one unchanging view while in ``with``; see ``asked.counting``."""
        with (
            connection.reading(self._db, self.path) as db,
            asked.counting(db, Filter(company, role, since), overlay or {}) as counts,
        ):
            yield counts

    def revisions(self) -> Sequence[Revision]:
        """Better answers, the oldest version first."""
        with connection.reading(self._db, self.path) as db:
            return practice.revisions(db)

    def practices(self) -> Sequence[Practice]:
        """What was practised, the oldest first."""
        with connection.reading(self._db, self.path) as db:
            return practice.practices(db)

    def preparations(self) -> Sequence[Preparation]:
        """What was prepared, the oldest first."""
        with connection.reading(self._db, self.path) as db:
            return practice.preparations(db)

    def told_since(self, last_interview: int) -> Sequence[Held]:
        """Interviews that were told after that one, in the order in which they were held."""
        with connection.reading(self._db, self.path) as db:
            return practice.told_since(db, last_interview)

    def doubtful(
        self, interview_id: int | None = None, *, below: float = 1.0, limit: int | None = None
    ) -> Sequence[NoteInContext]:
        """Notes labelled with less confidence than that, the most doubtful first."""
        with connection.reading(self._db, self.path) as db:
            return reads.doubtful(db, interview_id, below, limit)

    def decided(
        self,
        kinds: Sequence[Kind],
        *,
        company: str | None = None,
        interview_id: int | None = None,
        newest: int | None = None,
    ) -> Sequence[NoteDecided]:
        """Notes of these kinds with what the user decided about them, those of the newest interviews first.

        With ``newest`` only those of so many interviews, and those that something is decided about.
        """
        with connection.reading(self._db, self.path) as db:
            return decisions.decided(db, kinds, Filter(company, interview_id=interview_id), newest)

    def letters(self, interview_id: int) -> Sequence[LetterKept]:
        """What the user did with an interview's letters."""
        with connection.reading(self._db, self.path) as db:
            return decisions.letters(db, interview_id)

    def interview_states(self) -> Sequence[InterviewState]:
        """How far each interview has come, the newest first."""
        with connection.reading(self._db, self.path) as db:
            return decisions.interview_states(db)

    def lessons(self) -> Sequence[Lesson]:
        """What a person labelled: notes that were relabelled or confirmed, in their transcripts."""
        with connection.reading(self._db, self.path) as db:
            return reads.lessons(db)

    def find_recording(self, sha256: str) -> Known | None:
        """The recording with this hash of its audio packets, if it is there."""
        with connection.reading(self._db, self.path) as db:
            return reads.find_recording(db, self._folder, sha256)

    def silence(self, sha256: str) -> str | None:
        """The manner in which a memo was last heard, where nobody spoke in it."""
        with connection.reading(self._db, self.path) as db:
            return next((row["manner"] for row in db.table("silences").rows_where("sha256 = ?", [sha256])), None)

    def interview_of(self, recording_id: int) -> int:
        """The id of the interview that a recording belongs to."""
        with connection.reading(self._db, self.path) as db:
            return reads.recording_row(db, recording_id)["interview_id"]  # type: ignore[no-any-return]

    def recording(self, recording_id: int) -> RecordingShown:
        """One recording: where its audio lies, and its current transcript."""
        with connection.reading(self._db, self.path) as db:
            return reads.recording(db, self._folder, recording_id)

    def transcript(self, recording_id: int) -> Transcript:
        """A recording's current transcript with its words."""
        with connection.reading(self._db, self.path) as db:
            return reads.transcript(db, recording_id)

    def note(self, note_id: int) -> NoteShown:
        with connection.reading(self._db, self.path) as db:
            return reads.note(db, note_id)

    def verify(self) -> Sequence[str]:
        """What is wrong with the database, one line each; empty where all is well."""
        with connection.reading(self._db, self.path) as db:
            return list(verify(db, self._folder))

    def query(self, sql: str, *, limit: int | None = None) -> Table:
        """What a user's own SQL gives: one statement that reads."""
        with connection.told(self.path):
            return querying.query(self._db, sql, limit)

    def back_up(self, target: Path | None = None, *, overwrite: bool = False, with_audio: bool = False) -> BackedUp:
        """Copy the whole database to one file (else by today's name beside it), with the kept recordings if asked."""
        target = target or backup.default_name(self.path)
        return backup.back_up(self._db, self.path, target, overwrite=overwrite, with_audio=with_audio)
