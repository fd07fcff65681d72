"""The files of an upload, put on disk as they come, under names that are safe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote

from python_multipart import MultipartParser
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import parse_options_header
from starlette.requests import Request

from api.errors import RequestError, TooLarge, UnsupportedMedia
from api.replies import pieces
from api.server import server_of

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks  # known to type checkers only

_HEADER = 8192  # bytes of one header of a part
_LONGEST = 180  # bytes of a name: file systems end at 255
_UNNAMED = "未命名"
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|\u2028\u2029\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # names that Windows keeps for itself


def safe_name(given: str) -> str:
    """The last part of an uploaded name as a file name that every system takes; the words stay as they are."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", given)[-1])
    name = _UNSAFE.sub("_", name.encode("utf-8", "replace").decode("utf-8")).strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if not dot or not suffix or len(suffix) > 10:
        stem, dot, suffix = name, "", ""
    while len(stem.encode("utf-8")) > _LONGEST:
        stem = stem[:-1]
    stem = stem or _UNNAMED
    name = f"{stem}{dot}{suffix}"
    return f"_{name}" if _RESERVED.fullmatch(name) or name.startswith(("~$", "-")) else name


async def read_upload(request: Request, folder: Path) -> list[Path]:
    """The files of the form, each in a folder of its own below `folder`, in order."""
    media, options = parse_options_header(request.headers.get("content-type", ""))
    if media != b"multipart/form-data" or not options.get(b"boundary"):
        raise UnsupportedMedia(
            "请用 multipart/form-data 上传文件：curl -F file=@计划.docx …", "send files as multipart/form-data: curl -F file=@plan.docx …"
        )
    settings = server_of(request).settings
    files = _Files(folder, settings.upload_files, settings.upload_file << 20)
    parser = MultipartParser(options[b"boundary"], _Reader(files).callbacks())
    try:
        async for piece in pieces(request, settings.upload << 20):
            parser.write(piece)
        parser.finalize()
    except MultipartParseError as error:
        raise RequestError("multipart 正文有误，可能没有传完", "the multipart body is not well formed, or was cut short") from error
    finally:
        files.close()
    if not files.paths:
        raise RequestError("表单里没有文件", "there is no file in the form")
    return files.paths


class _Files:
    """The files so far."""

    def __init__(self, folder: Path, most: int, longest: int) -> None:
        self._folder, self._most, self._longest = folder, most, longest
        self.paths: list[Path] = []
        self._file: BinaryIO | None = None
        self._size = 0

    def begin(self, name: str) -> None:
        self.close()
        if len(self.paths) >= self._most:
            raise TooLarge(f"一次最多上传 {self._most} 份文件。请分几次", f"at most {self._most} files at a time")
        path = self._folder / str(len(self.paths)) / safe_name(name)
        path.parent.mkdir()
        self._file, self._size = path.open("xb"), 0
        self.paths.append(path)

    def write(self, data: bytes) -> None:
        if self._file is None:
            return
        self._size += len(data)
        if self._size > self._longest:
            zh = f"{self.paths[-1].name} 超过单份文件的上限 {self._longest >> 20} MB。请拆分，或在服务器上用 zhengpu ingest 入库"
            raise TooLarge(zh, f"a file is longer than {self._longest >> 20} MB. Split it, or use zhengpu ingest on the server")
        self._file.write(data)

    def close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


class _Reader:
    """Told by the parser what it finds in a form; what is no file is passed over."""

    def __init__(self, files: _Files) -> None:
        self._files = files
        self._name = self._value = b""
        self._file: str | None = None

    def callbacks(self) -> MultipartCallbacks:
        told: dict[str, Callable[..., None]] = {
            "on_part_begin": self._begin, "on_part_data": self._data, "on_header_field": self._field, "on_header_value": self._more,
            "on_header_end": self._header, "on_headers_finished": self._start, "on_part_end": self._files.close,
        }  # fmt: skip
        return told  # type: ignore[return-value]  # a typed dictionary of just these

    def _begin(self) -> None:
        self._name = self._value = b""
        self._file = None

    def _field(self, data: bytes, start: int, end: int) -> None:
        self._name = (self._name + data[start:end])[:_HEADER]

    def _more(self, data: bytes, start: int, end: int) -> None:
        self._value = (self._value + data[start:end])[:_HEADER]

    def _header(self) -> None:
        if self._name.lower() == b"content-disposition":
            self._file = _file_name(self._value)
        self._name = self._value = b""

    def _start(self) -> None:
        if self._file is not None:
            self._files.begin(self._file)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._files.write(data[start:end])


def _file_name(disposition: bytes) -> str | None:
    """The name of a file in a part's head; None for a field that is no file. RFC 5987's form counts before the plain one."""
    _, options = parse_options_header(disposition)
    if extended := options.get(b"filename*"):
        charset, _, rest = extended.partition(b"'")
        words = rest.partition(b"'")[2]
        try:
            return unquote(words.decode("ascii", "replace"), charset.decode("ascii", "replace") or "utf-8", "replace")
        except LookupError:
            pass
    plain = options.get(b"filename")
    if plain is None:
        return None
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError:
        return plain.decode("gb18030", "replace")  # as Chinese Windows sends it
