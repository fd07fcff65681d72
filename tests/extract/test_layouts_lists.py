"""Tables whose cells hold several tasks, calendars, tables printed side by side, titles beside what spells them out."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.extract import extract
from kg.readers import read_document
from tests.extract.test_rows import _shown
from tests.texts import to_table

CASES = [
    pytest.param(
        """
        序号 | 项目名称 | 建设内容（责任单位） | 完成时限
        1 | 河道整治 | ①疏浚市河12公里。（区水利局牵头，各镇配合）②修缮步道3处。（区城管局） | 6月底前
        2 | 道路整治 | 改造路口12处（含信号灯）。（区交通局） | 9月底前
        """,
        [
            "① [河道整治] 疏浚市河12公里。 | L区水利局 S各镇 | 2031-06-30",
            "② [河道整治] 修缮步道3处。 | R区城管局 | 2031-06-30",
            "2 [道路整治] 改造路口12处（含信号灯）。 | R区交通局 | 2031-09-30",
        ],
        id="each-member-of-a-list-says-who",
    ),
    pytest.param(
        """
        序号 | 项目名称 | 建设内容（责任单位）
        1 | 河道整治 | 疏浚市河12公里。（区水利局）/修缮步道3处。（区城管局）
        """,
        ["1 [河道整治] 疏浚市河12公里。 | R区水利局 | ", "1 [河道整治] 修缮步道3处。 | R区城管局 | "],
        id="each-line-says-who",
    ),
    pytest.param(
        """
        序号 | 工作内容 | 责任单位
        1 | （1）疏浚市河12公里。（2）修缮步道3处。（区城管局负责步道） | 区水利局
        """,
        ["1 [] （1）疏浚市河12公里。（2）修缮步道3处。（区城管局负责步道） | R区水利局 | "],
        id="a-list-beside-units-of-the-row",
    ),
    pytest.param(
        """
        月份 | 工作安排 | 备注
        3月 | 1.发布年度目录46项。（区政府办公室）2.3月20日前开展培训1场。（区司法局、区委党校） |
        4月 | 1.举办开放日活动。（区水利局牵头，各镇配合） | 报批后实施
        """,
        [
            "1 [3月] 发布年度目录46项。 | R区政府办公室 | ",
            "2 [3月] 3月20日前开展培训1场。 | R区司法局 R区委党校 | 2031-03-20",
            "1 [4月] 举办开放日活动。 | L区水利局 S各镇 | ",
        ],
        id="a-calendar",
    ),
    pytest.param(
        """
        澄湖片区 | < | < | < | 云泽片区 | < | < | <
        序号 | 工作任务 | 责任单位 | 时限 | 序号 | 工作任务 | 责任单位 | 时限
        1 | 疏浚市河 | 区水利局 | 6月底 | 3 | 改造路口 | 区交通局 | 9月底
        2 | 修缮步道 | 区城管局 | 7月底 | | | |
        """,
        [
            "1 [澄湖片区] 疏浚市河 | R区水利局 | 2031-06-30",
            "2 [澄湖片区] 修缮步道 | R区城管局 | 2031-07-31",
            "3 [云泽片区] 改造路口 | R区交通局 | 2031-09-30",
        ],
        id="side-by-side-under-bands",
    ),
    pytest.param(
        """
        工作 | 目标要求 | 责任分工 | 时间节点
        茶产业 | 推广绿色防控10万亩，用标企业达到80家。 | 牵头单位/区农业农村局/配合单位/区林业局/河图镇 | 9月底前
        水权 | 完成取用水户水权交易2单并予公示。 | 责任单位/区水利局/区供销社 | 12月底前
        """,
        [
            "- [茶产业] 推广绿色防控10万亩，用标企业达到80家。 | L区农业农村局 S区林业局 S河图镇 | 2031-09-30",
            "- [水权] 完成取用水户水权交易2单并予公示。 | R区水利局 R区供销社 | 2031-12-31",
        ],
        id="names-over-units-a-line-each",
    ),
    pytest.param(
        """
        编号 | 产业链条 | 目标任务 | 链长单位 | 参与单位
        1 | 肉牛 | 引进母牛2000头 | 畜牧中心 | 自然资源局
        """,
        ["1 [肉牛] 引进母牛2000头 | L畜牧中心 S自然资源局 | "],
        id="who-leads-a-chain",
    ),
]


@pytest.mark.parametrize(("rows", "wanted"), CASES)
def test_layouts(rows: str, wanted: list[str]) -> None:
    assert [_shown(task) for task in extract(to_table(rows)).tasks] == wanted


def test_headers_of_rows_and_of_groups_of_rows(tmp_path: Path) -> None:
    row = '<tr><th scope="row">{}</th><td>{}</td><td><p>牵头单位</p>{}<p>配合单位</p>区城管局<br>云泽镇</td></tr>'
    body = (
        '<tr><th scope="rowgroup" colspan="3">改善环境</th></tr>'
        + row.format("清河", "疏浚市河12公里，清运淤泥。", "区水利局")
        + '<tr><th scope="rowgroup" colspan="3">便利出行</th></tr>'
        + row.format("修路", "改造路口12处，增设信号灯。", "区交通局")
    )
    head = "<tr><th>工作</th><th>目标要求</th><th>责任分工</th></tr>"
    path = tmp_path / "page.html"
    path.write_text(f"<html><body><h1>澄湖区2031年重点工作安排</h1><table>{head}{body}</table></body></html>", "utf-8")
    assert [_shown(task) for task in extract(read_document(path)).tasks] == [
        "- [改善环境>清河] 疏浚市河12公里，清运淤泥。 | L区水利局 S区城管局 S云泽镇 | ",
        "- [便利出行>修路] 改造路口12处，增设信号灯。 | L区交通局 S区城管局 S云泽镇 | ",
    ]
