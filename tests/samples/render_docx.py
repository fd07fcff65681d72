"""Samples as .docx: paragraphs, automatic numbering, tables with merged cells, headers, footers, a text box."""

from __future__ import annotations

import datetime as dt
import io

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from .blocks import Grid, Item, Line, Sample, Spot, all_rows, spots
from .render_text import item_paragraphs

CENTRED = ("agency", "number", "title")
RIGHT = ("sign", "date")
LISTS = {"h1": (90, 0), "h2": (90, 1), "item": (91, 0)}  # the list and the level in it
HEADING_NUMBERING = """
<w:abstractNum {ns} w:abstractNumId="90">
  <w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
    <w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
    <w:lvlText w:val="（%2）"/><w:lvlJc w:val="left"/></w:lvl>
</w:abstractNum>"""
ITEM_NUMBERING = """
<w:abstractNum {ns} w:abstractNumId="91">
  <w:multiLevelType w:val="singleLevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:suff w:val="nothing"/>
    <w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl>
</w:abstractNum>"""
TEXT_BOX = """
<w:r {ns} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:pict>
<v:shape id="box1" type="#_x0000_t202" style="position:absolute;margin-left:330pt;margin-top:4pt;width:110pt;height:26pt">
<v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox>
</v:shape></w:pict></w:r>"""
FIELD = """<w:fldSimple {ns} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>"""


def render_docx(sample: Sample, *, fonts: tuple[str, str] = ("仿宋", "黑体")) -> bytes:
    """The document in Word's format; `fonts` are those of the text and of the headings."""
    document = docx.Document()
    _set_fonts(document, fonts[0])
    _set_properties(document, sample)
    automatic = sample.spec["layout"] == "docx_auto"
    if automatic:
        _define_numbering(document)
    for block in sample.blocks:
        if isinstance(block, Grid):
            _add_table(document, block)
        elif isinstance(block, Item):
            _add_item(document, block, automatic=automatic)
        else:
            _add_line(document, block, fonts[1], automatic=automatic)
    if sample.spec.get("box"):
        _add_furniture(document, sample)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_fonts(document: Document, font: str) -> None:
    style = document.styles["Normal"]
    style.font.name = font
    style.font.size = Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.4)


def _set_properties(document: Document, sample: Sample) -> None:
    issued = dt.datetime.fromisoformat(sample.spec["issued"])
    properties = document.core_properties
    properties.title, properties.author = sample.spec["title"], sample.spec["issuer"]
    properties.created = properties.modified = issued
    properties.comments = "Zhengpu sample"


def _define_numbering(document: Document) -> None:
    root = document.part.numbering_part.element
    first_num = root.find(qn("w:num"))
    for number, form in ((90, HEADING_NUMBERING), (91, ITEM_NUMBERING)):
        first_num.addprevious(parse_xml(form.format(ns=nsdecls("w"))))
        root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))


def _number(paragraph: Paragraph, kind: str) -> None:
    list_number, level = LISTS[kind]
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_number}"/></w:numPr>'))


def _add_line(document: Document, line: Line, font: str, *, automatic: bool) -> None:
    if line.kind == "break":
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        return
    numbered = automatic and line.kind in LISTS and line.marker
    paragraph = document.add_paragraph()
    run = paragraph.add_run(line.text if numbered else line.marker + line.text)
    if numbered:
        _number(paragraph, line.kind)
    if line.kind in CENTRED:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if line.kind in RIGHT:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if line.kind in ("agency", "title", "h1", "annex"):
        run.font.name = font
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
        run.font.size = Pt(18) if line.kind in ("agency", "title") else Pt(13)
    if line.kind in ("body", "h1", "h2"):
        paragraph.paragraph_format.first_line_indent = Pt(24)


def _add_item(document: Document, item: Item, *, automatic: bool) -> None:
    for index, text in enumerate(item_paragraphs(item)):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.first_line_indent = Pt(24)
        numbered = automatic and index == 0 and bool(item.marker)
        shown = text.removeprefix(item.marker) if numbered else text
        middle = len(shown) // 3  # Word splits runs where it likes
        for piece in (shown[:middle], shown[middle:]):
            paragraph.add_run(piece)
        if numbered:
            _number(paragraph, "item")


def _add_table(document: Document, grid: Grid) -> None:
    rows = all_rows(grid)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    table.autofit = False
    widths = [Cm(16.2 * part / sum(grid.widths)) for part in grid.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    cells = table._cells  # once: the list is built anew on every use
    for index, cell in enumerate(cells):
        cell.width = widths[index % len(widths)]
    for spot in spots(rows):
        _fill(cells, len(widths), spot)
    table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _fill(cells: list[_Cell], width: int, spot: Spot) -> None:
    cell = cells[spot.row * width + spot.column]
    if spot.rows > 1 or spot.columns > 1:
        cell = cell.merge(cells[(spot.row + spot.rows - 1) * width + spot.column + spot.columns - 1])
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run(spot.text)
    run.font.size = Pt(9)
    if spot.row == 0:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run.bold = True


def _add_furniture(document: Document, sample: Sample) -> None:
    """Header, page number, and a text box beside the first line: none of them is part of the text."""
    section = document.sections[0]
    section.header.paragraphs[0].text = f"{sample.spec['issuer']}文件"
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("— ")
    footer._p.append(parse_xml(FIELD.format(ns=nsdecls("w"))))
    footer.add_run(" —")
    box = TEXT_BOX.format(ns=nsdecls("w"), text=sample.spec["box"])
    document.paragraphs[0]._p.append(parse_xml(box))
