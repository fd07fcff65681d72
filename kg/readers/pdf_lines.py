"""Characters of a page to printed lines: by their baselines, with small raised signs put back into their line."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from kg.readers.pdf_page import Glyph

WIDE = "  "  # what stands in a line's text for a gap as wide as between two columns

_OPENING = "（《“‘〈「『【〔［｛([{"
_CLOSING = "，。、；：！？）》”’〉」』】〕］｝…%％,.;:!?)]}"
_QUOTES = "“”‘’\"'"  # kept on one line with what stands on either side
_SAME_LINE, _SAME_PLACE = 0.3, 0.15  # of the em: how far baselines, and two copies of one letter, may be apart


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedLine:
    """A line of text and its box. `lead`: how much room the first piece that cannot be broken takes.

    `pieces`: what stands apart on it, where wide gaps part it.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    lead: float
    pieces: tuple[PrintedLine, ...] = ()

    @property
    def parts(self) -> list[str]:
        """The words of its pieces, as of the left and the right half of a page's foot."""
        return [piece.text for piece in self.pieces] or [self.text]


def to_lines(glyphs: Sequence[Glyph]) -> list[PrintedLine]:
    """The lines that the upright `glyphs` form, from top to bottom."""
    lines = (_line(row) for row in _with_raised(glyph_rows(glyphs)))
    return [line for line in lines if line is not None]


def _turned_lines(glyphs: Sequence[Glyph]) -> list[PrintedLine]:
    """The lines of text that runs up or down, as in a narrow cell of a table."""
    turned = [_upright(glyph) for glyph in glyphs if glyph.turn]
    return to_lines(turned) if turned else []


def cell_lines(glyphs: Sequence[Glyph]) -> tuple[PrintedLine, ...]:
    """The lines of a cell, whichever way they run."""
    upright = [glyph for glyph in glyphs if glyph.turn == 0]
    columns = _stacks(upright)
    lines = [line for column in columns for line in to_lines(column)] if columns else to_lines(upright)
    return (*lines, *_turned_lines(glyphs))


