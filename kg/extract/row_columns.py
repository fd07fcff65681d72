"""Which column of a table of tasks holds what, and where its header ends."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from kg.columns import column_role, fact_of, is_header
from kg.extract.grid import Grid, distinct
from kg.extract.measures import find_measures
from kg.extract.outline import find_mark
from kg.extract.row_matrix import UnitColumn, find_unit_columns, is_matrix_header, names_units
from kg.extract.unit_roles import label_role
from kg.model import Role
from kg.rules import pattern
from kg.text import fold, key

_HEADER_ROWS = 4
_FEWEST_ROWS = 3  # of a table whose columns are told by what they hold, its header among them
_LONGEST_NAME = 12
_LONGEST_MEASURE = 5
_SHORTEST_TASK = 6  # characters, on average
_LONGEST_TITLE, _SHORTEST_SENTENCE = 6, 12  # what only names a task, on average, and what spells it out
_BY_CONTENT = {"序号": "looks_number", "责任单位": "looks_units", "完成时限": "looks_deadline"}
_BY_ROLE: dict[Role, str] = {"lead": "牵头单位", "responsible": "责任单位", "support": "配合单位"}  # 谁牵头, 谁来办, 谁配合
_UNITS: dict[str, Role] = {"lead": "lead", "responsible": "responsible", "support": "support"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which column holds what."""

    number: int | None
    groups: tuple[int, ...]
    requirement: int
    units: tuple[tuple[int, Role], ...]
    deadline: int | None
    width: int
    marked: frozenset[int] = frozenset()  # columns that say where nobody is meant, so that an empty cell is a merged one
    matrix: tuple[UnitColumn, ...] = ()
    bases: tuple[int, ...] = ()  # columns of the documents that a row rests on
    aims: tuple[int, ...] = ()  # columns of numbers to be reached
    counted_in: int | None = None  # the column that says what those numbers count: %, 个
    numbered_inside: bool = False  # the requirements print their own numbers, not one for each the column of numbers


# --- header -------------------------------------------------------------------------------------------


def find_header(grid: Grid) -> tuple[Columns, int] | None:
    """The columns, and the first row below the header; a header may take four rows."""
    for at in range(min(len(grid.rows), 8)):
        if not is_header(grid.texts(at)) and not is_matrix_header(grid, at):
            continue
        names = [grid.text(at, column) for column in range(grid.table.columns)]
        end = at + 1
        while end < min(len(grid.rows), at + _HEADER_ROWS) and (_goes_down(grid, at, end) or names_units(grid, end)):
            names = _with_lower(names, [grid.text(end, column) for column in range(grid.table.columns)])
            end += 1
        columns = _columns(grid, names, end, find_unit_columns(grid, at, end))
        return (columns, end) if columns else None
    return None


