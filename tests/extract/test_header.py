"""What a document says of itself, and which titles are plans."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.model import Extraction
from tests.texts import to_extraction

BODY = "一、公开信息\n（一）公开预算。（责任单位：市财政局）\n"
NOTICE = f"""\
青岩市人民政府办公室
关于印发2031年青岩市政务公开工作要点的通知
青政办发〔2031〕9号

各县（市、区）人民政府，市政府各部门：
现将《2031年青岩市政务公开工作要点》印发给你们，请抓好落实。

青岩市人民政府办公室
2031年4月8日
（此件公开发布）

2031年青岩市政务公开工作要点

{BODY}
抄送：市委办公室，市人大常委会办公室。
青岩市人民政府办公室 2031年4月9日印发
"""
PLAN = f"2031年青岩市政务公开工作要点\n\n{BODY}"


def _value(extraction: Extraction, field: str) -> object:
    quoted = getattr(extraction.header, field)
    return quoted.value if quoted else None


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ("number", "青政办发〔2031〕9号"),
        ("issuer", "青岩市人民政府办公室"),
        ("issued", dt.date(2031, 4, 8)),
        ("openness", "此件公开发布"),
    ],
)
def test_the_header_of_a_notice(field: str, wanted: object) -> None:
    assert _value(to_extraction(NOTICE), field) == wanted


def test_to_whom_a_notice_goes() -> None:
    header = to_extraction(NOTICE).header
    assert [one.value for one in header.recipients] == ["各县（市、区）人民政府", "市政府各部门"]
    assert [one.value for one in header.copies_to] == ["市委办公室", "市人大常委会办公室"]


def test_what_the_header_was_read_from_is_said_once() -> None:
    text = """\
青岩市人民政府关于加快发展体育产业的指导意见
青政发〔2031〕9号

各县（市、区）人民政府，市政府各部门：
体育产业是幸福产业，发展空间广阔。

一、公开信息
（一）公开预算。（责任单位：市财政局）
（二）要加强组织领导，层层压实工作责任，对照要点逐项细化措施，确保各项任务按时完成，并在年底前报告情况。

