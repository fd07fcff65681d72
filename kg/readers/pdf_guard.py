"""Pages that would take for ever to draw, found before anything is drawn.

A few kilobytes can hold a page that draws a form ten times, which draws a form ten times, and so on; or content that
unpacks to gigabytes. PDFium reads such a page to the end and cannot be interrupted, so its content is measured first.
"""

from __future__ import annotations

import io
import logging
import re
import struct
import zlib
from collections.abc import Iterator, Mapping

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psexceptions import PSException
from pdfminer.psparser import literal_name

_MOST = 24_000_000  # bytes of content of one page, forms counted as often as they are drawn: some two seconds
_MOST_REPAIRED = 4_000_000  # bytes of a file without a sound table of contents that are searched: some three seconds

_FORM = re.compile(rb"/Subtype\s*/(?:Form|\w*#)")  # in clear in every file; # begins the code of a letter
_DRAW = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")

logging.getLogger("pdfminer").addHandler(logging.NullHandler())  # what it says of damaged files would reach the screen

# What pdfminer raises on files that are damaged or made by hand; the last ones come out of its guesses about types.
DAMAGED = (
    PDFException,
    PSException,
    zlib.error,
    struct.error,
    RecursionError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    TypeError,
    ValueError,
)


def heavy_pages(data: bytes) -> frozenset[int]:
    """The numbers of the pages whose content is too much to read; none where the file is too damaged to tell."""
    heavy: set[int] = set()
    letters = len(_FORM.findall(data)) > 1  # only then can letters draw forms that draw forms; to look is slow
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)), fallback=len(data) <= _MOST_REPAIRED)
        for number, page in enumerate(PDFPage.create_pages(document), 1):
            if _page_weight(page, letters=letters) > _MOST:
                heavy.add(number)
    except DAMAGED:
        return frozenset(heavy)
    return frozenset(heavy)


def _page_weight(page: PDFPage, *, letters: bool) -> int:
    scale = _Scale()
    contents = (stream for stream in map(resolve1, page.contents) if isinstance(stream, PDFStream))
    weight = sum(scale.weigh(stream, page.resources) for stream in contents)
    return weight + scale.weigh_letters(page.resources) if letters else weight


class _Scale:
    """Weighs content; each form is weighed once, and counted wherever it is drawn."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def weigh(self, stream: PDFStream, resources: object) -> int:
        """The bytes of the stream and of all that it draws, no more than a little over the limit."""
        content = _unpacked(stream)
        weight = len(content)
        if b"Do" in content:
            forms = dict(_forms(resources))
            for name in _DRAW.findall(content):
                if weight > _MOST:
                    break
                form = forms.get(name.decode("latin-1"))
                weight += self._weigh_form(form, resources) if form is not None else 0
        return weight

    def _weigh_form(self, form: PDFStream, resources: object) -> int:
        """A form that draws itself weighs too much: PDFium follows it a long way down."""
        key = id(form)
        if key not in self._known:
            self._known[key] = _MOST + 1
            self._known[key] = self.weigh(form, resolve1(form.attrs.get("Resources")) or resources)
        return self._known[key]

    def weigh_letters(self, resources: object) -> int:
        """The bytes of those letters that are drawn by content of their own and may draw forms there."""
        weight = 0
        for font in _entries(resources, "Font").values():
            own = resolve1(font.get("Resources")) if isinstance(font, Mapping) else None
            if own and any(_forms(own)):
                letters = _entries(font, "CharProcs").values()
                weight += sum(self.weigh(letter, own) for letter in letters if isinstance(letter, PDFStream))
        return weight


def _entries(holder: object, name: str) -> dict[object, object]:
    """What a dictionary inside another names."""
    named = resolve1(holder.get(name)) if isinstance(holder, Mapping) else None
    return {key: resolve1(value) for key, value in named.items()} if isinstance(named, Mapping) else {}


def _forms(resources: object) -> Iterator[tuple[str, PDFStream]]:
    for name, stream in _entries(resources, "XObject").items():
        if isinstance(stream, PDFStream) and literal_name(resolve1(stream.attrs.get("Subtype"))) == "Form":
            yield str(name), stream


def _unpacked(stream: PDFStream) -> bytes:
    """The content as far as the limit; what is packed otherwise than by Deflate does not grow much and is left packed."""
    data = stream.rawdata or b""
    if stream.decipher is not None and stream.objid is not None and stream.genno is not None:
        data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
    for name, _ in stream.get_filters():
        if literal_name(name) not in {"FlateDecode", "Fl"}:
            break
        try:
            data = zlib.decompressobj().decompress(data, _MOST + 1)
        except zlib.error:
            break
    return data
