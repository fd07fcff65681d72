"""Word documents (.docx, .docm, .dotx): the body in order, tables with their merges, numbers that Word makes up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lxml import etree

from kg.errors import ReadError
from kg.model import Issue, Place
from kg.readers.archive import Archive, damaged, open_archive
from kg.readers.docx_names import W, child, is_on, unwrapped, value
from kg.readers.docx_numbering import Numbering, load_numbering
from kg.readers.docx_runs import Runs
from kg.readers.docx_styles import Format, Styles, direct_format, list_styles, load_styles
from kg.readers.docx_table import GridCell, read_grid
from kg.readers.draft import Draft, DraftCell, DraftParagraph, DraftTable, Line
from kg.readers.kinds import sniff, wrong_kind

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BLOCKS = frozenset({W + "p", W + "tbl", W + "altChunk", W + "subDoc"})

_Item = DraftParagraph | DraftTable
_Note = tuple[str, str]


def draft_docx(path: Path) -> Draft:
    """The draft of a .docx file."""
    return draft_package(path.read_bytes(), name=path.name)


def draft_package(data: bytes, *, name: str) -> Draft:
    """The draft of a .docx in memory; `name` is for messages."""
    if not data:
        raise damaged(name, "0 bytes")
    kind = sniff(data)
    if kind != "docx":
        raise wrong_kind(kind, wanted="docx", name=name)
    archive = open_archive(data, name=name)
    main = archive.referred("", "officeDocument") or "word/document.xml"
    body = archive.xml(main).find(W + "body")
    if body is None:
        raise ReadError(
            f"{main} 里没有正文，这不是 Word 文档。请确认文件，或用 Word、WPS 打开后另存为 .docx。",
            f"{main} has no body, this is no Word document; check the file, or save it as .docx",
            file=name,
        )
    reader = _reader(archive, main)
    items = tuple(reader.flow(body, None))
    return Draft(media_type=MEDIA_TYPE, items=items, issues=reader.all_issues())


def _reader(archive: Archive, main: str) -> _Reader:
    """A reader with the styles and the lists that the document refers to."""
    styles, numbering = (archive.xml(part) if part else None for part in (archive.referred(main, kind) for kind in ("styles", "numbering")))
    return _Reader(load_styles(styles), load_numbering(numbering, list_styles(styles)), dict(_notes(archive, main)))


def _notes(archive: Archive, main: str) -> Iterator[tuple[_Note, etree._Element]]:
    """Each footnote and endnote of the document; the lines that part them from the text are none."""
    for kind, tag in (("footnotes", W + "footnote"), ("endnotes", W + "endnote")):
        part = archive.referred(main, kind)
        for element in archive.xml(part).iterchildren(tag) if part else ():
            if element.get(W + "type", "normal") == "normal":
                yield (kind, element.get(W + "id", "")), element


class _Reader:
    """Reads the parts of one document in order, and counts what is counted over the whole of it."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: dict[_Note, etree._Element]) -> None:
        self.styles, self.numbering = styles, numbering
        self.notes = notes  # those not read yet
        self.below: list[DraftParagraph] = []  # those that the cells of a table refer to
        self.paragraphs = self.tables = self.pictures = self.objects = 0
        self.issues: list[Issue] = []

    # --- in order --------------------------------------------------------------------------------

    def flow(self, container: etree._Element, place: Place | None) -> Iterator[_Item]:
        """What stands in a body, a cell or a box, which is at `place`; None for the body, where each item has its own."""
        carried = ""
        where = place
        for element in unwrapped(container, _BLOCKS):
            if element.tag == W + "p":
                if place is None:
                    self.paragraphs += 1
                where = place or Place(paragraph=self.paragraphs)
                paragraph, carried, runs = self._paragraph(element, where, carried)
                if paragraph.lines:
                    yield paragraph
                for box in runs.boxes:
                    yield from self.flow(box, where)
                yield from self._read_notes(runs.notes, where)
            elif element.tag == W + "tbl":
                yield from self._table(element, place)
            else:
                self._signal_embedded(where)
        if carried.strip() and where is not None:
            yield DraftParagraph(lines=_lines(carried, where))

    def _read_notes(self, notes: Sequence[_Note], place: Place) -> Iterator[DraftParagraph]:
        """The notes that a paragraph refers to, each where it is first referred to."""
        for note in notes:
            element = self.notes.pop(note, None)
            lines = tuple(self._cell_lines(element, place)) if element is not None else ()
            if lines:
                yield DraftParagraph(lines=lines, note=True)

    def _paragraph(self, element: etree._Element, place: Place, carried: str) -> tuple[DraftParagraph, str, Runs]:
        """The paragraph behind the text `carried` into it, the text that it hands on itself, and what else its runs hold."""
        properties = child(element, W + "pPr")
        look = self._format(properties)
        runs = Runs(self.styles, bool(look.hidden))
        runs.read(element, shown=True)
        self.pictures += runs.pictures
        self.objects += runs.objects
        text = carried + runs.text
        deleted, hidden = _mark(properties, look)
        if deleted or (hidden and not text.strip()):
            return DraftParagraph(lines=()), text, runs
        number = self._number(look)
        if number and (text.strip() or place.table is not None):  # a lone number says something in a table only
            text = number + text
        if hidden:
            return DraftParagraph(lines=()), text, runs
        return DraftParagraph(lines=_lines(text, place), align=look.align or "", level=look.level or 0), "", runs

    def _format(self, properties: etree._Element | None) -> Format:
        if properties is None:
            return self.styles.format("")
        return direct_format(properties).over(self.styles.format(value(child(properties, W + "pStyle"))))

    def _number(self, look: Format) -> str:
        if look.list_id is None or look.list_id == "0":  # 0 switches a style's list off
            return ""
        level = self.numbering.level_of(look.list_id, look.list_style) if look.list_level is None else look.list_level
        return self.numbering.number(look.list_id, level)

    # --- tables ----------------------------------------------------------------------------------

    def _table(self, element: etree._Element, place: Place | None) -> Iterator[_Item]:
        """The table; where it only frames other things, those."""
        grid = read_grid(element)
        if grid.is_layout:
            for cell in grid.cells:
                yield from self.flow(cell.element, place)
        elif grid.columns:
            if place is None:
                self.tables += 1
            cells = tuple(self._cells(grid.cells, place))
            yield DraftTable(rows=grid.rows, columns=grid.columns, cells=cells, merges=True)
            if place is None:
                yield from self.below
                self.below = []

    def _cells(self, cells: Iterable[GridCell], place: Place | None) -> Iterator[DraftCell]:
        """The cells that show, each with its text; also the others are read, since Word counts the paragraphs in them."""
        number = self.tables
        for cell in cells:
            where = place or Place(table=number, row=cell.row + 1, column=cell.start + 1)
            lines = tuple(self._cell_lines(cell.element, where))
            if not cell.covered:
                span = cell.end - cell.start
                yield DraftCell(row=cell.row, column=cell.start, row_span=cell.row_span, column_span=span, lines=lines)
            elif lines and next(cell.element.iter(W + "t"), None) is not None:
                self._signal_covered(lines, where)

    def _cell_lines(self, cell: etree._Element, where: Place) -> Iterator[Line]:
        for item in self.flow(cell, where):
            if isinstance(item, DraftParagraph) and item.note:
                self.below.append(item)
            elif isinstance(item, DraftParagraph):
                yield from item.lines
            else:
                yield from _row_lines(item, where)

    # --- what was not read -----------------------------------------------------------------------

    def _signal_covered(self, lines: tuple[Line, ...], where: Place) -> None:
        text = "".join(line.text for line in lines)[:40]
        self.issues.append(
            Issue(
                code="docx.covered",
                zh=f"合并单元格下面还藏有文字“{text}”，Word 不显示，已略去",
                en="text under a merged cell, which Word does not show, was left out",
                place=str(where),
            )
        )

    def _signal_embedded(self, where: Place | None) -> None:
        self.issues.append(
            Issue(
                code="docx.embedded",
                zh="文中嵌入了另一个文件，其内容未读。请用 Word 打开后另存为 .docx，使其成为正文",
                en="another file is embedded here and was not read; open the document in Word and save it as .docx",
                place=str(where or ""),
            )
        )

    def all_issues(self) -> tuple[Issue, ...]:
        """What was not read or not understood, in the whole document."""
        issues = list(self.issues)
        if self.pictures:
            zh, en = f"有 {self.pictures} 幅图片，其中的文字未读", f"{self.pictures} pictures; words in them were not read"
            issues.append(Issue(code="docx.pictures", zh=zh, en=en))
        if self.objects:
            zh, en = f"有 {self.objects} 个嵌入对象，其中的文字未读", f"{self.objects} embedded objects; words in them were not read"
            issues.append(Issue(code="docx.objects", zh=zh, en=en))
        for form in sorted(self.numbering.unknown):
            zh, en = f"自动编号格式 {form} 不认识，按阿拉伯数字编号", f"numbers in the unknown form {form} are given as 1, 2, 3"
            issues.append(Issue(code="docx.numbering", zh=zh, en=en))
        return tuple(issues)


def _mark(properties: etree._Element | None, look: Format) -> tuple[bool, bool]:
    """Whether the mark at the end of a paragraph was deleted, and whether it is hidden: the next one then runs on."""
    mark = None if properties is None else child(properties, W + "rPr")
    if mark is None:
        return False, bool(look.hidden)
    vanish = child(mark, W + "vanish")
    deleted = child(mark, W + "del") is not None or child(mark, W + "moveFrom") is not None
    return deleted, bool(look.hidden) if vanish is None else is_on(vanish)


def _lines(text: str, place: Place) -> tuple[Line, ...]:
    return tuple(Line(text=line, place=place) for line in text.split("\n") if line.strip())


def _row_lines(table: DraftTable, where: Place) -> Iterator[Line]:
    """A table inside a cell as lines of that cell, one a row."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append("".join(line.text for line in cell.lines))
    for row in rows.values():
        if any(row):
            yield Line(text="\t".join(row).strip("\t"), place=where)