def _with_lower(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """The names of a header with those of the row below where they are known; where one of them says what stands over all of them
    (目标及时限 over 年度目标 and 完成时限), the others no longer say it."""
    told = {name for name, low in zip(upper, lower, strict=True) if key(name) != key(low) and column_role(low) == column_role(name) != ""}
    return [low if column_role(low) or name in told or _is_stage(low) else name for name, low in zip(upper, lower, strict=True)]


def _is_stage(name: str) -> bool:
    """The name of a column for what is done by then: 一季度, 6月底."""
    return _says(name, "stage")


def _goes_down(grid: Grid, first: int, row: int) -> bool:
    """Whether the header that begins in the row `first` has this row too: names of columns, or what stands over some of them
    (市级 over 牵头单位 and 配合单位), beside cells that reach down from above, in the last case to a row further down."""
    above, below = grid.rows[row - 1], distinct(grid.rows[row])
    fresh = [grid.document.quote(cell.span) for cell in below if cell not in above and key(grid.document.quote(cell.span))]
    reaching = [cell for cell in below if cell in above]
    if not fresh or not reaching or any(len(key(text)) > 12 for text in fresh):
        return False
    if all(wide and wide.column_span > 1 for wide, cell in zip(above, grid.rows[row], strict=True) if cell not in reaching):
        return True  # what stands under names that lie across: 开工, 主体完工 and 竣工 under 时间节点
    known = sum(bool(column_role(text)) for text in fresh)
    return known * 2 > len(fresh) or any(cell.row == first and cell.row + cell.row_span > row + 1 for cell in reaching)


def _columns(grid: Grid, names: Sequence[str], first: int, matrix: tuple[UnitColumn, ...]) -> Columns | None:
    roles = _roles(grid, names, first, {column.at for column in matrix})
    requirement = _spelt_out(grid, names, roles, _requirement(grid, roles, first), first)
    if requirement is None:
        return None
    units = tuple((at, _UNITS[role]) for at, role in enumerate(roles) if role in _UNITS)
    number = next((at for at, role in enumerate(roles) if role == "number"), None)
    if number is None:
        number = next((at for at, role in enumerate(roles) if role == "" and _holds_numbers(grid, at, first)), None)
    times = [at for at, role in enumerate(roles) if role == "deadline"]
    deadline = next((at for at in times if not _says(names[at], "schedule")), next(iter(times), None))
    month = next((at for at in times if not (units or matrix) and _heads_lists(grid, at, names[at], requirement, first)), None)
    if month is not None:
        roles[month] = "group"
        deadline = next((at for at in times if at != month), None)
    if not (units or matrix) and deadline is None and number is None and month is None:
        return None
    groups = tuple(
        at
        for at, role in enumerate(roles[:requirement])
        if role in {"group", "requirement"}
        or (role == "" and at != number and not _says(names[at], "aim"))
        or (role in {"", "note"} and _groups_by_aim(grid, at, names[at], first))
    )
    told = [at for at, role in enumerate(roles) if role in {"", "note"} and at not in {*groups, requirement}]
    inside = number is None or _numbers_inside(grid, number, requirement, first)
    return Columns(
        number=number,
        groups=groups,
        requirement=requirement,
        units=units,
        deadline=deadline,
        width=grid.table.columns,
        marked=frozenset(at for at, _ in units if _says_nobody(grid, at, first)),
        numbered_inside=inside,
        matrix=matrix,
        bases=tuple(at for at in (*groups, *told) if fact_of(names[at]) == "basis"),
        aims=tuple(at for at in told if fact_of(names[at]) == "aim"),
        counted_in=next((at for at, name in enumerate(names) if _names_measures(grid, at, name, first)), None),
    )


def _says_nobody(grid: Grid, column: int, first: int) -> bool:
    return any(pattern("columns", "nobody").fullmatch(key(grid.text(row, column))) for row in range(first, len(grid.rows)))


def _roles(grid: Grid, names: Sequence[str], first: int, marked: Set[int]) -> list[str]:
    """What each column holds; a column of aims may be all that a table says of what is to be done, and then is as good as nameless."""
    roles: list[str] = []
    for at, name in enumerate(names):
        remark = at in marked or _is_stage(name) or _is_basis(grid, at, name, first)
        roles.append("note" if remark else column_role(name).replace("fact", ""))
    if any(role == "group" and _asks_in_each_row(grid, at, first) for at, role in enumerate(roles)):
        return ["note" if role == "" and _says(name, "target") else role for name, role in zip(names, roles, strict=True)]
    return roles


def _says(name: str, what: str) -> bool:
    """Whether the name of a column is one of an aim, a basis, a stage …"""
    return bool(pattern("columns", what).fullmatch(key(name)))


def _is_basis(grid: Grid, column: int, name: str, first: int) -> bool:
    """Whether a column is called so and names documents: 任务来源 may also say which meeting it was."""
    texts = [text for row in range(first, len(grid.rows)) if (text := _own(grid, row, column))] if _says(name, "basis") else []
    return 2 * sum("《" in text or "〔" in text for text in texts) > len(texts)


def _asks_in_each_row(grid: Grid, column: int, first: int) -> bool:
    """Whether a column says something else in each row, and as long as a task is."""
    texts = [_own(grid, row, column) for row in range(first, len(grid.rows)) if len(distinct(grid.rows[row])) > 1]
    return all(texts) and _mean_length(texts) >= _SHORTEST_TASK


def _names_measures(grid: Grid, column: int, name: str, first: int) -> bool:
    """Whether a column called 单位 holds %, 个, 公里, and no offices."""
    texts = [text for row in range(first, len(grid.rows)) if (text := _own(grid, row, column))] if _says(name, "counted_in") else []
    return bool(texts) and all(len(text) <= _LONGEST_MEASURE and next(find_measures(fold(f"达到1{text}")), None) for text in texts)


def _groups_by_aim(grid: Grid, column: int, name: str, first: int) -> bool:
    """Whether a column of aims has one for several rows, and so groups them."""
    if not _says(name, "aim"):
        return False
    filled = sum(_begins(grid, row, column) and bool(key(grid.text(row, column))) for row in range(first, len(grid.rows)))
    return 0 < 2 * filled <= len(grid.rows) - first


def _heads_lists(grid: Grid, column: int, name: str, requirement: int, first: int) -> bool:
    """Whether a column of months stands before cells that list what is to be done in each: a calendar, not a column of deadlines."""
    if column >= requirement or not _says(name, "calendar"):
        return False
    texts = [text for row in range(first, len(grid.rows)) if (text := _own(grid, row, requirement))]
    lists = sum((mark := find_mark(text)) is not None and mark.value == 1 for text in texts)
    return 4 * lists >= 3 * len(texts)


def _numbers_inside(grid: Grid, number: int, requirement: int, first: int) -> bool:
    """Whether a number in its column stands for several requirements, which count themselves （1）（2）（3）."""
    own = [row for row in range(first, len(grid.rows)) if _begins(grid, row, requirement)]
    marked = sum(find_mark(key(grid.text(row, requirement))) is not None for row in own)
    if marked < 2 or 5 * marked < 4 * len(own):
        return False
    return sum(_begins(grid, row, number) and bool(key(grid.text(row, number))) for row in own) < len(own)


def _requirement(grid: Grid, roles: Sequence[str], first: int) -> int | None:
    """The column of the requirement: the last that is called so; else, of groups and nameless ones, the one with most text."""
    called = [at for at, role in enumerate(roles) if role == "requirement"]
    if called:
        return called[-1]
    others = [at for at, role in enumerate(roles) if role in {"group", ""}]
    who = next((at for at, role in enumerate(roles) if role in _UNITS), len(roles))
    if any(roles[at] == "group" for at in others if at < who):
        others = [at for at in others if at < who]  # what stands behind is what became of it, quarter by quarter
    rows = range(first, len(grid.rows))
    filled = {at: sum(len(grid.text(row, at)) for row in rows if _begins(grid, row, at)) for at in others}
    return max(others, key=lambda at: (filled[at], at), default=None)


def _spelt_out(grid: Grid, names: Sequence[str], roles: Sequence[str], requirement: int | None, first: int) -> int | None:
    """The column of the requirement; where it has but a title in each row (茶产业), the column of aims behind it that says in sentences
    what is to be done."""
    if requirement is None or roles[requirement] == "requirement":
        return requirement
    rows = [row for row in range(first, len(grid.rows)) if len(distinct(grid.rows[row])) > 1]
    titles = [text for row in rows if (text := _own(grid, row, requirement))]
    for at in range(requirement + 1, len(names)):
        texts = [_own(grid, row, at) for row in rows] if _says(names[at], "aim") and roles[at] not in _UNITS else []
        sentences = sum(len(text) >= _SHORTEST_SENTENCE for text in texts)
        if titles and _mean_length(titles) <= _LONGEST_TITLE and texts and all(texts) and 4 * sentences >= 3 * len(texts):
            return at
    return requirement


def _begins(grid: Grid, row: int, column: int) -> bool:
    cell = grid.rows[row][column]
    return cell is not None and cell.row == row and cell.column == column


def _holds_numbers(grid: Grid, column: int, first: int) -> bool:
    """A column without a name that has nothing but numbers in it."""
    texts = [key(grid.text(row, column)) for row in range(first, len(grid.rows))]
    filled = [text for text in texts if text]
    return bool(filled) and all(pattern("columns", "looks_number").fullmatch(text) for text in filled)


# --- no header ----------------------------------------------------------------------------------------


def goes_on(grid: Grid, above: Columns | None) -> tuple[Columns, int] | None:
    """The columns of the table above, where this one has as many and its first row suits them."""
    if above is None or grid.table.columns != above.width:
        return None
    row = next((at for at in range(len(grid.rows)) if key(grid.text(at, above.requirement))), None)
    if row is None or (above.number is not None and not pattern("columns", "looks_number").fullmatch(key(grid.text(row, above.number)))):
        return None
    names = [key(grid.text(row, column)) for column, _ in above.units]
    fits = all(not name or pattern("columns", "looks_units").fullmatch(name) for name in names) and any(names)
    return (above, 0) if fits else None


# --- names that nobody knows --------------------------------------------------------------------------


def find_by_content(grid: Grid) -> tuple[Columns, int] | None:
    """The columns of a table whose header has names that are not known, told by what stands in them: units with their roles, or units
    and times, beside sentences."""
    first = next((at for at in range(min(len(grid.rows), 3)) if len(distinct(grid.rows[at])) == grid.table.columns), None)
    if first is None or len(grid.rows) - first < _FEWEST_ROWS or not all(0 < len(key(text)) <= _LONGEST_NAME for text in grid.texts(first)):
        return None
    held = [[text for row in range(first + 1, len(grid.rows)) if (text := _own(grid, row, at))] for at in range(grid.table.columns)]
    names = [_name_by_content(texts) or grid.text(first, at) for at, texts in enumerate(held)]
    who = [text for at, name in enumerate(names) if name == "责任单位" for text in held[at]]
    free = [at for at, name in enumerate(names) if name not in _BY_CONTENT and column_role(name) not in {"number", "note"}]
    longest = max(free, key=lambda at: _mean_length(held[at]), default=None)
    if not who or longest is None or _mean_length(held[longest]) < _SHORTEST_TASK:
        return None
    if "完成时限" not in names and not any(pattern("units", "role_verb").search(text) for text in who):
        return None
    printed = [grid.text(first, at) for at in range(grid.table.columns)]
    names = [_BY_ROLE[label_role(said)] if name == "责任单位" else name for name, said in zip(names, printed, strict=True)]
    names[longest] = "工作内容"
    columns = _columns(grid, names, first + 1, ())
    return (columns, first + 1) if columns else None


def _name_by_content(texts: Sequence[str]) -> str | None:
    """What a column that holds these texts is called, where nearly all of them are units or times."""
    for name, looks in _BY_CONTENT.items():
        if 3 * sum(bool(pattern("columns", looks).fullmatch(text)) for text in texts) > 2 * len(texts):
            return name
    return None


def _own(grid: Grid, row: int, column: int) -> str:
    return key(grid.text(row, column)) if _begins(grid, row, column) else ""


def _mean_length(texts: Sequence[str]) -> float:
    return sum(map(len, texts)) / len(texts) if texts else 0.0
