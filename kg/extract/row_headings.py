"""Rows of a table that are headings over the rows below them, and what the rows above leave for those below."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from kg.extract.grid import Grid, Row, distinct
from kg.extract.outline import find_mark, tidy
from kg.extract.row_columns import Columns
from kg.extract.units import UnitList
from kg.model import Cell, Deadline, Section, Span
from kg.rules import pattern
from kg.text import key

_HAN_NUMBER = re.compile("[（]?[一二三四五六七八九十]{1,3}[）、.]?")


@dataclass
class Held:
    """What the rows above leave for the empty cells below them."""

    groups: dict[int, Section] = field(default_factory=dict)
    cells: dict[int, Cell] = field(default_factory=dict)
    headings: list[Section] = field(default_factory=list)
    outer: set[str] = field(default_factory=set)  # the outermost groups so far
    units: dict[Span, UnitList] = field(default_factory=dict)  # what merged cells say, read once
    deadlines: dict[Span, tuple[Deadline, ...]] = field(default_factory=dict)


def row_heading(grid: Grid, row: Row, columns: Columns) -> Section | None:
    """A row with one cell over the whole width, or with nothing but one numbered title in it."""
    cells = [cell for cell in distinct(row) if key(grid.document.quote(cell.span))]
    if len(cells) == 2 and cells[0].column == columns.number and cells[1].column <= columns.requirement:
        return _numbered_heading(grid, cells[0], cells[1])
    if len(cells) != 1 or cells[0].row_span > 1:
        return None
    text = key(grid.document.quote(cells[0].span))
    wide = cells[0].column_span >= max(grid.table.columns - 1, 2)
    mark = find_mark(text)
    alone = (
        cells[0].column <= columns.requirement
        and mark is not None
        and mark.form in {"chapter", "han_comma", "han_bracket"}
        and len(text) <= 50
    )
    if not (wide or (alone and not grid.table.merges)) or len(text) > 80 or pattern("columns", "looks_number").fullmatch(text):
        return None
    if re.match("注：|备注：|说明：|填表", text):
        return None
    return Section(heading=tidy(grid.document.quote(cells[0].span)), level=1, span=cells[0].span, number=mark.printed if mark else "")


def _numbered_heading(grid: Grid, number: Cell, title: Cell) -> Section | None:
    """A heading with its number, 一 or （一）, in the column of numbers, and nobody and no time beside it."""
    printed, text = (key(grid.document.quote(cell.span)) for cell in (number, title))
    if not _HAN_NUMBER.fullmatch(printed) or len(text) > 50 or "。" in text or number.row_span > 1:
        return None
    return Section(heading=tidy(grid.document.quote(title.span)), level=1, span=title.span, number=printed)


def is_sum(grid: Grid, row: Row) -> bool:
    """A row that only adds up."""
    first = next((text for cell in distinct(row) if (text := key(grid.document.quote(cell.span)))), "")
    return first in {"合计", "总计", "小计", "共计"}


def is_note(grid: Grid, row: Row) -> bool:
    """A row with one cell that explains the table."""
    cells = distinct(row)
    return len(cells) == 1 and bool(pattern("outline", "note").match(key(grid.document.quote(cells[0].span))))


def push_heading(held: Held, heading: Section) -> None:
    """A heading ends the headings of its own form and those below it."""
    form = _form(heading)
    forms = [_form(other) for other in held.headings]
    at = forms.index(form) if form in forms else len(forms) if form != "chapter" else 0
    held.headings[at:] = [replace(heading, level=at + 1)]
    held.groups.clear()
    held.cells.clear()


def until(path: tuple[Section, ...], heading: Section) -> tuple[Section, ...]:
    """The headings over a table without those that its first own one ends, as the next of their kind: 二、 in it behind 一、 above it."""
    mark = find_mark(key(heading.heading))
    for at, section in enumerate(path):
        before = find_mark(key(section.heading))
        if mark and before and mark.value and before.value and mark.form == before.form and mark.value == before.value + 1:
            return path[:at]
    return path


def _form(section: Section) -> str:
    mark = find_mark(key(section.heading)) or find_mark(f"{section.number}、…")
    return mark.form if mark else "plain"
