"""Workbooks: cells as they look, tables without what stands above and below them, nothing that harms the process."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kg.errors import ReadError
from kg.readers import sheet, sheet_foreign
from kg.readers.draft import Draft, DraftParagraph, DraftTable
from kg.readers.sheet_formats import show
from kg.readers.xlsx import draft_xlsx
from tests.readers.drafts import cells, pack, texts, words

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
HEADER = ("序号", "工作任务", "责任单位", "完成时限")


def read(tmp_path: Path, fill: Callable[[Worksheet], object]) -> Draft:
    """The draft of a workbook whose one sheet, 台账, is filled by `fill`."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "台账"
    fill(sheet)
    path = tmp_path / "台账.xlsx"
    book.save(path)
    return draft_xlsx(path)


def rows_of(*rows: tuple[object, ...], merge: tuple[str, ...] = ()) -> Callable[[Worksheet], None]:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)
        for cells_merged in merge:
            sheet.merge_cells(cells_merged)

    return fill


def parts_of(sheet: str, *, strings: str = "", styles: str = "", workbook: str = "") -> dict[str, str | bytes]:
    """The parts of a workbook with one sheet, as raw XML."""
    return {
        "_rels/.rels": RELATIONS.format(f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/_rels/workbook.xml.rels": RELATIONS.format(
            f'<Relationship Id="a" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="b" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
            f'<Relationship Id="c" Type="{OFFICE}/styles" Target="styles.xml"/>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{workbook}<sheets><sheet name="表" r:id="a"/></sheets></workbook>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }


def read_raw(tmp_path: Path, parts: dict[str, str | bytes]) -> Draft:
    path = tmp_path / "表.xlsx"
    path.write_bytes(pack(parts))
    return draft_xlsx(path)


# --- where the table is --------------------------------------------------------------------------------

TITLE = "北塘县任务台账"
TASK = (1, "编制目录", "县财政局", "6月底前")
TABLE = {
    (0, 0): "序号", (0, 1): "工作任务", (0, 2): "责任单位", (0, 3): "完成时限",
    (1, 0): "1", (1, 1): "编制目录", (1, 2): "县财政局", (1, 3): "6月底前",
}  # fmt: skip


@pytest.mark.parametrize(
    ("fill", "above", "table", "below"),
    [
        pytest.param(rows_of(HEADER, TASK), [], TABLE, [], id="a table alone"),
        pytest.param(rows_of((TITLE,), HEADER, TASK, merge=("A1:D1",)), [(TITLE, "center")], TABLE, [], id="title"),
        pytest.param(rows_of((TITLE,), HEADER, TASK, merge=("A1:C1",)), [(TITLE, "center")], TABLE, [], id="title a column too short"),
        pytest.param(rows_of((TITLE,), HEADER, TASK), [(TITLE, "")], TABLE, [], id="title that is not merged"),
        pytest.param(
            rows_of(("附件2",), (TITLE,), ("填报单位：", "县政府办", None, "2031年3月"), (), HEADER, TASK, merge=("A1:D1", "A2:D2")),
            [("附件2", ""), (TITLE, "center"), ("填报单位：/县政府办", ""), ("2031年3月", "")],
            TABLE,
            [],
            id="mark, title, unit and date",
        ),
        pytest.param(
            rows_of(HEADER, TASK, ("注：时限以文件为准。",), ("2.逾期说明原因。",)),
            [],
            TABLE,
            ["注：时限以文件为准。", "2.逾期说明原因。"],
            id="notes",
        ),
        pytest.param(
            rows_of(HEADER, TASK, ("各单位按月报送。",), merge=("A3:D3",)), [], TABLE, ["各单位按月报送。"], id="a merged row at the end"
        ),
        pytest.param(
            rows_of(HEADER, TASK, ("填表人：", "甲", "联系电话：", "123")), [], TABLE, ["填表人：/甲", "联系电话：/123"], id="signatures"
        ),
        pytest.param(
            rows_of(HEADER, ("一、公开",), TASK, ("合计",), merge=("A2:D2",)),
            [],
            {
                (0, 0): "序号", (0, 1): "工作任务", (0, 2): "责任单位", (0, 3): "完成时限", (1, 0, 1, 4): "一、公开",
                (2, 0): "1", (2, 1): "编制目录", (2, 2): "县财政局", (2, 3): "6月底前", (3, 0): "合计",
            },
            [],
            id="a section row and a total stay",
        ),
        pytest.param(
            rows_of(("甲", "乙"), ("1", "2")), [], {(0, 0): "甲", (0, 1): "乙", (1, 0): "1", (1, 1): "2"}, [], id="unknown names"
        ),
    ],
)  # fmt: skip
def test_what_stands_around_a_table_is_text(
    tmp_path: Path,
    fill: Callable[[Worksheet], None],
    above: list[tuple[str, str]],
    table: dict[tuple[int, ...], str],
    below: list[str],
) -> None:
    items = read(tmp_path, fill).items
    at = next(index for index, item in enumerate(items) if isinstance(item, DraftTable))
    assert [(words(item), item.align) for item in items[:at] if isinstance(item, DraftParagraph)] == above
    assert cells(items[at]) == table
    assert [words(item) for item in items[at + 1 :]] == below


def test_a_sheet_of_one_column_is_text(tmp_path: Path) -> None:
    assert texts(read(tmp_path, rows_of(("工作要点",), ("一、总体要求",)))) == ["工作要点", "一、总体要求"]


def test_merges_keep_their_spans_and_their_places(tmp_path: Path) -> None:
    rows = (HEADER, (1, "公开", "甲局", "3月"), (2, None, "乙局", None), (3, "解读", "丙局", "9月"))
    (table,) = read(tmp_path, rows_of(*rows, merge=("B2:B3", "D2:D3"))).items
    assert isinstance(table, DraftTable)
    assert table.merges
    assert cells(table) == {
        (0, 0): "序号", (0, 1): "工作任务", (0, 2): "责任单位", (0, 3): "完成时限",
        (1, 0): "1", (1, 1, 2, 1): "公开", (1, 2): "甲局", (1, 3, 2, 1): "3月",
        (2, 0): "2", (2, 2): "乙局", (3, 0): "3", (3, 1): "解读", (3, 2): "丙局", (3, 3): "9月",
    }  # fmt: skip
    assert [str(line.place) for cell in table.cells if cell.row == 1 for line in cell.lines][:2] == [
        "工作表“台账” 第2行 第1列",
        "工作表“台账” 第2行 第2列",
    ]


def test_without_merges_none_are_claimed(tmp_path: Path) -> None:
    (table,) = read(tmp_path, rows_of(HEADER, TASK)).items
    assert isinstance(table, DraftTable)
    assert not table.merges


def test_empty_rows_and_columns_are_left_out(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        for row, values in ((3, HEADER), (7, TASK)):
            for column, value in zip((2, 3, 6, 9), values, strict=True):
                sheet.cell(row, column, value)
        sheet.merge_cells("C3:D3")

    (table,) = read(tmp_path, fill).items
    assert cells(table) == TABLE


def test_lines_in_a_cell_stay_apart(tmp_path: Path) -> None:
    (table,) = read(tmp_path, rows_of(HEADER, (1, "一是公开；\n二是解读。", "甲局\r\n乙局", "3月"))).items
    assert cells(table)[1, 1] == "一是公开；/二是解读。"
    assert cells(table)[1, 2] == "甲局/乙局"


# --- values ----------------------------------------------------------------------------------------------

DAY = 44742  # 30 June 2022


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (1.0, "", "1"), (0.1 + 0.2, "", "0.3"), (1e17, "", "100000000000000000"), (-2.5, "", "-2.5"), (12.0, "@", "12"),
        (0.85, "0%", "85%"), (0.8564, "0.0%", "85.6%"), (1.005, "0.00", "1.01"), (12.5, "0.##", "12.5"), (12, "0.##", "12"),
        (123456.789, "#,##0.00", "123456.79"), (7, "000", "007"), (5, '0"个"', "5个"), (3, '"第"0"批"', "第3批"), (-1, "0;[Red]-0", "-1"),
        (1234, "[$￥-804]#,##0", "￥1234"), (0.5, "# ?/?", "0.5"), (12345, "0.00E+00", "12345"),
        (0, '0;-0;"无"', "无"), (3, "0.00_ ", "3.00"),
        (DAY, "yyyy-mm-dd", "2022-06-30"), (DAY, "yyyy/m/d;@", "2022-06-30"), (DAY, 'yyyy"年"m"月"d"日"', "2022年6月30日"),
        (DAY, 'yyyy"年"m"月"', "2022年6月"), (DAY, "mmm-yy", "2022年6月"), (DAY, 'm"月"d"日"', "6月30日"), (DAY, "d-mmm", "6月30日"),
        (DAY, '[DBNum1][$-804]yyyy"年"m"月"d"日"', "2022年6月30日"), (DAY, 'yyyy"年"mm"月"dd"日" aaaa', "2022年06月30日 星期四"),
        (DAY + 0.375, "yyyy-m-d h:mm", "2022-06-30 09:00"), (0.375, "h:mm", "09:00"), (1.25, "[h]:mm", "30:00"), (DAY, "yyyy", "2022"),
        (DAY + 0.5, 'm"月"d"日"h"时"mm"分"', "6月30日12时00分"), (1e9, "yyyy-mm-dd", "1000000000"), (float("nan"), "0", ""),
        (1e30, "0.00", "1" + "0" * 30), (1.5, "0." + "0" * 40, "1.5"), (0.5, "0%%%%", "50%%%%"), (12_000, "0,", "12000"),
        (-5, "yyyy-mm-dd", "-5"), (1, "yyyy-mm-dd", "1900-01-01"),
    ],
)  # fmt: skip
def test_numbers_read_as_they_look(value: float, code: str, expected: str) -> None:
    assert show(value, code) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param('<c r="A1" t="s"><v>0</v></c>', "共享", id="shared string"),
        pytest.param('<c r="A1" t="s"><v>1</v></c>', "分段", id="string in runs, without its reading"),
        pytest.param('<c r="A1" t="s"><v>2</v></c>', "甲/乙", id="escaped line break"),
        pytest.param('<c r="A1" t="inlineStr"><is><t>内联</t></is></c>', "内联", id="string in the cell"),
        pytest.param('<c r="A1" t="str"><f>A2</f><v>公式</v></c>', "公式", id="result of a formula"),
        pytest.param('<c r="A1" t="b"><v>1</v></c>', "TRUE", id="boolean"),
        pytest.param('<c r="A1" t="d"><v>2022-06-30T00:00:00</v></c>', "2022-06-30", id="date as text"),
        pytest.param('<c r="A1"><v>3</v></c>', "3", id="number"),
        pytest.param('<c r="A1" s="1"><v>44742</v></c>', "2022年6月", id="month of a Chinese Excel"),
        pytest.param('<c r="A1" s="2"><v>0.5</v></c>', "50%", id="own format"),
        pytest.param('<c r="A1" s="9"><v>0.5</v></c>', "0.5", id="style that is not there"),
        pytest.param('<c r="A1"><v>x</v></c>', "x", id="not a number"),
        pytest.param("<c><v>3</v></c>", "3", id="cell without a place"),
    ],
)
def test_cells_of_every_kind(tmp_path: Path, cell: str, expected: str) -> None:
    parts = parts_of(
        f"<sheetData><row>{cell}</row></sheetData>",
        strings="<si><t>共享</t></si><si><r><t>分</t></r><r><t>段</t></r><rPh><t>fēn</t></rPh></si><si><t>甲_x000D_乙</t></si>",
        styles='<numFmts><numFmt numFmtId="200" formatCode="0%"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="57"/><xf numFmtId="200"/></cellXfs>',
    )
    assert texts(read_raw(tmp_path, parts)) == [expected]


