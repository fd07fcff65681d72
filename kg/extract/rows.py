"""Tasks of breakdown tables and ledgers: a row, with the grouping cells over it and its units and deadline beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.columns import column_role, is_header
from kg.extract.cards import to_rows
from kg.extract.doubts import unread_deadline
from kg.extract.facts import find_facts
from kg.extract.grid import Grid, Row, distinct, read_grid
from kg.extract.items import Context, tidy_inside
from kg.extract.outline import find_mark, opens_list, tidy
from kg.extract.units import UnitList, find_unit_brackets, read_units
from kg.model import Assignment, Cell, Deadline, Issue, Role, Section, Span, Table, Task
from kg.rules import pattern
from kg.text import fold, key

_HAN_NUMBER = re.compile("[（]?[一二三四五六七八九十]{1,3}[）、.]?")
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
    numbered_inside: bool = False  # the requirements print their own numbers, not one for each the column of numbers


@dataclass
class _Held:
    """What the rows above leave for the empty cells below them."""

    groups: dict[int, Section] = field(default_factory=dict)
    cells: dict[int, Cell] = field(default_factory=dict)
    headings: list[Section] = field(default_factory=list)
    units: dict[Span, UnitList] = field(default_factory=dict)  # what merged cells say, read once
    deadlines: dict[Span, tuple[Deadline, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a table holds; `columns`: how to read one that goes on below it without a header."""

    tasks: tuple[Task, ...] = ()
    issues: tuple[Issue, ...] = ()
    columns: Columns | None = None


def read_rows(table: Table, context: Context, path: tuple[Section, ...], above: Columns | None = None) -> Rows:
    """The tasks of a table, and an issue where it is none that this reader knows. `above`: the columns of the table before it."""
    grid = read_grid(context.document, table)
    found = _find_header(grid) or _goes_on(grid, above)
    if found is None:
        cards = to_rows(grid)
        if cards is not None:
            return read_rows(cards, context, path)
        return Rows(issues=(_unread(table, context),) if _looks_like_tasks(grid) else ())
    columns, first = found
    held = _Held()
    for row in grid.rows[: max(first - 1, 0)]:
        heading = _row_heading(grid, row, columns)
        if heading is not None and heading.number:
            _push_heading(held, heading)
    tasks: list[Task] = []
    issues: list[Issue] = []
    outer: set[str] = set()
    for at in range(first, len(grid.rows)):
        row = grid.rows[at]
        texts = grid.texts(at)
        if is_header(texts) or not any(map(key, texts)):
            continue
        heading = _row_heading(grid, row, columns)
        if heading is not None:
            _push_heading(held, heading)
            continue
        if _is_sum(grid, row):
            continue
        values = _Row(grid=grid, at=at, columns=columns, held=held)
        values.update_groups(outer)
        task = values.task(context, (*path, *held.headings))
        if task is not None:
            tasks.append(task)
            issues += values.doubts(context)
        elif tasks and values.continues_above():
            tasks[-1] = _with_units(tasks[-1], values.units(context)[0])
    return Rows(tasks=tuple(tasks), issues=tuple(issues), columns=columns)


def _unread(table: Table, context: Context) -> Issue:
    return Issue(
        code="table.unread",
        zh="这个表格没有认出表头，未作为任务读取；请检查表头是否有“序号、任务、责任单位、时限”等栏名",
        en="no header of a task table was recognised; its rows were not read",
        span=table.span,
        place=context.document.place(table.span),
    )


def _looks_like_tasks(grid: Grid) -> bool:
    """A table with three columns or more in which some column is mostly units."""
    width = grid.table.columns
    if width < 3 or len(grid.rows) < 3:
        return False
    return any(
        sum(bool(pattern("columns", "looks_units").fullmatch(key(grid.text(row, column)))) for row in range(len(grid.rows)))
        > len(grid.rows) // 2
        for column in range(width)
    )


def _with_units(task: Task, more: Sequence[Assignment]) -> Task:
    known = {(one.name, one.role) for one in task.assignments}
    return replace(task, assignments=(*task.assignments, *(one for one in more if (one.name, one.role) not in known)))


# --- header -------------------------------------------------------------------------------------------


