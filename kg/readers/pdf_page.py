"""One page of a PDF as geometry: characters, ruled lines and pictures, from PDFium.

Every coordinate is turned so that most of the text runs from left to right and counts from the top left corner, in
points: a page that is stored sideways (/Rotate, or a landscape table drawn on an upright page) looks like any other.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from kg.readers.pdf_shapes import Point, Shapes, read_shapes

SKEWED = -1  # the turn of text that runs neither along the lines nor across them
_SKEW = 5.0  # degrees by which a line may lean (a scan with a text layer leans a little)
_SQUARE = 40.0  # points
_SMALLEST = 1.0  # points: smaller letters are not meant to be seen
_LIGHT, _WHITE = 0.5, 0.97  # shades from which letters are light, and white
_MOST_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character in its box. `turn`: quarter turns against the page's text; `shade`: 0 black to 1 white.

    `run` tells the piece of text that it was drawn with: the letters of a ligature share their place and their run.
    """

    char: str
    x0: float
    x1: float
    top: float
    bottom: float
    base: float
    size: float
    turn: int = 0
    shade: float = 0.0
    run: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on one page. `unmapped`: how many characters have a font that does not say what they are."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    shapes: Shapes
    unmapped: int

    @property
    def pictured(self) -> float:
        """The share of the page that lies under pictures."""
        return min(self.shapes.pictured / max(self.width * self.height, 1.0), 1.0)


def read_sheet(page: pdfium.PdfPage, number: int) -> Sheet | None:
    """The sheet of `page`, which is the document's page `number`; None where it holds more than a page of text can."""
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > _MOST_CHARACTERS:
            return None
        marks = list(_marks(textpage.raw))
    finally:
        textpage.close()
    view = _view(page, marks)
    glyphs = [view.glyph(mark) for mark in marks if mark.char]
    width, height = view.size
    inside = [glyph for glyph in glyphs if _is_seen(glyph, width, height)]
    return Sheet(
        number=number,
        width=width,
        height=height,
        glyphs=tuple(_without_watermarks(inside)),
        shapes=read_shapes(page, view.point),
        unmapped=sum(1 for mark in marks if not mark.char),
    )


def _is_seen(glyph: Glyph, width: float, height: float) -> bool:
    """Whether the glyph lies on the page and is of a size to be read; a damaged font gives any number, or none."""
    across = -2 <= glyph.x0 <= glyph.x1 <= width + 2 * glyph.size
    down = -2 <= glyph.base <= height + 2 and -height <= glyph.top <= glyph.bottom <= 2 * height
    return across and down and _SMALLEST <= glyph.size <= height


# --- characters ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Style:
    """What the characters of one text object share. `turn`: the quarter turns of their line, counter-clockwise."""

    size: float = 1.0
    turn: int = 0
    shade: float = 0.0


@dataclass(frozen=True, slots=True)
class _Mark:
    """A character as PDFium has it, in the page's own coordinates; no `char` where the font does not tell it."""

    char: str
    x: float
    y: float
    box: tuple[float, float, float, float]
    style: _Style
    run: int


def _marks(textpage: object) -> Iterator[_Mark]:
    """The characters in the order of the page's content; those that PDFium made up (line ends, gaps) are left out."""
    styles = _Styles(textpage)
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium_c.FS_RECTF()
    lead = 0
    for index in range(pdfium_c.FPDFText_CountChars(textpage)):
        code = pdfium_c.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            lead = code
            continue
        char = _character(textpage, index, code, lead)
        lead = 0
        if char is None:
            continue
        pdfium_c.FPDFText_GetCharOrigin(textpage, index, x, y)
        pdfium_c.FPDFText_GetLooseCharBox(textpage, index, box)
        yield _Mark(char, x.value, y.value, (box.left, box.bottom, box.right, box.top), *styles.style(index))


def _character(textpage: object, index: int, code: int, lead: int) -> str | None:
    """The character at `index`; "" where its font does not tell it, None where there is nothing to see."""
    if code <= 0x20:
        if pdfium_c.FPDFText_IsGenerated(textpage, index):
            return None
        if pdfium_c.FPDFText_IsHyphen(textpage, index):
            return "-"  # PDFium puts a control character for a hyphen at the end of a line
    if pdfium_c.FPDFText_HasUnicodeMapError(textpage, index) == 1 or code in (0, 0xFFFD):
        return "" if _has_ink(textpage, index) else None
    if lead and 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((lead - 0xD800) << 10) + (code - 0xDC00))
    if code in (0x09, 0x0A, 0x0D):
        return " "
    if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
        return None
    return chr(code)


