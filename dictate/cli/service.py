"""Files that let the system keep ``dictate import --watch`` running: a systemd user unit, a launchd agent."""

from __future__ import annotations

import plistlib
import sys
from collections.abc import Sequence
from pathlib import Path

LABEL = "dictate.import"
KINDS = ("systemd", "launchd")

_UNIT = """\
# Save as ~/.config/systemd/user/{label}.service, then: systemctl --user enable --now {label}
[Unit]
Description=Dictate: voice memos to notes

[Service]
ExecStart={command}
Restart=on-failure
RestartSec=30
Nice=10

[Install]
WantedBy=default.target
"""


def default_kind() -> str:
    return "launchd" if sys.platform == "darwin" else "systemd"


def service(kind: str, arguments: Sequence[str]) -> str:
    """The file's text; ``arguments`` are what comes after ``dictate``."""
    command = [sys.executable, "-m", "dictate", *arguments]
    if kind == "systemd":
        return _UNIT.format(label=LABEL, command=" ".join(map(_quoted, command)))
    log = str(Path("~/Library/Logs/dictate.log").expanduser())
    agent = {
        "Label": LABEL,
        "ProgramArguments": command,
        "RunAtLoad": True,
        "KeepAlive": {"SuccessfulExit": False},
        "ProcessType": "Background",
        "StandardOutPath": log,
        "StandardErrorPath": log,
    }
    text = plistlib.dumps(agent).decode()
    first, _, rest = text.partition("\n")
    place = f"~/Library/LaunchAgents/{LABEL}.plist"
    return f"{first}\n<!-- Save as {place}, then: launchctl load {place} -->\n{rest}"


def _quoted(argument: str) -> str:
    """An argument as systemd reads it (systemd.service(5), "Command lines")."""
    plain = argument.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    plain = plain.replace("%", "%%").replace("$", "$$")
    return f'"{plain}"' if any(letter in plain for letter in " \t'\"\\;") or not plain else plain
