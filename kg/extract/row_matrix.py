"""Tables with a column for each unit, in which a mark says who owes the row: ▲ leads, △ supports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from kg.columns import column_role
from kg.extract.grid import Grid, distinct
from kg.extract.unit_names import ends_like_unit, is_group
from kg.extract.unit_roles import label_role
from kg.model import Assignment, Cell, Role, Span
from kg.rules import pattern
from kg.text import key

_FEWEST = 2
_SOLID = "▲●★■◆"
_SIGNS = "▲△●零★☆√✓✔◎◆◇■□*"  # ○ is folded to 零
_WORDS = "牵头|主办|主责|配合|协办|协助|参与|责任|负责|承办"
_SAYS = (  # 牵头单位以 in front of ▲表示
    rf"(?<![{_SIGNS}])(?<![{_SIGNS}][为是：])(?!责任单位（)"
    rf"(?P<word>{_WORDS})(?:责任)?(?:单位|部门)?[用以标记为是：（“]{{0,3}}"
)
_SHORT = {"牵": "牵头", "主": "主办", "责": "责任", "配": "配合", "协": "协办"}
_ROLES: tuple[Role, ...] = ("lead", "responsible", "support")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitColumn:
    """A column that bears a unit's name, and what each mark in it says."""

    at: int
    name: str
    span: Span
    marks: Mapping[str, Role]


def is_matrix_header(grid: Grid, row: int) -> bool:
    """Whether a row names a few columns, one of them of what is to be done, and for the rest units, or what lies over units."""
    cells = [cell for cell in distinct(grid.rows[row]) if key(grid.document.quote(cell.span))]
    over = [cell for cell in cells if _lies_over_units(grid, row, cell)]
    names = [key(grid.document.quote(cell.span)) for cell in cells if cell not in over]
    roles = [column_role(name) for name in names]
    units = [name for name, role in zip(names, roles, strict=True) if not role and _is_unit(name)]
    known = [role for role in roles if role]
    return bool(over or len(units) >= _FEWEST) and len(units) + len(known) == len(names) and not {"requirement", "group"}.isdisjoint(known)


def names_units(grid: Grid, row: int) -> bool:
    """Whether a row below the first of a header names nothing but units, over columns that hold marks."""
    fresh = [cell for cell in distinct(grid.rows[row]) if cell.row == row and key(grid.document.quote(cell.span))]
    marked = [cell for cell in fresh if _names_unit(grid, cell) and _holds_marks(grid, cell.column, row + 1)]
    return len(marked) == len(fresh) >= _FEWEST and any(_texts(grid, cell.column, row + 1) for cell in marked)


def find_unit_columns(grid: Grid, at: int, first: int) -> tuple[UnitColumn, ...]:
    """The columns that a header, the rows from `at` to `first`, names like units and that hold marks and nothing else; none where
    there is but one."""
    named = {column: cell for column in range(grid.table.columns) if (cell := _lowest(grid, at, first, column)) and _names_unit(grid, cell)}
    named = {column: cell for column, cell in named.items() if cell.column_span == 1 and _holds_marks(grid, column, first)}
    signs = {text for column in named for text in _texts(grid, column, first) if not pattern("columns", "nobody").fullmatch(text)}
    if len(named) < _FEWEST:
        return ()
    told = _said(key(grid.document.text), signs)
    return tuple(
        UnitColumn(
            at=column,
            name=key(grid.document.quote(cell.span)),
            span=cell.span,
            marks={**dict.fromkeys(signs, _role_above(grid, at, cell)), **told},
        )
        for column, cell in named.items()
    )


def marked_units(grid: Grid, row: int, columns: Sequence[UnitColumn]) -> Iterator[Assignment]:
    """The units whose columns bear a mark in a row, those that lead first."""
    said = [(column, column.marks.get(key(grid.text(row, column.at)))) for column in columns]
    for role in _ROLES:
        for column, own in said:
            if own == role:
                yield Assignment(name=column.name, role=role, group=is_group(column.name), span=column.span)


def _is_unit(name: str) -> bool:
    return len(name) >= 2 and ends_like_unit(name)


def _names_unit(grid: Grid, cell: Cell) -> bool:
    name = key(grid.document.quote(cell.span))
    return not column_role(name) and _is_unit(name)


def _lies_over_units(grid: Grid, row: int, cell: Cell) -> bool:
    """Whether a cell lies over several, of which the row below names a unit in each."""
    below = grid.rows[row + 1] if row + 1 < len(grid.rows) else ()
    under = [one for one in below[cell.column : cell.column + cell.column_span] if one is not None and one != cell]
    return len(under) == cell.column_span >= _FEWEST and all(_names_unit(grid, one) for one in under)


def _lowest(grid: Grid, at: int, first: int, column: int) -> Cell | None:
    """The last cell of a column in a header that says something."""
    cells = (grid.rows[row][column] for row in range(first - 1, at - 1, -1))
    return next((cell for cell in cells if cell and key(grid.document.quote(cell.span))), None)


def _role_above(grid: Grid, at: int, unit: Cell) -> Role:
    """What a cell that lies over the name of a unit says of its marks: 牵头单位 over several units, 配合单位 over others."""
    above = (cell for row in range(unit.row - 1, at - 1, -1) if (cell := grid.rows[row][unit.column]) and cell != unit)
    roles = {column_role(grid.document.quote(cell.span)) for cell in above}
    return next((role for role in _ROLES if role in roles), "responsible")


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


def _said(text: str, signs: Set[str]) -> Mapping[str, Role]:
    """The role of each mark that is told: by its own word, by what the document says of it, else the solid one of two leads."""
    told = {mark: role for mark in signs if (role := _legend(text, mark))}
    solid = [mark in _SOLID for mark in sorted(signs, key=_SOLID.find)]
    if not told and solid == [False, True]:
        return {mark: "lead" if mark in _SOLID else "support" for mark in signs}
    return told


def _legend(text: str, mark: str) -> Role | None:
    """What a word says by itself, or what the text says of a sign: ▲为牵头单位, 牵头单位以▲表示."""
    if mark not in _SIGNS:
        return label_role(_SHORT.get(mark, mark))
    sign = re.escape(mark)
    found = re.search(rf"{_SAYS}{sign}(?![为是：])", text) or re.search(rf"{sign}[^{_SIGNS}，、；。]{{0,8}}?(?P<word>{_WORDS})", text)
    return label_role(found["word"]) if found else None
