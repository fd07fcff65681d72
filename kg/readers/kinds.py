"""What a file is by its bytes, whatever it is called, and the message where it is not what a reader wants."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Literal

from kg.errors import ReadError

Kind = Literal[
    "docx", "xlsx", "xlsb", "pptx", "odt", "ods", "ofd", "zip", "doc", "xls", "ppt", "encrypted", "ole",
    "pdf", "rtf", "html", "mhtml", "word_xml", "xml", "binary", "text",
]  # fmt: skip

# What each kind is called, and the suffix under which we read it: "" where we do not.
_KINDS: dict[Kind, tuple[str, str, str]] = {
    "docx": ("Word 文档（.docx）", "a Word document (.docx)", ".docx"),
    "xlsx": ("Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)", ".xlsx"),
    "xlsb": ("Excel 二进制工作簿（.xlsb）", "an Excel binary workbook (.xlsb)", ""),
    "pptx": ("演示文稿（.pptx）", "a presentation (.pptx)", ""),
    "odt": ("OpenDocument 文本（.odt）", "an OpenDocument text (.odt)", ""),
    "ods": ("OpenDocument 表格（.ods）", "an OpenDocument spreadsheet (.ods)", ".ods"),
    "ofd": ("版式文档（.ofd）", "an OFD document (.ofd)", ""),
    "zip": ("压缩包（.zip）", "a zip archive", ""),
    "doc": ("旧版 Word 文档（.doc）", "a Word 97–2003 document (.doc)", ".doc"),
    "xls": ("旧版 Excel 工作簿（.xls）", "an Excel 97–2003 workbook (.xls)", ".xls"),
    "ppt": ("旧版演示文稿（.ppt）", "a PowerPoint 97–2003 presentation (.ppt)", ""),
    "encrypted": ("加了打开密码的 Office 文件", "an Office file locked with a password", ""),
    "ole": ("旧版 Office 复合文件", "an old Office compound file", ""),
    "pdf": ("PDF 文件", "a PDF file", ".pdf"),
    "rtf": ("RTF 文档", "an RTF document", ".rtf"),
    "html": ("网页（HTML）", "a web page (HTML)", ".html"),
    "mhtml": ("单个文件网页（MHTML）", "a single-file web page (MHTML)", ""),
    "word_xml": ("Word XML 文档", "a Word XML document", ".doc"),
    "xml": ("XML 文件", "an XML file", ""),
    "binary": ("无法辨认的二进制内容", "binary content of an unknown kind", ""),
    "text": ("纯文本", "plain text", ".txt"),
}

# The first that is found decides. Patterns see the first bytes in lower case, without marks, blanks and zeros.
_SIGNS: tuple[tuple[bytes, Kind], ...] = (
    (rb"%pdf", "pdf"),
    (rb"\{\\rtf", "rtf"),
    (rb"mime-version:|from: <saved by|(?s:.*)\ncontent-type: multipart/related", "mhtml"),
    (rb'(?s:.*)(?:mso-application progid="word\.document"|/word/2003/wordml|office/2006/xmlpackage)', "word_xml"),
    (rb"<(?:!doctype html|html|head|body|div|table|p\b|meta|center|!--)|(?s:.*)<html", "html"),
    (rb"<\?xml", "xml"),
)
_PARTS: tuple[tuple[str, Kind], ...] = (
    ("word/", "docx"),
    ("xl/workbook.bin", "xlsb"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("ofd.xml", "ofd"),
)
_STREAMS: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)


def sniff(data: bytes) -> Kind:
    """What the file is by its bytes."""
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _sniff_compound(data)
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    found = next((kind for sign, kind in _SIGNS if re.match(sign, head)), None)
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return found or ("binary" if b"\0" in data[:4096] and not wide else "text")


def _sniff_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/").lstrip("/").lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "zip"
    start = data[:100]
    if b"mimetypeapplication/vnd.oasis.opendocument" in start:
        return "ods" if b"opendocument.spreadsheet" in start else "odt"
    return next((kind for sign, kind in _PARTS if any(name.startswith(sign) for name in names)), "zip")


def _sniff_compound(data: bytes) -> Kind:
    """By the names of the streams; the first decides, since a document may hold a workbook, and a workbook a document."""
    found = [(at, kind) for name, kind in _STREAMS if (at := data.find((name + "\0").encode("utf-16-le"))) >= 0]
    return min(found)[1] if found else "ole"


def wrong_kind(kind: Kind, *, wanted: Kind, name: str) -> ReadError:
    """The error for a file that is `kind` where `wanted` was expected: what it is, and what to do."""
    zh, en, suffix = _KINDS[kind]
    wanted_zh, wanted_en, wanted_suffix = _KINDS[wanted]
    todo_zh, todo_en = _todo(kind, suffix, wanted_suffix)
    return ReadError(f"应是{wanted_zh}，内容却是{zh}。{todo_zh}", f"expected {wanted_en}, found {en}; {todo_en}", file=name)


def _todo(kind: Kind, suffix: str, wanted: str) -> tuple[str, str]:
    """What to do about a file of the wrong kind, in Chinese and English."""
    if kind == "encrypted":
        return "请用 Word、Excel 或 WPS 打开，去掉密码后另存。", "open it, remove the password and save it again"
    if kind in {"zip", "binary", "ole"}:
        return "文件可能已损坏或没有下载完整，请重新获取。", "it may be damaged or cut short; get it again"
    if suffix and suffix != wanted:
        return (
            f"请把扩展名改成 {suffix}，或打开后另存为 {wanted}。",
            f"rename it to {suffix}, or open it and save it as {wanted}",
        )
    return f"请用 Word、Excel 或 WPS 打开后另存为 {wanted}。", f"open it in Word, Excel or WPS and save it as {wanted}"
