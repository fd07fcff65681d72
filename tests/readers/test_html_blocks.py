"""What a browser would show of a piece of HTML: paragraphs with their lines, numbers of lists, the grids of tables."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Place
from kg.readers.draft import Draft, DraftParagraph, DraftTable, Line
from kg.readers.html import draft_html_text
from kg.readers.html_words import rule
from tests.readers.drafts import cells, words
from tests.readers.html_sites import BODY, ps


def tables(draft: Draft) -> list[DraftTable]:
    return [item for item in draft.items if isinstance(item, DraftTable)]


def shown(draft: Draft) -> list[str]:
    """Each paragraph: `center|` or the like in front of it where it is aligned, # for each level of a heading."""
    found = [item for item in draft.items if isinstance(item, DraftParagraph)]
    return ["#" * item.level + (f"{item.align}|" if item.align else "") + words(item) for item in found]


# --- paragraphs ----------------------------------------------------------------------------------------

BLANKS = "&nbsp;" * 20
PARAGRAPHS: dict[str, tuple[str, list[str]]] = {
    "title-broken-by-hand": ("<p>青溪县图书室建设<br>实施方案</p>", ["青溪县图书室建设/实施方案"]),
    "break-before-an-indent": ("<p>第一段没有句号<br>　　第二段也没有</p>", ["第一段没有句号", "第二段也没有"]),
    "break-before-two-hard-spaces": ("<p>第一段<br>&nbsp;&nbsp;第二段</p>", ["第一段", "第二段"]),
    "break-before-an-em-space": ("<p>第一段<br>&emsp;第二段</p>", ["第一段", "第二段"]),
    "break-inside-a-sentence": ("<p>各乡镇要在六月底前，<br>完成图书室选址工作。</p>", ["各乡镇要在六月底前，/完成图书室选址工作。"]),
    "breaks-after-sentences": ("<p>完成选址。<br>配齐图书。<br>按时开放。</p>", ["完成选址。", "配齐图书。", "按时开放。"]),
    "breaks-before-numbers": ("<p>一、选好场地<br>（一）选址<br>1.先选好处</p>", ["一、选好场地", "（一）选址", "1.先选好处"]),
    "two-breaks": ("<p>第一段<br><br>第二段</p>", ["第一段", "第二段"]),
    "break-after-an-annex-mark": ("<p>附件<br>图书室任务分解表</p>", ["附件", "图书室任务分解表"]),
    "break-before-a-label": ("<p>选好场地<br>责任单位：县教育局</p>", ["选好场地", "责任单位：县教育局"]),
    "signature-with-breaks": ("<p align=right>县文旅局<br>2031年3月9日</p>", ["right|县文旅局", "right|2031年3月9日"]),
    "align-attribute": ("<p align=center>甲</p><p align=left>乙</p>", ["center|甲", "left|乙"]),
    "align-style": ("<p style='TEXT-ALIGN: right'>甲</p><p style='text-align:justify'>乙</p>", ["right|甲", "乙"]),
    "align-element-and-class": ("<center>甲</center><p class='ql-align-center'>乙</p>", ["center|甲", "center|乙"]),
    "align-handed-down": ("<div align=center><p>甲</p><p align=left>乙</p></div>", ["center|甲", "left|乙"]),
    "a-centred-table-centres-no-text": ("<div align=center><table><tr><td>正文由此开始</td></tr></table></div>", ["正文由此开始"]),
    "centred-prose": (f"<center>{BODY[3]}</center>", [BODY[3]]),
    "pushed-in-by-blanks": (f"<p>完成选址。</p><p>{BLANKS}县文旅局</p>", ["完成选址。", "right|县文旅局"]),
    "headings": ("<h2>一、目标</h2><h3>（一）场地</h3><p>选址。</p>", ["##一、目标", "###（一）场地", "选址。"]),
    "source-broken-between-signs": ("<p>完成\n    图书室\n  library hall\n  选址</p>", ["完成图书室 library hall 选址"]),
    "blanks-of-every-kind": ("<p>\u200b　　&ensp;完成&thinsp;选址&#12288;</p>", ["完成\u2009选址"]),
    "preformatted": ("<pre>第一行。\n第二行。</pre>", ["第一行。", "第二行。"]),
    "style-keeps-breaks": ("<div style='white-space: pre-wrap'>第一行。\n第二行。</div>", ["第一行。", "第二行。"]),
    "style-makes-blocks": ("<span style='display:block'>甲</span><span style='display:block'>乙</span>", ["甲", "乙"]),
    "style-makes-it-inline": ("<div>甲<div style='display:inline'>乙</div>丙</div>", ["甲乙丙"]),
    "unclosed-everything": ("<p>选址<p>配书<div>开放<p><b>通报", ["选址", "配书", "开放", "通报"]),
    "numbered-list": ("<ol><li>选址</li><li>配书</li></ol>", ["1.选址", "2.配书"]),
    "numbered-list-from-five": (
        "<ol start=5><li>选址<li value=9>配书<li><p>开放</p><p>说明</p></ol>",
        ["5.选址", "9.配书", "10.开放", "说明"],
    ),
    "list-in-letters": ("<ol type=a><li>选址</li><li>配书</li></ol>", ["a.选址", "b.配书"]),
    "list-in-roman": ("<ol style='list-style-type: upper-roman' start=3><li>选址</li></ol>", ["III.选址"]),
    "list-in-chinese": ("<ol style='list-style: cjk-ideographic inside' start=11><li>选址</li></ol>", ["十一、选址"]),
    "list-of-an-editor": ("<ol class='custom_cn2 list-paddingleft-1'><li><p>选址</p></li></ol>", ["（一）选址"]),
    "list-backwards": ("<ol reversed><li>选址</li><li>配书</li></ol>", ["2.选址", "1.配书"]),
    "list-that-prints-its-own": ("<ol><li>（一）选址</li><li>2、配书</li></ol>", ["（一）选址", "2、配书"]),
    "list-without-numbers": ("<ol style='list-style:none'><li>选址</li></ol><ul><li>配书</li></ul>", ["选址", "配书"]),
    "list-in-a-list": (
        "<ol><li>选址<ol type=i><li>初选</li><li>复选</li></ol></li><li>配书</li></ol>",
        ["1.选址", "i.初选", "ii.复选", "2.配书"],
    ),
}


