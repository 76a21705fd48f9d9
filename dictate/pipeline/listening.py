"""Live text: one thread that reads what was spoken from the disk, so that capture never waits for it.

It commits what is whole first, fills the checklist then, and guesses at what is being spoken only with the time that is
left: on a machine that is too slow it falls behind, says so, and catches up.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from queue import SimpleQueue

from dictate.capture.following import Follower
from dictate.capture.timeline import clock
from dictate.capture.unfinished import Place
from dictate.pipeline.checklist import Checklist, checklist
from dictate.pipeline.guide import Asks, Hints
from dictate.pipeline.recording import Label, Steps
from dictate.records import Segmentation, Transcript, Word
from dictate.transcribe.activity import FRAME_S
from dictate.transcribe.engine import Engine
from dictate.transcribe.live import LiveScribe
from dictate.transcribe.pieces import Key
from dictate.transcribe.recording import Options

READ_S = 10.0  # at once
POLL_S = 0.1
GUESS_EVERY_S = 1.0
BEHIND_S, CAUGHT_UP_S = 6.0, 3.0  # of speech that waits to be turned into text
IN_PAUSE_S = 1.0  # without a voice, after which a guess counts as told
KNOWN_LANGUAGES = (None, "en")  # to the segmenter


@dataclass(frozen=True, slots=True)
class View:
    """What there is to show."""

    committed: str = ""  # grows at its end, and never changes otherwise
    guessed: str = ""  # of what follows
    until_s: float = 0.0  # how much of the recording the text covers
    checklist: Checklist | None = None
    hint: str = ""  # a question for the speaker


class Listening:
    """Live text of one recording; ``load`` gives the engine and may take its time, ``label`` the segmenter."""

    def __init__(
        self, place: Place, load: Callable[[], tuple[Engine, Options]], label: Label, asks: Asks | None = None
    ) -> None:
        self._asks = asks or Hints()
        self.view = View(hint=self._asks(0.0, 0, None))
        self.told: SimpleQueue[str] = SimpleQueue()
        self._place, self._load, self._label = place, load, label
        self._scribe: LiveScribe | None = None
        self._transcript: Transcript | None = None
        self._found: Segmentation | None = None
        self._is_behind = False
        self._guess_at = 0.0  # by the monotonic clock
        self._ending, self._whole, self._unwanted = threading.Event(), threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Begin nothing that can wait: the recording is about to end."""
        self._ending.set()

    def finish(self) -> None:
        """Go on to the end of a file that is whole now; ``transcript`` waits for that."""
        self._ending.set()
        self._whole.set()

    def stop(self) -> None:
        """Nobody wants the text."""
        self._unwanted.set()
        self.finish()

    def transcript(self) -> Transcript | None:
        """The whole recording's words once it is finished; None where listening failed."""
        self._thread.join()
        return self._transcript

    def steps(self, otherwise: Steps) -> Steps:
        """Steps that give what was heard and found here; where that failed, others."""

        def label(transcript: Transcript) -> Segmentation:
            found = self._found
            return found if found and found.text == transcript.text else otherwise.label(transcript)

        heard = self.transcript()
        return otherwise if heard is None else Steps(lambda *_: heard, label)

    def _run(self) -> None:
        try:
            engine, options = self._load()
            with contextlib.closing(Follower(self._place.raw)) as follower:
                self._listen(engine, options, follower)
        except Exception as error:  # whatever fails here, the recording goes on, and its notes are made afterwards
            self._transcript = None
            self.told.put(f"no live text ({error}); the notes are made in the end")

    def _listen(self, engine: Engine, options: Options, follower: Follower) -> None:
        self._scribe = scribe = LiveScribe(engine, options)
        self._note(hearing=[engine.name, engine.model, options.language, options.vocabulary])
        while not self._unwanted.is_set():
            is_whole = self._whole.is_set()  # asked before reading: then what is read is all
            waits_s = follower.behind_s + scribe.waiting_s
            scribe.push(follower.read(READ_S))
            if told := scribe.commit():
                self._commit(told)
            elif is_whole and follower.behind_s <= 0:
                break
            elif not self._ending.is_set():
                self._use_time(scribe, follower)
            elif not is_whole:
                self._whole.wait(POLL_S)
            self._tell_behind(waits_s)
        scribe.push(follower.finish())
        scribe.flush()
        while not self._unwanted.is_set() and (told := scribe.commit()):
            self._commit(told)
        transcript = scribe.transcript(follower.read_s)
        if transcript.words and transcript.language in KNOWN_LANGUAGES:
            self._found = self._label(transcript)
        self._transcript = transcript

    def _use_time(self, scribe: LiveScribe, follower: Follower) -> None:
        """Nothing has to be done: fill the checklist, guess, or wait."""
        if self._fill(scribe):
            return
        if (began := time.monotonic()) < self._guess_at:
            self._show(scribe)
            self._whole.wait(POLL_S)
            return
        has_guessed = scribe.guess()
        self._show(scribe, until_s=follower.read_s)
        ended = time.monotonic()
        rest_s = max(GUESS_EVERY_S - (ended - began), (ended - began) / 2)  # a third of the time, no work
        self._guess_at = ended + (rest_s if has_guessed else POLL_S)

    def _commit(self, told: Mapping[Key, Sequence[Word]]) -> None:
        assert self._scribe
        pieces = [[key, [[w.text, w.start_s, w.end_s, w.confidence] for w in words]] for key, words in told.items()]
        self._note(pieces=pieces, language=self._scribe.language)
        self._show(self._scribe, until_s=max((last + 1) * FRAME_S for _, last, *_ in told))

    def _fill(self, scribe: LiveScribe) -> bool:
        """Bring the checklist up to date; False where it is."""
        in_pause = scribe.quiet_s >= IN_PAUSE_S
        transcript = scribe.transcript(guessed=in_pause)
        if transcript.language not in KNOWN_LANGUAGES or (self._found and self._found.text == transcript.text):
            return False
        self._found = self._label(transcript)
        self._show(scribe)
        return True

    def _show(self, scribe: LiveScribe, until_s: float = 0.0) -> None:
        committed, guessed = (" ".join(word.text for word in words) for words in (scribe.words, scribe.guessed))
        found = checklist(self._found) if self._found else None
        hint = self._asks(scribe.quiet_s, len(scribe.words) + len(scribe.guessed), found)
        self.view = View(committed, guessed, max(until_s, self.view.until_s), found, hint)

    def _tell_behind(self, waits_s: float) -> None:
        if self._ending.is_set():
            return
        if not self._is_behind and waits_s > BEHIND_S:
            self._is_behind = True
            self.told.put(f"the text is {clock(waits_s)} behind and will catch up; the recording is whole")
        elif self._is_behind and waits_s < CAUGHT_UP_S:
            self._is_behind = False
            self.told.put("the text has caught up")

    def _note(self, **told: object) -> None:
        """Into the journal, where ``recover`` finds it; on a full disk it has to be heard again."""
        with contextlib.suppress(OSError):
            self._place.add(**told)
