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
    gutters = {page.number: _gutter(page, _NEEDED) for page in pages}
    known = {(round(page.width), x) for page in pages if (x := gutters[page.number]) is not None}
    strips: list[PrintedPage] = []
    for page in pages:
        x = gutters[page.number]
        if x is None and known:
            # The last page of a gazette is set like the others, though it may hold a few lines only.
            few = _gutter(page, 2)
            x = few if any(width == round(page.width) and few and abs(x - few) < 15 for width, x in known) else None
        strips += [replace(strip, strip=len(strips) + index) for index, strip in enumerate(_cut(page, x))]
    return strips


def _gutter(page: PrintedPage, needed: int) -> float | None:
    """The middle between the columns of a page; None where it is set in one, or has tables."""
    pieces = [piece for line in page.lines for piece in line.pieces or (line,)]
    long = [piece for piece in pieces if _LONG * page.width <= piece.x1 - piece.x0]
    left = [piece.x1 for piece in long if piece.x1 < _HALF * page.width]
    right = [piece.x0 for piece in long if piece.x0 > (1 - _HALF) * page.width]
    if page.parts or min(len(left), len(right)) < needed or max(left) >= min(right):
        return None
    x = (max(left) + min(right)) / 2
    crossing = sum(1 for piece in pieces if piece.x0 < x < piece.x1)
    return x if crossing <= _CROSSED * len(pieces) else None


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