@pytest.mark.parametrize("name", PARAGRAPHS)
def test_paragraphs(name: str) -> None:
    page, expected = PARAGRAPHS[name]
    draft = draft_html_text(page)
    assert shown(draft) == expected
    assert not any(item.loose for item in draft.items if isinstance(item, DraftParagraph))


# --- tables --------------------------------------------------------------------------------------------


def table(*rows: str, attributes: str = "") -> str:
    """A table from rows of cells between bars; `r2 ` or `c3 ` in front of a cell is its span."""
    return f"<table{attributes}>{''.join(f'<tr>{_cells(row)}</tr>' for row in rows)}</table>"


def _cells(row: str) -> str:
    spans = {"r": "rowspan", "c": "colspan"}
    found = []
    for cell in row.split("|"):
        *marks, text = cell.split(" ")
        found.append(f"<td{''.join(f' {spans[mark[0]]}={mark[1:]}' for mark in marks)}>{text}</td>")
    return "".join(found)


HEAD = {(0, 0): "序号", (0, 1): "任务", (0, 2): "单位"}
ROW = {(1, 0): "1", (1, 1): "选址", (1, 2): "甲局"}
PLAIN = table("序号|任务|单位", "1|选址|甲局")
SECTIONS = (
    "<table><tfoot><tr><td>合计</td><td>2</td></tr></tfoot><tbody><tr><td>选址</td><td>1</td></tr></tbody>"
    "<thead><tr><th>任务</th><th>数量</th></tr></thead></table>"
)
ROWSPAN_ZERO = (
    "<table><thead><tr><td rowspan=0>序号</td><td>任务</td></tr></thead>"
    "<tbody><tr><td rowspan=0>1</td><td>选址</td></tr><tr><td>配书</td></tr></tbody></table>"
)
TABLES: dict[str, tuple[str, list[Mapping[Any, str]]]] = {
    "merged-rows": (
        table("序号|任务|单位", "1|r2 选址|甲局", "2|乙局"),
        [{**HEAD, (1, 0): "1", (1, 1, 2, 1): "选址", (1, 2): "甲局", (2, 0): "2", (2, 2): "乙局"}],
    ),
    "merged-columns": (
        table("c3 任务表", "1|选址|甲局", "2|c2 配书"),
        [{(0, 0, 1, 3): "任务表", **ROW, (2, 0): "2", (2, 1, 1, 2): "配书"}],
    ),
    "to-the-end-of-its-section": (
        ROWSPAN_ZERO,
        [{(0, 0): "序号", (0, 1): "任务", (1, 0, 2, 1): "1", (1, 1): "选址", (2, 1): "配书"}],
    ),
    "spans-beyond-the-table": (
        table("r9 1|c99 选址", "配书|开放"),
        [{(0, 0, 2, 1): "1", (0, 1, 1, 2): "选址", (1, 1): "配书", (1, 2): "开放"}],
    ),
    "spans-that-are-no-numbers": (table("r-2 序号|cx 任务", "1|选址"), [{(0, 0): "序号", (0, 1): "任务", (1, 0): "1", (1, 1): "选址"}]),
    "overlapping-spans": (
        table("甲|r2 乙|丙", "c3 丁", "戊|己|庚"),
        [{(0, 0): "甲", (0, 1, 2, 1): "乙", (0, 2): "丙", (1, 0): "丁", (2, 0): "戊", (2, 1): "己", (2, 2): "庚"}],
    ),
    "foot-before-body": (
        SECTIONS,
        [{(0, 0): "任务", (0, 1): "数量", (1, 0): "选址", (1, 1): "1", (2, 0): "合计", (2, 1): "2"}],
    ),
    "lines-in-a-cell": (
        table("任务|单位", "<p>选址</p><p>改造</p>|甲局<br>乙局<ol><li>丙局</li></ol>"),
        [{(0, 0): "任务", (0, 1): "单位", (1, 0): "选址/改造", (1, 1): "甲局/乙局/1.丙局"}],
    ),
    "columns-that-nothing-begins-in": (
        table("c2 任务|单位", "c2 选址|甲局"),
        [{(0, 0): "任务", (0, 1): "单位", (1, 0): "选址", (1, 1): "甲局"}],
    ),
    "empty-cells": (
        table("任务|单位|", "选址|&nbsp;|备注"),
        [{(0, 0): "任务", (0, 1): "单位", (0, 2): "", (1, 0): "选址", (1, 1): "", (1, 2): "备注"}],
    ),
    "inside-layout": (table(f"<p>完成选址。</p>{PLAIN}"), [{**HEAD, **ROW}]),
    "table-in-a-cell-of-data": (
        table("任务|要求", f"选址|面积达标{table('甲|40')}", "配书|不少于一千五百册", "开放|每周二十小时"),
        [
            {(0, 0): "任务", (0, 1): "要求", (1, 0): "选址", (1, 1): "面积达标/甲/40"}
            | {(2, 0): "配书", (2, 1): "不少于一千五百册", (3, 0): "开放", (3, 1): "每周二十小时"}
        ],
    ),
    "two-in-a-row": (PLAIN + PLAIN, [{**HEAD, **ROW}, {**HEAD, **ROW}]),
    "words-of-a-site-in-cells": (
        table("平台|要求", "微信|相关解读", "首页|打印"),
        [{(0, 0): "平台", (0, 1): "要求", (1, 0): "微信", (1, 1): "相关解读", (2, 0): "首页", (2, 1): "打印"}],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables(name: str) -> None:
    page, expected = TABLES[name]
    found = tables(draft_html_text(page))
    assert [cells(one) for one in found] == expected
    for number, one in enumerate(found, start=1):
        assert one.merges
        for cell in one.cells:
            places = {(line.place.table, line.place.row, line.place.column) for line in cell.lines}
            assert places <= {(number, cell.row + 1, cell.column + 1)}


def test_a_caption_comes_before_its_table() -> None:
    draft = draft_html_text(f"<p>完成选址。</p>{PLAIN.replace('<tr>', '<caption>任务<b>分解</b>表</caption><tr>', 1)}")
    assert [type(item) for item in draft.items] == [DraftParagraph, DraftParagraph, DraftTable]
    assert draft.items[1] == DraftParagraph(lines=(Line(text="任务分解表", place=Place(paragraph=2)),), align="center")


LAYOUTS = {
    "one-cell": table(ps(*BODY)),
    "one-column": table(*BODY),
    "an-empty-column-beside": table(f"&nbsp;|{ps(*BODY)}"),
    "a-table-in-a-table": table(f"{table(ps(*BODY))}|"),
    "said-to-be-layout": table(*(f"{a}|{b}" for a, b in zip(BODY[::2], BODY[1::2], strict=True)), attributes=" role=presentation"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_tables_are_unwrapped(name: str) -> None:
    draft = draft_html_text(LAYOUTS[name])
    assert shown(draft) == list(BODY)
    assert not tables(draft)


@given(st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=5), min_size=2, max_size=6))
@settings(max_examples=200, deadline=None)
def test_every_place_of_a_grid_belongs_to_one_cell(rows: list[list[tuple[int, int]]]) -> None:
    page = table(*("|".join(f"r{row} c{column} 选址" for row, column in cells) for cells in rows))
    for one in tables(draft_html_text(f"<p>{BODY[3]}</p>{page}")):
        covered = [
            (row, column)
            for cell in one.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        ]
        assert len(covered) == len(set(covered))
        assert all(row < one.rows and column < one.columns for row, column in covered)
        assert len(one.cells) == sum(map(len, rows))


# --- notes ---------------------------------------------------------------------------------------------


LONG = f"<p>{'各乡镇要按时完成选址，逐月通报进度。' * 12}</p>"


def refers(note: int) -> str:
    return f"<a href='#_ftn{note}' name='_ftnref{note}'><sup>[{note}]</sup></a>"


def note(at: int, text: str) -> str:
    return f"<div id='ftn{at}'><p><a href='#_ftnref{at}' name='_ftn{at}'>[{at}]</a> {text}</p></div>"


NOTES: dict[str, tuple[str, list[str]]] = {
    "behind-the-paragraph": (f"<p>一是选址{refers(1)}。</p>{LONG}{note(1, '由县图书馆负责')}", ["一是选址。", "*由县图书馆负责", "…"]),
    "referred-to-twice": (f"<p>选址{refers(1)}</p><p>建设{refers(1)}</p>{LONG}{note(1, '略')}", ["选址", "*略", "建设", "…"]),
    "of-a-table": (
        f"<table><tr><td>甲{refers(1)}</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>{LONG}{note(1, '略')}",
        ["|", "*略", "…"],
    ),
    "that-nobody-refers-to": (f"{LONG}{note(1, '略去不提的一条')}", ["…", "略去不提的一条"]),
    "an-anchor-of-another-kind": (
        f"{LONG}<p>完成图书室选址<a href='#top'>[1]</a>的，优先安排。</p>{LONG}",
        ["…", "完成图书室选址[1]的，优先安排。", "…"],
    ),
}


@pytest.mark.parametrize(("html", "expected"), NOTES.values(), ids=NOTES)
def test_notes_stand_behind_what_refers_to_them(html: str, expected: list[str]) -> None:
    found = []
    for item in draft_html_text(html).items:
        text = "|" if isinstance(item, DraftTable) else ("*" if item.note else "") + words(item)
        found.append(text if len(text) < 20 else "…")
    assert found == expected


# --- rules ---------------------------------------------------------------------------------------------

DATA = tomllib.loads(resources.files("kg").joinpath("data/html.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", [name for name, content in DATA.items() if "regex" in content])
def test_rules_hold_for_text_as_it_is_printed(name: str) -> None:
    assert [text for text in DATA[name]["examples"] if not rule(name).match(text)] == []
    assert [text for text in DATA[name]["near_misses"] if rule(name).match(text)] == []