def _find_header(grid: Grid) -> tuple[Columns, int] | None:
    """The columns, and the first row below the header; a header may take two rows."""
    for at in range(min(len(grid.rows), 8)):
        if not is_header(grid.texts(at)):
            continue
        names = [grid.text(at, column) for column in range(grid.table.columns)]
        end = at + 1
        if end < len(grid.rows) and _is_second_header(grid, at):
            lower = [grid.text(end, column) for column in range(grid.table.columns)]
            names = [low if column_role(low) else name for name, low in zip(names, lower, strict=True)]
            end += 1
        columns = _columns(grid, names, end)
        return (columns, end) if columns else None
    return None


def _goes_on(grid: Grid, above: Columns | None) -> tuple[Columns, int] | None:
    """The columns of the table above, where this one has as many and its first row suits them."""
    if above is None or grid.table.columns != above.width:
        return None
    row = next((at for at in range(len(grid.rows)) if key(grid.text(at, above.requirement))), None)
    if row is None or (above.number is not None and not pattern("columns", "looks_number").fullmatch(key(grid.text(row, above.number)))):
        return None
    names = [key(grid.text(row, column)) for column, _ in above.units]
    fits = all(not name or pattern("columns", "looks_units").fullmatch(name) for name in names) and any(names)
    return (above, 0) if fits else None


def _is_second_header(grid: Grid, at: int) -> bool:
    """A row whose cells are the header's own, reaching down, or further names of columns."""
    above, below = grid.rows[at], grid.rows[at + 1]
    fresh = [grid.document.quote(cell.span) for cell in distinct(below) if cell not in above and key(grid.document.quote(cell.span))]
    reaching = any(cell in above for cell in distinct(below))
    known = sum(bool(column_role(text)) for text in fresh)
    return bool(fresh) and reaching and all(len(key(text)) <= 12 for text in fresh) and known * 2 > len(fresh)


def _columns(grid: Grid, names: Sequence[str], first: int) -> Columns | None:
    roles = [column_role(name) for name in names]
    requirement = _requirement(grid, roles, first)
    units = tuple((at, _UNITS[role]) for at, role in enumerate(roles) if role in _UNITS)
    number = next((at for at, role in enumerate(roles) if role == "number"), None)
    if number is None:
        number = next((at for at, role in enumerate(roles) if role == "" and _holds_numbers(grid, at, first)), None)
    deadline = next((at for at, role in enumerate(roles) if role == "deadline"), None)
    if requirement is None or (not units and deadline is None and number is None):
        return None
    groups = tuple(
        at
        for at, role in enumerate(roles[:requirement])
        if role in {"group", "requirement"}
        or (role == "" and at != number)
        or (role == "note" and _groups_by_aim(grid, at, names[at], first))
    )
    inside = number is None or _numbers_inside(grid, number, requirement, first)
    return Columns(
        number=number,
        groups=groups,
        requirement=requirement,
        units=units,
        deadline=deadline,
        width=grid.table.columns,
        numbered_inside=inside,
    )


def _groups_by_aim(grid: Grid, column: int, name: str, first: int) -> bool:
    """Whether a column of aims has one for several rows, and so groups them."""
    if not pattern("columns", "aim").fullmatch(key(name)):
        return False
    filled = sum(_begins(grid, row, column) and bool(key(grid.text(row, column))) for row in range(first, len(grid.rows)))
    return 0 < 2 * filled <= len(grid.rows) - first


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


def _begins(grid: Grid, row: int, column: int) -> bool:
    cell = grid.rows[row][column]
    return cell is not None and cell.row == row and cell.column == column


def _holds_numbers(grid: Grid, column: int, first: int) -> bool:
    """A column without a name that has nothing but numbers in it."""
    texts = [key(grid.text(row, column)) for row in range(first, len(grid.rows))]
    filled = [text for text in texts if text]
    return bool(filled) and all(pattern("columns", "looks_number").fullmatch(text) for text in filled)


# --- rows that are headings ---------------------------------------------------------------------------


def _row_heading(grid: Grid, row: Row, columns: Columns) -> Section | None:
    """A row with one cell over the whole width, or with nothing but one numbered title in it."""
    cells = [cell for cell in distinct(row) if key(grid.document.quote(cell.span))]
    if len(cells) == 2 and cells[0].column == columns.number and cells[1].column <= columns.requirement:
        return _numbered_heading(grid, cells[0], cells[1])
    if len(cells) != 1 or cells[0].row_span > 1:
        return None
    text = key(grid.document.quote(cells[0].span))
    wide = cells[0].column_span >= grid.table.columns - 1 and grid.table.columns > 2
    mark = find_mark(text)
    alone = (
        cells[0].column <= columns.requirement
        and mark is not None
        and mark.form in {"chapter", "han_comma", "han_bracket"}
        and len(text) <= 50
    )
    if not (wide or (alone and not grid.table.merges)) or len(text) > 80 or pattern("columns", "looks_number").fullmatch(text):
        return None
    if re.match("注：|备注：|说明：|填表", text):
        return None
    return Section(heading=tidy(grid.document.quote(cells[0].span)), level=1, span=cells[0].span, number=mark.printed if mark else "")


