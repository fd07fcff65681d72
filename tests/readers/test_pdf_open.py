"""PDF files: tables that no rules draw, told by the gaps between their columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.readers.draft import Draft, DraftTable
from tests.readers.drawn import OTHER, PROSE, paragraphs, read
from tests.readers.papers import Paper

XS = (80.0, 120.0, 330.0, 450.0)
HEADER = ("编号", "重点任务", "承办单位", "时限")


def _lines(paper: Paper, *rows: Sequence[str], gap: float = 16.0) -> None:
    for row in rows:
        for x, text in zip(XS, row, strict=True):
            paper.write(text, x, paper.at, size=12)
        paper.at += gap


def _table(draft: Draft) -> list[list[str]]:
    """The rows of the one table, each with the texts of its cells; none without a table."""
    found = [item for item in draft.items if isinstance(item, DraftTable)]
    texts = (
        [[("".join(line.text for line in cell.lines)) for cell in found[0].cells if cell.row == row] for row in range(found[0].rows)]
        if found
        else []
    )
    assert len(found) <= 1
    return texts


FIRST = ("A1", "疏浚市河十二公里，清运河道淤泥", "县水利局、县城", "6月底前")
REST = ("", "并修复护岸。", "管局", "")
SECOND = ("A2", "改造路口十二处。", "县交通局", "9月底前")
READ = [
    ["A1", "疏浚市河十二公里，清运河道淤泥并修复护岸。", "县水利局、县城管局", "6月底前"],
    ["A2", "改造路口十二处。", "县交通局", "9月底前"],
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plan.pdf"


def test_rows_of_several_lines(path: Path) -> None:
    def draw(paper: Paper) -> None:
        paper.prose(PROSE)
        _lines(paper, HEADER, FIRST, REST, SECOND)
        paper.at += 20
        paper.prose(OTHER)

    draft = read(path, draw)
    assert _table(draft) == [list(HEADER), *READ]
    assert [text for _, text in paragraphs(draft)] == [PROSE, OTHER]


def test_sections_and_pages(path: Path) -> None:
    def draw(paper: Paper) -> None:
        paper.line("A　路网畅通", size=14, gap=22)
        _lines(paper, HEADER, FIRST, REST, SECOND)
        paper.line("B　管网提升", size=14, gap=22)
        _lines(paper, ("B1", "更换管网八公里。", "县住建局", "年底前"))
        paper.foot("第 1 页")
        paper.next()
        _lines(paper, ("B2", "检测管网四十公里。", "县水利局", "年底前"))
        paper.foot("第 2 页")

    assert _table(read(path, draw)) == [
        list(HEADER),
        ["A　路网畅通"],
        *READ,
        ["B　管网提升"],
        ["B1", "更换管网八公里。", "县住建局", "年底前"],
        ["B2", "检测管网四十公里。", "县水利局", "年底前"],
    ]


def test_a_row_that_the_page_cuts(path: Path) -> None:
    def draw(paper: Paper) -> None:
        _lines(paper, HEADER, ("A0", *SECOND[1:]), FIRST)
        paper.next()
        _lines(paper, REST, SECOND)

    assert _table(read(path, draw))[2:] == READ


def test_numbers_in_the_middle_of_their_column(path: Path) -> None:
    def draw(paper: Paper) -> None:
        _lines(paper, ("序号", *HEADER[1:]))
        for number, x in (("9", 89.0), ("10", 86.0), ("11", 86.0)):
            paper.write(number, x, paper.at, size=12)
            _lines(paper, ("", *SECOND[1:]))

    assert [row[0] for row in _table(read(path, draw))] == ["序号", "9", "10", "11"]


def test_tasks_that_print_their_own_numbers(path: Path) -> None:
    rows = (
        HEADER[1:],
        ("1.疏浚市河十二公里，清运河道", "县水利局", "6月底前"),
        ("淤泥。", "", ""),
        ("2.改造路口。", "县交通局", "9月底前"),
    )

    def draw(paper: Paper) -> None:
        for row in rows:
            for x, text in zip((80.0, 330.0, 450.0), row, strict=True):
                paper.write(text, x, paper.at, size=12)
            paper.at += 16

    assert [row[0] for row in _table(read(path, draw))] == ["重点任务", "1.疏浚市河十二公里，清运河道淤泥。", "2.改造路口。"]


NONE = [
    pytest.param([("重点", *HEADER[1:]), FIRST, SECOND], id="no-number-in-the-header"),
    pytest.param([HEADER, FIRST], id="one-row"),
    pytest.param([HEADER, ("河道", *FIRST[1:]), ("道路", *SECOND[1:])], id="no-numbers"),
]


@pytest.mark.parametrize("rows", NONE)
def test_lines_that_are_no_table(rows: list[Sequence[str]], path: Path) -> None:
    assert _table(read(path, lambda paper: _lines(paper, *rows))) == []


def test_a_signature_below_is_no_cell(path: Path) -> None:
    def draw(paper: Paper) -> None:
        _lines(paper, HEADER, FIRST, REST, SECOND)
        paper.write("澄湖区水利局", 360.0, paper.at, size=12)

    draft = read(path, draw)
    assert _table(draft)[1:] == READ
    assert [text for _, text in paragraphs(draft)] == ["澄湖区水利局"]
