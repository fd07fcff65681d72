"""Cards: tables that print a task as names with their values beside them, made tables with a row a task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as default

from kg.columns import column_role
from kg.extract.grid import Grid, Row, distinct
from kg.model import Cell, Document, Paragraph, Span, Table
from kg.text import fold, key

_SAYS_WHAT = frozenset({"requirement", "group"})
_MOSTLY = 0.6  # of a card's rows begin with a name
_SAYS_WHO_OR_WHEN = frozenset({"lead", "responsible", "support", "deadline"})


@dataclass(slots=True)
class _Card:
    """The names of one task's card, each with the value beside it; `headings` are lines over the whole width above it."""

    headings: list[Cell] = default(default_factory=list)
    values: dict[str, tuple[Cell, Cell | None]] = default(default_factory=dict)

    def roles(self) -> set[str]:
        return {column_role(name) for name in self.values}


def to_rows(grid: Grid) -> Table | None:
    """The cards of a table as a table with a column for each name and a row for each card; None where it holds no cards."""
    led = sum(bool(cells) and _is_name(grid, cells[0]) for cells in map(distinct, grid.rows))
    if led < 2 or led < _MOSTLY * len(grid.rows):
        return None
    cards = list(_cards(grid))
    if not cards or not all(card.roles() & _SAYS_WHAT and card.roles() & _SAYS_WHO_OR_WHEN for card in cards):
        return None
    names: dict[str, Cell] = {}
    for card in cards:
        for name, (label, _) in card.values.items():
            names.setdefault(name, label)
    cells = [_at(label, 0, column) for column, label in enumerate(names.values())]
    row = 1
    for card in cards:
        for heading in card.headings:
            cells.append(replace(_at(heading, row, 0), column_span=len(names)))
            row += 1
        cells += [_at(value, row, list(names).index(name)) for name, (_, value) in card.values.items() if value is not None]
        row += 1
    return replace(grid.table, rows=row, columns=len(names), cells=tuple(cells), merges=True)


def _at(cell: Cell, row: int, column: int) -> Cell:
    return Cell(row=row, column=column, span=cell.span)


def _cards(grid: Grid) -> Iterator[_Card]:
    """The cards one below the other: a name that is printed again begins the next."""
    card = _Card()
    for row in grid.rows:
        pairs = list(_pairs(grid, row))
        alone = [cell for cell in distinct(row) if key(grid.document.quote(cell.span))]
        if not pairs and len(alone) == 1:
            if card.values:
                yield card
                card = _Card()
            card.headings.append(alone[0])
        for label, value in pairs:
            name = key(grid.document.quote(label.span)).rstrip("：")
            if name in card.values:
                yield card
                card = _Card()
            card.values[name] = (label, value)
    if card.values:
        yield card


def _pairs(grid: Grid, row: Row) -> Iterator[tuple[Cell, Cell | None]]:
    """Each name of the row with the cell beside it, None where that is empty or the next name."""
    cells = distinct(row)
    for at, cell in enumerate(cells):
        if not _is_name(grid, cell):
            continue
        value = cells[at + 1] if at + 1 < len(cells) else None
        yield cell, value if value is not None and not _is_name(grid, value) else None


def _is_name(grid: Grid, cell: Cell) -> bool:
    return bool(column_role(grid.document.quote(cell.span)))


# --- cards of running text --------------------------------------------------------------------------------

_FIELD = re.compile("(?P<name>[^：，。；、（）〔〕]{2,12})：(?P<value>.+)")
_FEWEST_FIELDS = 3


@dataclass(frozen=True, slots=True)
class _Field:
    """A paragraph that is a name, a colon and a value."""

    name: str
    label: Span
    value: Span


def with_cards(document: Document, run: Sequence[Paragraph]) -> Iterator[list[Paragraph] | Table]:
    """The paragraphs in order, with every stretch that names 任务名称：…, 工作内容：…, 责任单位：… given as a table of its tasks."""
    plain: list[Paragraph] = []
    at = 0
    while at < len(run):
        cards, end = _text_cards(document, run, at)
        if not cards:
            plain.append(run[at])
            at += 1
            continue
        if plain:
            yield plain
            plain = []
        yield _to_table(cards)
        at = end
    if plain:
        yield plain


def _text_cards(document: Document, run: Sequence[Paragraph], at: int) -> tuple[list[list[_Field]], int]:
    """The cards that begin at a paragraph, one behind the other, and where they end; none where no card begins there."""
    cards: list[list[_Field]] = []
    first = None
    while at < len(run) and (field := _field(document, run[at])) is not None:
        first = first or field
        if column_role(first.name) not in {"number", "group"}:
            return [], at
        if field.name == first.name:
            cards.append([])
        cards[-1].append(field)
        at += 1
    whole = all(len(card) >= _FEWEST_FIELDS and _SAYS_WHO_OR_WHEN & {column_role(field.name) for field in card} for card in cards)
    return (cards, at) if cards and whole else ([], at)


def _field(document: Document, paragraph: Paragraph) -> _Field | None:
    folded = fold(document.quote(paragraph.span), paragraph.span.start)
    found = _FIELD.fullmatch(folded.text)
    if found is None or not column_role(found["name"]):
        return None
    return _Field(found["name"], folded.span(*found.span("name")), folded.span(*found.span("value")))


def _to_table(cards: Sequence[Sequence[_Field]]) -> Table:
    names: dict[str, Span] = {}
    for card in cards:
        for field in card:
            names.setdefault(field.name, field.label)
    order = list(names)
    cells = [Cell(row=0, column=column, span=span) for column, span in enumerate(names.values())]
    cells += [Cell(row=row, column=order.index(field.name), span=field.value) for row, card in enumerate(cards, 1) for field in card]
    span = cards[0][0].label.to(cards[-1][-1].value)
    return Table(span=span, rows=len(cards) + 1, columns=len(order), cells=tuple(cells), merges=True)
