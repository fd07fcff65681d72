"""Printed lines to paragraphs, by where they stand between the edges of the text.

A line that leaves room for what the next one begins with ends its paragraph; so does a line before an indented one.
Titles stand in the middle, signatures at the right. A paragraph goes on over a page when nothing says that it ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kg.model import Align, Place
from kg.readers.draft import DraftParagraph, Line
from kg.readers.pdf_lines import PrintedLine
from kg.readers.pdf_margins import PrintedPage, Side

_INDENT = 0.8  # ems from the left edge at which a line counts as indented
_SAME_INDENT = 0.35  # ems between two indents that are one
_MARGIN = 0.15  # share of the page's width
_FEW = 5  # a page with fewer long lines does not show its own edges

_TERMINAL = "。！？：；…!?:;"
_CLOSING = "）)】〕"
_STOPS = tuple(_TERMINAL + _CLOSING)
_ALONE = re.compile(
    r"[（(〔【].*[)）〕】]|[〇○零一二三四五六七八九十\d]{4}\s*年.{1,12}日|.{0,20}[〔\[（(]\s*\d{4}\s*[)）\]〕]\s*(?:第\s*)?\d+\s*号|"
    r"附\s*件.{0,3}|第\s*[一二三四五六七八九十\d]{1,4}\s*[章节编].*|目\s*录"
)
_MARKER = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[)）.．、](?!\d)|[①-⑳•●·◆■○◇□▪➢✓]")
_LEADERS = re.compile(r".*(?:…{2,}|\.{4,}|·{4,}|．{4,}|。{4,})\s*\d+")


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A printed line, its page and its number there, and its strip: a page, or a column of one."""

    page: int
    strip: int
    number: int
    line: PrintedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class TextColumn:
    """The edges between which the text of a page runs; `leading`: the usual distance of two lines of a paragraph."""

    left: float
    right: float
    leading: float

    def indent(self, line: PrintedLine) -> float:
        """The room at the left, in ems."""
        return (line.x0 - self.left) / line.size

    def room(self, line: PrintedLine) -> float:
        """The room at the right, in ems."""
        return (self.right - line.x1) / line.size


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the pages of a document are set. `indent`: that of a paragraph's first line, in ems, 0 where there is none."""

    columns: dict[int, TextColumn]
    size: float
    indent: float

    def align(self, placed: PlacedLine) -> Align:
        """Where a line stands that is no prose."""
        column, line = self.columns[placed.strip], placed.line
        left, right = column.indent(line), column.room(line)
        if left > 6 and right < left / 2 and left - right > 2.2:
            return "right"
        # A line of prose may leave as much room at its end as its indent takes: only a wide margin tells it from a title.
        needed = 1 if line.size > 1.15 * self.size else 4
        is_even = abs(left - right) <= (2.2 if left > 4 else 1.2)
        return "center" if is_even and min(left, right) >= needed else ""

    def is_wide_title(self, placed: PlacedLine) -> bool:
        """Whether a line in large letters fills its page from edge to edge."""
        column, line = self.columns[placed.strip], placed.line
        return line.size > 1.15 * self.size and abs(column.indent(line) - column.room(line)) <= 1.5

    def is_next_in_title(self, before: PlacedLine, placed: PlacedLine) -> bool:
        """Whether a line stands under another as closely as the lines of one title do."""
        if before.strip != placed.strip or not _same_size(before.line, placed.line):
            return False
        usual = 1.25 * self.columns[placed.strip].leading / self.size
        return placed.line.base - before.line.base <= max(2.1, usual) * placed.line.size


def read_layout(pages: Sequence[PrintedPage]) -> Layout:
    """The layout that the lines of the pages show."""
    lines = [line for page in pages for line in page.lines]
    sizes = [line.size for line in lines for _ in line.text]
    columns = {page.strip: column for page, column in _page_columns(pages)}
    return Layout(columns=columns, size=median(sizes) if sizes else 12.0, indent=_usual_indent(pages, columns))


# --- the edges of the text -----------------------------------------------------------------------------


