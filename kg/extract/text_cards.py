"""Cards of running text: paragraphs that print a task as names with their values behind a colon, made tables with a row a task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.columns import SAYS_WHAT, SAYS_WHO_OR_WHEN, column_role, named_field
from kg.extract.gap_labels import fold_labelled
from kg.extract.outline import find_mark
from kg.model import Cell, Document, Paragraph, Span, Table
from kg.text import Folded, key

_FEWEST_FIELDS = 3
_MOST_LINES = 12  # that the value of one name takes
_NAMED = re.compile("[^：，。；、]{2,12}：")
_MAY_OPEN = frozenset({"number", "group", "requirement"})


@dataclass(frozen=True, slots=True)
class _Field:
    """A name, a colon and a value."""

    name: str
    label: Span
    value: Span
    counted: bool  # 二、责任单位：…

    @property
    def role(self) -> str:
        return column_role(self.name)


@dataclass(slots=True)
class _Card:
    """One task's names, printed in the paragraphs [first, last) of a run."""

    first: int
    last: int
    fields: list[_Field]

    def whole(self) -> bool:
        return len(self.fields) >= _FEWEST_FIELDS and any(field.role in SAYS_WHO_OR_WHEN for field in self.fields)


def with_cards(document: Document, run: Sequence[Paragraph]) -> Iterator[list[Paragraph] | Table]:
    """The paragraphs in order, with every stretch that names 任务名称：…, 工作内容：…, 责任单位：… given as a table of its tasks."""
    plain: list[Paragraph] = []
    at = 0
    while at < len(run):
        cards = _text_cards(document, run, at)
        end = cards[-1].last if cards else at + 1
        if not cards or _belongs_to_item(document, plain):
            plain += run[at:end]
            at = end
            continue
        for whole, alike in groupby(cards, key=_Card.whole):
            same = list(alike)
            if not whole:
                plain += run[same[0].first : same[-1].last]
                continue
            if plain:
                yield plain
                plain = []
            yield _to_table([card.fields for card in same])
        at = end
    if plain:
        yield plain


def _belongs_to_item(document: Document, before: Sequence[Paragraph]) -> bool:
    """Whether the names below these paragraphs are those of an item: of 1.疏浚河道, with nothing but names between."""
    above = next((one for one in reversed(before) if not _fields(document, one)), None)
    mark = find_mark(key(document.quote(above.span))) if above else None
    return mark is not None and mark.form.startswith("arabic")


def _text_cards(document: Document, run: Sequence[Paragraph], at: int) -> list[_Card]:
    """The cards one behind the other from a paragraph on, whole or not; none where no card begins there."""
    cards: list[_Card] = []
    while at < len(run):
        fields = _fields(document, run[at])
        opening = cards[0].fields[0].name if cards else ""
        if fields and not cards and fields[0].role not in _MAY_OPEN:
            break
        if fields and (not cards or fields[0].name == opening):
            cards.append(_Card(at, at, []))
        if fields:
            cards[-1].fields += fields
            at += 1
        else:
            above = cards[-1].fields[-1] if cards else None
            after = _value_end(document, run, at, opening, above.role) if above and not above.counted else at
            if after == at:
                break
            last = cards[-1].fields[-1]
            cards[-1].fields[-1] = replace(last, value=last.value.to(run[after - 1].span))
            at = after
        cards[-1].last = at
    return cards


def _value_end(document: Document, run: Sequence[Paragraph], at: int, opening: str, role: str) -> int:
    """Behind the lines from `at` on that go on with the value above them: up to the next name of the same card; `at` where none follows.

    A number takes one line: only names that no column has may stand below it (编号：1 over 紧急程度：特急).
    """
    for end in range(at, min(at + _MOST_LINES, len(run))):
        fields = _fields(document, run[end])
        if fields:
            return at if fields[0].name == opening else end
        if role == "number" and not _NAMED.match(key(document.quote(run[end].span))):
            return at
    return at


def _fields(document: Document, paragraph: Paragraph) -> list[_Field]:
    """The names of a paragraph with their values; none where it does not begin with one. What is to be done may have such words in it."""
    folded = fold_labelled(document, paragraph.span)
    mark = find_mark(folded.text)
    first = mark.end if mark else 0
    if named_field(folded.text, first) is None:
        return []
    found: list[re.Match[str]] = []
    for start in (first, *_part_starts(folded)):
        name = named_field(folded.text, start) if not found or start >= found[-1].end() else None
        if name and not (found and _role(found[-1]) in SAYS_WHAT and _role(name) not in SAYS_WHO_OR_WHEN):
            found.append(name)
    ends = [*(name.start() for name in found[1:]), len(folded.text)]
    return [_field(folded, name, end, counted=mark is not None) for name, end in zip(found, ends, strict=True)]


def _part_starts(folded: Folded) -> Iterator[int]:
    """Where words begin behind a stop or behind a gap in the printed line."""
    for at in range(1, len(folded.text)):
        if folded.text[at - 1] in "；。" or folded.offset(at) > folded.offset(at - 1) + 1:
            yield at


def _role(name: re.Match[str]) -> str:
    return column_role(name["boxed"] or name["name"])


def _field(folded: Folded, name: re.Match[str], end: int, *, counted: bool) -> _Field:
    group = "boxed" if name["boxed"] else "name"
    value = folded.part(name.end(), end).trimmed("；").whole if name.end() < end else folded.span(end, end)
    return _Field(name[group], folded.span(*name.span(group)), value, counted)


def _to_table(cards: Sequence[Sequence[_Field]]) -> Table:
    names: dict[str, Span] = {}
    for card in cards:
        for field in card:
            names.setdefault(field.name, field.label)
    order = list(names)
    cells = [Cell(row=0, column=column, span=span) for column, span in enumerate(names.values())]
    cells += [
        Cell(row=row, column=order.index(field.name), span=field.value)
        for row, card in enumerate(cards, 1)
        for field in card
        if field.value.start < field.value.end
    ]
    span = cards[0][0].label.to(cards[-1][-1].value)
    return Table(span=span, rows=len(cards) + 1, columns=len(order), cells=tuple(cells), merges=True)
