"""Word documents: what stands on the printed page is read, with its place; what cannot be read safely is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.readers import archive
from kg.readers.docx import draft_docx, draft_package
from kg.readers.docx_numerals import to_numeral
from kg.readers.draft import Draft, DraftParagraph, DraftTable
from kg.text import to_number
from tests.readers.drafts import cells, pack, texts, words

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relations(**targets: str) -> str:
    lines = (f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{to}"/>' for at, (kind, to) in enumerate(targets.items()))
    return f'<Relationships xmlns="{PACKAGE}">{"".join(lines)}</Relationships>'


def parts_of(body: str, *, styles: str = "", numbering: str = "", notes: str = "", main: str = "word/document.xml") -> dict[str, str]:
    folder, _, base = main.rpartition("/")
    return {
        "_rels/.rels": relations(officeDocument=main),
        f"{folder}/_rels/{base}.rels": relations(
            styles="styles.xml", numbering="numbering.xml", footnotes="notes.xml", endnotes="ends.xml"
        ),
        main: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        f"{folder}/styles.xml": f"<w:styles {SPACES}>{styles}</w:styles>",
        f"{folder}/numbering.xml": f"<w:numbering {SPACES}>{numbering}</w:numbering>",
        f"{folder}/notes.xml": f"<w:footnotes {SPACES}>{notes}</w:footnotes>",
        f"{folder}/ends.xml": f"<w:endnotes {SPACES}>{notes.replace('footnote', 'endnote')}</w:endnotes>",
    }


def read(body: str, **more: str) -> Draft:
    return draft_package(pack(parts_of(body, **more)), name="a.docx")


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells_of_row: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells_of_row)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def field(*steps: str) -> str:
    return "".join(f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' if one in {"begin", "separate", "end"} else one for one in steps)


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


BOX = "<w:txbxContent>{}</w:txbxContent>"
BOTH = "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{0}</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{0}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"  # noqa: E501


# --- runs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        pytest.param(r("甲") + r("乙"), ["甲乙"], id="runs"),
        pytest.param("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", ["甲\t乙"], id="tab"),
        pytest.param("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>", ["甲/乙"], id="line break"),
        pytest.param("<w:r><w:t>甲</w:t><w:br w:type='page'/><w:t>乙</w:t></w:r>", ["甲乙"], id="page break"),
        pytest.param("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t><w:softHyphen/></w:r>", ["A-1"], id="hyphens"),
        pytest.param("<w:r><w:t xml:space='preserve'> 甲 </w:t><w:t> 乙\n丙 </w:t></w:r>", [" 甲 乙 丙"], id="white space"),
        pytest.param(r("甲") + "<w:ins>" + r("乙") + "</w:ins><w:del>" + r("丙") + "</w:del>", ["甲乙"], id="tracked changes"),
        pytest.param("<w:moveFrom>" + r("甲") + "</w:moveFrom><w:moveTo>" + r("乙") + "</w:moveTo>", ["乙"], id="moved text"),
        pytest.param(r("甲") + r("乙", "<w:vanish/>") + r("丙", "<w:vanish w:val='0'/>"), ["甲丙"], id="hidden text"),
        pytest.param("<w:hyperlink>" + r("甲") + "</w:hyperlink><w:smartTag>" + r("乙") + "</w:smartTag>", ["甲乙"], id="wrapped"),
        pytest.param("<w:sdt><w:sdtPr/><w:sdtContent>" + r("甲") + "</w:sdtContent></w:sdt>", ["甲"], id="form field"),
        pytest.param(
            r("甲") + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + r("点击输入") + "</w:sdtContent></w:sdt>",
            ["甲"],
            id="form field not filled in",
        ),
        pytest.param(
            "<w:r><w:ruby><w:rt>" + r("pín") + "</w:rt><w:rubyBase>" + r("频") + "</w:rubyBase></w:ruby></w:r>", ["频"], id="ruby"
        ),
        pytest.param(field("begin", instruction("DATE"), "separate", r("3月"), "end") + r("底"), ["3月底"], id="field"),
        pytest.param("<w:fldSimple w:instr='DATE'>" + r("3月") + "</w:fldSimple>", ["3月"], id="simple field"),
        pytest.param(
            field("begin", instruction("IF"), field("begin", instruction("X"), "separate", r("1"), "end"), "separate", r("是"), "end"),
            ["是"],
            id="field in the instruction of another",
        ),
        pytest.param(
            "<w:del>" + field("begin", instruction("X")) + "</w:del>" + field("separate", r("甲"), "end"), ["甲"], id="field half deleted"
        ),
        pytest.param(field("begin", instruction("X")) + "</w:p><w:p>" + r("甲"), ["甲"], id="field never closed"),
        pytest.param(field("begin", instruction("eq \\o\\ac(○,3)"), "end") + r("台账"), ["③台账"], id="circled number"),
        pytest.param(field("begin", instruction("eq \\o\\ac(○,密)"), "end"), ["密"], id="circled character"),
        pytest.param("<w:r><w:sym w:font='Wingdings' w:char='F0FE'/><w:sym w:char='2460'/><w:t>甲</w:t></w:r>", ["①甲"], id="symbols"),
        pytest.param(r("甲") + "<w:r><w:footnoteReference w:id='2'/></w:r>", ["甲"], id="footnote mark"),
        pytest.param(
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
            ["1/2"],
            id="formula",
        ),
        pytest.param(r("甲") + BOTH.format(BOX.format(p("乙"))) + r("丙"), ["甲丙", "乙"], id="text box, read once"),
        pytest.param(
            r("甲") + "<w:r><w:pict><v:textbox>" + BOX.format(p("乙")) + "</v:textbox></w:pict></w:r>", ["甲", "乙"], id="old text box"
        ),
        pytest.param(
            "<mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback>" + r("甲") + "</mc:Fallback></mc:AlternateContent>",
            ["甲"],
            id="fallback where the choice says nothing",
        ),
        pytest.param(
            BOTH.format(BOX.format(p("外") + p("") + "<w:p>" + BOTH.format(BOX.format(p("内"))) + "</w:p>")),
            ["外", "内"],
            id="box in a box",
        ),
    ],
)
def test_a_paragraph_reads_as_it_is_printed(run: str, expected: list[str]) -> None:
    assert texts(read(f"<w:p>{run}</w:p>")) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(p("甲", "<w:rPr><w:del/></w:rPr>") + p("乙"), ["甲乙"], id="deleted mark joins"),
        pytest.param(p("甲", "<w:rPr><w:vanish/></w:rPr>") + p("乙"), ["甲乙"], id="hidden mark joins"),
        pytest.param(p("乙") + p("甲", "<w:rPr><w:del/></w:rPr>"), ["乙", "甲"], id="nothing to join with"),
        pytest.param(p("", "<w:rPr><w:vanish/></w:rPr>") + p("") + p("乙"), ["乙"], id="empty ones are left out"),
        pytest.param(
            "<w:sdt><w:sdtContent>" + p("甲") + "</w:sdtContent></w:sdt><w:customXml>" + p("乙") + "</w:customXml>",
            ["甲", "乙"],
            id="wrapped",
        ),
        pytest.param("<w:sectPr/><w:bookmarkStart/>" + p("甲"), ["甲"], id="no text"),
    ],
)
def test_paragraphs_end_where_a_reader_sees_them_end(body: str, expected: list[str]) -> None:
    assert texts(read(body)) == expected


def test_places_count_the_paragraphs_and_tables_of_the_body() -> None:
    draft = read(
        p("甲") + p("") + tbl(tr(tc("一"), tc("二")), tr(tc("三"), tc("四"))) + f"<w:p>{r('乙')}{BOTH.format(BOX.format(p('框')))}</w:p>"
    )
    first, table, last, box = draft.items
    assert isinstance(table, DraftTable)
    assert isinstance(first, DraftParagraph)
    assert isinstance(last, DraftParagraph)
    assert isinstance(box, DraftParagraph)
    assert [item.lines[0].place.paragraph for item in (first, last, box)] == [1, 3, 3]
    assert [(line.place.table, line.place.row, line.place.column) for cell in table.cells for line in cell.lines] == [
        (1, 1, 1),
        (1, 1, 2),
        (1, 2, 1),
        (1, 2, 2),
    ]


# --- notes ---------------------------------------------------------------------------------------------


def note(at: int, *paragraphs: str, more: str = "") -> str:
    return f"<w:footnote w:id='{at}' {more}>{''.join(p(text) for text in paragraphs)}</w:footnote>"


def refers(at: int, kind: str = "footnote") -> str:
    return f"<w:r><w:{kind}Reference w:id='{at}'/></w:r>"


NOTES = note(0, "", more="w:type='separator'") + note(1, "子") + note(2, "丑", "寅")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(f"<w:p>{r('甲')}{refers(1)}{r('乙')}{refers(2)}</w:p>{p('丙')}", ["甲乙", "*子", "*丑/寅", "丙"], id="in order"),
        pytest.param(f"<w:p>{r('甲')}{refers(1, 'endnote')}</w:p>{p('乙')}", ["甲", "*子", "乙"], id="an endnote"),
        pytest.param(f"<w:p>{r('甲')}{refers(1)}</w:p><w:p>{r('乙')}{refers(1)}</w:p>", ["甲", "*子", "乙"], id="once"),
        pytest.param(f"<w:p>{r('甲')}<w:del>{refers(1)}</w:del>{refers(0)}{refers(9)}</w:p>", ["甲"], id="deleted, a line, none"),
        pytest.param(
            tbl(tr(f"<w:tc><w:p>{r('甲')}{refers(1)}</w:p></w:tc>", tc("乙")), tr(tc("丙"), tc("丁"))) + p("戊"),
            ["{(0, 0): '甲', (0, 1): '乙', (1, 0): '丙', (1, 1): '丁'}", "*子", "戊"],
            id="below the table",
        ),
    ],
)
def test_notes_stand_behind_what_refers_to_them(body: str, expected: list[str]) -> None:
    draft = read(body, notes=NOTES)
    marks = ["*" if isinstance(item, DraftParagraph) and item.note else "" for item in draft.items]
    assert [mark + text for mark, text in zip(marks, texts(draft), strict=True)] == expected


# --- styles --------------------------------------------------------------------------------------------

STYLES = """
<w:docDefaults><w:pPrDefault><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="biaoti"><w:name w:val="标题 3"/></w:style>
<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="小标题"/><w:basedOn w:val="2"/><w:pPr><w:jc w:val="center"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="outline"><w:name w:val="章"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="round"><w:basedOn w:val="round"/></w:style>
<w:style w:type="paragraph" w:styleId="secret"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="note"><w:rPr><w:vanish/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "align", "level"),
    [
        pytest.param("", "", 0, id="default"),
        pytest.param("<w:jc w:val='center'/>", "center", 0, id="centred"),
        pytest.param("<w:jc w:val='end'/>", "right", 0, id="right"),
        pytest.param("<w:pStyle w:val='2'/>", "", 2, id="heading"),
        pytest.param("<w:pStyle w:val='biaoti'/>", "", 3, id="heading by its Chinese name"),
        pytest.param("<w:pStyle w:val='mine'/>", "center", 2, id="based on a heading"),
        pytest.param("<w:pStyle w:val='mine'/><w:jc w:val='both'/>", "", 2, id="its own alignment wins"),
        pytest.param("<w:pStyle w:val='outline'/>", "", 1, id="outline level of the style"),
        pytest.param("<w:outlineLvl w:val='3'/>", "", 4, id="its own outline level"),
        pytest.param("<w:pStyle w:val='2'/><w:outlineLvl w:val='9'/>", "", 0, id="a heading made body text"),
        pytest.param("<w:pStyle w:val='round'/>", "", 0, id="a style based on itself"),
        pytest.param("<w:pStyle w:val='none'/><w:outlineLvl w:val='x'/>", "", 0, id="unknown"),
    ],
)
def test_alignment_and_level_come_from_paragraph_and_style(properties: str, align: str, level: int) -> None:
    (item,) = read(p("甲", properties), styles=STYLES).items
    assert isinstance(item, DraftParagraph)
    assert (item.align, item.level) == (align, level)


