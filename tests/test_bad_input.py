"""Files that are broken, huge, locked, or not what they are called: each is named with what to do, and the others go through."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from kg.errors import ReadError
from kg.pipeline import read_one
from kg.readers import read_document

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "tests/samples/documents"
COMMAND = Path(sys.executable).parent / "zhengpu"

PLAN = "2031年青岩市政务公开工作要点\n\n一、公开信息\n（一）公开预算。（责任单位：市财政局）\n"
BINARY = bytes(range(256)) * 300
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Ran:
    code: int
    readings: dict[str, dict]
    said: str


def _run(*paths: Path, out: Path, limit: float = 120) -> Ran:
    """The command on these files, in a process of its own."""
    command = [str(COMMAND), "extract", "--out", str(out), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=limit, check=False)
    readings = {path.name: json.loads(path.read_text("utf-8")) for path in out.glob("*.json")} if out.exists() else {}
    assert "Traceback" not in done.stderr, done.stderr
    return Ran(done.returncode, readings, done.stderr)


def _sample(suffix: str) -> bytes:
    path = next((path for path in sorted(SAMPLES.glob(f"*{suffix}"))), None)
    if path is None:
        pytest.skip(f"没有 {suffix} 样本 / no {suffix} sample")
    return path.read_bytes()


@cache
def _bomb(part: str) -> bytes:
    """A small archive that unpacks to 600 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open(part, "w") as stream:
            for _ in range(600):
                stream.write(bytes(1024 * 1024))
    return packed.getvalue()


def _canvas(draw: Callable[[Canvas], object], **options: object) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def _locked() -> bytes:
    return _canvas(lambda canvas: canvas.drawString(100, 100, "plan"), encrypt=StandardEncryption("secret"))


# --- what cannot be read --------------------------------------------------------------------------------

REFUSED = [
    pytest.param("plan.txt", lambda: b"", "0 字节", id="empty"),
    pytest.param("plan.docx", lambda: b"", "0 字节", id="empty-docx"),
    pytest.param("plan.txt", lambda: b" \n\t\r\n", "没有文字", id="blanks-only"),
    pytest.param("plan.txt", lambda: BINARY, "不是文本文件", id="binary-called-txt"),
    pytest.param("plan.zzz", PLAN.encode, "不支持的文件类型", id="unknown-suffix"),
    pytest.param("plan", PLAN.encode, "无扩展名", id="no-suffix"),
    pytest.param("plan.docx", lambda: _sample(".docx")[:3000], "损坏", id="broken-zip"),
    pytest.param("plan.docx", lambda: b"PK\x03\x04" + b"x" * 200, "损坏", id="hardly-a-zip"),
    pytest.param("plan.xlsx", lambda: _sample(".xlsx")[:3000], "损坏", id="broken-xlsx"),
    pytest.param("plan.pdf", lambda: _sample(".pdf")[:3000], "损坏", id="broken-pdf"),
    pytest.param("plan.doc", lambda: OLD_OFFICE + bytes(3000), "损坏", id="broken-doc"),
    pytest.param("plan.xls", lambda: OLD_OFFICE + bytes(3000), "损坏", id="broken-xls"),
    pytest.param("plan.docx", PLAN.encode, "扩展名改成 .txt", id="text-called-docx"),
    pytest.param("plan.pdf", PLAN.encode, "不是 PDF", id="text-called-pdf"),
    pytest.param("plan.docx", lambda: _bomb("word/document.xml"), "压缩炸弹", id="zip-bomb-docx"),
    pytest.param("plan.xlsx", lambda: _bomb("xl/workbook.xml"), "压缩炸弹", id="zip-bomb-xlsx"),
    pytest.param("plan.pdf", _locked, "密码", id="pdf-with-a-password"),
    pytest.param("plan.pdf", lambda: _canvas(Canvas.getPageNumber), "没有文字", id="blank-pdf"),
]