def test_days_may_count_from_1904(tmp_path: Path) -> None:
    parts = parts_of(
        '<sheetData><row r="1"><c r="A1" s="1"><v>43280</v></c></row></sheetData>',
        styles='<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>',
        workbook='<workbookPr date1904="1"/>',
    )
    assert texts(read_raw(tmp_path, parts)) == ["2022-06-30"]


def test_the_strict_form_of_the_standard(tmp_path: Path) -> None:
    parts = {
        name: str(text).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, text in parts_of('<sheetData><row r="1"><c r="A1"><v>3</v></c></row></sheetData>').items()
    }  # fmt: skip
    assert texts(read_raw(tmp_path, {**parts})) == ["3"]


# --- what is left out --------------------------------------------------------------------------------------


def test_hidden_sheets_rows_and_columns_are_left_out_and_said(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows_of((*HEADER, "内部"), (*TASK, "密"), (2, "隐藏", "乙局", "长期", "密"))(sheet)
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["E"].hidden = True
        hidden = sheet.parent.create_sheet("底稿")
        hidden["A1"] = "草稿"
        hidden.sheet_state = "hidden"

    draft = read(tmp_path, fill)
    assert [cells(item) for item in draft.items] == [TABLE]
    assert [issue.code for issue in draft.issues] == ["sheet.hidden_rows", "sheet.hidden_columns", "sheet.hidden"]


def test_a_merge_that_begins_in_a_hidden_row_shows_below_it(tmp_path: Path) -> None:
    def fill(sheet: Worksheet) -> None:
        rows_of(HEADER, (1, "公开", "甲局", "3月"), (2, None, "乙局", "4月"), merge=("B2:B3",))(sheet)
        sheet.row_dimensions[2].hidden = True

    (table,) = read(tmp_path, fill).items
    assert cells(table)[1, 1] == "公开"
    assert cells(table)[1, 2] == "乙局"


def test_errors_and_formulas_without_a_result_are_said(tmp_path: Path) -> None:
    draft = read_raw(
        tmp_path,
        parts_of('<sheetData><row r="4"><c r="A4" t="e"><v>#REF!</v></c><c r="B4"><f>A1+1</f></c><c r="C4"><v>1</v></c></row></sheetData>'),
    )
    assert texts(draft) == ["1"]
    assert [(issue.code, issue.place) for issue in draft.issues] == [
        ("sheet.error", "工作表“表” 第4行 第1列"),
        ("sheet.formula", "工作表“表” 第4行 第2列"),
    ]


def test_text_under_a_merge_does_not_show(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row><row r="2"><c r="A2"><v>3</v></c><c r="B2"><v>4</v></c></row>'
    draft = read_raw(tmp_path, parts_of(f'<sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>'))
    (table,) = draft.items
    assert cells(table) == {(0, 0, 2, 1): "1", (0, 1): "2", (1, 1): "4"}


# --- size and harm -------------------------------------------------------------------------------------------


def test_cells_at_the_far_ends_of_a_sheet_cost_nothing(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row><row r="1048576"><c r="A1048576"><v>3</v></c></row>'
    merges = '<mergeCells><mergeCell ref="A1:A1048575"/><mergeCell ref="B2:XFD1048576"/></mergeCells>'
    (table,) = read_raw(tmp_path, parts_of(f"<sheetData>{rows}</sheetData>{merges}")).items
    assert isinstance(table, DraftTable)
    assert (table.rows, table.columns) == (2, 2)


def test_rows_of_nothing_but_colour_are_left_out(tmp_path: Path) -> None:
    coloured = "".join(f'<row r="{row}"><c r="A{row}" s="1"/></row>' for row in range(2, 50_000))
    assert texts(read_raw(tmp_path, parts_of(f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{coloured}</sheetData>'))) == ["1"]


def test_ten_thousand_rows(tmp_path: Path) -> None:
    rows = [(row, f"任务{row}", "县财政局、县教育局", "2031年12月底前", "备注") for row in range(1, 10_001)]
    path = tmp_path / "大.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for row in (("序号", "工作任务", "责任单位", "完成时限", "备注"), *rows):
        sheet.append(row)
    book.save(path)
    (table,) = draft_xlsx(path).items
    assert isinstance(table, DraftTable)
    assert (table.rows, table.columns) == (10_001, 5)


GOOD = parts_of('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "zh"),
    [
        pytest.param(b"", "损坏", id="empty"),
        pytest.param(pack(GOOD)[:-30], "压缩包", id="cut short"),
        pytest.param(pack({"word/document.xml": "<a/>"}), "扩展名改成 .docx", id="a document"),
        pytest.param("序号,任务".encode(), "扩展名改成 .txt", id="text"),
        pytest.param(b"%PDF-1.7", "扩展名改成 .pdf", id="pdf"),
        pytest.param(pack({**GOOD, SHEET: "<worksheet>"}), "损坏", id="broken xml"),
        pytest.param(pack({**GOOD, SHEET: "<!DOCTYPE x [<!ENTITY y 'z'>]><worksheet/>"}), "DOCTYPE", id="entity"),
        pytest.param(pack({**GOOD, "xl/a.bin": "0" * 60_000_000}), "压缩炸弹", id="bomb"),
        pytest.param(pack({name: text for name, text in GOOD.items() if name != SHEET}), "缺少", id="no sheet"),
        pytest.param(pack({"xl/styles.xml": "<a/>"}), "缺少 xl/workbook.xml", id="no workbook"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage\0".encode("utf-16-le"), "密码", id="locked"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "Workbook\0".encode("utf-16-le"), "损坏", id="broken xls"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path: Path, data: bytes, zh: str) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(data)
    with pytest.raises(ReadError) as error:
        draft_xlsx(path)
    assert zh in error.value.zh
    assert error.value.en
    assert error.value.file == "表.xlsx"


# --- .ods, through calamine ----------------------------------------------------------------------------------

ODS = """<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 office:version="1.2"><office:body><office:spreadsheet><table:table table:name="表">{}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def ods(*rows: tuple[str, ...], columns: int = 1) -> bytes:
    def cell(value: str) -> str:
        kind = 'office:value-type="date" office:date-value="2031-06-30"' if value == "date" else 'office:value-type="string"'
        return f'<table:table-cell {kind} table:number-columns-repeated="{columns}"><text:p>{value}</text:p></table:table-cell>'

    written = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return pack({"mimetype": mimetype, "content.xml": ODS.format(written), "META-INF/manifest.xml": manifest}, zipfile.ZIP_STORED)


def test_other_workbooks_are_read_through_calamine(tmp_path: Path) -> None:
    path = tmp_path / "表.ods"
    path.write_bytes(ods(("台账",), HEADER, ("1", "公开", "甲局", "date")))
    draft = draft_xlsx(path)
    title, table = draft.items
    assert words(title) == "台账"
    assert cells(table)[1, 3] == "2031-06-30"
    assert isinstance(table, DraftTable)
    assert str(table.cells[0].lines[0].place) == "工作表“表” 第2行 第1列"
    assert [issue.code for issue in draft.issues] == ["sheet.dates"]


def test_a_workbook_that_kills_calamine_does_not_kill_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "表.ods"
    path.write_bytes(ods(("甲",)))
    dies = tmp_path / "dies.py"
    dies.write_text("import os\nos._exit(6)\n", "utf-8")
    monkeypatch.setattr(sheet_foreign, "_CHILD", dies)
    with pytest.raises(ReadError, match="损坏"):
        draft_xlsx(path)


@pytest.mark.parametrize("name", ["表.ods", "表.xlsx"])
def test_a_sheet_with_too_many_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(ods(HEADER) if name.endswith(".ods") else pack(GOOD))
    monkeypatch.setattr(sheet, "MOST_CELLS", 3 if name.endswith(".ods") else 0)
    with pytest.raises(ReadError, match="超出上限"):
        draft_xlsx(path)


def test_calamine_is_stopped_when_it_takes_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "表.ods"
    path.write_bytes(ods(("甲",)))
    monkeypatch.setattr(sheet_foreign, "LONGEST", 0.001)
    with pytest.raises(ReadError, match="损坏"):
        draft_xlsx(path)


def test_a_date_is_a_date_in_openpyxl_too(tmp_path: Path) -> None:
    (table,) = read(tmp_path, rows_of(HEADER, (1, "公开", "甲局", dt.date(2031, 6, 30)))).items
    assert cells(table)[1, 3] == "2031-06-30"
