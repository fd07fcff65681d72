"""Files to documents: one reader a format, chosen by what the file is, not only by what it is called."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from kg.errors import ReadError
from kg.model import Document, Issue, Source
from kg.readers.assemble import assemble
from kg.readers.draft import Draft

__all__ = ["SUFFIXES", "read_document"]

_READERS = {
    "docx": "kg.readers.docx:draft_docx",
    "doc": "kg.readers.doc:draft_doc",
    "pdf": "kg.readers.pdf:draft_pdf",
    "html": "kg.readers.html:draft_html",
    "xlsx": "kg.readers.xlsx:draft_xlsx",
    "csv": "kg.readers.delimited:draft_csv",
    "text": "kg.readers.text:draft_text",
}
_SUFFIXES = {
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".doc": "doc", ".wps": "doc", ".rtf": "doc", ".pdf": "pdf",
    ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html", ".mht": "html",
    ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xlsx", ".et": "xlsx", ".ods": "xlsx",
    ".csv": "csv", ".tsv": "csv", ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
}  # fmt: skip
SUFFIXES = frozenset(_SUFFIXES)
LARGEST = 64 * 1024 * 1024


def read_document(path: Path) -> Document:
    """The document in the file; a `ReadError` that says what to do where there is none."""
    data = _bytes(path)
    source = Source(name=path.name, media_type="", sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    named, real = _SUFFIXES.get(path.suffix.lower()), _sniff(data)
    kind = real or named
    if kind is None:
        raise ReadError(
            f"不支持的文件类型“{path.suffix or '无扩展名'}”。可读：{'、'.join(sorted(SUFFIXES))}",
            f"unsupported file type {path.suffix or '(none)'}; readable: {' '.join(sorted(SUFFIXES))}",
            file=path.name,
        )
    draft = _reader(kind)(path)
    document = assemble(replace(source, media_type=draft.media_type), draft)
    if not document.blocks:
        raise ReadError("文件里没有文字。请确认这是有内容的文件。", "there is no text in the file", file=path.name)
    if named and real and named != real and not {named, real} <= {"doc", "docx"}:
        issue = Issue(
            code="file.suffix",
            zh=f"扩展名是 {path.suffix}，内容其实是 {real}，已按内容读取",
            en=f"the suffix says {path.suffix}, the content is {real}; read by its content",
        )
        return replace(document, issues=(issue, *document.issues))
    return document


def _bytes(path: Path) -> bytes:
    """The file's bytes; refused when it is empty, too large, or changes while it is read."""
    try:
        before = path.stat()
        if before.st_size > LARGEST:
            size = before.st_size // 1024 // 1024
            raise ReadError(
                f"文件有 {size} MB，超过 {LARGEST // 1024 // 1024} MB 的上限。请拆分后再读。",
                f"the file has {size} MB, more than the limit of {LARGEST // 1024 // 1024} MB; split it",
                file=path.name,
            )
        data = path.read_bytes()
        after = path.stat()
    except FileNotFoundError as error:
        raise ReadError("文件不存在。请检查路径。", "no such file; check the path", file=str(path)) from error
    except OSError as error:
        raise ReadError(f"打不开文件：{error.strerror}", f"cannot open the file: {error.strerror}", file=path.name) from error
    if not data:
        raise ReadError(
            "文件是空的（0 字节）。请重新导出或下载。", "the file is empty (0 bytes); export or download it again", file=path.name
        )
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise ReadError("文件正在被写入。请等写完再读。", "the file is being written; try again when it is done", file=path.name)
    return data


def _sniff(data: bytes) -> str | None:
    """The format that the first bytes betray; None for text, whose suffix decides."""
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return None  # an old Office file: .doc and .xls look alike, the suffix tells
    if data.startswith(b"{\\rtf"):
        return "doc"
    head = data[:2048].lower().lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<table", b"<p>", b"<meta")):
        return "html"
    return None


def _zip_kind(data: bytes) -> str | None:
    if b"word/" in data:
        return "docx"
    return "xlsx" if b"xl/" in data else None


def _reader(kind: str) -> Callable[[Path], Draft]:
    """The reader's function, loaded when it is first needed: most runs need one or two of them."""
    module, name = _READERS[kind].split(":")
    reader: Callable[[Path], Draft] = getattr(import_module(module), name)
    return reader