@pytest.mark.parametrize(("name", "content", "word"), REFUSED)
def test_what_cannot_be_read_is_named_with_what_to_do(name: str, content: Callable[[], bytes], word: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    outcome = read_one(path)
    assert outcome.reading is None
    assert name in outcome.error
    assert word in outcome.error
    assert "请" in outcome.error or "可读" in outcome.error or "均为空白" in outcome.error
    assert " / " in outcome.error, "in Chinese and in English"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    ran = _run(tmp_path / "none.txt", out=tmp_path / "out")
    assert ran.code == 1
    assert "none.txt" in ran.said
    assert "文件不存在" in ran.said


def test_a_text_of_200_mb_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    outcome = read_one(path)
    assert "large.txt" in outcome.error
    assert "200 MB" in outcome.error


@contextmanager
def _as_anybody() -> Iterator[None]:
    """As somebody who is not the administrator, whom no permission stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that anybody may look into."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def test_a_file_without_permission(open_folder: Path) -> None:
    path = open_folder / "plan.txt"
    path.write_text(PLAN, "utf-8")
    path.chmod(0)
    with _as_anybody():
        outcome = read_one(path)
    assert "plan.txt" in outcome.error
    assert "打不开" in outcome.error


def test_a_file_in_a_folder_without_permission(open_folder: Path) -> None:
    locked = open_folder / "locked"
    locked.mkdir()
    (locked / "plan.txt").write_text(PLAN, "utf-8")
    locked.chmod(0)
    try:
        with _as_anybody():
            outcome = read_one(locked / "plan.txt")
    finally:
        locked.chmod(0o755)
    assert "plan.txt" in outcome.error
    assert "打不开" in outcome.error


def test_a_folder_called_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").mkdir()
    with pytest.raises(ReadError, match="打不开"):
        read_document(tmp_path / "plan.txt")


def test_a_link_that_leads_nowhere(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.symlink_to(tmp_path / "gone.txt")
    assert "plan.txt" in read_one(path).error


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Path]:
    """A file that another thread writes to all the time."""
    path, stop = tmp_path / "growing.txt", threading.Event()
    path.write_bytes(PLAN.encode() * 400_000)

    def write() -> None:
        with path.open("ab", buffering=0) as stream:
            while not stop.is_set():
                stream.write("续。".encode())

    writer = threading.Thread(target=write)
    writer.start()
    yield path
    stop.set()
    writer.join()


def test_a_file_that_is_being_written(growing: Path) -> None:
    with pytest.raises(ReadError, match="正在被写入") as caught:
        read_document(growing)
    assert "growing.txt" in str(caught.value)


# --- what can be read all the same -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        pytest.param("plan.txt", ".docx", id="docx-called-txt"),
        pytest.param("plan.docx", ".pdf", id="pdf-called-docx"),
        pytest.param("plan.doc", ".html", id="html-called-doc"),
        pytest.param("plan.xls", ".xlsx", id="xlsx-called-xls"),
        pytest.param("plan.html", ".docx", id="docx-called-html"),
        pytest.param("plan.PDF", ".pdf", id="suffix-in-capitals"),
        pytest.param("plan", ".docx", id="docx-without-suffix"),
    ],
)
def test_the_content_tells_the_format(name: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(_sample(suffix))
    outcome = read_one(path)
    assert outcome.reading is not None, outcome.error
    assert outcome.reading["tasks"]
    told = "file.suffix" in [issue["code"] for issue in outcome.reading["issues"]]
    assert told is (name not in {"plan.PDF", "plan", "plan.xls"})


def test_a_document_without_tasks_is_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text("2031年青岩市政务公开工作要点\n\n各单位要加强组织领导。\n", "utf-8")
    ran = _run(path, out=tmp_path / "out")
    assert ran.code == 0
    assert "tasks.none" in [issue["code"] for issue in ran.readings["plan.json"]["issues"]]


def test_two_files_with_the_same_bytes_are_both_read_and_told(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(PLAN, "utf-8")
    ran = _run(tmp_path / "one.txt", tmp_path / "two.txt", out=tmp_path / "out")
    assert ran.code == 0
    assert sorted(ran.readings) == ["one.json", "two.json"]
    assert "内容相同" in ran.said
    assert "one.txt" in ran.said
    assert "two.txt" in ran.said


def test_names_that_clash_are_kept_apart(tmp_path: Path) -> None:
    for folder, text in (("a", PLAN), ("b", PLAN.replace("预算", "决算"))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(text, "utf-8")
    (tmp_path / "a" / "plan.md").write_text(PLAN.replace("预算", "绩效"), "utf-8")
    ran = _run(tmp_path / "a", tmp_path / "b", out=tmp_path / "out")
    assert len(ran.readings) == 3
    assert {reading["tasks"][0]["text"] for reading in ran.readings.values()} == {"公开预算。", "公开决算。", "公开绩效。"}


@pytest.mark.parametrize(("suffix", "mark"), [(".txt", "\t"), (".csv", ",")])
def test_a_table_of_three_thousand_rows(suffix: str, mark: str, tmp_path: Path) -> None:
    rows = [["序号", "工作要求", "责任单位", "完成时限"]]
    rows += [[str(number), f"公开第{number}批预算信息", "市财政局", "2031年9月底前"] for number in range(1, 3_001)]
    path = tmp_path / f"rows{suffix}"
    path.write_text("2031年任务分解表\n\n" * (suffix == ".txt") + "\n".join(mark.join(row) for row in rows) + "\n", "utf-8")
    outcome = read_one(path)
    assert outcome.reading is not None, outcome.error
    assert len(outcome.reading["tasks"]) == 3_000


def test_html_ten_thousand_deep(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_text(f"<html><body>{'<div>' * 10_000}<p>{PLAN}</p>{'</div>' * 10_000}</body></html>", "utf-8")
    outcome = read_one(path)
    assert outcome.reading is not None, outcome.error
    assert "市财政局" in outcome.reading["source_text"]


# --- many at once ---------------------------------------------------------------------------------------------


def test_a_folder_of_good_and_bad_ones(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "deeper").mkdir(parents=True)
    (folder / "good.txt").write_text(PLAN, "utf-8")
    (folder / "deeper" / "other.md").write_text(PLAN.replace("预算", "决算"), "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(BINARY)
    (folder / "broken.docx").write_bytes(b"PK\x03\x04" + b"x" * 200)
    (folder / "locked.pdf").write_bytes(_locked())
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "~$good.docx").write_bytes(b"lock")
    (folder / ".hidden.txt").write_bytes(b"")
    ran = _run(folder, out=tmp_path / "out")
    assert ran.code == 0
    assert sorted(ran.readings) == ["good.json", "other.json"]
    for name in ("empty.txt", "binary.txt", "broken.docx", "locked.pdf", "picture.png"):
        assert name in ran.said
    for name in ("~$good.docx", ".hidden.txt"):
        assert name not in ran.said
    assert "读出 2 份" in ran.said
    assert "未读 4 份" in ran.said


def test_nothing_read_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("one.txt", "two.docx"):
        (tmp_path / "in" / name).write_bytes(b"")
    ran = _run(tmp_path / "in", out=tmp_path / "out")
    assert ran.code == 1
    assert not ran.readings
    assert "one.txt" in ran.said
    assert "two.docx" in ran.said
