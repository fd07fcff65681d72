"""时限 in the browser: the calendar, the timeline and the units have the deadlines of the server, and what has no day stands apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import httpx
import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.explorer.opened import PHONE, Opened, rows_of

MONTH, FIRST, LAST = "2023-09", "2023-09-01", "2023-09-30"
UNDATED = ("standing", "recurring", "prompt", "relative", "none")
FACETS = [{}, {"place": "990102"}, {"role": "lead", "level": "county"}]
faceted = pytest.mark.parametrize("facets", FACETS, ids=["all", "a place", "a role and level"])


def path_of(**parameters: str) -> str:
    return "deadlines?" + "&".join(f"{name}={value}" for name, value in parameters.items())


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def badges(page: Page) -> dict[str, int]:
    """How many tasks each day of the calendar says are due."""
    days = page.locator("table.calendar button.day")
    return {
        f"{MONTH}-{int(day.locator('.number').inner_text()):02}": number(day.locator(".badge").inner_text().splitlines()[0])
        for day in days.all()
    }


@faceted
def test_the_calendar_has_the_days_of_the_server(facets: dict[str, str], opened: Opened) -> None:
    told = opened.asked("/api/deadlines", **facets, **{"from": FIRST, "to": LAST}, limit=200)["items"]
    wanted = Counter(day for one in told for day in {due["date"] for due in one["due"]} if FIRST <= day <= LAST)
    page = opened.go(path_of(**facets, month=MONTH))
    assert badges(page) == wanted
    assert len(wanted) > 0


def test_a_day_leads_to_its_tasks_and_the_address_brings_them_back(opened: Opened) -> None:
    page = opened.go(path_of(month=MONTH))
    day, count = next(iter(badges(page).items()))
    page.locator("table.calendar button.day").first.click()
    page.wait_for_url(f"**day={day}*")
    expect(page.locator("main article")).to_have_count(count)
    before = page.locator("main").inner_text()
    page.reload()
    opened.settle()
    assert page.locator("main").inner_text() == before


def test_one_goes_from_month_to_month_and_back(opened: Opened) -> None:
    page = opened.go(path_of(month="2023-12"))
    page.get_by_role("button", name="下个月").click()
    expect(page.get_by_role("heading", name="2024-01", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="2023-12", exact=True)).to_be_visible()


@faceted
def test_the_timeline_has_all_that_follows(facets: dict[str, str], opened: Opened) -> None:
    told = opened.asked("/api/deadlines", **facets, **{"from": "2024-06-01"}, limit=50)
    page = opened.go(path_of(**facets, month="2024-06", mode="timeline"))
    days = page.locator("main ol.line > li > h2")
    assert [number(text) for text in days.locator("span").all_inner_texts()] == list(
        Counter(sorted(one["due"][0]["date"] for one in told["items"])).values()
    )
    assert page.locator("main article").count() == len(told["items"])
    assert page.get_by_role("button", name="下一页").count() == told["more"]


@faceted
def test_units_have_their_months(facets: dict[str, str], opened: Opened) -> None:
    told = opened.asked("/api/deadlines/counts", **facets, by="unit-month", **{"from": "2023-01-01", "to": "2023-12-31"})["items"]
    wanted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in told:
        wanted[one["label"]][one["month"]] += one["tasks"]
    page = opened.go(path_of(**facets, month=MONTH, mode="units"))
    rows = page.get_by_role("region", name="按单位").locator("tbody tr")
    assert rows.count() == min(30, len({one["iri"] for one in told})) > 0
    for row in rows.all()[:5]:
        months = wanted[row.locator("th").inner_text()]
        assert [number(text) for text in row.locator("button").all_inner_texts()] == [months[month] for month in sorted(months)]


def test_a_number_of_a_unit_leads_to_its_tasks(opened: Opened) -> None:
    page = opened.go(path_of(month=MONTH, mode="units", place="990102"))
    button = page.get_by_role("region", name="按单位").locator("tbody button").first
    count = number(button.inner_text())
    button.click()
    page.wait_for_url("**cell=**")
    opened.settle()
    expect(page.locator("main article")).to_have_count(count)


@pytest.mark.parametrize("kind", UNDATED)
def test_what_has_no_day_stands_apart(kind: str, opened: Opened) -> None:
    told = opened.asked("/api/tasks", deadline=kind, kind="task", limit=50)
    page = opened.go(path_of(mode="undated", kind=kind))
    assert page.locator("main article").count() == len(told["items"])
    assert page.locator("main article").locator("a.number").all_inner_texts() == [one["number"] or "§" for one in told["items"]]


def test_a_facet_narrows_all_of_it(opened: Opened) -> None:
    page = opened.go(path_of(month=MONTH))
    before = sum(badges(page).values())
    page.get_by_role("complementary", name="筛选").locator("label").filter(has_text="澄湖区").first.click()
    page.wait_for_url("**place=990102*")
    opened.settle()
    assert 0 < sum(badges(page).values()) < before


def test_the_calendar_can_be_subscribed_to(opened: Opened) -> None:
    told = opened.asked("/api/deadlines", place="990102", limit=200)
    page = opened.go(path_of(place="990102"))
    page.get_by_role("button", name="订阅日历").click()
    address = page.locator("code.address").inner_text()
    events = Calendar.from_ical(httpx.get(address, timeout=60).content).walk("VEVENT")
    days = [event.decoded("DTSTART").isoformat() for event in events]
    assert Counter(days) == Counter(due["date"] for one in told["items"] for due in {due["date"]: due for due in one["due"]}.values())


@pytest.mark.parametrize(("path", "request_path"), [
    (path_of(month=MONTH, place="990102"), f"/api/deadlines?place=990102&from={FIRST}&to={LAST}&limit=200"),
    (path_of(mode="undated", kind="recurring", place="990102"), "/api/tasks?deadline=recurring&kind=task&place=990102&limit=200"),
], ids=["a month", "without a day"])  # fmt: skip
def test_what_is_shown_can_be_taken_along(path: str, request_path: str, opened: Opened, tmp_path: Path) -> None:
    told = opened.asked(request_path)["items"]
    opened.go(path)
    rows = rows_of(opened.taken("Excel", tmp_path))
    assert len(rows) == len(told) + 1
    assert {one["text"] for one in told} <= {cell for row in rows for cell in row}


def test_the_query_behind_it_is_shown(opened: Opened) -> None:
    page = opened.go(path_of(month=MONTH))
    page.get_by_role("button", name="查询", exact=True).click()
    expect(page.get_by_role("dialog").locator("pre")).to_contain_text("SELECT")


def test_a_phone_shows_the_days_without_their_words(opened: Opened) -> None:
    opened.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page = opened.go(path_of(month=MONTH))
    assert badges(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
