"""总览 in the browser: its numbers are the server's, every number leads to what it counts, and a question leads to its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.api.serving import Served
from tests.explorer.opened import Opened, open_page
from tests.explorer.written import serving_texts

BANDS = ("verbatim", "edited", "rewritten", "new", "dropped")
TOTALS = ("documents", "plans", "tasks", "units", "instruments")
LATER = """澄湖区2098年政务公开工作要点

一、做好公开
1.公开预算和决算。（责任单位：区财政局；完成时限：2098年6月30日前）
2.公开学区和招生计划。（责任单位：区教育和体育局；完成时限：2099年5月底前）
"""


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on a plan whose first deadline is far away."""
    with serving_texts(tmp_path_factory.mktemp("later"), {"later.txt": LATER}) as server:
        yield server


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def card(page: Page, heading: str) -> list[int]:
    """The numbers of the card with this heading."""
    rows = page.locator("main section.card").filter(has=page.get_by_role("heading", name=heading)).locator("td.number")
    return [number(text) for text in rows.all_inner_texts()]


@pytest.mark.parametrize(
    "facets", [{}, {"place": "990102"}, {"year": "2023", "level": "county"}], ids=["all", "a place", "a year and level"]
)
def test_the_numbers_are_those_of_the_server(facets: dict[str, str], opened: Opened) -> None:
    told = opened.asked("/api/statistics", **facets)
    page = opened.go("?" + "&".join(f"{name}={value}" for name, value in facets.items()))
    assert [number(text) for text in page.locator(".totals strong").all_inner_texts()] == [told[name] for name in TOTALS]
    assert card(page, "有欠缺的") == [count for count in told["quality"].values() if count]
    assert card(page, "任务最多的单位") == [one["tasks"] for one in told["busiest_units"][:6]]
    assert card(page, "引用最多的法规") == [one["tasks"] for one in told["most_cited"][:6]]
    assert card(page, "最新的计划和文件") == [one["tasks"] for one in told["newest"]]
    assert card(page, "与上一年相比") == [told["changes"][band] for band in BANDS]
    cells = page.get_by_role("region", name="逐年各级任务数").locator("td")
    assert sum(number(text) for text in cells.all_inner_texts()) == told["tasks"]


@pytest.mark.parametrize("chosen", ["没有时限的任务", "没有认出的引用", "编号有缺口"])
def test_what_is_missing_leads_to_as_many(chosen: str, opened: Opened) -> None:
    page = opened.go("?place=990102")
    row = page.locator("main section.card tr").filter(has_text=chosen)
    count = number(row.locator("td.number").inner_text())
    row.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/(query|deadlines)\?"))
    opened.settle()
    expect(page.locator("main")).to_contain_text(re.compile(rf"(共 {count} 条|\b{count} 行)"))


def test_a_cell_of_the_years_leads_to_its_tasks(opened: Opened) -> None:
    page = opened.go("?place=990102")
    cell = page.get_by_role("region", name="逐年各级任务数").locator("td a").first
    count = number(cell.inner_text())
    cell.click()
    page.wait_for_url("**/tasks?*")
    opened.settle()
    year = re.findall(r"year=(\d+)", page.url)[0]
    assert opened.asked("/api/tasks", place=990102, level="county", year=year, kind="task", limit=1)["total"] == count


def test_the_box_leads_to_an_answer(opened: Opened) -> None:
    page = opened.go("")
    page.locator("main").get_by_role("textbox", name="想知道什么？").fill("澄湖区民政局2023年牵头哪些任务？")
    page.locator("main").get_by_role("button", name="提问").click()
    page.wait_for_url("**/ask?*")
    opened.settle()
    expect(page.locator("main article, main .grounds > li").first).to_be_visible()
    assert page.locator("main h2").inner_text() == "澄湖区民政局2023年牵头哪些任务？"


@pytest.mark.parametrize("at", [0, 1, 2])
def test_the_questions_that_are_proposed_have_answers(at: int, opened: Opened) -> None:
    page = opened.go("")
    page.locator("main .examples button").nth(at).click()
    page.wait_for_url("**/ask?*")
    opened.settle()
    expect(page.locator("main")).to_contain_text("依据（")


def test_where_nothing_is_due_soon_the_next_day_is_told(later: Served, browser: Browser) -> None:
    with open_page(browser, later.url) as opened:
        told = opened.asked("/api/deadlines", limit=1)["items"][0]
        page = opened.go("")
        link = page.locator("main section.card").get_by_role("link", name="2098-06-30")
        link.click()
        page.wait_for_url("**/deadlines?*")
        opened.settle()
        assert page.locator("main article").count() == 1
        expect(page.locator("main article")).to_contain_text(told["text"])


def test_what_is_not_there_is_said(later: Served, browser: Browser) -> None:
    with open_page(browser, later.url) as opened:
        page = opened.go("")
        expect(page.locator("main section.card").filter(has_text="引用最多的法规")).to_contain_text("没有。")
        expect(page.locator("main section.card").filter(has_text="没有比对过两年的计划")).to_be_visible()
