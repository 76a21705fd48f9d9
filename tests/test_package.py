"""The wheel: all that `pip install .` gives, and nothing that it must not carry."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--quiet", "--wheel-dir", folder]
    subprocess.run([sys.executable, "-m", "pip", "wheel", ROOT, *options], check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_it_holds_the_code_the_manifest_and_what_is_trained(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    modules = {str(path.relative_to(ROOT)) for path in (ROOT / "dictate").rglob("*.py")}
    trained = [p for name in ("questions", "segmenter") for p in (ROOT / "models" / name / "trained").rglob("*")]
    files = {f"dictate/shipped/{p.relative_to(ROOT / 'models')}" for p in trained if p.is_file()}
    others = {name for name in names if ".dist-info/" not in name}
    assert others == modules | files | {"dictate/shipped/manifest.toml"}


def test_it_works_away_from_the_checkout(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    script = (
        "import dictate, runpy, sys\n"
        f"assert dictate.__file__.startswith({str(tmp_path)!r}), dictate.__file__\n"
        "sys.argv = ['dictate', 'segment', '-']\n"
        "runpy.run_module('dictate', run_name='__main__')\n"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    told = "They asked me why I left. I said the commute was too long."
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=env, input=told, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("question 1")
