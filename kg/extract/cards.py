"""Cards: tables that print a task as names with their values beside them, made tables with a row a task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from dataclasses import field as default

from kg.columns import SAYS_WHAT, SAYS_WHO_OR_WHEN, column_role, named_field
from kg.extract.grid import Grid, Row, distinct
from kg.model import Cell, Document, Table
from kg.text import fold, key

_MOSTLY = 0.6  # of a card's rows begin with a name


@dataclass(slots=True)
class _Card:
    """The names of one task's card, each with the value beside it; `headings` are lines over the whole width above it.

    The name "" is that of a cell at the left side of all the others: a number, what the card is called.
    """

    headings: list[Cell] = default(default_factory=list)
    values: dict[str, tuple[Cell, Cell | None]] = default(default_factory=dict)

    def roles(self) -> set[str]:
        return {column_role(name) for name in self.values}

    def put(self, name: str, label: Cell, value: Cell | None, document: Document) -> None:
        """Hold a value; one more of the same name goes on with it where nothing stands between, else it is another of that name."""
        above = self.values[name][1] if name in self.values else None
        if above is not None and value is not None and above != value:
            if document.text[above.span.end : value.span.start].strip():
                self.values[f"{name} "] = (label, value)
                return
            value = replace(above, span=above.span.to(value.span))
        self.values[name] = (label, value or above)


def to_rows(grid: Grid) -> Table | None:
    """The cards of a table as a table with a column for each name and a row for each card; None where it holds no cards."""
    led = sum(_is_led(grid, row) for row in grid.rows)
    if led < 2 or led < _MOSTLY * len(grid.rows):
        return None
    cards = list(_side_by_side(grid) if _has_a_card_a_column(grid) else _one_below_the_other(grid))
    if not cards or not all(card.roles() & SAYS_WHAT and card.roles() & SAYS_WHO_OR_WHEN for card in cards):
        return None
    return _to_table(grid, cards)


def _to_table(grid: Grid, cards: list[_Card]) -> Table:
    names: dict[str, Cell] = {}
    for card in cards:
        for name, (label, _) in card.values.items():
            names.setdefault(name, label)
    order = sorted(names, key=bool)  # what has no name stands first
    cells = [_at(names[name], 0, column) for column, name in enumerate(order) if name]
    row = 1
    for card in cards:
        for heading in card.headings:
            cells.append(replace(_at(heading, row, 0), column_span=len(order)))
            row += 1
        cells += [_at(value, row, order.index(name)) for name, (_, value) in card.values.items() if value is not None]
        row += 1
    return replace(grid.table, rows=row, columns=len(order), cells=tuple(cells), merges=True)


def _at(cell: Cell, row: int, column: int) -> Cell:
    return Cell(row=row, column=column, span=cell.span)


# --- one below the other ----------------------------------------------------------------------------------


def _one_below_the_other(grid: Grid) -> Iterator[_Card]:
    """A name that is printed again begins the next card, and so does another cell at the left side."""
    card = _Card()
    for row in grid.rows:
        entries = list(_entries(grid, row))
        alone = [cell for cell in distinct(row) if key(grid.document.quote(cell.span))] if not entries else []
        if len(alone) == 1 and alone[0].column > 0 and card.values:
            last = next(reversed(card.values))
            card.put(last, card.values[last][0], alone[0], grid.document)
        elif len(alone) == 1:
            if card.values:
                yield card
                card = _Card()
            card.headings.append(alone[0])
        for name, label, value in entries:
            if name in card.values and card.values[name][0] != label:
                yield card
                card = _Card()
            card.put(name, label, value, grid.document)
    if card.values:
        yield card


def _entries(grid: Grid, row: Row) -> Iterator[tuple[str, Cell, Cell | None]]:
    """The names of a row with the cells that print them and the values, the cell at the left side first."""
    pairs = list(_pairs(grid, row))
    side = _side(grid, row)
    if pairs and side is not None:
        yield "", side, side
    for label, value in pairs:
        yield key(grid.document.quote(label.span)).rstrip("："), label, value


def _is_led(grid: Grid, row: Row) -> bool:
    """Whether a row begins with a name, or with a cell at the left side of names."""
    return next(_pairs(grid, row), None) is not None and (_side(grid, row) is not None or _names(grid, distinct(row)[0]) is not None)


def _side(grid: Grid, row: Row) -> Cell | None:
    """The cell at the left side of the names of a card: it reaches down over them."""
    cells = distinct(row)
    if len(cells) < 2 or cells[0].row_span < 2 or _is_name(grid, cells[0]) or _names(grid, cells[1]) is None:
        return None
    return cells[0]


def _pairs(grid: Grid, row: Row) -> Iterator[tuple[Cell, Cell | None]]:
    """Each name of the row with the cell beside it, None where that is empty or the next name; or with what stands behind its colon."""
    cells = distinct(row)
    for at, cell in enumerate(cells):
        named = _names(grid, cell)
        if named is None:
            continue
        beside = cells[at + 1] if at + 1 < len(cells) else None
        if named != (cell, None) or beside is None or _names(grid, beside) is not None:
            yield named
        else:
            yield cell, beside


def _names(grid: Grid, cell: Cell) -> tuple[Cell, Cell | None] | None:
    """The name that a cell is, or that it begins with, and what stands behind its colon; None where it has none."""
    if _is_name(grid, cell):
        return cell, None
    folded = fold(grid.document.quote(cell.span), cell.span.start)
    found = named_field(folded.text)
    if found is None or found.end() == len(folded.text):
        return None
    label = folded.span(*found.span("boxed" if found["boxed"] else "name"))
    return replace(cell, span=label), replace(cell, span=folded.part(found.end(), len(folded.text)).whole)


def _is_name(grid: Grid, cell: Cell) -> bool:
    return bool(column_role(grid.document.quote(cell.span)))


# --- side by side -----------------------------------------------------------------------------------------


def _has_a_card_a_column(grid: Grid) -> bool:
    """Whether the names stand at the left side only, with the values of several cards beside each."""
    named = [row for row in grid.rows if row[0] is not None and _is_name(grid, row[0])]
    return len(named) > 2 and all(len(cells) > 2 and not any(_is_name(grid, cell) for cell in cells[1:]) for cells in map(distinct, named))


def _side_by_side(grid: Grid) -> Iterator[_Card]:
    for column in range(1, grid.table.columns):
        card = _Card()
        for row in grid.rows:
            label = row[0]
            if label is not None and _is_name(grid, label):
                card.values[key(grid.document.quote(label.span)).rstrip("：")] = (label, row[column])
        yield card
