"""PDF files: paragraphs and tables from where the characters stand, and files that cannot be read."""

from __future__ import annotations

import io
import time
import tomllib
import unicodedata
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import resources
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kg.errors import ReadError
from kg.readers.draft import Draft, DraftParagraph, DraftTable
from kg.readers.pdf import draft_pdf
from tests.readers.drafts import cells
from tests.readers.papers import HEIGHT, LEFT, RIGHT, SIZE, WIDTH, Cell, Paper, draw_thin_area, raw_page, raw_stream

# Invented, in the manner of a plan: two lines and a half each.
PROSE = (
    "推进松溪水库改造和青石镇河道清淤，完善雨水管网监测，健全社区食堂运营办法，"
    "年内建成数字档案一期，开放图书馆分馆六处，培训网格员三百人次以上。"
)
OTHER = (
    "建立老城片区危旧房屋台账，逐户开展安全评估，对鉴定为危房的制定加固方案并限期完成，"
    "同步改造周边公交站点和绿道，方便群众出行和日常休憩活动。"
)

Draw = Callable[[Paper], None]


def read(path: Path, draw: Draw, size: tuple[float, float] = (WIDTH, HEIGHT)) -> Draft:
    """The draft of what `draw` puts on paper."""
    paper = Paper(path, size=size)
    draw(paper)
    paper.save()
    return draft_pdf(path)


def paragraphs(draft: Draft) -> list[tuple[str, str]]:
    """Alignment and text of each paragraph."""
    return [(item.align, "".join(line.text for line in item.lines)) for item in draft.items if isinstance(item, DraftParagraph)]


def plain(*texts: str) -> list[tuple[str, str]]:
    return [("", text) for text in texts]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plan.pdf"


# --- paragraphs --------------------------------------------------------------------------------------


def _two_paragraphs(paper: Paper) -> None:
    paper.prose(PROSE)
    paper.prose(OTHER)


def _full_last_line(paper: Paper) -> None:
    """A paragraph whose last line fills the page to its edge is told from the next by the indent alone."""
    paper.prose(PROSE[: 26 + 28])
    paper.prose(OTHER)


def _over_a_page(paper: Paper) -> None:
    paper.prose(OTHER)
    rest = paper.prose(PROSE, lines=2)
    paper.next()
    paper.prose(rest, indent=0)
    paper.prose(OTHER)


def _indented_after_a_page(paper: Paper) -> None:
    paper.prose(PROSE[: 26 + 28])
    paper.next()
    paper.prose(OTHER)


def _title(paper: Paper) -> None:
    paper.centre("云河县人民政府办公室关于印发")
    paper.centre("云河县重点工作落实方案的通知")
    paper.centre("云政办发〔2031〕7号", size=SIZE)
    paper.at += 30
    paper.centre("云河县重点工作落实方案")
    paper.centre("（2031—2033年）", size=SIZE)
    paper.prose(PROSE)


TITLE = [
    ("center", "云河县人民政府办公室关于印发云河县重点工作落实方案的通知"),
    ("center", "云政办发〔2031〕7号"),
    ("center", "云河县重点工作落实方案"),
    ("center", "（2031—2033年）"),
    ("", PROSE),
]


def _wide_title(paper: Paper) -> None:
    paper.centre("云河县人民政府办公室关于印发云河县重点", size=23)
    paper.centre("工作落实方案的通知", size=23)
    paper.prose(PROSE)


def _signature(paper: Paper) -> None:
    paper.prose(PROSE)
    paper.right("云河县人民政府办公室")
    paper.right("2031年3月5日", ems=4)
    paper.line("（此件公开发布）", x=LEFT + 2 * SIZE)


def _headings(paper: Paper) -> None:
    paper.line("一、总体要求", x=LEFT + 2 * SIZE)
    paper.prose(PROSE)
    paper.line("（一）改造管网", x=LEFT + 2 * SIZE)
    paper.prose(OTHER)


def _hanging(paper: Paper) -> None:
    """Items whose later lines stand under the text of the first, not under its number."""
    paper.prose(OTHER)
    for number in "12":
        paper.line(f"{number}．" + PROSE[:26])
        paper.line(PROSE[26:52], x=LEFT + 2 * SIZE)
        paper.line(PROSE[52:], x=LEFT + 2 * SIZE)


