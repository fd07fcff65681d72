"""PDF files: paragraphs and margins from where the characters stand, and the signs that are radicals."""

from __future__ import annotations

import tomllib
import unicodedata
from importlib import resources
from pathlib import Path

import pytest

from kg.readers.draft import DraftParagraph
from tests.readers.drawn import OTHER, PROSE, Draw, paragraphs, plain, read, two_paragraphs
from tests.readers.papers import HEIGHT, LEFT, RIGHT, SIZE, WIDTH, Paper

# --- paragraphs --------------------------------------------------------------------------------------


def _full_last_line(paper: Paper) -> None:
    """A paragraph whose last line fills the page to its edge is told from the next by the indent alone."""
    paper.prose(PROSE[: 26 + 28])
    paper.prose(OTHER)


def _over_a_page(paper: Paper) -> None:
    paper.prose(OTHER)
    rest = paper.prose(PROSE, lines=2)
    paper.next()
    paper.prose(rest, indent=0)
    paper.prose(OTHER)


def _indented_after_a_page(paper: Paper) -> None:
    paper.prose(PROSE[: 26 + 28])
    paper.next()
    paper.prose(OTHER)


def _title(paper: Paper) -> None:
    paper.centre("云河县人民政府办公室关于印发")
    paper.centre("云河县重点工作落实方案的通知")
    paper.centre("云政办发〔2031〕7号", size=SIZE)
    paper.at += 30
    paper.centre("云河县重点工作落实方案")
    paper.centre("（2031—2033年）", size=SIZE)
    paper.prose(PROSE)


TITLE = [
    ("center", "云河县人民政府办公室关于印发云河县重点工作落实方案的通知"),
    ("center", "云政办发〔2031〕7号"),
    ("center", "云河县重点工作落实方案"),
    ("center", "（2031—2033年）"),
    ("", PROSE),
]


def _wide_title(paper: Paper) -> None:
    paper.centre("云河县人民政府办公室关于印发云河县重点", size=23)
    paper.centre("工作落实方案的通知", size=23)
    paper.prose(PROSE)


def _signature(paper: Paper) -> None:
    paper.prose(PROSE)
    paper.right("云河县人民政府办公室")
    paper.right("2031年3月5日", ems=4)
    paper.line("（此件公开发布）", x=LEFT + 2 * SIZE)


def _headings(paper: Paper) -> None:
    paper.line("一、总体要求", x=LEFT + 2 * SIZE)
    paper.prose(PROSE)
    paper.line("（一）改造管网", x=LEFT + 2 * SIZE)
    paper.prose(OTHER)


def _hanging(paper: Paper) -> None:
    """Items whose later lines stand under the text of the first, not under its number."""
    paper.prose(OTHER)
    for number in "12":
        paper.line(f"{number}．" + PROSE[:26])
        paper.line(PROSE[26:52], x=LEFT + 2 * SIZE)
        paper.line(PROSE[52:], x=LEFT + 2 * SIZE)


def _not_indented(paper: Paper) -> None:
    """As web pages set it: no indent, but room between paragraphs."""
    for text in (PROSE[: 28 * 2], OTHER[: 28 * 2], PROSE):
        paper.prose(text, indent=0)
        paper.at += 8


def _spaced_letters(paper: Paper) -> None:
    """Justified: a line with fewer letters is stretched to the edge."""
    paper.write(PROSE[:24], LEFT + 2 * SIZE, paper.at, space=2 * SIZE / 23)
    paper.at += 28
    paper.prose(PROSE[24:], indent=0)


def _latin(paper: Paper) -> None:
    paper.prose("上线App Store版本，接入GIS Platform系统；" + "完善雨水管网监测。")


def _bold(paper: Paper) -> None:
    for aside in (0, 0.3):
        paper.write("一、改造雨水管网——青石镇", LEFT + 32 + aside, paper.at)
    paper.at += 28
    paper.prose(PROSE)


def _watermarks(paper: Paper) -> None:
    canvas = paper.canvas
    canvas.saveState()
    canvas.setFillGray(0.85)
    canvas.translate(200, 400)
    canvas.rotate(45)
    canvas.setFont("STSong-Light", 60)
    canvas.drawString(0, 0, "内部资料")
    canvas.restoreState()
    canvas.saveState()
    canvas.setFillGray(0.8)
    paper.write("征求意见", 120, 170, size=70)
    paper.write("云河县云河县云河县", LEFT, paper.at + 30)
    canvas.restoreState()
    two_paragraphs(paper)


def _light_heading(paper: Paper) -> None:
    """Light letters that stand alone are text."""
    paper.canvas.setFillGray(0.6)
    paper.line("发布日期：2031年3月5日")
    paper.canvas.setFillGray(0)
    paper.prose(PROSE)


