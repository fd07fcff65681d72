"""Numbers that can be checked, and numbers that only count or name something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.measures import find_measures
from kg.text import fold
from tests.texts import to_plan


def _find(text: str) -> list[str]:
    """Each measure as >= 60 %."""
    return [f"{one.op} {one.value:g} {one.unit}" for one in find_measures(fold(text))]


CASES = [
    pytest.param("占比不得低于60%", [">= 60 %"], id="at-least"),
    pytest.param("占比不低于百分之六十", [">= 60 %"], id="percent-in-words"),
    pytest.param("占比不低于６０％", [">= 60 %"], id="full-width"),
    pytest.param("占比不低于 0.5 个百分点", [">= 0.5 个百分点"], id="points"),
    pytest.param("召开至少1次", [">= 1 次"], id="at-least-once"),
    pytest.param("至少开展2次培训", [">= 2 次"], id="a-verb-between"),
    pytest.param("每季度不少于三次", [">= 3 次"], id="amount-in-words"),
    pytest.param("公示不少于30日", [">= 30 日"], id="days"),
    pytest.param("投诉渠道不少于2种", [">= 2 种"], id="kinds"),
    pytest.param("每篇不少于800字", [">= 800 字"], id="characters"),
    pytest.param("首屏加载≤3秒", ["<= 3 秒"], id="seconds"),
    pytest.param("压缩至2周以内", ["<= 2 周"], id="weeks"),
    pytest.param("由2人以上完成", [">= 2 人"], id="or-more"),
    pytest.param("覆盖1,200户以上", [">= 1200 户"], id="thousands"),
    pytest.param("达标率≥95%", [">= 95 %"], id="sign"),
    pytest.param("办理环节不超过3个", ["<= 3 个"], id="at-most"),
    pytest.param("差错率不高于3‰", ["<= 3 ‰"], id="per-mille"),
    pytest.param("办理时间控制在15个工作日以内", ["<= 15 个工作日"], id="kept-within"),
    pytest.param("审批时间压缩至4个月以内", ["<= 4 个月"], id="cut-to"),
    pytest.param("网办率达到95%以上", [">= 95 %"], id="reaches"),
    pytest.param("占比提高到75%", [">= 75 %"], id="raised-to"),
    pytest.param("产值达到200亿元", [">= 200 亿元"], id="money-keeps-its-unit"),
    pytest.param("保有量达到2万台", [">= 20000 台"], id="ten-thousands-of-things"),
    pytest.param("用户超过10万户", ["> 100000 户"], id="more-than"),
    pytest.param("办结率100%", ["= 100 %"], id="exactly"),
    pytest.param("打造样板100个", ["= 100 个"], id="how-many-to-make"),
    pytest.param("建成“一刻钟便民圈”20个", ["= 20 个"], id="a-number-in-the-name-of-it"),
    pytest.param("新（改）建社区食堂4个", ["= 4 个"], id="new-or-rebuilt"),
    pytest.param("扩建中学、小学6所", ["= 6 所"], id="two-kinds-of-them"),
    pytest.param("聘请监督员20名", ["= 20 名"], id="people-engaged"),
    pytest.param("印染行业4家企业完成改造", ["= 4 家"], id="how-many-of-a-trade"),
    pytest.param("对全市3个项目完成督查", [], id="on-whom-it-is-done"),
    pytest.param("50万元以上采购合同", [], id="a-size-of-contracts"),
    pytest.param("检查不少于50处次，帐篷不少于100顶", [">= 50 处次", ">= 100 顶"], id="other-words-of-count"),
    pytest.param("不少于10次、不超过20次", [">= 10 次", "<= 20 次"], id="two"),
    pytest.param("第3次会议", [], id="ordinal"),
    pytest.param("2级以上医院", [], id="a-class"),
    pytest.param("饮用水达标率保持在100%", ["= 100 %"], id="kept-at-all"),
    pytest.param("新建充电桩500个以上，充电端口1.2万个。", [">= 500 个", "= 12000 个"], id="a-thing-and-how-many-at-the-end"),
    pytest.param("示范支部15个", ["= 15 个"], id="without-a-verb"),
    pytest.param("现有社区35个，每季度检查1次，落实前3项", [], id="what-there-is-and-how-often"),
    pytest.param("完成50平方公里以上河流规划", [], id="which-are-meant"),
    pytest.param("接种站组织督导不少于24园次", [">= 24 园次"], id="times-of-a-thing"),
    pytest.param("2031年", [], id="a-year"),
    pytest.param("建设5个方面", [], id="a-heading-count"),
    pytest.param("围绕3个重点", [], id="a-number-of-topics"),
    pytest.param("20个工作日内公开", [], id="a-deadline"),
    pytest.param("实现全覆盖", [], id="no-number"),
    pytest.param("", [], id="nothing"),
    pytest.param("改造东岸、西岸、澄湖3个片区管网12公里", ["= 12 公里"], id="what-is-named-is-only-counted"),
    pytest.param("改造东岸、西岸6个片区", ["= 6 个"], id="more-than-is-named"),
    pytest.param("上门宣传3万户次", ["= 30000 户次"], id="visits"),
    pytest.param("利用系数不低于0.58，单位能耗比不高于1.2", [">= 0.58 ", "<= 1.2 "], id="ratios"),
    pytest.param("申报证照精简40%", ["= 40 %"], id="cut-by"),
    pytest.param("按每床位每年800元补助", ["= 800 元"], id="paid-for-each"),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_measure(text: str, wanted: list[str]) -> None:
    assert _find(text) == wanted


@given(st.integers(1, 100), st.sampled_from(["不得低于", "不低于", "不少于", "至少"]))
def test_any_share(value: int, words: str) -> None:
    printed = f"公开率 {words} {value} % ，抓好落实"
    (one,) = find_measures(fold(printed))
    assert (one.op, one.value, one.unit) == (">=", value, "%")
    assert printed[one.span.start : one.span.end] == f"{words} {value} %"


def test_what_is_done_by_a_day_may_be_a_measure() -> None:
    (task,) = to_plan("8月底前完成河道清淤26公里。（责任单位：市水利局）").tasks
    assert [(one.text, str(task.deadlines[0].date)) for one in task.measures] == [("完成河道清淤26公里", "2031-08-31")]


def test_half_a_day_is_no_deadline() -> None:
    (task,) = to_plan("开办时间压缩至0.5个工作日以内。（责任单位：市水利局）").tasks
    assert task.deadlines == ()


def test_a_measure_of_days_is_no_deadline() -> None:
    (task,) = to_plan("公示期不少于30日，9月底前完成。（责任单位：市财政局）").tasks
    assert [one.text for one in task.measures] == ["不少于30日"]
    assert [str(one.date) for one in task.deadlines] == ["2031-09-30"]


# Not right yet; each case moves up when it is.
OPEN = [pytest.param("满意度达到九成以上", [">= 90 %"], id="tenths")]
