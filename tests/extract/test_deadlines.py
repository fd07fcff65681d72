"""Times: fixed, relative, standing, prompt, recurring; and words that look like times and are none."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.deadlines import find_deadlines
from kg.model import Deadline
from kg.text import fold
from tests.texts import to_plan

YEAR = 2031


def _find(text: str, year: int | None = YEAR, *, column: bool = False) -> list[Deadline]:
    return list(find_deadlines(fold(text), year, column=column))


def _shown(deadline: Deadline) -> str:
    """In few words: 2031-09-30, 2031-03-01..2031-05-31, 20 workday after 信息形成, standing."""
    if deadline.kind == "fixed":
        return f"{deadline.start}..{deadline.date}" if deadline.start else str(deadline.date)
    if deadline.kind == "relative":
        return f"{deadline.amount} {deadline.unit}" + (f" after {deadline.trigger}" if deadline.trigger else "")
    return deadline.kind


# --- in running text, and in a column as well ------------------------------------------------------

ANYWHERE = [
    pytest.param("2031年9月底前", ["2031-09-30"], id="month-end"),
    pytest.param("2032年2月底前", ["2032-02-29"], id="month-end-of-a-leap-year"),
    pytest.param("9月底前完成", ["2031-09-30"], id="year-left-out"),
    pytest.param("九月底前", ["2031-09-30"], id="month-in-words"),
    pytest.param("二〇三一年十月底前", ["2031-10-31"], id="all-in-words"),
    pytest.param("“十五五”末", ["2030-12-31"], id="end-of-five-years"),
    pytest.param("会后10个工作日内", ["10 workday after 会"], id="after-a-meeting"),
    pytest.param("10月8号前", ["2031-10-08"], id="day-as-it-is-said"),
    pytest.param("9 月 底 前", ["2031-09-30"], id="gaps-inside"),
    pytest.param("9月前完成", ["2031-08-31"], id="before-a-month"),
    pytest.param("7月10日前", ["2031-07-10"], id="day"),
    pytest.param("十二月三十一日前", ["2031-12-31"], id="day-in-words"),
    pytest.param("2031年6月30日之前", ["2031-06-30"], id="day-with-year"),
    pytest.param("6月中旬前", ["2031-06-20"], id="middle-third-of-a-month"),
    pytest.param("6月下旬", ["2031-06-30"], id="last-third-of-a-month"),
    pytest.param("2031年底前", ["2031-12-31"], id="year-end"),
    pytest.param("2031年年底前", ["2031-12-31"], id="year-end-said-twice"),
    pytest.param("年底前", ["2031-12-31"], id="year-end-alone"),
    pytest.param("今年年底前", ["2031-12-31"], id="this-year"),
    pytest.param("明年3月底前", ["2032-03-31"], id="next-year"),
    pytest.param("次年1月底前", ["2032-01-31"], id="the-year-after"),
    pytest.param("年内", ["2031-12-31"], id="within-the-year"),
    pytest.param("2031年内完成", ["2031-12-31"], id="within-that-year"),
    pytest.param("2031年上半年", ["2031-06-30"], id="first-half"),
    pytest.param("第三季度末前", ["2031-09-30"], id="quarter-end"),
    pytest.param("二季度前", ["2031-06-30"], id="quarter"),
    pytest.param("四季度内", ["2031-12-31"], id="within-a-quarter"),
    pytest.param("到2035年，全面建成", ["2035-12-31"], id="target-year"),
    pytest.param("到2035年累计募集5亿元", ["2035-12-31"], id="target-year-without-a-comma"),
    pytest.param("2035年前完成", ["2034-12-31"], id="before-a-year"),
    pytest.param("即日起至10月31日", ["2031-10-31"], id="from-today"),
    pytest.param("2031年3月1日至6月30日", ["2031-03-01..2031-06-30"], id="range-of-days"),
    pytest.param("3月1日-5月31日", ["2031-03-01..2031-05-31"], id="range-with-a-dash"),
    pytest.param("2031年5月至9月底", ["2031-05-01..2031-09-30"], id="range-of-months"),
    pytest.param("6月底前启动，10月底前完成", ["2031-06-30", "2031-10-31"], id="two"),
    pytest.param("2030年11月底前启动，12月底前完成", ["2030-11-30", "2030-12-31"], id="a-printed-year-holds-on"),
    pytest.param("信息形成之日起20个工作日内公开", ["20 workday after 信息形成"], id="working-days"),
    pytest.param("信息形成或变更之日起7个工作日内", ["7 workday after 信息形成或变更"], id="two-triggers"),
    pytest.param("自收到申请之日起十五个工作日内", ["15 workday after 收到申请"], id="amount-in-words"),
    pytest.param("自公布之日起10日内", ["10 day after 公布"], id="calendar-days"),
    pytest.param("本文件印发后30日内", ["30 day after 本文件印发"], id="days-after"),
    pytest.param("印发之日起一个月内", ["1 month after 印发"], id="month"),
    pytest.param("在10个工作日内", [], id="within-of-something-else"),
    pytest.param("，20个工作日内公开", ["20 workday"], id="no-trigger"),
    pytest.param("国庆节前", ["2031-09-30"], id="before-a-feast"),
    pytest.param("“五一”假期前完成", ["2031-04-30"], id="before-a-holiday-in-quotes"),
    pytest.param("元旦前", ["2031-12-31"], id="before-new-year"),
    pytest.param("2032年元旦前", ["2031-12-31"], id="before-a-printed-new-year"),
    pytest.param("自受理之日起7个工作日完成修复", ["7 workday after 受理"], id="without-the-word-within"),
    pytest.param("故障2日内形成报告", ["2 day"], id="days-for-a-report"),
    pytest.param("7月份组织培训", ["2031-07-31"], id="what-is-done-in-a-month"),
    pytest.param("一季度出台办法", ["2031-03-31"], id="what-is-done-in-a-quarter"),
    pytest.param("评估结果三季度公布", ["2031-09-30"], id="what-is-done-in-a-quarter-behind-its-subject"),
    pytest.param("年检结论上半年公布", ["2031-06-30"], id="what-is-done-in-half-a-year"),
    pytest.param("6月和12月底前", ["2031-06-30", "2031-12-31"], id="two-months-one-end"),
]


@pytest.mark.parametrize(("text", "wanted"), ANYWHERE)
@pytest.mark.parametrize("column", [False, True], ids=["text", "column"])
def test_a_time(text: str, wanted: list[str], column: bool) -> None:
    assert [_shown(one) for one in _find(text, column=column)] == wanted


# --- in a column only -------------------------------------------------------------------------------

COLUMN = [
    pytest.param("长期坚持", ["standing"], id="standing"),
    pytest.param("持续推进", ["standing"], id="standing-going-on"),
    pytest.param("常态化推进", ["standing"], id="standing-as-a-rule"),
    pytest.param("及时公开", ["prompt"], id="prompt"),
    pytest.param("立即整改", ["prompt"], id="prompt-at-once"),
    pytest.param("实时更新", ["prompt"], id="prompt-in-real-time"),
    pytest.param("每季度末", ["recurring"], id="every-quarter"),
    pytest.param("每月5日前", ["recurring"], id="every-month"),
    pytest.param("每年1月31日前", ["recurring"], id="every-year"),
    pytest.param("每半年一次", ["recurring"], id="every-half-year"),
    pytest.param("随时启动，长期坚持", ["standing"], id="what-may-start-at-any-time"),
    pytest.param("按季度", ["recurring"], id="by-quarter"),
    pytest.param("上半年", ["2031-06-30"], id="first-half"),
    pytest.param("下半年", ["2031-12-31"], id="second-half"),
    pytest.param("2031年第一季度", ["2031-03-31"], id="quarter"),
    pytest.param("三季度", ["2031-09-30"], id="quarter-without-year"),
    pytest.param("2031年6月", ["2031-06-30"], id="month"),
    pytest.param("12月", ["2031-12-31"], id="month-without-year"),
    pytest.param("2031年12月31日", ["2031-12-31"], id="day"),
    pytest.param("2031年", ["2031-12-31"], id="year"),
    pytest.param("2031-06-30", ["2031-06-30"], id="iso-day"),
    pytest.param("2031.6.30", ["2031-06-30"], id="dotted-day"),
    pytest.param("2031.06", ["2031-06-30"], id="dotted-month"),
    pytest.param("1-6月", ["2031-01-01..2031-06-30"], id="months"),
    pytest.param("2030-2031年", ["2030-01-01..2031-12-31"], id="years"),
    pytest.param("2031年底前完成，并长期坚持", ["2031-12-31", "standing"], id="fixed-and-standing"),
    pytest.param("2031年9月底前完成，及时更新", ["2031-09-30"], id="a-day-goes-before-prompt"),
    pytest.param("3天内", ["3 day"], id="bare-days-in-a-column"),
    pytest.param("24小时内", ["24 hour"], id="bare-hours-in-a-column"),
    pytest.param("2030年至2031年底前", ["2030-01-01..2031-12-31"], id="years-up-to-an-end-in-a-column"),
    pytest.param("2031年4月初", ["2031-04-10"], id="start-of-a-month"),
    pytest.param("8月底前建成专栏，9月起每月更新", ["2031-08-31", "recurring"], id="a-beginning-is-none"),
    pytest.param("2032年3月启动，12月底前完成", ["2032-12-31"], id="the-year-of-a-beginning-holds-on"),
    pytest.param("3月开始，长期坚持", ["standing"], id="begun-and-standing"),
    pytest.param("四季度起", [], id="nothing-but-a-beginning"),
    pytest.param("全年持续推进", ["standing"], id="standing-said-twice"),
    pytest.param("及时公开、实时更新", ["prompt"], id="prompt-said-twice"),
    pytest.param("2031-2033", ["2031-01-01..2033-12-31"], id="bare-years"),
    pytest.param("年度内完成", ["2031-12-31"], id="within-the-year"),
    pytest.param("“十六五”期间", ["2035-12-31"], id="five-years"),
    pytest.param("季度末", ["recurring"], id="end-of-quarters"),
    pytest.param("不定期", [], id="at-no-fixed-time"),
]


@pytest.mark.parametrize(("text", "wanted"), COLUMN)
def test_a_time_in_a_column(text: str, wanted: list[str]) -> None:
    assert [_shown(one) for one in _find(text, column=True)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("及时公开财政信息", id="promptness"),
        pytest.param("长期坚持开门办事", id="steadiness"),
        pytest.param("上半年经济运行情况", id="half-year"),
        pytest.param("对照上半年公布的名单", id="what-was-done-in-half-a-year"),
        pytest.param("通报一季度完成情况", id="how-far-it-is-in-a-quarter"),
        pytest.param("总结2031年工作", id="year"),
        pytest.param("公开第一季度数据", id="quarter"),
        pytest.param("每月5日前", id="recurring"),
        pytest.param("2030年到2035年", id="a-stretch-of-years"),
        pytest.param("延长到2035年", id="put-off-to-a-year"),
        pytest.param("2031年7月1日起施行", id="a-beginning"),
    ],
)
def test_no_time_in_running_text(text: str) -> None:
    assert not _find(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("今年以来的经验", id="since-this-year"),
        pytest.param("自2016年以来", id="since-a-year"),
        pytest.param("截至2030年底", id="as-of"),
        pytest.param("9月以来", id="since-a-month"),
        pytest.param("13月底前", id="no-such-month"),
        pytest.param("每年底前报送总结", id="every-year-end"),
        pytest.param("三年内", id="a-span-of-years"),
        pytest.param("年底考核", id="year-end-review"),
        pytest.param("压缩至3个工作日内", id="how-long-a-thing-may-take"),
        pytest.param("控制在15个工作日以内", id="how-long-at-most"),
        pytest.param("公示不少于30日", id="how-long-at-least"),
        pytest.param("2016年前制定的文件", id="what-is-old"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_time_at_all(text: str) -> None:
    assert not _find(text)


def test_a_year_left_out_is_unknown_without_a_plan_year() -> None:
    (one,) = _find("9月底前", None)
    assert (one.kind, one.date) == ("fixed", None)
    assert [_shown(one) for one in _find("2031年9月底前", None)] == ["2031-09-30"]


def test_a_recurring_one_names_its_period() -> None:
    (one,) = _find("每季度末", column=True)
    assert one.period == "每季度"


# --- properties ---------------------------------------------------------------------------------------

_HAN = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]


@given(st.integers(2001, 2099), st.integers(1, 12), st.booleans())
def test_any_month_end(year: int, month: int, in_words: bool) -> None:
    (one,) = _find(f"{year}年{_HAN[month] if in_words else month}月底前")
    assert one.date == dt.date(year, month, calendar.monthrange(year, month)[1])


@given(st.dates(dt.date(2001, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(["", " ", "\u3000"]))
def test_any_day(day: dt.date, gap: str) -> None:
    printed = f"请于{day.year}{gap}年{gap}{day.month}{gap}月{day.day}日前办结"
    (one,) = _find(printed)
    assert one.date == day
    assert printed[one.span.start : one.span.end].startswith(str(day.year))


@given(st.integers(1, 99), st.sampled_from(["个工作日", "日", "天"]))
def test_any_number_of_days(amount: int, unit: str) -> None:
    (one,) = _find(f"信息形成之日起{amount}{unit}内公开")
    assert (one.kind, one.amount, one.unit) == ("relative", amount, "workday" if "工作" in unit else "day")


# --- in a plan ----------------------------------------------------------------------------------------

IN_A_TASK = [
    pytest.param("9月底前公开预算。（责任单位：市财政局）", ["2031-09-30"], id="year-of-the-plan"),
    pytest.param("公开预算。（责任单位：市财政局；完成时限：2031年9月底前）", ["2031-09-30"], id="in-the-bracket"),
    pytest.param("公开预算。（责任单位：市财政局；完成时限：长期坚持）", ["standing"], id="standing-in-the-bracket"),
    pytest.param("预算批准后20日内公开。（责任单位：市财政局）", ["20 day after 预算批准"], id="relative"),
    pytest.param("及时公开预算。（责任单位：市财政局）", [], id="promptness-is-none-in-the-text"),
    pytest.param("公示期不少于30日。（责任单位：市财政局）", [], id="a-measure-is-none"),
]


@pytest.mark.parametrize(("item", "wanted"), IN_A_TASK)
def test_the_times_of_a_task(item: str, wanted: list[str]) -> None:
    (task,) = to_plan(item).tasks
    assert [_shown(one) for one in task.deadlines] == wanted
