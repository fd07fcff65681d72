"""Rows of breakdown tables: merged cells, headings in rows, columns by their names, forms left blank."""

from __future__ import annotations

import pytest

from kg.columns import column_role, is_header
from kg.extract import extract
from kg.model import Task
from tests.texts import to_table


def _shown(task: Task) -> str:
    """A task in one line: number, path, text, units, deadlines."""
    units = " ".join(one.role[0].upper() + one.name for one in task.assignments)
    times = " ".join(str(one.date) if one.kind == "fixed" else one.kind for one in task.deadlines)
    path = ">".join(section.heading for section in task.path)
    return f"{task.number or '-'} [{path}] {task.text} | {units} | {times}"


def _read(rows: str, *, merges: bool = True) -> list[str]:
    return [_shown(task) for task in extract(to_table(rows, merges=merges)).tasks]


CASES = [
    pytest.param(
        """
        序号 | 工作任务 | 责任单位 | 完成时限
        1 | 公开预算 | 市财政局 | 2031年9月底前
        2 | 公开决算 | 市审计局、市财政局 | 长期坚持
        """,
        ["1 [] 公开预算 | R市财政局 | 2031-09-30", "2 [] 公开决算 | R市审计局 R市财政局 | standing"],
        id="plain",
    ),
    pytest.param(
        """
        序号 | 重点任务 | 工作要求 | 责任单位 | 完成时限
        1 | 公开信息 | 公开预算 | 市财政局 | 9月底前
        2 | ^ | 公开决算 | ^ | ^
        3 | 回应关切 | 答复来信 | 市信访局 | 及时办理
        """,
        [
            "1 [公开信息] 公开预算 | R市财政局 | 2031-09-30",
            "2 [公开信息] 公开决算 | R市财政局 | 2031-09-30",
            "3 [回应关切] 答复来信 | R市信访局 | prompt",
        ],
        id="merged-down",
    ),
    pytest.param(
        """
        序号 | 工作任务 | < | 责任单位
        1 | 公开信息 | 公开预算 | 市财政局
        2 | ^ | 公开决算 | 市审计局
        """,
        ["1 [公开信息] 公开预算 | R市财政局 | ", "2 [公开信息] 公开决算 | R市审计局 | "],
        id="one-name-over-two-columns",
    ),
    pytest.param(
        """
        序号 | 工作内容 | 牵头单位 | 配合单位 | 备注
        1 | 公开预算 | 市财政局 | 市教育局、各镇街 | 无
        2 | 公开决算 | 市审计局 | | 已开始
        """,
        ["1 [] 公开预算 | L市财政局 S市教育局 S各镇街 | ", "2 [] 公开决算 | L市审计局 | "],
        id="lead-and-support-columns",
    ),
    pytest.param(
        """
        序号 | 工作内容 | 责任分工 | < | 完成时限
        ^ | ^ | 牵头单位 | 配合单位 | ^
        1 | 公开预算 | 市财政局 | 市教育局 | 年底前
        """,
        ["1 [] 公开预算 | L市财政局 S市教育局 | 2031-12-31"],
        id="header-of-two-rows",
    ),
    pytest.param(
        """
        序号 | 工作内容 | 责任单位 | 完成时限
        一、公开信息 | < | < | <
        1 | 公开预算 | 市财政局 | 年底前
        二、回应关切 | < | < | <
        2 | 答复来信 | 市信访局 | 年底前
        """,
        ["1 [一、公开信息] 公开预算 | R市财政局 | 2031-12-31", "2 [二、回应关切] 答复来信 | R市信访局 | 2031-12-31"],
        id="headings-over-the-whole-width",
    ),
    pytest.param(
        """
        序号 | 工作内容 | 责任单位
        1 | 公开预算 | 市财政局
        序号 | 工作内容 | 责任单位
        2 | 公开决算 | 市审计局
        """,
        ["1 [] 公开预算 | R市财政局 | ", "2 [] 公开决算 | R市审计局 | "],
        id="header-again-on-the-next-page",
    ),
    pytest.param(
        """
        序号 | 工作内容 | 责任单位
        1 | 公开预算的编制依据，/说明执行结果。 | 市财政局/市教育局
        """,
        ["1 [] 公开预算的编制依据，说明执行结果。 | R市财政局 R市教育局 | "],
        id="lines-inside-cells",
    ),
    pytest.param(
        """
        序号 | 工作内容 | 责任单位
        1 | 公开预算 | 市财政局牵头，市教育局配合
        """,
        ["1 [] 公开预算 | L市财政局 S市教育局 | "],
        id="roles-inside-a-cell",
    ),
    pytest.param(
        """
        序号 | 工作内容 | 责任单位 | 完成时限
        1 | 公开预算 | 市财政局 | 9月底前
        2 | | |
        3 | | |
        """,
        ["1 [] 公开预算 | R市财政局 | 2031-09-30"],
        id="rows-left-blank",
    ),
    pytest.param(
        """
        序号 | 工作内容 | 责任单位 | 完成时限
        1 | ×××× | ××局 | ×月底前
        """,
        [],
        id="a-sample-row",
    ),
    pytest.param(
        """
        工作内容 | 责任单位 | 完成时限
        1.公开预算 | 市财政局 | 9月底前
        """,
        ["1 [] 公开预算 | R市财政局 | 2031-09-30"],
        id="the-number-stands-in-the-text",
    ),
]


