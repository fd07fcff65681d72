"""Text files: encodings, lines and paragraphs, Markdown, paragraphs run together on one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import Paragraph
from kg.readers import read_document
from kg.readers.decode import decode
from tests.texts import to_document

SAMPLE = "2031年青岩市政务公开工作要点\n\n一、公开信息\n"


def _blocks(text: str, *, markdown: bool = False) -> list[str]:
    document = to_document(text, markdown=markdown)
    return [document.quote(block.span) for block in document.blocks]


# --- encodings ---------------------------------------------------------------------------------------

ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_any_encoding_of_an_office(encoding: str) -> None:
    assert decode(SAMPLE.encode(encoding), "text.txt").removeprefix("\ufeff") == SAMPLE


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_an_encoding_leaves_no_mark_in_the_text(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(SAMPLE.encode(encoding))
    assert read_document(path).text.splitlines() == ["2031年青岩市政务公开工作要点", "一、公开信息"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bytes(range(256)) * 20, id="binary"),
        pytest.param(b"\xff\xfe\x00\xd8" * 50, id="broken-utf-16"),
        pytest.param(b"\xef\xbb\xbf" + b"\xff\xfe\xfd" * 50, id="a-mark-that-lies"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        decode(data, "data.txt")
    assert "data.txt" in str(caught.value)


# --- lines ----------------------------------------------------------------------------------------------

LINES = [
    pytest.param("甲\n\n\n乙\n", ["甲", "乙"], id="empty-lines"),
    pytest.param("第一行\r\n第二行\r第三行\x0c第四行", ["第一行", "第二行", "第三行", "第四行"], id="any-line-end"),
    pytest.param("　　公开预算。　\n", ["公开预算。"], id="indents"),
    pytest.param("甲\ufeff乙\u200b丙\x07", ["甲乙丙"], id="what-nobody-sees"),
    pytest.param("⼀、⼯作⽬标\n", ["一、工作目标"], id="radicals"),
    pytest.param("公开预算\n— 3 —\n公开决算\n第 4 页\n", ["公开预算", "公开决算"], id="page-numbers"),
    pytest.param(
        "编号：7，交办人：柳某，办理中\n==========\n督办单\n", ["编号：7，交办人：柳某，办理中", "督办单"], id="a-drawn-line-parts"
    ),
    pytest.param("编制，公开预算\n\n青岩市财政局\n", ["编制，公开预算", "青岩市财政局"], id="who-signs-below-an-open-sentence"),
    pytest.param("", [], id="nothing"),
    pytest.param(" \n\t\n　\n", [], id="blanks"),
]


@pytest.mark.parametrize(("text", "wanted"), LINES)
def test_lines_to_paragraphs(text: str, wanted: list[str]) -> None:
    assert _blocks(text) == wanted


def test_a_centred_line_stands_apart() -> None:
    document = to_document("公开预算和决算，说明情况，接受监督\n" + " " * 30 + "青岩市财政局\n")
    assert [block.align for block in document.blocks if isinstance(block, Paragraph)] == ["", "right"]


def test_every_paragraph_knows_its_line() -> None:
    document = to_document("甲\n\n乙\n丙\n")
    assert [document.place(block.span) for block in document.blocks] == ["第1行", "第3行", "第4行"]


def test_a_page_of_lines_of_one_width_is_joined() -> None:
    lines = ["各级各部门要按照统一部署公开预算和决算信息", "说明编制依据和执行结果并接受社会各界的监督"] * 6
    text = "\n".join([*lines, "共同做好全年的各项任务。"])
    assert _blocks(text) == ["".join([*lines, "共同做好全年的各项任务。"])]


# --- Markdown -------------------------------------------------------------------------------------------


def test_markdown_headings_have_levels() -> None:
    document = to_document("# 工作要点\n\n## 一、公开信息\n\n正文。\n", markdown=True)
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    assert [(document.quote(one.span), one.level) for one in paragraphs] == [("工作要点", 1), ("一、公开信息", 2), ("正文。", 0)]


def test_markdown_is_read_in_a_txt_that_uses_it() -> None:
    assert _blocks("# 工作要点\n## 一、公开信息\n正文。\n") == ["工作要点", "一、公开信息", "正文。"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param("**公开预算**，说明情况。", ["公开预算，说明情况。"], id="strong"),
        pytest.param("甲\n\n---\n\n乙", ["甲", "乙"], id="rule"),
        pytest.param("## 公开 ##", ["公开"], id="closed-heading"),
    ],
)
def test_markdown_signs_are_no_text(text: str, wanted: list[str]) -> None:
    assert _blocks(text, markdown=True) == wanted


def test_stars_in_plain_text_stay() -> None:
    assert _blocks("**公开预算**") == ["**公开预算**"]


# --- what was copied along with a page ---------------------------------------------------------------------

FOOTS = [
    pytest.param(
        "【打印本页】【关闭窗口】\n主办：青岩市人民政府办公室　　承办：青岩市大数据局\n青ICP备05000000号", [], id="tools-and-credits"
    ),
    pytest.param("上一篇：没有了\n\n下一篇：没有了\n", [], id="neighbours"),
    pytest.param("技术支持：青岩市大数据中心\n版权所有：青岩市人民政府", [], id="credits-above-a-sure-line"),
    pytest.param("主办：青岩市水利局", ["主办：青岩市水利局"], id="credits-alone-stay"),
    pytest.param("【牵头单位】市水利局", ["【牵头单位】市水利局"], id="other-words-in-brackets-stay"),
]


@pytest.mark.parametrize(("foot", "wanted"), FOOTS)
def test_the_foot_of_a_copied_page_is_no_text(foot: str, wanted: list[str]) -> None:
    assert _blocks(f"一、公开预算。\n\n{foot}\n") == ["一、公开预算。", *wanted]


def test_tools_in_the_middle_stay() -> None:
    assert _blocks("【关闭】\n一、公开预算。\n") == ["【关闭】", "一、公开预算。"]


# --- paragraphs on one line ---------------------------------------------------------------------------------


def test_a_number_that_runs_into_the_title_is_cut_off() -> None:
    assert _blocks("青岩市2031年政务公开工作要点青政办发〔2031〕9号") == ["青岩市2031年政务公开工作要点", "青政办发〔2031〕9号"]


def test_paragraphs_that_run_together_are_cut_at_their_numbers() -> None:
    body = "各单位要公开预算、决算和三公经费信息，说明编制依据。" * 5
    text = "各镇人民政府：现提出以下要点。" + "".join(f"{number}、公开第{number}批信息。{body}" for number in "一二三四")
    blocks = _blocks(text)
    assert [block[:2] for block in blocks] == ["各镇", "现提", "一、", "二、", "三、", "四、"]
    assert "".join(blocks) == text


def test_a_long_paragraph_without_numbers_stays_whole() -> None:
    text = "各单位要公开预算、决算和三公经费信息，说明编制依据，" * 30
    assert _blocks(text) == [text]
