"""Word documents: what stands on the printed page is read, with its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.readers.docx_numerals import to_numeral
from kg.readers.draft import DraftParagraph, DraftTable
from kg.text import to_number
from tests.readers.drafts import cells, texts, words
from tests.readers.wordml import (
    BOTH,
    BOX,
    LISTS,
    STYLES,
    abstract,
    field,
    instruction,
    level,
    n,
    num,
    p,
    r,
    read,
    tbl,
    tc,
    tr,
)

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