def test_styles_hide_text() -> None:
    note = r("二", "<w:rStyle w:val='note'/>")
    body = p("一", "<w:pStyle w:val='secret'/>") + f"<w:p>{note}{r('三')}</w:p>"
    assert texts(read(body, styles=STYLES)) == ["三"]


# --- automatic numbers -----------------------------------------------------------------------------------


def level(at: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def abstract(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def num(key: int, family: int, more: str = "") -> str:
    """A list; 100 is added to its number, since number 0 means no list."""
    return f'<w:num w:numId="{key + 100}"><w:abstractNumId w:val="{family}"/>{more}</w:num>'


def n(list_id: int, at: int = 0, text: str = "甲", more: str = "") -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_id + 100}"/></w:numPr>{more}')


LISTS = (
    abstract(0, level(0, "chineseCounting", "%1、"), level(1, "chineseCountingThousand", "（%2）"), level(2, "decimal", "%3."))
    + abstract(1, level(0, "decimal", "%1"), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3", '<w:lvlRestart w:val="1"/>'))
    + abstract(2, level(0, "bullet", "•"), level(1, "none", ""), level(2, "decimal", "第%3项", '<w:suff w:val="nothing"/>'))
    + abstract(3, level(0, "chineseCounting", "第%1条"), level(1, "decimal", "%1.%2", "<w:isLgl/>"), level(2, "decimal", "%4"))
    + abstract(4, level(0, "decimal", "%1)", start=5), level(1, "lowerLetter", "%2)", '<w:lvlRestart w:val="0"/>'))
    + abstract(5, level(0, "klingon", "%1、"))
    + abstract(6, '<w:numStyleLink w:val="ListStyle"/>')
    + "".join(num(key, key) for key in range(7))
    + num(10, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    + num(11, 0)
    + num(13, 0, '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride>')
    + num(12, 1, f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>')
)
LIST_STYLE = """
<w:style w:type="numbering" w:styleId="ListStyle"><w:pPr><w:numPr><w:numId w:val="100"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="120"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="heading 3"/><w:pPr><w:numPr><w:numId w:val="120"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="4"><w:basedOn w:val="1"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
"""
HEADINGS = (
    abstract(20, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2."), level(2, "decimal", "（%3）", '<w:pStyle w:val="3"/>'))
    + abstract(0, level(0, "chineseCounting", "%1、"))
    + abstract(6, '<w:numStyleLink w:val="ListStyle"/>')
    + num(20, 20)
    + num(0, 0)
    + num(6, 6)
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(n(0) + n(0) + p("乙") + n(0), ["一、甲", "二、甲", "乙", "三、甲"], id="counts on"),
        pytest.param(
            n(0) + n(0, 1) + n(0, 1) + n(0) + n(0, 1), ["一、甲", "（一）甲", "（二）甲", "二、甲", "（一）甲"], id="starts again below"
        ),
        pytest.param(n(1) + n(1, 1) + n(1, 1), ["1 甲", "1.1 甲", "1.2 甲"], id="several levels in one number"),
        pytest.param(
            n(1) + n(1, 1) + n(1, 2) + n(1, 1) + n(1, 2), ["1 甲", "1.1 甲", "1.1.1 甲", "1.2 甲", "1.2.2 甲"], id="restarts higher up"
        ),
        pytest.param(n(1, 1) + n(1) + n(1, 1), ["1.1 甲", "2 甲", "2.1 甲"], id="a level that is skipped counts"),
        pytest.param(n(2) + n(2, 1) + n(2, 2), ["甲", "甲", "第1项甲"], id="bullet, none, nothing between"),
        pytest.param(n(3) + n(3, 1), ["第一条 甲", "1.1 甲"], id="legal numbering"),
        pytest.param(n(3, 2), ["甲"], id="refers to a level below"),
        pytest.param(n(4) + n(4, 1) + n(4, 1) + n(4) + n(4, 1), ["5)甲", "a)甲", "b)甲", "6)甲", "c)甲"], id="start, never restarts"),
        pytest.param(
            n(0) + n(0) + n(11) + n(10) + n(10) + n(0), ["一、甲", "二、甲", "三、甲", "一、甲", "二、甲", "三、甲"], id="lists of a family"
        ),
        pytest.param(
            n(0) + n(13, 1) + n(13, 1) + n(13) + n(13, 1),
            ["一、甲", "（五）甲", "（六）甲", "二、甲", "（一）甲"],
            id="a start of its own, once",
        ),
        pytest.param(n(12) + n(1) + n(1, 1), ["I. 甲", "2 甲", "2.1 甲"], id="a level of its own"),
        pytest.param(n(0) + n(0, text="") + n(0), ["一、甲", "三、甲"], id="an empty one counts"),
        pytest.param(n(0) + n(-100) + n(77) + n(0), ["一、甲", "甲", "甲", "二、甲"], id="no list, unknown list"),
        pytest.param(n(0) + n(0, text="", more="<w:rPr><w:vanish/></w:rPr>") + n(0), ["一、甲", "二、甲"], id="a hidden one does not"),
        pytest.param(n(0) + n(0, text="", more="<w:rPr><w:del/></w:rPr>") + n(0), ["一、甲", "二、甲"], id="a deleted one does not"),
    ],
)
def test_numbers_that_word_makes_up(body: str, expected: list[str]) -> None:
    assert texts(read(body, numbering=LISTS)) == expected


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        pytest.param("<w:pStyle w:val='1'/>", "一、甲", id="list of the style"),
        pytest.param("<w:pStyle w:val='2'/>", "1. 甲", id="level of the style, list of the one below"),
        pytest.param("<w:pStyle w:val='3'/>", "（1）甲", id="level that names the style"),
        pytest.param("<w:pStyle w:val='4'/>", "甲", id="switched off by the style"),
        pytest.param("<w:pStyle w:val='1'/><w:numPr><w:numId w:val='0'/></w:numPr>", "甲", id="switched off"),
        pytest.param("<w:pStyle w:val='1'/><w:numPr><w:ilvl w:val='1'/></w:numPr>", "1. 甲", id="its own level"),
        pytest.param("<w:numPr><w:numId w:val='106'/></w:numPr>", "一、甲", id="list of a numbering style"),
    ],
)
def test_numbers_come_from_styles(properties: str, expected: str) -> None:
    assert texts(read(p("甲", properties), styles=LIST_STYLE, numbering=HEADINGS)) == [expected]


def test_numbers_count_on_through_tables_and_merges() -> None:
    def row(first: str, merge: str = "") -> str:
        return tr(f"<w:tc><w:tcPr>{merge}</w:tcPr>{first}</w:tc>", tc("事项"))

    table = tbl(
        row(n(1, text="")), row(n(1, text=""), "<w:vMerge w:val='restart'/>"), row(n(1, text=""), "<w:vMerge/>"), row(n(1, text=""))
    )
    before, items, after = read(n(1) + table + n(1), numbering=LISTS).items
    assert cells(items) == {
        (0, 0): "2 ", (0, 1): "事项", (1, 0, 2, 1): "3 ", (1, 1): "事项", (2, 1): "事项", (3, 0): "5 ", (3, 1): "事项",
    }  # fmt: skip
    assert (words(before), words(after)) == ("1 甲", "6 甲")


def test_an_unknown_number_form_is_counted_and_said() -> None:
    draft = read(n(5) + n(5), numbering=LISTS)
    assert texts(draft) == ["1、甲", "2、甲"]
    assert [issue.code for issue in draft.issues] == ["docx.numbering"]


@pytest.mark.parametrize(
    ("form", "number", "expected"),
    [
        ("chineseCounting", 10, "十"), ("chineseCounting", 21, "二十一"), ("chineseCounting", 105, "一○五"),
        ("chineseCountingThousand", 105, "一百零五"), ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1005, "一千零五"),
        ("japaneseCounting", 12, "十二"), ("japaneseCounting", 111, "百十一"), ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographTraditional", 3, "丙"), ("ideographTraditional", 11, "11"), ("ideographZodiac", 12, "亥"),
        ("ideographZodiacTraditional", 60, "癸亥"), ("decimalEnclosedCircle", 20, "⑳"), ("decimalEnclosedCircle", 36, "㊱"),
        ("decimalEnclosedCircleChinese", 51, "51"), ("decimalFullWidth", 12, "１２"), ("decimalZero", 7, "07"), ("001", 12, "012"),
        ("upperLetter", 27, "AA"), ("lowerLetter", 2, "b"), ("upperRoman", 1994, "MCMXCIV"), ("lowerRoman", 4, "iv"),
        ("decimalEnclosedParen", 2, "⑵"), ("decimalEnclosedFullstop", 2, "⒉"), ("ideographEnclosedCircle", 3, "㊂"),
        ("ideographDigital", 20, "二〇"), ("numberInDash", 4, "- 4 -"), ("decimal", 0, "0"), ("upperRoman", 0, "0"),
    ],
)  # fmt: skip
def test_number_forms(form: str, number: int, expected: str) -> None:
    assert to_numeral(number, form) == expected


@given(st.integers(1, 9999))
def test_han_numerals_read_back(number: int) -> None:
    assert to_number(to_numeral(number, "chineseCountingThousand") or "") == number
    assert to_number(to_numeral(number, "chineseLegalSimplified") or "") == number


# --- tables ----------------------------------------------------------------------------------------------

RESTART, CONTINUE = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"


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


# --- whole files -----------------------------------------------------------------------------------------


def test_a_file_of_python_docx(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("南湾区年度工作分工", 1)
    table = document.add_table(4, 3)
    for row in range(4):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(1, 0).merge(table.cell(3, 0)).text = "类别"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "要求"
    path = tmp_path / "分工.docx"
    document.save(str(path))
    heading, item = draft_docx(path).items
    assert isinstance(heading, DraftParagraph)
    assert isinstance(item, DraftTable)
    assert (words(heading), heading.level) == ("南湾区年度工作分工", 1)
    assert cells(item) == {
        (0, 0): "00", (0, 1, 1, 2): "要求", (1, 0, 3, 1): "类别",
        (1, 1): "11", (1, 2): "12", (2, 1): "21", (2, 2): "22", (3, 1): "31", (3, 2): "32",
    }  # fmt: skip


def test_the_strict_form_of_the_standard() -> None:
    strict = {
        name: text.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/")
        .replace("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/")
        for name, text in parts_of(n(0) + p("乙", "<w:jc w:val='end'/>"), numbering=LISTS).items()
    }  # fmt: skip
    draft = draft_package(pack(strict), name="a.docx")
    assert texts(draft) == ["一、甲", "乙"]
    last = draft.items[1]
    assert isinstance(last, DraftParagraph)
    assert last.align == "right"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda parts: parts, id="as usual"),
        pytest.param(lambda parts: {name.replace("/", "\\"): text for name, text in parts.items()}, id="backslashes"),
        pytest.param(lambda parts: {name.replace("word/d", "Word/D"): text for name, text in parts.items()}, id="capitals"),
        pytest.param(lambda parts: {name: text for name, text in parts.items() if "rels" not in name}, id="no relationships"),
        pytest.param(
            lambda parts: {name: text.replace('Target="', 'Target="/') for name, text in parts.items() if "word/_rels" not in name},
            id="absolute",
        ),
        pytest.param(lambda parts: {name: text.encode("utf-16") for name, text in parts.items()}, id="utf-16"),
    ],
)
def test_packages_that_other_programs_write(change) -> None:  # type: ignore[no-untyped-def]
    assert texts(draft_package(pack(change(parts_of(p("甲")))), name="a.docx")) == ["甲"]