def _has_ink(textpage: object, index: int) -> bool:
    """Whether there is anything to see: a space has a width, but no ink."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    found = pdfium_c.FPDFText_GetCharBox(textpage, index, left, right, bottom, top)
    return bool(found) and abs(right.value - left.value) * abs(top.value - bottom.value) > 0


class _Styles:
    """The style of each character; asked once for each text object, and made once for each style."""

    def __init__(self, textpage: object) -> None:
        self._textpage = textpage
        self._matrix = pdfium_c.FS_MATRIX()
        self._colour = tuple(ctypes.c_uint() for _ in range(4))
        self._by_object: dict[bytes, tuple[_Style, int]] = {}
        self._known: dict[tuple[float, ...], _Style] = {}

    def style(self, index: int) -> tuple[_Style, int]:
        """The style of a character, and the number of the text object that it belongs to."""
        text_object = bytes(pdfium_c.FPDFText_GetTextObject(self._textpage, index))  # its address, enough to tell it by
        found = self._by_object.get(text_object)
        if found is None:
            found = self._by_object[text_object] = (self._read(index), len(self._by_object))
        return found

    def _read(self, index: int) -> _Style:
        matrix = self._matrix
        size = pdfium_c.FPDFText_GetFontSize(self._textpage, index)
        if not pdfium_c.FPDFText_GetMatrix(self._textpage, index, matrix):
            return _Style(size=size)
        red, green, blue, alpha = self._colour
        if not pdfium_c.FPDFText_GetFillColor(self._textpage, index, red, green, blue, alpha):
            red.value = green.value = blue.value = 0
            alpha.value = 255
        seen = (size, matrix.a, matrix.b, matrix.c, matrix.d, red.value, green.value, blue.value, alpha.value)
        found = self._known.get(seen)
        if found is None:
            found = self._known[seen] = _Style(size * _height(*seen[1:5]), _turn(*seen[1:3]), _shade(*seen[5:]))
        return found


def _height(a: float, b: float, c: float, d: float) -> float:
    """How high the matrix makes what is one unit high."""
    stretch = math.hypot(a, b)
    return abs(a * d - b * c) / stretch if stretch else 1.0


def _turn(a: float, b: float) -> int:
    return _quarter(math.degrees(math.atan2(b, a)))


def _shade(red: float, green: float, blue: float, alpha: float) -> float:
    """How light a grey is on white paper; a transparent one is light, a strong colour is dark."""
    return 1 - (1 - min(red, green, blue) / 255) * alpha / 255


# --- the way the page is looked at -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _View:
    """The page's box, and the quarter turns (clockwise) that put most of its text upright."""

    box: tuple[float, float, float, float]
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        left, bottom, right, top = self.box
        return (top - bottom, right - left) if self.turn % 2 else (right - left, top - bottom)

    def point(self, x: float, y: float) -> Point:
        left, bottom, right, top = self.box
        if self.turn == 0:
            return x - left, top - y
        if self.turn == 1:
            return y - bottom, x - left
        if self.turn == 2:
            return right - x, y - bottom
        return top - y, right - x

    def glyph(self, mark: _Mark) -> Glyph:
        """An upright one gets the height of its em, so that a comma is as high as its neighbours."""
        size, shade, turn = mark.style.size, mark.style.shade, mark.style.turn
        left, bottom, right, top = mark.box
        x, base = self.point(mark.x, mark.y)
        (xa, ya), (xb, yb) = self.point(left, bottom), self.point(right, top)
        if xa > xb:
            xa, xb = xb, xa
        if turn == self.turn:
            start, end = (x if x < xa else xa), max(xb, x + 0.2 * size)
            return Glyph(mark.char, start, end, base - 0.88 * size, base + 0.12 * size, base, size, 0, shade, mark.run)
        turn = turn if turn == SKEWED else (turn - self.turn) % 4
        return Glyph(mark.char, xa, xb, min(ya, yb), max(ya, yb), base, size, turn, shade, mark.run)


def _view(page: pdfium.PdfPage, marks: Sequence[_Mark]) -> _View:
    """Turned by the text where there is any, else by what the page itself says."""
    left, bottom, right, top = page.get_cropbox()
    turns = Counter(mark.style.turn for mark in marks if mark.style.turn != SKEWED)
    turn = turns.most_common(1)[0][0] if turns else page.get_rotation() // 90
    return _View((min(left, right), min(bottom, top), max(left, right), max(bottom, top)), turn)


def _quarter(angle: float) -> int:
    """The quarter turns of text that runs at `angle`; SKEWED where it is no quarter."""
    nearest = round(angle / 90)
    return nearest % 4 if abs(angle - 90 * nearest) <= _SKEW else SKEWED


# --- watermarks ------------------------------------------------------------------------------------


def _without_watermarks(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs that are text: not the slanted ones, nor light ones that are huge or lie under other text."""
    straight = [glyph for glyph in glyphs if glyph.turn != SKEWED]
    light = [glyph for glyph in straight if glyph.shade > _LIGHT]
    if not light:
        return straight
    body = median(glyph.size for glyph in straight)
    dark = _by_place(glyph for glyph in straight if glyph.shade <= _LIGHT)
    # White letters can be seen on a dark ground only, where they are a heading.
    marks = {_stroke(g) for g in light if _is_covered(g, dark) or (g.size >= 2 * body and g.shade < _WHITE)}
    return [glyph for glyph in straight if glyph.shade <= _LIGHT or _stroke(glyph) not in marks]


def _stroke(glyph: Glyph) -> tuple[int, int]:
    """What the letters of one line of a watermark share."""
    return round(glyph.base), round(glyph.size * 4)


def _by_place(glyphs: Iterable[Glyph]) -> dict[tuple[int, int], list[Glyph]]:
    """The glyphs by the squares of a grid that they lie in."""
    found: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        for square in _squares(glyph):
            found.setdefault(square, []).append(glyph)
    return found


def _squares(glyph: Glyph) -> Iterator[tuple[int, int]]:
    for column in range(int(glyph.x0 // _SQUARE), int(glyph.x1 // _SQUARE) + 1):
        for row in range(int(glyph.top // _SQUARE), int(glyph.bottom // _SQUARE) + 1):
            yield column, row


def _is_covered(glyph: Glyph, others: Mapping[tuple[int, int], Sequence[Glyph]]) -> bool:
    """Whether a good part of the glyph is covered: neighbours that merely touch do not count."""
    x_room, y_room = 0.25 * (glyph.x1 - glyph.x0), 0.25 * (glyph.bottom - glyph.top)
    return any(
        min(glyph.x1, other.x1) - max(glyph.x0, other.x0) > x_room and min(glyph.bottom, other.bottom) - max(glyph.top, other.top) > y_room
        for square in _squares(glyph)
        for other in others.get(square, ())
    )