def _numbered_heading(grid: Grid, number: Cell, title: Cell) -> Section | None:
    """A heading with its number, 一 or （一）, in the column of numbers, and nobody and no time beside it."""
    printed, text = (key(grid.document.quote(cell.span)) for cell in (number, title))
    if not _HAN_NUMBER.fullmatch(printed) or len(text) > 50 or "。" in text or number.row_span > 1:
        return None
    return Section(heading=tidy(grid.document.quote(title.span)), level=1, span=title.span, number=printed)


def _is_sum(grid: Grid, row: Row) -> bool:
    """A row that only adds up."""
    first = next((text for cell in distinct(row) if (text := key(grid.document.quote(cell.span)))), "")
    return first in {"合计", "总计", "小计", "共计"}


def _push_heading(held: _Held, heading: Section) -> None:
    """A heading ends the headings of its own form and those below it."""
    form = _form(heading)
    forms = [_form(other) for other in held.headings]
    at = forms.index(form) if form in forms else len(forms) if form != "chapter" else 0
    held.headings[at:] = [replace(heading, level=at + 1)]
    held.groups.clear()
    held.cells.clear()


def _form(section: Section) -> str:
    mark = find_mark(key(section.heading)) or find_mark(f"{section.number}、…")
    return mark.form if mark else "plain"


