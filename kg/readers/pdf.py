"""PDF files that carry text: paragraphs, and tables with their merged cells, from where the characters stand."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kg.errors import ReadError
from kg.model import Issue, Place
from kg.readers.draft import Draft, DraftParagraph, DraftTable
from kg.readers.pdf_grid import find_parts
from kg.readers.pdf_guard import heavy_pages
from kg.readers.pdf_lines import to_lines
from kg.readers.pdf_margins import PrintedPage, without_margins
from kg.readers.pdf_open import OpenTable, find_open
from kg.readers.pdf_page import Sheet, read_sheet
from kg.readers.pdf_paragraphs import PlacedLine, read_layout, to_paragraphs
from kg.readers.pdf_strips import in_strips
from kg.readers.pdf_tables import PlacedPart, follows, to_table

_MOST_PAGES = 3000
_MOST_POINTS = 20_000.0  # the longest side of a page; a web page printed as one is some thousands high
_FEW_LETTERS = 30  # on a scanned page: a stamp, a page number
_PICTURED = 0.4  # share of a page under pictures that makes it a scanned one
_TAIL = 4096  # bytes in which the end mark has to be
_OUTLINED = 200  # drawn areas on a page without text: its letters are drawn as shapes

_CONTINUED = re.compile(r"[（(]?\s*(?:续\s*表\s*[一二三四五六七八九十\d]{0,3}|[接续]上[页表])\s*[)）]?")  # above a table

_LOCK = threading.Lock()  # PDFium may not be called from two threads at once

_SIGNATURES = (
    (b"PK\x03\x04", "ZIP 压缩包（可能是 .docx、.xlsx 或 .ofd）", "a ZIP archive (perhaps .docx, .xlsx or .ofd)"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件（可能是 .doc 或 .xls）", "an old Office file (perhaps .doc or .xls)"),
    (b"{\\rtf", "RTF 文件", "an RTF file"),
    (b"\xff\xd8\xff", "JPEG 图片", "a JPEG picture"),
    (b"\x89PNG", "PNG 图片", "a PNG picture"),
    (b"II*\x00", "TIFF 图片", "a TIFF picture"),
    (b"MM\x00*", "TIFF 图片", "a TIFF picture"),
    (b"%!PS", "PostScript 文件", "a PostScript file"),
    (b"<", "网页或 XML 文件", "a web page or XML file"),
)


def draft_pdf(path: Path) -> Draft:
    """The draft of a PDF file with a text layer; an error that says what to do where there is none."""
    data = path.read_bytes()
    _check_signature(data, path.name)
    heavy = heavy_pages(data)
    with _LOCK:
        readings = list(_read_pages(data, heavy, path.name))
    issues = (*_file_issues(data), *(issue for reading in readings if (issue := _issue(reading)) is not None))
    if not any(reading.kind == "text" for reading in readings):
        raise _no_text(readings, path.name)
    pages = in_strips(without_margins([reading.page for reading in readings if reading.page is not None]))
    return Draft(media_type="application/pdf", items=tuple(_items(pages)), issues=issues)


# --- the file ----------------------------------------------------------------------------------------


def _check_signature(data: bytes, name: str) -> None:
    """A PDF says so near its beginning."""
    if b"%PDF-" in data[:1024]:
        return
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    zh, en = next(((zh, en) for mark, zh, en in _SIGNATURES if start.startswith(mark)), ("", ""))
    if not start:
        zh, en = "空文件", "an empty file"
    elif not zh:
        shown = data[:8].hex(" ")
        zh, en = f"无法识别的内容（开头字节 {shown}）", f"unknown content (first bytes {shown})"
    raise ReadError(f"这不是 PDF 文件，而是{zh}。请核对扩展名。", f"not a PDF file but {en}; check the extension", file=name)


def _file_issues(data: bytes) -> Iterator[Issue]:
    """What the file as a whole lacks. PDFium repairs a file that was cut off, and does not say so."""
    if b"%%EOF" not in data[-_TAIL:]:
        zh = "PDF 文件没有结束标记，可能不完整，末尾内容或有缺失。请核对，或重新下载。"
        yield Issue(code="pdf.cut_off", zh=zh, en="the PDF has no end mark and may be incomplete; check it or download it again")


def _open(data: bytes, name: str) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            zh, en = "PDF 设有打开密码。请先去除密码再导入。", "the PDF asks for a password; remove it first"
        else:
            zh = "PDF 已损坏或不完整，无法打开。请重新下载，或用 PDF 阅读器另存一份。"
            en = "the PDF is damaged or incomplete and does not open; download it again, or save a copy from a PDF viewer"
        raise ReadError(zh, en, file=name) from error
    if not 0 < len(document) <= _MOST_PAGES:
        count = len(document)
        document.close()
        raise ReadError(
            f"PDF 有 {count} 页，应在 1 至 {_MOST_PAGES} 页之间。请拆分后导入。",
            f"the PDF has {count} pages, expected 1 to {_MOST_PAGES}; split it",
            file=name,
        )
    return document


# --- the pages ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What came of one page: "text", "blank", "scanned", "outlined", "unmapped", "broken" or "heavy"; `lost`: characters;
    `open_table`: one without rules that may go on over the page."""

    number: int
    kind: str
    page: PrintedPage | None = None
    lost: int = 0
    open_table: OpenTable | None = None