def _coloured(paper: Paper) -> None:
    """A large title in a colour is no watermark; nor is a white one on a dark ground."""
    paper.canvas.setFillColorRGB(1, 0.5, 0)
    paper.centre("云河县人民政府文件", size=36, gap=60)
    paper.canvas.setFillGray(0.2)
    paper.canvas.rect(60, HEIGHT - paper.at - 10, 480, 56, stroke=0, fill=1)
    paper.canvas.setFillGray(1)
    paper.centre("重点工作", size=46, gap=60)
    paper.canvas.setFillGray(0)
    paper.prose(PROSE)


def _raised(paper: Paper) -> None:
    paper.line("建成绿道五十公里以上并开放。", x=LEFT + 32, gap=0)
    paper.write("[1]", LEFT + 32 + 14 * SIZE, paper.at - 7, size=8)
    paper.at += 28
    paper.prose(PROSE)


def _framed(paper: Paper) -> None:
    """A box around text is no table; nor is one with a rule across."""
    paper.canvas.rect(70, HEIGHT - 300, 480, 200)
    paper.canvas.line(70, HEIGHT - 210, 550, HEIGHT - 210)
    two_paragraphs(paper)


def _form_inside_a_form(paper: Paper) -> None:
    canvas = paper.canvas
    canvas.beginForm("inner")
    paper.prose(PROSE)
    canvas.endForm()
    canvas.beginForm("outer")
    canvas.doForm("inner")
    canvas.endForm()
    canvas.doForm("outer")


def _two_columns(paper: Paper) -> None:
    """A gazette: a title over both columns, and a paragraph that goes on at the head of the second."""
    paper.centre("云河县重点工作落实方案")
    text = "\u3000\u3000" + PROSE + OTHER
    lines = [text[at : at + 12] for at in range(0, len(text), 12)]
    text = "\u3000\u3000" + OTHER + PROSE
    lines += [text[at : at + 12] for at in range(0, len(text), 12)]
    half = len(lines) // 2 - 1
    for index, line in enumerate(lines):
        column, row = divmod(index, half) if index < 2 * half else (1, index - half)
        paper.write(line, LEFT + column * 14 * SIZE, paper.at + row * 28)


PARAGRAPHS: list[tuple[str, Draw, list[tuple[str, str]]]] = [
    ("an indent begins a paragraph", two_paragraphs, plain(PROSE, OTHER)),
    ("an indent after a full line", _full_last_line, plain(PROSE[:54], OTHER)),
    ("a page cuts a paragraph", _over_a_page, plain(OTHER, PROSE, OTHER)),
    ("a paragraph begins a page", _indented_after_a_page, plain(PROSE[:54], OTHER)),
    ("titles, number and subtitle", _title, TITLE),
    ("a title as wide as the page", _wide_title, [("center", "云河县人民政府办公室关于印发云河县重点工作落实方案的通知"), ("", PROSE)]),
    (
        "a signature",
        _signature,
        [("", PROSE), ("right", "云河县人民政府办公室"), ("right", "2031年3月5日"), ("", "（此件公开发布）")],
    ),
    ("headings on lines of their own", _headings, plain("一、总体要求", PROSE, "（一）改造管网", OTHER)),
    ("hanging items", _hanging, plain(OTHER, "1．" + PROSE, "2．" + PROSE)),
    ("room between paragraphs without indent", _not_indented, plain(PROSE[:56], OTHER[:56], PROSE)),
    ("stretched letters are no words", _spaced_letters, plain(PROSE)),
    ("spaces between Latin words", _latin, plain("上线App Store版本，接入GIS Platform系统；完善雨水管网监测。")),
    ("letters drawn twice to look bold", _bold, plain("一、改造雨水管网——青石镇", PROSE)),
    ("watermarks", _watermarks, plain(PROSE, OTHER)),
    ("light letters that are text", _light_heading, plain("发布日期：2031年3月5日", PROSE)),
    ("coloured titles", _coloured, [("center", "云河县人民政府文件"), ("center", "重点工作"), ("", PROSE)]),
    ("raised signs", _raised, plain("建成绿道五十公里以上并开放。[1]", PROSE)),
    ("a frame around text", _framed, plain(PROSE, OTHER)),
    ("two columns", _two_columns, [("center", "云河县重点工作落实方案"), ("", PROSE + OTHER), ("", OTHER + PROSE)]),
    ("forms inside forms", _form_inside_a_form, plain(PROSE)),
]


@pytest.mark.parametrize(("draw", "expected"), [row[1:] for row in PARAGRAPHS], ids=[row[0] for row in PARAGRAPHS])
def test_paragraphs(draw: Draw, expected: list[tuple[str, str]], path: Path) -> None:
    draft = read(path, draw)
    assert paragraphs(draft) == expected
    assert draft.issues == ()
    assert draft.media_type == "application/pdf"


