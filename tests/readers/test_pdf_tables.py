"""PDF files: tables from where lines and characters stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from kg.readers.draft import Draft, DraftParagraph, DraftTable
from kg.readers.pdf import draft_pdf
from tests.readers.drafts import cells
from tests.readers.drawn import HEADER, OTHER, PROSE, XS, Draw, heights, over_pages, paragraphs, plain, read, row
from tests.readers.papers import HEIGHT, Cell, Paper, draw_thin_area

HEADINGS: dict[tuple[int, ...], str] = {(0, 0): "类别", (0, 1): "序号", (0, 2): "工作任务", (0, 3): "责任单位", (0, 4): "时限"}


def tables(draft: Draft) -> list[dict[tuple[int, ...], str]]:
    """The cells of each table, lines of a cell joined."""
    found = [cells(item) for item in draft.items if isinstance(item, DraftTable)]
    return [{key: text.replace("/", "") for key, text in table.items()} for table in found]


SECTIONS: list[Cell] = [
    *HEADER,
    (1, 0, 1, 5, "一、管网"),
    (2, 0, 2, 1, "改造"),
    *row(2, "1", "改造管网"),
    *row(3, "2", "清淤河道"),
]
SECTION_ROWS = heights(300, 30, 40, 40, 40)
MERGED: dict[tuple[int, ...], str] = {
    **HEADINGS,
    (1, 0, 1, 5): "一、管网",
    (2, 0, 2, 1): "改造",
    (2, 1): "1",
    (2, 2): "改造管网",
    (2, 3): "县水利局",
    (2, 4): "6月底",
    (3, 1): "2",
    (3, 2): "清淤河道",
    (3, 3): "县水利局",
    (3, 4): "6月底",
}


def _merged(paper: Paper) -> None:
    paper.prose(PROSE)
    paper.table(XS, SECTION_ROWS, SECTIONS)
    paper.at = 500
    paper.prose(OTHER)


def _merged_by_areas(paper: Paper) -> None:
    paper.table(XS, SECTION_ROWS, SECTIONS, rule=draw_thin_area)


def _open_edges(paper: Paper) -> None:
    """No rule at the far left and the far right."""

    def inner(canvas: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
        if not (start[0] == end[0] and start[0] in (XS[0], XS[-1])):
            canvas.line(*start, *end)

    paper.table(XS, SECTION_ROWS, SECTIONS, rule=inner)


def _says_that_it_goes_on(paper: Paper) -> None:
    paper.table(XS, heights(600, 30, 60), [*HEADER, *row(1, "1", "改造管网", group="管网")])
    paper.next()
    paper.right("续表2", ems=0)
    paper.table(XS, heights(200, 30, 60), [*HEADER, *row(1, "2", "改造房屋", group="房屋")])


OVER_PAGES: dict[tuple[int, ...], str] = {
    **HEADINGS,
    (1, 0, 3, 1): "管网",
    **{(r, 1): str(r) for r in (1, 2, 3, 4)},
    **{(r, 2): text for r, text in enumerate(("改造管网", "清淤河道。", "建设泵站", "改造房屋"), 1)},
    **{(r, 3): "县住建局" if r == 4 else "县水利局" for r in (1, 2, 3, 4)},
    **{(r, 4): "6月底" for r in (1, 2, 3, 4)},
    (4, 0): "房屋",
}


def _row_cut(paper: Paper) -> None:
    """The page cuts the second row in the middle of its task and of its units."""
    paper.table(
        XS,
        heights(600, 30, 60, 60),
        [*HEADER, *row(1, "1", "改造管网", group="管网"), *row(2, "2", PROSE[:36], "县水利局、县", "年底", group="河道")],
    )
    paper.next()
    paper.table(
        XS,
        heights(100, 30, 40, 40),
        [*HEADER, *row(1, "", PROSE[36:], "财政局", "", group=""), *row(2, "3", "建设泵站", group="泵站")],
    )


ROW_CUT: dict[tuple[int, ...], str] = {
    **HEADINGS,
    **{(r, 0): text for r, text in enumerate(("管网", "河道", "泵站"), 1)},
    **{(r, 1): str(r) for r in (1, 2, 3)},
    **{(r, 2): text for r, text in enumerate(("改造管网", PROSE, "建设泵站"), 1)},
    **{(r, 3): text for r, text in enumerate(("县水利局", "县水利局、县财政局", "县水利局"), 1)},
    **{(r, 4): text for r, text in enumerate(("6月底", "年底", "6月底"), 1)},
}


def _paragraph_ends_with_the_page(paper: Paper) -> None:
    """The task's first paragraph ends where the page does; its number and its units are not printed again."""
    paper.table(XS, heights(600, 30, 60, 60), [*HEADER, *row(1, "1", "改造管网", group="甲"), *row(2, "2", "清淤。", group="乙")])
    paper.next()
    paper.table(XS, heights(100, 40, 40), [*row(0, "", "并建设泵站。", "", "", group=""), *row(1, "3", "改造", group="丙")])