def _stacks(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The columns, from the right, of upright letters set one under another; none where the text runs across."""
    rows = glyph_rows(glyphs)
    beside = [b.x0 - a.x0 for row in rows for a, b in pairwise(row)]
    if len(rows) < 3 or not beside:
        return []
    em = _size(glyphs)
    down = median(b[0].base - a[0].base for a, b in pairwise(rows))
    if down > 1.15 * em or min(beside) < 1.25 * em:
        return []
    columns: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.x0):
        if columns and columns[-1][0].x0 - glyph.x0 < 0.6 * em:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    return columns


def _upright(glyph: Glyph) -> Glyph:
    """The glyph as it stands when the page is turned so that its line runs from left to right."""
    x0, x1, top, bottom = glyph.x0, glyph.x1, glyph.top, glyph.bottom
    match glyph.turn:
        case 1:  # runs upwards: the left edge of the letters is below
            box = (-bottom, -top, x0, x1)
        case 3:
            box = (top, bottom, -x1, -x0)
        case _:
            box = (-x1, -x0, -bottom, -top)
    base = box[3] - 0.12 * glyph.size
    return Glyph(glyph.char, *box, base, glyph.size, 0, glyph.shade, glyph.run)


# --- rows ------------------------------------------------------------------------------------------


def glyph_rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs by baseline, each row from left to right."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if rows and glyph.base - rows[-1][0].base <= _SAME_LINE * min(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    for row in rows:
        row.sort(key=lambda glyph: glyph.x0)
    return [row for row in rows if any(not glyph.char.isspace() for glyph in row)]


def _with_raised(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """The rows; one of small letters that stands beside the letters of its neighbour, a little above or below, is put into it."""
    whole: list[list[Glyph]] = []
    for row in rows:
        if whole and (_belongs(row, whole[-1]) or _belongs(whole[-1], row)):
            whole[-1] = sorted(whole[-1] + row, key=lambda glyph: glyph.x0)
        else:
            whole.append(row)
    return whole


def _belongs(small: Sequence[Glyph], large: Sequence[Glyph]) -> bool:
    size, em = _size(small), _size(large)
    if size > 0.8 * em or abs(small[0].base - _base(large)) > 0.6 * em:
        return False
    left, right = large[0].x0 - em, max(glyph.x1 for glyph in large) + em
    beside = all(left <= glyph.x0 and glyph.x1 <= right for glyph in small)
    return beside and not any(_covered(glyph, large) for glyph in small if not glyph.char.isspace())


def _covered(glyph: Glyph, others: Sequence[Glyph]) -> bool:
    middle = (glyph.x0 + glyph.x1) / 2
    return any(other.x0 < middle < other.x1 for other in others if not other.char.isspace())


def _size(row: Sequence[Glyph]) -> float:
    return median(glyph.size for glyph in row)


def _base(row: Sequence[Glyph]) -> float:
    return median(glyph.base for glyph in row)


# --- one line --------------------------------------------------------------------------------------


def _line(row: Sequence[Glyph]) -> PrintedLine | None:
    glyphs = _once(row)
    seen = [glyph for glyph in glyphs if not glyph.char.isspace()]
    if not seen:
        return None
    text, breaks = _text(glyphs, _spread(seen))
    pieces = [piece for start, end in pairwise([0, *breaks, len(glyphs)]) if (piece := _line(glyphs[start:end]))] if breaks else []
    return PrintedLine(
        text=text,
        x0=seen[0].x0,
        x1=max(glyph.x1 for glyph in seen),
        base=_base(seen),
        size=_size(seen),
        lead=_lead(seen),
        pieces=tuple(pieces),
    )


def _spread(seen: Sequence[Glyph]) -> float:
    """The usual gap between two letters of a line."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(seen)]
    return median(gaps) if len(gaps) > 2 else 0.0


def _once(row: Sequence[Glyph]) -> list[Glyph]:
    """The row without second copies of letters, drawn a little aside to look bold."""
    kept: list[Glyph] = []
    for glyph in row:
        if not any(_is_copy(glyph, other) for other in kept[-4:]):
            kept.append(glyph)
    return kept


def _is_copy(glyph: Glyph, other: Glyph) -> bool:
    near = _SAME_PLACE * glyph.size
    if glyph.char != other.char or glyph.run == other.run:
        return False
    return abs(glyph.x0 - other.x0) < near and abs(glyph.base - other.base) < near


def _text(row: Sequence[Glyph], spread: float) -> tuple[str, list[int]]:
    """The characters, with the spaces that are printed, one between Latin words, and WIDE in a wide gap; where those are.

    Justified text is stretched between all letters; such gaps are no spaces.
    """
    text, before, blank = "", None, ""
    breaks: list[int] = []
    for index, glyph in enumerate(row):
        if glyph.char.isspace():
            blank = blank or glyph.char
            continue
        if before is not None:
            gap = _blank(before, glyph, spread)
            breaks += [index] if gap == WIDE else []
            text += gap or (" " if blank and blank != "\u3000" else blank)
        text, before, blank = text + glyph.char, glyph, ""
    return text, breaks


def _blank(before: Glyph, after: Glyph, spread: float) -> str:
    gap, em = after.x0 - before.x1, max(before.size, after.size)
    if gap > 1.5 * em and gap > 3 * spread:
        return WIDE
    words = _in_word(before.char) and _in_word(after.char)
    return " " if words and gap > 0.18 * em and gap > 2 * spread else ""


def _in_word(char: str) -> bool:
    return char.isalnum() and unicodedata.east_asian_width(char) not in "WF"


def _lead(row: Sequence[Glyph]) -> float:
    """The width of what no line break parts from the first character: its word, brackets, a comma behind it."""
    last = row[0]
    for glyph in row[1:]:
        if not _holds(last.char, glyph.char):
            break
        last = glyph
    return last.x1 - row[0].x0


def _holds(before: str, after: str) -> bool:
    if before in _OPENING or after in _CLOSING or before in _QUOTES or after in _QUOTES:
        return True
    return _in_word(before) and _in_word(after)
