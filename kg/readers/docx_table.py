"""The cells of a Word table on one grid, with what is merged across and down.

A row lists its cells with the number of grid columns that each takes; a cell merged downwards is listed again in every
row as a continuation. Grid columns that no cell starts in are dropped, and so are slivers: columns narrower than a
character, which only come about where the edges of two rows were drawn by hand and miss each other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from kg.readers.docx_names import W, child, is_on, number, to_number, unwrapped, value

_ROWS = frozenset({W + "tr"})
_CELLS = frozenset({W + "tc"})
_SLIVER = 200  # twentieths of a point; a character of the smallest usual size has 210


@dataclass(slots=True, kw_only=True)
class GridCell:
    """A cell that takes the columns [start, end). `covered`: it lies under a merge and shows nothing."""

    element: etree._Element
    row: int
    start: int
    end: int
    row_span: int = 1
    down: str = ""  # restart or continue
    covered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table's cells in the order of the file."""

    rows: int
    columns: int
    cells: Sequence[GridCell]

    @property
    def is_layout(self) -> bool:
        """Whether this is a frame rather than a table: a single cell, or single cells one below the other around a table."""
        if self.columns != 1 or any(cell.covered for cell in self.cells):
            return False
        return self.rows == 1 or any(next(cell.element.iter(W + "tbl"), None) is not None for cell in self.cells)


def read_grid(table: etree._Element) -> Grid:
    """The grid of a `w:tbl`; rows that are hidden or were deleted are left out."""
    rows = [row for row in unwrapped(table, _ROWS) if not _is_gone(row)]
    cells = [cell for at, row in enumerate(rows) for cell in _row_cells(row, at)]
    _drop_slivers(cells, table)
    starts = sorted({cell.start for cell in cells if not cell.covered})
    for cell in cells:
        cell.start, cell.end = bisect_left(starts, cell.start), bisect_left(starts, cell.end)
    _merge_down(cells, len(rows))
    return Grid(rows=len(rows), columns=len(starts), cells=cells)


def _is_gone(row: etree._Element) -> bool:
    properties = child(row, W + "trPr")
    return properties is not None and (child(properties, W + "del") is not None or is_on(child(properties, W + "hidden")))


def _row_cells(row: etree._Element, at: int) -> list[GridCell]:
    cells: list[GridCell] = []
    before = child(row, W + "trPr")
    column = 0 if before is None else number(child(before, W + "gridBefore")) or 0
    for element in unwrapped(row, _CELLS):
        about = {one.tag: one for one in next(element.iterchildren(W + "tcPr"), ())}
        if W + "cellDel" in about:
            continue
        end = column + max(number(about.get(W + "gridSpan")) or 1, 1)
        cell = GridCell(element=element, row=at, start=column, end=end, down=_down(about))
        if W + "hMerge" in about and value(about[W + "hMerge"]) != "restart" and cells:
            cell.covered = True
            next(other for other in reversed(cells) if not other.covered).end = end
        cells.append(cell)
        column = end
    return cells


def _down(about: Mapping[str, etree._Element]) -> str:
    """Whether a cell starts or continues a merge downwards; a tracked change of that counts as done."""
    tracked = about.get(W + "cellMerge")
    if tracked is not None and tracked.get(W + "vMerge"):
        return "restart" if tracked.get(W + "vMerge") == "rest" else "continue"
    merge = about.get(W + "vMerge")
    return "" if merge is None else "restart" if value(merge) == "restart" else "continue"


def _drop_slivers(cells: Sequence[GridCell], table: etree._Element) -> None:
    """Move the edges on both sides of a sliver to one place, unless a cell would be left without width."""
    widths = [to_number(column.get(W + "w")) or _SLIVER for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    alone = {cell.start for cell in cells if cell.end == cell.start + 1}
    slivers = [at for at, width in enumerate(widths) if width < _SLIVER and at not in alone]
    if not slivers:
        return
    moved = [(cell.start - bisect_left(slivers, cell.start), cell.end - bisect_left(slivers, cell.end)) for cell in cells]
    if all(start < end for start, end in moved):
        for cell, (start, end) in zip(cells, moved, strict=True):
            cell.start, cell.end = start, end


def _merge_down(cells: Sequence[GridCell], rows: int) -> None:
    """Cover each continuation by the cell above it with the same edges; one that has none above stands for itself."""
    by_row: list[list[GridCell]] = [[] for _ in range(rows)]
    for cell in cells:
        if not cell.covered:
            by_row[cell.row].append(cell)
    above: dict[int, GridCell] = {}
    for row in by_row:
        here: dict[int, GridCell] = {}
        for cell in row:
            origin = above.get(cell.start) if cell.down == "continue" else None
            if origin is not None and origin.end == cell.end:
                cell.covered = True
                origin.row_span = cell.row - origin.row + 1
                here[cell.start] = origin
            elif cell.down:
                here[cell.start] = cell
        above = here
