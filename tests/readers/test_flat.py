"""Flattened tables: the four forms in which a table reaches a text file."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Table
from tests.texts import to_document

TITLE = "2031年青岩市政务公开工作任务分解表\n\n"


def _tables(text: str) -> list[list[list[str]]]:
    """The tables of a text, each as rows of cells; an empty cell is empty."""
    document = to_document(TITLE + text)
    tables = []
    for block in document.blocks:
        if isinstance(block, Table):
            rows = [[""] * block.columns for _ in range(block.rows)]
            for cell in block.cells:
                rows[cell.row][cell.column] = document.quote(cell.span)
            tables.append(rows)
    return tables


WANTED = [
    ["1", "公开预算的编制依据和执行结果。", "市财政局", "9月底前"],
    ["2", "公开决算的编制依据和执行结果。", "市审计局、市财政局", "长期坚持"],
    ["3", "答复群众的来信来访。", "市信访局", "及时办理"],
]
NAMES = ["序号", "工作要求", "责任单位", "完成时限"]


def _tabs(rows: list[list[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in rows)


def _pipes(rows: list[list[str]]) -> str:
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


def _tab_cells(rows: list[list[str]]) -> str:
    return "\n".join("".join(f"\t{cell}\n" for cell in row) for row in rows)


def _cells(rows: list[list[str]]) -> str:
    return "".join(f"{cell}\n" for row in rows for cell in row)


FORMS = [
    pytest.param(_tabs, id="rows-of-tabs"),
    pytest.param(_pipes, id="rows-of-pipes"),
    pytest.param(_tab_cells, id="a-cell-a-line-behind-a-tab"),
    pytest.param(_cells, id="a-cell-a-line"),
]


@pytest.mark.parametrize("form", FORMS)
def test_the_four_forms_are_one_table(form) -> None:
    assert _tables(form([NAMES, *WANTED])) == [[NAMES, *WANTED]]


def test_cells_that_could_be_names_of_columns_begin_no_header() -> None:
    names = ["序号", "工作要求", "责任单位", "责任人", "完成时限"]
    rows = [
        ["1", "公开预算的编制依据和执行结果。", "市财政局", "柳某", "9月底前"],
        ["2", "公开决算的编制依据和执行结果。", "相关责任单位", "各单位分管领导", "长期坚持"],
        ["3", "答复群众的来信来访。", "市信访局", "柏某", "及时办理"],
    ]
    assert _tables(_tab_cells([names, *rows])) == [[names, *rows]]


@pytest.mark.parametrize("form", FORMS)
def test_words_around_a_table_stay_outside(form) -> None:
    document = to_document(TITLE + "说明：以下为分工。\n\n" + form([NAMES, *WANTED]) + "\n青岩市政务公开领导小组\n")
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds == ["Paragraph", "Paragraph", "Table", "Paragraph"]


@pytest.mark.parametrize("form", FORMS)
def test_the_tasks_of_a_flattened_table(form) -> None:
    tasks = extract(to_document(TITLE + form([NAMES, *WANTED]))).tasks
    assert [[task.number, task.text] for task in tasks] == [row[:2] for row in WANTED]
    assert [[one.name for one in task.assignments] for task in tasks] == [["市财政局"], ["市审计局", "市财政局"], ["市信访局"]]


# --- merged cells ----------------------------------------------------------------------------------------


def test_an_empty_cell_stays_in_its_column() -> None:
    rows = [["序号", "重点任务", "工作要求", "责任单位"], ["1", "公开信息", "公开预算", "市财政局"], ["2", "", "公开决算", "市审计局"]]
    assert _tables(_tabs(rows)) == [rows]
    assert _tables(_pipes(rows)) == [rows]


def test_a_missing_cell_is_put_where_it_fits() -> None:
    rows = [["序号", "重点任务", "工作要求", "责任单位"], ["1", "公开信息", "公开预算的编制依据和执行结果。", "市财政局"]]
    short = ["2", "公开决算的编制依据和执行结果。", "市审计局"]
    assert _tables(_tabs([*rows, short])) == [[*rows, ["2", "", *short[1:]]]]


def test_a_header_over_two_columns_has_one_name_less() -> None:
    rows = [["1", "公开信息", "公开预算的编制依据。", "市财政局"], ["2", "回应关切", "答复群众的来信来访。", "市信访局"]]
    tasks = extract(to_document(TITLE + _tabs([["序号", "工作要求", "责任单位"], *rows]))).tasks
    assert [task.text for task in tasks] == ["公开预算的编制依据。", "答复群众的来信来访。"]
    assert [[section.heading for section in task.path] for task in tasks] == [["公开信息"], ["回应关切"]]


# --- pages -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [_tabs, _pipes])
def test_a_table_that_begins_again_on_every_page_is_one(form) -> None:
    text = form([NAMES, *WANTED[:2]]) + "\n- 1 -\n" + form([NAMES, *WANTED[2:]])
    assert _tables(text) == [[NAMES, *WANTED]]


LEDGER = ["序号", "重点任务", "工作要求", "责任单位", "完成时限"]
WHOLE = [["1", "水网", "疏浚河道三条，清运沿岸垃圾。", "市水利局、市城管局", "9月底前"], ["2", "路网", "修路十条。", "市住建局", "年底前"]]
CUTS = [
    pytest.param("疏浚河道三条，清运", "市水利局、市城管局", ["", "", "沿岸垃圾。", "", ""], id="the-requirement"),
    pytest.param("疏浚河道三条，清运沿岸垃圾。", "市水利局、", ["", "", "", "市城管局", ""], id="the-list"),
    pytest.param("疏浚河道三条，", "市水利局、", ["", "", "清运沿岸垃圾。", "市城管局", ""], id="both"),
]


@pytest.mark.parametrize("form", [_tabs, _pipes])
@pytest.mark.parametrize("head", [[LEDGER], []], ids=["header-again", "no-header"])
@pytest.mark.parametrize(("text", "units", "rest"), CUTS)
def test_a_row_that_the_end_of_a_page_cuts_is_one(form, head, text: str, units: str, rest: list[str]) -> None:
    first = ["1", "水网", text, units, "9月底前"]
    assert _tables(form([LEDGER, first]) + "— 2 —\n" + form([*head, rest, WHOLE[1]])) == [[LEDGER, *WHOLE]]


def test_a_row_without_a_number_that_says_who_is_a_row() -> None:
    rows = [["1", "水网", "疏浚河道三条", "市水利局", "9月底前"], ["", "", "清运沿岸垃圾", "市城管局", ""]]
    assert _tables(_tabs([LEDGER, rows[0]]) + "— 2 —\n" + _tabs([LEDGER, rows[1]])) == [[LEDGER, *rows]]


def test_two_tables_with_other_columns_stay_two() -> None:
    other = [["序号", "工作任务", "牵头单位", "配合单位", "备注"], ["1", "公开预算", "市财政局", "市教育局", "无"]]
    assert len(_tables(_tabs([NAMES, *WANTED]) + "\n" + _tabs(other))) == 2


def test_a_line_break_inside_a_cell() -> None:
    names, row = ["序号", "重点任务", "工作要求", "责任单位"], ["1", "公开信息", "公开预算的编制依据，说明执行结果。", "市财政局"]
    broken = _tabs([names, row]).replace("依据，", "依据，\n")
    assert _tables(broken) == [[names, row]]


def test_the_line_under_a_header_of_pipes_is_no_row() -> None:
    assert _tables(_pipes([NAMES]) + "|---|---|---|---|\n" + _pipes(WANTED)) == [[NAMES, *WANTED]]


NO_TABLES = [
    pytest.param("公开预算\t市财政局\n公开决算\t市审计局\n", id="two-columns-without-names"),
    pytest.param("甲|乙|丙\n一|二|三\n", id="names-of-nothing"),
    pytest.param("序号\n工作要求\n责任单位\n", id="names-without-rows"),
    pytest.param("各单位要按照责任单位、完成时限抓好落实。\n", id="names-in-a-sentence"),
]


@pytest.mark.parametrize("text", NO_TABLES)
def test_what_is_no_table(text: str) -> None:
    assert _tables(text) == []


def test_every_cell_knows_its_row_and_line() -> None:
    document = to_document(TITLE + _tabs([NAMES, *WANTED]))
    at = document.text.index("市审计局")
    (piece,) = [piece for piece in document.pieces if piece.span.start == at]
    assert (piece.place.line, piece.place.row, piece.place.column) == (5, 3, 3)


# --- lines that are no rows ------------------------------------------------------------------------------


def test_a_heading_between_header_and_rows_is_a_row_of_its_own() -> None:
    (rows,) = _tables(_tabs([NAMES, ["一、公开信息"], *WANTED]))
    assert len(rows) == 5
    assert "一、公开信息" in rows[1]
    tasks = extract(to_document(TITLE + _tabs([NAMES, ["一、公开信息"], *WANTED]))).tasks
    assert [[section.heading for section in task.path] for task in tasks] == [["一、公开信息"]] * 3


BY_LINES = """\
工作任务
序号
工作要求
责任单位
时限要求
一、水网
疏浚
1
疏浚河道三条，清运沿岸垃圾。
牵头单位：市水利局
配合单位：市城管局、各镇街
年底前
2
修复堤岸，栽植防护林。
市林业局
长期坚持
二、路网
修路
3
修路十条，保持畅通。
市住建局牵头，市公安局配合
9月底前
"""


def test_headings_and_labels_among_cells_a_line_each() -> None:
    tasks = extract(to_document(TITLE + BY_LINES)).tasks
    assert [[section.heading for section in task.path] for task in tasks] == [["一、水网", "疏浚"]] * 2 + [["二、路网", "修路"]]
    units = [" ".join(one.role[0].upper() + one.name for one in task.assignments) for task in tasks]
    assert units == ["L市水利局 S市城管局 S各镇街", "R市林业局", "L市住建局 S市公安局"]


def test_a_line_break_in_the_second_cell() -> None:
    text = _tabs([NAMES]) + "1\t公开预算，\n说明依据。\t市财政局\t9月底前\n" + _tabs(WANTED[1:])
    assert _tables(text) == [[NAMES, ["1", "公开预算，说明依据。", "市财政局", "9月底前"], *WANTED[1:]]]


def test_every_name_of_a_column_stays_in_the_text() -> None:
    rows = [["序号", "工作任务", "责任单位"], ["1", "公开预算", "市财政局"]]
    assert _tables(_tabs(rows)) == [rows]