def _not_indented(paper: Paper) -> None:
    """As web pages set it: no indent, but room between paragraphs."""
    for text in (PROSE[: 28 * 2], OTHER[: 28 * 2], PROSE):
        paper.prose(text, indent=0)
        paper.at += 8


def _spaced_letters(paper: Paper) -> None:
    """Justified: a line with fewer letters is stretched to the edge."""
    paper.write(PROSE[:24], LEFT + 2 * SIZE, paper.at, space=2 * SIZE / 23)
    paper.at += 28
    paper.prose(PROSE[24:], indent=0)


def _latin(paper: Paper) -> None:
    paper.prose("上线App Store版本，接入GIS Platform系统；" + "完善雨水管网监测。")


def _bold(paper: Paper) -> None:
    for aside in (0, 0.3):
        paper.write("一、改造雨水管网——青石镇", LEFT + 32 + aside, paper.at)
    paper.at += 28
    paper.prose(PROSE)


def _watermarks(paper: Paper) -> None:
    canvas = paper.canvas
    canvas.saveState()
    canvas.setFillGray(0.85)
    canvas.translate(200, 400)
    canvas.rotate(45)
    canvas.setFont("STSong-Light", 60)
    canvas.drawString(0, 0, "内部资料")
    canvas.restoreState()
    canvas.saveState()
    canvas.setFillGray(0.8)
    paper.write("征求意见", 120, 170, size=70)
    paper.write("云河县云河县云河县", LEFT, paper.at + 30)
    canvas.restoreState()
    _two_paragraphs(paper)


def _light_heading(paper: Paper) -> None:
    """Light letters that stand alone are text."""
    paper.canvas.setFillGray(0.6)
    paper.line("发布日期：2031年3月5日")
    paper.canvas.setFillGray(0)
    paper.prose(PROSE)


def _coloured(paper: Paper) -> None:
    """A large title in a colour is no watermark; nor is a white one on a dark ground."""
    paper.canvas.setFillColorRGB(1, 0.5, 0)
    paper.centre("云河县人民政府文件", size=36, gap=60)
    paper.canvas.setFillGray(0.2)
    paper.canvas.rect(60, HEIGHT - paper.at - 10, 480, 56, stroke=0, fill=1)
    paper.canvas.setFillGray(1)
    paper.centre("重点工作", size=46, gap=60)
    paper.canvas.setFillGray(0)
    paper.prose(PROSE)


def _raised(paper: Paper) -> None:
    paper.line("建成绿道五十公里以上并开放。", x=LEFT + 32, gap=0)
    paper.write("[1]", LEFT + 32 + 14 * SIZE, paper.at - 7, size=8)
    paper.at += 28
    paper.prose(PROSE)


def _framed(paper: Paper) -> None:
    """A box around text is no table; nor is one with a rule across."""
    paper.canvas.rect(70, HEIGHT - 300, 480, 200)
    paper.canvas.line(70, HEIGHT - 210, 550, HEIGHT - 210)
    _two_paragraphs(paper)


def _form_inside_a_form(paper: Paper) -> None:
    canvas = paper.canvas
    canvas.beginForm("inner")
    paper.prose(PROSE)
    canvas.endForm()
    canvas.beginForm("outer")
    canvas.doForm("inner")
    canvas.endForm()
    canvas.doForm("outer")


def _two_columns(paper: Paper) -> None:
    """A gazette: a title over both columns, and a paragraph that goes on at the head of the second."""
    paper.centre("云河县重点工作落实方案")
    text = "\u3000\u3000" + PROSE + OTHER
    lines = [text[at : at + 12] for at in range(0, len(text), 12)]
    text = "\u3000\u3000" + OTHER + PROSE
    lines += [text[at : at + 12] for at in range(0, len(text), 12)]
    half = len(lines) // 2 - 1
    for index, line in enumerate(lines):
        column, row = divmod(index, half) if index < 2 * half else (1, index - half)
        paper.write(line, LEFT + column * 14 * SIZE, paper.at + row * 28)


