"""Tables drawn with characters, ┌─┬┐ or +---+, made tables: cells of several lines, merged ones, columns as a screen shows them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import accumulate, pairwise, product

from kg.model import Span
from kg.readers.draft import DraftCell, DraftTable, Line
from kg.rules import pattern
from kg.text import key

_DASHES = "─━═┄┅┈┉╌╍╴╶╸╺"
_STROKES = "│┃║┆┇┊┋╎╏"
_CROSSINGS = "".join(chr(code) for code in range(0x250C, 0x2574) if chr(code) not in _DASHES + _STROKES)
_BOX = re.compile(f"[{_STROKES}{_CROSSINGS}]")
_ASCII = re.compile(r"\||\+(?=[-=])|(?<=[-=])\+")
_ASCII_RULE = re.compile(r"\s*\+(?:[-=]{2,}\+)+\s*")
_FULL = 3  # columns of a cell that a whole character and its margin no longer fit into
_FAR = 10**6


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between two strokes of a line, in the columns [first, stop) of the table; `width` is the room there."""

    first: int
    stop: int
    text: Line
    width: int
    is_rule: bool


@dataclass(slots=True)
class _Cell:
    row: int
    last: int  # the last row that it reaches
    first: int
    stop: int
    lines: list[Line] = field(default_factory=list)


def read_drawn_table(lines: Sequence[Line], start: int) -> tuple[DraftTable | tuple[Line, ...], int] | None:
    """The table drawn from `start` on, and the line behind it; of a frame around a text the text. None where none begins."""
    stroke = _stroke(lines, start)
    if stroke is None:
        return None
    end = _end(lines, start, stroke)
    drawn = [line for line in lines[start:end] if line.text.strip()]
    printed = _measured(drawn, stroke)
    cells = _cells(printed, _row_starts(printed))
    columns = max((cell.stop for cell in cells), default=0)
    if columns < 2:
        return tuple(line for cell in cells for line in cell.lines), end
    rows = max(cell.last for cell in cells) + 1
    merges = any(cell.last > cell.row for cell in cells)
    return DraftTable(rows=rows, columns=columns, cells=tuple(map(_placed, cells)), merges=merges), end


def display_width(text: str) -> int:
    """The columns of a screen that a text takes where characters of which no font is sure are wide."""
    return sum(_char_width(char, 2, 2) for char in text)


# --- where it stands -------------------------------------------------------------------------------------


def _stroke(lines: Sequence[Line], at: int) -> re.Pattern[str] | None:
    """What parts the cells of a table that begins with this line: a line drawn across, or a row between strokes with another below it."""
    text = lines[at].text
    if _ASCII_RULE.fullmatch(text):
        return _ASCII if at + 1 < len(lines) and _ASCII.search(lines[at + 1].text) else None
    if not _BOX.search(text):
        return None
    below = lines[at + 1].text if at + 1 < len(lines) else ""
    if _is_across(text) or (len(_BOX.findall(text)) > 2 and _is_closed(text, _BOX)) or _is_across(below):
        return _BOX if _BOX.search(below) else None
    return None


def _is_across(text: str) -> bool:
    """Whether nothing stands on a line but what is drawn, dashes among it."""
    bare = "".join(text.split())
    return bool(bare) and not bare.strip(_DASHES + _CROSSINGS) and not set(bare).isdisjoint(_DASHES)


def _is_closed(text: str, stroke: re.Pattern[str]) -> bool:
    bare = text.strip()
    return bool(stroke.match(bare) and stroke.match(bare, len(bare) - 1))


def _end(lines: Sequence[Line], start: int, stroke: re.Pattern[str]) -> int:
    """The line behind the table: behind its lower edge, or the last line that has strokes; a page may leave an empty line."""
    closed = _is_closed(lines[start].text, stroke)  # else its sides are open
    end = at = start
    while at < len(lines):
        text = lines[at].text
        if text.strip() and not (_is_closed(text, stroke) if closed else stroke.search(text)):
            break
        if at > start and text.lstrip()[:1] in tuple("┌┏╔╭"):
            break  # the next table
        at += 1
        end = at if text.strip() else end
    return end


# --- what stands between its strokes -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Strokes:
    """The strokes of a line: where each stands in its text and on the screen; the open sides of the table have one beyond the text."""

    line: Line
    places: tuple[int, ...]
    across: tuple[int, ...]


def _measured(lines: Sequence[Line], stroke: re.Pattern[str]) -> list[list[_Segment]]:
    """The segments of each line, under the widths of characters of which no font is sure that bring most strokes under each other."""
    places = [[found.start() for found in stroke.finditer(line.text)] for line in lines]
    longest = max(range(len(lines)), key=lambda at: len(places[at]))
    text = lines[longest].text
    left, right = bool(text[: places[longest][0]].strip()), bool(text[places[longest][-1] + 1 :].strip())
    best: list[_Strokes] = []
    score = -1
    for drawn, other in product((2, 1), repeat=2):
        measured = [_measure(line, found, (drawn, other), (left, right)) for line, found in zip(lines, places, strict=True)]
        edges = set(measured[longest].across)
        suits = sum(edges.issuperset(one.across) for one in measured)
        if suits > score:
            best, score = measured, suits
    return [_segments(one, best[longest].across, stroke) for one in best]


def _measure(line: Line, places: Sequence[int], widths: tuple[int, int], is_open: tuple[bool, bool]) -> _Strokes:
    widest = list(accumulate((_char_width(char, *widths) for char in line.text), initial=0))
    across = [widest[at] for at in places]
    before = [-1] if is_open[0] else []
    after = [(len(line.text), _FAR)] if is_open[1] else []
    return _Strokes(line, (*before, *places, *(at for at, _ in after)), (*before, *across, *(far for _, far in after)))


