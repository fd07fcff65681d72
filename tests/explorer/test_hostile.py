"""Documents whose words want to be more than words: every view that shows them keeps them inert and inside the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import networkx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.serving import Served
from tests.explorer.opened import DESK, PHONE, Opened, open_page
from tests.explorer.written import serving_texts

SCRIPT = "<script>window.owned=1</script>"
TITLE = "“<script>”'"  # what still makes a title
PICTURE = '"><img src=x onerror=window.owned=1>'
TURNED = "\u202e制控到右从\u2066\u200f"
QUERY = "'); DROP TABLE tasks; -- } } INSERT DATA { <urn:a> <urn:b> <urn:c> } #"
FORMULA = '=HYPERLINK("http://127.0.0.1:9/","看")'
EMOJI = "👩‍👩‍👧‍👦🇨🇳é"
MUSTACHE = "{{ constructor.constructor('window.owned=1')() }} ${7*7} %7B"
LONG = "长" * 10_000
UNBROKEN = "W" * 3_000
WORDS = {
    "script": SCRIPT, "picture": PICTURE, "turned": TURNED, "query": QUERY, "formula": FORMULA, "emoji": EMOJI, "template": MUSTACHE,
    "long": LONG, "unbroken": UNBROKEN,
}  # fmt: skip
# what lies beyond the page, for whoever has to mend it
_BEYOND = """[...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => `${one.tagName}.${one.className}`).slice(0, 8)"""
FILE = "<img src=x onerror=window.owned=1>.txt"


def plan(year: int) -> str:
    """A plan that prints them in its title, headings, units, citations and tasks."""
    tasks = "\n".join(
        f"{at}.公开{words}预算{year}。依据《{words[:60]}公开办法》（澄政办发〔2020〕{at}号）。"
        f"（责任单位：区财政局、区{words[:12]}局；完成时限：{year}年{at}月底前）"
        for at, words in enumerate(WORDS.values(), 1)
    )
    return f"澄湖区{year}年政务公开{TITLE}{TURNED}{EMOJI}工作要点\n\n一、{PICTURE}{QUERY}{'宽' * 200}\n{tasks}\n"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on two such plans."""
    texts = {FILE: plan(2098), "second.txt": plan(2099)}
    with serving_texts(tmp_path_factory.mktemp("hostile"), texts) as server:
        yield server


@pytest.fixture
def told(hostile: Served, browser: Browser) -> Iterator[Opened]:
    """A page before it, which fails with any error or any request to another host."""
    with open_page(browser, hostile.url) as opened:
        yield opened


def inert(page: Page) -> None:
    """Nothing ran, nothing was made of the words, and nothing lies beyond the page, on a desk and on a phone."""
    assert page.evaluate("window.owned === undefined")
    assert page.locator("main script, main img[src=x], main a[href^='javascript:']").count() == 0
    assert page.locator("main [role=alert]").count() == 0
    for size in (DESK, PHONE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], page.evaluate(_BEYOND)
    page.set_viewport_size(DESK)  # type: ignore[arg-type]


def self_of(opened: Opened, path: str, **parameters: object) -> list[str]:
    """The pages of the things that a list of the server names."""
    items: list[dict[str, Any]] = opened.asked(path, **parameters)["items"]
    return [one["links"]["self"].removeprefix("/api/") for one in items]


VIEWS = {
    "overview": "", "units": "units", "instruments": "instruments", "tasks": "tasks", "plans": "plans", "flow": "lineage",
    "flow of plans": "lineage?by=plan", "aside": "lineage?mode=aside", "matters": "lineage?mode=matter", "gaps": "lineage?mode=gaps",
    "graph": "graph", "overview of the graph": "graph?mode=overview", "matrix": "matrix", "matrix of matters": "matrix?by=matter",
    "calendar": "deadlines?month=2098-05", "timeline": "deadlines?mode=timeline&month=2098-01",
    "by unit": "deadlines?mode=units&month=2098-01", "undated": "deadlines?mode=undated&kind=none", "documents": "documents",
    "stock query": "query?name=plans&run=1", "rows of tasks": "query?name=tasks-of-unit&unit=澄湖区财政局&run=1",
    "search": f"search?q={quote('公开预算')}", "ask": f"ask?q={quote('澄湖区财政局2098年要做哪些事？')}",
}  # fmt: skip


def test_the_words_were_read(hostile: Served, browser: Browser) -> None:
    with open_page(browser, hostile.url) as opened:
        texts = [one["text"] for one in opened.asked("/api/tasks", limit=100, kind="task")["items"]]
        assert {name for name, words in WORDS.items() if any(words.strip("\u200f") in text for text in texts)} >= {
            "picture",
            "formula",
            "template",
            "unbroken",
        }
        assert TITLE in opened.asked("/api/plans")["items"][0]["label"]


@pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS)
def test_a_view_keeps_them_inert(path: str, told: Opened) -> None:
    inert(told.go(path))


@pytest.mark.parametrize("kind", ["plans", "units", "instruments", "documents", "tasks"])
def test_the_page_of_a_thing_keeps_them_inert(kind: str, told: Opened) -> None:
    pages = self_of(told, f"/api/{kind}", limit=50)
    assert pages
    for path in pages[:12]:
        inert(told.go(path))


def test_two_plans_side_by_side_keep_them_inert(told: Opened) -> None:
    pair = told.asked("/api/lineage/pairs", relation="continues", limit=1)["items"][0]
    page = told.go(f"lineage?mode=aside&a={quote(pair['earlier']['iri'], safe='')}&b={quote(pair['later']['iri'], safe='')}")
    assert page.locator("table.aside tbody tr").count() > 0
    inert(page)


def test_the_neighbours_of_a_unit_keep_them_inert(told: Opened) -> None:
    unit = told.asked("/api/units", limit=1)["items"][0]
    inert(told.go(f"graph?node={quote(unit['iri'], safe='')}"))


@pytest.mark.parametrize(("form", "read"), [("GraphML", networkx.read_graphml), ("GEXF", networkx.read_gexf)], ids=["graphml", "gexf"])
def test_other_programs_read_them_as_they_stand(form: str, read: Callable[[Path], Any], told: Opened, tmp_path: Path) -> None:
    told.go("graph?mode=overview")
    found = read(told.taken(form, tmp_path))
    labels = {one["iri"]: one["label"] for one in told.asked("/api/graph/overview", limit=10_000)["nodes"]}
    assert {iri: node["label"] for iri, node in found.nodes(data=True)} == labels
    assert any(TITLE in label for label in labels.values())


@pytest.mark.parametrize("words", [SCRIPT, PICTURE, TURNED, QUERY, FORMULA, EMOJI, MUSTACHE, UNBROKEN[:500]], ids=lambda words: words[:6])
def test_an_address_that_holds_them_is_inert(words: str, told: Opened) -> None:
    for path in ("search?q=", "ask?q="):
        page = told.go(path + quote(words[:500], safe=""))
        inert(page)
        expect(page.locator("header.top input")).to_have_value(words[:500])


@pytest.mark.parametrize("view", ["", "tasks", "deadlines", "matrix", "lineage"])
def test_a_facet_that_means_nothing_is_refused_in_words(view: str, told: Opened) -> None:
    page = told.go(f"{view}?place={quote(PICTURE)}&unit={quote('长' * 300)}")
    assert page.evaluate("window.owned === undefined")
    assert page.locator("img[src=x]").count() == 0
    assert page.get_by_role("alert").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    told.expect_errors()
