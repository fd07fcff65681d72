"""Texts with separators (.csv, .tsv), as a spreadsheet shows them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.model import Place, Span
from kg.readers.decode import decode
from kg.readers.draft import Draft, Line
from kg.readers.sheet import Sheet, to_items

_SEPARATORS = "\t,;|，"
_SAMPLE = 200  # records from which the separator is told
_LEAST = {"，": 0.9}  # Chinese prose is full of it
_NAMED = re.compile(r"sep=(.)(?:\r\n|[\r\n])")  # how Excel is told
_LINE = re.compile(r"[^\r\n]+")
_PROTECTED = re.compile(r'="(.*)"', re.DOTALL)  # how digits are kept from becoming a number


@dataclass(frozen=True, slots=True)
class _Field:
    """A field's text with its quotes, and whether the record ends behind it."""

    text: str
    start: int
    last: bool


def draft_csv(path: Path) -> Draft:
    """The draft of a .csv or .tsv file."""
    text = decode(path.read_bytes(), path.name)
    named = _NAMED.match(text)
    start = named.end() if named else 0
    separator = named[1] if named else _separator(text)
    cells = {}
    for row, record in enumerate(_records(text, separator, start)):
        for column, one in enumerate(record):
            lines = tuple(_lines(one, Place(row=row + 1, column=column + 1)))
            if lines:
                cells[row, column] = lines
    media_type = "text/tab-separated-values" if separator == "\t" else "text/csv"
    return Draft(media_type=media_type, items=tuple(to_items(Sheet(cells=cells))))


def _separator(text: str) -> str:
    """The separator that gives most records one and the same number of fields, at least two; a comma where none does."""
    best = (0.0, 0, "")
    for separator in _SEPARATORS:
        widths = Counter(len(record) for record in islice(_records(text, separator, 0), _SAMPLE) if any(one.text for one in record))
        width, count = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(0, 0))
        share = count / max(widths.total(), 1)
        if width > 1 and share >= _LEAST.get(separator, 0.5) and (share, width) > best[:2]:
            best = (share, width, separator)
    return best[2] or ","


def _records(text: str, separator: str, start: int) -> Iterator[list[_Field]]:
    """The records from `start` on, each with its fields; a line break inside quotes does not end one."""
    record: list[_Field] = []
    for one in _fields(text, separator, start):
        record.append(one)
        if one.last:
            yield record
            record = []
    if record:
        yield record


def _fields(text: str, separator: str, start: int) -> Iterator[_Field]:
    mark = re.escape(separator)
    # A quote that nothing closes before a separator or a line's end is a quote like any other character.
    field = re.compile(rf'(?:[ ]*("(?:[^"]|"")*+")[ ]*|([^{mark}\r\n]*))(?:({mark})|(\r\n|\r|\n)|\Z)')
    for found in field.finditer(text, start):
        group = 1 if found[1] is not None else 2
        yield _Field(found[group], found.start(group), last=found[3] is None)


def _lines(one: _Field, place: Place) -> Iterator[Line]:
    """The lines of a field, without its quotes."""
    if not one.text.strip():
        return
    quoted = one.text[0] == one.text[-1] == '"' and len(one.text) > 1
    inner, start = (one.text[1:-1], one.start + 1) if quoted else (one.text, one.start)
    protected = _PROTECTED.fullmatch(inner.replace('""', '"')) if inner.startswith("=") else None
    if protected:
        yield Line(text=protected[1], place=place, source=Span(start, start + len(inner)))
        return
    for found in _LINE.finditer(inner):
        line = found[0].replace('""', '"') if quoted else found[0]
        if line.strip():
            yield Line(text=line, place=place, source=Span(start + found.start(), start + found.end()))
