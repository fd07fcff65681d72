"""Office files as packages of parts: opened only when they are safe to open, each part read within its limit.

A .docx and an .xlsx are zip files of XML. A few kilobytes of such a file can unpack to gigabytes, so what the zip
declares is added up before anything is unpacked, and no part is unpacked beyond what it declared.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from kg.errors import ReadError
from kg.readers.kinds import wrong_kind

MOST_BYTES = 512 * 1024 * 1024
MOST_PART = 128 * 1024 * 1024
MOST_PARTS = 10_000
MOST_RATIO = 400  # the XML of a long, plain table packs a hundred times; a bomb a thousand times
_RATIO_COUNTS_FROM = 8 * 1024 * 1024
DEEPEST = 200

_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error,
    EOFError, NotImplementedError, OSError, OverflowError, RuntimeError, UnicodeError, ValueError,
)  # fmt: skip


# --- the package -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A package that is safe to read: its parts by their names in lower case, without a leading slash."""

    name: str
    file: zipfile.ZipFile
    parts: Mapping[str, zipfile.ZipInfo]

    def __contains__(self, part: str) -> bool:
        return _tidy(part) in self.parts

    def read(self, part: str) -> bytes:
        """The bytes of a part: no more of them than it declared."""
        info = self.parts.get(_tidy(part))
        if info is None:
            raise ReadError(
                f"文件不完整：缺少 {part}。请重新获取，或用 Word、Excel、WPS 打开后另存。",
                f"the file is not complete: {part} is missing; get it again, or open it and save it again",
                file=self.name,
            )
        if info.file_size > MOST_PART:
            raise _too_large(self.name, info.file_size, part)
        try:
            with self.file.open(info) as handle:
                # With a bound, zipfile unpacks no further than that; one byte more makes it check the sum at the end.
                return handle.read(info.file_size + 1)
        except _BROKEN as error:
            raise damaged(self.name, f"{part}: {error}") from error

    def xml_bytes(self, part: str) -> bytes:
        """The bytes of a part that is XML, safe to parse, in the namespaces of transitional Office Open XML."""
        return _safe(self.read(part), name=self.name, part=part)

    def xml(self, part: str) -> etree._Element:
        """The root of a part that is XML; no entity is resolved, nothing is fetched."""
        data = self.xml_bytes(part)
        try:
            root = etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, LookupError, ValueError) as error:
            raise damaged(self.name, f"{part}: {error}") from error
        if _TOO_DEEP(root):
            raise ReadError(
                f"文件内 {part} 的嵌套超过 {DEEPEST} 层，未读取。请用 Word、Excel 或 WPS 打开后另存。",
                f"{part} is nested more than {DEEPEST} levels deep; not read",
                file=self.name,
            )
        return root

    def references(self, part: str) -> tuple[Reference, ...]:
        """What `part` ("" for the package) refers to inside the package."""
        folder, base = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{base}.rels")
        if rels not in self:
            return ()
        return tuple(
            Reference(
                id=child.get("Id", ""),
                kind=child.get("Type", "").rpartition("/")[2],
                part=_tidy(posixpath.join(folder, child.get("Target", ""))),
            )
            for child in self.xml(rels)
            if child.get("TargetMode") != "External"
        )

    def referred(self, part: str, kind: str) -> str | None:
        """The first part of one kind (officeDocument, styles, numbering) that `part` refers to; None where it has none."""
        return next((one.part for one in self.references(part) if one.kind == kind and one.part in self.parts), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One line of a part's list of relationships."""

    id: str
    kind: str
    part: str


def open_archive(data: bytes, *, name: str) -> Archive:
    """The package in `data`; a `ReadError` where it is broken, encrypted, or unpacks to more than is reasonable."""
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
        infos = file.infolist()
    except _BROKEN as error:
        raise damaged(name, str(error)) from error
    if any(info.flag_bits & 1 for info in infos):
        raise wrong_kind("encrypted", wanted="docx", name=name)
    total = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if total > MOST_BYTES or len(infos) > MOST_PARTS or (total > _RATIO_COUNTS_FROM and total > MOST_RATIO * packed):
        raise _too_large(name, total, f"{len(infos)} parts")
    return Archive(name=name, file=file, parts={_tidy(info.filename): info for info in infos})


def _tidy(part: str) -> str:
    """The name of a part as the standard has it: some programs write backslashes, or other capitals."""
    return posixpath.normpath(part.replace("\\", "/")).lstrip("/").lower()


def damaged(name: str, found: str) -> ReadError:
    """The error for a file that does not hold what its format promises."""
    return ReadError(
        f"文件已损坏或没有下载完整（{found}）。请重新获取，或用 Word、Excel、WPS 修复后另存。",
        f"the file is damaged or cut short ({found}); get it again, or repair it in Word, Excel or WPS",
        file=name,
    )


def _too_large(name: str, size: int, what: str) -> ReadError:
    return ReadError(
        f"文件解压后达 {size // 1024 // 1024} MB（{what}），超出上限，疑似压缩炸弹，未读取。如内容确有这么多，请拆分后再读。",
        f"unpacked, the file has {size // 1024 // 1024} MB ({what}): more than the limit, or a zip bomb; split it",
        file=name,
    )


# --- XML -------------------------------------------------------------------------------------------

_TOO_DEEP = etree.XPath("boolean(" + "/*" * (DEEPEST + 1) + ")")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/", b"http://schemas.openxmlformats.org/spreadsheetml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


def _safe(data: bytes, *, name: str, part: str) -> bytes:
    """The bytes of a part without a document type, the strict form of the standard turned into the one all programs write."""
    if any(sign in data for sign in _DOCTYPES):
        raise ReadError(
            f"文件内 {part} 含 DOCTYPE 声明，Office 不会这样写，可能是攻击，未读取。请打开后另存，或更换来源。",
            f"{part} declares a DOCTYPE, which no office program writes; not read",
            file=name,
        )
    if b"http://purl.oclc.org/ooxml/" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True)
