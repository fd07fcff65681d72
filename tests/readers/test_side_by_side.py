"""Tables printed beside each other, and those that only look like it."""

from __future__ import annotations

import pytest

from kg.model import Table
from tests.texts import to_table

APART = [
    pytest.param("序号 | 工作任务 | 责任单位 | 序号 | 工作任务 | 责任单位\n1 | 清河 | 水利局 | 2 | 修路 | 交通局", 2, id="twice"),
    pytest.param(
        "序号 | 任务 | 时限 | 序号 | 任务 | 时限 | 序号 | 任务 | 时限\n1 | 清河 | 6月底 | 2 | 修路 | 7月底 | 3 | 种树 | 8月底",
        3,
        id="thrice",
    ),
    pytest.param("序号 | 工作任务 | 责任单位 | 序号 | 工作任务 | 时限\n1 | 清河 | 水利局 | 2 | 修路 | 6月底", 1, id="other-names"),
    pytest.param("序号 | 工作任务 | 责任单位 | 序号 | 工作任务 | 责任单位\n1 | 清河 | 水利局 | | |", 1, id="nothing-in-one"),
    pytest.param(
        "序号 | 工作任务 | 责任单位 | 序号 | 工作任务 | 责任单位\n一、环境 | < | < | < | < | <\n1 | 清河 | 水利局 | 2 | 修路 | 交通局",
        1,
        id="a-heading-over-both",
    ),
    pytest.param("姓名 | 单位 | 电话 | 姓名 | 单位 | 电话\n柳某 | 水利局 | 0000 | 桑某 | 交通局 | 0000", 1, id="whom-to-call"),
]


@pytest.mark.parametrize(("rows", "count"), APART)
def test_side_by_side(rows: str, count: int) -> None:
    assert sum(isinstance(block, Table) for block in to_table(rows).blocks) == count
