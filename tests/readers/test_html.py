"""Saved pages: the article alone, whole, under its title; what the page prints beside it as fields; no page does harm."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.readers.draft import Draft, DraftParagraph
from kg.readers.html import draft_html, draft_html_text
from tests.readers.drafts import cells, words
from tests.readers.html_sites import BODY, CRUMBS, FOOTER, METADATA, NAVIGATION, NEIGHBOURS, SITES, TEXT, TITLE, ps


def paragraphs(draft: Draft) -> list[str]:
    return [words(item) for item in draft.items if isinstance(item, DraftParagraph)]


def fields(draft: Draft) -> dict[str, str]:
    return {entry.name: entry.line.text for entry in draft.fields}


# --- the article -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SITES)
def test_a_site_gives_its_article(name: str) -> None:
    site = SITES[name]
    draft = draft_html_text(site.page)
    assert paragraphs(draft) == list(site.paragraphs)
    assert len(draft.items) - len(site.paragraphs) == site.tables
    found = fields(draft)
    assert {name: found.get(name) for name in site.fields} == site.fields
    places = [item.lines[0].place.paragraph for item in draft.items if isinstance(item, DraftParagraph)]
    assert places == list(range(1, len(places) + 1))


def test_links_inside_prose_stay() -> None:
    links = [f"▶ 典型做法之{n}：<a href='{n}.html'>第{n}个乡镇的村级图书室这样建</a>" for n in range(1, 7)]
    draft = draft_html_text(f"<div>{ps(TITLE, *BODY[:4], *links, *BODY[4:])}</div>{NEIGHBOURS}{FOOTER}")
    plain = [re.sub("<[^>]*>", "", link) for link in links]
    assert paragraphs(draft) == [TITLE, *BODY[:4], *plain, *BODY[4:]]


def test_an_article_in_a_cell_under_its_metadata() -> None:
    rows = "".join(f"<tr><td>{name}：</td><td>{value}</td></tr>" for name, value in METADATA.items())
    rows += f"<tr><td colspan=2>{TITLE}</td></tr><tr><td colspan=2>{ps(*TEXT)}</td></tr>"
    draft = draft_html_text(f"<table>{rows}</table>")
    assert paragraphs(draft) == [TITLE, *TEXT]
    assert fields(draft) == METADATA


# The page, and the title that is to be printed first; empty where the article begins with its own.
TITLES = {
    "heading-above": (f"<h1>{TITLE}</h1><div>{ps(*BODY)}</div>", TITLE),
    "box-named-a-title": (f"<div class='xl_title'>{TITLE}</div><p>来源：县政府</p><div>{ps(*BODY)}</div>", TITLE),
    "a-line-of-a-longer-title": (f"<title>{TITLE}_青溪县</title><h2>{TITLE[:14]}</h2><div>{ps(*BODY)}</div>", TITLE),
    "only-in-the-title-element": (f"<title>{TITLE}-青溪县人民政府</title><div>{ps(*BODY)}</div>", TITLE),
    "unlike-a-title-but-a-heading": (f"<h1>青溪县2031年十件民生实事</h1><div>{ps(*BODY)}</div>", "青溪县2031年十件民生实事"),
    "the-name-of-the-site": (f"<title>青溪县人民政府</title><h1>青溪县人民政府</h1><div>{ps(*BODY)}</div>", ""),
    "the-name-of-the-column": (f"<h1 class=title>法定主动公开内容</h1><div>{ps(*BODY)}</div>", ""),
    "printed-again": (f"<h1>{TITLE}</h1><p>打印</p><div>{ps(TITLE, *BODY)}</div>", ""),
    "printed-over-two-paragraphs": (f"<h1>{TITLE}</h1><p>打印</p><div>{ps(TITLE[:11], TITLE[11:], *BODY)}</div>", ""),
    "printed-with-other-signs": (f"<h1>青溪县《2031年村级图书室建设工作方案》</h1><p>打印</p><div>{ps(TITLE, *BODY)}</div>", ""),
    "named-in-the-text-only": (f"<h1>{TITLE}</h1><p>打印</p><div>{ps(f'现印发《{TITLE}》，请认真实施。', *BODY)}</div>", TITLE),
    "cut-short": (f"<title>青溪县关于印发村级图书室建设工作方案...</title><div>{ps(*BODY)}</div>", ""),
}


@pytest.mark.parametrize("name", TITLES)
def test_the_title_is_printed_once(name: str) -> None:
    page, title = TITLES[name]
    first = draft_html_text(page).items[0]
    assert isinstance(first, DraftParagraph)
    if title:
        assert (words(first), first.align) == (title, "center")
    else:
        assert words(first) in {BODY[0], TITLE, TITLE[:11]}


# --- metadata ----------------------------------------------------------------------------------------

PAIRS = {
    "blanks-and-colon-in-the-name": (
        "<td>索 引 号：</td><td>A1</td><td>文&nbsp;&nbsp;&nbsp;号:</td><td>B2</td>",
        {"索引号": "A1", "文号": "B2"},
    ),
    "name-and-value-in-one-cell": ("<td><b>索引号</b>：A1</td><td>文　　号：B2</td>", {"索引号": "A1", "文号": "B2"}),
    "heads-beside-cells": ("<th>索引号</th><td>A1</td><th>公文时效</th><td>有效</td>", {"索引号": "A1", "公文时效": "有效"}),
    "heading-that-spans-rows": (
        "<td rowspan=2>基本信息</td><td>索引号</td><td colspan=3>A1</td></tr><tr><td>文号</td><td>B2</td><td>名称</td><td>某方案</td>",
        {"索引号": "A1", "文号": "B2", "名称": "某方案"},
    ),
    "value-left-empty": (
        "<td>索引号：</td><td>A1</td><td>主题词：</td><td></td><td>文号：</td><td>&nbsp;</td>",
        {"索引号": "A1"},
    ),
    "value-over-lines": ("<td>索引号</td><td>A1</td><td>内容概述</td><td>甲<br>乙</td>", {"索引号": "A1", "内容概述": "甲 乙"}),
    "name-in-brackets": ("<td>【索引号】A1</td><td>【发文字号】B2</td>", {"索引号": "A1", "发文字号": "B2"}),
    "link-as-a-value": (
        "<td>索引号：</td><td>A1</td><td>主题分类：</td><td><a href=x>文化</a> / 图书</td>",
        {"索引号": "A1", "主题分类": "文化 / 图书"},
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_metadata_becomes_fields(name: str) -> None:
    row, expected = PAIRS[name]
    draft = draft_html_text(f"<table><tr>{row}</tr></table><h1>{TITLE}</h1><div>{ps(*BODY)}</div>")
    assert fields(draft) == expected
    assert paragraphs(draft) == [TITLE, *BODY]


UNNAMED = {
    "before-a-date": "<span>青政办〔2031〕14号</span><span>发布日期：2031-06-06</span>",
    "behind-a-date": "<span>发布日期：2031-06-06</span> <span>青政办〔2031〕14号</span>",
    "before-a-bare-date": "<span>青政办〔2031〕14号</span> | <span>2031-06-06</span> | <span>来源：市政府办公室</span>",
}


@pytest.mark.parametrize("name", UNNAMED)
def test_a_number_without_its_name_among_metadata(name: str) -> None:
    draft = draft_html_text(f"<div><h1>{TITLE}</h1><div>{UNNAMED[name]}</div><div>{ps(*BODY)}</div></div>")
    assert fields(draft)["文号"] == "青政办〔2031〕14号"
    assert paragraphs(draft) == [TITLE, *BODY]


NOT_METADATA = {
    "columns-of-a-data-table": (
        "<table><tr><td>序号</td><td>文件名称</td><td>文号</td><td>发文机关</td><td>成文日期</td></tr>"
        "<tr><td>1</td><td>甲办法</td><td>青政发〔2020〕1号</td><td>县政府</td><td>2020年1月2日</td></tr>"
        "<tr><td>2</td><td>乙办法</td><td>青政发〔2021〕2号</td><td>县政府</td><td>2021年1月2日</td></tr></table>"
    ),
    "a-place-and-a-time": ps("时间：2031年4月23日", "地点：县图书馆", "主办单位：县文化和旅游局"),
    "sentences-that-begin-like-names": ps("发文机关应当在公布之日起十个工作日内，将文件送县档案馆。", "时间：各乡镇自定。"),
}


@pytest.mark.parametrize("name", NOT_METADATA)
def test_text_like_metadata_stays(name: str) -> None:
    draft = draft_html_text(f"<h1>{TITLE}</h1><div>{ps(*BODY)}{NOT_METADATA[name]}{ps(BODY[-1])}</div>")
    assert not draft.fields
    printed = "".join(words(item) if isinstance(item, DraftParagraph) else "".join(cells(item).values()) for item in draft.items)
    assert [piece for piece in re.findall(r"[^<>]{2,}(?=</)", NOT_METADATA[name]) if piece not in printed] == []


# --- encodings ---------------------------------------------------------------------------------------


def page_of(charset: str) -> str:
    declared = f"<meta http-equiv=Content-Type content='text/html; charset={charset}'>" if charset else ""
    return f"<html><head>{declared}<title>x</title></head><body>{ps(TITLE, *BODY)}</body></html>"


ARCHIVE = b"""From: <Saved by a browser>\r
MIME-Version: 1.0\r
Content-Type: multipart/related;\r
\ttype="text/html";\r
\tboundary="XX"\r
\r
--XX\r
Content-Type: image/png\r
\r
0\r
--XX\r
Content-Type: text/html; charset="gb2312"\r
Content-Transfer-Encoding: base64\r
\r
"""
ENCODINGS: dict[str, Callable[[], bytes]] = {
    "utf-8": lambda: page_of("utf-8").encode(),
    "utf-8-undeclared": lambda: page_of("").encode(),
    "utf-8-with-a-mark-and-a-wrong-name": lambda: page_of("gb2312").encode("utf-8-sig"),
    "utf-8-called-gb2312": lambda: page_of("gb2312").encode(),
    "utf-8-with-stray-zeros": lambda: page_of("utf-8").replace("<p>", "\0<p>").encode(),
    "gbk-called-gb2312": lambda: page_of("gb2312").encode("gbk"),
    "gb18030-undeclared": lambda: page_of("").encode("gb18030"),
    "gb18030-called-utf-8": lambda: page_of("utf-8").encode("gb18030"),
    "gb18030-called-latin": lambda: page_of("iso-8859-1").encode("gb18030"),
    "gb18030-of-an-unknown-name": lambda: page_of("x-nothing").encode("gb18030"),
    "gbk-in-an-xml-declaration": lambda: b'<?xml version="1.0" encoding="GBK"?>' + page_of("").encode("gbk"),
    "utf-16-with-a-mark": lambda: page_of("unicode").encode("utf-16"),
    "utf-16-without": lambda: page_of("").encode("utf-16-le"),
    "archive": lambda: ARCHIVE + base64.encodebytes(page_of("gb2312").encode("gbk")) + b"\r\n--XX--\r\n",
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_encodings(name: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(ENCODINGS[name]())
    draft = draft_html(path)
    assert paragraphs(draft) == [TITLE, *BODY]
    assert not draft.issues
    assert draft.media_type == "text/html"


def test_big5_is_read(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes("<meta charset=big5><p>請各鄉鎮於六月底前完成選址。</p>".encode("big5"))
    assert paragraphs(draft_html(path)) == ["請各鄉鎮於六月底前完成選址。"]


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_broken_byte_is_left_out_and_told(charset: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    before, after = (page_of("gb2312") * 2).encode(charset).split(b"</title>", 1)
    path.write_bytes(before + b"\xff" + b"</title>" + after)
    draft = draft_html(path)
    assert paragraphs(draft)[: len(BODY) + 1] == [TITLE, *BODY]
    assert [issue.code for issue in draft.issues] == ["html.encoding"]


# --- pages without an article --------------------------------------------------------------------------

LIST_PAGE = "".join(f"<li><a href='{n}.html'>青溪县关于印发第{n}号方案的通知</a><span>2031-03-0{n}</span></li>" for n in range(1, 9))
NO_ARTICLE: dict[str, tuple[str | bytes, str]] = {
    "empty": (b"", "空"),
    "blank": (b" \r\n\t", "空"),
    "no-text": ("<html><body><div></div></body></html>", "没有正文"),
    "binary": (bytes(range(256)) * 64, "文本|网页"),
    "image": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(255, 0, -1)) * 40, "文本|网页"),
    "noise": (b"\xfd\x80\x81\xff<p>" * 400, "网页|编码"),
    "login": ("<form>用户名：<input><p>密码：<input type=password></p><p>忘记密码？请与管理员联系</p></form>", "登录"),
    "script-shell": ("<div id=app></div><noscript>请开启JavaScript</noscript><script src=a.js></script>", "脚本"),
    "script-shell-that-says-so": ("<p>您的浏览器未启用 JavaScript，请开启JavaScript后访问。</p>", "脚本"),
    "still-loading": ("<div>正在加载中，请稍候...</div>", "脚本"),
    "frame": ("<html><body><iframe src=a.html></iframe></body></html>", "框架"),
    "frames": ("<html><frameset cols='20%,80%'><frame src=a.html></frameset></html>", "框架"),
    "not-found": ("<h1>404</h1><p>您访问的页面不存在或已删除</p>", "没有正文"),
    "menus-only": (NAVIGATION + CRUMBS + NEIGHBOURS + FOOTER, "没有正文"),
    "list-page": (f"{NAVIGATION}{CRUMBS}<ul>{LIST_PAGE}</ul>", "没有正文"),
    "archive-without-a-page": (ARCHIVE.split(b"--XX\r\nContent-Type: text")[0] + b"--XX--\r\n", "存档"),
}


@pytest.mark.parametrize("name", NO_ARTICLE)
def test_what_is_no_article_says_so(name: str, tmp_path: Path) -> None:
    data, reason = NO_ARTICLE[name]
    path = tmp_path / "页面.html"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(ReadError) as caught:
        draft_html(path)
    assert re.search(reason, caught.value.zh), caught.value.zh
    assert caught.value.en
    assert caught.value.file == "页面.html"


# --- pages that would do harm ----------------------------------------------------------------------------

HOSTILE = {
    "boxes": "<div>" * 10_000 + BODY[3] + "</div>" * 10_000,
    "spans": "<span>" * 10_000 + BODY[3],
    "tables": "<table><tr><td>" * 10_000 + BODY[3],
    "lists": "<ul><li>" * 10_000 + BODY[3],
    "formatting-never-closed": "".join(f"<p><font size={n}>完成选址{n}。" for n in range(20_000)) + f"<p>{BODY[3]}",
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + f">{BODY[3]}</p>",
    "comments": "<!--" * 10_000 + "-->" + BODY[3],
    "columns": "<table>" + ("<tr>" + "<td colspan=1000>选址</td>" * 50 + "</tr>") * 20 + f"</table>{BODY[3]}",
    "names-of-fields": "<p>索引号：</p>" * 5_000 + BODY[3],
    "words-of-a-site": f"<p>{'打印|【大中小】' * 5_000}好</p><p>{BODY[3]}</p>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read(name: str) -> None:
    assert paragraphs(draft_html_text(HOSTILE[name]))[-1].endswith(BODY[3])


@given(st.text(alphabet="<>/ap=divtrbol'\"&;! -选址。\n\u3000", max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        draft = draft_html_text(text)
    except ReadError:
        return
    assert all(line.text for item in draft.items if isinstance(item, DraftParagraph) for line in item.lines)