def _page_columns(pages: Sequence[PrintedPage]) -> Iterator[tuple[PrintedPage, TextColumn]]:
    """The column of each page by its own lines; where they are few, by those of all pages of its size."""
    alike: dict[tuple[int, Side], list[PrintedPage]] = {}
    for page in pages:
        alike.setdefault((round(page.width), page.side), []).append(page)
    common = {key: _column(group) for key, group in alike.items()}
    for page in pages:
        own = len(_long(page.lines, page)) >= _FEW
        yield page, _column([page]) if own else common[round(page.width), page.side]


def _column(pages: Sequence[PrintedPage]) -> TextColumn:
    """The column that the pages, which are of one size, have in common."""
    width, lines = pages[0].width, [line for page in pages for line in page.lines]
    long = _long(lines, pages[0])
    if not long:
        # Nothing but titles: the text would reach as far as the tables do, or leave the usual margins.
        edges = [(line.x0, line.x1) for line in lines]
        edges += [(part.xs[0], part.xs[-1]) for page in pages for part in page.parts]
        margin = min([_MARGIN * width, *(min(left, width - right) for left, right in edges)])
        return TextColumn(left=margin, right=width - margin, leading=_leading(lines, width - margin))
    right = -_outermost([-line.x1 for line in long], 1.2 * median(line.size for line in long))
    left = _outermost([line.x0 for line in lines], 0.5 * median(line.size for line in lines))
    return TextColumn(left=left, right=right, leading=_leading(lines, right))


def _long(lines: Sequence[PrintedLine], page: PrintedPage) -> list[PrintedLine]:
    """The lines that reach over most of the text; none where all are short against the page."""
    widest = max((line.x1 - line.x0 for line in lines), default=0.0)
    least = (0.4 if page.side == "whole" else 0.2) * page.width
    return [line for line in lines if line.x1 - line.x0 >= max(0.6 * widest, least)]


def _outermost(positions: Sequence[float], within: float) -> float:
    """The smallest position that a fair number of lines share."""
    ordered = sorted(positions)
    needed = max(2, round(0.15 * len(ordered)))
    for index, position in enumerate(ordered):
        if bisect_right(ordered, position + within) - index >= needed:
            return position
    return ordered[0]


def _leading(lines: Sequence[PrintedLine], right: float) -> float:
    """The usual distance from a line that is full to the next."""
    gaps = [
        after.base - before.base
        for before, after in pairwise(lines)
        if right - before.x1 < 2 * before.size and abs(before.size - after.size) < 0.1 * before.size
    ]
    gaps = [gap for gap in gaps if gap > 0]
    return median(gaps) if gaps else 1.8 * median([line.size for line in lines] or [0.0])


def _usual_indent(pages: Sequence[PrintedPage], columns: dict[int, TextColumn]) -> float:
    """The indent of lines that certainly begin a paragraph: those after a line that leaves much room."""
    starts = [
        columns[page.strip].indent(after)
        for page in pages
        for before, after in pairwise(page.lines)
        if columns[page.strip].room(before) > 3 and columns[page.strip].room(after) < 6
    ]
    indented = [indent for indent in starts if _INDENT < indent < 6]
    return median(indented) if len(indented) >= max(2, 0.3 * len(starts)) else 0.0


# --- lines to paragraphs -------------------------------------------------------------------------------


def to_paragraphs(lines: Sequence[PlacedLine], layout: Layout) -> Iterator[DraftParagraph]:
    """The paragraphs that the lines, between which no table stands, make."""
    aligns = _aligns(lines, layout)
    held: list[PlacedLine] = []
    align: Align = ""
    for placed, own in zip(lines, aligns, strict=True):
        if held and own == align and _continues(held, placed, own, layout):
            held.append(placed)
            continue
        if held:
            yield _draft(held, align, loose=_may_go_on(held[-1], align, placed, own, layout))
        held, align = [placed], own
    if held:
        yield _draft(held, align, loose=False)


def _draft(held: Sequence[PlacedLine], align: Align, *, loose: bool) -> DraftParagraph:
    lines = tuple(Line(text=p.line.text, place=Place(page=p.page, line=p.number)) for p in held)
    return DraftParagraph(lines=lines, align=align, loose=loose)


