"""Tables with a column for each unit, in which a mark says who owes the row: ▲ leads, △ supports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.columns import column_role
from kg.extract.grid import Grid
from kg.extract.unit_names import ends_like_unit, is_group
from kg.extract.unit_roles import label_role
from kg.model import Assignment, Role, Span
from kg.rules import pattern
from kg.text import key

_FEWEST = 2
_SOLID = "▲●★■◆"
_SIGNS = "▲△●零★☆√◎◆◇■□"  # ○ is folded to 零
_WORDS = "牵头|主办|主责|配合|协办|参与|责任|负责|承办"
_ROLES: tuple[Role, ...] = ("lead", "responsible", "support")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitColumn:
    """A column that bears a unit's name, and what each mark in it says."""

    at: int
    name: str
    span: Span
    marks: Mapping[str, Role]


def is_matrix_header(names: Sequence[str]) -> bool:
    """Whether these cells are the names of a few columns, one of them of what is to be done, and for the rest those of units."""
    filled = [name for name in map(key, names) if name]
    roles = [column_role(name) for name in filled]
    units = [name for name, role in zip(filled, roles, strict=True) if not role and _is_unit(name)]
    known = [role for role in roles if role]
    return len(units) >= _FEWEST and len(units) + len(known) == len(filled) and not {"requirement", "group"}.isdisjoint(known)


def find_unit_columns(grid: Grid, names: Sequence[str], first: int) -> tuple[UnitColumn, ...]:
    """The columns above the row `first` that are named like units and hold marks and nothing else; none where there is but one."""
    columns = [
        (at, key(name), cell)
        for at, name in enumerate(names)
        if not column_role(name) and _is_unit(key(name)) and _holds_marks(grid, at, first) and (cell := grid.rows[first - 1][at])
    ]
    if len(columns) < _FEWEST:
        return ()
    marks = _said(key(grid.document.text), {text for at, _, _ in columns for text in _texts(grid, at, first)})
    return tuple(UnitColumn(at=at, name=name, span=cell.span, marks=marks) for at, name, cell in columns)


def marked_units(grid: Grid, row: int, columns: Sequence[UnitColumn]) -> Iterator[Assignment]:
    """The units whose columns bear a mark in a row, those that lead first."""
    said = [(column, column.marks.get(key(grid.text(row, column.at)))) for column in columns]
    for role in _ROLES:
        for column, own in said:
            if own == role:
                yield Assignment(name=column.name, role=role, group=is_group(column.name), span=column.span)


def _is_unit(name: str) -> bool:
    return len(name) >= 2 and ends_like_unit(name)


def _texts(grid: Grid, column: int, first: int) -> list[str]:
    return [text for row in range(first, len(grid.rows)) if (text := key(_own_text(grid, row, column)))]


def _own_text(grid: Grid, row: int, column: int) -> str:
    """What a cell of its own says, not one that lies across the columns."""
    cell = grid.rows[row][column]
    return grid.text(row, column) if cell and cell.column_span == 1 else ""


def _holds_marks(grid: Grid, column: int, first: int) -> bool:
    return all(
        pattern("columns", "mark").fullmatch(text) or pattern("columns", "nobody").fullmatch(text) for text in _texts(grid, column, first)
    )


def _said(text: str, marks: Iterable[str]) -> Mapping[str, Role]:
    """The role of each mark: its own word, what the document says of it, else the solid one of two leads."""
    signs = {mark for mark in marks if not pattern("columns", "nobody").fullmatch(mark)}
    told = {mark: role for mark in signs if (role := _legend(text, mark))}
    rest: dict[str, Role] = dict.fromkeys(signs - told.keys(), "responsible")
    if not told and [mark in _SOLID for mark in sorted(rest, key=_SOLID.find)] == [False, True]:
        rest = {mark: "lead" if mark in _SOLID else "support" for mark in rest}
    return {**rest, **told}


def _legend(text: str, mark: str) -> Role | None:
    """What a word says by itself, or what the text says of a sign: ▲为牵头单位."""
    if len(mark) > 1:
        return label_role(mark)
    found = re.search(rf"{re.escape(mark)}[^{_SIGNS}，、；。]{{0,8}}?(?P<word>{_WORDS})", text)
    return label_role(found["word"]) if found else None
