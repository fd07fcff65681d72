"""A reader's draft to a `Document`: glyphs made ordinary, broken sentences healed, one text, every piece with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kg.columns import gapped_labels, is_label, named_field
from kg.model import Block, Cell, Document, Paragraph, Piece, Quoted, Source, Span, Table
from kg.readers.draft import Draft, DraftParagraph, DraftTable, Line
from kg.readers.lone_numbers import with_numbers
from kg.readers.side_by_side import apart
from kg.rules import pattern
from kg.text import UNSEEN, clean, key

_SPACE = " \t\u3000"
_TERMINAL = "。！？；：…"
_NEVER_FIRST = "，。；：、）》〉”’！？%"
_SHORTEST_CUT = 10
_SIGNER = re.compile("[一-龥]{4,30}")
_PAIRS = {"）": "（", "》": "《", "”": "“", "〕": "〔"}


def assemble(source: Source, draft: Draft) -> Document:
    """The document that `draft` describes."""
    writer = _Writer()
    blocks: list[Block] = []
    for item in heal(with_numbers(apart([item for item in map(_tidy, draft.items) if item is not None]))):
        blocks.append(writer.table(item) if isinstance(item, DraftTable) else writer.paragraph(item))
    fields = []
    for entry in draft.fields:
        span = writer.lines([replace(entry.line, text=_plain(entry.line.text))])
        fields.append(Quoted(value=(entry.name, "".join(writer.parts)[span.start : span.end]), span=span))
    text = "".join(writer.parts)
    return Document(source=source, text=text, blocks=tuple(blocks), pieces=tuple(writer.pieces), fields=tuple(fields), issues=draft.issues)


# --- tidy: one line at a time ----------------------------------------------------------------------


def _plain(text: str) -> str:
    return UNSEEN.sub("", clean(text)).strip(_SPACE + "\r\n\v\f")


def _tidy(item: DraftParagraph | DraftTable) -> DraftParagraph | DraftTable | None:
    """The item with plain lines and no empty ones; None where nothing is left of it."""
    if isinstance(item, DraftTable):
        cells = tuple(replace(cell, lines=_tidy_lines(cell.lines)) for cell in item.cells)
        return replace(item, cells=cells) if any(cell.lines for cell in cells) else None
    lines = _tidy_lines(item.lines)
    return replace(item, lines=lines) if lines else None


def _tidy_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    plain = (replace(line, text=_plain(line.text)) for line in lines)
    return tuple(line for line in plain if line.text)


# --- heal: sentences that a line or a page cut -------------------------------------------------------


def heal(items: Iterable[DraftParagraph | DraftTable]) -> Iterator[DraftParagraph | DraftTable]:
    """The items with every paragraph that continues the one before joined to it."""
    held: list[DraftParagraph] = []
    text = ""
    for item in items:
        words = key(_joined(item.lines)) if isinstance(item, DraftParagraph) else ""
        if held and isinstance(item, DraftParagraph) and _continues(held[-1], text, item, words):
            held.append(item)
            text += words
            continue
        yield from _healed(held)
        held, text = ([item], words) if isinstance(item, DraftParagraph) else ([], "")
        if isinstance(item, DraftTable):
            yield item
    yield from _healed(held)


def _healed(held: Sequence[DraftParagraph]) -> Iterator[DraftParagraph]:
    if held:
        yield replace(held[0], lines=tuple(line for one in held for line in one.lines), loose=held[-1].loose)


def _continues(before: DraftParagraph, a: str, after: DraftParagraph, b: str) -> bool:
    """Whether `after`, with the words `b`, is the rest of the sentence or of the bracket that the words `a` leave open."""
    if before.align == "right" or after.align == "right" or before.note or after.note:
        return False
    if pattern("outline", "units_bracket_alone").fullmatch(b):
        return not pattern("outline", "fixture").match(a)
    if b[0] in _NEVER_FIRST or _closes(a, b):
        return True
    if pattern("outline", "opens_block").match(b) or any(pattern("outline", "metadata").match(one) for one in (a, b)):
        return False
    if (named_field(a) and named_field(b)) or any(gapped_labels(after.lines[0].text)):
        return False  # one name of a card below the other
    if _answers_label(f"{a}：" if is_label(a) else a, b):
        return True
    if not before.loose or _signs_below(before, after, b) or _says_who_whole(a):
        return False
    if after.lines[0].new_page and _runs_over_page(a):
        return True
    return _cut(a) or bool(pattern("outline", "never_first").match(b) and _is_prose(a))


def _signs_below(before: DraftParagraph, after: DraftParagraph, b: str) -> bool:
    """Whether a blank line stands between, and below it nothing but the unit that signs."""
    above, below = before.lines[-1].place.line, after.lines[0].place.line
    apart = above is not None and below is not None and below > above + 1
    return apart and bool(_SIGNER.fullmatch(b)) and bool(pattern("units", "ends_like_unit").fullmatch(b))


def _says_who_whole(a: str) -> bool:
    """A line behind a dash that says who and ends with a role or a time: ——甲局牵头，乙局配合，4月底前完成."""
    if a[0] != "-":
        return False
    last = a.rsplit("，", 1)[-1]
    ended = pattern("columns", "looks_deadline").fullmatch(last) or re.search(f"(?:{pattern('units', 'role_verb').pattern})$", last)
    return bool(ended) and bool(pattern("units", "role_verb").search(a))


def _answers_label(a: str, b: str) -> bool:
    """Whether `a` ends in 责任单位： or 完成时限： and `b` begins with units or a time."""
    for label, answer in (("label", "looks_units"), ("other_label", "looks_deadline")) if a[-1] in "：〕」" else ():
        if any(found.end() == len(a) for found in pattern("units", label).finditer(a)):
            return bool(pattern("columns", answer).fullmatch(re.split("[。；，]", b)[0]))
    return False


def _runs_over_page(a: str) -> bool:
    """A line at the foot of a page that is neither the end of a sentence nor, by its number, its words or its length, a heading."""
    outline = ("han_comma", "han_bracket", "fixture")
    if len(a) < _SHORTEST_CUT or a[-1] in _TERMINAL + "）”" or any(pattern("outline", rule).match(a) for rule in outline):
        return False
    return not pattern("kinds", "title").fullmatch(a)


def _closes(a: str, b: str) -> bool:
    """A bracket that `a` leaves open and `b` closes before opening another."""
    for close, opening in _PAIRS.items():
        if a.count(opening) > a.count(close):
            at = b.find(close)
            if at >= 0 and opening not in b[:at]:
                return True
    return False


def _cut(a: str) -> bool:
    """Prose that ends in the middle of a sentence."""
    if a[-1] in "，、" and len(a) > 6:
        return True
    if not _is_prose(a) or pattern("outline", "fixture").match(a) or _is_numbered_line(a):
        return False
    if a[-1] in _TERMINAL:
        return False
    if a[-1] == "”":
        return a[-2:-1] not in _TERMINAL
    if a[-1] in "）〕":
        inside = a[a.rfind(_PAIRS[a[-1]]) + 1 : -1]
        return len(inside) <= 3 or inside.isdigit()
    return True


def _is_prose(a: str) -> bool:
    return (len(a) > 12 and bool(re.search("[，。；：]", a))) or (len(a) > 20 and "、" in a)


def _is_numbered_line(a: str) -> bool:
    """What may as well be a heading: numbered, short, without a sentence."""
    return len(a) <= 45 and not re.search("[。；]", a) and bool(pattern("outline", "opens_block").match(a))


def _joined(lines: Sequence[Line]) -> str:
    return "".join(glue + line.text for glue, line in _with_glue(lines))


def _with_glue(lines: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """Each line with what stands between it and the line before: a space only between Latin words, and behind a name without a colon."""
    before = ""
    for line in lines:
        latin = all(char.isascii() and char.isalpha() for char in (before[-1:], line.text[:1]))
        yield " " if before and (latin or is_label(before)) else "", line
        before = line.text


# --- write -------------------------------------------------------------------------------------------


def _begins_unit(before: Line, line: Line) -> bool:
    """Whether a line that is full ends in the name of a unit and the next begins another: units a line each."""
    return line.text[0] in "省市区县州旗各镇" and bool(
        pattern("units", "ends_like_unit").fullmatch(re.split("[、，；：]", before.text)[-1])
    )


def _joined_pieces(one: Piece, other: Piece) -> Piece:
    source = one.source.to(other.source) if one.source and other.source else None
    return Piece(span=one.span.to(other.span), place=one.place, source=source)


class _Writer:
    """Writes the text once, and beside it the place of every piece."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.pieces: list[Piece] = []
        self.length = 0

    def paragraph(self, item: DraftParagraph) -> Paragraph:
        return Paragraph(span=self.lines(item.lines), align=item.align, level=item.level, note=item.note)

    def table(self, item: DraftTable) -> Table:
        start, row = self.length, 0
        cells: list[Cell] = []
        for cell in sorted(item.cells, key=lambda cell: (cell.row, cell.column)):
            if cells:
                self._write("\n" if cell.row != row else "\t", back=1)
            row = cell.row
            span = self.lines(cell.lines)
            cells.append(Cell(row=cell.row, column=cell.column, row_span=cell.row_span, column_span=cell.column_span, span=span))
        return Table(
            span=Span(start, max(self.length - 1, start)), rows=item.rows, columns=item.columns, cells=tuple(cells), merges=item.merges
        )

    def lines(self, lines: Sequence[Line]) -> Span:
        start = self.length
        before: Line | None = None
        for glue, line in _with_glue(lines):
            self._write(glue)
            at = self.length
            self._write(line.text)
            piece = Piece(span=Span(at, self.length), place=line.place, source=line.source)
            if before is not None and before.runs_on and not _begins_unit(before, line):
                piece = _joined_pieces(self.pieces.pop(), piece)
            self.pieces.append(piece)
            before = line
        end = self.length
        self._write("\n")
        return Span(start, end)

    def _write(self, text: str, back: int = 0) -> None:
        """Append; `back` replaces the line end just written."""
        if back:
            self.length -= len(self.parts.pop())
        self.parts.append(text)
        self.length += len(text)
