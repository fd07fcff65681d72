"""Tables that are data and not layout, and the grid of their merged cells as browsers lay it out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Place
from kg.readers.draft import DraftCell, DraftTable, Line
from kg.readers.html_blocks import Block
from kg.readers.html_page import Element

_INTEGER = re.compile(r"\s*\+?(\d{1,6})")
_WIDEST, _FARTHEST = 1000, 10_000  # the standard's limit of a colspan; a limit of ours for a row made of them


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placed:
    """A cell in the grid, counted from 0."""

    element: Element
    row: int
    column: int
    row_span: int
    column_span: int


def find_data_tables(elements: Sequence[Element], blocks: Sequence[Block], ranges: Mapping[Element, range], used: set[int]) -> set[Element]:
    """The outermost tables of data; one that only places parts of the page, or the `used` blocks, is none."""
    tables = [element for element in elements if element.tag == "table" and element in ranges]
    judge = _Judge(blocks, ranges, used, {inner for table in tables for inner in _tables_over(table)})
    data: set[Element] = set()
    for table in tables:  # in the order of the page, so an outer one comes before those inside it
        if data.isdisjoint(table.ancestors()) and judge.is_data(table):
            data.add(table)
    return data


def _tables_over(table: Element) -> Iterator[Element]:
    return (element for element in table.ancestors() if element.tag == "table" and element is not table)


@dataclass(frozen=True, slots=True)
class _Judge:
    """Tells data from layout; `outer` are the tables with tables inside."""

    blocks: Sequence[Block]
    ranges: Mapping[Element, range]
    used: set[int]
    outer: set[Element]

    def is_data(self, table: Element) -> bool:
        rows = [[cell for cell in row if self._is_filled(cell)] for section in sections_of(table) for row in section]
        full = [row for row in rows if row]
        paired = sum(1 for row in full if len(row) > 1)
        if paired < 2 or table.attributes.get("role") == "presentation" or self._is_linked(table):
            return False
        if table in self.outer and (paired < 3 or self._nested(table) * 2 > self._size(table)):
            return False
        largest = max((cell for row in full for cell in row), key=self._size)
        is_column = len(self.ranges[largest]) >= 8 and self._size(largest) * 5 > self._size(table) * 3
        return not (is_column and (paired <= 3 or [largest] in full))

    def _is_filled(self, cell: Element) -> bool:
        return any(index not in self.used for index in self.ranges.get(cell, ()))

    def _size(self, element: Element) -> int:
        return sum(len(self.blocks[index].plain) for index in self.ranges[element])

    def _nested(self, table: Element) -> int:
        """Characters in tables inside the table."""
        return sum(len(self.blocks[i].plain) for i in self.ranges[table] if self._table_of(self.blocks[i]) is not table)

    def _table_of(self, block: Block) -> Element | None:
        return next((element for element in block.owner.ancestors() if element.tag == "table"), None)

    def _is_linked(self, table: Element) -> bool:
        linked = sum(self.blocks[index].linked for index in self.ranges[table])
        return linked * 5 > self._size(table) * 3


# --- the grid --------------------------------------------------------------------------------------------


def to_table(table: Element, blocks: Sequence[Block], ranges: Mapping[Element, range], number: int) -> DraftTable:
    """The table with the lines of its cells; `number` counts the tables of the article."""
    placed = list(_place(sections_of(table)))
    rows, columns = sorted({cell.row for cell in placed}), sorted({cell.column for cell in placed})
    cells = []
    for cell in placed:
        row, column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        place = Place(table=number, row=row + 1, column=column + 1)
        inside = ranges.get(cell.element, range(0))
        lines = tuple(Line(text=line, place=place) for index in inside for line in blocks[index].lines)
        cells.append(
            DraftCell(
                row=row,
                column=column,
                row_span=bisect_left(rows, cell.row + cell.row_span) - row,
                column_span=bisect_left(columns, cell.column + cell.column_span) - column,
                lines=lines,
            )
        )
    return DraftTable(rows=len(rows), columns=len(columns), cells=tuple(cells), merges=True)


def sections_of(table: Element) -> list[list[list[Element]]]:
    """The cells of each row of each section, in the order in which they are shown: head, bodies, foot."""
    sections: dict[str, list[list[list[Element]]]] = {"thead": [], "tbody": [], "tfoot": []}
    for child in _children(table, "thead", "tbody", "tfoot"):
        sections[child.tag].append([_children(row, "td", "th") for row in _children(child, "tr")])
    return [*sections["thead"], *sections["tbody"], *sections["tfoot"]]


def _children(element: Element, *tags: str) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element) and child.tag in tags]


def _place(sections: list[list[list[Element]]]) -> Iterator[_Placed]:
    """Every cell where a browser puts it: in the first free column of its row. No span leaves its section, and
    where two overlap the later one is cut, so that every place of the grid belongs to one cell."""
    first = 0
    for section in sections:
        end = first + len(section)
        taken: list[int] = []  # for each column the row from which it is free again
        for row, cells in enumerate(section, start=first):
            column = 0
            for cell in cells:
                while column < len(taken) and taken[column] > row:
                    column += 1
                row_span = _span(cell, "rowspan", end - row)
                wanted = min(_span(cell, "colspan", 1), _WIDEST) if column < _FARTHEST else 1
                column_span = next((n for n in range(1, wanted) if column + n < len(taken) and taken[column + n] > row), wanted)
                taken += [0] * (column + column_span - len(taken))
                taken[column : column + column_span] = [row + row_span] * column_span
                yield _Placed(element=cell, row=row, column=column, row_span=row_span, column_span=column_span)
                column += column_span
        first = end


def _span(cell: Element, name: str, whole: int) -> int:
    """What a cell says that it spans: 0 rows are all rows left of its section, and no more are there."""
    found = _INTEGER.match(cell.attributes.get(name, ""))
    value = int(found.group(1)) if found else 1
    if name == "colspan":
        return max(value, 1)
    return min(value or whole, whole)
