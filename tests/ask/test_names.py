"""Names as people say them: short forms, slips, towns that no document names; and what is no name."""

from __future__ import annotations

import datetime as dt
from copy import copy
from dataclasses import replace

import pytest

from kg.store import Store
from queries.ask.cut import cut
from queries.ask.lexicon import Lexicon, autonomous, load_lexicon
from queries.ask.mentions import in_title
from queries.ask.shortnames import shortens

TODAY = dt.date(2024, 6, 1)


@pytest.fixture(scope="module")
def lexicon(sample_store: Store) -> Lexicon:
    return load_lexicon(sample_store)


def _named(question: str, kind: str, lexicon: Lexicon) -> set[str]:
    return {one.label for token in cut(question, lexicon, TODAY) if token.kind == kind for one in token.things}


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("澄湖区市场局牵头哪些任务", "澄湖区市场监督管理局"),
        ("澄湖区财政局办公室牵头哪些任务", "澄湖区财政局"),
        ("我是澄湖区财政局综合科的，我们局牵头哪些任务", "澄湖区财政局"),
        ("澄湖区审批服务局牵头哪些任务", "澄湖区行政审批服务局"),
        ("写明“澄湖区财政局牵头”的是哪几条", "澄湖区财政局"),
    ],
)
def test_a_unit_by_what_people_make_of_its_name(question: str, label: str, lexicon: Lexicon) -> None:
    assert label in _named(question, "unit", lexicon)


@pytest.mark.parametrize("question", ["澄湖区卫生监督所谁管", "澄湖区合作社有哪些", "全部任务有哪些", "哪些任务要办"])
def test_what_is_no_name_of_a_unit(question: str, lexicon: Lexicon) -> None:
    assert not _named(question, "unit", lexicon)


@pytest.mark.parametrize(
    ("short", "name", "is_short"),
    [
        ("市场", "市场监督管理", True),
        ("审批服务", "行政审批服务", True),
        ("旅文", "旅游和文化广电体育", True),
        ("监市", "市场监督管理", False),
        ("场监", "市场监督管理", False),
        ("人事", "人力资源和社会保障", False),
    ],
)
def test_a_short_form_takes_letters_where_words_begin(short: str, name: str, is_short: bool) -> None:
    assert shortens(short, name, False) == is_short


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("成湖区2021年有哪些任务", "澄湖区"),
        ("澄胡区财政局牵头哪些任务", "澄湖区"),
        ("请问云西的要点", "云溪市"),
        ("东陵省云溪市2021年的要点", "云溪市"),
    ],
)
def test_a_place_with_a_slip_or_behind_the_one_that_it_lies_in(question: str, label: str, lexicon: Lexicon) -> None:
    assert _named(question, "place", lexicon) == {label}


@pytest.mark.parametrize("question", ["清湖市2021年有哪些任务", "南湖区2021年有哪些任务"])
def test_another_place_is_no_slip(question: str, lexicon: Lexicon) -> None:
    assert not _named(question, "place", lexicon)


@pytest.mark.parametrize(
    ("word", "title", "is_in"),
    [
        ("治气", "云泽市大气污染综合治理方案", True),
        ("农旅", "关于推进农业与旅游融合发展的意见", True),
        ("气", "云泽市大气污染综合治理方案", False),
        ("养老", "云泽市大气污染综合治理方案", False),
    ],
)
def test_a_word_of_a_title(word: str, title: str, is_in: bool) -> None:
    assert in_title(word, title) == is_in


@pytest.mark.parametrize(
    ("name", "said"),
    [("河湟回族自治区", "河湟"), ("云泽土家族苗族自治州", "云泽"), ("内河蒙古自治县", "内河"), ("东陵自治区", "东陵")],
)
def test_an_autonomous_place_is_said_without_its_peoples(name: str, said: str) -> None:
    found = autonomous().fullmatch(name)
    assert found
    assert found[1] == said


def test_an_everyday_word_before_a_level_is_no_place(lexicon: Lexicon) -> None:
    assert not _named("小区里装充电桩由谁负责", "place", lexicon)


@pytest.mark.parametrize(
    ("question", "kind"),
    [("澄湖区2021年常态化政务公开，财政局牵头哪些", "cue"), ("常态化扫黑除恶里市公安局牵头哪些", "matter")],
    ids=["standing", "of a title"],
)
def test_a_word_of_a_title_asks_for_no_standing_duty(question: str, kind: str, lexicon: Lexicon) -> None:
    plan = lexicon.all_plans[0]
    titled = replace(plan, thing=replace(plan.thing, label="常态化扫黑除恶工作要点"))
    known = copy(lexicon)
    known.all_plans = (*lexicon.all_plans, titled)
    assert [token.kind for token in cut(question, known, TODAY) if token.text == "常态化"] == [kind]


def test_a_part_of_a_cited_title_is_another_paper(lexicon: Lexicon) -> None:
    tokens = cut("哪些任务引用《东陵省政府信息公开条例》", lexicon, TODAY)
    assert not [token for token in tokens if token.kind == "instrument"]
