"""What every command says in the end, on a terminal: that something waits to be finished."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from dictate import paths
from dictate.cli.app import App
from dictate.cli.console import clock, say

SILENT = ("record", "recover", "completion")


def remind(app: App, arguments: Sequence[str]) -> None:
    """Say in one line that there are recordings without notes; never with --json or --help, or to a program."""
    if app.json or app.command in (None, *SILENT) or not sys.stderr.isatty() or {"--help", "-h"} & set(arguments):
        return
    folder = paths.recordings_dir(app.db)
    if not os.path.isdir(folder):  # noqa: PTH112  # False too where it may not be looked at
        return
    from dictate.capture.unfinished import unfinished

    places = unfinished(folder)
    if len(places) == 1:
        place = places[0]
        length = f" of {clock(length_s)}" if (length_s := place.duration_s()) else ""
        say(f"dictate: a recording{length} ({place.journal.stem}) is not notes yet: dictate recover")
    elif places:
        say(f"dictate: {len(places)} recordings are not notes yet: dictate recover")