PARAGRAPHS: list[tuple[str, Draw, list[tuple[str, str]]]] = [
    ("an indent begins a paragraph", _two_paragraphs, plain(PROSE, OTHER)),
    ("an indent after a full line", _full_last_line, plain(PROSE[:54], OTHER)),
    ("a page cuts a paragraph", _over_a_page, plain(OTHER, PROSE, OTHER)),
    ("a paragraph begins a page", _indented_after_a_page, plain(PROSE[:54], OTHER)),
    ("titles, number and subtitle", _title, TITLE),
    ("a title as wide as the page", _wide_title, [("center", "云河县人民政府办公室关于印发云河县重点工作落实方案的通知"), ("", PROSE)]),
    (
        "a signature",
        _signature,
        [("", PROSE), ("right", "云河县人民政府办公室"), ("right", "2031年3月5日"), ("", "（此件公开发布）")],
    ),
    ("headings on lines of their own", _headings, plain("一、总体要求", PROSE, "（一）改造管网", OTHER)),
    ("hanging items", _hanging, plain(OTHER, "1．" + PROSE, "2．" + PROSE)),
    ("room between paragraphs without indent", _not_indented, plain(PROSE[:56], OTHER[:56], PROSE)),
    ("stretched letters are no words", _spaced_letters, plain(PROSE)),
    ("spaces between Latin words", _latin, plain("上线App Store版本，接入GIS Platform系统；完善雨水管网监测。")),
    ("letters drawn twice to look bold", _bold, plain("一、改造雨水管网——青石镇", PROSE)),
    ("watermarks", _watermarks, plain(PROSE, OTHER)),
    ("light letters that are text", _light_heading, plain("发布日期：2031年3月5日", PROSE)),
    ("coloured titles", _coloured, [("center", "云河县人民政府文件"), ("center", "重点工作"), ("", PROSE)]),
    ("raised signs", _raised, plain("建成绿道五十公里以上并开放。[1]", PROSE)),
    ("a frame around text", _framed, plain(PROSE, OTHER)),
    ("two columns", _two_columns, [("center", "云河县重点工作落实方案"), ("", PROSE + OTHER), ("", OTHER + PROSE)]),
    ("forms inside forms", _form_inside_a_form, plain(PROSE)),
]


@pytest.mark.parametrize(("draw", "expected"), [row[1:] for row in PARAGRAPHS], ids=[row[0] for row in PARAGRAPHS])
def test_paragraphs(draw: Draw, expected: list[tuple[str, str]], path: Path) -> None:
    draft = read(path, draw)
    assert paragraphs(draft) == expected
    assert draft.issues == ()
    assert draft.media_type == "application/pdf"


def test_lines_keep_their_places(path: Path) -> None:
    item = read(path, _over_a_page).items[1]
    assert isinstance(item, DraftParagraph)
    assert [(line.place.page, line.place.line) for line in item.lines] == [(1, 4), (1, 5), (2, 1)]


LOOSE: list[tuple[str, Draw, list[bool]]] = [
    ("the end of a page may cut", _indented_after_a_page, [True, False]),
    ("joined over the page", _over_a_page, [False, False, False]),
    ("room at the end of the line", _two_paragraphs, [False, False]),
]


@pytest.mark.parametrize(("draw", "expected"), [row[1:] for row in LOOSE], ids=[row[0] for row in LOOSE])
def test_loose_where_the_end_is_uncertain(draw: Draw, expected: list[bool], path: Path) -> None:
    items = read(path, draw).items
    assert [item.loose for item in items if isinstance(item, DraftParagraph)] == expected


# --- margins -----------------------------------------------------------------------------------------

NUMBERS = ["— {} —", "- {} -", "{}", "第{}页", "第 {} 页 共 9 页", "{}/3", "·{}·"]


@pytest.mark.parametrize("form", NUMBERS)
@pytest.mark.parametrize("pages", [1, 3])
def test_page_numbers(form: str, pages: int, path: Path) -> None:
    def draw(paper: Paper) -> None:
        for number in range(1, pages + 1):
            paper.prose(PROSE)
            paper.foot(form.format(number))
            paper.next()

    assert paragraphs(read(path, draw)) == plain(*[PROSE] * pages)


def _heads(paper: Paper) -> None:
    for number in range(1, 6):
        side = {"x": LEFT} if number % 2 else {"x": RIGHT - 60}
        paper.write("云河县重点工作落实方案" if number % 2 else "云河县人民政府文件", LEFT, 50, size=10)
        paper.foot(f"— {number} —", **side)
        paper.prose(PROSE)
        paper.next()


