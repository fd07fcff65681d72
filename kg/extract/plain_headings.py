"""Headings that only their place tells: short lines without a number over a table, over an item that says who owes it, over a card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.columns import named_field
from kg.extract.outline import find_mark, says_who
from kg.extract.unit_brackets import find_unit_brackets
from kg.model import Document, Paragraph, Span, Table
from kg.rules import pattern
from kg.text import fold, key

_LONGEST = 60


def find_plain_headings(document: Document, blocks: Sequence[Paragraph | Table]) -> frozenset[Span]:
    """The lines of a plan that are such headings. One alone may be anything; where several stand alike, they part what is below."""
    over_tables: list[tuple[str, Paragraph]] = []
    over_items: list[tuple[str, Paragraph]] = []
    for (line, below), behind in zip(pairwise(blocks), [*blocks[2:], None], strict=False):
        if isinstance(line, Table) or len(line.span) > _LONGEST:
            continue
        text = key(document.quote(line.span))
        if isinstance(below, Table):
            if _captions(line, text):
                over_tables.append((text, line))
        elif _is_bare(text) and (_says_who(document, below) or _is_first_item(document, below, behind)):
            over_items.append((text, line))
    return frozenset(_alike(over_tables)) | frozenset(_alike(over_items))


def _alike(lines: Sequence[tuple[str, Paragraph]]) -> Iterator[Span]:
    """The lines where there are several; not those that are printed again and again, as the head of a page is."""
    times = Counter(text for text, _ in lines)
    return (line.span for text, line in lines if line.level > 0 or (len(times) > 1 and times[text] == 1))


def _captions(line: Paragraph, text: str) -> bool:
    """A line over a table that the file styles as a heading, one that counts (表一…, 1.…), or a bare one."""
    if pattern("outline", "caption").fullmatch(text) or _is_bare(text):
        return True
    mark = find_mark(text)
    styled = line.level > 0 or (mark is not None and mark.form.startswith("arabic"))
    return styled and not any(stop in text for stop in "，。；：") and not pattern("kinds", "title").fullmatch(text)


def _is_bare(text: str) -> bool:
    """A few words that are neither units nor the title of a plan."""
    return bool(pattern("outline", "bare_heading").fullmatch(text)) and not (
        pattern("columns", "looks_units").fullmatch(text) or pattern("kinds", "title").fullmatch(text)
    )


def _is_first_item(document: Document, below: Paragraph, behind: Paragraph | Table | None) -> bool:
    """Whether the paragraph is an item with the number 1, and the next line says who owes it."""
    mark = find_mark(key(document.quote(below.span)))
    return mark is not None and mark.value == 1 and isinstance(behind, Paragraph) and says_who(key(document.quote(behind.span)))


def _says_who(document: Document, below: Paragraph) -> bool:
    """Whether the paragraph is an item with its units in a bracket, or the first line of a card."""
    folded = fold(document.quote(below.span), below.span.start)
    return named_field(folded.text) is not None or any(bracket.units.assignments for bracket in find_unit_brackets(document, folded))