def _read_pages(data: bytes, heavy: frozenset[int], name: str) -> Iterator[_Reading]:
    above: OpenTable | None = None
    with closing(_open(data, name)) as document:
        for index in range(len(document)):
            number = index + 1
            reading = _Reading(number=number, kind="heavy") if number in heavy else _read_page(document, number, above)
            above = reading.open_table
            yield reading


def _read_page(document: pdfium.PdfDocument, number: int, above: OpenTable | None) -> _Reading:
    try:
        with closing(document[number - 1]) as page:
            if max(page.get_size()) > _MOST_POINTS:
                return _Reading(number=number, kind="heavy")
            sheet = read_sheet(page, number)
    except pdfium.PdfiumError:
        return _Reading(number=number, kind="broken")
    if sheet is None:
        return _Reading(number=number, kind="heavy")
    kind, parts, rest = _kind(sheet), *find_parts(sheet)
    more, rest, open_table = find_open(rest, above)
    parts = sorted([*parts, *more], key=lambda part: part.top)
    lines = to_lines([glyph for glyph in rest if glyph.turn == 0])
    page_of_text = PrintedPage(number=number, width=sheet.width, height=sheet.height, lines=tuple(lines), parts=tuple(parts))
    return _Reading(number=number, kind=kind, page=page_of_text, lost=sheet.unmapped, open_table=open_table)


def _kind(sheet: Sheet) -> str:
    """What sort of page it is. Characters for private use are no letters: a font that has only these tells nothing."""
    seen = [glyph.char for glyph in sheet.glyphs if not glyph.char.isspace()]
    private = sum(1 for char in seen if "\ue000" <= char <= "\uf8ff")
    letters, unknown = len(seen) - private, sheet.unmapped + private
    if unknown > max(letters, 10):
        return "unmapped"
    if letters < _FEW_LETTERS and sheet.pictured >= _PICTURED:
        return "scanned"
    if not letters and sheet.shapes.drawn >= _OUTLINED:
        return "outlined"
    return "text" if letters else "blank"


_FAULTS = {
    "scanned": ("是扫描图像，没有文字层", "is a scanned picture without text"),
    "outlined": ("的文字已转为图形，无法提取", "has its text drawn as shapes, which cannot be read"),
    "unmapped": ("的字体没有文字编码，无法提取文字", "uses fonts that do not say which characters they draw"),
    "broken": ("已损坏，未能读取", "is damaged and was not read"),
    "heavy": ("过大或图形过于复杂，未读取", "is too large or too complex and was not read"),
}