def _browser(paper: Paper) -> None:
    for number in (1, 2):
        paper.write("2031/3/5 14:40", 20, 18, size=8)
        paper.write("云河县重点工作落实方案_云河县人民政府", 220, 18, size=8)
        paper.write("https://www.example.gov.cn/zwgk/2031/plan.html", 20, HEIGHT - 15, size=8)
        paper.write(f"{number}/2", WIDTH - 40, HEIGHT - 15, size=8)
        paper.prose(PROSE)
        paper.next()


def _annexes(paper: Paper) -> None:
    """What begins several pages is text where it counts annexes, not pages; so is a title that becomes a head."""
    for number in (1, 2, 3):
        paper.line(f"附件{number}")
        paper.centre("云河县重点任务分工")
        paper.prose(PROSE)
        paper.next()


MARGINS: list[tuple[str, Draw, list[tuple[str, str]]]] = [
    ("heads and numbers that change sides", _heads, plain(*[PROSE] * 5)),
    ("a browser's lines", _browser, plain(PROSE, PROSE)),
    (
        "annexes",
        _annexes,
        [item for number in "123" for item in (("", f"附件{number}"), ("center", "云河县重点任务分工"), ("", PROSE))],
    ),
]


@pytest.mark.parametrize(("draw", "expected"), [row[1:] for row in MARGINS], ids=[row[0] for row in MARGINS])
def test_margins(draw: Draw, expected: list[tuple[str, str]], path: Path) -> None:
    assert paragraphs(read(path, draw)) == expected


# --- tables ------------------------------------------------------------------------------------------

XS = (60.0, 130.0, 170.0, 400.0, 480.0, 540.0)
HEADER: list[Cell] = [(0, column, 1, 1, text) for column, text in enumerate(("类别", "序号", "工作任务", "责任单位", "时限"))]
HEADINGS: dict[tuple[int, ...], str] = {(0, 0): "类别", (0, 1): "序号", (0, 2): "工作任务", (0, 3): "责任单位", (0, 4): "时限"}


def row(row: int, number: str, task: str, unit: str = "县水利局", due: str = "6月底", *, group: str | None = None) -> list[Cell]:
    """The cells of one row; with a `group`, even an empty one, also its first cell."""
    first: list[Cell] = [] if group is None else [(row, 0, 1, 1, group)]
    return [*first, (row, 1, 1, 1, number), (row, 2, 1, 1, task), (row, 3, 1, 1, unit), (row, 4, 1, 1, due)]


def heights(top: float, *rows: float) -> list[float]:
    ys = [top]
    for height in rows:
        ys.append(ys[-1] + height)
    return ys


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


def _over_pages(paper: Paper) -> None:
    """A group reaches over the page, and the header is printed again."""
    paper.table(
        XS,
        heights(600, 30, 60, 60),
        [*HEADER, (1, 0, 2, 1, "管网"), *row(1, "1", "改造管网"), *row(2, "2", "清淤河道。")],
    )
    paper.foot("— 1 —")
    paper.next()
    paper.table(
        XS,
        heights(100, 30, 40, 40),
        [*HEADER, (1, 0, 1, 1, ""), *row(1, "3", "建设泵站"), *row(2, "4", "改造房屋", "县住建局", group="房屋")],
    )
    paper.foot("— 2 —")


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
    ("a group over a page, and the header again", _over_pages, [OVER_PAGES]),
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


# --- files that cannot be read -----------------------------------------------------------------------


def _picture(paper: Paper) -> None:
    grey = ImageReader(io.BytesIO(_png(8, 8)))
    paper.canvas.drawImage(grey, 0, 0, WIDTH, HEIGHT)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    pixels = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _drawn(path: Path, draw: Draw, lock: StandardEncryption | None = None) -> bytes:
    paper = Paper(path, lock=lock)
    draw(paper)
    paper.save()
    return path.read_bytes()


def _scan(path: Path) -> bytes:
    def draw(paper: Paper) -> None:
        for number in (1, 2):
            _picture(paper)
            paper.foot(f"— {number} —")
            paper.next()

    return _drawn(path, draw)


