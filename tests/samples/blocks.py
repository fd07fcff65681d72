"""What a sample document consists of, before any file format: lines, items, tables; and what is true of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .wording import Fact

ABOVE = "\0above"  # a cell that is merged with the one above it
LEFT = "\0left"  # a cell that is merged with the one left of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A paragraph. `kind`: agency, number, title, salute, body, sign, date, open, annex, h1, h2, copy, break."""

    kind: str
    text: str = ""
    marker: str = ""  # the number in front of a heading, part of the printed line


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A requirement and the words behind it that say who owes it."""

    text: str
    owed: str
    own_line: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A numbered, or unnumbered, paragraph of one requirement or of several."""

    marker: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Rows of a table on one page. `kind` is wide, narrow (no second group) or drift (a header short of a cell)."""

    kind: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table, with its width of columns in parts of the page."""

    pages: tuple[Page, ...]
    widths: tuple[int, ...]
    text_column: int = -1


Block = Line | Item | Grid


@dataclass(slots=True, kw_only=True)
class Sample:
    """A document under construction: its description, its blocks, its truth."""

    spec: Mapping[str, Any]
    blocks: list[Block] = field(default_factory=list)
    tasks: list[Fact] = field(default_factory=list)
    statements: list[Fact] = field(default_factory=list)
    citations: list[Fact] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def file(self) -> str:
        return str(self.spec["file"])

    @property
    def stem(self) -> str:
        return self.file.rpartition(".")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A cell with the rows and columns that it reaches over."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def spots(rows: list[tuple[str, ...]]) -> list[Spot]:
    """The cells of `rows` with their merges, in reading order."""
    found = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in (ABOVE, LEFT):
                continue
            wide = next((n for n in range(1, len(row) - c) if row[c + n] != LEFT), len(row) - c)
            high = 1
            while r + high < len(rows) and rows[r + high][c] == ABOVE:
                high += 1
            found.append(Spot(row=r, column=c, rows=high, columns=wide, text=text))
    return found


def all_rows(grid: Grid) -> list[tuple[str, ...]]:
    """Header and rows of a table that is printed whole."""
    if len(grid.pages) != 1:
        raise ValueError("a table of several pages has no whole")
    return [grid.pages[0].header, *grid.pages[0].rows]
