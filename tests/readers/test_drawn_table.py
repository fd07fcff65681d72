"""Tables of a text that are drawn with characters, or that only blanks align: real tables, with the way back to every word."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Document, Paragraph, Table
from tests.texts import show_task, to_document

TITLE = "澄湖区2031年河道整治任务清单\n\n"


def _cells(document: Document) -> list[str]:
    """The cells of all tables: place, size where it is more than one, text."""
    shown = []
    for table in (block for block in document.blocks if isinstance(block, Table)):
        for cell in table.cells:
            size = f"+{cell.row_span}x{cell.column_span}" if (cell.row_span, cell.column_span) != (1, 1) else ""
            shown.append(f"{cell.row},{cell.column}{size} {document.quote(cell.span)}")
    return shown


def _tasks(text: str) -> list[str]:
    return [" > ".join([*(one.heading for one in task.path), show_task(task)]) for task in extract(to_document(TITLE + text)).tasks]


BOXES = """\
┌──┬────┬────────┬──────┬─────┐
│序号│类别    │工作内容        │责任单位    │完成时限  │
├──┼────┼────────┼──────┼─────┤
│1   │“清河”│疏浚市河12公里，│区水利局、区│6月底前   │
│    │        │清运淤泥。      │城管局      │          │
├──┤        ├────────┼──────┼─────┤
│2   │        │修复护岸5处。   │区公安局    │长期坚持  │
│    │        │                │治安大队    │          │
├──┼────┼────────┼──────┼─────┤
│3   │管护    │聘请管护员60名。│各镇        │2031年9月3│
│    │        │                │            │0日前     │
└──┴────┴────────┴──────┴─────┘
"""

NARROW = """\
╔══════╦══════════╦══════════════════╦════════════╦══════════╗
║ 序号 ║ 类别     ║ 工作内容         ║ 责任单位   ║ 完成时限 ║
╠══════╬══════════╬══════════════════╬════════════╬══════════╣
║ 1    ║          ║ 疏浚市河12公里， ║ 区水利局   ║ 6月底前  ║
║      ║ “清河”   ║ 清运淤泥。       ║ 区城管局   ║          ║
╟──────╢          ╟──────────────────╫────────────╫──────────╢
║ 2    ║          ║ 修复护岸5处。    ║ 区公安局治 ║ 长期坚持 ║
║      ║          ║                  ║ 安大队     ║          ║
╟──────╫──────────╫──────────────────╫────────────╫──────────╢
║ 3    ║ 管护     ║ 聘请管护员60名。 ║ 各镇       ║ 9月30日  ║
║      ║          ║                  ║            ║ 前       ║
╚══════╩══════════╩══════════════════╩════════════╩══════════╝
"""

ASCII = """\
+------+----------+------------------+------------+----------+
| 序号 | 类别     | 工作内容         | 责任单位   | 完成时限 |
+======+==========+==================+============+==========+
| 1    | “清河”   | 疏浚市河12公里， | 区水利局、 | 6月底前  |
|      |          | 清运淤泥。       | 区城管局   |          |
+------+          +------------------+------------+----------+
| 2    |          | 修复护岸5处。    | 区公安局治 | 长期坚持 |
|      |          |                  | 安大队     |          |
+------+----------+------------------+------------+----------+
| 3    | 管护     | 聘请管护员60名。 | 各镇       | 9月30日  |
|      |          |                  |            | 前       |
+------+----------+------------------+------------+----------+
"""

WANTED = [
    "“清河” > 1 疏浚市河12公里，清运淤泥。 | R区水利局 R区城管局 | 2031-06-30",
    "“清河” > 2 修复护岸5处。 | R区公安局治安大队 | standing",
    "管护 > 3 聘请管护员60名。 | R各镇 | 2031-09-30",
]


@pytest.mark.parametrize(
    "text", [pytest.param(BOXES, id="boxes"), pytest.param(NARROW, id="narrow-boxes"), pytest.param(ASCII, id="ascii")]
)
def test_cells_that_take_several_lines(text: str) -> None:
    assert _tasks(text) == WANTED


UNRULED = [
    pytest.param(
        "+------+----------------------+----------+----------+\n"
        "| 序号 | 工作内容             | 责任单位 | 完成时限 |\n"
        "+------+----------------------+----------+----------+\n"
        "| 1    | 疏浚市河12公里。     | 区水利局 | 6月底前  |\n"
        "| 2    | 聘请管护员60名，     | 各镇     | 长期坚持 |\n"
        "|      | 每月巡查2次。        |          |          |\n"
        "+------+----------------------+----------+----------+\n",
        id="a-line-around-the-header-only",
    ),
    pytest.param(
        " 序号 │ 工作内容         │ 责任单位 │ 完成时限\n"
        "──────┼──────────────────┼──────────┼─────────\n"
        " 1    │ 疏浚市河12公里。 │ 区水利局 │ 6月底前\n"
        " 2    │ 聘请管护员60名， │ 各镇     │ 长期坚持\n"
        "      │ 每月巡查2次。    │          │\n",
        id="open-sides",
    ),
    pytest.param(
        "│序号│工作内容                    │责任单位│完成时限│\n"
        "│1   │疏浚市河12公里。            │区水利局│6月底前 │\n"
        "│2   │聘请管护员60名，每月巡查2次。│各镇    │长期坚持│\n",
        id="strokes-only",
    ),
    pytest.param(
        "序号    工作内容                责任单位    完成时限\n"
        "----    --------                --------    --------\n"
        "1       疏浚市河12公里。        区水利局    6月底前\n\n"
        "2       聘请管护员60名，        各镇        长期坚持\n"
        "        每月巡查2次。\n",
        id="blanks",
    ),
    pytest.param(
        "序号　工作内容　　　　　责任单位　完成时限\n"
        "１　　疏浚市河12公里。　区水利局　6月底前\n"
        "２　　聘请管护员60名，　各镇　　　长期坚持\n"
        "　　　每月巡查2次。\n",
        id="wide-blanks",
    ),
]


@pytest.mark.parametrize("text", UNRULED)
def test_rows_without_a_line_between(text: str) -> None:
    assert [task.replace("１", "1").replace("２", "2") for task in _tasks(text + "注：略\n")] == [
        "1 疏浚市河12公里。 | R区水利局 | 2031-06-30",
        "2 聘请管护员60名，每月巡查2次。 | R各镇 | standing",
    ]


def test_merged_cells_keep_their_size() -> None:
    text = """\
