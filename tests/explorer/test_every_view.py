"""What holds for every view: it asks nobody else, axe finds nothing serious, it fits a phone, it speaks English, it can be reloaded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.explorer.opened import PHONE, Opened

AXE = Path(__file__).parents[2] / "viz/web/node_modules/axe-core/axe.min.js"
VIEWS = {
    "overview": "", "units": "units", "instruments": "instruments", "tasks": "tasks", "plans": "plans", "lineage": "lineage",
    "graph": "graph", "matrix": "matrix", "deadlines": "deadlines", "undated": "deadlines?mode=undated", "by unit": "deadlines?mode=units",
    "documents": "documents", "query": "query", "ingestion": "ingestion", "search": "search?q=财政", "ask": "ask?q=财政局要做哪些事？",
}  # fmt: skip
views = pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS)


@views
def test_a_view_opens_fits_a_phone_and_can_be_reloaded(opened: Opened, path: str) -> None:
    page = opened.go(path)
    assert page.locator("[role=alert]").count() == 0
    before, address = page.locator("main").inner_text(), page.url
    page.reload()
    opened.settle()
    assert (page.url, page.locator("main").inner_text()) == (address, before)
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@views
def test_axe_finds_nothing_serious_in_light_and_dark(opened: Opened, path: str) -> None:
    page = opened.go(path)
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(400)  # fades end
        found += [
            f"{scheme} {one['id']}: {one['nodes'][0]['html'][:200]}" for one in _axe(page) if one["impact"] in {"serious", "critical"}
        ]
    assert found == []


def _axe(page: Page) -> list[dict[str, Any]]:
    page.evaluate(AXE.read_text("utf-8"))
    told: str = page.evaluate("async () => JSON.stringify((await axe.run(document, {resultTypes: ['violations']})).violations)")
    found: list[dict[str, Any]] = json.loads(told)
    return found


@views
def test_english_by_the_address_stays_when_one_goes_on(opened: Opened, path: str) -> None:
    page = opened.go(path + ("&" if "?" in path else "?") + "lang=en")
    menu = page.locator("header.top nav").inner_text()
    assert menu.isascii(), menu
    page.locator("header.top nav a").last.click()
    opened.settle()
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "lang=en" in page.url
