"""Workbooks: .xlsx and .xlsm part by part, so that dates and percentages read as they look; .xls and .ods through calamine."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from lxml import etree

from kg.model import Issue, Place
from kg.readers.archive import Archive, damaged, open_archive
from kg.readers.draft import Draft, DraftParagraph, DraftTable, Line
from kg.readers.kinds import sniff, wrong_kind
from kg.readers.sheet import Range, Sheet, check_size, to_items
from kg.readers.sheet_foreign import ForeignSheet, read_foreign
from kg.readers.sheet_formats import built_in, show

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FOREIGN = {
    "xls": "application/vnd.ms-excel",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how a workbook writes control characters
_BREAK = re.compile(r"\r\n|[\r\n]")
# Cells and rows of nothing but colour, of which a sheet may have a million: quicker cut out than parsed.
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]+\d+"[^<>]*/>')
_EMPTY_ROW = re.compile(rb'<row r="\d+"[^<>]*(?:/>|>\s*</row>)')
_ON = frozenset({"1", "true"})


def draft_xlsx(path: Path) -> Draft:
    """The draft of a workbook, all its visible sheets one after the other."""
    data = path.read_bytes()
    if not data:
        raise damaged(path.name, "0 bytes")
    kind = sniff(data)
    if kind == "xlsx":
        return _draft_book(open_archive(data, name=path.name))
    if kind in _FOREIGN:
        return _draft_foreign(path, _FOREIGN[kind])
    if kind == "html":  # what many systems export as .xls
        from kg.readers.html import draft_html

        return draft_html(path)
    raise wrong_kind(kind, wanted="xlsx", name=path.name)


# --- the workbook ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What the sheets of a workbook share: its words, and the format of each cell style."""

    archive: Archive
    strings: Sequence[str]
    formats: Sequence[str]
    from_1904: bool


def _draft_foreign(path: Path, media_type: str) -> Draft:
    items: list[DraftParagraph | DraftTable] = []
    issues: list[Issue] = []
    for sheet in read_foreign(path):
        if sheet.visible:
            items += to_items(_foreign_sheet(sheet))
            issues += _foreign_issues(sheet)
        else:
            issues.append(_hidden_sheet(sheet.name))
    return Draft(media_type=media_type, items=tuple(items), issues=tuple(issues))


def _foreign_issues(sheet: ForeignSheet) -> Iterator[Issue]:
    """What may be wrong because the format does not tell how its cells look."""
    if sheet.dates:
        yield Issue(
            code="sheet.dates",
            zh=f"{sheet.dates} 个日期一律写成年-月-日；原表若只显示到月，请另存为 .xlsx 再读",
            en=f"{sheet.dates} dates are given in full; where the sheet shows months only, save it as .xlsx",
            place=str(Place(sheet=sheet.name)),
        )


def _foreign_sheet(sheet: ForeignSheet) -> Sheet:
    cells = {(row, column): _lines(text, Place(sheet=sheet.name, row=row + 1, column=column + 1)) for row, column, text in sheet.cells}
    merges = [Range(*corners) for corners in sheet.merges or ()]
    return Sheet(cells=cells, merges=merges, says_merges=bool(merges))


def _draft_book(archive: Archive) -> Draft:
    main = archive.referred("", "officeDocument") or "xl/workbook.xml"
    root = archive.xml(main)
    properties = root.find(_S + "workbookPr")
    book = _Book(
        archive=archive,
        strings=_strings(archive, archive.referred(main, "sharedStrings")),
        formats=_formats(archive, archive.referred(main, "styles")),
        from_1904=properties is not None and properties.get("date1904", "") in _ON,
    )
    parts = {one.id: one.part for one in archive.references(main) if one.kind == "worksheet"}
    items: list[DraftParagraph | DraftTable] = []
    issues: list[Issue] = []
    for element in root.iterfind(f"{_S}sheets/{_S}sheet"):
        name, part = element.get("name", ""), parts.get(element.get(_ID, ""))
        if part is None:
            continue  # a sheet that is one chart, or holds macros
        if element.get("state", "visible") != "visible":
            issues.append(_hidden_sheet(name))
            continue
        reading = _read_sheet(book, part, name)
        items += to_items(reading.sheet())
        issues += reading.issues()
    return Draft(media_type=MEDIA_TYPE, items=tuple(items), issues=tuple(issues))


def _hidden_sheet(name: str) -> Issue:
    return Issue(
        code="sheet.hidden",
        zh=f"工作表“{name}”是隐藏的，未读。如需要，请取消隐藏后另存",
        en=f"the sheet {name!r} is hidden and was not read",
        place=str(Place(sheet=name)),
    )


def _strings(archive: Archive, part: str | None) -> list[str]:
    return [_rich_text(element) for element in archive.xml(part).iterchildren(_S + "si")] if part else []


def _rich_text(element: etree._Element) -> str:
    """The text of a string, from its runs where it has any; how it is pronounced (rPh) is left out."""
    texts = []
    for child in element:
        if child.tag == _S + "t":
            texts.append(child.text or "")
        elif child.tag == _S + "r":
            texts += [one.text or "" for one in child.iterchildren(_S + "t")]
    return _unescaped("".join(texts))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _formats(archive: Archive, part: str | None) -> list[str]:
    """The number format of each cell style."""
    if part is None:
        return []
    root = archive.xml(part)
    own = {element.get("numFmtId", ""): element.get("formatCode", "") for element in root.iterfind(f"{_S}numFmts/{_S}numFmt")}
    numbers = [element.get("numFmtId", "0") for element in root.iterfind(f"{_S}cellXfs/{_S}xf")]
    return [own[number] if number in own else built_in(_int(number)) for number in numbers]