@pytest.mark.parametrize(("rows", "wanted"), CASES)
def test_the_rows_of_a_table(rows: str, wanted: list[str]) -> None:
    assert _read(rows) == wanted


def test_without_merges_an_empty_cell_has_the_value_above_it() -> None:
    rows = """
        序号 | 重点任务 | 工作要求 | 责任单位 | 完成时限
        1 | 公开信息 | 公开预算 | 市财政局 | 9月底前
        2 | | 公开决算 | | 10月底前
        """
    assert _read(rows, merges=False) == [
        "1 [公开信息] 公开预算 | R市财政局 | 2031-09-30",
        "2 [公开信息] 公开决算 | R市财政局 | 2031-10-31",
    ]


@pytest.mark.parametrize("merges", [True, False])
def test_ditto_is_the_cell_above(merges: bool) -> None:
    rows = """
        序号 | 重点任务 | 工作要求 | 责任单位 | 完成时限
        1 | 公开信息 | 公开预算 | 市财政局 | 9月底前
        2 | 同上 | 公开决算 | 〃 | 同 上
        二、其他 | < | < | < | <
        3 | 公开信息 | 公开债务 | 同上 | 同上
        """
    assert _read(rows, merges=merges) == [
        "1 [公开信息] 公开预算 | R市财政局 | 2031-09-30",
        "2 [公开信息] 公开决算 | R市财政局 | 2031-09-30",
        "3 [二、其他>公开信息] 公开债务 | R市财政局 | 2031-09-30",
    ]


UNNAMED = [
    pytest.param(
        """
        序号 | 工作任务 | 市水利局 | 市城管局 | 市财政局 | 完成时限
        1 | 疏浚河道 | ▲ | △ | | 6月底前
        2 | 修缮步道 | — | ▲ | △ | 年底前
        """,
        ["1 [] 疏浚河道 | L市水利局 S市城管局 | 2031-06-30", "2 [] 修缮步道 | L市城管局 S市财政局 | 2031-12-31"],
        id="a-column-a-unit",
    ),
    pytest.param(
        """
        工作任务 | 市水利局 | 市城管局
        疏浚河道 | 牵头 | 配合
        修缮步道 | | 责任
        """,
        ["- [] 疏浚河道 | L市水利局 S市城管局 | ", "- [] 修缮步道 | R市城管局 | "],
        id="a-column-a-unit-with-words",
    ),
    pytest.param(
        """
        任务编号 | 任务内容 | 责任单位1 | 责任单位2 | 配合单位1 | 计划完成
        A-1 | 疏浚河道 | 市水利局 | 市城管局 | | 2031.6
        A-2 | 修缮步道 | 市住建局 | | 市财政局 | 2031.12.20
        """,
        ["A-1 [] 疏浚河道 | R市水利局 R市城管局 | 2031-06-30", "A-2 [] 修缮步道 | R市住建局 S市财政局 | 2031-12-20"],
        id="columns-that-are-counted",
    ),
    pytest.param(
        """
        要点 | 谁来办 | 进度
        疏浚城区河道，清运垃圾 | 市水利局牵头，市城管局配合 | Q3
        修缮沿河步道，安装路灯 | 市住建局负责 | 年底
        """,
        ["- [] 疏浚城区河道，清运垃圾 | L市水利局 S市城管局 | 2031-09-30", "- [] 修缮沿河步道，安装路灯 | R市住建局 | 2031-12-31"],
        id="names-that-nobody-knows",
    ),
    pytest.param(
        """
        项 | 事 | 谁牵头 | 谁配合 | 何时完
        1 | 疏浚城区河道 | 市水利局 | 市城管局、市财政局 | 9月底
        2 | 修缮沿河步道 | 市住建局 | 各镇街 | 年底
        """,
        ["1 [] 疏浚城区河道 | L市水利局 S市城管局 S市财政局 | 2031-09-30", "2 [] 修缮沿河步道 | L市住建局 S各镇街 | 2031-12-31"],
        id="names-in-everyday-words",
    ),
    pytest.param(
        """
        序号 | 项目名称 | 建设内容 | 责任单位 | < | 时间节点 | < | <
        ^ | ^ | ^ | 牵头单位 | 配合单位 | 开工 | 主体完工 | 竣工
        1 | 东岭大道 | 新建道路 | 市交通局 | 市财政局 | 3月 | 9月 | 12月
        """,
        ["1 [东岭大道] 新建道路 | L市交通局 S市财政局 | 2031-12-31"],
        id="milestones-under-one-name",
    ),
    pytest.param(
        """
        重点任务 | 责任分工及完成时限
        一、改善环境 | <
        1．疏浚河道。 | 牵头单位：市水利局/责任单位：各镇街/完成时限：9月底前
        二、便利出行 | <
        2．改造路口。 | 责任单位：市交通局/完成时限：长期坚持
        """,
        ["1 [一、改善环境] 疏浚河道。 | L市水利局 R各镇街 | 2031-09-30", "2 [二、便利出行] 改造路口。 | R市交通局 | standing"],
        id="two-columns-with-headings-over-both",
    ),
    pytest.param(
        """
        月份 | 重点工作 | 责任单位及责任人
        3月 | 疏浚河道 | 市水利局 柳某
        4月 | 修缮步道 | 市住建局 桑某/各镇街
        """,
        ["- [] 疏浚河道 | R市水利局 | 2031-03-31", "- [] 修缮步道 | R市住建局 R各镇街 | 2031-04-30"],
        id="months-and-persons",
    ),
]


