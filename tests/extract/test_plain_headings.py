"""Lines that are headings by their place: over tables, over items, without a number of their own."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Place, Source
from kg.readers.assemble import assemble
from kg.readers.draft import Draft, DraftCell, DraftParagraph, DraftTable, Line
from tests.texts import to_extraction

TITLE = "2031年青岩市重点工作任务分解表"
UNIT = "（责任单位：市财政局）"


def _table(requirement: str) -> DraftTable:
    rows = (("序号", "任务内容", "责任单位"), ("1", requirement, "市财政局"))
    cells = [
        DraftCell(row=at, column=column, lines=(Line(text=text, place=Place(table=1)),), row_span=1, column_span=1)
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    ]
    return DraftTable(rows=2, columns=3, cells=tuple(cells), merges=True)


def _paths(*lines: str, level: int = 0) -> list[list[str]]:
    """The paths of the tasks of a file in which a table stands below each line that does not end in a stop."""
    items: list[DraftParagraph | DraftTable] = [DraftParagraph(lines=(Line(text=TITLE, place=Place(paragraph=1)),), align="center")]
    for line in lines:
        items.append(DraftParagraph(lines=(Line(text=line, place=Place(paragraph=2)),), level=level))
        if not line.startswith(("一、", "注：")):
            items.append(_table("公开预算。"))
    source = Source(name="table.docx", media_type="application/octet-stream", sha256="0" * 64, size=0)
    document = assemble(source, Draft(media_type="application/octet-stream", items=tuple(items)))
    return [[section.heading for section in task.path] for task in extract(document).tasks]


OVER_TABLES = [
    pytest.param(["表一　道路交通", "表二　河道治理"], [["表一道路交通"], ["表二河道治理"]], id="counted-as-tables"),
    pytest.param(["道路交通", "河道治理"], [["道路交通"], ["河道治理"]], id="bare"),
    pytest.param(["1.道路交通", "2.河道治理"], [["1.道路交通"], ["2.河道治理"]], id="numbered"),
    pytest.param(
        ["一、改善环境", "（一）道路", "（二）河道"], [["一、改善环境", "（一）道路"], ["一、改善环境", "（二）河道"]], id="levels"
    ),
    pytest.param(["道路交通"], [[]], id="one-alone"),
    pytest.param(["工作台账", "任务清单"], [[], []], id="titles-of-the-tables"),
    pytest.param(["市财政局", "市水利局"], [[], []], id="units"),
    pytest.param(["青岩公报", "青岩公报"], [[], []], id="the-head-of-a-page"),
    pytest.param(["制表：市财政局", "单位：万元"], [[], []], id="labels"),
]


@pytest.mark.parametrize(("lines", "wanted"), OVER_TABLES)
def test_lines_over_tables(lines: list[str], wanted: list[list[str]]) -> None:
    assert _paths(*lines) == wanted


def test_a_line_that_the_file_styles_is_one_also_alone() -> None:
    assert _paths("道路交通", level=1) == [["道路交通"]]


OVER_ITEMS = [
    pytest.param(
        f"财政信息\n公开预算。{UNIT}\n公开决算。{UNIT}\n教育信息\n公开招生。{UNIT}\n", ["财政信息", "财政信息", "教育信息"], id="lines"
    ),
    pytest.param(
        "财政信息\n1.公开预算。\n责任单位：市财政局\n教育信息\n1.公开招生。\n责任单位：市教育局\n",
        ["财政信息", "教育信息"],
        id="a-line-below-says-who",
    ),
    pytest.param(f"财政信息\n公开预算。{UNIT}\n", [""], id="one-alone"),
    pytest.param(f"市财政局\n公开预算。{UNIT}\n市教育局\n公开招生。{UNIT}\n", ["", ""], id="units"),
    pytest.param(
        f"财政信息\n公开预算。〔牵头：市财政局〕\n教育信息\n公开招生。{UNIT}\n", ["财政信息", "教育信息"], id="behind-a-square-bracket"
    ),
]


@pytest.mark.parametrize(("text", "wanted"), OVER_ITEMS)
def test_lines_over_items(text: str, wanted: list[str]) -> None:
    tasks = to_extraction(f"2031年青岩市政务公开工作要点\n\n{text}").tasks
    assert [" ".join(section.heading for section in task.path) for task in tasks] == wanted
