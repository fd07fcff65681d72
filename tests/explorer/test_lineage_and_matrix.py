"""谱系 and 矩阵 in the browser: what they show is what the server says, and a click leads to the tasks behind a number."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from tests.explorer.opened import Opened, rows_of

Item = dict[str, Any]


def asked(opened: Opened, path: str, **parameters: object) -> Item:
    """What the server says without the explorer."""
    given = {name: str(value) for name, value in parameters.items()} or None  # none at all keeps those of the path
    told: Item = httpx.get(f"{opened.url}{path}", params=given, timeout=60).json()
    return told


@pytest.mark.parametrize("axis", ["years", "levels"])
def test_the_table_below_the_flow_has_the_numbers_of_the_server(axis: str, opened: Opened) -> None:
    flow = asked(opened, "/api/lineage/flow")
    wanted = {"continues"} if axis == "years" else {"adapts", "breaks-down"}
    flows = [one for one in flow["links"] if one["relation"]["code"] in wanted]
    page = opened.go(f"lineage?axis={axis}")
    rows = page.get_by_role("region", name="同样的数字").locator("tbody tr")
    assert rows.count() == len(flows)
    shown = sum(int(cell.replace(",", "")) for cell in rows.locator("td:nth-last-child(1)").all_inner_texts())
    assert shown == sum(one["new"] for one in flows)
    assert f"比对过 {sum(one['pairs'] for one in flow['compared'])} 对" in page.locator("main").inner_text()


def test_a_ribbon_leads_to_its_tasks_and_back_by_the_address(opened: Opened) -> None:
    page = opened.go("lineage")
    page.locator("svg path.ribbon").first.click()
    opened.settle()
    assert page.locator("section.links article").count() > 0
    assert page.locator("section.links ins, section.links del, section.links article p").count() > 0
    address = page.url
    before = page.locator("section.links").inner_text()
    page.goto(address)
    opened.settle()
    assert page.locator("section.links").inner_text() == before


def test_a_number_of_the_table_leads_to_its_tasks(opened: Opened) -> None:
    page = opened.go("lineage?by=plan")
    button = page.get_by_role("button", name="新增").and_(page.locator("table button")).first
    number = int(button.inner_text())
    button.click()
    opened.settle()
    assert page.locator("section.links li").count() == min(number, 25)


def test_two_plans_side_by_side_are_whole_and_can_be_narrowed(opened: Opened) -> None:
    pair = asked(opened, "/api/lineage/pairs", relation="continues", limit=1)["items"][0]
    counts = asked(opened, pair["links"]["diff"])["compared"][0]["counts"]
    page = opened.go(f"lineage?mode=aside&a={quote(pair['earlier']['iri'], safe='')}&b={quote(pair['later']['iri'], safe='')}")
    assert page.locator("table.aside tbody tr").count() == sum(counts.values())
    page.goto(f"{page.url}&show=dropped")
    opened.settle()
    assert page.locator("table.aside tbody tr").count() == counts["dropped"]


def test_a_matter_is_chosen_and_its_line_has_all_its_tasks(opened: Opened) -> None:
    matter = asked(opened, "/api/matrix", by="matter", rows=1, columns=30)["columns"][0]
    page = opened.go("lineage?mode=matter")
    page.get_by_role("link", name=matter["label"]).first.click()
    opened.settle()
    page.wait_for_selector("section ol.line article")
    assert page.locator("ol.line article").count() == matter["tasks"]
    page.locator("ol.line article button").first.click()
    assert page.locator("ol.line article button[aria-expanded=true]").count() == 1


def test_gaps_say_what_was_compared(opened: Opened) -> None:
    pair = max(asked(opened, "/api/lineage/pairs", relation="adapts", limit=200)["items"], key=lambda one: one["dropped"])
    gaps = asked(opened, "/api/queries/gaps-against-upper", plan=pair["later"]["iri"], limit=500)["rows"]
    page = opened.go(f"lineage?mode=gaps&b={quote(pair['later']['iri'], safe='')}")
    assert page.locator("main table tbody tr").count() == len(gaps)
    assert pair["earlier"]["label"] in page.locator("main").inner_text()


@pytest.mark.parametrize("by", ["instrument", "matter"])
def test_a_cell_of_the_matrix_leads_to_as_many_tasks(by: str, opened: Opened) -> None:
    page = opened.go(f"matrix?by={by}")
    cell = page.locator("table button[aria-pressed]").first
    number = int(cell.inner_text())
    cell.click()
    opened.settle()
    page.wait_for_selector("main section ol.tasks")
    assert page.locator("main section ol.tasks > li").count() == number


def test_the_matrix_says_how_many_units_there_are(opened: Opened) -> None:
    total = asked(opened, "/api/statistics")["units"]
    assert f"共 {total} 个" in opened.go("matrix").locator("main").inner_text()


@pytest.mark.parametrize("by", ["instrument", "matter"])
def test_the_matrix_as_a_workbook_is_the_one_that_is_shown(by: str, opened: Opened, tmp_path: Path) -> None:
    page = opened.go(f"matrix?by={by}")
    table = page.get_by_role("table", name="矩阵")
    heads = table.locator("thead th .hidden").all_inner_texts()
    shown = [
        [row.locator("th a").inner_text(), *(int(cell.strip() or 0) for cell in row.locator("td").all_inner_texts())]
        for row in table.locator("tbody tr").all()
    ]
    head, *rows = rows_of(opened.taken("Excel", tmp_path))
    assert head[1:] == heads
    assert rows == shown


def test_two_plans_side_by_side_as_a_workbook_are_those_that_are_shown(opened: Opened, tmp_path: Path) -> None:
    pair = asked(opened, "/api/lineage/pairs", relation="continues", limit=1)["items"][0]
    page = opened.go(f"lineage?mode=aside&a={quote(pair['earlier']['iri'], safe='')}&b={quote(pair['later']['iri'], safe='')}")
    shown = page.locator("table.aside tbody tr")
    groups = [text.split()[0] for text in shown.locator("th").all_inner_texts()]
    numbers = [[side.locator("a.number").all_inner_texts() for side in row.locator("td").all()] for row in shown.all()]
    head, *rows = rows_of(opened.taken("Excel", tmp_path))
    assert [head[2], head[4]] == ["在前／上级", "在后／下级"]
    assert [row[0] for row in rows] == groups
    assert [[[str(number)] if text else [] for number, text in (row[1:3], row[3:5])] for row in rows] == numbers
    assert all(isinstance(row[5], int) or row[5] == "" for row in rows)


@pytest.mark.parametrize("mode", ["flow", "matter", "gaps", "aside"])
def test_every_mode_shows_its_query_and_can_be_taken_along(mode: str, opened: Opened, tmp_path: Path) -> None:
    page = opened.go(f"lineage?mode={mode}")
    assert len(rows_of(opened.taken("Excel", tmp_path))) > 1
    page.get_by_role("button", name="查询", exact=True).click()
    assert "SELECT" in page.get_by_role("dialog").locator("pre").inner_text()


@pytest.mark.parametrize("path", ["lineage", "lineage?axis=levels", "lineage?by=plan"])
def test_the_relations_of_the_flow_are_told_in_english(path: str, opened: Opened) -> None:
    page = opened.go(path + ("&" if "?" in path else "?") + "lang=en")
    relations = page.get_by_role("region", name="The same numbers").locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert relations != []
    assert "".join(relations).isascii()
