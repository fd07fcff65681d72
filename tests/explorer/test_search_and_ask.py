"""检索 and 提问 in the browser: hits are the server's, slips are mended aloud, and an answer shows its rows, their words and its query."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.explorer.opened import Opened, rows_of

ASKED = "澄湖区民政局2023年牵头哪些任务？"
AGAIN = "2022年呢？"
TWOFOLD = "财政局要做哪些事？"
BEYOND = "今天天气怎么样？"


def asking(*questions: str) -> str:
    return "ask?" + "&".join(f"q={quote(one)}" for one in questions)


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


# --- searching


@pytest.mark.parametrize("facets", [{}, {"place": "990102"}, {"year": "2023", "role": "lead"}], ids=["all", "a place", "a year and role"])
@pytest.mark.parametrize("words", ["政府网站", "zhengfu wangzhan", "“主动公开”", "政府网站 -新媒体"])
def test_hits_are_those_of_the_server(words: str, facets: dict[str, str], opened: Opened) -> None:
    told = opened.asked("/api/search", q=words, limit=20, **facets)
    page = opened.go(f"search?q={quote(words)}" + "".join(f"&{name}={value}" for name, value in facets.items()))
    hits = page.locator("main ol.hits > li")
    assert hits.count() == len(told["hits"]) > 0
    for hit, one in zip(hits.all(), told["hits"], strict=True):
        expect(hit).to_contain_text(one["text"] or one["label"])
        marked = [one[mark["field"]][mark["start"] : mark["end"]] for mark in one["marks"]]
        assert set("".join(hit.locator("mark").all_inner_texts())) == set("".join(marked))
    kinds = next(one for one in told["facets"] if one["name"] == "kind")["values"]
    links = page.get_by_role("navigation", name="种类").get_by_role("link").all_inner_texts()
    assert [number(text) for text in links[:-1]] == [told["total"], *(one["count"] for one in kinds)]


@pytest.mark.parametrize("words", ["政府网戰", "预绝算", "zhengfu wangzhan"])
def test_what_was_looked_for_instead_is_said(words: str, opened: Opened) -> None:
    told = opened.asked("/api/search", q=words)
    page = opened.go(f"search?q={quote(words)}")
    assert page.locator("main p[role=status]").all_inner_texts() == [one["zh"] for one in told["said"]] != []


def test_a_kind_narrows_and_the_address_keeps_it(opened: Opened) -> None:
    page = opened.go(f"search?q={quote('公开')}")
    link = page.get_by_role("navigation", name="种类").get_by_role("link", name=re.compile("法规文件"))
    count = number(link.inner_text())
    link.click()
    page.wait_for_url("**kind=instrument*")
    opened.settle()
    told = opened.asked("/api/search", q="公开", kind="instrument", limit=20)
    assert told["total"] == count
    assert page.locator("main ol.hits > li").count() == len(told["hits"])
    before = page.locator("main").inner_text()
    page.reload()
    opened.settle()
    assert page.locator("main").inner_text() == before


def test_a_facet_of_hits_narrows_them(opened: Opened) -> None:
    page = opened.go(f"search?q={quote('政府网站')}")
    label = page.get_by_role("complementary", name="筛选").locator("label").filter(has_text="澄湖区").first
    count = number(label.locator(".quiet").inner_text())
    label.click()
    page.wait_for_url("**place=990102*")
    opened.settle()
    assert number(page.get_by_role("navigation", name="种类").get_by_role("link").first.inner_text()) == count


def test_a_hit_leads_to_its_thing(opened: Opened) -> None:
    page = opened.go(f"search?q={quote('澄湖区民政局')}")
    page.locator("main ol.hits a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("澄湖区民政局")


def test_the_box_proposes_names_while_one_types(opened: Opened) -> None:
    told = opened.asked("/api/suggest", q="民政", limit=8)["suggestions"]
    unit = next(one for one in told if one["kind"] == "unit")
    page = opened.go("")
    box = page.locator("header.top input")
    box.fill("民政")
    expect(page.get_by_role("option")).to_have_text([re.compile(re.escape(one["text"])) for one in told])
    for _ in range(told.index(unit) + 1):  # by the keyboard: on a busy machine the list still moves under a pointer
        box.press("ArrowDown")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(unit["text"])


@pytest.mark.parametrize(("typed", "view"), [("政府网站", "search"), (ASKED, "ask")])
def test_the_box_tells_words_from_questions(typed: str, view: str, opened: Opened) -> None:
    page = opened.go("")
    page.locator("header.top input").fill(typed)
    page.locator("header.top input").press("Enter")
    page.wait_for_url(f"**/{view}?q=*")
    opened.settle()
    assert page.locator("header.top input").input_value() == typed


def test_nothing_found_is_said_and_can_be_asked(opened: Opened) -> None:
    page = opened.go("search?q=qqqqxyz")
    expect(page.locator("main")).to_contain_text("没有找到")
    page.get_by_role("link", name="作为问题来问").click()
    page.wait_for_url("**/ask?*")
    opened.settle()
    expect(page.locator("main")).to_contain_text("没有读懂，或库里答不了")


def test_hits_are_taken_along(opened: Opened, tmp_path: Path) -> None:
    told = opened.asked("/api/search", q="政府网站", limit=20)["hits"]
    opened.go(f"search?q={quote('政府网站')}")
    with opened.taken("CSV", tmp_path).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["名称"] for row in rows] == [one["label"] for one in told]


# --- asking


def test_an_answer_has_its_rows_with_their_words_and_its_query(opened: Opened) -> None:
    told = opened.asked("/api/ask", q=ASKED)
    page = opened.go(asking(ASKED))
    expect(page.locator("main")).to_contain_text(told["understood"])
    expect(page.locator("main")).to_contain_text(told["answer"])
    tasks = list(dict.fromkeys(row["task"] for row in told["rows"]))
    grounds = page.locator("main ol.grounds > li")
    assert grounds.count() == len(tasks) > 0
    for ground, task in zip(grounds.all(), tasks, strict=True):
        row = next(one for one in told["rows"] if one["task"] == task)
        for words in (row["text"], row["file"], row["stands"], row["plan"]):
            expect(ground).to_contain_text(words)
    page.get_by_role("button", name="查询", exact=True).click()
    assert page.get_by_role("dialog").locator("pre").inner_text().strip() == told["query"]["text"].strip()


def test_an_answer_is_told_in_english_with_the_chinese_beside_it(opened: Opened) -> None:
    told = opened.asked("/api/ask", q=ASKED)
    page = opened.go(asking(ASKED) + "&lang=en")
    for words in (told["understood_en"], told["understood"], told["answer"], f"Found: {len({row['task'] for row in told['rows']})}"):
        expect(page.locator("main")).to_contain_text(words)
    roles = {row["role"] for row in told["rows"]}
    for ground in page.locator("main ol.grounds > li").all():
        expect(ground).to_contain_text(re.compile("|".join(f"Role: {told['codes'][role]}" for role in roles)))


def test_a_row_leads_to_its_task(opened: Opened) -> None:
    row = opened.asked("/api/ask", q=ASKED)["rows"][0]
    page = opened.go(asking(ASKED))
    page.locator("main ol.grounds a").first.click()
    page.wait_for_url("**/tasks/**")
    opened.settle()
    expect(page.locator("main p.text")).to_have_text(row["text"])


def test_a_question_leans_on_the_one_before(opened: Opened) -> None:
    page = opened.go(asking(ASKED))
    page.get_by_role("textbox", name="接着问").fill(AGAIN)
    page.locator("main form.next").get_by_role("button", name="提问").click()
    page.wait_for_url("**q=*q=*")
    opened.settle()
    turns = page.locator("main section.turn")
    expect(turns).to_have_count(2)
    expect(turns.nth(1)).to_contain_text("2022年澄湖区民政局")
    before = page.locator("main").inner_text()
    page.reload()  # the address tells the whole conversation
    opened.settle()
    assert page.locator("main").inner_text() == before
    page.go_back()
    expect(turns).to_have_count(1)


def test_of_several_that_are_meant_one_is_chosen(opened: Opened) -> None:
    choices = opened.asked("/api/ask", q=TWOFOLD)["choices"]
    page = opened.go(asking(TWOFOLD))
    buttons = page.locator("main section.turn li button")
    assert buttons.all_inner_texts() == [one["label"] for one in choices]
    buttons.first.click()
    expect(page.locator("main section.turn h2")).to_have_text(choices[0]["question"])
    expect(page.locator("main section.turn")).to_contain_text("依据（")


def test_what_cannot_be_answered_offers_what_can(opened: Opened) -> None:
    told = opened.asked("/api/ask", q=BEYOND)
    page = opened.go(asking(BEYOND))
    expect(page.locator("main")).to_contain_text(told["declined"])
    offers = page.locator("main section.turn li button")
    assert offers.all_inner_texts() == told["offers"] != []
    offers.first.click()
    expect(page.locator("main section.turn h2")).to_have_text(told["offers"][0])
    expect(page.locator("main section.turn")).to_contain_text("依据（")


def test_one_can_begin_anew(opened: Opened) -> None:
    page = opened.go(asking(ASKED, AGAIN))
    page.get_by_role("button", name="另起一段").click()
    expect(page.locator("main section.turn")).to_have_count(0)


def test_an_answer_is_taken_along(opened: Opened, tmp_path: Path) -> None:
    told = opened.asked("/api/ask", q=ASKED)
    opened.go(asking(ASKED))
    rows = rows_of(opened.taken("Excel", tmp_path))
    assert len(rows) == len(told["rows"]) + 1
    assert [row["text"] for row in told["rows"]] == [row[rows[0].index("任务")] for row in rows[1:]]
