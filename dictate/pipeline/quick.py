"""Memos whose words the phone itself has written down: stored at once, nothing is heard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing

from dictate.capture.phone_text import phone_text
from dictate.errors import DictateError, InputError, MediaError
from dictate.pipeline import results
from dictate.pipeline.reader import Reader
from dictate.pipeline.recording import Label, Wish, import_text, keep
from dictate.pipeline.results import Report, Result
from dictate.pipeline.sources import Source
from dictate.pipeline.survey import Found, survey
from dictate.store import Added, Known, Store

NONE = "holds no transcript of the phone's; import it without --quick"


def import_quick(
    sources: Sequence[Source],
    label: Label,
    store: Store,
    wish: Callable[[Source], Wish],
    ended: Callable[[Result], None],
) -> Report:
    """Notes from the transcripts in the files; memos without one are passed over."""
    report = Report()

    def settle(result: Result) -> None:
        report.results.append(result)
        ended(result)

    def one(found: Found) -> Added | None:
        transcript = phone_text(found.source.path, found.looked.media.duration_s)
        if transcript is None:
            return None
        return keep(found.looked.recording, transcript, label(transcript), store, wish(found.source))

    with closing(Reader()) as reader:
        seen = survey(sources, store, reader, settle, lambda _: False)
    fault = ""
    for source, act in [
        *((text, lambda text=text: import_text(text, label, store, wish(text))) for text in seen.texts),
        *((found.source, lambda found=found: one(found)) for found in seen.memos),
        *((found.source, lambda found=found: store.find_recording(found.sha256)) for found in seen.repeated),
    ]:
        result, fault = _done(source, act, fault)
        settle(result)
    results.settle(report, store)
    return report


def _done(source: Source, act: Callable[[], Added | Known | None], fault: str) -> tuple[Result, str]:
    """What became of a file, and what would befall all others too."""
    if fault:
        return Result(source.path, "failed", f"not tried, since {fault}", settled=False), fault
    try:
        added = act()
    except (MediaError, InputError) as error:
        return results.failed(source.path, error), ""
    except DictateError as error:
        return Result(source.path, "failed", str(error), settled=False), str(error)
    if added is None:
        return Result(source.path, "skipped", NONE), ""
    if isinstance(added, Known) or not added.new:
        return results.known(source.path, added), ""
    return Result(source.path, "imported", added=added), ""
