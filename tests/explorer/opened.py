"""A page in the browser that is watched: its errors, and whom it asks."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
_BUSY = "main [data-loading], main [aria-busy=true], [data-waiting]"
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

    def asked(self, path: str, **parameters: object) -> dict[str, Any]:
        """What the server says without the explorer."""
        given = {name: str(value) for name, value in parameters.items()} or None  # none at all keeps those of the path
        told: dict[str, Any] = httpx.get(f"{self.url}{path}", params=given, timeout=60).json()
        return told

    def taken(self, form: str, folder: Path) -> Path:
        """The file that the menu of exports gives in this form, the first of them."""
        self.page.get_by_role("button", name="导出").first.click()
        with self.page.expect_download() as download:
            self.page.get_by_role("menuitem", name=form).first.click()
        path = folder / download.value.suggested_filename
        download.value.save_as(path)
        return path

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


def rows_of(workbook: Path) -> list[list[Any]]:
    """The rows of a workbook, their heads first; an empty cell is no text."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Workbook contains no default style")  # which what is made in the browser has not
        sheet = load_workbook(workbook).active
    return [["" if cell is None else cell for cell in row] for row in sheet.iter_rows(values_only=True)]