@pytest.mark.parametrize(("rows", "wanted"), UNNAMED)
def test_columns_by_what_they_hold(rows: str, wanted: list[str]) -> None:
    merged = "^" in rows or "<" in rows
    assert _read(rows, merges=merged) == wanted


def test_a_cell_whose_lines_are_numbered_is_one_list() -> None:
    assert _read("工作任务 | 责任单位\n1.疏浚河道/2.修缮步道 | 市水利局") == ["- [] 1.疏浚河道2.修缮步道 | R市水利局 | "]


def test_a_sign_means_what_the_table_says() -> None:
    rows = "工作任务 | 市水利局 | 市城管局\n疏浚河道 | ○ | √\n修缮步道 | √ | \n注：√为牵头单位，○为配合单位。 | < | <"
    assert _read(rows) == ["- [] 疏浚河道 | L市城管局 S市水利局 | ", "- [] 修缮步道 | L市水利局 | "]


def test_every_row_leads_back_to_its_cell() -> None:
    document = to_table("序号 | 工作内容 | 责任单位\n1 | 公开预算 | 市财政局\n2 | 公开决算 | 市审计局")
    tasks = extract(document).tasks
    assert [document.quote(task.span) for task in tasks] == ["公开预算", "公开决算"]
    assert [document.place(task.span) for task in tasks] == ["表1 第2行 第2列", "表1 第3行 第2列"]


def test_a_table_of_unknown_columns_is_told() -> None:
    document = to_table("甲 | 乙 | 丙\n公开预算 | 市财政局 | 子\n公开决算 | 市审计局 | 丑\n答复来信 | 市信访局 | 寅")
    extraction = extract(document)
    assert not extraction.tasks
    assert "table.unread" in [issue.code for issue in extraction.issues]


def test_a_table_of_something_else_is_left_alone() -> None:
    extraction = extract(to_table("年份 | 人口\n2029 | 12\n2030 | 13"))
    assert not extraction.tasks
    assert "table.unread" not in [issue.code for issue in extraction.issues]


def test_a_list_of_whom_to_call_is_no_task() -> None:
    rows = """
        序号 | 单位 | 联络员 | 职务 | 电话
        1 | 市财政局 | 柳某 | 科长 | 000
        2 | 市审计局 | 桑某 | 科员 | 000
        3 | 市信访局 | 柏某 | 科员 | 000
        """
    extraction = extract(to_table(rows))
    assert not extraction.tasks
    assert "table.unread" not in [issue.code for issue in extraction.issues]


# --- columns ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("序号", "number"),
        ("责 任 单 位", "responsible"),
        ("牵头单位", "lead"),
        ("配合单位：", "support"),
        ("完成时限", "deadline"),
        ("工作要求", "requirement"),
        ("重点任务", "group"),
        ("备注", "note"),
        ("天气", ""),
        ("各承办单位", ""),
        ("", ""),
    ],
)
def test_what_a_column_holds(name: str, role: str) -> None:
    assert column_role(name) == role


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["序号", "工作任务", "责任单位", "完成时限"], True),
        (["工作任务", "责任单位"], True),
        (["序号", "工作任务", "责任单位", "某栏"], True),
        (["1", "公开预算", "市财政局", "9月底前"], False),
        (["责任单位"], False),
        ([], False),
    ],
)
def test_a_header(names: list[str], wanted: bool) -> None:
    assert is_header(names) is wanted
