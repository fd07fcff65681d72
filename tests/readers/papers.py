"""PDF files drawn for tests, as an office would set them: A4, 28 characters a line, the first two of a paragraph blank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"  # in every PDF viewer, so that no font file is needed
LEFT, SIZE, LEADING, PER_LINE = 80.0, 16.0, 28.0, 28
RIGHT = LEFT + SIZE * PER_LINE
TOP, WIDTH, HEIGHT = 120.0, 595.0, 842.0

Cell = tuple[int, int, int, int, str]  # row, column, row span, column span, text

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


class Paper:
    """A page to write on from the top down; `at` is where the next line stands."""

    def __init__(self, path: Path, *, size: tuple[float, float] = (WIDTH, HEIGHT), lock: StandardEncryption | None = None) -> None:
        self.canvas = Canvas(str(path), pagesize=size, encrypt=lock)
        self.width, self.height = size
        self.at = TOP

    def write(self, text: str, x: float, base: float, *, size: float = SIZE, space: float = 0.0) -> None:
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(x, self.height - base, text, charSpace=space)

    def line(self, text: str, *, x: float = LEFT, size: float = SIZE, gap: float = LEADING) -> None:
        self.write(text, x, self.at, size=size)
        self.at += gap

    def centre(self, text: str, size: float = 22.0, gap: float = 36.0) -> None:
        self.line(text, x=self.width / 2 - self._width(text, size) / 2, size=size, gap=gap)

    def right(self, text: str, ems: float = 2.0) -> None:
        self.line(text, x=RIGHT - SIZE * ems - self._width(text, SIZE))

    def prose(self, text: str, *, indent: int = 2, lines: int = 100) -> str:
        """Set as many lines as there is room for; what is left over."""
        while text and lines:
            room = PER_LINE - indent
            self.line(text[:room], x=LEFT + indent * SIZE)
            text, indent, lines = text[room:], 0, lines - 1
        return text

    def table(self, xs: Sequence[float], ys: Sequence[float], cells: Sequence[Cell], rule: Rule | None = None) -> None:
        """Draw the frames of the cells and their texts, as wide as there is room for."""
        rule = rule or draw_line
        for row, column, rows, columns, text in cells:
            x0, x1, y0, y1 = xs[column], xs[column + columns], ys[row], ys[row + rows]
            for start, end in (((x0, y0), (x1, y0)), ((x0, y1), (x1, y1)), ((x0, y0), (x0, y1)), ((x1, y0), (x1, y1))):
                rule(self.canvas, (start[0], self.height - start[1]), (end[0], self.height - end[1]))
            fit = max(int((x1 - x0 - 6) / 12), 1)
            for index, piece in enumerate(text[at : at + fit] for at in range(0, len(text), fit)):
                self.write(piece, x0 + 3, y0 + 15 + 16 * index, size=12)

    def foot(self, text: str, *, x: float | None = None) -> None:
        self.write(text, self.width / 2 - self._width(text, 14) / 2 if x is None else x, self.height - 60, size=14)

    def next(self) -> None:
        self.canvas.showPage()
        self.at = TOP

    def save(self) -> None:
        self.canvas.save()

    def _width(self, text: str, size: float) -> float:
        return float(pdfmetrics.stringWidth(text, FONT, size))


Rule = Callable[[Canvas, tuple[float, float], tuple[float, float]], None]


def draw_line(canvas: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A rule as a stroke."""
    canvas.line(*start, *end)


def draw_thin_area(canvas: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A rule as office programs draw it: a filled area half a point wide."""
    (x0, y0), (x1, y1) = sorted((start, end))
    canvas.rect(x0 - 0.25, y0 - 0.25, x1 - x0 + 0.5, y1 - y0 + 0.5, stroke=0, fill=1)


# --- files written by hand ---------------------------------------------------------------------------


def raw_pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    data, offsets = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size, start = len(objects) + 1, len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def raw_stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def raw_page(content: bytes, *rest: bytes, entries: bytes = b"", contents_entries: bytes = b"", copies: int = 1) -> bytes:
    """A PDF of one page, or of many that share their content; `rest` are its objects from number 5 on."""
    kids = b"3 0 R " * copies
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (copies, kids),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>" % entries,
            raw_stream(content, contents_entries),
            *rest,
        ]
    )
