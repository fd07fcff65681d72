"""The pages, opened from disk in a browser that has no network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.viz.graphs import HOSTILE, hostile, star
from viz.network import to_html
from viz.pictures.labels import plain
from viz.pictures.model import Graph
from viz.pictures.sums import to_summary

Show = Callable[[Graph], Page]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """Opens a graph's page; fails where the page logs an error, asks for anything, or anything in it runs."""
    context = browser.new_context(offline=True, locale="zh-CN", viewport={"width": 1280, "height": 800})
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith(("data:", "blob:")) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None)
    file = tmp_path / "财政局.html"

    def opened(graph: Graph) -> Page:
        file.write_bytes(to_html(to_summary(graph)).encode("utf-8", "replace"))
        page.goto(file.as_uri())
        page.wait_for_function("window.zhengpu !== undefined")
        return page

    yield opened
    assert asked == [file.as_uri()]
    assert errors == []
    assert page.evaluate("window.owned") is None
    context.close()


def test_a_page_shows_things_ties_and_what_they_mean(show: Show) -> None:
    page = show(star(20))
    assert page.evaluate("zhengpu.nodes.length") == 21
    assert page.evaluate("zhengpu.edges.length") == 20
    assert page.inner_text(".legend >> nth=0").split() == ["任务", "task", "20", "单位", "unit", "1"]
    assert "牵头单位 led by" in page.inner_text(".legend >> nth=1")
    assert page.inner_text("h1") == "澄湖区财政局"
    assert page.locator("#list li").count() == 21


def test_things_do_not_move_and_colours_are_not_all_that_tells_kinds_apart(show: Show) -> None:
    page = show(star(20))
    before = page.evaluate("JSON.stringify(zhengpu.network.getPositions())")
    page.wait_for_timeout(300)
    assert page.evaluate("JSON.stringify(zhengpu.network.getPositions())") == before
    looks = page.evaluate("zhengpu.nodes.map((node) => node.kind + node.shape).filter((one, at, all) => all.indexOf(one) === at)")
    assert looks == ["Unittriangle", "Taskdot"]


@pytest.mark.parametrize(("count", "offered"), [(149, 1), (150, 0)], ids=["150 things", "151 things"])
def test_movement_is_offered_for_few_things_only(show: Show, count: int, offered: int) -> None:
    page = show(star(count))
    assert page.locator("#move").count() == offered
    assert page.evaluate("zhengpu.network.physics.physicsEnabled") is False


@pytest.mark.parametrize("typed", ["财政局", "czj", "CHQCZJ"], ids=["words", "initials", "any case"])
def test_search_finds_by_words_and_by_initials_from_the_keyboard(show: Show, typed: str) -> None:
    page = show(star(20, "第{}项任务：按月通报"))
    page.focus("#find")
    page.keyboard.type(typed)
    assert page.locator("#found li").count() == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.inner_text("#details h2") == "澄湖区财政局"
    assert page.evaluate("zhengpu.network.getSelectedNodes()") == [0]


def test_a_click_opens_details_with_the_words_and_the_iri(show: Show) -> None:
    page = show(star(3))
    page.wait_for_timeout(300)  # the first drawing
    at = page.evaluate("(() => { const { x, y } = zhengpu.network.canvasToDOM(zhengpu.network.getPosition(2)); return [x, y] })()")
    box = page.locator("#picture").bounding_box()
    assert box
    page.mouse.click(box["x"] + at[0], box["y"] + at[1])
    page.wait_for_selector("#details blockquote")
    assert page.inner_text("#details blockquote").split("\n") == ["2. 原文的话", "要点.docx 第2段"]
    assert page.get_attribute("#details .iri a", "href") == "https://example.org/id/task/2"


def test_the_list_says_the_same_and_leads_to_details(show: Show) -> None:
    page = show(star(3))
    page.click("#list button >> text=第3项任务")
    assert page.inner_text("#details h2").startswith("第3项任务")
    page.click("summary >> text=关系")
    assert page.inner_text("#list tbody tr >> nth=0").split("\t") == [
        "第1项任务：公开财政预算和决算",
        "牵头单位 led by",
        "澄湖区财政局",
        "区财政局",
    ]


def test_hiding_a_kind(show: Show) -> None:
    page = show(star(3))
    page.uncheck("[data-kind=Task]")
    assert page.evaluate("zhengpu.nodes.map((node) => Boolean(node.hidden))") == [False, True, True, True]


def test_hostile_words_are_words(show: Show) -> None:
    page = show(hostile())
    assert page.evaluate("zhengpu.nodes.length") == len(HOSTILE)
    assert page.locator("script").count() == 3
    assert page.locator("img").count() == 0
    for at, words in enumerate(HOSTILE):
        page.evaluate(f"zhengpu.choose({at})")
        shown = plain(words) or str(at)
        assert plain(page.inner_text("#details h2")).startswith(shown[:500])
        href = page.locator("#details .iri a")
        assert href.count() == (0 if at % 2 else 1), "no link but to a page"
    page.hover("#picture")


def test_301_things_become_a_summary(show: Show) -> None:
    page = show(star(300))
    assert "301 个事物" in page.inner_text(".notice")
    assert page.evaluate("zhengpu.nodes.length") == 7
    page.evaluate("zhengpu.choose(1)")
    assert "共 50 个" not in page.inner_text("#details")
    assert page.locator("#details ul >> nth=0 >> li").count() == 50


def test_dark_and_narrow(show: Show) -> None:
    page = show(star(3))
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 27)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
