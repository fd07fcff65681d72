"""Who and when in words and signs that other plans print: other labels, marks for the leader, lines before a bracket, cards in text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract import extract
from kg.readers import read_document
from tests.texts import show_task, to_extraction

TITLE = "青岩市2031年重点工作实施方案\n\n一、改善城乡环境\n"
ITEM = "1.疏浚城区三条河道，清运沿岸垃圾。"


def _read(text: str) -> list[str]:
    return [show_task(task) for task in to_extraction(TITLE + text).tasks]


BEHIND = [
    pytest.param(
        "\n主办：市水利局　协办：市城管局　参与：各镇街 【完成时限：9月底前】",
        "L市水利局 S市城管局 S各镇街 | 2031-09-30",
        id="time-in-a-bracket",
    ),
    pytest.param("责任单位：市水利局 市城管局）", "R市水利局 R市城管局 | ", id="half-a-bracket"),
    pytest.param("\n责任单位：市水利局（市河长办）", "R市水利局（市河长办） | ", id="a-bracket-in-the-name"),
    pytest.param("\n责任单位：市水利局 柳溪街道、白芦镇", "R市水利局 R柳溪街道 R白芦镇 | ", id="a-town-behind-a-gap"),
    pytest.param("\n责任单位：市水利局【完成时限：长期坚持】【备注：新增】", "R市水利局 | standing", id="two-brackets-behind"),
    pytest.param("\n\n牵头责任单位：市水利局\n\n主要协作单位：各乡镇人民政府", "L市水利局 S各乡镇人民政府 | ", id="those-who-work-along"),
    pytest.param(
        "\n牵头负责领导：柳某。\n牵头责任单位：市水利局。\n协同责任单位：市城管局等。", "L市水利局 S市城管局 | ", id="a-stop-behind-each"
    ),
    pytest.param("\n主办单位：市水利局\n会办单位：市城管局、市财政局", "L市水利局 S市城管局 S市财政局 | ", id="joint-handling"),
    pytest.param(
        "\n责任单位：市水利局牵头；市城管局、白芦镇配合完成时限：9月底前",
        "L市水利局 S市城管局 S白芦镇 | 2031-09-30",
        id="nothing-before-the-time",
    ),
    pytest.param("\n完成时限：9月底前责任单位：市水利局", "R市水利局 | 2031-09-30", id="nothing-behind-the-time"),
    pytest.param(
        "\n牵头：市水利局\n落实：云泽水务集团有限公司、各镇街", "L市水利局 R云泽水务集团有限公司 R各镇街 | ", id="those-who-carry-it-out"
    ),
    pytest.param("\n责任股室：水政股、规划股", "R水政股 R规划股 | ", id="sections-of-a-county"),
    pytest.param("\n★责任单位：市水利局、市城管局", "R市水利局 R市城管局 | ", id="a-star-before-the-label"),
    pytest.param(
        "\n【牵头单位】市水利局\n【责任单位】市城管局\n【完成时限】6月底前",
        "L市水利局 R市城管局 | 2031-06-30",
        id="labels-that-are-brackets",
    ),
    pytest.param("｛责任单位：市水利局｝", "R市水利局 | ", id="braces"),
    pytest.param("（责任单位：★市水利局、市城管局）", "L市水利局 R市城管局 | ", id="a-star-tells-the-leader"),
    pytest.param("（责任单位：市水利局*、市城管局）", "L市水利局 R市城管局 | ", id="an-asterisk-behind"),
    pytest.param("（责任单位：★市水利局、★市城管局）", "R市水利局 R市城管局 | ", id="stars-that-tell-nobody-apart"),
    pytest.param("（责任单位：市水利局、市城管局，标★的为牵头单位）", "R市水利局 R市城管局 | ", id="what-the-star-means"),
    pytest.param(
        "（责任单位：市水利局、市城管局〈排名第一的为牵头单位，下同〉）", "L市水利局 R市城管局 | ", id="who-leads-in-angle-brackets"
    ),
    pytest.param("（市水利局负总责，各县区配合）", "R市水利局 S各县区 | ", id="in-charge-of-all"),
    pytest.param("（市水利局牵头，市公安局和青岩海关配合）", "L市水利局 S市公安局 S青岩海关 | ", id="a-customs-house"),
    pytest.param(
        "（责任单位：县公路段、市城投、中国铁塔青岩分公司）", "R县公路段 R市城投 R中国铁塔青岩分公司 | ", id="bodies-that-are-no-office"
    ),
]


@pytest.mark.parametrize(("behind", "wanted"), BEHIND)
def test_who_and_when_behind_an_item(behind: str, wanted: str) -> None:
    assert _read(f"{ITEM}{behind}\n") == [f"1 疏浚城区三条河道，清运沿岸垃圾。 | {wanted}"]


WHOLE = [
    pytest.param("1﹒疏浚河道。\n责任单位：市水利局\n2﹒修缮步道。\n责任单位：市住建局\n", ["1", "2"], id="a-small-full-stop"),
    pytest.param("●疏浚河道。（责任单位：市水利局）\n●修缮步道。（责任单位：市住建局）\n", ["-", "-"], id="bullets"),
]


@pytest.mark.parametrize(("text", "numbers"), WHOLE)
def test_other_numbers(text: str, numbers: list[str]) -> None:
    wanted = ["疏浚河道。 | R市水利局 | ", "修缮步道。 | R市住建局 | "]
    assert _read(text) == [f"{number} {rest}" for number, rest in zip(numbers, wanted, strict=True)]


CARDS = """\
任务名称：疏浚河道
工作内容：清运沿岸垃圾，水质达标。
牵头单位：市水利局
责任单位：市城管局、市财政局
完成时限：2031年6月底前
任务名称：修缮步道
工作内容：逐段修缮。
牵头单位：市住建局
完成时限：2031年9月底前
"""


def test_cards_of_running_text() -> None:
    tasks = to_extraction(TITLE + CARDS).tasks
    assert [show_task(task) for task in tasks] == [
        "- 清运沿岸垃圾，水质达标。 | L市水利局 R市城管局 R市财政局 | 2031-06-30",
        "- 逐段修缮。 | L市住建局 | 2031-09-30",
    ]
    assert [section.heading for task in tasks for section in task.path] == ["一、改善城乡环境", "疏浚河道", "一、改善城乡环境", "修缮步道"]


def test_names_below_a_numbered_item_are_no_card() -> None:
    text = "1.疏浚河道\n工作目标：水质达标。\n工作措施：逐段排查。\n责任单位：市水利局\n完成时限：10月底前\n"
    assert _read(text) == ["1 疏浚河道工作目标：水质达标。工作措施：逐段排查。 | R市水利局 | 2031-10-31"]


def test_the_first_of_a_list_leads_in_other_words() -> None:
    text = "责任分解中，列第一位的责任单位为牵头单位或汇总单位。\n1.疏浚河道。\n责任单位：市水利局、市城管局\n"
    assert _read(text) == ["1 疏浚河道。 | L市水利局 R市城管局 | "]


FACTS = [
    pytest.param("1.疏浚入湖河道，清理淤泥。\n{facts}责任单位：市水利局\n", id="below-an-item"),
    pytest.param("1.整治水环境\n工作内容：疏浚入湖河道，清理淤泥。\n{facts}责任单位：市水利局\n", id="below-what-is-to-be-done"),
    pytest.param("任务名称：整治水环境\n工作内容：疏浚入湖河道，清理淤泥。\n{facts}责任单位：市水利局\n", id="in-a-card"),
]


@pytest.mark.parametrize("text", FACTS)
def test_lines_that_name_documents_and_numbers(text: str) -> None:
    facts = "工作依据：《云泽市水网规划》\n年度目标：疏浚河道12公里\n"
    (task,) = to_extraction(f"云泽市2031年重点工作实施方案\n\n一、改善环境\n{text.format(facts=facts)}").tasks
    assert task.text == "疏浚入湖河道，清理淤泥。"
    assert [one.title for one in task.citations] == ["云泽市水网规划"]
    assert [(one.value, one.unit) for one in task.measures] == [(12, "公里")]


def test_lists_in_lists_whose_numbers_a_browser_draws(tmp_path: Path) -> None:
    item = "<li>{}<br><small>责任单位：{}</small><span>完成时限：9月底前</span></li>"
    first = item.format("疏浚市河12公里，清运淤泥。", "区水利局牵头；区城管局、白芦镇配合") + item.format(
        "修缮步道，安装路灯。", "区住建局"
    )
    second = item.format("改造路口，增设信号灯。", "区交通局")
    lists = "<ol><li><b>改善环境</b><ul><li><b>整治河道</b><ol>{}</ol></li></ul></li><li><b>便利出行</b><ol>{}</ol></li></ol>"
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><h1>澄湖区2031年重点工作安排</h1>{lists.format(first, second)}</body></html>", "utf-8")
    assert [show_task(task) for task in extract(read_document(path)).tasks] == [
        "1 疏浚市河12公里，清运淤泥。 | L区水利局 S区城管局 S白芦镇 | 2031-09-30",
        "2 修缮步道，安装路灯。 | R区住建局 | 2031-09-30",
        "1 改造路口，增设信号灯。 | R区交通局 | 2031-09-30",
    ]
