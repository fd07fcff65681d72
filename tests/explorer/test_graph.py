"""图谱 in the browser: a walk with the counts of the server, what can be done on the way, the address that keeps it, and the whole."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import networkx
import pytest
from playwright.sync_api import Page, expect

from tests.explorer.opened import PHONE, Opened, rows_of

Item = dict[str, Any]
STEP = 50
SVG = "{http://www.w3.org/2000/svg}"
# the drawing by Cytoscape, as the library itself hangs it on its box
DRAWN = "document.querySelector('.canvas')._cyreg.cy"
PLACES = f"Object.fromEntries({DRAWN}.nodes('[^heading]').map((one) => [one.id(), [one.position('x'), one.position('y')].map(Math.round)]))"
VIEW = f"[{DRAWN}.zoom(), {DRAWN}.pan().x, {DRAWN}.pan().y]"


def busiest(opened: Opened) -> Item:
    """The unit that most is asked of."""
    return dict(opened.asked("/api/statistics")["busiest_units"][0])


def relations(opened: Opened, iri: str) -> list[Item]:
    return list(opened.asked("/api/graph", node=iri, limit=1)["relations"])


def widest(opened: Opened, iri: str) -> Item:
    """The relation by which a node has most neighbours."""
    return max(relations(opened, iri), key=lambda one: int(one["count"]))


def alone(iri: str) -> str:
    """The address of a walk that begins with one node, nothing opened."""
    return f"graph?node={quote(iri, safe='')}&open=-"


def opened_by(iri: str, way: Item, count: int = STEP) -> str:
    """The address of a walk in which one relation is open."""
    end = "in" if way["inward"] else "out"
    way_open = f"~0^{way['relation']}:{end}*{count}"
    return f"graph?node={quote(iri, safe='')}&open={quote(way_open, safe='')}"


def size(page: Page) -> tuple[int, int]:
    """How many nodes and relations the view says there are."""
    nodes, edges = re.findall(r"\d+", page.locator("aside.side [role=status]").first.inner_text().replace(",", ""))
    return int(nodes), int(edges)


def shows(page: Page, nodes: int) -> None:
    expect(page.locator("aside.side [role=status]").first).to_contain_text(f"{nodes:,} 个节点")


def test_a_walk_starts_from_a_name_that_was_typed(opened: Opened) -> None:
    page = opened.go("graph")
    page.locator("main").get_by_label("从任何事物开始").fill("财政局")
    page.get_by_role("option", name="财政局").first.click()
    page.wait_for_url(re.compile("node=.*open="))
    opened.settle()
    expect(page.locator("aside.side h2")).to_contain_text("财政局")
    assert size(page)[0] > 1


def test_the_panel_has_the_relations_and_counts_of_the_server(opened: Opened) -> None:
    unit = busiest(opened)
    page = opened.go(alone(unit["iri"]))
    told = [(one["zh"], f"{one['count']:,}") for one in relations(opened, unit["iri"])]
    shown = [tuple(text.rsplit(" ", 1)) for text in page.locator("aside.side li > button:first-child").all_inner_texts()]
    assert shown == told
    assert size(page) == (1, 0)


def test_a_relation_opens_by_fifty_says_so_and_closes_again(opened: Opened) -> None:
    unit = busiest(opened)
    way = widest(opened, unit["iri"])
    page = opened.go(alone(unit["iri"]))
    rows = page.locator("aside.side li").filter(has_text=f"{way['zh']} {way['count']}")
    rows.locator("button").first.click()
    shows(page, 1 + STEP)
    assert size(page) == (1 + STEP, STEP)
    expect(rows).to_contain_text(f"前 {STEP} 个，共 {way['count']} 个")
    rows.get_by_role("button", name="再来 50 个").click()
    shows(page, 1 + min(2 * STEP, way["count"]))
    page.get_by_role("button", name="收起邻居").click()
    shows(page, 1)


def test_what_is_drawn_is_what_the_server_says_and_stands_in_the_list(opened: Opened) -> None:
    unit = busiest(opened)
    way = widest(opened, unit["iri"])
    end = "in" if way["inward"] else "out"
    told = opened.asked("/api/graph", node=unit["iri"], relation=f"{way['relation']}:{end}", limit=STEP)
    page = opened.go(opened_by(unit["iri"], way))
    assert set(page.evaluate(PLACES)) == {unit["iri"], *(one["iri"] for one in told["nodes"])}
    page.get_by_role("button", name="列表").click()
    listed = page.locator("aside.side section li button")
    assert listed.count() == 1 + len(told["nodes"])
    listed.last.focus()
    page.keyboard.press("Enter")  # who cannot point at the drawing chooses here
    expect(page.locator("aside.side h2")).to_be_visible()
    assert page.evaluate(f"{DRAWN}.$(':selected').length") == 1


def test_nodes_of_the_drawing_are_chosen_by_a_click_and_opened_by_two(opened: Opened) -> None:
    unit = busiest(opened)
    page = opened.go(opened_by(unit["iri"], widest(opened, unit["iri"])))
    where = (
        f"(() => {{ const node = {DRAWN}.nodes('[kind = \"Task\"]')[0], at = node.renderedPosition(); return [node.id(), at.x, at.y] }})()"
    )
    iri, x, y = page.evaluate(where)
    box = page.locator(".canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + x, box["y"] + y)
    told = opened.asked("/api/graph", node=iri, limit=1)["node"]
    expect(page.locator("aside.side h2")).to_have_text(told["label"])
    before = size(page)[0]
    page.wait_for_timeout(400)  # no double click with the one before
    page.mouse.dblclick(box["x"] + x, box["y"] + y)
    expect(page.locator("aside.side [role=status]").first).not_to_contain_text(f"{before} 个节点")
    assert size(page)[0] > before


def test_a_pin_keeps_its_place_and_the_address_restores_all(opened: Opened) -> None:
    unit = busiest(opened)
    page = opened.go(opened_by(unit["iri"], widest(opened, unit["iri"])))
    page.get_by_role("button", name="固定", exact=True).click()
    page.wait_for_url(re.compile("pin="))
    button = page.locator("aside.side .tools").get_by_role("button", name="取消固定")
    expect(button).to_have_attribute("aria-pressed", "true")
    before, address = page.evaluate(PLACES), page.url
    page.reload()
    opened.settle()
    after = page.evaluate(PLACES)
    assert page.url == address
    assert set(after) == set(before)
    assert after[unit["iri"]] == before[unit["iri"]]
    button.click()
    expect(page.locator("aside.side .tools").get_by_role("button", name="固定", exact=True)).to_be_visible()
    assert "pin=" not in page.url


def test_kinds_are_hidden_by_the_legend_and_steps_are_undone_and_done_again(opened: Opened) -> None:
    unit = busiest(opened)
    page = opened.go(opened_by(unit["iri"], widest(opened, unit["iri"])))
    nodes = size(page)[0]
    kind = page.get_by_role("list", name="图例").get_by_role("button", name="任务")
    tasks = int(kind.locator(".quiet").inner_text())
    kind.click()
    shows(page, nodes - tasks)
    expect(kind).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="撤销").click()
    shows(page, nodes)
    page.get_by_role("button", name="重做").click()
    shows(page, nodes - tasks)
    assert "hide=Task" in page.url
    kind.click()
    shows(page, nodes)


def test_what_is_taken_off_stays_off_until_it_is_undone(opened: Opened) -> None:
    unit = busiest(opened)
    page = opened.go(opened_by(unit["iri"], widest(opened, unit["iri"])))
    nodes = size(page)[0]
    page.get_by_role("button", name="列表").click()
    page.locator("aside.side section li button[aria-pressed=false]").first.click()
    page.get_by_role("button", name="选中的").click()
    page.get_by_role("button", name="从图上去掉").click()
    shows(page, nodes - 1)
    page.reload()
    opened.settle()
    shows(page, nodes - 1)
    page.go_back()
    shows(page, nodes)


def test_the_shortest_path_between_two_has_the_steps_of_the_server(opened: Opened) -> None:
    unit, other = opened.asked("/api/statistics")["busiest_units"][0], opened.asked("/api/statistics")["most_cited"][0]
    told = opened.asked("/api/path", **{"from": unit["iri"], "to": other["iri"]})
    page = opened.go(alone(unit["iri"]))
    page.get_by_role("button", name="找最短路径").click()
    note = page.locator(".drawing [role=status]")
    expect(note).to_contain_text(f"起点：{unit['label']}")
    page.locator("main").get_by_label("从任何事物开始").fill(other["label"])
    page.get_by_role("option", name=other["label"]).first.click()
    expect(note).to_contain_text(f"路径 {len(told['edges'])} 步")
    assert note.get_by_role("button").all_inner_texts()[:-1] == [one["label"] for one in told["nodes"]]
    assert page.evaluate(f"{DRAWN}.edges('.way').length") == len(told["edges"])
    note.get_by_role("button", name="去掉路径").click()
    shows(page, 1)


@pytest.mark.parametrize(("layout", "name"), [("concentric", "同心"), ("layered", "按年度分层"), ("grid", "网格")])
def test_a_layout_gives_every_node_a_place_of_its_own_and_stands_in_the_address(layout: str, name: str, opened: Opened) -> None:
    unit = busiest(opened)
    page = opened.go(opened_by(unit["iri"], widest(opened, unit["iri"])))
    page.locator("main .layouts").click()
    page.get_by_role("option", name=name).click()
    page.wait_for_url(re.compile(f"layout={layout}"))
    places = page.evaluate(PLACES)
    assert len({tuple(place) for place in places.values()}) == len(places)
    if layout == "layered":
        assert page.evaluate(f"{DRAWN}.nodes('[heading]').length") > 0
    page.reload()
    opened.settle()
    assert page.evaluate(PLACES) == places


def test_the_minimap_shows_every_node_and_leads_there(opened: Opened) -> None:
    unit = busiest(opened)
    page = opened.go(opened_by(unit["iri"], widest(opened, unit["iri"])))
    small = page.get_by_role("img", name="缩略图")
    expect(small.locator("circle")).to_have_count(size(page)[0])
    before = page.evaluate(VIEW)
    small.click(position={"x": 10, "y": 10})
    assert page.evaluate(VIEW) != before
    page.get_by_role("button", name="适应窗口").click()
    assert page.evaluate(VIEW) == pytest.approx(before, abs=1)


def test_the_link_that_is_copied_is_the_address(opened: Opened) -> None:
    page = opened.go(alone(busiest(opened)["iri"]))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_text("已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.parametrize("place", ["walk", "whole"])
def test_files_that_are_taken_hold_what_is_drawn(place: str, opened: Opened, tmp_path: Path) -> None:
    unit = busiest(opened)
    page = opened.go("graph?mode=overview" if place == "whole" else opened_by(unit["iri"], widest(opened, unit["iri"])))
    expect(page.locator(".laying")).to_have_count(0, timeout=60_000)
    nodes, edges = size(page)
    told = json.loads(opened.taken("JSON", tmp_path).read_text("utf-8"))
    assert (len(told["nodes"]), len(told["edges"])) == (nodes, edges)
    rows = list(csv.reader(opened.taken("CSV", tmp_path).read_text("utf-8-sig").splitlines()))
    assert rows[0][:3] == ["起", "关系", "止"]
    assert len(rows) == edges + 1
    assert len(rows_of(opened.taken("Excel", tmp_path))) == edges + 1
    drawing = ElementTree.parse(opened.taken("SVG", tmp_path)).getroot()
    assert len(drawing.findall(f".//{SVG}polygon")) + len(drawing.findall(f".//{SVG}circle")) == nodes
    assert opened.taken("PNG", tmp_path).read_bytes().startswith(b"\x89PNG\r\n")
    for form, read in (("GraphML", networkx.read_graphml), ("GEXF", networkx.read_gexf)):
        found = read(opened.taken(form, tmp_path))
        assert (found.number_of_nodes(), found.number_of_edges()) == (nodes, edges)
        assert {iri: node["label"] for iri, node in found.nodes(data=True)} == {one["iri"]: one["label"] for one in told["nodes"]}
        assert all(node["iri"] == iri and node["kind"] and node["kind_zh"] for iri, node in found.nodes(data=True))
        assert all(edge["relation"] and edge["label"] and edge["label_en"] for _, _, edge in found.edges(data=True))


def test_keys_move_and_zoom_the_drawing(opened: Opened) -> None:
    page = opened.go(opened_by(busiest(opened)["iri"], widest(opened, busiest(opened)["iri"])))
    page.locator(".canvas").focus()
    seen = [page.evaluate(VIEW)]
    for key in ("ArrowLeft", "ArrowUp", "+", "-"):
        page.keyboard.press(key)
        seen.append(page.evaluate(VIEW))
    assert seen[1][1] > seen[0][1]
    assert seen[2][2] > seen[1][2]
    assert seen[3][0] > seen[2][0]
    assert seen[4][0] == pytest.approx(seen[2][0])


@pytest.mark.parametrize("mode", ["walk", "overview"])
def test_on_a_phone_the_drawing_fits_and_the_panel_comes_below_it(mode: str, opened: Opened) -> None:
    opened.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page = opened.go("graph?mode=overview" if mode == "overview" else alone(busiest(opened)["iri"]))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    drawing, panel = page.locator(".drawing").bounding_box(), page.locator("aside.side").bounding_box()
    assert drawing
    assert panel
    assert panel["y"] >= drawing["y"] + drawing["height"]


# --- the whole -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("facets", ["", "&year=2023"], ids=["all", "a year"])
def test_the_whole_has_the_nodes_and_relations_of_the_server(facets: str, opened: Opened) -> None:
    told = opened.asked(f"/api/graph/overview?limit=10000{facets}")
    page = opened.go(f"graph?mode=overview{facets}")
    assert size(page) == (len(told["nodes"]), len(told["edges"]))
    legend = page.get_by_role("list", name="图例").locator("button .quiet").all_inner_texts()
    assert sum(int(text.replace(",", "")) for text in legend) == len(told["nodes"])


def test_a_facet_narrows_the_whole(opened: Opened) -> None:
    page = opened.go("graph?mode=overview")
    before = size(page)
    page.locator("aside.facets label").first.click()
    expect(page.locator("aside.side [role=status]").first).not_to_contain_text(f"{before[0]:,} 个节点")
    opened.settle()
    assert size(page)[0] < before[0]


def test_the_legend_hides_a_kind_of_the_whole(opened: Opened) -> None:
    page = opened.go("graph?mode=overview")
    section = page.locator("aside.side section").filter(has=page.get_by_role("heading", name="任务"))
    expect(section).to_have_count(1)
    page.get_by_role("list", name="图例").get_by_role("button", name="任务").click()
    page.wait_for_url(re.compile("hide=Task"))
    expect(section).to_have_count(0)


@pytest.mark.parametrize("kind", ["计划", "单位", "法规"])
def test_a_node_of_the_whole_is_chosen_in_the_list_or_in_the_drawing_and_walked_from(kind: str, opened: Opened) -> None:
    page = opened.go("graph?mode=overview")
    expect(page.locator(".laying")).to_have_count(0, timeout=60_000)
    page.locator("aside.side section").filter(has=page.get_by_role("heading", name=kind)).locator("li button").first.click()
    opened.settle()
    label, address = page.locator("aside.side h2").inner_text(), page.url
    page.wait_for_timeout(500)  # the drawing has moved there
    page.get_by_role("button", name="取消").click()
    expect(page.locator("aside.side h2")).to_have_count(0)
    box = page.locator(".sky").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2 - 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("aside.side h2")).to_have_text(label)
    assert page.url == address
    page.get_by_role("link", name="从这里走起").click()
    page.wait_for_selector(".canvas")
    opened.settle()
    expect(page.locator("aside.side h2")).to_have_text(label)
    expect(page.locator("aside.side [role=status]").first).not_to_have_text(re.compile("^1 个节点"))
