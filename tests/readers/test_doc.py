"""Old Word documents: converted where they must be, recognised for what they are, with a reason where they cannot be read."""

from __future__ import annotations

import shutil
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import docx
import pytest

from kg.errors import ReadError
from kg.readers import doc
from kg.readers.draft import DraftParagraph
from tests.readers.drafts import cells, texts, words

needs_office = pytest.mark.skipif(doc.find_office() is None, reason="LibreOffice is not installed")
posix = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for LibreOffice")
RTF = (
    rb"{\rtf1\ansi\uc1{\fonttbl{\f0 Arial;}}\pard\qc\u24037?\u20316?\u35201?\u28857?\par"
    rb"\pard\trowd\cellx2000\cellx4000\intbl A\cell B\cell\row\pard End\par}"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DOC = "WordDocument\0".encode("utf-16-le")


def write(tmp_path: Path, data: bytes, name: str = "计划.doc") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def stand_in(tmp_path: Path, script: str) -> str:
    """A program that takes the place of soffice."""
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return str(program)


# --- by its bytes ----------------------------------------------------------------------------------------


def test_a_docx_called_doc_is_read_without_conversion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "find_office", lambda: pytest.fail("not needed"))
    document = docx.Document()
    document.add_paragraph("深化公开")
    path = tmp_path / "计划.doc"
    document.save(str(path))
    assert texts(doc.draft_doc(path)) == ["深化公开"]


def test_a_web_page_called_doc_is_read_as_one(tmp_path: Path) -> None:
    page = "<html><head><meta charset='utf-8'></head><body><p>一、深化政务公开</p><p>二、加强政策解读</p></body></html>"
    draft = doc.draft_doc(write(tmp_path, page.encode()))
    assert draft.media_type.startswith("text/html")
    assert "深化政务公开" in "".join(texts(draft))


@pytest.mark.parametrize(
    ("data", "zh"),
    [
        pytest.param(b"", "损坏", id="empty"),
        pytest.param(OLE + "Workbook\0".encode("utf-16-le"), "扩展名改成 .xls", id="a workbook"),
        pytest.param(OLE + "EncryptedPackage\0".encode("utf-16-le"), "密码", id="a locked .docx"),
        pytest.param(OLE + b"\xec\xa5\xc1\0" + bytes(7) + b"\x03" + bytes(500) + DOC, "密码", id="locked"),
        pytest.param(b"%PDF-1.7", "扩展名改成 .pdf", id="pdf"),
        pytest.param("要点".encode(), "扩展名改成 .txt", id="text"),
        pytest.param(b"MIME-Version: 1.0\r\n", "另存为 .doc", id="mhtml"),
    ],
)
def test_what_is_no_old_document_is_refused_with_a_reason(tmp_path: Path, data: bytes, zh: str) -> None:
    with pytest.raises(ReadError) as error:
        doc.draft_doc(write(tmp_path, data))
    assert zh in error.value.zh
    assert error.value.file == "计划.doc"


# --- LibreOffice -----------------------------------------------------------------------------------------


def test_without_libreoffice_it_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGPU_SOFFICE", str(tmp_path / "none"))
    with pytest.raises(ReadError) as error:
        doc.draft_doc(write(tmp_path, RTF))
    assert "libreoffice-writer-nogui" in error.value.zh
    assert "ZHENGPU_SOFFICE" in error.value.en


@posix
def test_libreoffice_is_found_by_variable_or_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = stand_in(tmp_path, "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert doc.find_office() == program
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("ZHENGPU_SOFFICE", program)
    assert doc.find_office() == program


@posix
@pytest.mark.parametrize(
    ("script", "zh"),
    [
        pytest.param("echo 'Error: source file could not be loaded'; exit 0", "could not be loaded", id="writes nothing"),
        pytest.param("exit 1", "没有说明原因", id="fails without a word"),
        pytest.param('while [ "$1" != --outdir ]; do shift; done; echo x > "$2/source.docx"', "纯文本", id="writes something else"),
    ],
)
def test_a_conversion_that_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, zh: str) -> None:
    monkeypatch.setenv("ZHENGPU_SOFFICE", stand_in(tmp_path, script))
    with pytest.raises(ReadError) as error:
        doc.draft_doc(write(tmp_path, RTF))
    assert zh in error.value.zh


@posix
def test_a_program_that_does_not_start_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = Path(stand_in(tmp_path, ""))
    program.write_text("#!/no/such/shell\n", "utf-8")
    monkeypatch.setenv("ZHENGPU_SOFFICE", str(program))
    with pytest.raises(ReadError, match="无法启动"):
        doc.draft_doc(write(tmp_path, RTF))


@posix
def test_a_conversion_that_hangs_is_ended_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alive = tmp_path / "alive"
    monkeypatch.setenv("ZHENGPU_SOFFICE", stand_in(tmp_path, f'(sleep 2; echo x > "{alive}") & sleep 60'))
    monkeypatch.setattr(doc, "LONGEST", 0.3)
    with pytest.raises(ReadError, match="已中止"):
        doc.draft_doc(write(tmp_path, RTF))
    time.sleep(2.2)
    assert not alive.exists()


@needs_office
def test_rtf_is_converted_and_read(tmp_path: Path) -> None:
    draft = doc.draft_doc(write(tmp_path, RTF))
    title, table, end = draft.items
    assert isinstance(title, DraftParagraph)
    assert (words(title), title.align) == ("工作要点", "center")
    assert cells(table) == {(0, 0): "A", (0, 1): "B"}
    assert words(end) == "End"
    assert draft.media_type == "application/rtf"


@needs_office
def test_an_old_document_is_converted_and_read_two_at_once(tmp_path: Path) -> None:
    """The old document is made by the same program: nothing else here writes the format."""
    document = docx.Document()
    document.add_heading("年度任务", 1)
    table = document.add_table(3, 2, style="Table Grid")
    for row in range(3):
        for column in range(2):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "合并"
    document.add_paragraph("完")  # Word wants one behind a table
    document.save(str(tmp_path / "新.docx"))
    path = tmp_path / "旧.doc"
    _to_doc(tmp_path / "新.docx", path)
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(texts(doc.draft_doc(path)))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = {(0, 0): "00", (0, 1): "01", (1, 0, 2, 1): "合并", (1, 1): "11", (2, 1): "21"}
    assert found == [["年度任务", str(expected), "完"]] * 2


def _to_doc(source: Path, target: Path) -> None:
    folder = source.parent / "office"
    command = [str(doc.find_office()), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run([*command, "--convert-to", "doc", "--outdir", str(folder), str(source)], check=True, capture_output=True)
    shutil.move(folder / f"{source.stem}.doc", target)
