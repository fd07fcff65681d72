"""Tasks and statements of the running text: numbered items and paragraphs, each with the bracket that says who owes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.facts import Facts, find_facts
from kg.extract.outline import Entry, Stack, run_in_length
from kg.extract.units import UnitBracket, find_unit_brackets, lead_first
from kg.model import Document, Section, Span, Statement, Task
from kg.rules import pattern
from kg.text import Folded

_SHORTEST_STATEMENT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What holds for a whole plan: its year, and what its citations must know."""

    document: Document
    year: int | None
    facts: Facts


def read_items(entries: Sequence[Entry], context: Context) -> tuple[list[Section], list[Task], list[Statement]]:
    """The sections, tasks and statements of a plan's running text, in order."""
    stack, sections = Stack(), []
    tasks: list[Task] = []
    statements: list[Statement] = []
    first_leads = False
    for group in _groups(entries, context.document):
        head = group[0]
        if head.heading:
            sections.append(stack.push(head, context.document))
            continue
        if head.mark:
            stack.close(head.mark.form)
        brackets = [(entry, bracket) for entry in group for bracket in find_unit_brackets(context.document, entry.folded)]
        first_leads = first_leads or any(bracket.units.first_leads for _, bracket in brackets)
        found, rest = _split(group, brackets, stack.path, context, first_leads=first_leads)
        tasks += found
        statements += rest
        if not found and head.mark and _heads_deeper(head, entries):
            length = run_in_length(head)
            if length:
                sections.append(stack.push(head, context.document, length))
    return sections, tasks, statements


def _heads_deeper(head: Entry, entries: Sequence[Entry]) -> bool:
    """Whether items numbered from 1 in another form stand right below."""
    at = next(index for index, entry in enumerate(entries) if entry is head)
    for entry in entries[at + 1 :]:
        if entry.mark:
            return entry.mark.form != head.mark.form and entry.mark.value == 1 if head.mark else False
    return False


# --- groups: an item may go on over several paragraphs -----------------------------------------------


def _groups(entries: Sequence[Entry], document: Document) -> Iterator[list[Entry]]:
    """The paragraphs that make one item: a numbered one without a bracket, up to the one bracket that closes it."""
    at = 0
    while at < len(entries):
        end = at + 1
        if not entries[at].heading and entries[at].mark and not _closed(entries[at], document):
            end = _item_end(entries, at, document)
        yield list(entries[at:end])
        at = end


def _item_end(entries: Sequence[Entry], at: int, document: Document) -> int:
    """Behind the paragraph whose bracket closes the item at `at`, if it is the item's last and only one."""
    head, closing = entries[at], 0
    deeper = head.text.endswith(("：", "；"))
    for index in range(at + 1, len(entries)):
        entry = entries[index]
        below = entry.mark is None or (deeper and head.mark is not None and entry.mark.form != head.mark.form and not entry.heading)
        if not below or entry.heading:
            break
        if closing:
            return at + 1
        if _closed(entry, document):
            closing = index + 1
    return closing or at + 1


def _closed(entry: Entry, document: Document) -> bool:
    return any(True for _ in find_unit_brackets(document, entry.folded))


# --- one item -----------------------------------------------------------------------------------------


def _split(
    group: Sequence[Entry],
    brackets: Sequence[tuple[Entry, UnitBracket]],
    path: tuple[Section, ...],
    context: Context,
    *,
    first_leads: bool,
) -> tuple[list[Task], list[Statement]]:
    """A task for each bracket, of the words between the bracket before it and itself; what is left over is a statement."""
    head = group[0]
    number = head.mark.printed if head.mark else None
    tasks, pending = [], [entry.folded for entry in group]
    pending[0] = head.body
    for entry, bracket in brackets:
        words: list[Folded] = []
        while pending:
            part = pending[0]
            if part.text and entry.paragraph.span.start <= part.offsets[0] < entry.paragraph.span.end:
                cut = len(part.text) - (len(entry.folded.text) - bracket.start)
                words.append(part.part(0, max(cut, 0)))
                pending[0] = part.part(max(cut, 0) + bracket.end - bracket.start, len(part.text))
                break
            words.append(pending.pop(0))
        text = [part.trimmed("，；、 ") if index else _opened(part) for index, part in enumerate(words) if part.text]
        if any(part.text for part in text):
            tasks.append(_task(number, path, text, bracket, context, first_leads=first_leads))
    rest = [part for part in (_opened(part) for part in pending) if len(part.text) >= _SHORTEST_STATEMENT]
    statements = [_statement(number if not tasks else None, path, part, context) for part in rest]
    return tasks, statements


def _opened(part: Folded) -> Folded:
    """Without the stop that stands behind the bracket before."""
    start = len(part.text) - len(part.text.lstrip("。，；、.…"))
    return part.part(start, len(part.text))


def _task(
    number: str | None,
    path: tuple[Section, ...],
    words: Sequence[Folded],
    bracket: UnitBracket,
    context: Context,
    *,
    first_leads: bool,
) -> Task:
    document = context.document
    whole = Folded("".join(part.text for part in words), tuple(offset for part in words for offset in part.offsets))
    facts = find_facts(whole, context.facts, context.year)
    timed = [deadline for part in bracket.units.deadlines for deadline in context.facts.column_deadlines(part, context.year)]
    return Task(
        number=number,
        form="item",
        path=path,
        text=printed(document, words),
        span=Span(words[0].whole.start, words[-1].whole.end),
        assignments=lead_first(bracket.units.assignments) if first_leads else bracket.units.assignments,
        open_list=bracket.units.open_list,
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
    return re.sub(r"[ \t]*\n[ \t]*", "", text).strip()