def _issue(reading: _Reading) -> Issue | None:
    number, place = reading.number, str(Place(page=reading.number))
    if reading.kind in _FAULTS:
        zh, en = _FAULTS[reading.kind]
        return Issue(code=f"pdf.page_{reading.kind}", zh=f"第{number}页{zh}。", en=f"page {number} {en}", place=place)
    if reading.lost:
        zh = f"第{number}页有 {reading.lost} 个字符没有文字编码，已略去。"
        en = f"page {number} has {reading.lost} characters whose font does not say what they are; left out"
        return Issue(code="pdf.characters_unmapped", zh=zh, en=en, place=place)
    return None


_CURES = {
    "scanned": (
        "PDF 是扫描件，没有可提取的文字。请先做文字识别（OCR），或改用 Word 原件。",
        "the PDF is scanned and has no text; run OCR on it first, or use the Word file",
    ),
    "outlined": (
        "PDF 的文字已转为图形，没有可提取的文字。请先做文字识别（OCR），或改用 Word 原件。",
        "the text of the PDF is drawn as shapes; run OCR on it first, or use the Word file",
    ),
    "unmapped": (
        "PDF 的字体没有文字编码，提取不到文字。请先做文字识别（OCR），或改用 Word 原件。",
        "the fonts of the PDF do not say which characters they draw; run OCR on it first, or use the Word file",
    ),
    "broken": ("PDF 各页均已损坏，无法读取。请重新下载。", "every page of the PDF is damaged; download it again"),
    "heavy": ("PDF 的页面过大或图形过于复杂，无法读取。", "the pages of the PDF are too large or too complex to read"),
    "blank": ("PDF 没有文字，各页均为空白。", "the PDF has no text; its pages are blank"),
}


def _no_text(readings: Sequence[_Reading], name: str) -> ReadError:
    """The error for a file none of whose pages has text, by what most of them have instead."""
    kinds = Counter(reading.kind for reading in readings if reading.kind != "blank") or Counter(["blank"])
    zh, en = _CURES[kinds.most_common(1)[0][0]]
    return ReadError(zh, en, file=name)


# --- the flow ----------------------------------------------------------------------------------------


def _items(pages: Sequence[PrintedPage]) -> Iterator[DraftParagraph | DraftTable]:
    """The paragraphs and tables in reading order."""
    layout, tables = read_layout(pages), 0
    for stretch in _stretches(pages):
        if isinstance(stretch[0], PlacedPart):
            tables += 1
            yield to_table([placed for placed in stretch if isinstance(placed, PlacedPart)], tables)
        else:
            yield from to_paragraphs([placed for placed in stretch if isinstance(placed, PlacedLine)], layout)


def _stretches(pages: Sequence[PrintedPage]) -> Iterator[Sequence[PlacedLine | PlacedPart]]:
    """Runs of lines between tables, and runs of parts of one table."""
    held: list[PlacedLine | PlacedPart] = []
    for placed in (placed for page in pages for placed in _in_order(page)):
        if held and not _goes_with(held[-1], placed):
            yield held
            held = []
        held.append(placed)
    if held:
        yield held


def _goes_with(before: PlacedLine | PlacedPart, placed: PlacedLine | PlacedPart) -> bool:
    if isinstance(before, PlacedPart) and isinstance(placed, PlacedPart):
        return follows(before, placed)
    return isinstance(before, PlacedLine) and isinstance(placed, PlacedLine)


def _in_order(page: PrintedPage) -> Iterator[PlacedLine | PlacedPart]:
    """The lines and tables of a page from top to bottom, without what only says that a table goes on."""
    top = min((part.top for part in page.parts), default=0.0)
    placed: list[tuple[float, PlacedLine | PlacedPart]] = [
        *(
            (line.base, PlacedLine(page.number, page.strip, number, line))
            for number, line in enumerate(page.lines, page.first)
            if line.base > top or not _CONTINUED.fullmatch(line.text)
        ),
        *((part.top, PlacedPart(page.number, part)) for part in page.parts),
    ]
    yield from (item for _, item in sorted(placed, key=lambda pair: pair[0]))
