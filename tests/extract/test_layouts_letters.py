"""Letters and slips that ask units to settle what they tell: 督办函, 交办单; and what such papers say without charging anybody."""

from __future__ import annotations

import pytest

from tests.texts import show_task, to_extraction

LETTER = """\
澄湖区人民政府督查室

澄政督函〔2031〕6号

关于加快办理积压事项的督办函

有关镇人民政府，区直有关单位：
现将有关事项函告如下：
{items}
请各承办单位每周报送进展情况。
特此函告。

澄湖区人民政府督查室
2031年4月11日
"""

ASKED = [
    pytest.param(
        "请区水利局牵头，区城管局、白芦镇配合，于6月10日前办结。", "L区水利局 S区城管局 S白芦镇 | 2031-06-10", id="lead-and-support"
    ),
    pytest.param("请区水利局牵头，会同区城管局，于上半年办结。", "L区水利局 S区城管局 | 2031-06-30", id="together-with"),
    pytest.param(
        "请区水利局牵头，会同相关镇（街道）于6月底前办结。", "L区水利局 S相关镇（街道） | 2031-06-30", id="no-comma-before-the-time"
    ),
    pytest.param("请区水利局、云泽水务集团有限公司负责，于2031年年底前办结。", "R区水利局 R云泽水务集团有限公司 | 2031-12-31", id="two"),
    pytest.param("请区水利局于6月10日前办结。", "R区水利局 | 2031-06-10", id="a-name-and-a-time"),
    pytest.param("请区水利局在10个工作日内办结。", "R区水利局 | relative", id="within-days"),
    pytest.param("请各镇于6月底前办结。", "R各镇 | 2031-06-30", id="a-collective"),
    pytest.param("责成区水利局抓紧整改，于6月底前完成。", "R区水利局 | 2031-06-30", id="charged-to-mend"),
    pytest.param(
        "由区水利局牵头办理，区城管局协助办理，于6月10日前将办理情况报区政府办公室。",
        "L区水利局 S区城管局 | 2031-06-10",
        id="and-to-tell-of-it",
    ),
]


@pytest.mark.parametrize(("asked", "wanted"), ASKED)
def test_a_letter_asks_units(asked: str, wanted: str) -> None:
    items = f"一、关于河道整治。岸坡多处坍塌，亟待修复。{asked}\n二、关于路灯更换。夜间照明不足。请区住建局负责。"
    assert [show_task(task) for task in to_extraction(LETTER.format(items=items)).tasks] == [
        f"一 关于河道整治。岸坡多处坍塌，亟待修复。 | {wanted}",
        "二 关于路灯更换。夜间照明不足。 | R区住建局 | ",
    ]


def test_a_letter_is_what_its_title_says() -> None:
    (plan,) = to_extraction(LETTER.format(items="一、疏浚河道。请区水利局负责。")).plans
    assert (plan.title.value, plan.kind and plan.kind.value) == ("关于加快办理积压事项的督办函", "督办函")


def test_an_ask_behind_a_comma() -> None:
    items = "白芦河疏浚滞后，责成区水利局、白芦镇加快推进，于8月底前完成。"
    assert [show_task(task) for task in to_extraction(LETTER.format(items=items)).tasks] == [
        "- 白芦河疏浚滞后 | R区水利局 R白芦镇 | 2031-08-31"
    ]


NOBODY = [
    pytest.param("一、关于白芦河整治的来信。请区水利局阅处。", id="to-read-and-decide"),
    pytest.param("请柳某同志阅示，并请区住建局研究。", id="a-person"),
    pytest.param("一、加强巡查。请各责任单位抓好落实。", id="nobody-by-name"),
    pytest.param("一、加强巡查。请各镇、各部门于每月5日前报送进展。", id="reports"),
    pytest.param("为做好管护工作，请结合本地区、本部门实际抓紧落实。", id="as-it-suits"),
    pytest.param("现将要点印发给你们，请各有关单位抓紧落实。", id="a-notice"),
    pytest.param("一、规范评审。邀请区水利局参加，于6月底前完成。", id="invited"),
    pytest.param("一、完善制度。请区水利局牵头制定办法，于6月底前印发。", id="asks-for-something-of-its-own"),
    pytest.param("请各镇于6月底前完成自查。", id="a-collective-on-a-line-of-its-own"),
]


@pytest.mark.parametrize("said", NOBODY)
def test_what_charges_nobody(said: str) -> None:
    assert to_extraction(LETTER.format(items=said)).tasks == ()


def test_a_slip_to_forms_is_no_citation() -> None:
    extraction = to_extraction(LETTER.format(items="一、疏浚河道。请区水利局负责。\n逾期的发《督办建议书》，依照《城镇排水条例》处理。"))
    assert [one.title for one in extraction.citations] == ["城镇排水条例"]
