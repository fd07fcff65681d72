"""What holds for every view: it asks nobody else, axe finds nothing serious, it fits a phone, it speaks English, it can be reloaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.api.serving import Served
from tests.explorer.opened import PHONE, Opened, open_page

AXE = Path(__file__).parents[2] / "viz/web/node_modules/axe-core/axe.min.js"
VIEWS = {
    "overview": "", "units": "units", "instruments": "instruments", "tasks": "tasks", "plans": "plans", "lineage": "lineage",
    "graph": "graph", "matrix": "matrix", "deadlines": "deadlines", "undated": "deadlines?mode=undated", "by unit": "deadlines?mode=units",
    "documents": "documents", "query": "query", "ingestion": "ingestion", "search": "search?q=财政", "ask": "ask?q=财政局要做哪些事？",
}  # fmt: skip
LOOKS = {"light": False, "dark": True}
views = pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS)


@views
def test_a_view_opens_without_an_error_and_asks_nobody_else(opened: Opened, path: str) -> None:
    page = opened.go(path)
    assert page.locator("main h1").first.inner_text().strip()
    assert page.locator("[role=alert]").count() == 0


@views
@pytest.mark.parametrize("dark", LOOKS.values(), ids=LOOKS)
def test_axe_finds_nothing_serious(browser: Browser, explored: Served, path: str, dark: bool) -> None:
    with open_page(browser, explored.url, dark=dark) as opened:
        page = opened.go(path)
        page.wait_for_timeout(400)  # fades end
        found = _axe(page)
    assert [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in {"serious", "critical"}] == []


def _axe(page: Page) -> list[dict[str, object]]:
    page.evaluate(AXE.read_text("utf-8"))
    told: str = page.evaluate("async () => JSON.stringify((await axe.run(document, {resultTypes: ['violations']})).violations)")
    found: list[dict[str, object]] = json.loads(told)
    return found


@views
def test_nothing_is_wider_than_a_phone(browser: Browser, explored: Served, path: str) -> None:
    with open_page(browser, explored.url, size=PHONE) as opened:
        page = opened.go(path)
        width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]


@views
def test_english_by_the_address_leaves_no_chinese_headings(opened: Opened, path: str) -> None:
    page = opened.go(path + ("&" if "?" in path else "?") + "lang=en")
    head = page.locator("header.top").inner_text().replace("中文", "")  # the way back
    assert head.isascii(), head
    assert page.evaluate("document.documentElement.lang") == "en"


@views
def test_a_view_is_the_same_after_a_reload(opened: Opened, path: str) -> None:
    page = opened.go(path)
    before, address = page.locator("main").inner_text(), page.url
    page.reload(wait_until="networkidle")
    page.wait_for_selector("main h1")
    assert page.url == address
    assert page.locator("main").inner_text() == before
