"""`zhengpu graph` on a store with the samples."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from kg.cli import main
from kg.errors import SettingError
from kg.ids import Ids
from kg.ingestion import open_ours
from queries import resolve_name, the_one
from viz.pictures import flow_page
from viz.pictures.flow import read_flow, to_columns

UNIT, PLANS = "澄湖区财政局", ("云溪市2021年政务公开工作要点", "云溪市2022年政务公开实施方案")
ECHARTS = any(place.is_file() for place in flow_page._PLACES)


def graph(filled: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["graph", "--store", str(filled), *words])


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(("--unit", UNIT), id="unit"),
        pytest.param(("--instrument", "优化营商环境条例"), id="instrument"),
        pytest.param(("--plan", PLANS[1]), id="plan"),
        pytest.param(("--task", f"{PLANS[1]}#5"), id="task"),
    ],
)
def test_around_a_thing(filled: Path, tmp_path: Path, asked: tuple[str, ...]) -> None:
    out = tmp_path / "图.json"
    assert graph(filled, *asked, "-o", str(out)).exit_code == 0
    found = json.loads(out.read_text("utf-8"))
    start = found["starts"][0]
    near = {start} | {
        end for edge in found["edges"] if start in (edge["source"], edge["target"]) for end in (edge["source"], edge["target"])
    }
    assert near == {node["id"] for node in found["nodes"]}, "nothing further than one step"
    assert len(near) > 3
    assert all(node["label"] and "://" not in node["label"] for node in found["nodes"])


def test_depth_goes_so_far_and_no_further(filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "图.json"
    assert graph(filled, "--unit", UNIT, "--depth", "2", "-o", str(out)).exit_code == 0
    found = json.loads(out.read_text("utf-8"))
    depths = {found["starts"][0]: 0}
    for step in (1, 2):
        for edge in found["edges"]:
            for one, other in ((edge["source"], edge["target"]), (edge["target"], edge["source"])):
                if depths.get(one) == step - 1:
                    depths.setdefault(other, step)
    assert Counter(depths.values())[2] > 20
    assert depths.keys() == {node["id"] for node in found["nodes"]}
    assert {edge["relation"] for edge in found["edges"]} >= {"lead", "responsible", "plan", "continues"}
    printed = [edge["words"] for edge in found["edges"] if edge["target"] == found["starts"][0]]
    assert "区财政局" in printed, "how the source prints the unit"


def test_a_cut_is_said_aloud(filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "图.svg"
    result = graph(filled, "--unit", UNIT, "--depth", "2", "--limit", "40", "-o", str(out))
    assert result.exit_code == 0
    assert "只取了最近的 40 个事物" in result.stderr
    assert "只取了最近的 40 个事物" in "".join(ElementTree.fromstring(out.read_bytes()).itertext())


def test_a_large_part_is_summed_up_on_a_page_and_whole_for_gephi(filled: Path, tmp_path: Path) -> None:
    page, whole = tmp_path / "图.html", tmp_path / "图.graphml"
    result = graph(filled, "--plan", PLANS[1], "--depth", "2", "-o", str(page))
    assert "任务按计划和角色" in result.stderr
    assert "任务按计划和角色" in page.read_text("utf-8")
    assert "已合并" not in graph(filled, "--plan", PLANS[1], "--depth", "2", "-o", str(whole)).stderr
    assert whole.read_text("utf-8").count("<node ") > 300


@pytest.mark.parametrize(
    ("text", "nodes", "relations"),
    [
        pytest.param(
            "SELECT ?task ?role ?unit { ?task zp:leadUnit ?unit BIND('牵头' AS ?role) } LIMIT 3", "Task Unit", {"lead"}, id="by names"
        ),
        pytest.param("SELECT ?a ?b { ?a zp:inPlan ?b } LIMIT 3", "Task Plan", {"→"}, id="two columns"),
        pytest.param(
            "SELECT ?s ?p ?o { ?s a zp:Plan ; ?p ?o FILTER(?p = zp:planYear) } LIMIT 2", "Plan Value", {"计划年度 plan year"}, id="values"
        ),
        pytest.param(
            "CONSTRUCT { ?p eli:passed_by ?u . ?u a zp:Unit } { ?p a zp:Plan ; eli:passed_by ?u }", "Plan Unit", {"issuer"}, id="construct"
        ),
        pytest.param(
            "SELECT (<https://example.org/a> AS ?s) ('甲' AS ?sLabel) ('有关' AS ?p) ('乙' AS ?o) {}", "Other Value", {"有关"}, id="others"
        ),
    ],
)  # fmt: skip
def test_the_answer_of_a_query(filled: Path, tmp_path: Path, text: str, nodes: str, relations: set[str]) -> None:
    query, out = tmp_path / "问.rq", tmp_path / "图.json"
    query.write_text(text, "utf-8")
    result = graph(filled, "--query", str(query), "-o", str(out))
    assert result.exit_code == 0, result.stderr
    found = json.loads(out.read_text("utf-8"))
    assert {node["kind"] for node in found["nodes"]} == set(nodes.split())
    assert {edge["relation"] for edge in found["edges"]} == relations
    assert all("://" not in node["label"] for node in found["nodes"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(("-o", "a.html"), "--lineage", id="nothing asked"),
        pytest.param(("--unit", UNIT, "--plan", "x", "-o", "a.html"), "其中一个", id="two things asked"),
        pytest.param(("--unit", UNIT, "-o", "a.docx"), "--format", id="unknown form"),
        pytest.param(("--unit", "没有这个局", "-o", "a.html"), "没有叫“没有这个局”的单位", id="unknown name"),
        pytest.param(("--lineage", PLANS[0], PLANS[0], "-o", "a.html"), "同一份计划", id="the same plan twice"),
        pytest.param(("--unit", UNIT, "--depth", "9", "-o", "a.html"), "1<=x<=4", id="too deep"),
    ],
)
def test_what_cannot_be_drawn_is_told(
    filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = graph(filled, *words)
    assert result.exit_code != 0
    assert said in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("SELECT ?a ?b ?c ?d { ?a ?b ?c . ?c ?x ?d } LIMIT 1", "?subject ?relation ?object", id="four columns"),
        pytest.param("ASK { ?a ?b ?c }", "ASK", id="ask"),
        pytest.param("SELECT ?s ?o { ?s zp:inPlan ?o FILTER(false) }", "没有结果", id="empty"),
    ],
)
def test_a_query_that_is_no_graph(filled: Path, tmp_path: Path, text: str, said: str) -> None:
    query = tmp_path / "问.rq"
    query.write_text(text, "utf-8")
    result = graph(filled, "--query", str(query), "-o", str(tmp_path / "图.html"))
    assert result.exit_code == 1
    assert said in result.stderr


@pytest.mark.parametrize("form", ["html", "svg", "graphml", "gexf", "json"])
def test_utf8_whatever_the_locale(filled: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"graph.{form}"
    code = "from kg.cli import main; main()"
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    words = ["graph", "--store", str(filled), "--instrument", "优化营商环境条例", "-o", str(out)]
    done = subprocess.run([sys.executable, "-c", code, *words], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert "优化营商环境条例" in out.read_text("utf-8")
    assert b"\r\n" not in out.read_bytes()


# --- lineage --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("names", [PLANS, PLANS[::-1]], ids=["in order", "the later first"])
def test_a_flow_accounts_for_every_task(filled: Path, names: tuple[str, str]) -> None:
    with open_ours(str(filled), Ids.configured(), read_only=True) as store:
        one, other = (the_one(resolve_name(store, "plan", name), "plan", name) for name in names)
        flow = read_flow(store, Ids.configured(), one, other)
    assert (flow.a.title, flow.b.title, flow.relation) == (*PLANS, "continues"), "the earlier stands left"
    first, second = flow.sides()
    assert [len(first), len(second)] == [66, 67]
    assert sum(flow.counts.values()) == len(flow.pairs) + len(flow.only_a) + len(flow.only_b)
    columns = to_columns(flow)
    assert len(columns.left) == len(first) + 1, "all that is new begins in one place"
    summed = to_columns(flow, most=10)
    assert summed.summed
    assert sum(band.count for band in summed.bands) == sum(band.count for band in columns.bands)


@pytest.mark.parametrize("form", ["svg", "png", "graphml", "gexf", "json"])
def test_a_flow_in_other_forms(filled: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"谱系.{form}"
    assert graph(filled, "--lineage", *PLANS, "-o", str(out)).exit_code == 0
    assert out.stat().st_size > 10_000
    if form == "svg":
        said = "".join(ElementTree.fromstring(out.read_bytes()).itertext())
        assert "照录 kept word for word" in said
        assert "不再提 dropped（" in said


@pytest.mark.skipif(not ECHARTS, reason="没有 ECharts，先运行 make explorer / no ECharts")
def test_the_page_of_a_flow_opens_offline(filled: Path, tmp_path: Path, browser: Browser) -> None:
    out = tmp_path / "谱系.html"
    assert graph(filled, "--lineage", *PLANS, "-o", str(out)).exit_code == 0
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    errors: list[str] = []
    asked: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith(("data:", "blob:")) else None)
    page.goto(out.as_uri())
    page.wait_for_selector("#flow svg path")
    entries = page.locator("article:visible").count()
    assert entries == page.evaluate("zhengpu.data.links.length")
    page.click("button[data-outcome=dropped]")
    dropped = page.locator("article:visible").count()
    assert 0 < dropped < entries
    assert page.inner_text("button[data-outcome=dropped]").endswith(f" {dropped}")
    page.click("button[data-outcome='']")
    page.locator("#flow svg text", has_text="3 ").first.click()
    page.wait_for_selector("article.chosen")
    assert asked == [out.as_uri()]
    assert errors == []
    context.close()


def test_without_echarts_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="make explorer"):
        flow_page.read_echarts([tmp_path / "echarts.min.js"])
