"""Tables of a page that no rules draw: a header of known names, and lines below it that leave the same gaps between the columns."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from kg.columns import column_role, is_header
from kg.readers.pdf_grid import PartCell, TablePart
from kg.readers.pdf_lines import cell_lines, glyph_rows
from kg.readers.pdf_page import Glyph
from kg.text import key

_FEWEST_NAMES = 3
_FEWEST_ROWS = 2
_APART = 0.6  # ems between two names of a header; letters of one may be spaced, but not as widely as all names are
_LEAST = 1.2  # points that every line leaves between two columns
_SAME_SIZE = 0.12
_LONGEST_HEADER, _LONGEST_SECTION = 60, 30
_MOST_BESIDE = 2  # lines at the head and at the foot of a page beside a table that goes on
_FARTHEST = 4.0  # heights of a letter from line to line
_NUMBERED = re.compile(r"[（(]?(?:[A-Za-z]{0,3}[-—]?\d{1,3}(?:[-.]\d{1,3})*|[一二三四五六七八九十]{1,3})[)）]?[.．、]?")
_MARKED = re.compile(r"\d{1,3}[.．、](?!\d)|[（(]\d{1,3}[)）]|[①-⑳]")  # what a task begins with that prints its number itself
_STOP = re.compile("[。，；：！？]")

Row = list[Glyph]
Gap = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTable:
    """How the columns stand, for the pages that the table goes on over: the gaps between them, the edges, the size of its letters."""

    gaps: tuple[Gap, ...]
    xs: tuple[float, ...]
    size: float
    numbered: bool
    stands: frozenset[tuple[int, int]]


@dataclass(slots=True, kw_only=True)
class _Reading:
    """A table while it is read: the gaps that all its lines leave, and the lines of each of its rows; `end`: the line behind it;
    `numbered`: its first column holds the numbers, else each task begins with its own."""

    gaps: list[Gap]
    size: float
    numbered: bool
    end: int
    rows: list[list[Row]]
    sections: list[Row] = field(default_factory=list)  # rows of one line that crosses the gaps
    stands: set[tuple[int, int]] = field(default_factory=set)  # where the words of a column begin, and their middle, in points

    @property
    def ends_in_section(self) -> bool:
        return bool(self.sections) and self.rows[-1][0] is self.sections[-1]


def find_open(glyphs: Sequence[Glyph], above: OpenTable | None) -> tuple[list[TablePart], list[Glyph], OpenTable | None]:
    """Such tables of a page, the characters outside them, and the table that may go on over the page. `above`: the one that may go on
    from the page before."""
    rows = glyph_rows([glyph for glyph in glyphs if glyph.turn == 0])
    parts: list[TablePart] = []
    inside: set[int] = set()
    last: OpenTable | None = None
    at = 0
    while at < len(rows):
        rest = _going_on(rows, at, above) if above is not None and not parts and at <= _MOST_BESIDE else None
        reading = rest or _from_header(rows, at)
        at += 1
        if reading is None:
            continue
        table = above if rest and above else _table(reading)
        parts.append(_part(reading, table))
        inside.update(id(glyph) for lines in reading.rows for line in lines for glyph in line)
        last = table if len(rows) - reading.end <= _MOST_BESIDE else None
        at = reading.end
    return parts, [glyph for glyph in glyphs if id(glyph) not in inside], last


# --- which lines ---------------------------------------------------------------------------------------


def _from_header(rows: Sequence[Row], at: int) -> _Reading | None:
    """The table whose header stands on this line, with the section right above it; None where none begins here."""
    names = _names(rows[at])
    if len(names) < _FEWEST_NAMES or not is_header(list(map(_text, names))):
        return None
    first = column_role(_text(names[0]))
    if first not in {"number", "requirement", "group"}:
        return None
    gaps = [(a[-1].x1, b[0].x0) for a, b in pairwise(names)]
    reading = _Reading(gaps=gaps, size=_size(rows[at]), numbered=first == "number", end=at + 1, rows=[[rows[at]]])
    _follow(rows, reading)
    if len(reading.rows) - len(reading.sections) <= _FEWEST_ROWS:
        return None
    over = rows[at - 1] if at and reading.sections else None
    if over and _may_head(over) and _alike(over, reading.sections[0]):
        reading.rows.insert(1, [over])
        reading.sections.insert(0, over)
    return reading


def _alike(row: Row, other: Row) -> bool:
    """Whether two lines begin at one edge, in letters of one size."""
    return abs(row[0].x0 - other[0].x0) < _LEAST and abs(_size(row) - _size(other)) < _LEAST / 2


def _going_on(rows: Sequence[Row], at: int, above: OpenTable) -> _Reading | None:
    """The rest of the table of the page before; None where the line does not stand in its columns."""
    size, stands = above.size, set(above.stands)
    reading = _Reading(gaps=list(above.gaps), size=size, numbered=above.numbered, end=at, rows=[], stands=stands)
    if not _fits(rows[at], reading):
        return None
    if not _begins(rows[at], reading):
        if not _stands_below(rows[at], reading.gaps, reading):
            return None
        reading.rows.append([rows[at]])  # the rest of a row that the page cuts
        reading.end = at + 1
    _follow(rows, reading)
    return reading


def _follow(rows: Sequence[Row], reading: _Reading) -> None:
    """Add the lines that belong to the table, from its end on."""
    for at in range(reading.end, len(rows)):
        row, below = rows[at], rows[at + 1 : at + 2]
        if at and reading.rows and row[0].base - rows[at - 1][0].base > _FARTHEST * reading.size:
            return
        gaps = _left_open(row, reading)
        if gaps and _begins(row, reading):
            reading.rows.append([row])
            reading.stands |= _stands(row, gaps)
        elif gaps and reading.rows and not reading.ends_in_section and _stands_below(row, gaps, reading):
            reading.rows[-1].append(row)
        elif _may_head(row) and below and _fits(below[0], reading) and _begins(below[0], reading):
            reading.sections.append(row)
            reading.rows.append([row])
        else:
            return
        reading.gaps = gaps or reading.gaps
        reading.end = at + 1


def _fits(row: Row, reading: _Reading) -> bool:
    return bool(_left_open(row, reading))


def _left_open(row: Row, reading: _Reading) -> list[Gap]:
    """The gaps between the columns, as narrow as a line leaves them; none where it fills one, or is set in another size."""
    seen = [glyph for glyph in row if not glyph.char.isspace()]
    if not seen or abs(_size(seen) - reading.size) > _SAME_SIZE * reading.size:
        return []
    gaps = [_widest_free(left, right, [g for g in seen if g.x0 < right and g.x1 > left]) for left, right in reading.gaps]
    return gaps if all(right - left >= _LEAST for left, right in gaps) else []


def _stands(row: Row, gaps: Sequence[Gap]) -> set[tuple[int, int]]:
    """Where the words of each column begin, and where their middle is."""
    return {(column, round(x)) for column, held in _columns(row, gaps).items() for x in (held[0].x0, (held[0].x0 + held[-1].x1) / 2)}


def _stands_below(row: Row, gaps: Sequence[Gap], reading: _Reading) -> bool:
    """Whether the words of each column begin, or have their middle, where those of rows do: no line of the text behind the table."""
    columns = {column for column, _ in _stands(row, gaps)}
    near = {column for column, x in _stands(row, gaps) for off in (-1, 0, 1) if (column, x + off) in reading.stands}
    return columns == near and not (reading.numbered and 0 in columns)


def _widest_free(left: float, right: float, inside: Sequence[Glyph]) -> Gap:
    """The widest stretch of a gap that no letter of a line covers."""
    edges = sorted((max(glyph.x0, left), min(glyph.x1, right)) for glyph in inside)
    free, at = (left, left), left
    for x0, x1 in [*edges, (right, right)]:
        if x0 - at > free[1] - free[0]:
            free = (at, x0)
        at = max(at, x1)
    return free


def _begins(row: Row, reading: _Reading) -> bool:
    """Whether a row of the table begins with this line: a number in the first column, words in others; a header printed again."""
    columns = _columns(row, reading.gaps)
    first = _text(columns.get(0, []))
    if len(columns) <= 1 or is_header(list(map(_text, columns.values()))):
        return len(columns) > 1
    return bool(_NUMBERED.fullmatch(first) if reading.numbered else _MARKED.match(first))


def _may_head(row: Row) -> bool:
    text = _text(row)
    return 2 < len(text) <= _LONGEST_SECTION and not _STOP.search(text)


def _names(row: Row) -> list[Row]:
    """The words of a line that gaps set apart."""
    seen = [glyph for glyph in row if not glyph.char.isspace()]
    if not seen or len(seen) > _LONGEST_HEADER:
        return []
    names: list[Row] = [[seen[0]]]
    for before, glyph in pairwise(seen):
        if glyph.x0 - before.x1 > _APART * glyph.size:
            names.append([])
        names[-1].append(glyph)
    return names


# --- lines to cells ------------------------------------------------------------------------------------


def _table(reading: _Reading) -> OpenTable:
    letters = [glyph for lines in reading.rows for line in lines for glyph in line]
    left, right = min(glyph.x0 for glyph in letters), max(glyph.x1 for glyph in letters)
    xs = (left, *((a + b) / 2 for a, b in reading.gaps), right)
    gaps, stands = tuple(reading.gaps), frozenset(reading.stands)
    return OpenTable(gaps=gaps, xs=xs, size=reading.size, numbered=reading.numbered, stands=stands)


def _part(reading: _Reading, table: OpenTable) -> TablePart:
    cells = [cell for at, lines in enumerate(reading.rows) for cell in _cells(at, lines, reading, table)]
    tops = [lines[0][0].base - reading.size for lines in reading.rows]
    ordered = [min(tops[at:]) for at in range(len(tops))]  # the section printed over the header stands below it here
    return TablePart(xs=table.xs, ys=(*ordered, reading.rows[-1][-1][0].base), cells=tuple(cells))


def _cells(at: int, lines: Sequence[Row], reading: _Reading, table: OpenTable) -> Iterator[PartCell]:
    if any(lines[0] is section for section in reading.sections):
        yield PartCell(row=at, column=0, row_span=1, column_span=len(table.xs) - 1, lines=cell_lines(lines[0]))
        return
    held: dict[int, list[Glyph]] = {column: [] for column in range(len(table.xs) - 1)}
    for line in lines:
        for column, glyphs in _columns(line, table.gaps).items():
            held[column] += glyphs
    for column, glyphs in held.items():
        yield PartCell(row=at, column=column, row_span=1, column_span=1, lines=cell_lines(glyphs) if glyphs else ())


def _columns(row: Row, gaps: Sequence[Gap]) -> dict[int, list[Glyph]]:
    """The letters of a line by their columns."""
    middles = [(left + right) / 2 for left, right in gaps]
    held: dict[int, list[Glyph]] = {}
    for glyph in row:
        if not glyph.char.isspace():
            held.setdefault(bisect_right(middles, (glyph.x0 + glyph.x1) / 2), []).append(glyph)
    return held


def _text(row: Sequence[Glyph]) -> str:
    return key("".join(glyph.char for glyph in row))


def _size(row: Sequence[Glyph]) -> float:
    return median(glyph.size for glyph in row if not glyph.char.isspace())
