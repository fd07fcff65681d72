"""Numbers that questions ask for, and numbers in the words of tasks."""

from __future__ import annotations

import pytest

from queries.ask.freely import find_wanted
from queries.ask.phrases import load_sayings, rephrased
from queries.ask.quantities import Form, find_periods, find_points, find_quantities, load_forms, nearest

FORMS = [*load_forms(), *load_forms("relation")]


@pytest.mark.parametrize(("name", "question"), [(form.name, question) for form in load_forms() for question in form.examples])
def test_an_example_asks_for_its_number(name: str, question: str) -> None:
    wanted, spans, _ = find_wanted(question)
    assert wanted is not None
    assert wanted.name == name
    assert spans


@pytest.mark.parametrize(
    ("form", "question"), [(form, question) for form in FORMS for question in form.near_misses], ids=lambda one: getattr(one, "name", one)
)
def test_a_near_miss_asks_for_none(form: Form, question: str) -> None:
    assert not form.regex.search(question)


@pytest.mark.parametrize(("name", "question"), [(form.name, question) for form in load_forms("relation") for question in form.examples])
def test_an_example_compares(name: str, question: str) -> None:
    wanted, _, _ = find_wanted(question)
    assert wanted is not None
    assert wanted.relation == name


@pytest.mark.parametrize(("said", "read"), [pair for saying in load_sayings() for pair in saying.examples])
def test_a_way_of_speaking_is_read(said: str, read: str) -> None:
    assert rephrased(said) == read


@pytest.mark.parametrize("question", ["2023年要完成哪些任务", "清单里有哪些项目", "建成了几个点位", "这个问题谁负责"])
def test_other_words_are_left(question: str) -> None:
    assert rephrased(question) == question


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("全年制作图解不少于10个", ["10个"]),
        ("补贴3.5万元，占40%以上", ["3.5万元", "40%以上"]),
        ("2023年6月20日前上网", []),
        ("推进一网通办，第一批上线", []),
        ("两个工作日内答复", ["两个工作日内"]),
    ],
)
def test_quantities(text: str, said: list[str]) -> None:
    assert [one.text for one in find_quantities(text)] == said


def test_how_often_and_times_without_a_date() -> None:
    assert [one.text for one in find_periods("结果按季度公布，每月更新")] == ["按季度", "每月"]
    assert [one.text for one in find_points("学校应于开学前两周公布")] == ["学校应于开学前两周"]


def test_the_number_beside_the_words_is_meant() -> None:
    text = "重大舆情2小时内报告、5小时内发布权威信息。"
    found = list(find_quantities(text))
    told, near = nearest(found, text, {"舆情": 4.0, "发布": 1.0, "权威": 6.0})
    assert told is not None
    assert told.text == "5小时内"
    assert near > 0.5
