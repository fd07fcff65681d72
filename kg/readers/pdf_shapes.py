"""What is drawn on a page of a PDF beside its text: straight rules, and how much of it lies under pictures."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

_THIN, _SHORT = 3.5, 3.0  # points: a filled area this thin is a rule; a rule shorter than this is a speck
_WIDEST_PEN = 8.0
_FORM_DEPTH = 12
_MOST_SEGMENTS, _MOST_RULES = 400, 20_000  # more than this is a drawing, not a table

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along one axis: `at` on the other axis, from `start` to `end` on its own."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """The rules of a page, the area of its pictures in square points, and how many lines and areas are drawn."""

    across: tuple[Rule, ...]
    down: tuple[Rule, ...]
    pictured: float
    drawn: int


def read_shapes(page: pdfium.PdfPage, place: Callable[[float, float], Point]) -> Shapes:
    """What is drawn on the page; `place` turns its coordinates to those of the sheet."""
    found = _Collector(place)
    found.add_all(page)
    return Shapes(across=tuple(found.across), down=tuple(found.down), pictured=found.pictured, drawn=found.drawn)


class _Collector:
    """Collects the straight rules of a page, and how much of it lies under pictures."""

    def __init__(self, place: Callable[[float, float], Point]) -> None:
        self.place = place
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
        outlines = [[self.place(*_apply(matrix, point)) for point in outline] for outline in _outlines(handle)]
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
