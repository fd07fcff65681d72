"""Tables that run over pages: the parts of each page made one table, with no header twice and no row cut in two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import Place
from kg.readers.draft import DraftCell, DraftTable, Line
from kg.readers.pdf_grid import PartCell, TablePart
from kg.readers.pdf_lines import PrintedLine

_SAME_EDGE = 4.5  # points by which the edges of a column may differ from page to page
_DEEPEST_HEADER = 4

_ORDINAL = re.compile(r"[（(]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[)）]?[.．、]?")
_TERMINAL = "。！？；!?;"
_NEVER_FIRST = "，。；：、）》〉”’」』】〕！？%％"
_NAME_END = "局厅委办府院部会司室所前"  # how the names of units and the deadlines of a cell end, also on a full line
_OPEN_END = "，、：（《〈“‘「『【〔"


@dataclass(frozen=True, slots=True)
class PlacedPart:
    """A part of a table and the number of its page."""

    page: int
    part: TablePart


def follows(before: PlacedPart, after: PlacedPart) -> bool:
    """Whether the two may be parts of one table: the same outer edges, and every column of one an edge of the other."""
    if after.page != before.page + 1:
        return False
    a, b = before.part.xs, after.part.xs
    if abs(a[0] - b[0]) > _SAME_EDGE or abs(a[-1] - b[-1]) > _SAME_EDGE:
        return False
    few, many = sorted((a, b), key=len)
    return all(any(abs(x - y) <= _SAME_EDGE for y in many) for x in few)


def to_table(parts: Sequence[PlacedPart], number: int) -> DraftTable:
    """The table that the parts make; it is the document's table `number`."""
    grid = _Grid(_columns(parts))
    for placed in parts:
        grid.append(placed)
    return DraftTable(
        rows=grid.rows,
        columns=len(grid.xs) - 1,
        cells=tuple(_draft(cell, number) for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column))),
        merges=True,
    )


def _draft(cell: _Cell, number: int) -> DraftCell:
    return DraftCell(
        row=cell.row,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        lines=tuple(
            Line(text=line.text, place=Place(page=page, table=number, row=cell.row + 1, column=cell.column + 1))
            for page, line in cell.lines
        ),
    )


def _columns(parts: Sequence[PlacedPart]) -> tuple[float, ...]:
    """The edges of the columns of all parts, each once."""
    edges: list[float] = []
    for x in sorted(x for placed in parts for x in placed.part.xs):
        if not edges or x - edges[-1] > _SAME_EDGE:
            edges.append(x)
    return tuple(edges)


