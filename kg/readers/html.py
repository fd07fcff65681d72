"""A saved page of a government site to a draft: the article alone, and what the page prints beside it as fields."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from kg.columns import is_label
from kg.errors import ReadError
from kg.model import Place
from kg.readers.draft import Draft, DraftField, DraftParagraph, DraftTable, Line
from kg.readers.html_article import Scene, find_article
from kg.readers.html_blocks import Block, find_blocks, ranges_of
from kg.readers.html_charset import decode_html
from kg.readers.html_fields import find_fields, meta_fields
from kg.readers.html_page import Element, Page, parse
from kg.readers.html_tables import find_data_tables, to_table
from kg.readers.html_title import find_title

MEDIA_TYPE = "text/html"
_SCRIPT = re.compile(r"(?i)java\s*script|脚本|正在加载|加载中|loading|请稍[候后]")
_FEW, _TIMES = 200, 3  # an article of few characters beside so many times more that are hidden is not the whole of it
_LONGEST_CENTRED = 60


def draft_html(path: Path) -> Draft:
    """The draft of a saved page, .html or .mht."""
    text, issues = decode_html(path.read_bytes(), path.name)
    return replace(draft_html_text(text, path.name), issues=issues)


def draft_html_text(text: str, name: str = "") -> Draft:
    """The draft of a page, or of a piece of one; `name` is the file in messages."""
    page, fields, scene, kept = _read(text, hidden=False)
    if _size(scene, kept) < _FEW and page.hidden > _TIMES * _size(scene, kept):
        shown = _read(text, hidden=True)  # some sites hide the article until a script shows it
        if _size(shown[2], shown[3]) > _TIMES * _size(scene, kept):
            page, fields, scene, kept = shown
    if not kept:
        raise _no_article(page, scene, name)
    items = list(_items(scene, kept, find_title(scene, kept, fields)))
    return Draft(media_type=MEDIA_TYPE, items=tuple(items), fields=tuple(fields))


def _read(text: str, *, hidden: bool) -> tuple[Page, list[DraftField], Scene, list[int]]:
    """The page, its fields, its blocks with what is known of them, and those of the article."""
    page = parse(text, hidden=hidden)
    blocks = find_blocks(page.elements[0])
    ranges = ranges_of(page.elements, blocks)
    fields, used = find_fields(blocks, ranges)
    fields += meta_fields(page.meta, fields)
    tables = find_data_tables(page.elements, blocks, ranges, used)
    scene = Scene(page=page, blocks=blocks, ranges=ranges, tables=tables, used=used)
    return page, fields, scene, find_article(scene)


def _size(scene: Scene, kept: Sequence[int]) -> int:
    return sum(len(scene.blocks[index].plain) for index in kept)


# --- what comes out --------------------------------------------------------------------------------------


def _items(scene: Scene, kept: Sequence[int], title: str) -> Iterator[DraftParagraph | DraftTable]:
    """Paragraphs, counted from 1, and tables in the order of the page, under the title where the article lacks it."""
    number = 0
    if title:
        number += 1
        yield DraftParagraph(lines=(Line(text=title, place=Place(paragraph=number)),), align="center")
    table_of = {index: table for table in scene.tables for index in scene.ranges[table]}
    drawn: list[Element] = []
    notes = _notes(scene, kept)
    placed = frozenset(notes)
    term: Block | None = None
    for index in kept:
        table, block = table_of.get(index), scene.blocks[index]
        if block.owner.tag == "dt" and is_label(block.plain):
            term = block
            continue
        block, term = _described(term, block), None
        told: Sequence[Block] = ()
        if block.note in placed:
            continue
        if table is None or not _is_in_cell(block, table):
            number += 1
            yield _paragraph(block, number, centred=table is not None)
            told = [block]
        elif table not in drawn[-1:]:
            drawn.append(table)
            yield to_table(table, scene.blocks, scene.ranges, len(drawn))
            told = [scene.blocks[inside] for inside in scene.ranges[table]]
        for name in [name for one in told for name in one.refers if name in notes]:
            number += 1
            yield replace(_paragraph(notes.pop(name), number, centred=False), align="", note=True)


def _described(term: Block | None, block: Block) -> Block:
    """The block with the name that a list of terms prints over it: 牵头单位 over 区水利局."""
    return replace(block, lines=(*term.lines, *block.lines)) if term is not None else block


def _notes(scene: Scene, kept: Sequence[int]) -> dict[str, Block]:
    """The notes that the article refers to, by name."""
    named = {block.note: block for block in scene.blocks if block.note}
    return {name: named[name] for index in kept for name in scene.blocks[index].refers if name in named}


def _is_in_cell(block: Block, table: Element) -> bool:
    """Whether the block stands in a cell of the table; a caption does not."""
    inside = takewhile(lambda element: element is not table, block.owner.ancestors())
    return any(element.tag in ("td", "th") for element in inside)


def _paragraph(block: Block, number: int, *, centred: bool) -> DraftParagraph:
    """The block as it is printed; prose is never centred, whatever box the page puts it in."""
    align = "center" if centred else block.align
    if align == "center" and len(block.plain) > _LONGEST_CENTRED and "。" in block.plain:
        align = ""
    place = Place(paragraph=number)
    return DraftParagraph(lines=tuple(Line(text=line, place=place) for line in block.lines), align=align, level=block.level)


# --- what cannot be read -----------------------------------------------------------------------------------


def _no_article(page: Page, scene: Scene, name: str) -> ReadError:
    """Why there is no article, as far as the page shows it, and what to do."""
    words = "".join(block.plain for block in scene.blocks)
    if page.password:
        zh = "这是登录页，没有正文。请登录后打开文件页面再保存。"
        en = "this is a login page without an article; log in, open the document and save that"
    elif _SCRIPT.search(words) or ("script" in page.tags and not words):
        zh = "网页的正文由脚本载入，文件里没有。请等浏览器显示正文后，另存为“网页，全部”，或打印成 PDF 再读。"
        en = "a script loads the article, it is not in the file; save the complete page once it shows, or print it to PDF"
    elif page.tags & {"iframe", "frameset"}:
        zh = "网页的正文在框架里，保存的文件里没有。请在框架内点右键，单独打开该框架后再保存。"
        en = "the article is in a frame and not in the file; open that frame by itself and save it"
    else:
        zh = "网页里没有正文，只有栏目、链接或空白。请打开具体文件的页面再保存。"
        en = "the page has no article, only menus, links or nothing; open the document's own page and save that"
    return ReadError(zh, en, file=name)
