"""Tables as files print them: flattened to lines, with remarks around them, many things in one cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from kg.extract import extract
from kg.model import Task
from kg.readers import read_document
from tests.texts import to_extraction, to_table

TITLE = "青岩市2031年重点工作任务分解表\n"


def _shown(task: Task) -> str:
    """A task in one line: number, path, text, units with the first letter of their roles, times."""
    units = " ".join(one.role[0].upper() + one.name for one in task.assignments)
    times = " ".join(str(one.date) if one.kind == "fixed" else one.kind for one in task.deadlines)
    path = ">".join(section.heading for section in task.path)
    return f"{task.number or '-'} [{path}] {task.text} | {units} | {times}"


def _read(text: str) -> list[str]:
    extraction = to_extraction(text)
    assert [plan.title.value for plan in extraction.plans] == [TITLE.strip()]
    return [_shown(task) for task in extraction.tasks]


def _tabs(rows: str) -> str:
    """Rows of cells apart by tabs, from rows written with |."""
    return "".join("\t".join(cell.strip() for cell in row.split("|")) + "\n" for row in rows.strip().splitlines())


def _pipes(rows: str) -> str:
    return "".join(row.strip() + "\n" for row in rows.strip().splitlines())


def _cells(rows: str) -> str:
    """A cell a line, an empty line for an empty cell."""
    return "".join(cell.strip() + "\n" for row in rows.strip().splitlines() for cell in row.split("|"))


FORMS = [
    pytest.param(_tabs, id="rows-of-tabs"),
    pytest.param(_pipes, id="rows-of-pipes"),
    pytest.param(_cells, id="a-cell-a-line"),
]

# --- around a flattened table --------------------------------------------------------------------------------

ROWS = """
序号 | 工作任务 | 责任单位 | 完成时限
1 | 疏浚城区三条河道，清运沿岸垃圾。 | 市水利局、市城管局 | 10月底前
2 | 修缮沿河步道，补齐路灯和护栏。 | 市住建局、各镇街 | 长期坚持
3 | 改造老旧供水管网，更换水表。 | 市水务集团 | 2032年6月底前
"""
WANTED = [
    "1 [] 疏浚城区三条河道，清运沿岸垃圾。 | R市水利局 R市城管局 | 2031-10-31",
    "2 [] 修缮沿河步道，补齐路灯和护栏。 | R市住建局 R各镇街 | standing",
    "3 [] 改造老旧供水管网，更换水表。 | R市水务集团 | 2032-06-30",
]
LED = [
    "1 [] 疏浚城区三条河道，清运沿岸垃圾。 | L市水利局 R市城管局 | 2031-10-31",
    "2 [] 修缮沿河步道，补齐路灯和护栏。 | L市住建局 R各镇街 | standing",
    "3 [] 改造老旧供水管网，更换水表。 | R市水务集团 | 2032-06-30",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "note",
    [
        pytest.param("注：长期坚持的任务每季度报一次进展。", id="note"),
        pytest.param("备注：未列任务由各单位持续推进。", id="remark"),
        pytest.param("说明：进展情况于每月底前报送。", id="explanation"),
        pytest.param("填报人：柳某", id="who-filled-it-in"),
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"], ids=["right-below", "a-line-below"])
def test_what_stands_below_a_table_is_none_of_its_rows(form, note: str, gap: str) -> None:
    assert _read(f"{TITLE}\n{form(ROWS)}{gap}{note}\n") == WANTED


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "remark",
    [
        "（责任单位中列第一位的为牵头单位）",
        "（责任单位中排名第一的为牵头单位）",
        "说明：责任单位第一个单位为牵头单位。",
        "责任单位中列首位的为牵头单位",
    ],
)
def test_a_remark_between_title_and_table(form, remark: str) -> None:
    assert _read(f"{TITLE}{remark}\n\n{form(ROWS)}") == LED


@pytest.mark.parametrize("form", FORMS)
def test_a_remark_in_the_header(form) -> None:
    assert _read(f"{TITLE}\n{form(ROWS.replace('责任单位', '责任单位（列第一位的为牵头单位）'))}") == LED


@pytest.mark.parametrize("form", FORMS)
def test_a_remark_below_the_table(form) -> None:
    assert _read(f"{TITLE}\n{form(ROWS)}\n注：责任单位列第一位的为牵头单位。\n") == LED


@pytest.mark.parametrize("form", FORMS)
def test_the_others_of_the_list_support(form) -> None:
    found = _read(f"{TITLE}（责任单位中列第一位的为牵头单位，其他为配合单位）\n\n{form(ROWS)}")
    assert found == [line.replace(" R市城管局", " S市城管局").replace(" R各镇街", " S各镇街") for line in LED]


# --- empty cells, merged cells -------------------------------------------------------------------------------------

SUPPORT = """
序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限
1 | 疏浚城区三条河道，清运沿岸垃圾。 | 市水利局 | | 10月底前
2 | 修缮沿河步道，补齐路灯和护栏。 | 市住建局 | 市城管局、各镇街 | 年底前
3 | 改造老旧供水管网，更换水表。 | 市水务集团 | | 2032年6月底前
4 | 公布出厂水和末梢水的水质。 | 市卫健委 | 市水务集团 | 每季度末
"""


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_cell_of_those_who_support_stays_empty(form) -> None:
    assert _read(f"{TITLE}\n{form(SUPPORT)}") == [
        "1 [] 疏浚城区三条河道，清运沿岸垃圾。 | L市水利局 | 2031-10-31",
        "2 [] 修缮沿河步道，补齐路灯和护栏。 | L市住建局 S市城管局 S各镇街 | 2031-12-31",
        "3 [] 改造老旧供水管网，更换水表。 | L市水务集团 | 2032-06-30",
        "4 [] 公布出厂水和末梢水的水质。 | L市卫健委 S市水务集团 | recurring",
    ]


MARKED = """
序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限
1 | 疏浚城区三条河道，清运沿岸垃圾。 | 市水利局 | — | 10月底前
2 | 修缮沿河步道，补齐路灯和护栏。 | 市住建局 | 市城管局、各镇街 | 年底前
3 | 改造老旧供水管网，更换水表。 | 市水务集团 | | 与上级同步
4 | 公布出厂水和末梢水的水质。 | 市卫健委 | — | 与检测同步
"""


@pytest.mark.parametrize("form", FORMS[:2])
def test_an_empty_cell_is_a_merged_one_where_a_dash_says_nobody(form) -> None:
    assert _read(f"{TITLE}\n{form(MARKED)}") == [
        "1 [] 疏浚城区三条河道，清运沿岸垃圾。 | L市水利局 | 2031-10-31",
        "2 [] 修缮沿河步道，补齐路灯和护栏。 | L市住建局 S市城管局 S各镇街 | 2031-12-31",
        "3 [] 改造老旧供水管网，更换水表。 | L市水务集团 S市城管局 S各镇街 | ",
        "4 [] 公布出厂水和末梢水的水质。 | L市卫健委 | ",
    ]


def test_a_page_without_the_second_group_column() -> None:
    first = """
    序号 | 重点任务 | 任务类别 | 工作要求 | 责任单位
    1 | 治理水体 | 河道 | 疏浚城区三条河道，清运沿岸垃圾。 | 市水利局
    2 | | 管网 | 改造老旧供水管网，更换水表。 | 市水务集团
    """
    second = """
    序号 | 重点任务 | 工作要求 | 责任单位
    3 | 绿化道路 | 栽植行道树，做好日常管护。 | 市林业局
    4 | | 修剪枯枝，清除病木。 | 市城管局
    """
    assert _read(f"{TITLE}\n{_tabs(first)}\n- 2 -\n{_tabs(second)}") == [
        "1 [治理水体>河道] 疏浚城区三条河道，清运沿岸垃圾。 | R市水利局 | ",
        "2 [治理水体>管网] 改造老旧供水管网，更换水表。 | R市水务集团 | ",
        "3 [绿化道路] 栽植行道树，做好日常管护。 | R市林业局 | ",
        "4 [绿化道路] 修剪枯枝，清除病木。 | R市城管局 | ",
    ]


def test_two_names_in_one_cell_are_the_outer_and_the_inner_one() -> None:
    rows = """
    序号 | 重点任务 | 工作要求 | 责任单位
    1 | 治理城区水体　疏浚城区河道 | 清运三条河道沿岸的垃圾和淤泥。 | 市水利局
    2 | | 公布各河段的水质。 | 市环保局
    3 | 绿化城区道路 | 栽植行道树，做好日常管护。 | 市林业局
    """
    assert _read(f"{TITLE}\n{_tabs(rows)}") == [
        "1 [治理城区水体>疏浚城区河道] 清运三条河道沿岸的垃圾和淤泥。 | R市水利局 | ",
        "2 [治理城区水体>疏浚城区河道] 公布各河段的水质。 | R市环保局 | ",
        "3 [绿化城区道路] 栽植行道树，做好日常管护。 | R市林业局 | ",
    ]


# --- real tables -------------------------------------------------------------------------------------------------------

TABLES = [
    pytest.param(
        """
        序号 | 工作任务 | 责任单位 | < | 完成时限
        ^ | ^ | 牵头 | 配合 | ^
        1 | 疏浚河道 | 市水利局 | 市城管局、各镇街 | 10月底前
        2 | 修缮步道 | 市住建局 | | 年底前
        """,
        ["1 [] 疏浚河道 | L市水利局 S市城管局 S各镇街 | 2031-10-31", "2 [] 修缮步道 | L市住建局 | 2031-12-31"],
        id="lead-and-support-under-responsible",
    ),
    pytest.param(
        """
        序号 | 工作任务 | 责任单位
        1 | 疏浚河道 | 市水利局/国网青岩供电公司/青岩农商银行
        2 | 修缮步道 | 教育督导科/政策法规科
        """,
        ["1 [] 疏浚河道 | R市水利局 R国网青岩供电公司 R青岩农商银行 | ", "2 [] 修缮步道 | R教育督导科 R政策法规科 | "],
        id="units-a-line-each",
    ),
    pytest.param(
        """
        序号 | 工作任务 | 责任单位
        1 | 疏浚河道 | 牵头单位：市水利局/配合单位：市城管局、各镇街
        """,
        ["1 [] 疏浚河道 | L市水利局 S市城管局 S各镇街 | "],
        id="labels-a-line-each-in-a-cell",
    ),
    pytest.param(
        """
        序号 | 工作任务 | 责任单位 | 完成时限
        1 | 疏浚河道 | 市水利局 | 6月底前启动，11月底前完成
        2 | 修缮步道 | 市住建局 | 2032年底前完成，并长期坚持
        3 | 补齐路灯 | 市城管局 | 5月20日前完成，及时维护
        """,
        [
            "1 [] 疏浚河道 | R市水利局 | 2031-06-30 2031-11-30",
            "2 [] 修缮步道 | R市住建局 | 2032-12-31 standing",
            "3 [] 补齐路灯 | R市城管局 | 2031-05-20",
        ],
        id="one-cell-two-deadlines",
    ),
    pytest.param(
        """
        序号 | 工作任务 | 责任单位（列第一位的为牵头单位，其他为配合单位）
        1 | 疏浚河道 | 市水利局、市城管局
        2 | 修缮步道 | 市住建局
        """,
        ["1 [] 疏浚河道 | L市水利局 S市城管局 | ", "2 [] 修缮步道 | R市住建局 | "],
        id="a-remark-in-the-header-of-a-real-table",
    ),
    pytest.param(
        """
        序号 | 工作任务 | 责任单位
        1 | 疏浚河道 | 有关部门（市水利局、市城管局）
        2 | 修缮步道 | 市住建局（市人防办）
        """,
        ["1 [] 疏浚河道 | R市水利局 R市城管局 | ", "2 [] 修缮步道 | R市住建局（市人防办） | "],
        id="a-list-in-brackets-and-a-second-name",
    ),
]


@pytest.mark.parametrize(("rows", "wanted"), TABLES)
def test_the_cells_of_a_table(rows: str, wanted: list[str]) -> None:
    assert [_shown(task) for task in extract(to_table(rows)).tasks] == wanted


def test_a_sheet_with_a_header_of_two_rows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in [
        [TITLE.strip()],
        ["序号", "工作任务", "责任单位", "", "完成时限"],
        ["", "", "牵头", "配合", ""],
        [1, "疏浚河道", "市水利局\n市城管局", "各镇街", "10月底前"],
        [2, "修缮步道", "市住建局", None, "年底前"],
    ]:
        sheet.append(row)
    for area in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"):
        sheet.merge_cells(area)
    book.save(tmp_path / "plan.xlsx")
    assert [_shown(task) for task in extract(read_document(tmp_path / "plan.xlsx")).tasks] == [
        "1 [] 疏浚河道 | L市水利局 L市城管局 S各镇街 | 2031-10-31",
        "2 [] 修缮步道 | L市住建局 | 2031-12-31",
    ]
