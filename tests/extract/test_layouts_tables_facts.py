"""Tables whose columns give more than who, what and when: marks under units, stages, documents, numbers to be reached."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Task
from tests.extract.test_rows import _shown
from tests.texts import to_table


def _tasks(rows: str, *, merges: bool = True) -> tuple[Task, ...]:
    return extract(to_table(rows, merges=merges)).tasks


MARKS = [
    pytest.param(
        """
        序号 | 工作任务 | 责任单位 | < | < | < | 完成时限
        ^ | ^ | 市直部门 | < | 镇街 | < | ^
        ^ | ^ | 市水利局 | 云泽城市运营集团有限责任公司 | 白沙镇 | 南湖街道 | ^
        1 | 疏浚河道 | ▲ | △ | △ | | 6月底前
        2 | 修缮步道 | | ▲ | | △ | 年底前
        """,
        [
            "1 [] 疏浚河道 | L市水利局 S云泽城市运营集团有限责任公司 S白沙镇 | 2031-06-30",
            "2 [] 修缮步道 | L云泽城市运营集团有限责任公司 S南湖街道 | 2031-12-31",
        ],
        id="units-in-the-third-row-of-the-header",
    ),
    pytest.param(
        """
        序号 | 工作任务 | 牵头单位 | < | 配合单位 | <
        ^ | ^ | 市水利局 | 市城管局 | 市财政局 | 市住建局
        1 | 疏浚河道 | √ | | √ |
        2 | 修缮步道 | | √ | √ | √
        """,
        ["1 [] 疏浚河道 | L市水利局 S市财政局 | ", "2 [] 修缮步道 | L市城管局 S市财政局 S市住建局 | "],
        id="one-mark-under-two-roles",
    ),
    pytest.param(
        """
        序号 | 工作任务 | 有关部门 | < | <
        ^ | ^ | 市水利局 | 市城管局 | 市财政局
        1 | 疏浚河道 | 主 | | 协
        2 | 修缮步道 | | 主 | 配
        """,
        ["1 [] 疏浚河道 | L市水利局 S市财政局 | ", "2 [] 修缮步道 | L市城管局 S市财政局 | "],
        id="letters-under-a-name-that-nobody-knows",
    ),
    pytest.param(
        """
        序号 | 工作任务 | 责任单位（★牵头☆配合） | <
        ^ | ^ | 市水利局 | 市城管局
        1 | 疏浚河道 | ☆ | ★
        2 | 修缮步道 | ★ |
        """,
        ["1 [] 疏浚河道 | L市城管局 S市水利局 | ", "2 [] 修缮步道 | L市水利局 | "],
        id="the-legend-in-the-header",
    ),
    pytest.param(
        """
        序号 | 工作任务 | 市水利局 | 市城管局
        1 | 疏浚河道 | ● | ○
        2 | 修缮步道 | ○ | ●
        注：牵头单位以○表示，配合单位以●表示。 | < | < | <
        """,
        ["1 [] 疏浚河道 | L市城管局 S市水利局 | ", "2 [] 修缮步道 | L市水利局 S市城管局 | "],
        id="a-legend-that-names-the-role-first",
    ),
    pytest.param(
        """
        序号 | 工作任务 | 牵头单位 | 配合单位
        1 | 疏浚河道 | 市水利局 | 市城管局
        2 | 修缮步道 | 市住建局 |
        """,
        ["1 [] 疏浚河道 | L市水利局 S市城管局 | ", "2 [] 修缮步道 | L市住建局 | "],
        id="units-below-a-header-of-one-row",
    ),
]


@pytest.mark.parametrize(("rows", "wanted"), MARKS)
def test_marks_under_the_names_of_units(rows: str, wanted: list[str]) -> None:
    assert [_shown(task) for task in _tasks(rows)] == wanted


def test_marks_below_a_header_without_known_merges() -> None:
    rows = """
        序号 | 工作任务 | 责任单位 | | | 完成时限
         | | 市水利局 | 市城管局 | 各镇（街道） |
        1 | 疏浚河道 | ● | ○ | | 6月底前
        2 | 修缮步道 | | ● | ○ | 年底前
        """
    assert [_shown(task) for task in _tasks(rows, merges=False)] == [
        "1 [] 疏浚河道 | L市水利局 S市城管局 | 2031-06-30",
        "2 [] 修缮步道 | L市城管局 S各镇（街道） | 2031-12-31",
    ]


STAGES = [
    pytest.param(
        """
        序号 | 具体举措 | 进度安排 | < | < | 责任单位 | 完成时限
        ^ | ^ | 一季度 | 二季度 | 6月底前 | ^ | ^
        1 | 疏浚河道。 | 招标 | 3月底前开工 | 完工 | 市水利局 | 10月底前
        """,
        ["1 [] 疏浚河道。 | R市水利局 | 2031-10-31"],
        id="stages-under-one-name",
    ),
    pytest.param(
        """
        序号 | 具体举措 | 责任单位 | 进度安排 | 完成时限
        1 | 疏浚河道。 | 市水利局 | 3月底前招标，5月底前开工 | 9月底前
        """,
        ["1 [] 疏浚河道。 | R市水利局 | 2031-09-30"],
        id="a-schedule-beside-a-time",
    ),
    pytest.param(
        """
        序号 | 具体举措 | 责任单位 | 进度安排
        1 | 疏浚河道。 | 市水利局 | 9月底前
        """,
        ["1 [] 疏浚河道。 | R市水利局 | 2031-09-30"],
        id="a-schedule-alone",
    ),
    pytest.param(
        """
        序号 | 重点工作 | 一季度 | 二季度 | 责任单位
        1 | 疏浚河道 | 完成施工图设计和招标 | 完成主河段疏浚工程 | 市水利局
        """,
        ["1 [] 疏浚河道 | R市水利局 | "],
        id="stages-are-not-what-is-to-be-done",
    ),
]


@pytest.mark.parametrize(("rows", "wanted"), STAGES)
def test_stages_are_no_deadlines(rows: str, wanted: list[str]) -> None:
    assert [_shown(task) for task in _tasks(rows)] == wanted


BASES = [
    pytest.param(
        """
        序号 | 工作任务 | 工作依据 | 责任单位
        1 | 检查矿山企业。 | 《中华人民共和国矿山/安全法》第六十条 | 市应急局
        2 | 检查化工企业。 | 云安办〔2031〕3号 | 市应急局
        3 | 检查加油站。 | ^ | 市商务局
        """,
        [["中华人民共和国矿山安全法|"], ["|云安办〔2031〕3号"], ["|云安办〔2031〕3号"]],
        id="behind-the-task",
    ),
    pytest.param(
        """
        序号 | 法律依据 | 检查事项 | 实施单位
        1 | 《云泽市安全生产条例》 | 按《云泽市安全生产条例》检查。 | 市应急局
        2 | 《云泽市燃气管理办法》（云政令第9号） | 检查气站。 | 市城管局
        """,
        [["云泽市安全生产条例|"], ["云泽市燃气管理办法|云政令第9号"]],
        id="before-the-task-and-once",
    ),
    pytest.param(
        """
        任务来源 | 工作任务 | 责任单位
        政府工作报告 | 疏浚河道。 | 市水利局
        ^ | 修缮步道。 | 市住建局
        《云泽市水网规划》 | 改造泵站。 | 市水利局
        """,
        [[], [], ["云泽市水网规划|"]],
        id="where-a-task-comes-from",
    ),
]


@pytest.mark.parametrize(("rows", "wanted"), BASES)
def test_the_documents_of_a_column_are_cited_by_the_row(rows: str, wanted: list[list[str]]) -> None:
    tasks = _tasks(rows)
    assert [[f"{one.title or ''}|{one.number or ''}" for one in task.citations] for task in tasks] == wanted
    assert not any(section.heading.startswith("《云泽市安全") for task in tasks for section in task.path)


AIMS = [
    pytest.param(
        """
        序号 | 工作任务 | 量化指标 | 责任单位
        1 | 疏浚澄湖入湖河道。 | 疏浚河道12公里；达标率≥95% | 市水利局
        2 | 推进植树造林。 | 1.2万亩 | 市林业局
        """,
        [["= 12 公里", ">= 95 %"], ["= 12000 亩"]],
        id="beside-the-task",
    ),
    pytest.param(
        """
        序号 | 指标名称 | 单位 | 目标值 | 责任单位
        1 | 森林覆盖率 | % | 42 | 市林业局
        2 | 新增学位 | 个 | ≥1200 | 市教育局
        """,
        [["= 42 %"], [">= 1200 个"]],
        id="counted-in-a-column-of-their-own",
    ),
    pytest.param(
        """
        序号 | 重点工作 | 任务指标 | 责任单位
        1 | 水环境 | 疏浚河道12公里。 | 市水利局
        2 | ^ | 改造泵站3座。 | 市水利局
        """,
        [["= 12 公里"], ["= 3 座"]],
        id="the-aim-is-the-task",
    ),
    pytest.param(
        """
        序号 | 重点工作 | 年度目标 | 具体举措 | 责任单位
        1 | 绿化 | 绿化率达到42% | 栽植苗木。 | 市林业局
        2 | ^ | ^ | 养护苗木。 | 市林业局
        3 | 治水 | ^ | 疏浚河道。 | 市水利局
        """,
        [[], [], []],
        id="one-aim-for-all-groups-them",
    ),
    pytest.param(
        """
        任务名称 | 疏浚入湖河道 | 编号 | 1
        工作内容 | 清理淤泥。 | < | <
        工作依据 | 《云泽市水网规划》 | 年度目标 | 疏浚河道12公里
        牵头单位 | 市水利局 | 完成时限 | 8月底前
        """,
        [["= 12 公里"]],
        id="in-a-card",
    ),
]


@pytest.mark.parametrize(("rows", "wanted"), AIMS)
def test_the_numbers_of_a_column_of_aims_are_those_of_the_row(rows: str, wanted: list[list[str]]) -> None:
    assert [[f"{one.op} {one.value:g} {one.unit}" for one in task.measures] for task in _tasks(rows)] == wanted
