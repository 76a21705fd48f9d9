"""Files straight from a publisher's server, going on by byte where an earlier attempt stopped."""

from __future__ import annotations

import socket
import urllib.error
import urllib.request
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urlsplit

from dictate import __version__
from dictate.weights.folder import size_of

CHUNK = 1 << 20  # bytes
CONNECT_S = 2.0  # for one address of a host
REACH_S = 5.0  # for a host with all its addresses, its name looked up
STALL_S = 15.0  # without one byte
ATTEMPTS = 3  # at one file, each going on where the last was cut

Advance = Callable[[int], None]  # is told the bytes that are there by now


class SourceError(Exception):
    """One source cannot give one file; the next is tried, and only when none is left is the user told."""


class Downloader:
    """Downloads of one run; a host that cannot be reached is asked once."""

    def __init__(self) -> None:
        self._unreachable: dict[str, str] = {}

    def fetch(self, url: str, part: Path, size: int, advance: Advance) -> None:
        """Bring ``part`` to ``size`` bytes; what a cut connection brought stays for the next attempt."""
        self._require_host(url)
        for _ in range(ATTEMPTS):
            if size_of(part) >= size:
                return
            self._go_on(url, part, size, advance)
        if size_of(part) < size:
            raise SourceError(f"connection lost at {size_of(part)} of {size} bytes")

    def _require_host(self, url: str) -> None:
        host = urlsplit(url).netloc
        if host not in self._unreachable:
            self._unreachable[host] = why_unreachable(url)
        if reason := self._unreachable[host]:
            raise SourceError(reason)

    def _go_on(self, url: str, part: Path, size: int, advance: Advance) -> None:
        start = size_of(part)
        with self._open(url, start) as response:
            if response.status != 206:
                start = 0
            _check_extent(response, start, size)
            with part.open("ab" if start else "wb") as stream:
                while start < size and (chunk := _read(response, min(CHUNK, size - start))):
                    stream.write(chunk)
                    start += len(chunk)
                    advance(start)

    def _open(self, url: str, start: int) -> HTTPResponse:
        headers = {"User-Agent": f"dictate/{__version__}"} | ({"Range": f"bytes={start}-"} if start else {})
        try:
            response: HTTPResponse = urllib.request.urlopen(
                urllib.request.Request(url, headers=headers), timeout=STALL_S
            )
        except urllib.error.HTTPError as error:
            error.close()
            raise SourceError(f"HTTP {error.code} {error.reason}") from error
        except (OSError, HTTPException) as error:
            self._unreachable[urlsplit(url).netloc] = reason = _reason(error)
            raise SourceError(reason) from error
        return response


def _check_extent(response: HTTPResponse, start: int, size: int) -> None:
    """Refuse before the first byte what cannot become the file."""
    if start and not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
        raise SourceError("it answered with another part of the file than was asked for")
    if response.length is not None and start + response.length != size:
        raise SourceError(f"its file has {start + response.length} bytes instead of {size}")


def _read(response: HTTPResponse, size: int) -> bytes:
    """The next bytes; none where the connection broke."""
    try:
        return response.read(size)
    except (OSError, HTTPException):
        return b""


def why_unreachable(url: str) -> str:
    """The reason why no connection to a URL's host comes about within ``REACH_S``, or nothing if one does.

    Asked in a thread, since neither looking up a name nor trying its addresses in turn can be bounded otherwise.
    """
    host, port, way = _first_hop(url)
    outcome: SimpleQueue[str] = SimpleQueue()

    def connect() -> None:
        try:
            socket.create_connection((host, port), timeout=CONNECT_S).close()
            outcome.put("")
        except OSError as error:
            outcome.put(_reason(error) + way)

    Thread(target=connect, daemon=True).start()
    try:
        return outcome.get(timeout=REACH_S)
    except Empty:
        return f"no answer within {REACH_S:.0f} s{way}"


def _first_hop(url: str) -> tuple[str, int, str]:
    """Host and port a request for a URL goes to first: its own, or the proxy's that the user has set."""
    parts = urlsplit(url)
    proxy = urllib.request.getproxies().get(parts.scheme)
    if not proxy or urllib.request.proxy_bypass(parts.netloc):
        return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80), ""
    hop = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    return hop.hostname or "", hop.port or 80, f" by way of the proxy {hop.hostname}"


def _reason(error: Exception) -> str:
    """In a few words why a host was not reached."""
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, socket.gaierror):
        return "its name cannot be resolved"
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    return (getattr(cause, "strerror", None) or str(cause) or type(cause).__name__).lower()