@cache
def _char_width(char: str, drawn: int, other: int) -> int:
    kind = unicodedata.east_asian_width(char)
    if kind == "A":
        return drawn if "\u2500" <= char <= "\u257f" else other
    return 2 if kind in "WF" else 1


def _segments(strokes: _Strokes, bounds: Sequence[int], stroke: re.Pattern[str]) -> list[_Segment]:
    """What stands between the strokes of a line, each under the columns that it covers."""
    text, columns = strokes.line.text, _columns(strokes.across, bounds)
    parts = list(pairwise(strokes.places))
    ruled = [_is_rule(text[a + 1 : b], stroke) for a, b in parts]
    segments = []
    for at, (a, b) in enumerate(parts):
        crossed = stroke is _BOX or all(ruled) or "+" in text[max(a, 0) : b + 1]  # a hyphen alone may be what a cell says
        if columns[at] < columns[at + 1]:
            width = strokes.across[at + 1] - strokes.across[at] - 1
            segments.append(_Segment(columns[at], columns[at + 1], _cut(strokes.line, a + 1, b), width, ruled[at] and crossed))
    return segments


def _is_rule(text: str, stroke: re.Pattern[str]) -> bool:
    bare = text.strip()
    return bool(bare) and not bare.strip(_DASHES if stroke is _BOX else "-=:")


def _columns(across: Sequence[int], bounds: Sequence[int]) -> list[int]:
    """Which of the table's bounds each stroke of a line is: all of them in order, else each the nearest."""
    if len(across) == len(bounds):
        return list(range(len(bounds)))
    nearest: list[int] = []
    for place in across:
        nearest.append(min(range(len(bounds)), key=lambda at: abs(bounds[at] - place)))
    return nearest


def _cut(line: Line, start: int, end: int) -> Line:
    """The words of a line between two places, without the blanks around them."""
    text = line.text[start:end]
    start += len(text) - len(text.lstrip())
    bare = text.strip()
    source = Span(line.source.start + start, line.source.start + start + len(bare)) if line.source else None
    return replace(line, text=bare, source=source)


# --- rows ------------------------------------------------------------------------------------------------------


def _row_starts(printed: Sequence[Sequence[_Segment]]) -> frozenset[int]:
    """The lines with which a row begins though no line is drawn above them: where the numbers count on; each that has a first cell,
    where lines are drawn around the header only."""
    blocks = list(_blocks(printed))
    starts: set[int] = set()
    for block in blocks:
        numbered = [(at, value) for at in block if (value := _number(printed[at])) is not None]
        if len(numbered) > 1 and all(after[1] == before[1] + 1 for before, after in pairwise(numbered)):
            starts.update(at for at, _ in numbered if at != block[0])
        elif len(blocks) <= 2 and block is blocks[-1] and len(block) > 1:
            starts.update(at for at in block[1:] if printed[at][0].text.text)
    return frozenset(starts)


def _blocks(printed: Sequence[Sequence[_Segment]]) -> Iterator[list[int]]:
    """The lines between two that have something drawn across."""
    block: list[int] = []
    for at, segments in enumerate(printed):
        if not any(segment.is_rule for segment in segments):
            block.append(at)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _number(segments: Sequence[_Segment]) -> int | None:
    """The number that a line has in its first cell, or in its second."""
    for segment in segments[:2]:
        text = key(segment.text.text)
        if pattern("columns", "looks_number").fullmatch(text) and (bare := text.strip("（）.、")).isdigit():
            return int(bare)
    return None


def _cells(printed: Sequence[Sequence[_Segment]], starts: frozenset[int]) -> list[_Cell]:
    """The cells in order: each ends where something is drawn under it."""
    cells: list[_Cell] = []
    held: dict[int, _Cell] = {}  # the open cells, by their first column
    row, fresh = -1, True
    for at, segments in enumerate(printed):
        filled = [segment for segment in segments if not segment.is_rule]
        if len(filled) < len(segments):
            ruled = [segment for segment in segments if segment.is_rule]
            held = {cell.first: cell for cell in held.values() if not any(one.first < cell.stop and cell.first < one.stop for one in ruled)}
            fresh = True
            _go_on(held, filled)
            continue
        other = any(segment.first not in held or held[segment.first].stop != segment.stop for segment in filled)
        if at in starts or (other and not fresh):
            held, fresh = {}, True
        row, fresh = row + fresh, False
        for segment in filled:
            if segment.first not in held:
                held[segment.first] = _Cell(row, row, segment.first, segment.stop)
                cells.append(held[segment.first])
            held[segment.first].last = row
        _go_on(held, filled)
    return cells


def _go_on(held: dict[int, _Cell], segments: Sequence[_Segment]) -> None:
    """Writes what stands in the segments into the cells that are open there."""
    for segment in segments:
        cell = held.get(segment.first)
        if cell is not None and segment.text.text:
            full = display_width(segment.text.text) + _FULL > segment.width
            cell.lines.append(replace(segment.text, runs_on=full))


def _placed(cell: _Cell) -> DraftCell:
    lines = (replace(line, place=replace(line.place, row=cell.row + 1, column=cell.first + 1)) for line in cell.lines)
    return DraftCell(
        row=cell.row, column=cell.first, row_span=cell.last - cell.row + 1, column_span=cell.stop - cell.first, lines=tuple(lines)
    )
