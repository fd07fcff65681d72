"""单位, 法规, 任务 and plans in the browser: what they show is what the server says, and their words lead to the source."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tests.explorer.opened import PHONE, Opened

Item = dict[str, Any]
LISTS = ("units", "instruments", "plans")
LIMIT = 100


def asked(opened: Opened, path: str, **parameters: object) -> Item:
    """What the server says without the explorer."""
    told: Item = httpx.get(f"{opened.url}{path}", params={name: str(value) for name, value in parameters.items()}, timeout=60).json()
    return told


def page_of(thing: Item) -> str:
    """Where the explorer shows a thing."""
    return str(thing["links"]["self"]).removeprefix("/api/")


def most(items: list[Item], measure: str) -> Item:
    return max(items, key=lambda one: int(one[measure]))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_the_rows_of_the_server_and_leads_to_their_pages(name: str, opened: Opened) -> None:
    told = asked(opened, f"/api/{name}", limit=50)
    page = opened.go(name)
    assert page.locator("main table tbody tr").count() == len(told["items"])
    first = told["items"][0]
    page.locator("main table").get_by_role("link", name=first["label"], exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(first["label"])


@pytest.mark.parametrize("chosen", ["law", "policy"])
def test_regulations_of_a_kind(chosen: str, opened: Opened) -> None:
    told = asked(opened, "/api/instruments", limit=50, kind=chosen)
    page = opened.go(f"instruments?kind={chosen}")
    assert page.locator("main table tbody tr").count() == len(told["items"]) > 0


@pytest.mark.parametrize("kind", ["task", "statement"])
def test_tasks_and_statements_can_be_looked_at_alone(kind: str, opened: Opened) -> None:
    page = opened.go("tasks")
    page.locator("main .kinds .el-radio-button").nth(["task", "statement"].index(kind) + 1).click()
    page.wait_for_url(f"**kind={kind}*")
    opened.settle()
    told = asked(opened, "/api/tasks", limit=30, kind=kind)
    assert page.locator("main article").count() == len(told["items"]) > 0
    assert page.locator("main article .words", has_text="要求 ·").count() == (len(told["items"]) if kind == "statement" else 0)
    first = asked(opened, "/api/facets", name="year", kind=kind)["facets"][0]["values"][0]
    expect(page.locator("label").filter(has_text=first["label"]).first).to_contain_text(f"{first['count']:,}")


def test_a_unit_tells_apart_what_names_it_and_what_binds_it_through_a_group(opened: Opened) -> None:
    unit = most(asked(opened, "/api/units", limit=LIMIT)["items"], "tasks")
    page = opened.go(page_of(unit))
    totals = {one: asked(opened, unit["links"]["obligations"], through=one, limit=1)["total"] for one in ("direct", "group", "any")}
    texts = page.locator("main .choices .el-radio-button").all_inner_texts()
    assert [int(text.split()[-1]) for text in texts] == list(totals.values())
    page.locator("main .choices .el-radio-button").nth(1).click()
    page.wait_for_url("**through=group*")
    opened.settle()
    assert page.locator("main article").count() == min(totals["group"], 30)


def test_a_unit_has_those_it_works_with_by_the_tasks_that_they_share(opened: Opened) -> None:
    unit = most(asked(opened, "/api/units", limit=LIMIT)["items"], "tasks")
    page = opened.go(f"{page_of(unit)}?tab=relations")
    for query in ("units-sharing-tasks", "instruments-of-unit"):
        for row in asked(opened, f"/api/queries/{query}", unit=unit["iri"], limit=30)["rows"][:5]:
            label = row.get("other_label") or row["instrument_label"]
            shown = page.locator("main tr").filter(has=page.get_by_role("link", name=label, exact=True)).locator("td.number").first
            expect(shown).to_have_text(f"{row['tasks']:,}")


def test_the_load_of_a_unit_stands_in_a_table_too(opened: Opened) -> None:
    unit = most(asked(opened, "/api/units", limit=LIMIT)["items"], "tasks")
    years = asked(opened, unit["links"]["self"])["load"]
    page = opened.go(page_of(unit) + "?tab=load")
    rows = page.locator("main table tbody tr")
    assert rows.count() == len(years)
    assert rows.first.locator("td").nth(1).inner_text() == str(years[0]["lead"])


@pytest.mark.parametrize("status", ["replaced", "repealed"])
def test_a_regulation_that_is_over_says_so_first(status: str, opened: Opened) -> None:
    found = asked(opened, "/api/instruments", limit=1, status=status)["items"]
    if not found:
        pytest.skip("no such regulation is known")
    page = opened.go(page_of(found[0]))
    warning = page.get_by_role("alert")
    assert warning.is_visible()
    for heir in found[0]["replaced_by"]:
        assert warning.get_by_role("link", name=heir["label"]).count() == 1


def test_a_task_has_its_words_marked_and_the_source_beside_it(opened: Opened) -> None:
    listed = asked(opened, "/api/tasks", limit=LIMIT, deadline="fixed")["items"]
    task = asked(opened, max(listed, key=lambda one: len(one["citations"]) + len(one["units"]))["links"]["self"])
    page = opened.go(page_of(task))
    assert page.locator("main p.text").inner_text() == task["text"]
    here = page.locator(".source .m-here")
    assert "".join(here.all_inner_texts()) == task["evidence"][0]["quote"]
    assert page.evaluate("scrollY") == 0
    page.get_by_role("button", name=f"“{task['deadlines'][0]['printed']}”").first.click()
    opened.settle()
    assert "".join(here.all_inner_texts()) == task["deadlines"][0]["evidence"][0]["quote"]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_differences_of_a_task_are_told_in_line_and_side_by_side(opened: Opened) -> None:
    listed = asked(opened, "/api/tasks", limit=LIMIT, relation="continues", year=2024)["items"]
    task = next(
        one for one in listed if any(link["band"]["code"] == "edited" for link in asked(opened, one["links"]["self"])["lineage"]["up"])
    )
    page = opened.go(page_of(task))
    assert page.locator("main ins, main del").count() > 0
    page.get_by_text("两边对照").click()
    page.wait_for_url("**words=aside*")
    expect(page.locator("main .sides").first).to_be_visible()


def test_a_plan_has_its_tasks_under_all_its_headings(opened: Opened) -> None:
    plan = asked(opened, most(asked(opened, "/api/plans", limit=LIMIT)["items"], "tasks")["links"]["self"])
    page = opened.go(page_of(plan))
    assert page.locator("main article").count() == min(plan["tasks"] + plan["statements"], LIMIT)
    headings = page.locator("main section").locator("h2, h3, h4, h5").all_inner_texts()
    above = {one["iri"]: one["label"] for one in plan["sections"]}
    told = {one["section"]["iri"] for one in plan["items"][:LIMIT] if one["section"]}
    around = {one["parent"] for one in plan["sections"] if one["iri"] in told and one["parent"] in above}
    assert {above[one] for one in told | around} <= set(headings)


def test_a_plan_shows_its_units_with_the_numbers_of_the_query(opened: Opened) -> None:
    plan = most(asked(opened, "/api/plans", limit=LIMIT)["items"], "tasks")
    page = opened.go(page_of(plan) + "?tab=units")
    rows = asked(opened, "/api/queries/units-of-plan", plan=plan["iri"], limit=500)["rows"]
    assert page.get_by_role("region", name="单位").locator("tbody tr").count() == len(rows)
