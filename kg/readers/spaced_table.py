"""Tables whose columns only blanks align: every cell under the name over it, rows that take several lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.columns import column_role, is_header
from kg.model import Span
from kg.readers.draft import DraftCell, DraftTable, Line
from kg.readers.drawn_table import display_width
from kg.rules import pattern
from kg.text import key

_PART = re.compile(r"[^ \u3000](?:[^ \u3000]| (?! ))*")  # a single blank stands inside a cell
_RULE = re.compile(r"[\s\-=—─━_]+")
_NEAR = 2  # columns that a cell may stand left or right of its name
_FEWEST_NAMES = 3
_FEWEST_ROWS = 2
_WIDEST = 400


@dataclass(frozen=True, slots=True)
class _Part:
    """Words of a line with the columns of the screen that they take."""

    line: Line
    left: int
    right: int


def read_spaced_table(lines: Sequence[Line], start: int) -> tuple[DraftTable, int] | None:
    """The table whose header stands at `start`, and the line behind it; None where none begins there."""
    names = _parts(lines[start])
    if len(names) < _FEWEST_NAMES or not is_header([name.line.text for name in names]):
        return None
    rows: list[dict[int, list[Line]]] = []
    numbered = column_role(names[0].line.text) == "number"
    at = end = start + 1
    while at < len(lines):
        text = lines[at].text
        if text.strip() and not _RULE.fullmatch(text):
            cells = _under(_parts(lines[at]), names)
            if not cells or pattern("outline", "note").match(key(text)) or not _put(cells, rows, numbered=numbered, width=len(names)):
                break
            end = at + 1
        at += 1
    if len(rows) < _FEWEST_ROWS or not all(2 * len(row) >= len(names) for row in rows):
        return None
    header = {column: [name.line] for column, name in enumerate(names)}
    cells_of = [_cell(row, column, words) for row, held in enumerate([header, *rows]) for column, words in sorted(held.items())]
    return DraftTable(rows=len(rows) + 1, columns=len(names), cells=tuple(cells_of), merges=False), end


def _put(cells: dict[int, Line], rows: list[dict[int, list[Line]]], *, numbered: bool, width: int) -> bool:
    """Whether the cells of a line begin a row, or go on with the one above, and are put there.

    A row begins with its number; without a column of numbers each line is a row, and has all its cells.
    """
    begins = bool(pattern("columns", "looks_number").fullmatch(key(cells[0].text))) if numbered and 0 in cells else not numbered
    if begins and (numbered or len(cells) == width):
        rows.append({column: [line] for column, line in cells.items()})
        return True
    if begins or 0 in cells or not rows:
        return False
    for column, line in cells.items():
        rows[-1].setdefault(column, []).append(line)
    return True


def _under(parts: Sequence[_Part], names: Sequence[_Part]) -> dict[int, Line]:
    """The parts of a line by the column whose name they stand under; none where one stands under no name, or two under the same."""
    placed: dict[int, Line] = {}
    for part in parts:
        beside = [at for at, name in enumerate(names) if abs(part.left - name.left) <= _NEAR]
        below = [at for at, name in enumerate(names) if part.left < name.right and name.left < part.right]
        columns = beside or below
        last = beside and below and below[-1] > beside[0]
        if len(columns) != 1 or last or columns[0] in placed:
            return {}
        placed[columns[0]] = part.line
    return placed


def _parts(line: Line) -> list[_Part]:
    """The parts of a line that gaps of two blanks, or of a wide one, set apart; none where tabs do, or the line is wider than a page."""
    return list(_cut(line)) if len(line.text) <= _WIDEST and "\t" not in line.text and "|" not in line.text else []


def _cut(line: Line) -> Iterator[_Part]:
    for found in _PART.finditer(line.text):
        source = Span(line.source.start + found.start(), line.source.start + found.end()) if line.source else None
        left = display_width(line.text[: found.start()])
        yield _Part(replace(line, text=found.group(), source=source), left, left + display_width(found.group()))


def _cell(row: int, column: int, lines: Sequence[Line]) -> DraftCell:
    placed = (replace(line, place=replace(line.place, row=row + 1, column=column + 1)) for line in lines)
    return DraftCell(row=row, column=column, lines=tuple(placed))
