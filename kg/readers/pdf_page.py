"""One page of a PDF as geometry: characters, ruled lines and pictures, from PDFium.

Every coordinate is turned so that most of the text runs from left to right and counts from the top left corner, in
points: a page that is stored sideways (/Rotate, or a landscape table drawn on an upright page) looks like any other.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

SKEWED = -1  # the turn of text that runs neither along the lines nor across them
_SKEW = 5.0  # degrees by which a line may lean (a scan with a text layer leans a little)
_THIN, _SHORT = 3.5, 3.0  # points: a filled area this thin is a rule; a rule shorter than this is a speck
_WIDEST_PEN = 8.0
_FORM_DEPTH = 12
_MOST_SEGMENTS, _MOST_RULES = 400, 20_000  # more than this is a drawing, not a table
_MOST_CHARACTERS = 100_000

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


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


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along one axis: `at` on the other axis, from `start` to `end` on its own."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands on one page.

    `unmapped`: how many characters have a font that does not say what they are; `pictured`: the share of the page that
    lies under pictures; `drawn`: how many lines and areas are drawn.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    unmapped: int
    pictured: float
    drawn: int


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
    inside = [g for g in glyphs if -2 <= g.x0 <= width + 2 and -2 <= g.base <= height + 2]
    shapes = _Shapes(view)
    shapes.add_all(page)
    return Sheet(
        number=number,
        width=width,
        height=height,
        glyphs=tuple(_without_watermarks(inside)),
        across=tuple(shapes.across),
        down=tuple(shapes.down),
        unmapped=sum(1 for mark in marks if not mark.char),
        pictured=min(shapes.pictured / max(width * height, 1.0), 1.0),
        drawn=shapes.drawn,
    )


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
        return ""
    if lead and 0xDC00 <= code < 0xE000:
        return chr(0x10000 + ((lead - 0xD800) << 10) + (code - 0xDC00))
    if code in (0x09, 0x0A, 0x0D):
        return " "
    if code < 0x20 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
        return None
    return chr(code)


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
            found = self._known[seen] = _style(*seen)
        return found


def _style(size: float, a: float, b: float, c: float, d: float, red: int, green: int, blue: int, alpha: int) -> _Style:
    """The height of the em, the way the text runs, and how light it is on white paper: a transparent one is light."""
    stretch = math.hypot(a, b)
    height = abs(a * d - b * c) / stretch if stretch else 1.0
    bright = (0.3 * red + 0.59 * green + 0.11 * blue) / 255
    return _Style(size=abs(size * height), turn=_quarter(math.degrees(math.atan2(b, a))), shade=1 - (1 - bright) * alpha / 255)


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
    light = [glyph for glyph in straight if glyph.shade > 0.5]
    if not light:
        return straight
    body = median(glyph.size for glyph in straight)
    dark = [glyph for glyph in straight if glyph.shade <= 0.5]
    under = {_stroke(glyph) for glyph in light if _overlaps_any(glyph, dark)}
    return [g for g in straight if g.shade <= 0.5 or not (g.size >= 2 * body or _stroke(g) in under)]


def _stroke(glyph: Glyph) -> tuple[int, int]:
    """What the letters of one line of a watermark share."""
    return round(glyph.base), round(glyph.size * 4)


def _overlaps_any(glyph: Glyph, others: Sequence[Glyph]) -> bool:
    """Whether a good part of the glyph is covered: neighbours that merely touch do not count."""
    x_room, y_room = 0.25 * (glyph.x1 - glyph.x0), 0.25 * (glyph.bottom - glyph.top)
    return any(
        min(glyph.x1, other.x1) - max(glyph.x0, other.x0) > x_room
        and min(glyph.bottom, other.bottom) - max(glyph.top, other.top) > y_room
        for other in others
    )


# --- rules and pictures ----------------------------------------------------------------------------


class _Shapes:
    """Collects the straight rules of a page, and how much of it lies under pictures."""

    def __init__(self, view: _View) -> None:
        self.view = view
        self.across: list[Rule] = []
        self.down: list[Rule] = []
        self.pictured = 0.0
        self.drawn = 0

    def add_all(self, page: pdfium.PdfPage) -> None:
        for kind, handle, outer in _objects(page):
            if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
                self.drawn += 1
                if len(self.across) + len(self.down) < _MOST_RULES:
                    self._add_path(handle, _compose(_matrix(handle), outer))
            elif kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
                a, b, c, d, _, _ = _compose(_matrix(handle), outer)
                self.pictured += abs(a * d - b * c)

    def _add_path(self, handle: object, matrix: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        if not pdfium_c.FPDFPath_GetDrawMode(handle, fill, stroke) or not (fill.value or stroke.value):
            return
        if pdfium_c.FPDFPath_CountSegments(handle) > _MOST_SEGMENTS:
            return
        outlines = [[self.view.point(*_apply(matrix, point)) for point in outline] for outline in _outlines(handle)]
        if stroke.value and _pen(handle, matrix) <= _WIDEST_PEN:
            for outline in outlines:
                for start, end in pairwise(outline):
                    self._add_line(start, end)
        elif fill.value and not stroke.value:
            self._add_filled([_bounds(outline) for outline in outlines if len(outline) > 2])

    def _add_line(self, start: Point, end: Point) -> None:
        (xa, ya), (xb, yb) = start, end
        if abs(ya - yb) <= 1 and abs(xa - xb) >= _SHORT:
            self.across.append(Rule((ya + yb) / 2, min(xa, xb), max(xa, xb)))
        elif abs(xa - xb) <= 1 and abs(ya - yb) >= _SHORT:
            self.down.append(Rule((xa + xb) / 2, min(ya, yb), max(ya, yb)))

    def _add_filled(self, boxes: Sequence[tuple[float, float, float, float]]) -> None:
        """Thin areas are rules; so are the four sides of a frame that is filled between two boxes."""
        for x0, y0, x1, y1 in boxes:
            if min(x1 - x0, y1 - y0) <= _THIN:
                if x1 - x0 > y1 - y0:
                    self._add_line((x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2))
                else:
                    self._add_line(((x0 + x1) / 2, y0), ((x0 + x1) / 2, y1))
        if len(boxes) == 2:
            (x0, y0, x1, y1), inner = sorted(boxes, key=lambda box: -(box[2] - box[0]) * (box[3] - box[1]))
            gaps = (inner[0] - x0, inner[1] - y0, x1 - inner[2], y1 - inner[3])
            corners = ((x0, y0), (x1, y0), (x1, y1), (x0, y1))
            for side, start, end in zip((1, 2, 3, 0), corners, (*corners[1:], corners[0]), strict=True):
                if 0.1 < gaps[side] <= _THIN and min(gaps) > -0.1:
                    self._add_line(start, end)


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[int, object, Matrix]]:
    """The objects that are drawn, also those inside forms, with the matrix of the form around them."""
    return _walk(pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject, page, (1, 0, 0, 1, 0, 0), 0)


def _walk(count, take, holder, outer: Matrix, depth: int) -> Iterator[tuple[int, object, Matrix]]:  # type: ignore[no-untyped-def]
    for index in range(count(holder)):
        handle = take(holder, index)
        kind = pdfium_c.FPDFPageObj_GetType(handle)
        if kind != pdfium_c.FPDF_PAGEOBJ_FORM:
            yield kind, handle, outer
        elif depth < _FORM_DEPTH:
            inner = _compose(_matrix(handle), outer)
            yield from _walk(pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject, handle, inner, depth + 1)


def _outlines(handle: object) -> Iterator[list[Point]]:
    """The runs of points of a path, each as far as the pen stays down; a curve counts as the line to its end."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    for index in range(pdfium_c.FPDFPath_CountSegments(handle)):
        segment = pdfium_c.FPDFPath_GetPathSegment(handle, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        points.append((x.value, y.value))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _pen(handle: object, matrix: Matrix) -> float:
    width = ctypes.c_float()
    pdfium_c.FPDFPageObj_GetStrokeWidth(handle, width)
    return width.value * math.sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def _bounds(points: Sequence[Point]) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(handle: object) -> Matrix:
    found = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(handle, found):
        return (1, 0, 0, 1, 0, 0)
    return (found.a, found.b, found.c, found.d, found.e, found.f)


def _compose(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _apply(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f