# --- one sheet -----------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Reading:
    """What has been read of one sheet so far."""

    book: _Book
    name: str
    cells: dict[tuple[int, int], tuple[Line, ...]] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: list[str] = field(default_factory=list)
    uncomputed: list[str] = field(default_factory=list)
    row: int = -1

    def sheet(self) -> Sheet:
        return Sheet(
            cells=self.cells,
            merges=self.merges,
            says_merges=bool(self.merges),
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
        )

    def read_row(self, row: etree._Element) -> None:
        self.row = _int(row.get("r"), self.row + 2) - 1
        if row.get("hidden") in _ON:
            self.hidden_rows.add(self.row)
        column = -1
        for cell in row:
            letters = cell.get("r", "").rstrip("0123456789")
            column = _column(letters) if 0 < len(letters) < 4 else column + 1
            if len(cell):
                place = Place(sheet=self.name, row=self.row + 1, column=column + 1)
                lines = _lines(self._value(cell, place), place)
                if lines:
                    self.cells[self.row, column] = lines

    def _value(self, cell: etree._Element, place: Place) -> str:
        """The text that a cell shows; "" for an error or a formula that was never computed, which are noted."""
        about = {one.tag: one for one in cell}
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _rich_text(about[_S + "is"]) if _S + "is" in about else ""
        if _S + "v" not in about:
            if _S + "f" in about:
                self.uncomputed.append(str(place))
            return ""
        if kind == "e":
            self.errors.append(str(place))
            return ""
        return self._typed(kind, about[_S + "v"].text or "", cell)

    def _typed(self, kind: str, text: str, cell: etree._Element) -> str:
        book = self.book
        if kind == "s":
            at = _int(text, -1)
            return book.strings[at] if 0 <= at < len(book.strings) else ""
        if kind == "b":
            return "TRUE" if text in _ON else "FALSE"
        if kind == "d":
            return text.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
        if kind == "str":
            return _unescaped(text)
        style = _int(cell.get("s"))
        try:
            return show(float(text), book.formats[style] if style < len(book.formats) else "", from_1904=book.from_1904)
        except ValueError:
            return text

    def read_merge(self, element: etree._Element) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in element.get("ref", "").split(":")]
        if len(corners) == 2 and corners[0] and corners[1]:
            (left, top), (right, bottom) = ((_column(corner[1]), int(corner[2]) - 1) for corner in corners if corner)
            self.merges.append(Range(min(top, bottom), min(left, right), max(top, bottom), max(left, right)))

    def read_columns(self, element: etree._Element) -> None:
        if element.get("hidden") in _ON:
            self.hidden_columns.update(range(_int(element.get("min"), 1) - 1, min(_int(element.get("max")), 16_384)))

    def issues(self) -> Iterator[Issue]:
        """What was left out of the sheet."""
        sheet = str(Place(sheet=self.name))
        rows = len({row for row, _ in self.cells} & self.hidden_rows)
        columns = len({column for _, column in self.cells} & self.hidden_columns)
        if rows:
            yield Issue(code="sheet.hidden_rows", zh=f"有 {rows} 行是隐藏的，未读", en=f"{rows} hidden rows were not read", place=sheet)
        if columns:
            zh, en = f"有 {columns} 列是隐藏的，未读", f"{columns} hidden columns were not read"
            yield Issue(code="sheet.hidden_columns", zh=zh, en=en, place=sheet)
        if self.errors:
            zh, en = f"{len(self.errors)} 个单元格是错误值（如 #REF!），按空白处理", f"{len(self.errors)} cells hold an error such as #REF!"
            yield Issue(code="sheet.error", zh=zh, en=en, place=self.errors[0])
        if self.uncomputed:
            zh = f"{len(self.uncomputed)} 个公式没有保存结果，按空白处理。请用 Excel 或 WPS 打开后另存"
            en = f"{len(self.uncomputed)} formulas have no stored result; open the file and save it again"
            yield Issue(code="sheet.formula", zh=zh, en=en, place=self.uncomputed[0])


def _read_sheet(book: _Book, part: str, name: str) -> _Reading:
    """The cells of one sheet, row by row."""
    reading = _Reading(book=book, name=name)
    data = _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", book.archive.xml_bytes(part)))
    try:
        for _, element in etree.iterparse(
            io.BytesIO(data), tag=[_S + "row", _S + "mergeCell", _S + "col"], resolve_entities=False, no_network=True, huge_tree=False,
            load_dtd=False, remove_comments=True, remove_pis=True,
        ):  # fmt: skip
            if element.tag == _S + "row":
                reading.read_row(element)
                _forget(element)
                check_size(len(reading.cells), name=book.archive.name)
            elif element.tag == _S + "mergeCell":
                reading.read_merge(element)
            else:
                reading.read_columns(element)
    except etree.XMLSyntaxError as error:
        raise damaged(book.archive.name, f"{part}: {error}") from error
    return reading


def _forget(row: etree._Element) -> None:
    """Free a row that has been read, and those before it."""
    row.clear()
    sheet = row.getparent()
    while sheet is not None and row.getprevious() is not None:
        del sheet[0]


def _lines(text: str, place: Place) -> tuple[Line, ...]:
    if "\n" not in text and "\r" not in text:
        return (Line(text=text, place=place),) if text.strip() else ()
    return tuple(Line(text=line, place=place) for line in _BREAK.split(text) if line.strip())


@cache
def _column(letters: str) -> int:
    """A, B … AA to 0, 1 … 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _int(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else default
