"""Pages set in two columns, as a gazette is: cut into strips that are read one after another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.readers.pdf_lines import PrintedLine
from kg.readers.pdf_margins import PrintedPage, Side

_NEEDED = 8  # long lines on either side of a gutter; a list of names beside another has shorter ones
_LONG, _HALF = 0.25, 0.56  # shares of the page's width: what a long line of a column has at least and at most
_CROSSED = 0.25  # share of the lines that may run over the gutter: titles, and what stands above both columns


def in_strips(pages: Sequence[PrintedPage]) -> list[PrintedPage]:
    """The pages in reading order, each as one strip or as several; strips are numbered from 0."""
    gutters = {page.number: x for page in pages if (x := _gutter(page)) is not None}
    known = {round(page.width): gutters[page.number] for page in pages if page.number in gutters}
    strips: list[PrintedPage] = []
    for page in pages:
        # The last page of a gazette is set like the others, though its right column may be empty.
        x = gutters.get(page.number, known.get(round(page.width)))
        x = None if x is None or page.parts or _crosses(page, x) else x
        strips += [replace(strip, strip=len(strips) + index) for index, strip in enumerate(_cut(page, x))]
    return strips


def _gutter(page: PrintedPage) -> float | None:
    """The middle between the columns of a page; None where it is set in one."""
    long = [piece for piece in _pieces(page) if _LONG * page.width <= piece.x1 - piece.x0]
    left = [piece.x1 for piece in long if piece.x1 < _HALF * page.width]
    right = [piece.x0 for piece in long if piece.x0 > (1 - _HALF) * page.width]
    if min(len(left), len(right)) < _NEEDED or max(left) >= min(right):
        return None
    return (max(left) + min(right)) / 2


def _crosses(page: PrintedPage, x: float) -> bool:
    """Whether more of the page's lines run over `x` than its titles."""
    pieces = list(_pieces(page))
    return sum(1 for piece in pieces if piece.x0 < x < piece.x1) > _CROSSED * len(pieces)


def _pieces(page: PrintedPage) -> Iterator[PrintedLine]:
    for line in page.lines:
        yield from line.pieces or (line,)


def _cut(page: PrintedPage, x: float | None) -> Iterator[PrintedPage]:
    """The strips of a page: what runs over the gutter as one, what stands between two such lines as a left and a right one."""
    if x is None:
        yield page
        return
    first = page.first
    for side, lines in _sides(page.lines, x):
        if lines:
            yield replace(page, lines=tuple(lines), side=side, first=first)
            first += len(lines)


def _sides(lines: Sequence[PrintedLine], x: float) -> Iterator[tuple[Side, list[PrintedLine]]]:
    whole: list[PrintedLine] = []
    left: list[PrintedLine] = []
    right: list[PrintedLine] = []
    for line in lines:
        pieces = line.pieces or (line,)
        if any(piece.x0 < x < piece.x1 for piece in pieces):
            yield from (("left", left), ("right", right))
            left, right = [], []
            whole.append(line)
            continue
        yield "whole", whole
        whole = []
        left += [piece for piece in pieces if piece.x1 <= x]
        right += [piece for piece in pieces if piece.x0 >= x]
    yield from (("whole", whole), ("left", left), ("right", right))
