"""One picture of a table, whatever the format: for every place the cell that fills it, merges included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Cell, Document, Table

Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """`rows[r][c]` is the cell that fills row r, column c, also where a merge reaches there; None where nothing stands."""

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
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                places[row][column] = cell
    return Grid(document=document, table=table, rows=tuple(map(tuple, places)))


def distinct(row: Sequence[Cell | None]) -> list[Cell]:
    """The cells of a row, each once."""
    cells: list[Cell] = []
    for cell in row:
        if cell is not None and cell not in cells[-1:]:
            cells.append(cell)
    return cells
