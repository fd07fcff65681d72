"""Tables printed beside each other as one: the names of the header come twice or more, in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.columns import column_role, is_header
from kg.readers.draft import DraftCell, DraftParagraph, DraftTable
from kg.text import key

_FEWEST_NAMES = 3
_DEEPEST_HEADER = 8

Item = DraftParagraph | DraftTable


def apart(items: Sequence[Item]) -> list[Item]:
    """The items with such tables one below the other, each under the name that stands over it in the table or right above."""
    found: list[Item] = []
    for item in items:
        width = _run(item) if isinstance(item, DraftTable) else 0
        if isinstance(item, DraftTable) and width:
            count = item.columns // width
            names = _names_above(found, count)
            del found[len(found) - len(names) :]
            found += _cut(item, width, names)
        else:
            found.append(item)
    return found


def _run(table: DraftTable) -> int:
    """How many columns the names take that come again and again; 0 where they do not, or a cell of the body lies over two runs."""
    at = _header_row(table)
    if at is None:
        return 0
    header = sorted((cell for cell in table.cells if cell.row == at), key=lambda cell: cell.column)
    names = [_text(cell) for cell in header]
    for count in (2, 3, 4):
        width, rest = divmod(table.columns, count)
        size = len(names) // count
        if rest or len(names) % count or size < _FEWEST_NAMES or names != names[:size] * count or not is_header(names[:size]):
            continue
        starts = [cell.column % width for cell in header]
        body = [cell for cell in table.cells if cell.row + cell.row_span > at]
        if starts == starts[:size] * count and not any(_crosses(cell, width) for cell in body) and _sets_apart(table, names, at, width):
            return width
    return 0


def _header_row(table: DraftTable) -> int | None:
    """The first row in which every name is one of a column, or that is as full as such a row."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        if cell.row < _DEEPEST_HEADER:
            rows.setdefault(cell.row, []).append(_text(cell))
    return next((at for at, names in sorted(rows.items()) if len(names) >= 2 * _FEWEST_NAMES and is_header(names)), None)


def _sets_apart(table: DraftTable, names: Sequence[str], at: int, width: int) -> bool:
    """Whether each run says by itself what is to be done: in rows of its own, which no number at the left counts for all of them."""
    roles = [column_role(name) for name in names]
    return any(role in {"requirement", "group"} for role in roles) and all(
        any(cell.row > at and first <= cell.column < first + width and _text(cell) for cell in table.cells)
        for first in range(0, table.columns, width)
    )


def _crosses(cell: DraftCell, width: int) -> bool:
    return cell.column // width != (cell.column + cell.column_span - 1) // width


def _text(cell: DraftCell) -> str:
    return key("".join(line.text for line in cell.lines))


def _names_above(items: Sequence[Item], count: int) -> list[DraftParagraph]:
    """The short lines right above the table, as many as it has runs, from one row of a sheet."""
    above = [item for item in items[-count:] if isinstance(item, DraftParagraph)]
    rows = {(one.lines[0].place.sheet, one.lines[0].place.row) for one in above}
    beside = len(above) == count and len(rows) == 1 and all(row for _, row in rows)
    return above if beside else []


def _cut(table: DraftTable, width: int, names: Sequence[DraftParagraph]) -> Iterator[Item]:
    """What stands over all runs, then each run: its name, its table."""
    over = [cell for cell in table.cells if _crosses(cell, width)]
    top = 1 + max((cell.row + cell.row_span - 1 for cell in over), default=-1)
    yield from (DraftParagraph(lines=cell.lines, align="center") for cell in over if cell.lines)
    for at, first in enumerate(range(0, table.columns, width)):
        yield from names[at : at + 1]
        yield from _one(table, first, width, top)


def _one(table: DraftTable, first: int, width: int, top: int) -> Iterator[Item]:
    """One run, from row `top` on, as a table without the rows below its last; a band over all of it is a line above."""
    cells = (cell for cell in table.cells if cell.row >= top and first <= cell.column < first + width)
    held = [replace(cell, row=cell.row - top, column=cell.column - first) for cell in cells]
    bands = [cell for cell in held if cell.row == 0 and cell.column_span == width and cell.lines]
    yield from (DraftParagraph(lines=cell.lines) for cell in bands)
    below = len(bands)
    body = [replace(cell, row=cell.row - below) for cell in held if cell.row >= below]
    rows = 1 + max(cell.row for cell in body if cell.lines or not cell.row)
    kept = (replace(cell, row_span=min(cell.row_span, rows - cell.row)) for cell in body if cell.row < rows)
    yield DraftTable(rows=rows, columns=width, cells=tuple(kept), merges=table.merges)
