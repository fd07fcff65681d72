"""One task a card: names with their values beside them, in tables and in running text."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Extraction
from tests.extract.test_rows import _shown
from tests.texts import to_extraction, to_table

TITLE = "2031年青岩市重点工作台账\n\n"


def _read(extraction: Extraction) -> list[str]:
    return [_shown(task) for task in extraction.tasks]


TABLES = [
    pytest.param(
        """
        任务名称 | 疏浚河道
        工作内容 | 1.清运垃圾。
        ^ | 2.疏浚三条河道。
        责任单位 | 牵头：市水利局
        ^ | 配合：市财政局
        完成时限 | 9月底前
        """,
        ["- [疏浚河道] 1.清运垃圾。2.疏浚三条河道。 | L市水利局 S市财政局 | 2031-09-30"],
        id="a-name-that-reaches-down",
    ),
    pytest.param(
        """
        任务名称 | 疏浚河道 | 包抓领导 | 柳某
        责任单位 | 牵头：市水利局 | 完成时限 | 9月底前
        ^ | 配合：市财政局 | ^ | ^
        """,
        ["- [] 疏浚河道 | L市水利局 S市财政局 | 2031-09-30"],
        id="a-name-that-reaches-down-beside-others",
    ),
    pytest.param(
        """
        任务名称：疏浚河道 | <
        责任单位：市水利局 | 完成时限：9月底前
        任务名称：修缮步道 | <
        责任单位：市住建局 | 完成时限：10月底前
        """,
        ["- [] 疏浚河道 | R市水利局 | 2031-09-30", "- [] 修缮步道 | R市住建局 | 2031-10-31"],
        id="name-and-value-in-one-cell",
    ),
    pytest.param(
        """
        任务一 | 任务名称 | 疏浚河道
        ^ | 工作内容 | 清运垃圾。
        ^ | 责任单位 | 市水利局
        任务二 | 任务名称 | 修缮步道
        ^ | 工作内容 | 逐段修缮。
        ^ | 责任单位 | 市住建局
        """,
        ["- [任务一>疏浚河道] 清运垃圾。 | R市水利局 | ", "- [任务二>修缮步道] 逐段修缮。 | R市住建局 | "],
        id="what-the-card-is-called-at-its-left-side",
    ),
    pytest.param(
        """
        1 | 任务内容 | 疏浚河道。
        ^ | 责 任 单 位 | 市水利局
        2 | 任务内容 | 修缮步道。
        ^ | 责 任 单 位 | 市住建局
        """,
        ["1 [] 疏浚河道。 | R市水利局 | ", "2 [] 修缮步道。 | R市住建局 | "],
        id="its-number-at-its-left-side",
    ),
    pytest.param(
        """
        序号 | 1 | 2
        任务内容 | 疏浚河道。 | 修缮步道。
        责任单位 | 市水利局 | 市住建局
        完成时限 | 9月底前 | 10月底前
        """,
        ["1 [] 疏浚河道。 | R市水利局 | 2031-09-30", "2 [] 修缮步道。 | R市住建局 | 2031-10-31"],
        id="a-card-a-column",
    ),
]


@pytest.mark.parametrize(("rows", "wanted"), TABLES)
def test_cards_of_a_table(rows: str, wanted: list[str]) -> None:
    assert _read(extract(to_table(rows))) == wanted


def test_without_merges_a_lower_cell_goes_on_with_the_value() -> None:
    rows = "任务名称 | 疏浚河道\n责任单位 | 市水利局\n | 市财政局\n完成时限 | 9月底前"
    assert _read(extract(to_table(rows, merges=False))) == ["- [] 疏浚河道 | R市水利局 R市财政局 | 2031-09-30"]


def test_a_list_of_whom_to_call_is_no_card() -> None:
    assert _read(extract(to_table("单位 | 市水利局\n联系人 | 柳某\n联系电话 | 0000000"))) == []


TEXTS = [
    pytest.param(
        "【编号】01\n【任务内容】疏浚河道。\n【责任单位】市水利局\n【进展情况】\n【编号】02\n【任务内容】修缮步道。\n【责任单位】市住建局\n",
        ["01 [] 疏浚河道。 | R市水利局 | ", "02 [] 修缮步道。 | R市住建局 | "],
        id="boxed-names",
    ),
    pytest.param(
        "编号：1\n任务内容：疏浚河道，清运两岸垃圾，水质达\n    标\n包抓领导：柳某\n责任单位：市水利局\n完成时限：9月底前\n进展情况：\n",
        ["1 [] 疏浚河道，清运两岸垃圾，水质达标 | R市水利局 | 2031-09-30"],
        id="a-value-over-two-lines-and-an-empty-one",
    ),
    pytest.param(
        "任务名称：疏浚河道\n工作内容：1.清运垃圾。\n2.疏浚三条河道。\n责任单位：市水利局\n",
        ["- [疏浚河道] 1.清运垃圾。2.疏浚三条河道。 | R市水利局 | "],
        id="a-value-of-two-paragraphs",
    ),
    pytest.param(
        "任务内容：疏浚河道。\n牵头单位：市水利局　　配合单位：市财政局　　完成时限：9月底前\n目标要求：水质达标\n",
        ["- [] 疏浚河道。 | L市水利局 S市财政局 | 2031-09-30"],
        id="several-on-a-line",
    ),
    pytest.param(
        "事项：疏浚河道；责任单位：市水利局；完成时限：9月底前\n事项：修缮步道；责任单位：市住建局；完成时限：10月底前\n",
        ["- [] 疏浚河道 | R市水利局 | 2031-09-30", "- [] 修缮步道 | R市住建局 | 2031-10-31"],
        id="a-card-a-line",
    ),
    pytest.param(
        "任务一：疏浚河道\n工作内容：清运垃圾。\n责任单位：市水利局\n任务二：修缮步道\n工作内容：逐段修缮。\n责任单位：市住建局\n",
        ["- [疏浚河道] 清运垃圾。 | R市水利局 | ", "- [修缮步道] 逐段修缮。 | R市住建局 | "],
        id="counted-names",
    ),
    pytest.param(
        "任务名称：疏浚河道\n（一）工作内容：清运垃圾。\n（二）责 任 单 位：市水利局\n（三）完成时限：9月底前\n",
        ["- [疏浚河道] 清运垃圾。 | R市水利局 | 2031-09-30"],
        id="names-behind-numbers",
    ),
    pytest.param(
        "河道治理\n编号：1\n任务内容：疏浚河道。\n责任单位：市水利局\n道路修缮\n编号：2\n任务内容：修缮步道。\n责任单位：市住建局\n",
        ["1 [河道治理] 疏浚河道。 | R市水利局 | ", "2 [道路修缮] 修缮步道。 | R市住建局 | "],
        id="lines-over-cards",
    ),
    pytest.param(
        "任务内容：疏浚河道。\n备注：略\n任务内容：修缮步道。\n责任单位：市住建局\n完成时限：9月底前\n",
        ["- [] 修缮步道。 | R市住建局 | 2031-09-30"],
        id="one-that-says-nobody-among-others",
    ),
    pytest.param(
        "1.疏浚河道\n工作内容：清运垃圾，水质达标。\n责任单位：市水利局\n2.修缮步道\n工作内容：逐段修缮。\n责任单位：市住建局\n",
        ["- [1.疏浚河道] 清运垃圾，水质达标。 | R市水利局 | ", "- [2.修缮步道] 逐段修缮。 | R市住建局 | "],
        id="names-below-a-numbered-title",
    ),
]


TEXTS += [
    pytest.param(
        f"任务名称{gap}疏浚河道\n工作内容{gap}清运垃圾。\n责任单位{gap}市水利局\n\n任务名称{gap}修缮步道\n责任单位{gap}市住建局\n",
        ["- [疏浚河道] 清运垃圾。 | R市水利局 | ", "- [] 修缮步道 | R市住建局 | "],
        id=name,
    )
    for name, gap in (("by-a-tab", "\t"), ("by-a-gap", "  "), ("by-a-wide-blank", "\u3000"))
]
TEXTS += [
    pytest.param(
        "| 任务名称 | 疏浚河道 |\n| --- | --- |\n| 工作内容 | 清运垃圾。 |\n| 责任单位 | 市水利局 |\n",
        ["- [疏浚河道] 清运垃圾。 | R市水利局 | "],
        id="between-pipes",
    ),
    pytest.param("责任单位\t市水利局\n联系人\t柳某\n联系电话\t0000000\n", [], id="whom-to-call"),
]


@pytest.mark.parametrize(("text", "wanted"), TEXTS)
def test_cards_of_running_text(text: str, wanted: list[str]) -> None:
    assert _read(to_extraction(TITLE + text)) == wanted


def test_the_number_of_a_letter_opens_no_card() -> None:
    text = "收文编号：31-007　　密级：无\n青岩市2031年督办清单\n一、河道\n1、疏浚河道。\n承办单位：市水利局\n办结时限：9月底前\n"
    assert _read(to_extraction(text)) == ["1 [一、河道] 疏浚河道。 | R市水利局 | 2031-09-30"]


def test_the_sections_of_a_plan_are_no_card() -> None:
    text = "一、主要任务：疏浚河道。\n（一）疏浚河道。（责任单位：市水利局）\n二、责任分工：各司其职。\n三、时间安排：全年。\n"
    assert _read(to_extraction(TITLE + text)) == ["（一） [一、主要任务：疏浚河道。] 疏浚河道。 | R市水利局 | "]
