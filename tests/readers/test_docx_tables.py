"""Word documents: tables, their merges, and those that only lay out the page."""

from __future__ import annotations

import pytest

from kg.readers.draft import DraftTable
from tests.readers.drafts import cells, texts
from tests.readers.wordml import (
    CONTINUE,
    RESTART,
    p,
    r,
    read,
    tbl,
    tc,
    tr,
)


def wide(columns: int) -> str:
    return f"<w:gridSpan w:val='{columns}'/>"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        pytest.param(
            tbl(tr(tc("一"), tc("二")), tr(tc("三"), tc("四"))), {(0, 0): "一", (0, 1): "二", (1, 0): "三", (1, 1): "四"}, id="plain"
        ),
        pytest.param(tbl(tr(tc("一", wide(2))), tr(tc("二"), tc("三"))), {(0, 0, 1, 2): "一", (1, 0): "二", (1, 1): "三"}, id="across"),
        pytest.param(
            tbl(tr(tc("一", RESTART), tc("二")), tr(tc("", CONTINUE), tc("三")), tr(tc("", CONTINUE), tc("四"))),
            {(0, 0, 3, 1): "一", (0, 1): "二", (1, 1): "三", (2, 1): "四"},
            id="down",
        ),
        pytest.param(
            tbl(tr(tc("一", RESTART), tc("二")), tr(tc("三", RESTART), tc("四")), tr(tc("", CONTINUE), tc("五"))),
            {(0, 0): "一", (0, 1): "二", (1, 0, 2, 1): "三", (1, 1): "四", (2, 1): "五"},
            id="one merge below another",
        ),
        pytest.param(
            tbl(tr(tc("一", RESTART + wide(2)), tc("二")), tr(tc("", CONTINUE + wide(2)), tc("三")), tr(tc("四"), tc("五"), tc("六"))),
            {(0, 0, 2, 2): "一", (0, 2): "二", (1, 2): "三", (2, 0): "四", (2, 1): "五", (2, 2): "六"},
            id="both ways",
        ),
        pytest.param(
            tbl(tr(tc("一", "<w:hMerge w:val='restart'/>"), tc("", "<w:hMerge/>"), tc("二")), tr(tc("三"), tc("四"), tc("五"))),
            {(0, 0, 1, 2): "一", (0, 2): "二", (1, 0): "三", (1, 1): "四", (1, 2): "五"},
            id="across, the old way",
        ),
        pytest.param(
            tbl(tr(tc("一"), tc("二"), tc("三")), tr(tc("四"), properties="<w:gridBefore w:val='1'/><w:gridAfter w:val='1'/>")),
            {(0, 0): "一", (0, 1): "二", (0, 2): "三", (1, 1): "四"},
            id="gaps before and after",
        ),
        pytest.param(
            tbl(tr(tc("一"), tc("二")), tr(tc("三", CONTINUE), tc("四"))),
            {(0, 0): "一", (0, 1): "二", (1, 0): "三", (1, 1): "四"},
            id="a continuation of nothing stands for itself",
        ),
        pytest.param(
            tbl(tr(tc("一", wide(2)), tc("二", wide(3))), tr(tc("三", wide(2)), tc("四", wide(3)))),
            {(0, 0): "一", (0, 1): "二", (1, 0): "三", (1, 1): "四"},
            id="grid columns that no cell starts in",
        ),
        pytest.param(
            tbl(tr(tc("一"), tc("二", wide(2))), tr(tc("三", wide(2)), tc("四")), widths=(2000, 40, 3000)),
            {(0, 0): "一", (0, 1): "二", (1, 0): "三", (1, 1): "四"},
            id="edges that miss each other by a sliver",
        ),
        pytest.param(
            tbl(tr(tc("一"), tc("二", wide(2))), tr(tc("三", wide(2)), tc("四")), widths=(2000, 900, 3000)),
            {(0, 0): "一", (0, 1, 1, 2): "二", (1, 0, 1, 2): "三", (1, 2): "四"},
            id="edges that are meant to differ",
        ),
        pytest.param(
            tbl(tr(tc("一"), tc("二")), tr(tc("删"), tc("去"), properties="<w:del/>"), tr(tc("隐"), tc("藏"), properties="<w:hidden/>")),
            {(0, 0): "一", (0, 1): "二"},
            id="rows deleted or hidden",
        ),
        pytest.param(
            tbl(
                "<w:sdt><w:sdtContent>"
                + tr(tc("一"), "<w:sdt><w:sdtContent>" + tc("二") + "</w:sdtContent></w:sdt>")
                + "</w:sdtContent></w:sdt>"
            ),
            {(0, 0): "一", (0, 1): "二"},
            id="rows and cells in form fields",
        ),
        pytest.param(
            tbl(tr(tc("一"), f"<w:tc>{p('二')}{tbl(tr(tc('甲'), tc('乙')), tr(tc('丙'), tc('丁')))}{p('三')}</w:tc>")),
            {(0, 0): "一", (0, 1): "二/甲\t乙/丙\t丁/三"},
            id="a table in a cell",
        ),
        pytest.param(
            tbl(tr(tc("一", "<w:gridSpan w:val='99999999999'/>"), tc("二", "<w:gridSpan w:val='x'/>"))),
            {(0, 0): "一", (0, 1): "二"},
            id="spans that make no sense",
        ),
    ],
)
def test_tables_and_their_merges(table: str, expected: dict[tuple[int, ...], str]) -> None:
    (item,) = read(table).items
    assert isinstance(item, DraftTable)
    assert cells(item) == expected
    assert item.merges


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(tbl(tr(f"<w:tc>{p('甲')}{p('乙')}</w:tc>")), ["甲", "乙"], id="one cell is a frame"),
        pytest.param(
            tbl(tr(f"<w:tc>{p('甲')}{tbl(tr(tc('一'), tc('二')))}</w:tc>")),
            ["甲", str({(0, 0): "一", (0, 1): "二"})],
            id="a frame around a table",
        ),
        pytest.param(
            tbl(tr(tc("甲")), tr(f"<w:tc>{tbl(tr(tc('一'), tc('二')))}{p('')}</w:tc>")),
            ["甲", str({(0, 0): "一", (0, 1): "二"})],
            id="rows of one cell around a table",
        ),
        pytest.param(tbl(tr(tc("甲")), tr(tc("乙"))), [str({(0, 0): "甲", (1, 0): "乙"})], id="rows of one cell around text"),
        pytest.param(tbl(), [], id="no rows"),
    ],
)
def test_tables_that_only_lay_out_the_page(body: str, expected: list[str]) -> None:
    assert texts(read(body)) == expected


@pytest.mark.parametrize(
    ("body", "code"),
    [
        pytest.param(tbl(tr(tc("一", RESTART), tc("二")), tr(tc("藏", CONTINUE), tc("三"))), "docx.covered", id="text under a merge"),
        pytest.param(p("甲") + "<w:altChunk r:id='r9'/>", "docx.embedded", id="another file"),
        pytest.param(f"<w:p>{r('甲')}<w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>", "docx.pictures", id="picture"),
        pytest.param(f"<w:p>{r('甲')}<w:r><w:object><v:imagedata/></w:object></w:r></w:p>", "docx.objects", id="object"),
    ],
)
def test_what_is_not_read_is_said(body: str, code: str) -> None:
    assert [issue.code for issue in read(body).issues] == [code]
