"""A real browser, without a window: Debian's chromium, driven by playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, sync_playwright


@dataclass(slots=True)
class Seen:
    """A page, with what it said and what it asked for beyond itself."""

    page: Page
    said: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)


@contextmanager
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "make test installs chromium"
    sandbox = [] if os.geteuid() else ["--no-sandbox"]  # chromium has none for root
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=[*sandbox, "--disable-dev-shm-usage"])
        try:
            yield Browser(opened)
        finally:
            opened.close()


class Browser:
    def __init__(self, driver: object) -> None:
        self._driver = driver

    def show(self, file: Path, *, width: int, dark: bool = False) -> Seen:
        """A file in a new window of that width."""
        scheme = "dark" if dark else "light"
        context = self._driver.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)  # type: ignore[attr-defined]
        seen = Seen(context.new_page())
        seen.page.set_default_timeout(60_000)
        seen.page.on("console", lambda message: seen.said.append(message.text))
        seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
        seen.page.on("request", lambda request: seen.fetched.append(request.url))
        seen.page.goto(file.as_uri())
        seen.fetched.remove(file.as_uri())
        return seen