def _aligns(lines: Sequence[PlacedLine], layout: Layout) -> list[Align]:
    """Where each line stands. A title's line that fills the page stands as the next one does, in the middle if last."""
    aligns = [layout.align(placed) for placed in lines]
    for index in range(len(lines) - 1, -1, -1):
        if aligns[index] == "" and layout.is_wide_title(lines[index]):
            last = index + 1 == len(lines) or not layout.is_next_in_title(lines[index], lines[index + 1])
            aligns[index] = "center" if last else aligns[index + 1]
    return aligns


def _same_size(a: PrintedLine, b: PrintedLine) -> bool:
    return abs(a.size - b.size) <= 0.15 * max(a.size, b.size)


def _continues(held: Sequence[PlacedLine], placed: PlacedLine, align: Align, layout: Layout) -> bool:
    """Whether `placed` is one more line of the paragraph."""
    before = held[-1]
    if align == "right" or not _same_size(before.line, placed.line):
        return False
    if align == "center":
        alone = any(_ALONE.fullmatch(line.text.strip()) for line in (before.line, placed.line))
        return not alone and layout.is_next_in_title(before, placed)
    return not _ends(before, placed, layout) and _is_inside(held, placed, layout)


def _is_inside(held: Sequence[PlacedLine], placed: PlacedLine, layout: Layout) -> bool:
    """Whether a line begins where the lines inside a paragraph do, at the left edge or a hanging indent, and as no item."""
    last = held[-1].line.text[-1]
    if _MARKER.match(placed.line.text) and last in _TERMINAL + _CLOSING:
        return False
    first, before = (layout.columns[p.strip].indent(p.line) for p in (held[0], held[-1]))
    indent = layout.columns[placed.strip].indent(placed.line)
    if _MARKER.match(placed.line.text) and indent > _INDENT and abs(indent - layout.indent) <= _SAME_INDENT:
        return False
    hangs = len(held) > 1 and before - first > 0.5
    if indent > _INDENT and abs(indent - before) < 0.3:
        return hangs or last not in _TERMINAL
    if indent > _INDENT:
        # The second line of an item hangs under its text, unless paragraphs begin at this very indent.
        item = len(held) == 1 and indent - first > 0.5 and _MARKER.match(held[0].line.text)
        return bool(item) and abs(indent - layout.indent) > _SAME_INDENT
    if held[-1].strip != placed.strip and not layout.indent and last in _TERMINAL:
        return False
    return not hangs


def _ends(before: PlacedLine, placed: PlacedLine, layout: Layout) -> bool:
    """Whether a line ends its paragraph: there is room left on it, or more than the usual distance below it."""
    column = layout.columns[before.strip]
    if column.room(before.line) * before.line.size >= placed.line.lead + _slack(before, placed, layout) * before.line.size:
        return True
    if _LEADERS.fullmatch(before.line.text):
        return True
    if before.strip != placed.strip:
        return False
    # Where paragraphs are not indented, a little more room between two lines is all that tells them apart.
    usual = max(column.leading, 1.1 * before.line.size)
    return placed.line.base - before.line.base > (1.3 if layout.indent else 1.12) * usual


def _slack(before: PlacedLine, placed: PlacedLine, layout: Layout) -> float:
    """How much room more than it needs, in ems, still does not end a paragraph: a ragged edge, where an indent would show a new one."""
    ragged = layout.indent and layout.columns[placed.strip].indent(placed.line) <= _INDENT and not before.line.text.endswith(_STOPS)
    return 2.0 if ragged else 0.5


def _may_go_on(before: PlacedLine, align: Align, placed: PlacedLine, own: Align, layout: Layout) -> bool:
    """Whether nothing but an indent, or the end of a page, parts a line from the next."""
    if align or own or not _same_size(before.line, placed.line):
        return False
    if not _ends(before, placed, layout):
        return before.strip != placed.strip or before.line.text[-1] not in _TERMINAL + _CLOSING
    return before.strip != placed.strip and layout.columns[placed.strip].indent(placed.line) <= _INDENT
