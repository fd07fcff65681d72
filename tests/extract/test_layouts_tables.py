"""Tables as other plans print them: cards, numbers inside the requirement, aims that group, tables that go on without a header."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Task
from tests.extract.test_rows import _shown
from tests.texts import to_table


def _tasks(rows: str, *, merges: bool = True) -> tuple[Task, ...]:
    return extract(to_table(rows, merges=merges)).tasks


CASES = [
    pytest.param(
        """
        编号 | 1 | 任务名称 | 老城小学扩建
        工作内容 | 扩建教学楼，改造操场。 | < | <
        牵头单位 | 市教育局 | 责任单位 | 市住建局、市财政局
        完成时限 | 8月底前 | 责任人 | 柳某
        """,
        ["1 [老城小学扩建] 扩建教学楼，改造操场。 | L市教育局 R市住建局 R市财政局 | 2031-08-31"],
        id="a-card",
    ),
    pytest.param(
        """
        一、民生工程 | <
        任务名称 | 疏浚河道
        牵头单位 | 市水利局
        完成时限 | 6月底前
        任务名称 | 修缮步道
        牵头单位 | 市住建局
        完成时限 |
        """,
        ["- [一、民生工程] 疏浚河道 | L市水利局 | 2031-06-30", "- [一、民生工程] 修缮步道 | L市住建局 | "],
        id="cards-one-below-the-other",
    ),
    pytest.param(
        """
        序号 | 反馈问题 | 整改措施 | 责任单位 | 整改时限
        1 | 河道淤积 | （1）疏浚三条河道。 | 市水利局 | 6月底前
         |  | （2）安装监测设备。 | 市城管局 | 7月底前
        2 | 步道破损 | （1）修缮步道。 | 市住建局 | 立行立改
        """,
        [
            "（1） [河道淤积] 疏浚三条河道。 | R市水利局 | 2031-06-30",
            "（2） [河道淤积] 安装监测设备。 | R市城管局 | 2031-07-31",
            "（1） [步道破损] 修缮步道。 | R市住建局 | prompt",
        ],
        id="one-number-for-several-rows",
    ),
    pytest.param(
        """
        序号 | 存在问题 | 整改措施 | 责任单位
        1 | 河道淤积 | 1.疏浚三条河道。2.建立长效机制。 | 市水利局
        2 | 步道破损 | 1.修缮步道。2.定期巡查。 | 市住建局
        """,
        ["1 [河道淤积] 1.疏浚三条河道。2.建立长效机制。 | R市水利局 | ", "2 [步道破损] 1.修缮步道。2.定期巡查。 | R市住建局 | "],
        id="a-list-inside-a-cell",
    ),
    pytest.param(
        """
        序号 | 任务类别 | 具体任务 | 责任分工 | < | < | < | 完成时限
        ^ | ^ | ^ | 市级 | < | 县级 | < | ^
        ^ | ^ | ^ | 牵头单位 | 配合单位 | 责任单位 | 配合单位 | ^
        1 | 治理河道 | 疏浚河道。 | 市水利局 | 市城管局 | 岩城区水务局 | 各镇街 | 9月底前
        2 | ^ | 修缮步道。 | 市住建局 | / | 岩城区住建局 | | 长期坚持
        """,
        [
            "1 [治理河道] 疏浚河道。 | L市水利局 S市城管局 R岩城区水务局 S各镇街 | 2031-09-30",
            "2 [治理河道] 修缮步道。 | L市住建局 R岩城区住建局 | standing",
        ],
        id="a-header-of-three-rows",
    ),
    pytest.param(
        """
        序号 | 工作内容 | 责任单位及完成时限
        1 | 疏浚河道。 | 牵头单位：市水利局；配合单位：各镇街；完成时限：9月底前
        2 | 修缮步道。 | 市住建局牵头，市财政局配合，年底前完成
        """,
        ["1 [] 疏浚河道。 | L市水利局 S各镇街 | 2031-09-30", "2 [] 修缮步道。 | L市住建局 S市财政局 | 2031-12-31"],
        id="who-and-when-in-one-column",
    ),
    pytest.param(
        """
        序号 | 工作内容 | 责任单位
        1 | 疏浚河道。 | 市水利局★/市城管局
        2 | 修缮步道。 | ★市住建局/市财政局
        """,
        ["1 [] 疏浚河道。 | L市水利局 R市城管局 | ", "2 [] 修缮步道。 | L市住建局 R市财政局 | "],
        id="a-star-at-the-end-of-a-line",
    ),
    pytest.param(
        """
        序号 | 工作目标 | 具体任务 | 责任单位
        1 | 口岸提档升级 | 改造铁路口岸。 | 市口岸办
        2 | ^ | 压缩通关时间。 | 青岩海关
        """,
        ["1 [口岸提档升级] 改造铁路口岸。 | R市口岸办 | ", "2 [口岸提档升级] 压缩通关时间。 | R青岩海关 | "],
        id="an-aim-for-several-rows",
    ),
    pytest.param(
        """
        序号 | 工作目标 | 具体任务 | 责任单位
        1 | 扩能 | 改造铁路口岸。 | 市口岸办
        2 | 提速 | 压缩通关时间。 | 青岩海关
        """,
        ["1 [] 改造铁路口岸。 | R市口岸办 | ", "2 [] 压缩通关时间。 | R青岩海关 | "],
        id="an-aim-for-each-row",
    ),
    pytest.param(
        """
        序号 | 项目名称 | 建设规模及内容 | 建设起/止年限 | 总投资/（万元） | 当年投资 | 形象/进度 | 资金/来源 | 责任/单位
        1 | 燃气改造 | 对28个小区进行改造。 | 2031.01-2031.12 | 1200 | 1200 | 完工 | 国企投资 | 市城投集团
        """,
        ["1 [燃气改造] 对28个小区进行改造。 | R市城投集团 | 2031-12-31"],
        id="many-columns-of-no-interest",
    ),
    pytest.param(
        """
        序号 | 重点任务 | 责任单位 | 一季度 | 二季度 | 三季度
        1 | 疏浚河道 | 市水利局 | 完成招标和全部前期手续 | 开工 | 完成验收
        """,
        ["1 [] 疏浚河道 | R市水利局 | "],
        id="milestones-behind-the-units",
    ),
    pytest.param(
        """
        序号 | 工作任务 | 责任单位（加★为牵头单位） | 完成时限
        1 | 疏浚河道 | ★市水利局、市城管局 | 12.31前
        2 | 修缮步道 | 市住建局牵头/市城管局、市财政局配合 | 20310630
        """,
        ["1 [] 疏浚河道 | L市水利局 R市城管局 | 2031-12-31", "2 [] 修缮步道 | L市住建局 S市城管局 S市财政局 | 2031-06-30"],
        id="stars-and-lines-in-a-cell",
    ),
    pytest.param(
        """
        一、改善环境 | < | <
        序号 | 工作任务 | 责任单位
        1 | 疏浚河道 | 市水利局
        二、提升服务 | < | <
        2 | 修缮步道 | 市住建局
        """,
        ["1 [一、改善环境] 疏浚河道 | R市水利局 | ", "2 [二、提升服务] 修缮步道 | R市住建局 | "],
        id="a-heading-above-the-header",
    ),
    pytest.param(
        """
        编号 | 具体举措 | 目标及时限 | < | 责任分工 | < | <
        ^ | ^ | 年度目标 | 完成时间 | 市级领导 | 责任单位 | <
        ^ | ^ | ^ | ^ | ^ | 主办 | 协办
        1 | 疏浚河道 | 水质达标 | 9月底前 | 柳某 | 市水利局 | 市城管局
        """,
        ["1 [] 疏浚河道 | L市水利局 S市城管局 | 2031-09-30"],
        id="a-name-over-two-columns-of-which-one-says-it-again",
    ),
    pytest.param(
        """
        编号 | 具体举措 | 责任分工 | < | < | 时限
        ^ | ^ | 责任单位 | < | < | ^
        ^ | ^ | 市级 | < | 县级 | ^
        ^ | ^ | 牵头单位 | 配合单位 | 责任单位 | ^
        1 | 疏浚河道 | 市水利局 | 市城管局 | 岩城区水务局 | 9月底前
        """,
        ["1 [] 疏浚河道 | L市水利局 S市城管局 R岩城区水务局 | 2031-09-30"],
        id="a-header-over-four-rows",
    ),
    pytest.param(
        """
        序号 | 工作任务 | 责任单位
        一 | 改善环境 |
        1 | 疏浚河道 | 市水利局
        二 | 提升服务 |
        2 | 修缮步道 | 市住建局
        合计 | |
        """,
        ["1 [改善环境] 疏浚河道 | R市水利局 | ", "2 [提升服务] 修缮步道 | R市住建局 | "],
        id="headings-with-their-number-beside",
    ),
]


@pytest.mark.parametrize(("rows", "wanted"), CASES)
def test_layouts(rows: str, wanted: list[str]) -> None:
    assert [_shown(task) for task in _tasks(rows)] == wanted


def test_headings_with_their_number_beside_in_a_table_without_known_merges() -> None:
    rows = """
        序号 | 工作任务 | 责任单位 | 完成时限
        （一） | 改善环境 | |
        1 | 疏浚河道 | 市水利局 | 6月底
        """
    assert [_shown(task) for task in _tasks(rows, merges=False)] == ["1 [改善环境] 疏浚河道 | R市水利局 | 2031-06-30"]


def test_a_table_that_is_no_card_is_no_task() -> None:
    assert _tasks("责任单位 | 市水利局 | 备注\n联系电话 | 0000000 | 略") == ()
