"""原文 in the browser: every reading is marked in the text, a mark leads to its fact, and a fact or an address to its mark."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.explorer.opened import PHONE, Opened

Item = dict[str, Any]


def asked(opened: Opened, path: str) -> Item:
    told: Item = httpx.get(f"{opened.url}{path}", timeout=60).json()
    return told


def whole(opened: Opened, name: str) -> Item:
    """All that the server says of the document of this file name."""
    found = next(one for one in asked(opened, "/api/documents?limit=200")["items"] if one["label"] == name)
    return asked(opened, found["links"]["self"])


def page_of(document: Item) -> str:
    return str(document["links"]["self"]).removeprefix("/api/")


def look(kind: str) -> str:
    return "Deadline" if kind.endswith("Deadline") else kind


def panel(page: Page) -> Any:
    return page.get_by_role("complementary", name="选中的内容").get_by_role("status")


def test_the_list_says_of_every_document_what_it_is(opened: Opened) -> None:
    told = asked(opened, "/api/documents?limit=50")["items"]
    page = opened.go("documents")
    rows = page.locator("main table tbody tr")
    assert rows.count() == len(told)
    paged = next(one for one in told if one["page_count"])
    row = rows.filter(has_text=paged["label"])
    assert [text.strip() for text in row.locator("td").all_inner_texts()][-5:] == [
        "PDF", f"{-(-paged['size'] // 1000):,} kB", str(paged["page_count"]), str(paged["tasks"]), str(paged["doubts"]),
    ]  # fmt: skip


def test_kinds_are_counted_and_can_be_left_out_which_the_address_keeps(opened: Opened) -> None:
    document = whole(opened, "city-2023.txt")
    counted = Counter(look(one["kind"]) for one in document["marks"])
    page = opened.go(page_of(document))
    told = [int(re.sub(r"\D", "", text)) for text in page.get_by_role("group", name="显示").locator("label").all_inner_texts()]
    assert sorted(told) == sorted(counted.values())
    assert page.locator(".m-task").count()
    page.get_by_role("group", name="显示").locator("label", has_text="任务").click()
    page.wait_for_url("**hide=Task*")
    expect(page.locator(".m-task")).to_have_count(1)  # its name above the text
    page.reload()
    opened.settle()
    expect(page.locator(".m-task")).to_have_count(1)


def test_a_mark_leads_to_the_unit_and_the_task(opened: Opened) -> None:
    document = whole(opened, "city-2023.txt")
    page = opened.go(page_of(document))
    page.locator(".document .m-assignment").first.click()
    page.wait_for_url("**at=*")
    expect(panel(page).get_by_text("角色")).to_be_visible()
    links = [link.get_attribute("href") or "" for link in panel(page).get_by_role("link").all()]
    assert any("/units/" in link for link in links)
    assert any("/tasks/" in link for link in links)


@pytest.mark.parametrize("at", [10, -1])
def test_an_address_brings_its_mark_into_sight(at: int, opened: Opened) -> None:
    document = whole(opened, "city-2023.txt")
    mark = [one for one in document["marks"] if one["kind"] == "Assignment"][at]
    page = opened.go(f"{page_of(document)}?at={mark['start']}-{mark['end']}")
    chosen = page.locator(".document .chosen").first
    expect(chosen).to_be_in_viewport()
    assert chosen.inner_text().strip() == document["text"][mark["start"] : mark["end"]]


def test_a_stretch_that_is_no_mark_stands_out_too(opened: Opened) -> None:
    document = whole(opened, "city-2023.txt")
    task = next(one for one in document["marks"] if one["kind"] == "Task")
    page = opened.go(f"{page_of(document)}?at={task['start'] + 1}-{task['start'] + 5}")
    expect(page.locator(".document .m-here").first).to_have_text(document["text"][task["start"] + 1 : task["start"] + 5])


def test_a_fact_of_the_list_leads_to_its_mark(opened: Opened) -> None:
    document = whole(opened, "city-2023.txt")
    page = opened.go(page_of(document))
    page.locator("summary", has_text="读出的内容").click()
    page.locator("details ol li button").nth(150).click()
    page.wait_for_url("**at=*")
    expect(page.locator(".document .chosen").first).to_be_in_viewport()


def test_what_was_not_understood_is_listed_and_marked(opened: Opened) -> None:
    doubtful = [asked(opened, one["links"]["self"]) for one in asked(opened, "/api/documents?limit=200")["items"] if one["doubts"]]
    document = next(one for one in doubtful if any(mark["kind"] == "Doubt" for mark in one["marks"]))
    doubt = next(one for one in document["doubts_told"] if any(mark["iri"] == one["iri"] for mark in document["marks"]))
    page = opened.go(page_of(document))
    page.get_by_role("complementary").get_by_role("link", name=doubt["zh"]).first.click()
    expect(page.locator(".document .m-doubt").first).to_be_in_viewport()
    expect(panel(page)).to_contain_text(doubt["zh"])
    page = opened.go(f"{page_of(document)}?doubt={doubt['code']}&place={doubt['stands']}")  # as a report of an import says it
    expect(page.locator(".document .m-doubt").first).to_be_in_viewport()


def test_tables_are_tables_again(opened: Opened) -> None:
    document = whole(opened, "city-2023-ledger.xlsx")
    lines = [line for line in document["text"].split("\n") if "\t" in line]
    page = opened.go(page_of(document))
    rows = page.locator(".document tr")
    texts = [[cell.strip() for cell in row.locator("td").all_text_contents() if cell.strip()] for row in rows.all()]
    assert [row for row in texts if len(row) > 1] == [[cell.strip() for cell in line.split("\t") if cell.strip()] for line in lines]


def test_pages_are_told(opened: Opened) -> None:
    document = whole(opened, "district-2024.pdf")
    page = opened.go(page_of(document))
    told = [text.strip() for text in page.locator(".document h2").all_text_contents()]
    assert told == [f"第 {one['page']} 页" for one in document["pages"]]


def test_on_a_phone_the_fact_lies_over_the_foot_of_the_text(opened: Opened) -> None:
    opened.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page = opened.go(page_of(whole(opened, "city-2023.txt")))
    page.locator(".document .m-assignment").first.click()
    expect(panel(page)).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    panel(page).get_by_role("button", name="不再选中").click()
    expect(panel(page).get_by_role("button")).to_have_count(0)
