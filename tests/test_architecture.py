"""The directions of imports that DESIGN.md draws, read from the source."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "dictate"
STEPS = ("capture", "transcribe", "segment", "store", "review")
SHARED = {"dictate", "dictate.records", "dictate.errors", "dictate.paths", "dictate.settings", "dictate.weights"}
HEAVY = ("torch", "spacy", "thinc", "faster_whisper", "ctranslate2", "whisper", "onnxruntime", "av", "sounddevice")


def imports(module: Path) -> set[str]:
    """The dictate modules that a file imports anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] == "dictate"}


def part(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


@pytest.mark.parametrize("step", STEPS)
def test_a_step_imports_no_other_step(step: str) -> None:
    allowed = {step, "store"} if step == "review" else {step}
    for module in (PACKAGE / step).rglob("*.py"):
        foreign = {part(name) for name in imports(module)} & {*STEPS, "pipeline", "cli", "doctor"} - allowed
        assert not foreign, f"{module.relative_to(PACKAGE)} imports {foreign}"


@pytest.mark.parametrize("shared", ["records.py", "errors.py", "paths.py", "settings.py"])
def test_what_is_shared_imports_no_step(shared: str) -> None:
    assert not {part(name) for name in imports(PACKAGE / shared)} & {*STEPS, "pipeline", "cli"}


def test_the_pipeline_does_not_know_the_command_line() -> None:
    for module in (PACKAGE / "pipeline").rglob("*.py"):
        assert "cli" not in {part(name) for name in imports(module)}


def test_only_the_command_line_prints() -> None:
    for module in PACKAGE.rglob("*.py"):
        if "cli" in module.relative_to(PACKAGE).parts:
            continue
        calls = [
            n.func.id
            for n in ast.walk(ast.parse(module.read_text()))
            if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
        ]
        assert "print" not in calls, module


@pytest.mark.parametrize("arguments", [["--help"], ["list"], ["import", "--help"], ["models", "list"], ["show", "1"]])
def test_reading_commands_start_without_anything_heavy(arguments: list[str]) -> None:
    script = (
        "import sys\n"
        "from dictate.cli import main\n"
        f"main({arguments!r})\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"