def _outlines(path: Path) -> bytes:
    def draw(paper: Paper) -> None:
        for index in range(300):
            paper.canvas.circle(80 + index % 20 * 20, 700 - index // 20 * 20, 6, fill=1)

    return _drawn(path, draw)


def _without_characters(path: Path) -> bytes:
    """A font that draws shapes for its codes and does not say which characters they are."""
    del path
    shape = raw_stream(b"600 0 0 0 500 700 d1 0 0 500 700 re f")
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 1/LastChar 3"
        b"/Widths[600 600 600]/CharProcs<</x1 6 0 R/x2 6 0 R/x3 6 0 R>>/Resources<<>>"
        b"/Encoding<</Type/Encoding/Differences[1/x1/x2/x3]>>>>"
    )
    text = b"BT /F 12 Tf 80 700 Td <" + b"010203" * 20 + b"> Tj ET"
    return raw_page(text, font, shape, entries=b"/Resources<</Font<</F 5 0 R>>>>")


def _cut_short(path: Path) -> bytes:
    return _drawn(path, _two_paragraphs)[:300]


UNREADABLE: list[tuple[str, Callable[[Path], bytes], str]] = [
    ("scanned", _scan, "扫描件.*OCR.*Word.*/ the PDF is scanned"),
    ("letters drawn as shapes", _outlines, "转为图形.*OCR"),
    ("fonts without characters", _without_characters, "字体没有文字编码.*OCR"),
    ("blank", lambda path: _drawn(path, Paper.next), "没有文字.*空白"),
    ("a password", lambda path: _drawn(path, _two_paragraphs, StandardEncryption("secret")), "打开密码.*password"),
    ("cut short", _cut_short, "损坏或不完整.*damaged"),
    ("too many pages", lambda _: raw_page(b"", copies=4000), "4000 页.*3000"),
    ("empty", lambda _: b"", "而是空文件.*an empty file"),
    ("a Word file", lambda _: b"PK\x03\x04" + b"\0" * 100, "而是ZIP 压缩包.*docx.*ZIP archive"),
    ("an old Word file", lambda _: b"\xd0\xcf\x11\xe0" + b"\0" * 100, "旧版 Office 文件"),
    ("a picture", lambda _: _png(2, 2), "PNG 图片.*PNG picture"),
    ("a web page", lambda _: b"\xef\xbb\xbf\n<!doctype html><p>%PDF", "网页或 XML"),
    ("other bytes", lambda _: bytes(range(40)), "开头字节 00 01 02 03"),
]


@pytest.mark.parametrize(("make", "message"), [row[1:] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE])
def test_unreadable_files(make: Callable[[Path], bytes], message: str, path: Path) -> None:
    path.write_bytes(make(path))
    with pytest.raises(ReadError, match="(?s)" + message) as caught:
        draft_pdf(path)
    assert caught.value.file == "plan.pdf"
    assert caught.value.zh
    assert caught.value.en


def test_a_scanned_page_among_others_is_reported(path: Path) -> None:
    def draw(paper: Paper) -> None:
        paper.prose(PROSE)
        paper.next()
        _picture(paper)
        paper.next()
        paper.next()
        paper.prose(OTHER)

    draft = read(path, draw)
    assert paragraphs(draft) == plain(PROSE, OTHER)
    assert [(issue.code, issue.place) for issue in draft.issues] == [("pdf.page_scanned", "第2页")]


def test_a_file_that_only_its_owner_may_change_is_read(path: Path) -> None:
    lock = StandardEncryption("", ownerPassword="secret", canModify=0)
    assert paragraphs(draft_of(path, _drawn(path, _two_paragraphs, lock))) == plain(PROSE, OTHER)


def draft_of(path: Path, data: bytes) -> Draft:
    path.write_bytes(data)
    return draft_pdf(path)


def test_a_file_that_was_cut_off_is_reported(path: Path) -> None:
    data = _drawn(path, _two_paragraphs)
    draft = draft_of(path, data[: data.rindex(b"xref")])
    assert paragraphs(draft) == plain(PROSE, OTHER)
    assert [issue.code for issue in draft.issues] == ["pdf.cut_off"]


