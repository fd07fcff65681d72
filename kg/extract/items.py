"""Tasks and statements of the running text: numbered items and paragraphs, each with the bracket that says who owes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.columns import column_role, fact_of, named_field
from kg.extract.brackets import find_brackets
from kg.extract.charges import charged, with_wider
from kg.extract.doubts import unmet_charge, unread_units
from kg.extract.facts import Facts, find_facts, with_more
from kg.extract.measures import find_measures
from kg.extract.outline import Entry, Mark, Stack, find_mark, run_in_length, stands_apart
from kg.extract.unit_names import BULLETS
from kg.extract.unit_roles import LABELS
from kg.extract.units import UnitList, lead_first, merged, says_time
from kg.model import Assignment, Document, Issue, Role, Section, Span, Statement, Task
from kg.rules import pattern
from kg.text import Folded

_SHORTEST_STATEMENT = 8
_LONGEST_RUN_IN = 20  # characters of a title; what stands behind it is longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What holds for a whole plan: its year, and what its citations must know."""

    document: Document
    year: int | None
    facts: Facts
    after_first: Role | None = None  # the role of the others, where the plan says that the first unit of a list leads

    def led(self, assignments: tuple[Assignment, ...]) -> tuple[Assignment, ...]:
        """The list with its first unit leading, where the plan says so."""
        return lead_first(assignments, self.after_first) if self.after_first else assignments


@dataclass(slots=True)
class Items:
    """What the running text of a plan holds, in order."""

    sections: list[Section] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def add(self, other: Items) -> None:
        self.sections += other.sections
        self.tasks += other.tasks
        self.statements += other.statements
        self.issues += other.issues


def read_items(entries: Sequence[Entry], context: Context, stack: Stack) -> Items:
    """The sections, tasks and statements of a stretch of text; `stack` has the headings over it, and then those over what follows."""
    items = Items()
    title: Entry | None = None  # the heading right above whose number counts the item under it
    for group, owed in charged(list(_groups(entries))):
        head = group[0]
        counted, title = title, head if head.heading and stands_apart(head, context.document) else None
        if head.heading:
            items.sections.append(stack.push(head, context.document, head.title_length))
            continue
        if head.mark:
            stack.close(head.mark.step)
        number = counted.mark.printed if counted and counted.mark and counted.mark.form == "arabic_dot" else None
        tasks, statements = _split(group, _all_closers(group, owed), stack.path, context, number)
        items.tasks += tasks
        items.statements += statements
        items.issues += _unread(group, context)
        length = run_in_length(head) if not tasks and head.mark and _heads_deeper(head, entries) else None
        if length:
            items.sections.append(stack.push(head, context.document, length))
    return items


def _unread(group: Sequence[Entry], context: Context) -> list[Issue]:
    """Brackets that are labelled as who, with nobody in them; lines about items that are not there."""
    empty = [
        entry.folded.span(bracket.start, bracket.end)
        for entry in group
        for bracket in entry.closers
        if not bracket.units.assignments
        and not bracket.units.deadlines
        and pattern("units", "label").match(entry.text[bracket.start : bracket.end].lstrip("（〔"))
    ]
    unmet = [entry.folded.whole for entry in group if entry.charge and (entry.charge.scope.numbers or entry.charge.scope.count)]
    return [*(unread_units(context.document, span) for span in empty), *(unmet_charge(context.document, span) for span in unmet)]


def _heads_deeper(head: Entry, entries: Sequence[Entry]) -> bool:
    """Whether items numbered from 1 in another form stand right below."""
    at = next(index for index, entry in enumerate(entries) if entry is head)
    for entry in entries[at + 1 :]:
        if entry.mark:
            return entry.mark.form != head.mark.form and entry.mark.value == 1 if head.mark else False
    return False


# --- groups: an item may go on over several paragraphs -----------------------------------------------


