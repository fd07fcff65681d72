"""A sheet of cells, from a workbook or a text with separators, as paragraphs and a table.

What stands above the header (title, unit, date) and below the last row (notes, signatures) is text; what lies between
is one table. Rows and columns in which no cell begins are dropped: where a sheet has them they are empty, hidden, or
lie under merges.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.columns import is_header
from kg.errors import ReadError
from kg.model import Align
from kg.readers.draft import DraftCell, DraftParagraph, DraftTable, Line

MOST_CELLS = 1_000_000  # with text, in one sheet
_NOTE = re.compile(r"\s*[（(]?(?:注|说明|备注|附注|填表说明|填报说明)\s*(?:[：:、.．\d一二三四五]|$)")
_SIGNATURE = re.compile(
    r"\s*(?:填表|填报|制表|审核|复核|联系|经办|单位负责|主要负责|负责)(?:人|单位|部门|日期|时间|电话)?[^：:]{0,8}[：:]|\s*(?:联系)?电话[：:]"
)
_NO_TITLE = re.compile(r"\s*附(?:件|表|录)|.*[：:]")
_DEEPEST_HEADER = 8  # rows above the header; further down, what looks like one belongs to another table


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """Merged cells, from corner to corner, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The cells that have text, by (row, column) counted from 0. `says_merges`: the format tells which are merged."""

    cells: Mapping[tuple[int, int], tuple[Line, ...]]
    merges: Sequence[Range] = ()
    says_merges: bool = False
    hidden_rows: frozenset[int] = field(default_factory=frozenset)
    hidden_columns: frozenset[int] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class _Slot:
    """A cell with text and what it covers."""

    range: Range
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


_Rows = Sequence[Sequence[_Slot]]


def to_items(sheet: Sheet) -> list[DraftParagraph | DraftTable]:
    """The sheet's paragraphs and its table, from top to bottom."""
    rows = _rows(sheet)
    columns = sorted({slot.range.left for row in rows if len(row) > 1 for slot in row})
    if not columns:
        return [_paragraph([slot]) for row in rows for slot in row]
    start = _table_start(rows)
    end = _table_end(rows, start, columns)
    return [
        *(_paragraph(group, columns) for row in rows[:start] for group in _groups(row)),
        _table(rows[start:end], merges=sheet.says_merges),
        *(_paragraph(group) for row in rows[end:] for group in _groups(row)),
    ]


def check_size(cells: int, *, name: str) -> None:
    """An error where a sheet has more cells than any plan: it is a data set."""
    if cells > MOST_CELLS:
        raise ReadError(
            f"工作表里有字的单元格超过 {MOST_CELLS} 个，超出上限。请删去无关的内容，或拆分后再读。",
            f"a sheet has more than {MOST_CELLS} cells with text; remove what does not belong there, or split it",
            file=name,
        )


# --- cells to rows -----------------------------------------------------------------------------------


def _rows(sheet: Sheet) -> list[list[_Slot]]:
    """The visible cells with text, row by row."""
    merged = {(merge.top, merge.left): merge for merge in sheet.merges}
    covered = _covered(sheet)
    hides = bool(sheet.hidden_rows or sheet.hidden_columns)
    rows: dict[int, list[_Slot]] = {}
    for at, lines in sheet.cells.items():
        if at in covered:
            continue
        area: Range | None = merged.get(at) or Range(*at, *at)
        if hides and area is not None:
            area = _visible(area, sheet)
        if area is not None:
            rows.setdefault(area.top, []).append(_Slot(area, lines))
    return [sorted(rows[row], key=lambda slot: slot.range.left) for row in sorted(rows)]


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """The cells with text that lie under a merge, where no program shows them."""
    if not sheet.merges:
        return set()
    by_row: dict[int, list[int]] = {}
    for row, column in sheet.cells:
        by_row.setdefault(row, []).append(column)
    rows = sorted(by_row)
    return {
        (row, column)
        for merge in sheet.merges
        for row in rows[bisect_left(rows, merge.top) : bisect_left(rows, merge.bottom + 1)]
        for column in by_row[row]
        if merge.left <= column <= merge.right and (row, column) != (merge.top, merge.left)
    }


def _visible(area: Range, sheet: Sheet) -> Range | None:
    """The area from its first row and column that are not hidden; None where all of it is."""
    top, left = area.top, area.left
    while top in sheet.hidden_rows:
        top += 1
    while left in sheet.hidden_columns:
        left += 1
    return Range(top, left, area.bottom, area.right) if top <= area.bottom and left <= area.right else None


# --- where the table is --------------------------------------------------------------------------------


def _table_start(rows: _Rows) -> int:
    """The row of the header: the first whose cells are names of columns, else the first that is half as full as any."""
    for at, row in enumerate(rows[:_DEEPEST_HEADER]):
        if is_header([slot.text for slot in row]):
            return at
    most = max(len(row) for row in rows)
    return next(at for at, row in enumerate(rows) if len(row) >= max(2, most / 2))


def _table_end(rows: _Rows, start: int, columns: Sequence[int]) -> int:
    """The row behind the last of the table: where notes and signatures begin."""
    end = len(rows)
    while end > start + 1 and (len(rows[end - 1]) == 1 or _is_signature(rows[end - 1])):
        end -= 1
    for at in range(end, len(rows)):
        if _is_signature(rows[at]) or _NOTE.match(rows[at][0].text) or _is_full(rows[at][0], columns):
            return at
    return len(rows)


def _is_signature(row: Sequence[_Slot]) -> bool:
    return bool(_SIGNATURE.match(row[0].text)) and all(len(slot.text) <= 40 for slot in row)


def _is_full(slot: _Slot, columns: Sequence[int]) -> bool:
    """Whether one merged cell takes the whole width of the table."""
    return len(columns) > 1 and slot.range.left <= columns[0] and slot.range.right >= columns[-1]


# --- items -------------------------------------------------------------------------------------------


def _groups(row: Sequence[_Slot]) -> Iterable[Sequence[_Slot]]:
    """The cells of a row of text, a label that ends in a colon together with what it names."""
    group: list[_Slot] = []
    for slot in row:
        group.append(slot)
        if not slot.text.rstrip().endswith(("：", ":")):
            yield group
            group = []
    if group:
        yield group


def _paragraph(slots: Sequence[_Slot], columns: Sequence[int] = ()) -> DraftParagraph:
    """A paragraph; one merged over half of the columns of the table below it, or more, is its title or a part of it."""
    area = slots[0].range
    width = bisect_left(columns, area.right + 1) - bisect_left(columns, area.left)
    title = width > 1 and 2 * width >= len(columns) and not _NO_TITLE.match(slots[0].text)
    align: Align = "center" if title else ""
    return DraftParagraph(lines=tuple(line for slot in slots for line in slot.lines), align=align)


def _table(rows: _Rows, *, merges: bool) -> DraftTable:
    tops = [row[0].range.top for row in rows]
    lefts = sorted({slot.range.left for row in rows for slot in row})
    cells = []
    for at, row in enumerate(rows):
        for slot in row:
            column = bisect_left(lefts, slot.range.left)
            row_span = bisect_left(tops, slot.range.bottom + 1) - at
            column_span = bisect_left(lefts, slot.range.right + 1) - column
            cells.append(DraftCell(row=at, column=column, row_span=row_span, column_span=column_span, lines=slot.lines))
    return DraftTable(rows=len(rows), columns=len(lefts), cells=tuple(cells), merges=merges)
