"""Plain text and Markdown: lines to paragraphs, flattened tables to tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from kg.columns import column_role, named_field
from kg.model import Place, Span
from kg.readers.decode import decode
from kg.readers.draft import Draft, DraftParagraph, DraftTable, Line
from kg.readers.flat import find_tables
from kg.readers.html_words import copied_tail, is_copied_noise, squeezed
from kg.readers.run_together import split_run_together
from kg.rules import pattern
from kg.text import key

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"^\s*(?:[-*_=—]\s*){3,}$")
_DRAWN = re.compile(r"\s*(?:[-_=*~#+—─━═＝－＊…·]\s*){8,}")
_BULLET = re.compile(r"^\s*(?:[-*+]|>)\s+(?=\S)")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:\s*[,，/共]+\s*\d{1,3}\s*页?)?)\s*")
_LONGEST_HEAD = 40
_WIDEST_PAGE = 200
_SURELY_FULL = 0.6  # of the widest line, where indents tell the paragraphs apart
_FEWEST_LINES = 4
_SENTENCE_ENDS = "。！？；：!?;:"
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


def draft_text(path: Path) -> Draft:
    """The draft of a .txt or .md file."""
    text = decode(path.read_bytes(), path.name)
    return draft_plain(text, markdown=path.suffix.lower() in {".md", ".markdown"})


def draft_plain(text: str, *, markdown: bool = False) -> Draft:
    """The draft of text; marks of Markdown are also read in a .txt that uses them for its headings."""
    lines = list(_lines(text))
    lines = list(without_pages(lines[: copied_tail([squeezed(line.text) for line in lines])]))
    markdown = markdown or any(_HEADING.match(line.text) for line in lines)
    items: list[DraftParagraph | DraftTable] = []
    found = list(find_tables(lines))
    full = _full_width([item for item in found if isinstance(item, Line)])
    run_together = False
    for item in found:
        if isinstance(item, DraftTable):
            items.append(item)
        elif _DRAWN.fullmatch(item.text):
            items[-1:] = map(_ended, items[-1:])
        elif item.text.strip() and not (markdown and _RULE.match(item.text)) and not is_copied_noise(squeezed(item.text)):
            *whole, rest = split_run_together(item, after_another=run_together)
            run_together = run_together or len(whole) >= _FEWEST_LINES
            items += [_paragraph(line, markdown=markdown) for line in whole]
            paragraph = _paragraph(rest, markdown=markdown)
            if items and full and isinstance(items[-1], DraftParagraph) and _wrapped(items[-1], item, full):
                items[-1] = replace(items[-1], lines=items[-1].lines + paragraph.lines)
            else:
                items.append(paragraph)
    return Draft(media_type="text/markdown" if markdown else "text/plain", items=tuple(items))


def without_pages(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines without page numbers and without the running head below them; the line behind them is marked."""
    heads = Counter(key(lines[at].text) for at in _below_numbers(lines))
    running = {text for text, count in heads.items() if count > 1 and not column_role(text) and len(text) <= _LONGEST_HEAD}
    running |= _numbers_printed_again(lines, heads)
    below = {
        at for at in _below_numbers(lines) if key(lines[at].text) in running and "\t" not in lines[at].text and "|" not in lines[at].text
    }
    new_page = False
    for at, line in enumerate(lines):
        if _PAGE_NUMBER.fullmatch(line.text) or at in below:
            new_page = True
        elif line.text.strip() and new_page:
            yield replace(line, new_page=True)
            new_page = False
        else:
            yield line


def _numbers_printed_again(lines: Sequence[Line], heads: Collection[str]) -> set[str]:
    """The document's own number where a page has it for its head, the first page too."""
    numbers = {text for text in heads if pattern("citations", "number").fullmatch(text)}
    again = Counter(text for line in lines if numbers and (text := key(line.text)) in numbers)
    return {text for text, count in again.items() if count > 1}


def _below_numbers(lines: Sequence[Line]) -> Iterator[int]:
    """The first line with text below each page number."""
    number = False
    for at, line in enumerate(lines):
        if _PAGE_NUMBER.fullmatch(line.text):
            number = True
        elif number and line.text.strip():
            yield at
            number = False


def _lines(text: str) -> Iterator[Line]:
    start, number = 0, 1
    for found in [*_BREAK.finditer(text), None]:
        end = found.start() if found else len(text)
        yield Line(text=text[start:end], place=Place(line=number), source=Span(start, end))
        start, number = (found.end() if found else end), number + 1


def _paragraph(line: Line, *, markdown: bool) -> DraftParagraph:
    level, text = 0, line.text
    if markdown:
        heading = _HEADING.match(text)
        if heading:
            level, text = len(heading.group(1)), heading.group(2)
        text = _BULLET.sub("", _EMPHASIS.sub(r"\2", text.removesuffix("\\")))
    indent = len(text) - len(text.lstrip(" \u3000"))
    centred = indent >= 8 and len(text.strip()) < 40
    return DraftParagraph(lines=(replace(line, text=text),), align="right" if centred else "", level=level, loose=True)


def _ended(item: DraftParagraph | DraftTable) -> DraftParagraph | DraftTable:
    """The item as one that nothing below the line drawn under it goes on with."""
    return replace(item, loose=False) if isinstance(item, DraftParagraph) else item


def _full_width(lines: Sequence[Line]) -> int:
    """How wide a line must be to run on into the next, 0 where every line is a paragraph."""
    widths = Counter(_display_width(line.text) for line in lines if len(line.text.strip()) >= 15)
    total = sum(widths.values())
    if total < 8 or max(widths) > _WIDEST_PAGE:
        return 0
    width = max(widths)
    if _shows_indents(lines):
        return round(_SURELY_FULL * width)
    near = sum(count for other, count in widths.items() if other >= width - 4)
    return width - 4 if near >= 0.5 * total else 0


def _shows_indents(lines: Sequence[Line]) -> bool:
    """Whether paragraphs begin with an indent: nothing numbered stands at the edge, and most lines that do take up a sentence."""
    opened = runs_on = ends = 0
    for before, line in pairwise(lines):
        if not line.text.strip() or not before.text.strip():
            continue
        if _is_indented(line):
            opened += bool(pattern("outline", "opens_block").match(key(line.text)))
        elif pattern("outline", "opens_block").match(key(line.text)):
            ends += 1
        else:
            runs_on += before.text.rstrip()[-1] not in _SENTENCE_ENDS
            ends += before.text.rstrip()[-1] in _SENTENCE_ENDS
    return min(opened, runs_on) >= _FEWEST_LINES and ends * 4 <= runs_on


def _is_indented(line: Line) -> bool:
    return len(line.text) - len(line.text.lstrip(" \u3000\t")) >= (1 if line.text[:1] == "\u3000" else 2)


def _display_width(text: str) -> int:
    return sum(1 if char.isascii() else 2 for char in text.rstrip())


def _wrapped(before: DraftParagraph, line: Line, full: int) -> bool:
    """A full line runs on into the next, unless that one is indented or opens a block."""
    last = before.lines[-1]
    if line.place.line != (last.place.line or 0) + 1 or _display_width(last.text) < full:
        return False
    if named_field(key(before.lines[0].text)) and named_field(key(line.text)):
        return False
    return not _is_indented(line) and not pattern("outline", "opens_block").match(key(line.text))