def _empty_cells_are_empty(paper: Paper) -> None:
    """A row of its own without a deadline: what stands above is not its deadline."""
    paper.table(XS, heights(600, 30, 60, 60), [*HEADER, *row(1, "1", "改造管网", group="甲"), *row(2, "2", "清淤", group="乙")])
    paper.next()
    paper.table(XS, heights(100, 40, 40), [*row(0, "3", "建设", due="", group="丙"), *row(1, "4", "改造", group="丁")])


def _group_printed_again(paper: Paper) -> None:
    paper.table(XS, heights(600, 30, 60), [*HEADER, *row(1, "1", "改造管网", group="管网")])
    paper.next()
    paper.table(XS, heights(100, 40, 40), [(0, 0, 2, 1, "管网"), *row(0, "2", "清淤"), *row(1, "3", "泵站")])


def _two_tables(paper: Paper) -> None:
    paper.table(XS, heights(600, 30, 60), [*HEADER, *row(1, "1", "改造管网", group="管网")])
    paper.next()
    paper.centre("附件2")
    paper.table(XS, heights(200, 30, 60), [*HEADER, *row(1, "1", "改造房屋", group="房屋")])


def _of(*texts: Sequence[str]) -> dict[tuple[int, ...], str]:
    """Cells without merges, after the header."""
    return {**HEADINGS, **{(r, c): text for r, line in enumerate(texts, 1) for c, text in enumerate(line)}}


TABLES: list[tuple[str, Draw, list[dict[tuple[int, ...], str]]]] = [
    ("merged cells", _merged, [MERGED]),
    ("rules drawn as thin areas", _merged_by_areas, [MERGED]),
    ("open at both sides", _open_edges, [MERGED]),
    ("a group over a page, and the header again", over_pages, [OVER_PAGES]),
    ("a row cut by the page", _row_cut, [ROW_CUT]),
    (
        "a row cut between two paragraphs",
        _paragraph_ends_with_the_page,
        [
            _of(
                ("甲", "1", "改造管网", "县水利局", "6月底"),
                ("乙", "2", "清淤。并建设泵站。", "县水利局", "6月底"),
                ("丙", "3", "改造", "县水利局", "6月底"),
            )
        ],
    ),
    (
        "an empty cell at the top of a page",
        _empty_cells_are_empty,
        [
            _of(
                ("甲", "1", "改造管网", "县水利局", "6月底"),
                ("乙", "2", "清淤", "县水利局", "6月底"),
                ("丙", "3", "建设", "县水利局", ""),
                ("丁", "4", "改造", "县水利局", "6月底"),
            )
        ],
    ),
    (
        "a group's name printed again",
        _group_printed_again,
        [
            {
                **_of(("管网", "1", "改造管网", "县水利局", "6月底")),
                (2, 0, 2, 1): "管网",
                **{(r, 1): str(r) for r in (2, 3)},
                **{(2, 2): "清淤", (3, 2): "泵站"},
                **{(r, 3): "县水利局" for r in (2, 3)},
                **{(r, 4): "6月底" for r in (2, 3)},
            }
        ],
    ),
    (
        "a table that says that it goes on",
        _says_that_it_goes_on,
        [_of(("管网", "1", "改造管网", "县水利局", "6月底"), ("房屋", "2", "改造房屋", "县水利局", "6月底"))],
    ),
    (
        "a title between two tables",
        _two_tables,
        [_of(("管网", "1", "改造管网", "县水利局", "6月底")), _of(("房屋", "1", "改造房屋", "县水利局", "6月底"))],
    ),
]