┌────────────┐
│      河道整治任务      │
├──┬───┬──────┤
│序号│工作内│  责任分工  │
│    │容    ├───┬──┤
│    │      │牵头  │配合│
├──┼───┼───┼──┤
│1   │疏浚  │区水利│各镇│
│    │      │局    │    │
└──┴───┴───┴──┘
"""
    assert _cells(to_document(TITLE + text)) == [
        "0,0+1x4 河道整治任务",
        "1,0+2x1 序号",
        "1,1+2x1 工作内容",
        "1,2+1x2 责任分工",
        "2,2 牵头",
        "2,3 配合",
        "3,0 1",
        "3,1 疏浚",
        "3,2 区水利局",
        "3,3 各镇",
    ]


def test_every_piece_leads_back_to_its_words() -> None:
    text = TITLE + BOXES
    document = to_document(text)
    for piece in document.pieces:
        assert piece.source is not None
        printed = text[piece.source.start : piece.source.end]
        assert all(char in printed for char in document.quote(piece.span))
    asked = document.text.index("疏浚市河")
    place = next(document.pieces_of(document.blocks[-1].span)).place
    assert (place.row, place.column, place.line) == (1, 1, 4)
    assert document.text[asked - 1] == "\t"


def test_a_frame_around_a_text_is_no_table() -> None:
    document = to_document("┌──────────┐\n│ 一、重点任务 │\n│ 二、组织保障 │\n└──────────┘\n")
    assert all(isinstance(block, Paragraph) for block in document.blocks)
    assert [document.quote(block.span) for block in document.blocks] == ["一、重点任务", "二、组织保障"]


def test_two_tables_stay_two() -> None:
    assert len([block for block in to_document(BOXES + BOXES).blocks if isinstance(block, Table)]) == 2


NO_TABLES = [
    pytest.param("──────────────\n澄湖区水利局\n──────────────\n", id="lines-drawn-across"),
    pytest.param("───┬───\n", id="one-line-alone"),
    pytest.param("序号  工作内容  责任单位\n各单位要认真落实。\n", id="a-header-over-prose"),
    pytest.param("区水利局    区城管局    区财政局\n1  2  3\n4  5  6\n", id="names-of-no-columns"),
    pytest.param(
        "一、重点任务    责任单位    完成时限\n1.疏浚市河，清运淤泥，修复护岸。\n2.聘请管护员60名。\n", id="prose-under-no-column"
    ),
]


@pytest.mark.parametrize("text", NO_TABLES)
def test_what_is_no_table(text: str) -> None:
    assert not [block for block in to_document(text).blocks if isinstance(block, Table)]