青岩市人民政府
2031年4月8日
填报单位：青岩市人民政府办公室
"""
    (plan,) = to_extraction(text).plans
    assert [one.text for one in plan.statements] == [
        "体育产业是幸福产业，发展空间广阔。",
        "要加强组织领导，层层压实工作责任，对照要点逐项细化措施，确保各项任务按时完成，并在年底前报告情况。",
    ]


def test_recipients_of_three_signs() -> None:
    header = to_extraction(NOTICE.replace("各县（市、区）人民政府，市政府各部门：", "各科室：")).header
    assert [one.value for one in header.recipients] == ["各科室"]


def test_every_field_leads_back_to_its_words() -> None:
    extraction = to_extraction(NOTICE)
    quote = extraction.document.quote
    header = extraction.header
    assert header.number
    assert header.issuer
    assert header.issued
    assert quote(header.number.span) == "青政办发〔2031〕9号"
    assert quote(header.issuer.span) == "青岩市人民政府办公室"
    assert quote(header.issued.span) == "2031年4月8日"


def test_the_day_of_signing_is_not_that_of_printing() -> None:
    assert _value(to_extraction(NOTICE), "issued") == dt.date(2031, 4, 8)


def test_what_is_not_printed_is_none_and_told() -> None:
    extraction = to_extraction(PLAN)
    assert [_value(extraction, field) for field in ("number", "issuer", "issued", "openness")] == [None] * 4
    assert {"header.issuer", "header.issued"} <= {issue.code for issue in extraction.issues}


NUMBERS = [
    pytest.param("青政办发〔2031〕9号", "青政办发〔2031〕9号", id="as-it-should-be"),
    pytest.param("青政办发[2031]9号", "青政办发〔2031〕9号", id="square"),
    pytest.param("青政办发（2031）9号", "青政办发〔2031〕9号", id="round"),
    pytest.param("青政办发〔2031〕第 9 号", "青政办发〔2031〕9号", id="ordinal-and-gaps"),
    pytest.param("文号：青政办发〔2031〕9号", "青政办发〔2031〕9号", id="labelled"),
]


@pytest.mark.parametrize(("printed", "wanted"), NUMBERS)
def test_the_number_of_the_file(printed: str, wanted: str) -> None:
    assert _value(to_extraction(NOTICE.replace("青政办发〔2031〕9号", printed)), "number") == wanted


DATES = [
    pytest.param("2031年4月8日", dt.date(2031, 4, 8), id="arabic"),
    pytest.param("二〇三一年四月八日", dt.date(2031, 4, 8), id="words"),
    pytest.param("二○三一年四月二十八日", dt.date(2031, 4, 28), id="words-with-a-ring"),
    pytest.param("2031 年 4 月 8 日", dt.date(2031, 4, 8), id="gaps"),
    pytest.param("2031年4月31日", None, id="no-such-day"),
]


@pytest.mark.parametrize(("printed", "wanted"), DATES)
def test_the_day_of_signing(printed: str, wanted: dt.date | None) -> None:
    text = f"{PLAN}\n青岩市人民政府办公室\n{printed}\n"
    assert _value(to_extraction(text), "issued") == wanted


# --- titles ----------------------------------------------------------------------------------------------


def _plans(text: str) -> list[tuple[str, str | None, int | None]]:
    """Title, kind and year of each plan."""
    return [
        (plan.title.value, plan.kind.value if plan.kind else None, plan.year.value if plan.year else None)
        for plan in to_extraction(text).plans
    ]


TITLES = [
    pytest.param(PLAN, [("2031年青岩市政务公开工作要点", "工作要点", 2031)], id="plan"),
    pytest.param(NOTICE, [("2031年青岩市政务公开工作要点", "工作要点", 2031)], id="the-plan-not-the-notice"),
    pytest.param(f"青岩市2031年\n政务公开工作方案\n\n{BODY}", [("青岩市2031年政务公开工作方案", "工作方案", 2031)], id="two-lines"),
    pytest.param(
        f"青岩市政务公开实施方案（2031-2033年）\n\n{BODY}",
        [("青岩市政务公开实施方案（2031-2033年）", "实施方案", 2031)],
        id="years-in-brackets",
    ),
    pytest.param(
        f"关于印发青岩市政务公开实施方案的通知\n青政办发〔2031〕9号\n\n各镇人民政府：\n现印发给你们。\n\n{BODY}",
        [("青岩市政务公开实施方案", "实施方案", 2031)],
        id="a-notice-whose-plan-has-no-title-of-its-own",
    ),
    pytest.param(
        f"关于印发2031年第一批督办事项的通知\n\n各镇人民政府：\n现印发给你们，请抓紧办理，按时反馈。\n\n2031年第一批督办事项\n\n{BODY}",
        [("2031年第一批督办事项", "督办事项", 2031)],
        id="the-plan-that-the-notice-announces-by-other-words",
    ),
    pytest.param(
        f"专题会议纪要\n\n青岩市人民政府办公室 2031年4月2日\n关于河道整治的专题会议纪要\n\n{BODY}",
        [("关于河道整治的专题会议纪要", "会议纪要", 2031)],
        id="a-letterhead-of-the-kind-alone",
    ),
    pytest.param(
        f"附件2\n\n2031年青岩市民生项目清单\n\n{BODY}\n2031年青岩市民生项目联系表\n",
        [("2031年青岩市民生项目清单", "项目清单", 2031)],
        id="an-annex-filed-without-its-notice",
    ),
    pytest.param(
        f"附件1\n2031年青岩市民生项目清单\n（城区部分）\n\n{BODY}\n2031年青岩市民生项目清单\n（乡镇部分）\n\n{BODY}",
        [("2031年青岩市民生项目清单", "项目清单", 2031)],
        id="parts-that-differ-in-a-bracket-are-one-plan",
    ),
]


@pytest.mark.parametrize(("text", "wanted"), TITLES)
def test_the_titles_of_the_plans(text: str, wanted: list[tuple[str, str | None, int | None]]) -> None:
    assert _plans(text) == wanted


def test_who_was_at_a_meeting_owes_nothing_by_it() -> None:
    there = "参加：市财政局、市信访局负责人。\n分送：市政府各部门。\n"
    (plan,) = to_extraction(f"关于政务公开的专题会议纪要\n\n{BODY}{there}").plans
    assert [[one.name for one in task.assignments] for task in plan.tasks] == [["市财政局"]]
    assert plan.statements == ()


def test_a_form_to_be_filled_in_is_no_plan() -> None:
    rows = "1\t公开预算\t财务科\t9月底前\n2\t公开决算\t财务科\t9月底前\n"
    text = f"{PLAN}\n附件\n\n××局政务公开工作台账（示例）\n\n序号\t工作任务\t责任单位\t完成时限\n{rows}"
    extraction = to_extraction(text)
    assert len(extraction.plans) == 1
    assert [task.form for task in extraction.tasks] == ["item"]
