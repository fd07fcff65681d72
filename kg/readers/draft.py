"""What a format's reader hands to `assemble`: the text as the file has it, each line with its place."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Align, Issue, Place, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Text that stands on one line, in one run or in one cell; `source` are its offsets where the source is text.

    `new_page`: in a text that prints its page numbers, the first line below one. `runs_on`: it fills its cell, so that the next
    line goes on with it.
    """

    text: str
    place: Place
    source: Span | None = None
    new_page: bool = False
    runs_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftParagraph:
    """Lines that the file holds together. `level`: heading level by the file's own style, 0 for none.

    `loose`: the format does not say where paragraphs end (a text file, a page of a PDF), so what looks
    like a sentence cut by a line or a page may be joined with what follows. `note`: a footnote, behind what refers to it.
    """

    lines: tuple[Line, ...]
    align: Align = ""
    level: int = 0
    loose: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCell:
    """A cell at (row, column) counted from 0; what a merge covers is not listed."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTable:
    rows: int
    columns: int
    cells: tuple[DraftCell, ...]
    merges: bool  # the format says which cells are merged


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftField:
    """Metadata that a page prints beside its text, such as 发文字号."""

    name: str
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    media_type: str
    items: tuple[DraftParagraph | DraftTable, ...]
    fields: tuple[DraftField, ...] = ()
    issues: tuple[Issue, ...] = ()
