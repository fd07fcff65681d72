"""Plain text as it comes out of other programs: wrapped with indents, run together, copied from a page, a cell a paragraph."""

from __future__ import annotations

import pytest

from kg.model import Paragraph, Table
from tests.texts import to_document


def _paragraphs(text: str) -> list[str]:
    document = to_document(text)
    return [document.quote(block.span) for block in document.blocks if isinstance(block, Paragraph)]


WRAPPED = """\
青岩市2031年河道治理工作方案

    为改善水环境，结合我市实际，制定本方案。
    一、疏浚河道
    （1）疏浚城区河道１２公里，清运沿岸
垃圾，2031年6月底前完成。(责任单位：市水
利局）
    （2)排查排污口不少于80处，设立标
 牌,每月巡查至少3次。（责任单位:市水利局、各
镇街)
    （3）建设排涝泵站2座,在20３
1年底前投入运行，(责任单位：
市水利局）
    （4）完善河长巡查制度，镇级河长每月巡
查不少于3次，建立台账。（责任单位：各镇街）

— 2 —

    二、修缮步道
    （1）修缮沿河步道，应修尽
修。（责任单位：市住建局）
"""


def test_lines_of_uneven_length_run_on_where_indents_tell_the_paragraphs() -> None:
    assert _paragraphs(WRAPPED) == [
        "青岩市2031年河道治理工作方案",
        "为改善水环境，结合我市实际，制定本方案。",
        "一、疏浚河道",
        "（1）疏浚城区河道１２公里，清运沿岸垃圾，2031年6月底前完成。(责任单位：市水利局）",
        "（2)排查排污口不少于80处，设立标牌,每月巡查至少3次。（责任单位:市水利局、各镇街)",
        "（3）建设排涝泵站2座,在20３1年底前投入运行，(责任单位：市水利局）",
        "（4）完善河长巡查制度，镇级河长每月巡查不少于3次，建立台账。（责任单位：各镇街）",
        "二、修缮步道",
        "（1）修缮沿河步道，应修尽修。（责任单位：市住建局）",
    ]


def test_lines_without_indent_stay_apart_where_indents_tell_nothing() -> None:
    lines = [f"{number}.疏浚第{number}段河道，清运沿岸垃圾，落实责任" for number in range(1, 9)]
    assert _paragraphs("青岩市2031年工作方案\n\n" + "\n".join(lines) + "\n")[1:] == lines


def test_the_documents_number_as_a_running_head() -> None:
    text = "青政办发〔2031〕6号\n\n疏浚城区河道，排查隐患，于8月\n\n— 2 —\n\n青政办发〔2031〕6号\n\n底前全部完成。\n"
    assert _paragraphs(text) == ["青政办发〔2031〕6号", "疏浚城区河道，排查隐患，于8月底前全部完成。"]


HEAD = (
    "青岩市人民政府办公室关于印发青岩市河道治理实施方案的通知青政办发〔2031〕6号各区县人民政府，市政府各部门："
    "《青岩市河道治理实施方案》已经市政府研究同意，现印发各单位，请认真贯彻执行。青岩市人民政府办公室2031年8月5日（此件公开发布）"
)
ITEMS = "".join(f"{number}.疏浚第{number}段河道，清运沿岸垃圾，完善长效机制，落实管护责任。（市水利局负责）" for number in range(1, 13))
BODY = f"青岩市河道治理实施方案为改善水环境，制定本方案。一、总体要求坚持问题导向。二、疏浚河道（一）城区河道{ITEMS}"

REST = "三、修缮步道（一）沿河步道1.修缮步道，方便群众。（市住建局负责）2.安装路灯，亮化街巷。（市城管局负责）四、保障措施加强领导。"


def test_a_whole_document_on_a_few_lines() -> None:
    lines = _paragraphs(f"{HEAD}\n{BODY}\n{REST}\n")
    assert lines[:8] == [
        "青岩市人民政府办公室关于印发青岩市河道治理实施方案的通知",
        "青政办发〔2031〕6号",
        "各区县人民政府，市政府各部门：",
        "《青岩市河道治理实施方案》已经市政府研究同意，现印发各单位，请认真贯彻执行。",
        "青岩市人民政府办公室",
        "2031年8月5日",
        "（此件公开发布）",
        "青岩市河道治理实施方案",
    ]
    assert lines[8:12] == ["为改善水环境，制定本方案。", "一、总体要求坚持问题导向。", "二、疏浚河道", "（一）城区河道"]
    assert lines[-5:] == [
        "三、修缮步道",
        "（一）沿河步道",
        "1.修缮步道，方便群众。（市住建局负责）",
        "2.安装路灯，亮化街巷。（市城管局负责）",
        "四、保障措施加强领导。",
    ]


def test_a_line_that_lists_points_is_one_paragraph() -> None:
    text = "重点抓好三项工作：（一）疏浚河道，清运垃圾；（二）修缮步道，方便群众；（三）安装路灯，亮化街巷，并于年底前报送情况。"
    assert _paragraphs(f"青岩市2031年工作要点\n\n{text}\n")[1:] == [text]


COPIED = [
    pytest.param("扫一扫在手机打开当前页", id="to-be-scanned"),
    pytest.param("主办：青岩市人民政府　承办：青岩市人民政府办公室　某ICP备19000000号", id="footer"),
    pytest.param("上一篇：青岩市人民政府关于做好防汛工作的通知", id="neighbour"),
]


@pytest.mark.parametrize("line", COPIED)
def test_what_a_page_prints_around_its_article_is_left_out(line: str) -> None:
    assert _paragraphs(f"青岩市2031年工作要点\n\n1.疏浚河道。\n\n{line}\n") == ["青岩市2031年工作要点", "1.疏浚河道。"]


def test_bullets_of_a_list_are_left_out() -> None:
    text = "# 青岩市2031年工作要点\n\n1. 疏浚河道。\n   - **牵头单位：** 市水利局\n   * **完成时限：** 年底前\n\n> 本要点由市水利局解释。\n"
    lines = ["青岩市2031年工作要点", "1. 疏浚河道。", "牵头单位： 市水利局", "完成时限： 年底前", "本要点由市水利局解释。"]
    assert _paragraphs(text) == lines


CELLS = """\
青岩市2031年民生实事项目实施计划表

序号

项目名称

建设内容

建设起
止年限

责任
单位

1

燃气管网
提升工程

对28个小区进行改造，
安装装置13000套。

2031.01-2031.12

市城投集团

2

水库加固工程

完成6座小型水库加固。

2031.01-2031.10

市水利局

3

急救培训

新增持证人员6800人。

2031.01-2031.12

市红十字会
"""


def test_cells_that_empty_lines_part() -> None:
    document = to_document(CELLS)
    table = next(block for block in document.blocks if isinstance(block, Table))
    rows = [[document.quote(cell.span) for cell in table.cells if cell.row == row] for row in range(table.rows)]
    assert rows[:2] == [
        ["序号", "项目名称", "建设内容", "建设起止年限", "责任单位"],
        ["1", "燃气管网提升工程", "对28个小区进行改造，安装装置13000套。", "2031.01-2031.12", "市城投集团"],
    ]
    assert len(rows) == 4
