"""What a reader doubts: numbers left out, odd units, times not understood, titles never closed, labels with nobody behind them."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Extraction
from tests.texts import to_extraction, to_table

UNIT = "（责任单位：市水利局）"
ITEMS = f"青岩市2031年重点工作实施方案\n\n一、改善环境\n1.疏浚河道。{UNIT}\n2.修缮步道。{UNIT}\n3.栽植乔木。{UNIT}\n"
TASK_ROWS = """
序号 | 工作任务 | 责任单位 | 完成时限
1 | 疏浚河道 | 市水利局 | 10月底前
2 | 修缮步道 | 市住建局 | 年底前
3 | 栽植乔木 | 市林业局 | 长期坚持
"""


def _doubts(extraction: Extraction) -> list[tuple[str, str]]:
    """Code and words of each issue that is not about the header."""
    quote = extraction.document.quote
    return [(one.code, quote(one.span) if one.span else "") for one in extraction.issues if not one.code.startswith("header.")]


IN_ITEMS = [
    pytest.param("疏浚", "疏浚", [], id="nothing-odd"),
    pytest.param("3.栽植", "4.栽植", [("tasks.gap", "疏浚河道。")], id="gap"),
    pytest.param("3.栽植", "2.栽植", [("tasks.double", "疏浚河道。")], id="double"),
    pytest.param("疏浚河道。", "按照《水体保护条例疏浚河道。", [("citation.open", "《水体保护条例疏浚河道。")], id="title-never-closed"),
    pytest.param("河道。（责任单位：市水利局", "河道。（责任单位：加强领导", [("units.odd", "加强领导")], id="odd-unit"),
    pytest.param("木。（责任单位：市水利局）", "木。（责任单位：）", [("units.unread", "（责任单位：）")], id="nobody-in-the-bracket"),
    pytest.param("木。（责任单位：市水利局）", "木。\n责任单位：", [("units.unread", "责任单位：")], id="nobody-behind-the-label"),
    pytest.param(
        f"木。{UNIT}",
        f"木。{UNIT}\n以上7—9项由市城管局配合。",
        [("units.unmet", "以上7—9项由市城管局配合。")],
        id="items-that-are-not-there",
    ),
]


@pytest.mark.parametrize(("old", "new", "wanted"), IN_ITEMS)
def test_doubts_about_items(old: str, new: str, wanted: list[tuple[str, str]]) -> None:
    assert _doubts(to_extraction(ITEMS.replace(old, new))) == wanted


IN_ROWS = [
    pytest.param("疏浚", "疏浚", [], id="nothing-odd"),
    pytest.param("2 |", "4 |", [("tasks.gap", "疏浚河道")], id="gap"),
    pytest.param("年底前", "视情况而定", [("deadline.unread", "视情况而定")], id="unread-deadline"),
    pytest.param("市住建局", "加强领导", [("units.odd", "加强领导")], id="odd-unit"),
    pytest.param("市住建局", "", [("units.none", "修缮步道")], id="no-unit"),
    pytest.param("修缮步道", "按照《步道规范修缮", [("citation.open", "《步道规范修缮")], id="title-never-closed"),
]


@pytest.mark.parametrize(("old", "new", "wanted"), IN_ROWS)
def test_doubts_about_rows(old: str, new: str, wanted: list[tuple[str, str]]) -> None:
    assert _doubts(extract(to_table(TASK_ROWS.replace(old, new)))) == wanted


def test_a_merged_cell_is_doubted_once() -> None:
    rows = TASK_ROWS.replace("年底前", "视情况而定").replace("长期坚持", "^")
    assert _doubts(extract(to_table(rows))) == [("deadline.unread", "视情况而定")]


def test_a_doubt_names_its_place() -> None:
    (issue,) = [one for one in extract(to_table(TASK_ROWS.replace("年底前", "视情况而定"))).issues if one.code == "deadline.unread"]
    assert issue.place == "表1 第3行 第4列"
    assert "视情况而定" in issue.zh
    assert "视情况而定" in issue.en