# --- one row ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of the grid, with what the rows above hold for it."""

    grid: Grid
    at: int
    columns: Columns
    held: _Held

    def _cell(self, column: int | None) -> Cell | None:
        cell = self.grid.rows[self.at][column] if column is not None else None
        return cell if cell is not None and key(self.grid.document.quote(cell.span)) else None

    def _own(self, column: int | None) -> Cell | None:
        """The cell if it begins in this row."""
        cell = self._cell(column)
        return cell if cell is not None and cell.row == self.at else None

    def _text(self, cell: Cell | None) -> str:
        return self.grid.document.quote(cell.span) if cell else ""

    # groups

    def update_groups(self, outer: set[str]) -> None:
        """Take over the grouping cells of this row; a new outer one ends the inner ones held."""
        requirement = key(self._text(self._cell(self.columns.requirement)))
        fresh: set[int] = set()
        for level, column in enumerate(self.columns.groups):
            cell = self._cell(column)
            if cell is None:
                if self.grid.table.merges and self._column_has_merges(column):
                    self.held.groups.pop(level, None)
                continue
            if cell.column != column or key(self._text(cell)) == requirement:
                if self._own(column) and level not in fresh:
                    self._end_from(level)
                continue
            if self._own(column) is None and level in self.held.groups:
                continue
            fresh.update(self._take(level, cell, outer))

    def _column_has_merges(self, column: int) -> bool:
        return any(cell.row_span > 1 for row in self.grid.rows for cell in [row[column]] if cell is not None)

    def _end_from(self, level: int) -> None:
        for deeper in [held for held in self.held.groups if held >= level]:
            del self.held.groups[deeper]

    def _take(self, level: int, cell: Cell, outer: set[str]) -> range:
        """Hold the group that the cell prints; two names printed in one cell are the outer and the inner one.

        A group that is printed again, at the head of a page, ends the inner one: that is printed again too if it goes on.
        """
        names = [tidy(self._text(cell))] if self.grid.table.merges else _names(self._text(cell))
        known = [name for name in names if key(name) in outer]
        if len(names) > 2 or (len(names) == 2 and level > 0):
            names = known[:1] or names[:1]
        self._end_from(level)
        for offset, name in enumerate(names):
            self.held.groups[level + offset] = Section(heading=name, level=level + offset + 1, span=cell.span)
        if level == 0:
            outer.add(key(names[0]))
        return range(level, level + len(names))

    # values

    def _value(self, column: int | None, *, inherit: bool = True) -> Cell | None:
        """The cell of the column in this row, or the one above it that reaches down to here."""
        if column is None:
            return None
        cell = self._cell(column)
        if cell is not None:
            self.held.cells[column] = cell
            return cell
        return self.held.cells.get(column) if inherit and not self.grid.table.merges else None

    def units(self, context: Context) -> tuple[tuple[Assignment, ...], bool]:
        """The units of the row, and whether the list is open."""
        assignments: list[Assignment] = []
        open_list = False
        printed = any(self._cell(column) for column, role in self.columns.units if role != "support")
        for column, role in self.columns.units:
            cell = self._value(column, inherit=role != "support" or not printed)
            if cell is None:
                continue
            units = self.held.units.get(cell.span)
            if units is None:
                units = self.held.units[cell.span] = read_units(context.document, cell.span, role)
            assignments += units.assignments
            open_list = open_list or units.open_list
        return tuple(assignments), open_list

    def continues_above(self) -> bool:
        """Whether the requirement of the row above reaches down to this one, with units of its own beside it."""
        cell = self._cell(self.columns.requirement)
        return cell is not None and cell.row < self.at and any(self._own(column) for column, _ in self.columns.units)

    def _deadlines(self, context: Context) -> tuple[Deadline, ...]:
        cell = self._value(self.columns.deadline)
        if cell is None:
            return ()
        if cell.span not in self.held.deadlines:
            words = fold(self._text(cell), cell.span.start)
            self.held.deadlines[cell.span] = context.facts.column_deadlines(words, context.year)
        return self.held.deadlines[cell.span]

    def doubts(self, context: Context) -> list[Issue]:
        """The cell of the deadline column, if it says something that is not understood."""
        cell = self._cell(self.columns.deadline)
        if cell is None or not re.search("[一-龥\\d]", key(self._text(cell))) or self._deadlines(context):
            return []
        return [unread_deadline(context.document, cell.span)]

    def _number(self) -> str | None:
        cell = self._value(self.columns.number)
        return key(self._text(cell)).rstrip(".、．") or None if cell else None

    def task(self, context: Context, path: tuple[Section, ...]) -> Task | None:
        """The task of the row; None for a row without a requirement of its own, or one of a form left blank."""
        cell = self._own(self.columns.requirement) or self._last_group()
        assignments, open_list = self.units(context)
        deadlines = self._deadlines(context)
        number = self._number()
        if cell is None or _is_blank(self._text(cell)):
            return None
        words = fold(self._text(cell), cell.span.start)
        mark = find_mark(words.text)
        if mark and self.columns.numbered_inside and mark.end < len(words.text) and not opens_list(words.text, mark):
            number, words = mark.printed, words.part(mark.end, len(words.text))
        brackets = list(find_unit_brackets(context.document, words))
        if brackets and not assignments:
            assignments, open_list = brackets[-1].units.assignments, brackets[-1].units.open_list
            words = words.part(0, brackets[0].start)
        if not words.text:
            return None
        facts = find_facts(words, context.facts, context.year)
        groups = tuple(section for _, section in sorted(self.held.groups.items()) if key(section.heading) != words.text)
        return Task(
            number=number,
            form="row",
            path=(*path, *groups),
            text=tidy_inside(context.document.quote(words.whole)),
            span=words.whole,
            assignments=context.led(assignments),
            open_list=open_list,
            deadlines=(*deadlines, *facts.deadlines),
            citations=facts.citations,
            measures=facts.measures,
            modality=facts.modality,
        )

    def _last_group(self) -> Cell | None:
        """The grouping cell that holds the requirement itself, where its own column is left empty."""
        if self._cell(self.columns.requirement) is not None or not self.columns.groups:
            return None
        cell = self._own(self.columns.groups[-1])
        if cell is None or not any(self._own(column) for column, _ in self.columns.units):
            return None
        self.held.groups.pop(len(self.columns.groups) - 1, None)
        return cell


def _is_blank(text: str) -> bool:
    """A row of a form that is yet to be filled in."""
    plain = key(text)
    return not re.search("[一-龥]{2}", plain) or bool(pattern("kinds", "blank_name").fullmatch(plain))


def _names(text: str) -> list[str]:
    """The names printed in one cell: apart by a gap, unless the gaps are the line breaks of a narrow column."""
    parts = [part for part in re.split(r"\s+", text.strip()) if part]
    if len(parts) > 1 and all(len(part) >= 5 for part in parts):
        return parts
    return [tidy(text)]
