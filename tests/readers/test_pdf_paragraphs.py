"""Lines of a page to paragraphs where the right edge is ragged."""

from __future__ import annotations

import pytest

from kg.readers.pdf_lines import PrintedLine
from kg.readers.pdf_paragraphs import Layout, PlacedLine, TextColumn, to_paragraphs

SIZE = 15.0


def _placed(number: int, text: str, indent: float, room: float) -> PlacedLine:
    """A line of the page with so many ems free at the left and at the right of thirty."""
    line = PrintedLine(text=text, x0=indent * SIZE, x1=(30 - room) * SIZE, base=26.0 * number, size=SIZE, lead=SIZE)
    return PlacedLine(page=1, strip=0, number=number, line=line)


def _paragraphs(indent: float, *lines: tuple[str, float, float]) -> list[str]:
    layout = Layout(columns={0: TextColumn(left=0.0, right=30 * SIZE, leading=26.0)}, size=SIZE, indent=indent)
    placed = [_placed(number, *line) for number, line in enumerate(lines, 1)]
    return ["".join(line.text for line in paragraph.lines) for paragraph in to_paragraphs(placed, layout)]


CASES = [
    pytest.param(
        2.0, "4.市级河长巡河每月不少于1次，镇级河长每", 2.0, 1.76, ["4.市级河长巡河每月不少于1次，镇级河长每月不少于3次。"], id="ragged"
    ),
    pytest.param(2.0, "4.市级河长巡河每月不少于1次。", 2.0, 1.76, ["4.市级河长巡河每月不少于1次。", "月不少于3次。"], id="a-sentence-ends"),
    pytest.param(2.0, "一、坚决打赢蓝天保卫战", 2.0, 17.0, ["一、坚决打赢蓝天保卫战", "月不少于3次。"], id="a-heading"),
    pytest.param(
        0.0,
        "4.市级河长巡河每月不少于1次，镇级河长每",
        0.0,
        1.76,
        ["4.市级河长巡河每月不少于1次，镇级河长每", "月不少于3次。"],
        id="no-indents",
    ),
]


@pytest.mark.parametrize(("indent", "text", "left", "room", "wanted"), CASES)
def test_a_line_that_is_not_quite_full(indent: float, text: str, left: float, room: float, wanted: list[str]) -> None:
    assert _paragraphs(indent, (text, left, room), ("月不少于3次。", 0.0, 20.0)) == wanted


def test_a_number_at_the_usual_indent_begins_a_paragraph() -> None:
    lines = [("完成时限：2031年10月底前，配套设施一并投入使用不晚于11月", 2.0, 1.4), ("（二）车辆油品", 2.0, 20.0)]
    assert _paragraphs(2.0, *lines) == [text for text, _, _ in lines]
