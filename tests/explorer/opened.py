"""A page in the browser that is watched: its errors, and whom it asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, expect

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
_BUSY = "main [data-loading], main [aria-busy=true]"
_INSIDE = ("data", "blob", "about")


@dataclass(slots=True)
class Opened:
    """A page, the server that it stands before, and what was noticed."""

    page: Page
    url: str
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a state of the explorer and wait until it has asked all that it wants to know."""
        self.page.goto(f"{self.url}/explore/{path.lstrip('/')}")
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the page has what it asked for."""
        self.page.wait_for_selector("main h1")
        self.page.wait_for_load_state("networkidle")
        # not `wait_for_function`: one that is polled is stopped by the policy of the page
        expect(self.page.locator(_BUSY)).to_have_count(0, timeout=30_000)

    def expect_errors(self) -> None:
        """What comes next is meant to fail; the browser logs refusals as errors."""
        self.errors = []


@contextmanager
def open_page(browser: Browser, url: str, *, size: dict[str, int] = DESK, dark: bool = False) -> Iterator[Opened]:
    """A page that fails when it ends with errors, or has asked any other host."""
    context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", locale="zh-CN", accept_downloads=True)  # type: ignore[arg-type]
    page = context.new_page()
    opened = Opened(page, url)
    page.on("console", lambda message: opened.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: opened.errors.append(str(error)))
    page.on("request", lambda request: None if _is_ours(request.url, url) else opened.foreign.append(request.url))
    try:
        yield opened
        assert not opened.foreign, f"asked of others: {opened.foreign}"
        assert not opened.errors, opened.errors
    finally:
        context.close()


def _is_ours(address: str, url: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in _INSIDE or parts.netloc == urlsplit(url).netloc
