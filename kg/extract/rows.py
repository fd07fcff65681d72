"""Tasks of breakdown tables and ledgers: a row, with the grouping cells over it and its units and deadline beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kg.columns import column_role, is_header
from kg.extract.cards import to_rows
from kg.extract.grid import Grid, read_grid
from kg.extract.items import Context
from kg.extract.row_columns import Columns, find_by_content, find_header, goes_on
from kg.extract.row_headings import Held, is_note, is_sum, push_heading, row_heading, until
from kg.extract.row_values import TaskRow
from kg.model import Assignment, Issue, Section, Table, Task
from kg.rules import pattern
from kg.text import key


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a table holds; `columns`: how to read one that goes on below it without a header."""

    tasks: tuple[Task, ...] = ()
    issues: tuple[Issue, ...] = ()
    columns: Columns | None = None


def read_rows(table: Table, context: Context, path: tuple[Section, ...], above: Columns | None = None) -> Rows:
    """The tasks of a table, and an issue where it is none that this reader knows. `above`: the columns of the table before it."""
    grid = read_grid(context.document, table)
    found = find_header(grid) or goes_on(grid, above)
    if found is not None:
        return _read_body(grid, context, path, *found)
    cards = to_rows(grid)
    if cards is not None:
        return read_rows(cards, context, path)
    told = None if _lists_people(grid.texts(0)) else find_by_content(grid)
    if told is not None:
        return _read_body(grid, context, path, *told)
    return Rows(issues=(_unread(table, context),) if _looks_like_tasks(grid) else ())


def _read_body(grid: Grid, context: Context, path: tuple[Section, ...], columns: Columns, first: int) -> Rows:
    """The tasks of the rows from `first` on, under the numbered headings that stand over the header."""
    held = Held()
    for row in grid.rows[: max(first - 1, 0)]:
        heading = row_heading(grid, row, columns)
        if heading is not None and heading.number:
            push_heading(held, heading)
    tasks: list[Task] = []
    issues: list[Issue] = []
    fresh = not held.headings
    for at in range(first, len(grid.rows)):
        if _is_no_task(grid, at, columns, held):
            if fresh and held.headings:
                path, fresh = until(path, held.headings[0]), False
            continue
        values = TaskRow(grid=grid, at=at, columns=columns, held=held)
        values.update_groups()
        own = values.tasks(context, (*path, *held.headings))
        if own:
            tasks += own
            issues += values.doubts(context)
        elif tasks and values.continues_above():
            tasks[-1] = _with_units(tasks[-1], values.units(context).assignments)
    return Rows(tasks=tuple(tasks), issues=tuple(issues), columns=columns)


def _is_no_task(grid: Grid, at: int, columns: Columns, held: Held) -> bool:
    """Whether a row is empty, a header printed again, a sum or a heading; `held` holds a heading for the rows below."""
    texts = grid.texts(at)
    if is_header(texts) or not any(map(key, texts)):
        return True
    heading = row_heading(grid, grid.rows[at], columns)
    if heading is not None:
        push_heading(held, heading)
        return True
    return is_sum(grid, grid.rows[at]) or is_note(grid, grid.rows[at])


def _unread(table: Table, context: Context) -> Issue:
    return Issue(
        code="table.unread",
        zh="这个表格没有认出表头，未作为任务读取；请检查表头是否有“序号、任务、责任单位、时限”等栏名",
        en="no header of a task table was recognised; its rows were not read",
        span=table.span,
        place=context.document.place(table.span),
    )


def _looks_like_tasks(grid: Grid) -> bool:
    """A table with three columns or more in which some column is mostly units, but no list of whom to call."""
    width = grid.table.columns
    if width < 3 or len(grid.rows) < 3 or _lists_people(grid.texts(0)):
        return False
    return any(
        sum(bool(pattern("columns", "looks_units").fullmatch(key(grid.text(row, column)))) for row in range(len(grid.rows)))
        > len(grid.rows) // 2
        for column in range(width)
    )


def _lists_people(names: Sequence[str]) -> bool:
    """Whether these are the names of columns, of units and of who speaks for them, not of what is to be done by when."""
    roles = {role for role in map(column_role, names) if role}
    return is_header(names) and {"responsible", "note"} <= roles <= {"number", "responsible", "note"}


def _with_units(task: Task, more: Sequence[Assignment]) -> Task:
    known = {(one.name, one.role) for one in task.assignments}
    return replace(task, assignments=(*task.assignments, *(one for one in more if (one.name, one.role) not in known)))
