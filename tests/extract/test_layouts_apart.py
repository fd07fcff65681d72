"""Who, when and which number, where the layout and no stop parts them from what they stand before: gaps, dashes, bullets, boxes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.columns import gapped_labels, is_label
from kg.extract import extract
from kg.readers import read_document
from tests.texts import show_task, to_extraction

TITLE = "澄湖区2031年河道整治工作方案\n\n一、重点任务\n"
WANTED = [
    "一、重点任务 > 1 疏浚市河12公里，清运淤泥。 | L区水利局 S区城管局 S各镇 | 2031-06-30",
    "一、重点任务 > 2 修复护岸5处。 | R区城管局 | standing",
]


def _shown(tasks) -> list[str]:
    return [" > ".join([*(section.heading for section in task.path), show_task(task)]) for task in tasks]


def _two(one: str, other: str) -> str:
    return f"{TITLE}1.疏浚市河12公里，清运淤泥。\n{one}\n2.修复护岸5处。\n{other}\n"


LINES = [
    pytest.param(
        _two("牵头单位　区水利局\n配合单位　区城管局、各镇\n完成时限　6月底前", "责任单位 区城管局\n完成时限\t长期坚持"), id="a-gap"
    ),
    pytest.param(
        _two("牵头单位  区水利局  配合单位  区城管局、各镇  完成时限  6月底前", "责任单位  区城管局  完成时限  长期坚持"), id="a-line"
    ),
    pytest.param(
        _two("▎牵头单位｜区水利局\n▎配合单位 | 区城管局、各镇\n▎完成时限｜6月底前", "责任单位——区城管局\n完成时限→长期坚持"), id="a-stroke"
    ),
    pytest.param(
        _two("【牵头单位】\n区水利局\n【配合单位】\n区城管局、各镇\n【完成时限】\n6月底前", "责任单位\n区城管局\n完成时限\n长期坚持"),
        id="a-line-each",
    ),
    pytest.param(
        _two("「牵头单位」区水利局\n「配合单位」区城管局、各镇\n「完成时限」6月底前", "「责任部门」区城管局\n「时限」长期坚持"),
        id="corners",
    ),
    pytest.param(
        _two("●牵头单位：区水利局\n●配合单位：区城管局、各镇\n●完成时限：6月底前", "※责任单位：区城管局\n※完成时限：长期坚持"), id="bullets"
    ),
    pytest.param(_two("　　——区水利局牵头，区城管局、各镇配合，6月底前完成", "　　—— 区城管局负责，长期坚持。"), id="a-dash"),
    pytest.param(_two("－－区水利局牵头，区城管局、各镇配合，6月底前完成", "→区城管局负责，长期坚持"), id="a-wide-dash"),
    pytest.param(
        _two(
            "责任领导　副区长柳某同志\n牵头单位　区水利局\n配合单位　区城管局、各镇\n完成时限　6月底前",
            "责任单位　区城管局\n办理时限　长期坚持",
        ),
        id="a-leader",
    ),
]


@pytest.mark.parametrize("text", LINES)
def test_lines_below_an_item(text: str) -> None:
    assert _shown(to_extraction(text).tasks) == WANTED


PAGES = [
    pytest.param(
        "<dl><dt><b>1.</b>&nbsp;疏浚市河12公里，清运淤泥。</dt><dd><em>责任领导</em>副区长柳某同志</dd><dd><em>牵头单位</em>区水利局</dd>"
        "<dd><em>配合单位</em>区城管局、各镇</dd><dd><em>完成时限</em>6月底前</dd>"
        "<dt><b>2.</b>&nbsp;修复护岸5处。</dt><dd><span>责任单位</span>区城管局</dd><dd><span>完成时限</span><span>长期坚持</span></dd></dl>",
        id="names-by-the-markup",
    ),
    pytest.param(
        "<h4>1.疏浚市河12公里，清运淤泥。</h4><dl><dt>牵头单位</dt><dd>区水利局</dd><dt>配合单位</dt><dd>区城管局、各镇</dd>"
        "<dt>完成时限</dt><dd>6月底前</dd></dl><h4>2.修复护岸5处。</h4><dl><dt>责任单位</dt><dd>区城管局</dd><dt>完成时限</dt><dd>长期坚持</dd></dl>",
        id="a-list-of-terms",
    ),
    pytest.param(
        "<p>1.疏浚市河12公里，清运淤泥。</p><p><b>牵头单位</b>区水利局<b>配合单位</b>区城管局、各镇<b>完成时限</b>6月底前</p>"
        "<p>2.修复护岸5处。</p><p><b>责任单位</b>：区城管局</p><div><div>完成时限</div><div>长期坚持</div></div>",
        id="several-in-a-paragraph",
    ),
]


@pytest.mark.parametrize("body", PAGES)
def test_pages(body: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><h1>澄湖区2031年河道整治工作方案</h1><h2>一、重点任务</h2>{body}</body></html>", "utf-8")
    assert _shown(extract(read_document(path)).tasks) == WANTED


def test_terms_that_are_a_card(tmp_path: Path) -> None:
    what = "<dt>任务名称</dt><dd>{}</dd><dt>工作内容</dt><dd>{}</dd>"
    card = f"<dl>{what}<dt>责任单位</dt><dd>区水利局</dd><dt>完成时限</dt><dd>6月底前</dd></dl>"
    cards = card.format("清河", "疏浚市河12公里，清运淤泥。") + card.format("护岸", "修复护岸5处，开展巡查。")
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><h1>澄湖区2031年河道整治工作方案</h1>{cards}</body></html>", "utf-8")
    assert _shown(extract(read_document(path)).tasks) == [
        "清河 > - 疏浚市河12公里，清运淤泥。 | R区水利局 | 2031-06-30",
        "护岸 > - 修复护岸5处，开展巡查。 | R区水利局 | 2031-06-30",
    ]


def test_numbers_that_are_blocks_of_their_own(tmp_path: Path) -> None:
    part = "<section><section><b>PART 0{}</b></section><section><b>{}</b></section></section>"
    who = "<p>▍责任单位：区水利局</p><p>▍完成时限：6月底前</p>"
    item = f"<section><section>{{:02}}</section><section><b>{{}}</b></section><p>{{}}</p>{who}</section>"
    body = [
        part.format(1, "水环境"),
        item.format(1, "清河", "疏浚市河12公里，清运淤泥，建立台账。"),
        item.format(2, "大堤加固", "加固大堤3公里，更换闸门，建立台账。"),
        part.format(2, "道路"),
        item.format(3, "小路改造", "改造小路8条，更换路灯，建立台账。"),
    ]
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><h1>云泽市2031年城市管理行动方案</h1>{''.join(body)}</body></html>", "utf-8")
    assert _shown(extract(read_document(path)).tasks) == [
        "水环境 > 清河 > 01 疏浚市河12公里，清运淤泥，建立台账。 | R区水利局 | 2031-06-30",
        "水环境 > 大堤加固 > 02 加固大堤3公里，更换闸门，建立台账。 | R区水利局 | 2031-06-30",
        "道路 > 小路改造 > 03 改造小路8条，更换路灯，建立台账。 | R区水利局 | 2031-06-30",
    ]


NAMES = [
    ("牵头单位", True),
    ("办理时限", True),
    ("责任领导", True),
    ("工作内容", True),
    ("责任", False),
    ("公开预算。责任单位", False),
    ("区水利局", False),
]


@pytest.mark.parametrize(("text", "wanted"), NAMES)
def test_names(text: str, wanted: bool) -> None:
    assert is_label(text) == wanted


NO_LABELS = [
    pytest.param("责任单位 完成时限", id="the-names-of-columns"),
    pytest.param("责任单位 要认真抓好落实，按期报送进展。", id="prose-behind-a-gap"),
    pytest.param("各责任单位 区水利局", id="a-collective"),
    pytest.param("完成时限 以市政府办公室正式印发的年度工作计划为准，逾期的予以通报", id="no-time"),
    pytest.param("区水利局 责任单位 区城管局", id="not-at-the-start"),
]


@pytest.mark.parametrize("text", NO_LABELS)
def test_what_is_no_name_with_its_value(text: str) -> None:
    assert not list(gapped_labels(text))


NOBODY = [
    pytest.param("1.落实分工。\n——坚持问题导向，抓好整改。\n——区水利局要加强调度。\n", id="dashes-before-prose"),
    pytest.param("1.有关单位包括：\n——区水利局\n——区城管局\n", id="a-list-of-units"),
    pytest.param("1.抓好落实。\n完成时限 以年度工作计划和市政府正式批复为准，逾期予以通报\n", id="no-unit"),
]


@pytest.mark.parametrize("text", NOBODY)
def test_lines_that_charge_nobody(text: str) -> None:
    assert not to_extraction(TITLE + text).tasks


def test_a_page_number_is_no_number_of_an_item() -> None:
    extraction = to_extraction(f"{TITLE}1.疏浚市河。（责任单位：区水利局）\n1\n河道整治\n2.修复护岸。（责任单位：区水利局）\n2\n护岸修复\n")
    assert [task.number for task in extraction.tasks] == ["1", "2"]