@pytest.mark.parametrize(("draw", "expected"), [row[1:] for row in TABLES], ids=[row[0] for row in TABLES])
def test_tables(draw: Draw, expected: list[dict[tuple[int, ...], str]], path: Path) -> None:
    assert tables(read(path, draw)) == expected


def test_a_table_stands_between_its_paragraphs(path: Path) -> None:
    draft = read(path, _merged)
    assert [type(item) for item in draft.items] == [DraftParagraph, DraftTable, DraftParagraph]
    assert paragraphs(draft) == plain(PROSE, OTHER)


def test_cells_keep_their_places(path: Path) -> None:
    table = read(path, _row_cut).items[0]
    assert isinstance(table, DraftTable)
    assert table.merges
    assert (table.rows, table.columns) == (4, 5)
    task = next(cell for cell in table.cells if (cell.row, cell.column) == (2, 2))
    places = {(line.place.page, line.place.table, line.place.row, line.place.column) for line in task.lines}
    assert places == {(1, 1, 3, 3), (2, 1, 3, 3)}


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
@pytest.mark.parametrize("told", [True, False], ids=["by the file", "by the text alone"])
def test_turned_pages(angle: int, *, told: bool, path: Path) -> None:
    """An annex across the page, stored in whichever way."""
    wide, high = 842.0, 595.0
    upright = told or angle % 180 == 0  # reportlab itself swaps the sides of a page that it is told to turn
    canvas = Canvas(str(path), pagesize=(wide, high) if upright else (high, wide))
    if told:
        canvas.setPageRotation(angle)
    canvas.translate(*{0: (0, 0), 90: (high, 0), 180: (wide, high), 270: (0, wide)}[angle])
    canvas.rotate(angle)
    paper = Paper(path, size=(wide, high))
    paper.canvas = canvas
    paper.centre("云河县重点任务分工")
    paper.table(XS, heights(200, 30, 40, 40), [*HEADER, (1, 0, 2, 1, "管网"), *row(1, "1", "改造"), *row(2, "2", "清淤")])
    canvas.save()
    draft = draft_pdf(path)
    assert paragraphs(draft) == [("center", "云河县重点任务分工")]
    assert tables(draft)[0][1, 0, 2, 1] == "管网"
    assert tables(draft)[0][2, 2] == "清淤"


def test_text_that_runs_down_in_a_cell(path: Path) -> None:
    """Turned letters are a watermark outside a table, and the name of a group inside."""

    def draw(paper: Paper) -> None:
        paper.table(XS, heights(200, 30, 60, 60), [*HEADER, (1, 0, 2, 1, ""), *row(1, "1", "改造"), *row(2, "2", "清淤")])
        for base, x in ((250, 90), (250, 30)):
            paper.canvas.saveState()
            paper.canvas.translate(x, HEIGHT - base)
            paper.canvas.rotate(-90)
            paper.canvas.setFont("STSong-Light", 12)
            paper.canvas.drawString(0, 0, "雨水管网")
            paper.canvas.restoreState()

    draft = read(path, draw)
    assert tables(draft)[0][1, 0, 2, 1] == "雨水管网"
    assert paragraphs(draft) == []