def test_the_main_part_may_be_called_otherwise() -> None:
    assert texts(draft_package(pack(parts_of(n(0), numbering=LISTS, main="word/document2.xml")), name="a.docm")) == ["一、甲"]


# --- what is refused -------------------------------------------------------------------------------------

GOOD = parts_of(p("甲"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def with_body(text: str) -> dict[str, str]:
    return GOOD | {"word/document.xml": text}


def doctype(inside: str) -> str:
    return f"<!DOCTYPE w [{inside}]><w:document {SPACES}><w:body>{p('&x;')}</w:body></w:document>"


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        pytest.param(b"", "损坏", "damaged", id="empty"),
        pytest.param(pack(GOOD)[:-40], "压缩包", "zip", id="cut short"),
        pytest.param(OLE + "EncryptedPackage\0".encode("utf-16-le"), "密码", "password", id="locked"),
        pytest.param(OLE + "WordDocument\0".encode("utf-16-le"), "旧版 Word 文档", "rename it to .doc", id="an old document"),
        pytest.param(OLE + "Workbook\0".encode("utf-16-le"), "旧版 Excel", "rename it to .xls", id="an old workbook"),
        pytest.param(OLE, "旧版 Office", "compound", id="some old office file"),
        pytest.param(b"<html><body>x</body></html>", "网页", "rename it to .html", id="a web page"),
        pytest.param("\ufeff<!DOCTYPE html><p>x".encode("utf-16-le"), "网页", "web page", id="a web page in utf-16"),
        pytest.param(b"{\\rtf1 x}", "RTF", "rename it to .rtf", id="rtf"),
        pytest.param("工作要点".encode(), "纯文本", "rename it to .txt", id="text"),
        pytest.param(b"%PDF-1.7", "PDF", "rename it to .pdf", id="pdf"),
        pytest.param(b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "MHTML", "save it as .docx", id="mhtml"),
        pytest.param(
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Word XML", "rename it to .doc", id="word xml"
        ),
        pytest.param(b"\0\1\2\3", "无法辨认", "binary", id="binary"),
        pytest.param(pack({"xl/workbook.xml": "<a/>"}), "Excel 工作簿", "rename it to .xlsx", id="a workbook"),
        pytest.param(pack({"mimetype": "application/vnd.oasis.opendocument.text"}, zipfile.ZIP_STORED), "odt", "OpenDocument", id="odt"),
        pytest.param(pack({"OFD.xml": "<a/>"}), "ofd", "OFD", id="ofd"),
        pytest.param(pack({"a.txt": "x"}), "压缩包", "zip", id="some archive"),
        pytest.param(pack({"word/styles.xml": "<a/>"}), "缺少 word/document.xml", "missing", id="no main part"),
        pytest.param(pack(with_body("<w:document xmlns:w='x'/>")), "没有正文", "no body", id="no body"),
        pytest.param(pack(with_body("<w:document")), "损坏", "damaged", id="broken xml"),
        pytest.param(pack(with_body(doctype("<!ENTITY x 'y'>"))), "DOCTYPE", "DOCTYPE", id="entity"),
        pytest.param(pack(with_body(doctype("<!ENTITY x SYSTEM 'file:///etc/hosts'>"))), "DOCTYPE", "DOCTYPE", id="a file of ours"),
        pytest.param(
            pack(with_body(f"<w:document {SPACES}><w:body>{'<w:p>' * 230}{'</w:p>' * 230}</w:body></w:document>")),
            "嵌套",
            "nested",
            id="deep",
        ),
        pytest.param(pack(with_body("<a>" * 5000 + "</a>" * 5000)), "损坏", "damaged", id="very deep"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path: Path, data: bytes, zh: str, en: str) -> None:
    path = tmp_path / "计划.docx"
    path.write_bytes(data)
    with pytest.raises(ReadError) as error:
        draft_docx(path)
    assert zh in error.value.zh
    assert en in error.value.en
    assert error.value.file == "计划.docx"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = pack(GOOD | {"word/media/a.bin": "0" * 60_000_000})
    monkeypatch.setattr(archive.Archive, "read", lambda *_: pytest.fail("unpacked"))
    with pytest.raises(ReadError, match="压缩炸弹"):
        draft_package(bomb, name="a.docx")


def test_a_part_that_lies_about_its_size_is_not_unpacked_further(tmp_path: Path) -> None:
    data = pack(GOOD | {"word/document.xml": "<w>" + " " * 50_000_000 + "</w>"})
    size = (50_000_007).to_bytes(4, "little")
    assert data.count(size) == 2
    with pytest.raises(ReadError, match="损坏"):
        draft_package(data.replace(size, (100).to_bytes(4, "little")), name="a.docx")


def test_a_locked_zip_is_refused() -> None:
    data = bytearray(pack(GOOD))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    with pytest.raises(ReadError, match="密码"):
        draft_package(bytes(data), name="a.docx")


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, 10_000), value=st.integers(0, 255))
def test_a_damaged_file_is_read_or_refused(at: int, value: int) -> None:
    data = bytearray(pack(parts_of(n(0) + tbl(tr(tc("一"), tc("二", RESTART))), numbering=LISTS, styles=STYLES)))
    data[at % len(data)] = value
    try:
        draft_package(bytes(data), name="a.docx")
    except ReadError:
        return
