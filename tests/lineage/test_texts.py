"""What counts in a wording, and what is only of a place, a day or a habit."""

from __future__ import annotations

import pytest

from kg.lineage.model import LinkTask
from kg.lineage.texts import heading_words, wording


def _task(text: str, leads: tuple[str, ...] = ()) -> LinkTask:
    return LinkTask(iri="", plan="", order=1, text=text, leads=leads)


SAME = {
    "level": ("公布全省预算", "公布全市预算"),
    "level of a plan": ("编制区级规划", "编制县级规划"),
    "day": ("2023年6月底前上网", "2024年9月底前上网"),
    "width": ("公开（一）90%,", "公开（一）90％，"),
    "spaces": ("公开 预算", "公开预算"),
    "number": ("办理20件", "办理35件"),
    "number of a document": ("按照国办发〔2019〕14号办理", "按照鲁政办发〔2021〕3号办理"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_wordings_that_differ_by_place_and_day_are_marked_alike(one: str, other: str) -> None:
    assert wording(_task(one)).marked == wording(_task(other)).marked


LESS = {
    "closing": ("公布招生计划，压实工作责任。", "压实工作责任", "招生计划"),
    "standing phrase": ("进一步公布招生计划", "进一步", "招生计划"),
    "around a number": ("抽检不少于9批次", "不少于", "抽检"),
}


@pytest.mark.parametrize(("text", "less", "more"), LESS.values(), ids=LESS)
def test_what_many_tasks_say_counts_less(text: str, less: str, more: str) -> None:
    words = wording(_task(text))
    weight = {part: words.weights[words.marked.index(part)] for part in (less, more)}
    assert weight[less] < weight[more] == 1


def test_a_unit_that_the_task_has_anyway_counts_less_in_its_text() -> None:
    words = wording(_task("由区财政局汇总补贴清单", leads=("区财政局",)))
    assert words.weights[words.marked.index("财政局")] < words.weights[words.marked.index("清单")]


@pytest.mark.parametrize("text", ["", "。", "◇", "2023", "（国办发〔2019〕14号）", "𠮷"])
def test_any_text_has_as_many_weights_as_marks(text: str) -> None:
    words = wording(_task(text))
    assert len(words.marked) == len(words.weights)


SENTENCES = {
    "one": ("公布招生计划", ["公布招生计划"]),
    "two": ("按月公布招生计划和结果；按季公布经费收支情况。", ["按月公布招生计划和结果", "按季公布经费收支情况"]),
    "one too short": ("做好公开。按季公布经费收支情况。", ["做好公开按季公布经费收支情况"]),
    "the last too short": ("按季公布经费收支情况。抓好落实。", ["按季公布经费收支情况抓好落实"]),
    "none": ("", [""]),
}


@pytest.mark.parametrize(("text", "sentences"), SENTENCES.values(), ids=SENTENCES)
def test_a_wording_has_its_sentences(text: str, sentences: list[str]) -> None:
    assert [sentence for sentence, _ in wording(_task(text)).sentences] == sentences


@pytest.mark.parametrize("heading", ["一、政策解读", "（一）政策解读", "1.政策解读", "第一章、政策解读", "政策 解读"])
def test_a_heading_is_compared_without_its_number(heading: str) -> None:
    assert heading_words(heading) == "政策解读"
