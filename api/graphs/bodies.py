"""RDF that comes with a request, put into files as it comes: one body, or the parts of a form."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from python_multipart import MultipartParser
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import parse_options_header
from starlette.requests import Request

from api.errors import RequestError, UnsupportedMedia
from api.forms import GRAPHS
from api.graphs.work import Part
from api.replies import pieces
from api.server import server_of

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks  # known to type checkers only

_MOST_PARTS = 100
_HEADER = 4096  # bytes of one header of a part


@asynccontextmanager
async def parts_of(request: Request) -> AsyncIterator[tuple[Part, ...]]:
    """What came, in files that are there while the block lasts."""
    longest = server_of(request).settings.body_bytes
    folder = server_of(request).spool / request.scope["call_id"]()
    folder.mkdir()
    files = _Files(folder)
    try:
        media, options = parse_options_header(request.headers.get("content-type", ""))
        if media == b"multipart/form-data":
            await _read_form(request, longest, files, options.get(b"boundary", b""))
        else:
            files.begin(_form_of(media))
            async for piece in pieces(request, longest):
                files.write(piece)
        yield tuple(files.end())
    finally:
        files.remove()


async def _read_form(request: Request, longest: int, files: _Files, boundary: bytes) -> None:
    if not boundary:
        raise RequestError("multipart/form-data 缺少 boundary", "multipart/form-data needs a boundary")
    reader = _Reader(files)
    parser = MultipartParser(boundary, reader.callbacks())
    try:
        async for piece in pieces(request, longest):
            parser.write(piece)
        parser.finalize()
    except MultipartParseError as error:
        raise RequestError("multipart 正文有误", "the multipart body is not well formed") from error


class _Reader:
    """Told by the parser what it finds in a form; each part goes to a file of its own."""

    def __init__(self, files: _Files) -> None:
        self._files = files
        self._name = self._value = b""
        self._media = b""

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin, "on_part_data": self._data, "on_header_field": self._field, "on_header_value": self._more,
            "on_header_end": self._header, "on_headers_finished": self._start,
        }  # fmt: skip

    def _begin(self) -> None:
        self._name = self._value = b""
        self._media = b"text/turtle"  # what RFC 7578 leaves open

    def _field(self, data: bytes, start: int, end: int) -> None:
        self._name = (self._name + data[start:end])[:_HEADER]

    def _more(self, data: bytes, start: int, end: int) -> None:
        self._value = (self._value + data[start:end])[:_HEADER]

    def _header(self) -> None:
        if self._name.lower() == b"content-type":
            self._media, _ = parse_options_header(self._value)
        self._name = self._value = b""

    def _start(self) -> None:
        self._files.begin(_form_of(self._media))

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._files.write(data[start:end])


class _Files:
    """The files of one request."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._forms: list[str] = []
        self._file: BinaryIO | None = None

    def begin(self, form: str) -> None:
        if len(self._forms) >= _MOST_PARTS:
            raise RequestError(f"表单最多 {_MOST_PARTS} 部分", f"a form has at most {_MOST_PARTS} parts")
        self._close()
        self._file = self._path(len(self._forms)).open("wb")
        self._forms.append(form)

    def write(self, data: bytes) -> None:
        if self._file:
            self._file.write(data)

    def end(self) -> Iterator[Part]:
        self._close()
        return (Part(path=str(self._path(number)), form=form) for number, form in enumerate(self._forms))

    def remove(self) -> None:
        self._close()
        for number in range(len(self._forms)):
            self._path(number).unlink(missing_ok=True)
        with suppress(OSError):
            self._folder.rmdir()

    def _path(self, number: int) -> Path:
        return self._folder / str(number)

    def _close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


def _form_of(media: bytes) -> str:
    """The form of RDF that a media type means; Turtle where none is named."""
    name = media.decode("latin-1").lower()
    if not name:
        return "ttl"
    form = GRAPHS.get(name)
    if form is None or form in {"trig", "nq"}:
        zh = f"不接受“{name[:80]}”；可用：text/turtle、application/n-triples、application/rdf+xml、application/ld+json、text/n3"
        raise UnsupportedMedia(
            zh, "a graph is taken as text/turtle, application/n-triples, application/rdf+xml, application/ld+json or text/n3"
        )
    return form
