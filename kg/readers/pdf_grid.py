"""The ruled tables of one page: from its rules to cells, merged ones as wide and as high as their boxes.

Rules that touch form a grid. Its smallest squares are joined where no rule parts them; what is joined is a cell. So a
merge needs no mark of its own, and a table that is open at its left, right, top or bottom edge is closed in thought.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kg.readers.pdf_lines import PrintedLine, cell_lines
from kg.readers.pdf_page import Glyph, Sheet
from kg.readers.pdf_shapes import Rule

_SNAP = 3.0  # points: rules this close are one rule, and rules that miss each other by this much touch
_OVERHANG = 8.0  # points: rules that reach this far beyond the last rule across them enclose an open cell
_OPEN_ROW = 50.0  # points: the highest row without rules across it that joins the parts of an open table
_THINNEST = 6.0  # points: no line of text fits into a lower row
_WALL = 0.6  # share of a square's side that has to be ruled


Square = tuple[int, int]  # row and column


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCell:
    """A cell counted in the squares of its part, with its printed lines."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[PrintedLine, ...]

    @property
    def text(self) -> str:
        """Its words without white space."""
        return "".join("".join(line.text.split()) for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePart:
    """What one page shows of a table: the edges of its columns and rows, and its cells in order."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[PartCell, ...]

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The edges of a grid and its cells as (row, column, row span, column span)."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    boxes: tuple[tuple[int, int, int, int], ...]

    def square(self, x: float, y: float) -> Square | None:
        """The row and column of the point; None outside the grid."""
        if not (self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]):
            return None
        row = min(bisect_right(self.ys, y), len(self.ys) - 1) - 1
        column = min(bisect_right(self.xs, x), len(self.xs) - 1) - 1
        return row, column

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def find_parts(sheet: Sheet) -> tuple[list[TablePart], list[Glyph]]:
    """The tables of a page from top to bottom, and the characters outside all of them."""
    rest = list(sheet.glyphs)
    parts: list[TablePart] = []
    for frame in _frames(sheet):
        inside: list[tuple[Glyph, Square]] = []
        outside: list[Glyph] = []
        for glyph in rest:
            square = frame.square((glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2)
            if square is None:
                outside.append(glyph)
            else:
                inside.append((glyph, square))
        part = _part(frame, inside)
        if sum(1 for cell in part.cells if cell.lines) >= 2:
            parts.append(part)
            rest = outside
    return sorted(parts, key=lambda part: part.top), rest


def _part(frame: _Frame, placed: Iterable[tuple[Glyph, Square]]) -> TablePart:
    owner: dict[Square, int] = {}
    for index, (row, column, row_span, column_span) in enumerate(frame.boxes):
        owner.update(((r, c), index) for r in range(row, row + row_span) for c in range(column, column + column_span))
    held: list[list[Glyph]] = [[] for _ in frame.boxes]
    for glyph, square in placed:
        held[owner[square]].append(glyph)
    cells = tuple(
        PartCell(row=row, column=column, row_span=row_span, column_span=column_span, lines=cell_lines(held[index]))
        for index, (row, column, row_span, column_span) in enumerate(frame.boxes)
    )
    return _without_slivers(TablePart(xs=frame.xs, ys=frame.ys, cells=cells))


def _without_slivers(part: TablePart) -> TablePart:
    """The part without rows in which nothing can be printed, or nothing is while other cells reach through them.

    Such rows come of edges that do not quite match, as where a browser cuts cells with gaps between their frames.
    """
    for row in range(part.rows - 1, 0, -1):
        starting = [cell for cell in part.cells if cell.row == row]
        blank = not any(cell.lines for cell in starting)
        through = any(cell.row < row < cell.row + cell.row_span for cell in part.cells)
        thin = part.ys[row + 1] - part.ys[row] < _THINNEST
        if (blank and through) or (thin and not any(cell.lines for cell in starting if cell.row_span == 1)):
            part = _without_row(part, row)
    return part


def _without_row(part: TablePart, row: int) -> TablePart:
    """The part with the cells of one row alone left out, and those that reach into it a row shorter."""
    cells = tuple(
        replace(
            cell,
            row=cell.row - (cell.row > row),
            row_span=cell.row_span - (cell.row <= row < cell.row + cell.row_span),
        )
        for cell in part.cells
        if cell.row != row or cell.row_span > 1
    )
    return replace(part, ys=part.ys[:row] + part.ys[row + 1 :], cells=cells)


# --- rules to frames -------------------------------------------------------------------------------


def _frames(sheet: Sheet) -> Iterator[_Frame]:
    """The grids with two columns at least, the largest first; one inside a cell of another is no table."""
    across, down = _merged(sheet.shapes.across), _merged(sheet.shapes.down)
    found = [frame for group in _groups(across, down) if (frame := _frame(group.across, group.down)) is not None]
    outer: list[_Frame] = []
    for frame in sorted(found, key=lambda frame: -frame.area):
        if not any(_within(frame, other) for other in outer):
            outer.append(frame)
            yield frame


def _within(inner: _Frame, outer: _Frame) -> bool:
    middle = ((inner.xs[0] + inner.xs[-1]) / 2, (inner.ys[0] + inner.ys[-1]) / 2)
    return outer.square(*middle) is not None


@dataclass(slots=True)
class _Group:
    """Rules across and down that belong together."""

    across: list[Rule]
    down: list[Rule]

    @property
    def left(self) -> float:
        return min(rule.start for rule in self.across)

    @property
    def right(self) -> float:
        return max(rule.end for rule in self.across)

    @property
    def top(self) -> float:
        return min(rule.at for rule in self.across)

    @property
    def bottom(self) -> float:
        return max(rule.at for rule in self.across)

    @property
    def is_open(self) -> bool:
        """Whether no rule closes it at the left or the right."""
        sides = (self.left, self.right)
        return not any(abs(rule.at - side) <= _OVERHANG for rule in self.down for side in sides)

    def goes_on_in(self, other: _Group) -> bool:
        """Whether the other group stands right below, as wide as this one; two rules alone are no table."""
        if not (self.down or other.down) or not 0 <= other.top - self.bottom <= _OPEN_ROW:
            return False
        return abs(self.left - other.left) <= _SNAP and abs(self.right - other.right) <= _SNAP


def _merged(rules: Sequence[Rule]) -> list[Rule]:
    """The rules with those on one line, that touch or overlap, made one."""
    merged: list[Rule] = []
    for line in _clusters(rules):
        at = sum(rule.at for rule in line) / len(line)
        for rule in sorted(line, key=lambda rule: rule.start):
            if merged and merged[-1].at == at and rule.start <= merged[-1].end + _SNAP:
                merged[-1] = Rule(at, merged[-1].start, max(merged[-1].end, rule.end))
            else:
                merged.append(Rule(at, rule.start, rule.end))
    return merged


def _clusters(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """The rules by their position, those within `_SNAP` of the first of a line together."""
    line: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.at):
        if line and rule.at - line[0].at > _SNAP:
            yield line
            line = []
        line.append(rule)
    if line:
        yield line


def _groups(across: Sequence[Rule], down: Sequence[Rule]) -> list[_Group]:
    """Rules across and down that hang together: by touching, or as parts of one table that is open at both sides."""
    touching = [{index for index, rule in enumerate(across) if _touch(rule, column)} for column in down]
    groups: list[_Group] = []
    waiting, loose = set(range(len(down))), set(range(len(across)))
    while waiting:
        rows, columns = set[int](), {waiting.pop()}
        fresh = columns
        while fresh:
            reached = {row for column in fresh for row in touching[column]} - rows
            fresh = {column for column in waiting if touching[column] & reached}
            rows, columns, waiting = rows | reached, columns | fresh, waiting - fresh
        loose -= rows
        if rows:
            groups.append(_Group([across[index] for index in rows], [down[index] for index in columns]))
    groups += [_Group([across[index]], []) for index in loose]
    return [group for group in _joined(groups) if group.down and len(group.across) > 1]


def _joined(groups: Sequence[_Group]) -> Iterator[_Group]:
    """The groups, those made one that stand close together with open sides: a row that no rule crosses parts them."""
    above: list[_Group] = []
    for group in sorted(groups, key=lambda group: group.top):
        near = next((other for other in above if other.is_open and group.is_open and other.goes_on_in(group)), None)
        if near is None:
            above.append(group)
        else:
            near.across += group.across
            near.down += group.down
    yield from above


def _touch(across: Rule, down: Rule) -> bool:
    meets = across.start - _SNAP <= down.at <= across.end + _SNAP
    return meets and down.start - _SNAP <= across.at <= down.end + _SNAP


def _frame(across: Sequence[Rule], down: Sequence[Rule]) -> _Frame | None:
    """The grid of rules that hang together; None where it has no two columns."""
    xs = _edges([rule.at for rule in down], min(rule.start for rule in across), max(rule.end for rule in across))
    ys = _edges([rule.at for rule in across], min(rule.start for rule in down), max(rule.end for rule in down))
    if len(xs) < 3 or len(ys) < 2:
        return None
    boxes = tuple(_boxes(xs, ys, across, down))
    return _Frame(xs, ys, boxes) if len({column for _, column, _, _ in boxes}) > 1 else None


def _edges(positions: Sequence[float], start: float, end: float) -> tuple[float, ...]:
    """The positions of the rules, each once, and open edges where the rules across reach beyond the outer ones."""
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > _SNAP:
            edges.append(position)
    if edges[0] - start > _OVERHANG:
        edges.insert(0, start)
    if end - edges[-1] > _OVERHANG:
        edges.append(end)
    return tuple(edges)


# --- squares to cells ------------------------------------------------------------------------------


def _boxes(
    xs: tuple[float, ...], ys: tuple[float, ...], across: Sequence[Rule], down: Sequence[Rule]
) -> Iterator[tuple[int, int, int, int]]:
    """The cells as (row, column, row span, column span), in reading order."""
    rows, columns = len(ys) - 1, len(xs) - 1
    right = {(r, c) for c in range(columns - 1) for r in _ruled(down, xs[c + 1], ys)}
    below = {(r, c) for r in range(rows - 1) for c in _ruled(across, ys[r + 1], xs)}
    seen: set[Square] = set()
    for square in ((r, c) for r in range(rows) for c in range(columns)):
        if square not in seen:
            region = _region(square, rows, columns, right, below)
            seen |= region
            yield from _rectangles(region)


def _ruled(rules: Sequence[Rule], at: float, edges: tuple[float, ...]) -> Iterator[int]:
    """The stretches between `edges` along which a rule runs at `at`."""
    near = [rule for rule in rules if abs(rule.at - at) <= _SNAP]
    for index, (start, end) in enumerate(pairwise(edges)):
        covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in near)
        if covered >= _WALL * (end - start):
            yield index


def _region(start: Square, rows: int, columns: int, right: set[Square], below: set[Square]) -> set[Square]:
    """The squares that no wall parts from `start`."""
    region, waiting = {start}, [start]
    while waiting:
        r, c = waiting.pop()
        steps = (
            ((r, c + 1), (r, c) not in right and c + 1 < columns),
            ((r, c - 1), (r, c - 1) not in right and c > 0),
            ((r + 1, c), (r, c) not in below and r + 1 < rows),
            ((r - 1, c), (r - 1, c) not in below and r > 0),
        )
        for square, is_open in steps:
            if is_open and square not in region:
                region.add(square)
                waiting.append(square)
    return region


def _rectangles(region: set[Square]) -> Iterator[tuple[int, int, int, int]]:
    """The region as one cell; one that is no rectangle (a rule is missing somewhere) row by row."""
    top, bottom = min(r for r, _ in region), max(r for r, _ in region)
    first, last = min(c for _, c in region), max(c for _, c in region)
    if len(region) == (bottom - top + 1) * (last - first + 1):
        yield top, first, bottom - top + 1, last - first + 1
        return
    for row in range(top, bottom + 1):
        columns = sorted(c for r, c in region if r == row)
        runs = [c for c in columns if (row, c - 1) not in region]
        for start in runs:
            length = next(n for n in range(1, len(columns) + 1) if (row, start + n) not in region)
            yield row, start, 1, length
