"""PDF files that cannot be read, or would take for ever."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from kg.errors import ReadError
from kg.readers.draft import Draft
from kg.readers.pdf import draft_pdf
from tests.readers.drawn import OTHER, PROSE, Draw, over_pages, paragraphs, plain, read, two_paragraphs
from tests.readers.papers import HEIGHT, WIDTH, Paper, raw_page, raw_stream

# --- files that cannot be read -----------------------------------------------------------------------


def _picture(paper: Paper) -> None:
    grey = ImageReader(io.BytesIO(_png(8, 8)))
    paper.canvas.drawImage(grey, 0, 0, WIDTH, HEIGHT)


def _png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    pixels = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _drawn(path: Path, draw: Draw, lock: StandardEncryption | None = None) -> bytes:
    paper = Paper(path, lock=lock)
    draw(paper)
    paper.save()
    return path.read_bytes()


def _scan(path: Path) -> bytes:
    def draw(paper: Paper) -> None:
        for number in (1, 2):
            _picture(paper)
            paper.foot(f"— {number} —")
            paper.next()

    return _drawn(path, draw)


def _outlines(path: Path) -> bytes:
    def draw(paper: Paper) -> None:
        for index in range(300):
            paper.canvas.circle(80 + index % 20 * 20, 700 - index // 20 * 20, 6, fill=1)

    return _drawn(path, draw)


def _without_characters(path: Path) -> bytes:
    """A font that draws shapes for its codes and does not say which characters they are."""
    del path
    shape = raw_stream(b"600 0 0 0 500 700 d1 0 0 500 700 re f")
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 1/LastChar 3"
        b"/Widths[600 600 600]/CharProcs<</x1 6 0 R/x2 6 0 R/x3 6 0 R>>/Resources<<>>"
        b"/Encoding<</Type/Encoding/Differences[1/x1/x2/x3]>>>>"
    )
    text = b"BT /F 12 Tf 80 700 Td <" + b"010203" * 20 + b"> Tj ET"
    return raw_page(text, font, shape, entries=b"/Resources<</Font<</F 5 0 R>>>>")


def _cut_short(path: Path) -> bytes:
    return _drawn(path, two_paragraphs)[:300]


UNREADABLE: list[tuple[str, Callable[[Path], bytes], str]] = [
    ("scanned", _scan, "扫描件.*OCR.*Word.*/ the PDF is scanned"),
    ("letters drawn as shapes", _outlines, "转为图形.*OCR"),
    ("fonts without characters", _without_characters, "字体没有文字编码.*OCR"),
    ("blank", lambda path: _drawn(path, Paper.next), "没有文字.*空白"),
    ("a password", lambda path: _drawn(path, two_paragraphs, StandardEncryption("secret")), "打开密码.*password"),
    ("cut short", _cut_short, "损坏或不完整.*damaged"),
    ("too many pages", lambda _: raw_page(b"", copies=4000), "4000 页.*3000"),
    ("empty", lambda _: b"", "而是空文件.*an empty file"),
    ("a Word file", lambda _: b"PK\x03\x04" + b"\0" * 100, "而是ZIP 压缩包.*docx.*ZIP archive"),
    ("an old Word file", lambda _: b"\xd0\xcf\x11\xe0" + b"\0" * 100, "旧版 Office 文件"),
    ("a picture", lambda _: _png(2, 2), "PNG 图片.*PNG picture"),
    ("a web page", lambda _: b"\xef\xbb\xbf\n<!doctype html><p>%PDF", "网页或 XML"),
    ("other bytes", lambda _: bytes(range(40)), "开头字节 00 01 02 03"),
]


@pytest.mark.parametrize(("make", "message"), [row[1:] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE])
def test_unreadable_files(make: Callable[[Path], bytes], message: str, path: Path) -> None:
    path.write_bytes(make(path))
    with pytest.raises(ReadError, match="(?s)" + message) as caught:
        draft_pdf(path)
    assert caught.value.file == "plan.pdf"
    assert caught.value.zh
    assert caught.value.en


def test_a_scanned_page_among_others_is_reported(path: Path) -> None:
    def draw(paper: Paper) -> None:
        paper.prose(PROSE)
        paper.next()
        _picture(paper)
        paper.next()
        paper.next()
        paper.prose(OTHER)

    draft = read(path, draw)
    assert paragraphs(draft) == plain(PROSE, OTHER)
    assert [(issue.code, issue.place) for issue in draft.issues] == [("pdf.page_scanned", "第2页")]


def test_a_file_that_only_its_owner_may_change_is_read(path: Path) -> None:
    lock = StandardEncryption("", ownerPassword="secret", canModify=0)
    assert paragraphs(draft_of(path, _drawn(path, two_paragraphs, lock))) == plain(PROSE, OTHER)


def draft_of(path: Path, data: bytes) -> Draft:
    path.write_bytes(data)
    return draft_pdf(path)


def test_a_file_that_was_cut_off_is_reported(path: Path) -> None:
    data = _drawn(path, two_paragraphs)
    draft = draft_of(path, data[: data.rindex(b"xref")])
    assert paragraphs(draft) == plain(PROSE, OTHER)
    assert [issue.code for issue in draft.issues] == ["pdf.cut_off"]


@pytest.mark.parametrize("seed", range(40))
def test_damage_ends_in_a_draft_or_an_error(seed: int, path: Path) -> None:
    """Every fifth part of the file is cut out, or overwritten with another one."""
    data = _drawn(path, over_pages)
    start, size = seed * len(data) // 40, 200
    damaged = data[:start] + (data[:size] if seed % 2 else b"") + data[start + size :]
    with suppress(ReadError):
        draft_of(path, damaged)


# --- pages that would take for ever ------------------------------------------------------------------


def _forms_in_forms(levels: int, times: int) -> bytes:
    """A page that draws a form `times` times, which draws a form, and so on: times ** levels shapes."""
    forms = [
        raw_stream(b"/X Do " * times, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % number)
        for number in range(6, 5 + levels)
    ]
    last = raw_stream(b"0 0 1 1 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return raw_page(b"/X Do", *forms, last, entries=b"/Resources<</XObject<</X 5 0 R>>>>")


def _form_that_draws_itself() -> bytes:
    form = raw_stream(b"/X Do /X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>")
    return raw_page(b"/X Do", form, entries=b"/Resources<</XObject<</X 5 0 R>>>>")


def _letters_that_draw_forms() -> bytes:
    """A font whose letter draws a form ten times, which draws a form ten times, and so on."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 600 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 65/LastChar 65/Widths[600]"
        b"/CharProcs<</A 6 0 R>>/Resources<</XObject<</X 7 0 R>>>>/Encoding<</Type/Encoding/Differences[65/A]>>>>"
    )
    forms = [
        raw_stream(b"/X Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % number)
        for number in range(8, 18)
    ]
    last = raw_stream(b"0 0 1 1 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    letter = raw_stream(b"600 0 d0 /X Do")
    text = b"BT /F 12 Tf 80 700 Td (AAAA) Tj ET"
    return raw_page(text, font, letter, *forms, last, entries=b"/Resources<</Font<</F 5 0 R>>>>")


def _much_content() -> bytes:
    packed = zlib.compress(b"0 0 m 1 1 l S\n" * 4_000_000, 9)
    return raw_page(packed, contents_entries=b"/Filter/FlateDecode")


ENDLESS: list[tuple[str, Callable[[], bytes], str]] = [
    ("forms that draw forms", lambda: _forms_in_forms(12, 10), "过于复杂"),
    ("a form that draws itself", _form_that_draws_itself, "过于复杂"),
    ("letters that draw forms", _letters_that_draw_forms, "过于复杂"),
    ("content that unpacks to much", _much_content, "过于复杂"),
    ("a page of ten kilometres", lambda: raw_page(b"").replace(b"595 842", b"595 9e7"), "过大|空白"),
]


@pytest.mark.parametrize(("make", "message"), [row[1:] for row in ENDLESS], ids=[row[0] for row in ENDLESS])
def test_pages_that_would_take_for_ever(make: Callable[[], bytes], message: str, path: Path) -> None:
    data = make()
    with pytest.raises(ReadError, match=message):
        draft_of(path, data)
