"""What stands in the margins of the pages (page numbers, running heads, a browser's address and date), told by its place.

A line at the edge of a page is no text of the document where the same words stand in the same place on other pages,
or where a number there counts the pages. Only what a single page shows has to be told by its form.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Literal

from kg.readers.pdf_grid import TablePart
from kg.readers.pdf_lines import PrintedLine

_SAME_PLACE = 6.0  # points by which a running head may move from page to page
_DEEPEST = 8  # lines from the edge that are looked at
_INNER = 0.12  # share of the page's height within which words that stand on other pages too are a running head
_OUTER = 0.08  # share of the page's height in which a page number is believed that no other page confirms
_EDGE = 42.0  # points from the edge: where browsers print their own lines

_NUMBER = re.compile(r"\d+")
_COUNTER = re.compile(r"(?:[\W_]|第|页|共|总|[Pp]age|P|of)*")  # of a part whose numbers are masked by #
_LONE_COUNTER = re.compile(r"[-—–－―─·•\s]*#[-—–－―─·•\s]*|第\s*#\s*页.{0,8}|#\s*[/／]\s*#")
_COUNTER_WITHIN = re.compile(r"第\s*#\s*页")
_BROWSER = re.compile(
    r"(?:https?|file)://\S+|\d+\s*/\s*\d+|"
    r"\d{2,4}[/年.-]\d{1,2}[/月.-]\d{1,2}日?[,，\s]+(?:[上下]午)?\d{1,2}:\d{2}.*"
)


Side = Literal["whole", "left", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    """A page as its lines outside tables, and its tables; or a strip of it.

    `strip`: its number among the strips of the document; `side`: which column it is; `first`: the number of its first line.
    """

    number: int
    width: float
    height: float
    lines: tuple[PrintedLine, ...]
    parts: tuple[TablePart, ...] = ()
    strip: int = 0
    side: Side = "whole"
    first: int = 1


@dataclass(frozen=True, slots=True)
class _Edge:
    """A line at the top or the foot of a page; `at` counts from that edge."""

    page: int
    foot: bool
    at: float
    height: float
    line: PrintedLine


def without_margins(pages: Sequence[PrintedPage]) -> list[PrintedPage]:
    """The pages without the lines of their margins."""
    edges = [edge for page in pages for foot in (False, True) for edge in _edges(page, foot)]
    seen = _Seen(edges, _body_size(pages))
    return [_without(page, seen) for page in pages]


def _without(page: PrintedPage, seen: _Seen) -> PrintedPage:
    gone: set[int] = set()
    for foot in (False, True):
        for edge in _edges(page, foot):
            if not seen.is_margin(edge):
                break
            gone.add(id(edge.line))
    return replace(page, lines=tuple(line for line in page.lines if id(line) not in gone))


def _edges(page: PrintedPage, foot: bool) -> Iterator[_Edge]:
    """The lines from the edge inwards, as far as the first table."""
    lines = page.lines[::-1] if foot else page.lines
    top = min((part.top for part in page.parts), default=page.height)
    bottom = max((part.bottom for part in page.parts), default=0.0)
    for line in lines[:_DEEPEST]:
        if (line.base < bottom) if foot else (line.base > top):
            return
        yield _Edge(page.number, foot, page.height - line.base if foot else line.base, page.height, line)


def _body_size(pages: Sequence[PrintedPage]) -> float:
    sizes = [line.size for page in pages for line in page.lines for _ in range(len(line.text))]
    return median(sizes) if sizes else 0.0


class _Seen:
    """What stands at the edges of all pages."""

    def __init__(self, edges: Sequence[_Edge], body: float) -> None:
        self._body = body
        self._pages = len({edge.page for edge in edges})
        self._by_words: dict[tuple[bool, str], list[_Edge]] = {}
        self._by_count: dict[tuple[bool, str, int], list[_Edge]] = {}
        for edge in edges:
            for part in edge.line.parts:
                self._by_words.setdefault((edge.foot, _words(part)), []).append(edge)
                for offset in _offsets(part, edge.page):
                    self._by_count.setdefault((edge.foot, _masked(part), offset), []).append(edge)

    def is_margin(self, edge: _Edge) -> bool:
        """Whether the line is no text of the document. A title that runs on as a head is kept where it comes first."""
        parts = edge.line.parts
        if edge.at <= _EDGE and edge.line.size <= 10.5 and any(_BROWSER.fullmatch(part.strip()) for part in parts):
            return True
        if not all(self._repeats(edge, part) or self._counts(edge, part) for part in parts):
            return False
        large = edge.line.size > 1.15 * self._body and not all(_is_counter(_masked(part)) for part in parts)
        return not (large and self._is_first(edge))

    def _repeats(self, edge: _Edge, part: str) -> bool:
        return edge.at <= _INNER * edge.height and self._enough(edge, self._by_words[edge.foot, _words(part)])

    def _counts(self, edge: _Edge, part: str) -> bool:
        """Whether the part is a page number: its form is one, and other pages count on; or it stands far outside."""
        form = _masked(part)
        if not (_is_counter(form) or _COUNTER_WITHIN.search(form)):
            return False
        if any(self._enough(edge, self._by_count[edge.foot, form, offset]) for offset in _offsets(part, edge.page)):
            return True
        return edge.at <= _OUTER * edge.height and _LONE_COUNTER.fullmatch(form) is not None

    def _enough(self, edge: _Edge, others: Sequence[_Edge]) -> bool:
        """Two pages of a short document, three of a longer one; two also far outside, for heads that alternate."""
        pages = {other.page for other in others if abs(other.at - edge.at) <= _SAME_PLACE}
        return len(pages) >= (2 if self._pages <= 4 or edge.at <= _OUTER * edge.height else 3)

    def _is_first(self, edge: _Edge) -> bool:
        others = (other for part in edge.line.parts for other in self._by_words[edge.foot, _words(part)])
        return edge.page == min(other.page for other in others)


def _words(part: str) -> str:
    return "".join(part.split())


def _masked(part: str) -> str:
    return _NUMBER.sub("#", part.strip())


def _is_counter(form: str) -> bool:
    return "#" in form and _COUNTER.fullmatch(form) is not None


def _offsets(part: str, page: int) -> Iterator[int]:
    """How far each number of the part is from the page's own."""
    for found in _NUMBER.findall(part):
        if len(found) <= 4:
            yield int(found) - page
