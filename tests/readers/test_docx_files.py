"""Word documents: whole files as programs write them, and those that are refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.readers import archive
from kg.readers.docx import draft_docx, draft_package
from kg.readers.draft import DraftParagraph, DraftTable
from tests.readers.drafts import cells, pack, texts, words
from tests.readers.wordml import (
    LISTS,
    RESTART,
    SPACES,
    STYLES,
    n,
    p,
    parts_of,
    tbl,
    tc,
    tr,
)

# --- whole files -----------------------------------------------------------------------------------------


def test_a_file_of_python_docx(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("南湾区年度工作分工", 1)
    table = document.add_table(4, 3)
    for row in range(4):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(1, 0).merge(table.cell(3, 0)).text = "类别"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "要求"
    path = tmp_path / "分工.docx"
    document.save(str(path))
    heading, item = draft_docx(path).items
    assert isinstance(heading, DraftParagraph)
    assert isinstance(item, DraftTable)
    assert (words(heading), heading.level) == ("南湾区年度工作分工", 1)
    assert cells(item) == {
        (0, 0): "00", (0, 1, 1, 2): "要求", (1, 0, 3, 1): "类别",
        (1, 1): "11", (1, 2): "12", (2, 1): "21", (2, 2): "22", (3, 1): "31", (3, 2): "32",
    }  # fmt: skip


def test_the_strict_form_of_the_standard() -> None:
    strict = {
        name: text.replace("http://schemas.openxmlformats.org/wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/")
        .replace("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/")
        for name, text in parts_of(n(0) + p("乙", "<w:jc w:val='end'/>"), numbering=LISTS).items()
    }  # fmt: skip
    draft = draft_package(pack(strict), name="a.docx")
    assert texts(draft) == ["一、甲", "乙"]
    last = draft.items[1]
    assert isinstance(last, DraftParagraph)
    assert last.align == "right"


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda parts: parts, id="as usual"),
        pytest.param(lambda parts: {name.replace("/", "\\"): text for name, text in parts.items()}, id="backslashes"),
        pytest.param(lambda parts: {name.replace("word/d", "Word/D"): text for name, text in parts.items()}, id="capitals"),
        pytest.param(lambda parts: {name: text for name, text in parts.items() if "rels" not in name}, id="no relationships"),
        pytest.param(
            lambda parts: {name: text.replace('Target="', 'Target="/') for name, text in parts.items() if "word/_rels" not in name},
            id="absolute",
        ),
        pytest.param(lambda parts: {name: text.encode("utf-16") for name, text in parts.items()}, id="utf-16"),
    ],
)
def test_packages_that_other_programs_write(change) -> None:  # type: ignore[no-untyped-def]
    assert texts(draft_package(pack(change(parts_of(p("甲")))), name="a.docx")) == ["甲"]


def test_the_main_part_may_be_called_otherwise() -> None:
    assert texts(draft_package(pack(parts_of(n(0), numbering=LISTS, main="word/document2.xml")), name="a.docm")) == ["一、甲"]


# --- what is refused -------------------------------------------------------------------------------------

GOOD = parts_of(p("甲"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def with_body(text: str) -> dict[str, str]:
    return GOOD | {"word/document.xml": text}


def doctype(inside: str) -> str:
    return f"<!DOCTYPE w [{inside}]><w:document {SPACES}><w:body>{p('&x;')}</w:body></w:document>"


@pytest.mark.parametrize(
    ("data", "zh", "en"),
    [
        pytest.param(b"", "损坏", "damaged", id="empty"),
        pytest.param(pack(GOOD)[:-40], "压缩包", "zip", id="cut short"),
        pytest.param(OLE + "EncryptedPackage\0".encode("utf-16-le"), "密码", "password", id="locked"),
        pytest.param(OLE + "WordDocument\0".encode("utf-16-le"), "旧版 Word 文档", "rename it to .doc", id="an old document"),
        pytest.param(OLE + "Workbook\0".encode("utf-16-le"), "旧版 Excel", "rename it to .xls", id="an old workbook"),
        pytest.param(OLE, "旧版 Office", "compound", id="some old office file"),
        pytest.param(b"<html><body>x</body></html>", "网页", "rename it to .html", id="a web page"),
        pytest.param("\ufeff<!DOCTYPE html><p>x".encode("utf-16-le"), "网页", "web page", id="a web page in utf-16"),
        pytest.param(b"{\\rtf1 x}", "RTF", "rename it to .rtf", id="rtf"),
        pytest.param("工作要点".encode(), "纯文本", "rename it to .txt", id="text"),
        pytest.param(b"%PDF-1.7", "PDF", "rename it to .pdf", id="pdf"),
        pytest.param(b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "MHTML", "save it as .docx", id="mhtml"),
        pytest.param(
            b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>', "Word XML", "rename it to .doc", id="word xml"
        ),
        pytest.param(b"\0\1\2\3", "无法辨认", "binary", id="binary"),
        pytest.param(pack({"xl/workbook.xml": "<a/>"}), "Excel 工作簿", "rename it to .xlsx", id="a workbook"),
        pytest.param(pack({"mimetype": "application/vnd.oasis.opendocument.text"}, zipfile.ZIP_STORED), "odt", "OpenDocument", id="odt"),
        pytest.param(pack({"OFD.xml": "<a/>"}), "ofd", "OFD", id="ofd"),
        pytest.param(pack({"a.txt": "x"}), "压缩包", "zip", id="some archive"),
        pytest.param(pack({"word/styles.xml": "<a/>"}), "缺少 word/document.xml", "missing", id="no main part"),
        pytest.param(pack(with_body("<w:document xmlns:w='x'/>")), "没有正文", "no body", id="no body"),
        pytest.param(pack(with_body("<w:document")), "损坏", "damaged", id="broken xml"),
        pytest.param(pack(with_body(doctype("<!ENTITY x 'y'>"))), "DOCTYPE", "DOCTYPE", id="entity"),
        pytest.param(pack(with_body(doctype("<!ENTITY x SYSTEM 'file:///etc/hosts'>"))), "DOCTYPE", "DOCTYPE", id="a file of ours"),
        pytest.param(
            pack(with_body(f"<w:document {SPACES}><w:body>{'<w:p>' * 230}{'</w:p>' * 230}</w:body></w:document>")),
            "嵌套",
            "nested",
            id="deep",
        ),
        pytest.param(pack(with_body("<a>" * 5000 + "</a>" * 5000)), "损坏", "damaged", id="very deep"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(tmp_path: Path, data: bytes, zh: str, en: str) -> None:
    path = tmp_path / "计划.docx"
    path.write_bytes(data)
    with pytest.raises(ReadError) as error:
        draft_docx(path)
    assert zh in error.value.zh
    assert en in error.value.en
    assert error.value.file == "计划.docx"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = pack(GOOD | {"word/media/a.bin": "0" * 60_000_000})
    monkeypatch.setattr(archive.Archive, "read", lambda *_: pytest.fail("unpacked"))
    with pytest.raises(ReadError, match="压缩炸弹"):
        draft_package(bomb, name="a.docx")


def test_a_part_that_lies_about_its_size_is_not_unpacked_further(tmp_path: Path) -> None:
    data = pack(GOOD | {"word/document.xml": "<w>" + " " * 50_000_000 + "</w>"})
    size = (50_000_007).to_bytes(4, "little")
    assert data.count(size) == 2
    with pytest.raises(ReadError, match="损坏"):
        draft_package(data.replace(size, (100).to_bytes(4, "little")), name="a.docx")


def test_a_locked_zip_is_refused() -> None:
    data = bytearray(pack(GOOD))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 1)
    with pytest.raises(ReadError, match="密码"):
        draft_package(bytes(data), name="a.docx")


@settings(max_examples=200, deadline=None)
@given(at=st.integers(0, 10_000), value=st.integers(0, 255))
def test_a_damaged_file_is_read_or_refused(at: int, value: int) -> None:
    data = bytearray(pack(parts_of(n(0) + tbl(tr(tc("一"), tc("二", RESTART))), numbering=LISTS, styles=STYLES)))
    data[at % len(data)] = value
    try:
        draft_package(bytes(data), name="a.docx")
    except ReadError:
        return