# --- one grid for all parts --------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Cell:
    """A cell while the table grows; `right` and `pad`: where its text may reach on the page that it was last seen on."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: list[tuple[int, PrintedLine]] = field(default_factory=list)
    right: float = 0.0
    pad: float = 0.0

    @property
    def text(self) -> str:
        return "".join("".join(line.text.split()) for _, line in self.lines)

    @property
    def end(self) -> int:
        return self.row + self.row_span

    @property
    def width(self) -> tuple[int, int]:
        return self.column, self.column_span

    def is_full(self, lead: float) -> bool:
        """Whether its last line has no room for something as wide as `lead`."""
        line = self.lines[-1][1]
        return self.right - self.pad - line.x1 < lead + 0.4 * line.size


class _Grid:
    """The table as far as it has been read."""

    def __init__(self, xs: tuple[float, ...]) -> None:
        self.xs = xs
        self.rows = 0
        self.cells: list[_Cell] = []

    def append(self, placed: PlacedPart) -> None:
        fresh = [self._cell(placed, cell) for cell in placed.part.cells]
        rows = placed.part.rows
        if self.rows:
            header = _repeated_header(self.cells, fresh, rows)
            fresh, rows = [cell for cell in fresh if cell.row >= header], rows - header
            for cell in fresh:
                cell.row -= header
        if not rows:
            return
        start = self.rows
        if self.rows:
            fresh, start = self._join_seam(fresh)
        for cell in fresh:
            cell.row += start
        self.cells += fresh
        self.rows = start + rows

    def _cell(self, placed: PlacedPart, cell: PartCell) -> _Cell:
        part = placed.part
        left, right = part.xs[cell.column], part.xs[cell.column + cell.column_span]
        column = self._edge(left)
        return _Cell(
            row=cell.row,
            column=column,
            row_span=cell.row_span,
            column_span=max(self._edge(right) - column, 1),
            lines=[(placed.page, line) for line in cell.lines],
            right=right,
            pad=min((line.x0 - left for line in cell.lines), default=0.0),
        )

    def _edge(self, x: float) -> int:
        return min(range(len(self.xs)), key=lambda index: abs(self.xs[index] - x))

    # --- the seam between two pages ------------------------------------------------------------------

    def _join_seam(self, fresh: list[_Cell]) -> tuple[list[_Cell], int]:
        """The cells that are left when those cut by the page are joined to what stands above, and the row they start at."""
        seam = _Seam(self.cells, fresh, self.rows)
        if seam.cuts_a_row():
            kept = [cell for cell in fresh if not (cell.row == 0 and seam.join(cell))]
            return kept, self.rows - 1
        return [cell for cell in fresh if not (cell.row == 0 and seam.extend(cell))], self.rows


class _Seam:
    """The last row of one page against the first of the next."""

    def __init__(self, cells: Sequence[_Cell], fresh: Sequence[_Cell], rows: int) -> None:
        self._above = {cell.width: cell for cell in cells if cell.end == rows}
        below = [cell for cell in fresh if cell.row == 0]
        self._pairs = [(self._above[cell.width], cell) for cell in below if cell.width in self._above]
        self._unpaired = len(below) - len(self._pairs)
        body = [cell for cell in cells if cell.row > 0]
        self._merged = {cell.column for cell in [*body, *fresh] if cell.row_span > 1}
        self._ordinals = _ordinal_column(body)
        self._filled = _filled_columns(body) - self._merged

    def cuts_a_row(self) -> bool:
        """Whether the first row below is the rest of the last row above."""
        single = [(a, b) for a, b in self._pairs if a.row_span == 1 and b.row_span == 1]
        if self._unpaired or not single:
            return False
        number = next(((a.text, b.text) for a, b in single if a.column == self._ordinals), ("", ""))
        if all(number):
            return False
        filled = [(a, b) for a, b in single if b.text and b.column != self._ordinals]
        ended = [(a, b) for a, b in filled if not _goes_on(a, b)]
        # A paragraph that ends where the page does leaves one cell that seems complete; two are a row of their own.
        if len(ended) > (0 if number[1] else 1):
            return False
        if any(a.text and not b.text for a, b in single if a.column in self._filled):
            return True
        at_sentence = all(a.text and a.text[-1] in _TERMINAL for a, _ in ended)
        return not ended or (at_sentence and len(filled) > 1)

    def join(self, cell: _Cell) -> bool:
        """Add the rest of a cell to what stands above it; a group's name that is printed again is not added."""
        above = self._above[cell.width]
        if cell.text != above.text or cell.row_span == 1 == above.row_span:
            _add(above, cell)
        above.row_span += cell.row_span - 1
        return True

    def extend(self, cell: _Cell) -> bool:
        """Whether the cell is only the rest of a merged one above, which then reaches further down."""
        above = self._above.get(cell.width)
        if above is None or (above.text and cell.text):
            return False
        merged = above.row_span > 1 or cell.row_span > 1 or cell.column in self._merged or cell.column == self._ordinals
        names_group = self._ordinals is None or cell.column <= self._ordinals
        if not merged or (cell.text and not names_group):
            return False
        _add(above, cell)
        above.row_span += cell.row_span
        return True


def _add(above: _Cell, cell: _Cell) -> None:
    above.lines += cell.lines
    if cell.lines:
        above.right, above.pad = cell.right, cell.pad


def _goes_on(above: _Cell, below: _Cell) -> bool:
    """Whether the text of `below` is the middle of a sentence that `above` begins."""
    a, b = above.text, below.text
    if not a:
        return False
    if b[0] in _NEVER_FIRST or a[-1] in _OPEN_END:
        return True
    return a[-1] not in _TERMINAL + _NAME_END and above.is_full(below.lines[0][1].lead)


def _ordinal_column(cells: Sequence[_Cell]) -> int | None:
    """The column that numbers the rows."""
    for column in sorted({cell.column for cell in cells}):
        texts = [cell.text for cell in cells if cell.column == column and cell.text]
        if len(texts) >= 2 and sum(1 for text in texts if _ORDINAL.fullmatch(text)) >= 0.6 * len(texts):
            return column
    return None


def _filled_columns(cells: Sequence[_Cell]) -> set[int]:
    """The columns that are hardly ever left empty."""
    filled = set()
    for column in {cell.column for cell in cells}:
        texts = [cell.text for cell in cells if cell.column == column and cell.column_span == 1]
        if len(texts) >= 2 and sum(1 for text in texts if text) >= 0.85 * len(texts):
            filled.add(column)
    return filled


def _repeated_header(cells: Sequence[_Cell], fresh: Sequence[_Cell], rows: int) -> int:
    """How many rows at the top of a part print the table's first rows again."""
    for count in range(min(_DEEPEST_HEADER, rows), 0, -1):
        first, again = _top(cells, count), _top(fresh, count)
        if first and first == again:
            return count
    return 0


def _top(cells: Sequence[_Cell], count: int) -> list[tuple[int, int, int, int, str]]:
    """The cells of the first `count` rows; none where one of them reaches further down, or nothing is printed there."""
    top = [cell for cell in cells if cell.row < count]
    if any(cell.end > count for cell in top) or not any(cell.text for cell in top):
        return []
    return sorted((cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in top)
