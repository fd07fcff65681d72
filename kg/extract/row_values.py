"""One row of a table of tasks: its groups, its units, its deadline, its task."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.extract.doubts import unread_deadline
from kg.extract.facts import Found, find_facts, with_more
from kg.extract.grid import Grid
from kg.extract.items import Context, tidy_inside
from kg.extract.measures import find_measures
from kg.extract.outline import find_mark, opens_list, tidy
from kg.extract.row_columns import Columns
from kg.extract.row_headings import Held
from kg.extract.row_matrix import marked_units
from kg.extract.row_parts import Part, find_parts
from kg.extract.unit_brackets import find_unit_brackets
from kg.extract.units import UnitList, merged, read_units
from kg.model import Cell, Deadline, Issue, Measure, Role, Section, Task
from kg.rules import pattern
from kg.text import Folded, fold, key


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskRow:
    """A row of the grid, with what the rows above hold for it."""

    grid: Grid
    at: int
    columns: Columns
    held: Held

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

    def update_groups(self) -> None:
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
            fresh.update(self._take(level, cell))

    def _column_has_merges(self, column: int) -> bool:
        return any(cell.row_span > 1 for row in self.grid.rows for cell in [row[column]] if cell is not None)

    def _end_from(self, level: int) -> None:
        for deeper in [held for held in self.held.groups if held >= level]:
            del self.held.groups[deeper]

    def _take(self, level: int, cell: Cell) -> range:
        """Hold the group that the cell prints; two names printed in one cell are the outer and the inner one.

        A group that is printed again, at the head of a page, ends the inner one: that is printed again too if it goes on.
        """
        names = [tidy(self._text(cell))] if self.grid.table.merges else _names(self._text(cell))
        known = [name for name in names if key(name) in self.held.outer]
        if len(names) > 2 or (len(names) == 2 and level > 0):
            names = known[:1] or names[:1]
        self._end_from(level)
        for offset, name in enumerate(names):
            self.held.groups[level + offset] = Section(heading=name, level=level + offset + 1, span=cell.span)
        if level == 0:
            self.held.outer.add(key(names[0]))
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

    def units(self, context: Context) -> UnitList:
        """The units of the row, from all of its columns."""
        found = UnitList()
        printed = any(self._cell(column) for column, role in self.columns.units if role != "support")
        seen: set[Role] = set()  # 责任单位2 beside 责任单位1 is empty where there is no second
        for column, role in self.columns.units:
            inherit = role not in seen and (role != "support" or not printed or column in self.columns.marked)
            seen.add(role)
            cell = self._value(column, inherit=inherit)
            if cell is None:
                continue
            units = self.held.units.get(cell.span)
            if units is None:
                units = self.held.units[cell.span] = read_units(context.document, cell.span, role)
            found = merged(found, units)
        if self.columns.matrix:
            found = merged(found, UnitList(assignments=tuple(marked_units(self.grid, self.at, self.columns.matrix))))
        return found

    def continues_above(self) -> bool:
        """Whether the requirement of the row above reaches down to this one, with units of its own beside it."""
        cell = self._cell(self.columns.requirement)
        return cell is not None and cell.row < self.at and any(self._own(column) for column, _ in self.columns.units)

    def _deadlines(self, context: Context, units: UnitList) -> tuple[Deadline, ...]:
        """What the column of deadlines says; in a table without one, what the cells of the units do."""
        cell = self._value(self.columns.deadline)
        if cell is None:
            said = units.deadlines if self.columns.deadline is None else ()
            return tuple(one for words in said for one in context.facts.column_deadlines(words, context.year))
        if cell.span not in self.held.deadlines:
            words = fold(self._text(cell), cell.span.start)
            self.held.deadlines[cell.span] = context.facts.column_deadlines(words, context.year)
        return self.held.deadlines[cell.span]

    def doubts(self, context: Context) -> list[Issue]:
        """The cell of the deadline column, if it says something that is not understood."""
        cell = self._cell(self.columns.deadline)
        if cell is None or not re.search("[一-龥\\d]", key(self._text(cell))) or self._deadlines(context, UnitList()):
            return []
        return [unread_deadline(context.document, cell.span)]

    def _number(self) -> str | None:
        cell = self._value(self.columns.number)
        return key(self._text(cell)).rstrip(".、．") or None if cell else None

    def tasks(self, context: Context, path: tuple[Section, ...]) -> list[Task]:
        """The task of the row, or those that its cell lists; none of a row without a requirement of its own, or of a form left blank."""
        cell = self._own(self.columns.requirement) or self._last_group()
        units = self.units(context)
        deadlines = self._deadlines(context, units)
        printed = self._number()  # also of a row without a task, for the rows below it
        if cell is None or _is_blank(self._text(cell)):
            return []
        whole = fold(self._text(cell), cell.span.start)
        parts = [] if units.assignments else find_parts(context.document, whole, self._lines(whole), printed)
        if parts:
            timed = [deadlines or self._deadlines(context, part.units) for part in parts]
            return [self._task(part, at, path, context) for part, at in zip(parts, timed, strict=True)]
        number, words = self._requirement(whole, printed)
        brackets = list(find_unit_brackets(context.document, words))
        if brackets and not units.assignments:
            units = brackets[-1].units
            deadlines = deadlines or self._deadlines(context, units)
            words = words.part(0, brackets[0].start)
        return [self._task(Part(number=number, words=words, units=units), deadlines, path, context)] if words.text else []

    def _task(self, part: Part, deadlines: tuple[Deadline, ...], path: tuple[Section, ...], context: Context) -> Task:
        words, units = part.words, part.units
        facts = self._with_columns(find_facts(words, context.facts, context.year), context)
        return Task(
            number=part.number,
            form="row",
            path=(*path, *self._groups(words.text)),
            text=tidy_inside(context.document.quote(words.whole)),
            span=words.whole,
            assignments=context.led(units.assignments),
            open_list=units.open_list,
            deadlines=(*deadlines, *facts.deadlines),
            citations=facts.citations,
            measures=facts.measures,
            modality=facts.modality,
        )

    def _with_columns(self, facts: Found, context: Context) -> Found:
        """The facts of the requirement with the documents and the numbers that columns of their own give for the row."""
        bases = [fold(self._text(cell), cell.span.start) for column in self.columns.bases if (cell := self._cell(column))]
        aims = [fold(self._text(cell), cell.span.start) for column in self.columns.aims if (cell := self._cell(column))]
        cited = (one for words in (*bases, *aims) for one in context.facts.citations(words))
        return with_more(facts, cited, (one for words in aims for one in self._numbers(words)))

    def _numbers(self, aim: Folded) -> Iterator[Measure]:
        """The numbers of a cell of aims; a bare one counts what the column of units beside it says."""
        counted = key(self._text(self._cell(self.columns.counted_in)))
        if not counted or not aim.text[-1:].isdigit():
            yield from find_measures(aim, column=True)
            return
        for one in find_measures(fold(aim.printed + counted), column=True):
            yield replace(one, text=aim.text, span=aim.whole)

    def _requirement(self, words: Folded, printed: str | None) -> tuple[str | None, Folded]:
        """The number of the row, or the one that its requirement begins with, and the words behind it."""
        mark = find_mark(words.text)
        if mark and self.columns.numbered_inside and mark.end < len(words.text) and not opens_list(words.text, mark, self._lines(words)):
            return mark.printed, words.part(mark.end, len(words.text))
        return printed, words

    def _lines(self, words: Folded) -> Iterator[int]:
        """Where in the words a printed line begins, the first left out."""
        starts = {piece.span.start for piece in self.grid.document.pieces_of(words.whole)}
        return (at for at, offset in enumerate(words.offsets) if at and offset in starts)

    def _groups(self, requirement: str) -> Iterator[Section]:
        """The groups over the row, outermost first, without one that only says the requirement again."""
        return (section for _, section in sorted(self.held.groups.items()) if key(section.heading) != requirement)

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