def test_lines_keep_their_places(path: Path) -> None:
    item = read(path, _over_a_page).items[1]
    assert isinstance(item, DraftParagraph)
    assert [(line.place.page, line.place.line) for line in item.lines] == [(1, 4), (1, 5), (2, 1)]


LOOSE: list[tuple[str, Draw, list[bool]]] = [
    ("the end of a page may cut", _indented_after_a_page, [True, False]),
    ("joined over the page", _over_a_page, [False, False, False]),
    ("room at the end of the line", two_paragraphs, [False, False]),
]


@pytest.mark.parametrize(("draw", "expected"), [row[1:] for row in LOOSE], ids=[row[0] for row in LOOSE])
def test_loose_where_the_end_is_uncertain(draw: Draw, expected: list[bool], path: Path) -> None:
    items = read(path, draw).items
    assert [item.loose for item in items if isinstance(item, DraftParagraph)] == expected


# --- margins -----------------------------------------------------------------------------------------

NUMBERS = ["— {} —", "- {} -", "{}", "第{}页", "第 {} 页 共 9 页", "{}/3", "·{}·"]


@pytest.mark.parametrize("form", NUMBERS)
@pytest.mark.parametrize("pages", [1, 3])
def test_page_numbers(form: str, pages: int, path: Path) -> None:
    def draw(paper: Paper) -> None:
        for number in range(1, pages + 1):
            paper.prose(PROSE)
            paper.foot(form.format(number))
            paper.next()

    assert paragraphs(read(path, draw)) == plain(*[PROSE] * pages)


def _heads(paper: Paper) -> None:
    for number in range(1, 6):
        side = {"x": LEFT} if number % 2 else {"x": RIGHT - 60}
        paper.write("云河县重点工作落实方案" if number % 2 else "云河县人民政府文件", LEFT, 50, size=10)
        paper.foot(f"— {number} —", **side)
        paper.prose(PROSE)
        paper.next()


def _browser(paper: Paper) -> None:
    for number in (1, 2):
        paper.write("2031/3/5 14:40", 20, 18, size=8)
        paper.write("云河县重点工作落实方案_云河县人民政府", 220, 18, size=8)
        paper.write("https://www.example.gov.cn/zwgk/2031/plan.html", 20, HEIGHT - 15, size=8)
        paper.write(f"{number}/2", WIDTH - 40, HEIGHT - 15, size=8)
        paper.prose(PROSE)
        paper.next()


def _annexes(paper: Paper) -> None:
    """What begins several pages is text where it counts annexes, not pages; so is a title that becomes a head."""
    for number in (1, 2, 3):
        paper.line(f"附件{number}")
        paper.centre("云河县重点任务分工")
        paper.prose(PROSE)
        paper.next()


MARGINS: list[tuple[str, Draw, list[tuple[str, str]]]] = [
    ("heads and numbers that change sides", _heads, plain(*[PROSE] * 5)),
    ("a browser's lines", _browser, plain(PROSE, PROSE)),
    (
        "annexes",
        _annexes,
        [item for number in "123" for item in (("", f"附件{number}"), ("center", "云河县重点任务分工"), ("", PROSE))],
    ),
]


@pytest.mark.parametrize(("draw", "expected"), [row[1:] for row in MARGINS], ids=[row[0] for row in MARGINS])
def test_margins(draw: Draw, expected: list[tuple[str, str]], path: Path) -> None:
    assert paragraphs(read(path, draw)) == expected


# --- radical signs -----------------------------------------------------------------------------------

RADICALS = tomllib.loads(resources.files("kg").joinpath("data/radicals.toml").read_text("utf-8"))["radicals"]
UNIFIED = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2FA1F))


def test_every_radical_sign_has_its_character() -> None:
    signs = {chr(code) for code in range(0x2E80, 0x2F00) if unicodedata.name(chr(code), "")}
    assert signs - set(RADICALS) == {"⺀"}  # a repetition mark, which is no character


@pytest.mark.parametrize("sign", sorted(RADICALS))
def test_radical_sign(sign: str) -> None:
    plain_sign = RADICALS[sign]
    assert len(sign) == len(plain_sign) == 1
    assert 0x2E80 <= ord(sign) <= 0x2EFF
    assert any(first <= ord(plain_sign) <= last for first, last in UNIFIED)


@pytest.mark.parametrize(("sign", "expected"), list(zip("⻓⻔⺠⻋⻰⻚⻅⻛⻢⻥⻦⻄⻘⺟", "长门民车龙页见风马鱼鸟西青母", strict=True)))
def test_simplified_radical_signs(sign: str, expected: str) -> None:
    assert RADICALS[sign] == expected
