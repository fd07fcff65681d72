"""One picture of a table, whatever the format: for every place the cell that fills it, merges included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Cell, Document, Table
from kg.rules import pattern
from kg.text import key

_LONGEST_DITTO = 4

Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """`rows[r][c]` is the cell that fills row r, column c, also where a merge or 同上 reaches there; None where nothing stands."""

    document: Document
    table: Table
    rows: tuple[Row, ...]

    def text(self, row: int, column: int) -> str:
        cell = self.rows[row][column]
        return self.document.quote(cell.span) if cell else ""

    def texts(self, row: int) -> list[str]:
        """The texts of the cells of a row, each once."""
        return [self.document.quote(cell.span) for cell in distinct(self.rows[row])]


def read_grid(document: Document, table: Table) -> Grid:
    places: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        filling = _above(places, cell) if _is_ditto(document, cell) else cell
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                places[row][column] = filling
    return Grid(document=document, table=table, rows=tuple(map(tuple, places)))


def _is_ditto(document: Document, cell: Cell) -> bool:
    return len(cell.span) <= _LONGEST_DITTO and bool(pattern("columns", "ditto").fullmatch(key(document.quote(cell.span))))


def _above(places: Sequence[Sequence[Cell | None]], cell: Cell) -> Cell | None:
    """The nearest cell above one, of the same column alone: no heading over the whole width."""
    column = [places[row][cell.column] for row in range(cell.row - 1, -1, -1)]
    return next((other for other in column if other and (other.column, other.column_span) == (cell.column, cell.column_span)), None)


def distinct(row: Sequence[Cell | None]) -> list[Cell]:
    """The cells of a row, each once."""
    cells: list[Cell] = []
    for cell in row:
        if cell is not None and cell not in cells[-1:]:
            cells.append(cell)
    return cells
