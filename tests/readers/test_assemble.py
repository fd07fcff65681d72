"""Drafts to documents: sentences that a line or a page cut are healed, and every word leads back to its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Place, Source, Span, Table
from kg.readers.assemble import assemble
from kg.readers.draft import Draft, DraftCell, DraftField, DraftParagraph, DraftTable, Line
from kg.text import key

SOURCE = Source(name="plan.txt", media_type="", sha256="0" * 64, size=0)


def _paragraph(text: str, *, loose: bool = True, align: str = "", at: int = 1) -> DraftParagraph:
    return DraftParagraph(lines=(Line(text=text, place=Place(line=at)),), loose=loose, align=align)  # type: ignore[arg-type]


def _document(*items: DraftParagraph | DraftTable) -> Document:
    return assemble(SOURCE, Draft(media_type="text/plain", items=items))


def _blocks(*texts: str, loose: bool = True) -> list[str]:
    document = _document(*(_paragraph(text, loose=loose, at=at) for at, text in enumerate(texts, 1)))
    return [document.quote(block.span) for block in document.blocks]


LONG = "各单位要公开预算和决算，说明编制依据"

JOINED = [
    pytest.param(f"{LONG}和执行", "结果，接受监督。", id="in-the-middle-of-a-sentence"),
    pytest.param(f"{LONG}，", "接受社会监督。", id="behind-a-comma"),
    pytest.param(f"{LONG}", "，接受社会监督。", id="before-a-comma"),
    pytest.param("各单位（含镇", "街）要公开。", id="inside-a-bracket"),
    pytest.param("落实《青岩市政务", "公开办法》。", id="inside-a-title"),
    pytest.param("公开预算。（责任单位：市财政局、", "市教育局）", id="inside-a-list-of-units"),
    pytest.param("公开预算。", "（责任单位：市财政局）", id="bracket-of-units-alone"),
    pytest.param("公开预算。", "（市财政局牵头，市教育局配合）", id="bracket-with-a-verb-alone"),
    pytest.param("公开预算。责任单位：", "市财政局、市教育局", id="units-behind-their-label"),
    pytest.param("牵头单位：市财政局；配合单位：", "各镇（街道）；时限：9月底前。", id="units-behind-the-second-label"),
    pytest.param("责任单位：市财政局；完成时限：", "2031年9月底前", id="a-time-behind-its-label"),
    pytest.param("涉及群众利益的，要通过听证会、座谈会", "等形式听取意见，并说明采纳情况。", id="a-word-that-never-comes-first"),
]


@pytest.mark.parametrize(("one", "other"), JOINED)
def test_a_cut_sentence_is_healed(one: str, other: str) -> None:
    assert _blocks(one, other) == [one + other]


APART = [
    pytest.param(f"{LONG}。〔牵头：市财政局；配合：市教育局〕", "公开决算和执行结果。", id="behind-units-in-square-brackets"),
    pytest.param(f"任务内容：{LONG}和执行", "包抓领导：柳某", id="one-name-below-the-other"),
    pytest.param(f"{LONG}。", "各单位要答复来信。", id="behind-a-full-stop"),
    pytest.param("一、公开信息", "各单位要公开预算。", id="behind-a-heading"),
    pytest.param(f"{LONG}和", "二、回应关切", id="before-a-heading"),
    pytest.param(f"{LONG}和", "（二）回应关切", id="before-a-lower-heading"),
    pytest.param(f"{LONG}和", "3.答复来信", id="before-an-item"),
    pytest.param("青政办发〔2031〕9号", "各镇人民政府：", id="behind-a-number"),
    pytest.param("2031年4月8日", "（此件公开发布）", id="behind-a-date"),
    pytest.param("各镇人民政府，市政府各部门：", "现将要点印发给你们。", id="behind-a-colon"),
    pytest.param("责任单位：", "二、回应关切", id="a-heading-behind-a-label"),
    pytest.param("责任单位：", "本表由各单位填写，不得涂改。", id="a-sentence-behind-a-label"),
    pytest.param(f"{LONG}。", "附件1", id="before-an-annex"),
    pytest.param("附件", "责任分工表", id="behind-an-annex"),
]


@pytest.mark.parametrize(("one", "other"), APART)
def test_paragraphs_stay_apart(one: str, other: str) -> None:
    assert _blocks(one, other) == [one, other]


def test_a_format_that_knows_its_paragraphs_is_believed() -> None:
    assert _blocks(f"{LONG}和执行", "结果，接受监督。", loose=False) == [f"{LONG}和执行", "结果，接受监督。"]


def test_units_follow_their_label_in_any_format() -> None:
    assert _blocks("公开预算。责任单位：", "市财政局、市教育局", loose=False) == ["公开预算。责任单位：市财政局、市教育局"]


def test_a_signature_on_the_right_stays_apart() -> None:
    document = _document(_paragraph(f"{LONG}和执行"), _paragraph("青岩市财政局", align="right"))
    assert len(document.blocks) == 2


def test_a_space_stays_between_latin_words_only() -> None:
    lines = tuple(Line(text=text, place=Place(line=at)) for at, text in enumerate(["推进 Open", "Data", "工作", "2031"], 1))
    document = _document(DraftParagraph(lines=lines))
    assert document.text == "推进 Open Data工作2031\n"


def test_a_joined_paragraph_leads_back_to_both_lines() -> None:
    document = _document(_paragraph(f"{LONG}和执行", at=4), _paragraph("结果，接受监督。", at=7))
    (block,) = document.blocks
    assert [piece.place.line for piece in document.pieces_of(block.span)] == [4, 7]
    tail = document.text.index("接受")
    assert document.place(Span(tail, tail + 2)) == "第7行"


def test_a_table_is_written_in_rows_and_cells() -> None:
    def cell(row: int, column: int, text: str, **spans: int) -> DraftCell:
        return DraftCell(row=row, column=column, lines=(Line(text=text, place=Place(table=1, row=row + 1)),) if text else (), **spans)

    table = DraftTable(rows=2, columns=2, merges=True, cells=(cell(0, 0, "甲", row_span=2), cell(0, 1, "乙"), cell(1, 1, "丙")))
    document = _document(table, _paragraph("丁"))
    first, second = document.blocks
    assert isinstance(first, Table)
    assert [(one.row, one.column, document.quote(one.span)) for one in first.cells] == [(0, 0, "甲"), (0, 1, "乙"), (1, 1, "丙")]
    assert document.quote(first.span) == "甲\t乙\n丙"
    assert document.quote(second.span) == "丁"


def test_a_table_without_words_is_left_out() -> None:
    empty = DraftTable(rows=1, columns=1, merges=True, cells=(DraftCell(row=0, column=0),))
    assert _document(empty).blocks == ()


def test_fields_stand_in_the_text_too() -> None:
    field = DraftField(name="发文字号", line=Line(text=" 青政办发〔2031〕9号 ", place=Place()))
    document = assemble(SOURCE, Draft(media_type="", items=(_paragraph("正文。"),), fields=(field,)))
    (one,) = document.fields
    assert one.value == ("发文字号", "青政办发〔2031〕9号")
    assert document.quote(one.span) == "青政办发〔2031〕9号"


# --- properties ----------------------------------------------------------------------------------------------

FRAGMENTS = st.text(alphabet=st.sampled_from("公开预算，。；：、（）《》“”〔〕一1.①\u200b⼀ \t"), max_size=25)


@given(st.lists(st.tuples(FRAGMENTS, st.booleans()), max_size=8))
def test_no_word_is_lost_or_added(drafts: list[tuple[str, bool]]) -> None:
    document = _document(*(_paragraph(text, loose=loose) for text, loose in drafts))
    wanted = key("".join(text for text, _ in drafts)).replace("\u200b", "").replace("⼀", "一")
    assert key(document.text) == wanted
    assert key("".join(document.quote(block.span) for block in document.blocks)) == wanted


@given(st.lists(FRAGMENTS, max_size=8))
def test_pieces_follow_each_other_inside_the_text(texts: list[str]) -> None:
    document = _document(*(_paragraph(text, at=at) for at, text in enumerate(texts, 1)))
    end = 0
    for piece in document.pieces:
        assert end <= piece.span.start <= piece.span.end <= len(document.text)
        end = piece.span.end
