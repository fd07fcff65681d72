"""Where titles, numbers, issuers and dates stand: over two lines, under each other, in brackets, beside the text of a page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from kg.extract import extract
from kg.model import Extraction
from kg.readers import read_document
from tests.texts import to_extraction

BODY = "一、改善城乡环境\n1.疏浚城区三条河道。（责任单位：市水利局）\n2.修缮沿河步道。（责任单位：市住建局）\n"
SIGNED = "青岩市人民政府办公室\n2031年3月6日\n"
TO = "各镇人民政府，市政府各部门：\n现将方案印发给你们，请遵照执行。\n"


def _shown(extraction: Extraction) -> str:
    """Number, issuer, day of signing, and the titles of the plans, in one line."""
    header = extraction.header
    number, issuer, issued = (str(one.value) if one else "-" for one in (header.number, header.issuer, header.issued))
    return " | ".join([number, issuer, issued, *(plan.title.value for plan in extraction.plans)])


OFFICE, NUMBER, DAY = "青岩市人民政府办公室", "青政办发〔2031〕16号", "2031-03-06"

CASES = [
    # the notice's title
    pytest.param(
        f"{OFFICE}关于印发\n青岩市落实《水体保护条例》实施方案的通知\n{NUMBER}\n\n{TO}\n{SIGNED}\n青岩市落实《水体保护条例》实施方案\n\n{BODY}",
        f"{NUMBER} | {OFFICE} | {DAY} | 青岩市落实《水体保护条例》实施方案",
        id="a-title-in-the-title-over-two-lines",
    ),
    pytest.param(
        f"{OFFICE}\n关于印发2031年《市委工作报告》重点事项\n任务分工方案的通知\n\n{TO}\n{SIGNED}\n2031年《市委工作报告》重点事项任务分工方案\n\n{BODY}",
        f"- | {OFFICE} | {DAY} | 2031年《市委工作报告》重点事项任务分工方案",
        id="over-three-lines",
    ),
    pytest.param(
        f"{OFFICE}关于印发\n《青岩市水体保护实施方案》的通知\n\n{TO}\n{SIGNED}\n青岩市水体保护实施方案\n\n{BODY}",
        f"- | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="the-plan-in-brackets",
    ),
    pytest.param(
        f"{OFFICE}关于印发青岩市\n水体保护实施方案的通知\n\n{TO}\n{BODY}\n{SIGNED}",
        f"- | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="a-plan-without-a-title-of-its-own",
    ),
    pytest.param(
        f"{OFFICE}关于印发\n青岩市水体保护实施方案的通知\n{NUMBER}\n\n{TO}\n{SIGNED}\n（发至县人民政府）\n青岩市水体保护实施方案\n\n{BODY}",
        f"{NUMBER} | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="how-far-it-goes-above-the-title",
    ),
    # who signs above the plan
    pytest.param(
        f"{OFFICE}\n关于印发青岩市水体保护实施方案的通知\n\n{TO}\n{OFFICE}\n2031年3月6日\n\n青岩市水体保护实施方案\n\n{BODY}",
        f"- | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="an-office-signs-above-the-plan",
    ),
    pytest.param(
        f"青岩市水体保护实施方案\n{OFFICE}\n2031年3月6日\n\n{BODY}",
        f"- | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="an-office-signs-below-the-title",
    ),
    # the number
    pytest.param(
        f"{OFFICE}\n关于印发青岩市水体保护实施方案的通知\n{NUMBER}\n\n{TO}\n{SIGNED}\n青岩市水体保护实施方案\n\n{BODY}",
        f"{NUMBER} | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="number-under-the-title",
    ),
    pytest.param(
        f"关于印发青岩市水体保护实施方案的通知\n文号：{NUMBER}\n\n{TO}\n{SIGNED}\n青岩市水体保护实施方案\n\n{BODY}",
        f"{NUMBER} | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="number-behind-a-label",
    ),
    pytest.param(
        f"索引号：QY-2031-0045\n文号：{NUMBER}\n发布日期：2031-03-09\n来源：青岩市政府网\n\n关于印发青岩市\n水体保护实施方案的通知\n{NUMBER}\n\n{TO}\n{SIGNED}\n青岩市水体保护实施方案\n\n{BODY}",
        f"{NUMBER} | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="what-a-web-page-prints-above",
    ),
    pytest.param(
        f"索引号：QY-2031-0045\n发文机关：{OFFICE}\n成文日期：2031年3月6日\n发文字号：{NUMBER}\n公开方式：主动公开\n\n青岩市水体保护实施方案\n\n{BODY}",
        f"{NUMBER} | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="all-of-it-in-metadata-lines",
    ),
    pytest.param(
        f"{NUMBER}{OFFICE}关于印发青岩市水体保护实施方案的通知\n{TO}\n{SIGNED}\n青岩市水体保护实施方案\n\n{BODY}",
        f"{NUMBER} | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="number-and-title-on-one-line",
    ),
    pytest.param(
        f"青岩市水体保护实施方案{NUMBER}\n\n{BODY}\n{SIGNED}",
        f"{NUMBER} | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="title-and-number-on-one-line",
    ),
    pytest.param(
        f"{OFFICE}关于印发青岩市水体保护实施方案的通知\n{NUMBER}\n各镇人民政府，市政府各部门：现将方案印发给你们，请遵照执行。{OFFICE}2031年3月6日（此件公开发布）\n青岩市水体保护实施方案\n\n{BODY}",
        f"{NUMBER} | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="recipients-text-and-signature-on-one-line",
    ),
    pytest.param(
        f"市水利局关于印发青岩市水体保护实施方案的通知\n{NUMBER}\n\n{TO}\n2031年3月6日\n\n青岩市水体保护实施方案\n\n{BODY}",
        f"{NUMBER} | 市水利局 | {DAY} | 青岩市水体保护实施方案",
        id="a-day-without-a-name-over-the-plan",
    ),
    pytest.param(
        f"青岩市水体保护任务清单\n{NUMBER}\n序号\t具体任务\t责任单位\t完成时间\n1\t疏浚城区三条河道。\t市水利局\t6月底前\n2\t修缮沿河步道。\t市住建局\t8月底前\n\n{SIGNED}",
        f"{NUMBER} | {OFFICE} | {DAY} | 青岩市水体保护任务清单",
        id="the-number-over-a-table-is-no-name-of-who-signs-below-it",
    ),
    # in brackets under the title
    pytest.param(
        f"青岩市水体保护实施方案\n（{OFFICE}　2031年3月6日）\n\n{BODY}",
        f"- | {OFFICE} | {DAY} | 青岩市水体保护实施方案",
        id="issuer-and-day-in-brackets",
    ),
    pytest.param(f"青岩市水体保护实施方案\n（2031年3月6日）\n\n{BODY}", f"- | - | {DAY} | 青岩市水体保护实施方案", id="day-in-brackets"),
    pytest.param(
        f"青岩市水体保护实施方案\n（2031年3月6日印发）\n\n{BODY}",
        f"- | - | {DAY} | 青岩市水体保护实施方案",
        id="day-of-issue-in-brackets",
    ),
    pytest.param(
        f"青岩市水体保护实施方案\n（列第一位的为牵头单位）\n\n{BODY}",
        "- | - | - | 青岩市水体保护实施方案",
        id="a-remark-in-brackets-is-no-title",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_the_head_of_a_document(text: str, wanted: str) -> None:
    extraction = to_extraction(text)
    assert _shown(extraction) == wanted
    assert [task.text for task in extraction.tasks] == ["疏浚城区三条河道。", "修缮沿河步道。"]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_document_does_not_cite_its_own_number(text: str, wanted: str) -> None:
    assert NUMBER not in [citation.number for citation in to_extraction(text).citations]


def test_recipients_on_the_line_of_the_text() -> None:
    line = f"各镇人民政府，市政府各部门：现将方案印发给你们，请遵照执行。{OFFICE}2031年3月6日"
    header = to_extraction(f"{OFFICE}关于印发青岩市水体保护实施方案的通知\n{line}\n{BODY}").header
    assert [one.value for one in header.recipients] == ["各镇人民政府", "市政府各部门"]


def test_metadata_lines_are_no_text_of_the_plan() -> None:
    text = f"索引号：QY-2031-0045\n文号：{NUMBER}\n来源：青岩市政府网\n青岩市水体保护实施方案\n\n{BODY}"
    assert [one.text for plan in to_extraction(text).plans for one in plan.statements] == []


def test_a_web_page_prints_the_number_between_title_and_text(tmp_path: Path) -> None:
    lines = "".join(f"<p>{line}</p>" for line in [NUMBER, *f"{TO}{SIGNED}青岩市水体保护实施方案\n{BODY}".splitlines()])
    page = (
        f"<html><head><meta charset='utf-8'></head><body><h1>关于印发青岩市<br>水体保护实施方案的通知</h1><div>{lines}</div></body></html>"
    )
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    extraction = extract(read_document(path))
    assert _shown(extraction) == f"{NUMBER} | {OFFICE} | {DAY} | 青岩市水体保护实施方案"
    assert extraction.header.issued
    assert extraction.header.issued.value == dt.date(2031, 3, 6)
