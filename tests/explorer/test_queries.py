"""查询 in the browser: forms, the editor, and results as table, chart, graph and Turtle."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.explorer.opened import PHONE, Opened

Item = dict[str, Any]
TASKS = "PREFIX zp: <https://w3id.org/zhengpu/ontology#>\n"


def asked(opened: Opened, path: str, **parameters: object) -> Item:
    told: Item = httpx.get(f"{opened.url}{path}", params={name: str(value) for name, value in parameters.items()}, timeout=60).json()
    return told


def write(page: Page, sparql: str) -> None:
    """Put a query into the editor, as by typing all of it at once."""
    page.locator(".CodeMirror").first.wait_for()
    page.evaluate("text => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", sparql)


def exported(page: Page, form: str, name: Path) -> Path:
    page.get_by_role("button", name="导出").click()
    with page.expect_download() as taken:
        page.get_by_role("menuitem", name=form).click()
    taken.value.save_as(name)
    return name


@pytest.mark.parametrize(("name", "values"), [("plans", ""), ("tasks-of-unit", "&unit=区政府办公室&place=澄湖区"), ("most-cited", "")])
def test_a_stock_query_by_its_address_has_the_rows_of_the_server(name: str, values: str, opened: Opened) -> None:
    told = httpx.get(f"{opened.url}/api/queries/{name}?limit=500{values}", timeout=60).json()
    page = opened.go(f"query?name={name}{values}&run=1")
    expect(page.get_by_role("status").first).to_contain_text(f"{len(told['rows'])} 行")
    assert page.locator("main table tbody tr").count() == min(100, len(told["rows"]))
    assert "https://" not in page.locator("main table").inner_text()


def test_a_form_is_filled_in_and_asks(opened: Opened) -> None:
    page = opened.go("query?name=tasks-of-unit")
    page.get_by_role("button", name="示例").click()
    page.wait_for_url("**unit=*")
    opened.settle()
    assert page.locator("main table tbody tr").count() > 0
    page.get_by_role("button", name="在编辑器中改写").click()
    page.wait_for_url("**sparql=**")
    expect(page.get_by_role("status").first).to_contain_text("行")


def test_rows_are_exported(opened: Opened, tmp_path: Path) -> None:
    told = asked(opened, "/api/queries/plans", limit=500)
    page = opened.go("query?name=plans&run=1")
    lines = list(csv.reader(io.StringIO(exported(page, "CSV", tmp_path / "rows.csv").read_text("utf-8-sig"))))
    assert len(lines) == len(told["rows"]) + 1
    sheet = load_workbook(exported(page, "Excel", tmp_path / "rows.xlsx")).worksheets[0]
    assert sheet.max_row == len(told["rows"]) + 1


def test_the_editor_runs_a_query_and_keeps_it_in_the_address(opened: Opened) -> None:
    page = opened.go("query?mode=editor")
    write(page, "SELECT ?task WHERE { ?task a zp:Task } LIMIT 250")  # without its prefix
    page.locator(".CodeMirror textarea").press("Control+Enter")
    page.wait_for_url("**sparql=PREFIX**")
    expect(page.get_by_role("status").first).to_contain_text("250 行")
    assert page.locator("main table tbody tr").count() == 100
    page.get_by_role("button", name="page 3").or_(page.locator(".el-pager li").nth(2)).first.click()
    assert page.locator("main table tbody tr").count() == 50
    expect(page.locator("main table a").first).not_to_have_text("https")
    page.reload()
    opened.settle()
    expect(page.get_by_role("status").first).to_contain_text("250 行")


def test_things_are_called_by_their_names(opened: Opened) -> None:
    query = TASKS + "SELECT ?unit WHERE { ?unit a zp:Unit } ORDER BY ?unit LIMIT 20"
    units = {one["iri"]: one["label"] for one in asked(opened, "/api/units", limit=200)["items"]}
    page = opened.go(f"query?mode=editor&sparql={quote(query)}")
    expect(page.locator("main table a").first).to_be_visible()
    for link in page.locator("main table a").all():
        iri = link.get_attribute("title") or ""
        if iri in units:
            expect(link).to_have_text(units[iri])


def test_an_error_is_shown_in_place_and_in_words(opened: Opened) -> None:
    page = opened.go("query?mode=editor")
    write(page, "SELECT ?x WHERE { ?x a ?y } }")
    expect(page.locator(".CodeMirror .parseErrorIcon")).to_be_visible()
    page.get_by_role("button", name="执行").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator(".CodeMirror .wrong")).to_be_visible()
    opened.expect_errors()


def test_a_query_that_takes_too_long_is_ended_and_another_can_be_asked(opened: Opened) -> None:
    page = opened.go("query?mode=editor")
    write(page, "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    page.get_by_role("spinbutton", name="时限（秒）").fill("1")
    page.get_by_role("button", name="执行").click()
    expect(page.get_by_role("alert")).to_be_visible(timeout=20_000)
    write(page, "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } # again")
    page.get_by_role("spinbutton", name="时限（秒）").fill("60")
    page.get_by_role("button", name="执行").click()
    page.get_by_role("button", name="停止").click()
    write(page, "ASK { ?s ?p ?o }")
    page.get_by_role("button", name="执行").click()
    expect(page.get_by_role("status").first).to_contain_text("是")
    opened.expect_errors()


def test_triples_as_a_table_and_as_turtle(opened: Opened) -> None:
    query = TASKS + "CONSTRUCT { ?t a zp:Task } WHERE { ?t a zp:Task } LIMIT 30"
    page = opened.go(f"query?mode=editor&sparql={quote(query)}")
    expect(page.get_by_role("status").first).to_contain_text("30 条三元组")
    page.locator("label", has_text="Turtle").click()
    expect(page.locator("main pre[aria-label=Turtle]")).to_contain_text("zp:Task")


@pytest.mark.parametrize(("view", "drawn"), [("chart", ".chart svg"), ("graph", ".drawing canvas")])
def test_rows_are_drawn(view: str, drawn: str, opened: Opened) -> None:
    where = "{ ?t zp:inPlan ?plan ; zp:inSection ?section } GROUP BY ?plan ?section LIMIT 30"
    query = f"{TASKS}SELECT ?plan ?section (COUNT(?t) AS ?n) WHERE {where}"
    page = opened.go(f"query?mode=editor&as={view}&sparql={quote(query)}")
    expect(page.locator(drawn).first).to_be_visible()


def test_terms_are_completed_from_this_store_alone(opened: Opened) -> None:
    page = opened.go("query?mode=editor")
    write(page, "")
    page.locator(".CodeMirror textarea").press_sequentially("SELECT * WHERE { ?t a zp:Tas", delay=20)
    page.locator(".CodeMirror textarea").press("Control+Space")
    expect(page.locator(".CodeMirror-hints li", has_text="zp:Task").first).to_be_visible()
    assert "PREFIX zp:" in page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")


def test_what_was_asked_is_remembered(opened: Opened) -> None:
    page = opened.go("query?name=plans&run=1")
    opened.go("query?mode=editor&sparql=ASK%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D")
    opened.go("query?mode=history")
    assert page.locator("main ol li").count() == 2
    page.locator("main ol li a").last.click()
    page.wait_for_url("**name=plans*")


@pytest.mark.parametrize("state", ["query", "query?name=plans&run=1", "query?mode=editor"])
def test_nothing_leaves_the_page_of_a_phone(state: str, opened: Opened) -> None:
    opened.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    opened.go(state)
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