@pytest.mark.parametrize("seed", range(40))
def test_damage_ends_in_a_draft_or_an_error(seed: int, path: Path) -> None:
    """Every fifth part of the file is cut out, or overwritten with another one."""
    data = _drawn(path, _over_pages)
    start, size = seed * len(data) // 40, 200
    damaged = data[:start] + (data[:size] if seed % 2 else b"") + data[start + size :]
    with suppress(ReadError):
        draft_of(path, damaged)


# --- pages that would take for ever ------------------------------------------------------------------


def _forms_in_forms(levels: int, times: int) -> bytes:
    """A page that draws a form `times` times, which draws a form, and so on: times ** levels shapes."""
    forms = [
        raw_stream(b"/X Do " * times, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % number)
        for number in range(6, 5 + levels)
    ]
    last = raw_stream(b"0 0 1 1 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return raw_page(b"/X Do", *forms, last, entries=b"/Resources<</XObject<</X 5 0 R>>>>")


def _form_that_draws_itself() -> bytes:
    form = raw_stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>")
    return raw_page(b"/X Do", form, entries=b"/Resources<</XObject<</X 5 0 R>>>>")


def _letters_that_draw_forms() -> bytes:
    """A font whose letter draws a form ten times, which draws a form ten times, and so on."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 65/LastChar 65/Widths[600]"
        b"/CharProcs<</A 6 0 R>>/Resources<</XObject<</X 7 0 R>>>>/Encoding<</Type/Encoding/Differences[65/A]>>>>"
    )
    forms = [
        raw_stream(b"/X Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % number)
        for number in range(8, 18)
    ]
    last = raw_stream(b"0 0 1 1 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    letter = raw_stream(b"600 0 d0 /X Do")
    text = b"BT /F 12 Tf 80 700 Td (AAAA) Tj ET"
    return raw_page(text, font, letter, *forms, last, entries=b"/Resources<</Font<</F 5 0 R>>>>")


def _much_content() -> bytes:
    packed = zlib.compress(b"0 0 m 1 1 l S\n" * 4_000_000, 9)
    return raw_page(packed, contents_entries=b"/Filter/FlateDecode")


ENDLESS: list[tuple[str, Callable[[], bytes], str]] = [
    ("forms that draw forms", lambda: _forms_in_forms(12, 10), "过于复杂"),
    ("a form that draws itself", _form_that_draws_itself, "过于复杂"),
    ("letters that draw forms", _letters_that_draw_forms, "过于复杂"),
    ("content that unpacks to much", _much_content, "过于复杂"),
    ("a page of ten kilometres", lambda: raw_page(b"").replace(b"595 842", b"595 9e7"), "过大|空白"),
]


@pytest.mark.parametrize(("make", "message"), [row[1:] for row in ENDLESS], ids=[row[0] for row in ENDLESS])
def test_pages_that_would_take_for_ever(make: Callable[[], bytes], message: str, path: Path) -> None:
    data = make()
    started = time.monotonic()
    with pytest.raises(ReadError, match=message):
        draft_of(path, data)
    assert time.monotonic() - started < 20


# --- radical signs -----------------------------------------------------------------------------------

RADICALS = tomllib.loads(resources.files("kg").joinpath("data/radicals.toml").read_text("utf-8"))["radicals"]
UNIFIED = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2FA1F))


def test_every_radical_sign_has_its_character() -> None:
    signs = {chr(code) for code in range(0x2E80, 0x2F00) if unicodedata.name(chr(code), "")}
    assert signs - set(RADICALS) == {"⺀"}  # a repetition mark, which is no character


@pytest.mark.parametrize("sign", sorted(RADICALS))
def test_radical_sign(sign: str) -> None:
    plain_sign = RADICALS[sign]
    assert len(sign) == len(plain_sign) == 1
    assert 0x2E80 <= ord(sign) <= 0x2EFF
    assert any(first <= ord(plain_sign) <= last for first, last in UNIFIED)


@pytest.mark.parametrize(("sign", "expected"), list(zip("⻓⻔⺠⻋⻰⻚⻅⻛⻢⻥⻦⻄⻘⺟", "长门民车龙页见风马鱼鸟西青母", strict=True)))
def test_simplified_radical_signs(sign: str, expected: str) -> None:
    assert RADICALS[sign] == expected