def _groups(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    """The paragraphs that make one item: up to the bracket that closes it, with the lines below that say who and when."""
    at = 0
    while at < len(entries):
        end = at + 1
        if not entries[at].heading:
            if entries[at].mark and not _closed(entries[at]):
                end = _item_end(entries, at)
            elif _named(entries[at].folded) == "requirement":
                end = _past_facts(entries, at)
            while end < len(entries) and _is_label(entries[end]):
                end += 1
        yield list(entries[at:end])
        at = end


def _past_facts(entries: Sequence[Entry], at: int) -> int:
    """Behind the paragraphs (工作依据：…) that name what the one at `at` rests on or aims at, where the next says who."""
    end = at + 1
    while end < len(entries) and not (entries[end].heading or entries[end].mark or entries[end].closers) and _fact(entries[end].folded):
        end += 1
    return end if end < len(entries) and _is_label(entries[end]) else at + 1


def _named(part: Folded) -> str:
    """What the name in front of a colon, with which a paragraph begins, says that it holds."""
    found = named_field(part.text)
    return column_role(found["boxed"] or found["name"]) if found else ""


def _fact(part: Folded) -> str:
    """Which fact that name tells, documents or numbers; "" for none."""
    found = named_field(part.text)
    return fact_of(found["boxed"] or found["name"]) if found else ""


def _item_end(entries: Sequence[Entry], at: int) -> int:
    """Behind the paragraph whose bracket closes the numbered item at `at`, if it is the item's last and only one."""
    head, closing = entries[at], 0
    deeper = head.text.endswith(("：", "；"))
    for index in range(at + 1, len(entries)):
        entry = entries[index]
        below = entry.mark is None or (deeper and head.mark is not None and entry.mark.form != head.mark.form)
        if not below or entry.heading or entry.charge:
            break
        if closing and not _is_label(entry):
            return at + 1
        if _closed(entry):
            closing = index + 1
    return closing or at + 1


def _closed(entry: Entry) -> bool:
    return any(bracket.units.assignments for bracket in entry.closers)


def _is_label(entry: Entry) -> bool:
    """A paragraph with nothing in it but who or when."""
    bare = entry.text.lstrip(BULLETS)
    labelled = any(pattern("units", rule).match(text) for rule in LABELS for text in (bare, bare.lstrip("（〔")))
    if entry.mark or (not labelled and bare.startswith(("（", "〔"))):
        return False
    return any(bracket.start <= 2 and bracket.end >= len(entry.text) - 1 for bracket in entry.closers)


# --- one item -----------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Closer:
    """What closes a task: the brackets that stand one behind the other, the first at `start` of its entry."""

    entry: Entry
    start: int
    last: Entry
    end: int
    units: UnitList


def _closers(group: Sequence[Entry], *, timed: bool = False) -> list[_Closer]:
    """The brackets of the group that say who, or `timed` only when, those with no words between them as one."""
    closers: list[_Closer] = []
    for entry in group:
        for bracket in entry.closers:
            before = closers[-1] if closers else None
            if before and before.last is not entry and _adjacent(group, before, entry, bracket.start):
                before.last, before.end, before.units = entry, bracket.end, merged(before.units, bracket.units)
            else:
                closers.append(_Closer(entry, bracket.start, entry, bracket.end, bracket.units))
    return [closer for closer in closers if closer.units.assignments or (timed and closer.units.deadlines)]


def _all_closers(group: Sequence[Entry], owed: UnitList | None) -> list[_Closer]:
    """The brackets of the group with what is said elsewhere of who owes it, which closes it where it has none of its own."""
    closers = _closers(group) or (_closers(group, timed=True)[-1:] if owed else [])
    for closer in closers if owed else ():
        closer.units = with_wider(closer.units, owed) if owed else closer.units
    if owed and not closers:
        last = group[-1]
        start, when = _time_at_end(last)
        closers = [_Closer(last, start, last, len(last.text), replace(owed, deadlines=(*when, *owed.deadlines)))]
    return closers


def _time_at_end(entry: Entry) -> tuple[int, tuple[Folded, ...]]:
    """Where the bracket at the end begins that says nothing but when, and what it says; the end and nothing without one."""
    bracket = next(reversed(list(find_brackets(entry.text))), None)
    if bracket and not entry.text[bracket.end :].strip("。；") and says_time(entry.text[bracket.inner : bracket.close]):
        return bracket.start, (entry.folded.part(bracket.inner, bracket.close),)
    return len(entry.text), ()


def _adjacent(group: Sequence[Entry], before: _Closer, entry: Entry, start: int) -> bool:
    between = before.last.text[before.end :] + entry.text[:start]
    following = group[group.index(before.last) + 1] is entry
    return following and not between.strip("，。；、" + BULLETS)


def _split(
    group: Sequence[Entry], closers: Sequence[_Closer], path: tuple[Section, ...], context: Context, number: str | None = None
) -> tuple[list[Task], list[Statement]]:
    """A task for each closer, of the words between the one before it and itself; what is left over is a statement.

    `number` is that of the title above, where it counts the item.
    """
    head = group[0]
    mark = head.mark
    number = mark.printed if mark else number
    tasks: list[Task] = []
    at, offset = 0, mark.end if mark else 0
    for closer in closers:
        words, at, offset = _words(group, at, offset, closer)
        following = _next_mark(words[0], mark) if words and mark and tasks else None
        if following:
            mark, number = following, following.printed
            words[0] = words[0].part(following.end, len(words[0].text))
        if words and len(closers) == 1 and _is_run_in(words, closer, group):
            words, offset = [*words, head.folded.part(closer.end, len(head.text))], len(head.text)
        if words:
            tasks.append(_task(number, path, words, closer.units, context))
    rest = [_opened(entry.folded.part(offset if index == at else 0, len(entry.text))) for index, entry in enumerate(group) if index >= at]
    rest = [*(remark for closer in closers for remark in closer.units.remarks), *rest]
    kept = [part for part in rest if len(part.text) >= _SHORTEST_STATEMENT]
    return tasks, [_statement(number if not tasks else None, path, part, context) for part in kept]


def _is_run_in(words: Sequence[Folded], closer: _Closer, group: Sequence[Entry]) -> bool:
    """Whether a bracket stands behind the title that is run into an item, with its words behind: 1.整治水环境（甲局牵头）。疏浚河道…。"""
    head = group[0]
    titled = closer.entry is closer.last is head and head.mark is not None and len(words) == 1
    title, behind = words[0].text.rstrip("。："), head.text[closer.end :].lstrip("。，；：")
    return titled and len(title) <= _LONGEST_RUN_IN < len(behind) and not re.search("[，。；、：\\d]", title)


def _next_mark(part: Folded, before: Mark) -> Mark | None:
    """The number that the words begin with, where it is the next of its form: （1）…。（甲局）（2）…。（乙局） on one line."""
    mark = find_mark(part.text)
    if mark is None or mark.value is None or mark.form != before.form or mark.end >= len(part.text):
        return None
    return mark if before.value == mark.value - 1 else None


def _words(group: Sequence[Entry], at: int, offset: int, closer: _Closer) -> tuple[list[Folded], int, int]:
    """The words up to the closer, from `offset` of paragraph `at` on; and where the words behind it begin."""
    words: list[Folded] = []
    first = next(index for index, entry in enumerate(group) if entry is closer.entry)
    for index in range(at, first + 1):
        entry = group[index]
        part = entry.folded.part(offset if index == at else 0, closer.start if index == first else len(entry.text))
        part = _opened(part).trimmed("，；、" + BULLETS) if part.text else part
        if part.text and not words and entry.mark is None and index < first:
            part = _unlabelled(part)
        if part.text:
            words.append(part)
    last = next(index for index, entry in enumerate(group) if entry is closer.last)
    return words, last, closer.end


def _unlabelled(part: Folded) -> Folded:
    """Without the name that a paragraph gives itself among others: 工作内容：… over 责任单位：…."""
    found = named_field(part.text)
    return part.part(found.end(), len(part.text)) if found and _named(part) == "requirement" else part


def _opened(part: Folded) -> Folded:
    """Without the stop that stands behind the bracket before."""
    start = len(part.text) - len(part.text.lstrip("。，；、.…"))
    return part.part(start, len(part.text))


def _apart(words: Sequence[Folded]) -> tuple[list[Folded], list[Folded]]:
    """What is to be done, and the paragraphs that name the documents or the numbers of it."""
    beside = [part for part in words[1:] if _fact(part) == "basis" or (_fact(part) and any(find_measures(part, column=True)))]
    return [part for part in words if part not in beside], beside


def _task(
    number: str | None,
    path: tuple[Section, ...],
    words: Sequence[Folded],
    units: UnitList,
    context: Context,
) -> Task:
    document = context.document
    words, beside = _apart(words)
    whole = words[0] if len(words) == 1 else Folded.joined(words)
    cited = (one for part in beside for one in context.facts.citations(part))
    counted = (one for part in beside if _fact(part) == "aim" for one in find_measures(part, column=True))
    facts = with_more(find_facts(whole, context.facts, context.year), cited, counted)
    timed = [deadline for part in units.deadlines for deadline in context.facts.column_deadlines(part, context.year)]
    return Task(
        number=number,
        form="item",
        path=path,
        text=printed(document, words),
        span=Span(words[0].whole.start, words[-1].whole.end),
        assignments=context.led(units.assignments),
        open_list=units.open_list,
        deadlines=(*timed, *facts.deadlines),
        citations=facts.citations,
        measures=facts.measures,
        modality=facts.modality,
    )


def _statement(number: str | None, path: tuple[Section, ...], part: Folded, context: Context) -> Statement:
    facts = find_facts(part, context.facts, context.year)
    return Statement(
        number=number,
        path=path,
        text=printed(context.document, [part]),
        span=part.whole,
        deadlines=facts.deadlines,
        citations=facts.citations,
        measures=facts.measures,
        modality=facts.modality,
        reporting=bool(pattern("kinds", "reporting").search(part.text)),
    )


def printed(document: Document, words: Sequence[Folded]) -> str:
    """The words as the document prints them, paragraphs joined."""
    return "".join(tidy_inside(document.quote(part.whole)) for part in words if part.text)


def tidy_inside(text: str) -> str:
    return re.sub(r"(?<![ \t])[ \t]*\n[ \t]*", "", text).strip()  # looking back spares a second try inside a run of blanks
