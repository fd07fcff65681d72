"""Sentences that say nothing but who owes something, and what they are about."""

from __future__ import annotations

import pytest

from kg.extract.duties import Duty, find_duties, to_numbers
from kg.text import fold


def _shown(text: str, duty: Duty) -> str:
    """The words of a duty that are not the whole text, its side, its numbers, its units with the first letter of their roles."""
    scope = duty.scope
    said = fold(text).text[duty.start : duty.end]
    numbers = ",".join("-".join(".".join(map(str, end)) for end in dict.fromkeys(pair)) for pair in scope.numbers)
    about = " ".join(part for part in (scope.where, numbers, f"*{scope.count}" if scope.count else "") if part)
    units = " ".join(f"{one.role[0].upper()}{one.name}" for one in duty.units.assignments)
    return f"{'' if said == fold(text).text else said + ' '}[{about}] {units}"


ONE = [
    pytest.param("此项工作由市水利局牵头，市城管局、各镇街配合。", "[self] L市水利局 S市城管局 S各镇街", id="this-work"),
    pytest.param("此项由市水利局，市城管局负责。", "[self] R市水利局 R市城管局", id="a-comma-in-the-list"),
    pytest.param("本条由规划科负责组织实施。", "[self] R规划科", id="this-article"),
    pytest.param("由市水利局会同市城管局负责。", "[self] R市水利局 R市城管局", id="nothing-but-by-whom"),
    pytest.param("该项工作牵头单位为市水利局，配合单位为市城管局。", "[self] L市水利局 S市城管局", id="the-leader-is"),
    pytest.param("以市水利局为牵头单位，市城管局为配合单位。", "[self] L市水利局 S市城管局", id="with-as-the-leader"),
    pytest.param("市水利局为牵头单位，市城管局为配合单位。", "[self] L市水利局 S市城管局", id="is-the-leader"),
    pytest.param("请市水利局牵头，会同市城管局于6月底前办结。", "[self] L市水利局 S市城管局", id="a-letter-asks"),
    pytest.param("以上事项请市水利局牵头，6月10日前反馈办理结果。", "[before] L市水利局", id="a-letter-asks-of-all-above"),
    pytest.param("此项工作归口市水利局管理。", "[self] R市水利局", id="kept-by"),
    pytest.param("此项工作责任领导：柳某；责任单位：市水利局。", "[self] R市水利局", id="a-person-first"),
    pytest.param("清运垃圾。此项工作由市水利局负责。", "此项工作由市水利局负责。 [self] R市水利局", id="behind-a-sentence"),
    pytest.param("清运率达到100%，该项工作由市水利局负责。", "该项工作由市水利局负责。 [self] R市水利局", id="behind-a-comma"),
    pytest.param("以上1—5项由市水利局牵头，市城管局配合。", "[before 1-5] L市水利局 S市城管局", id="a-range-above"),
    pytest.param("上述第一、三项均由市水利局负责。", "[before 1,3] R市水利局", id="a-list-above"),
    pytest.param("以上三项任务由市水利局牵头。", "[before *3] L市水利局", id="a-count-above"),
    pytest.param("前两项由市水利局牵头。", "[before *2] L市水利局", id="the-first-two"),
    pytest.param("前款工作由规划科负责。", "[before *1] R规划科", id="the-paragraph-before"),
    pytest.param("以上各项任务由市水利局牵头，确保按期完成。", "[before] L市水利局", id="all-above-and-a-wish"),
    pytest.param("（以上1-3项责任单位：市水利局、市城管局）", "[before 1-3] R市水利局 R市城管局", id="in-a-bracket"),
    pytest.param("以下4~6项工作由镇农办牵头：", "[after 4-6] L镇农办", id="a-range-below"),
    pytest.param("下列任务均由镇农办负责。", "[after] R镇农办", id="all-below"),
    pytest.param("以上5项任务，由镇农办牵头。", "[before *5] L镇农办", id="a-comma-before-by"),
    pytest.param("本章第五条至第九条由规划科牵头，水利科配合。", "[part 5-9] L规划科 S水利科", id="articles-of-a-chapter"),
    pytest.param("本章共七条，由规划科牵头。", "[part] L规划科", id="a-chapter-that-counts-its-articles"),
    pytest.param("本部分各项任务由规划科牵头。", "[part] L规划科", id="a-part"),
    pytest.param("1.1至1.4项由市水利局牵头。", "[any 1.1-1.4] L市水利局", id="numbers-of-two-steps"),
    pytest.param("（一）至（三）项责任单位为市水利局。", "[any 1-3] R市水利局", id="numbers-in-brackets"),
    pytest.param("市水利局牵头负责第1至2项。", "[any 1-2] L市水利局", id="the-other-way-round"),
]


@pytest.mark.parametrize(("text", "wanted"), ONE)
def test_a_sentence_says_who(text: str, wanted: str) -> None:
    assert [_shown(text, duty) for duty in find_duties(fold(text))] == [wanted]


SEVERAL = [
    pytest.param("第1、3项由市水利局负责，2项由市城管局牵头、各镇街配合。", id="apart-by-a-comma"),
    pytest.param("第1、3项由市水利局负责；第2项由市城管局牵头，各镇街配合。", id="apart-by-a-semicolon"),
    pytest.param("市水利局负责第1、3项，各镇街配合第2项。", id="units-first"),
]


@pytest.mark.parametrize("text", SEVERAL)
def test_a_sentence_may_say_so_of_several(text: str) -> None:
    duties = find_duties(fold(text))
    assert [duty.scope.numbers for duty in duties] == [(((1,), (1,)), ((3,), (3,))), (((2,), (2,)),)]
    assert duties[0].end == duties[1].start
    assert duties[1].end == len(text)


NONE = [
    pytest.param("本方案由市水利局负责解释，印发后施行。", id="who-explains-the-plan"),
    pytest.param("由市水利局牵头，全面疏浚河道。", id="by-whom-and-what"),
    pytest.param("此项工作完成后由市水利局验收。", id="who-inspects-it"),
    pytest.param("此项工作由市水利局负责，并逐月公布清运数量。", id="and-something-more"),
    pytest.param("疏浚河道，由市水利局牵头，市城管局配合。", id="by-whom-behind-a-comma"),
    pytest.param("此项工作由柳某负责。", id="a-person"),
    pytest.param("以上要求，请认真落实。", id="a-wish-alone"),
    pytest.param("各项任务按下列分工落实。", id="as-listed-below"),
    pytest.param("第一责任单位为牵头单位，下同。", id="the-first-leads"),
    pytest.param("三项工作由市水利局负责。", id="a-count-without-a-side"),
    pytest.param("第一季度由市水利局牵头。", id="a-quarter"),
]


@pytest.mark.parametrize("text", NONE)
def test_a_sentence_that_is_none(text: str) -> None:
    assert find_duties(fold(text)) == []


def test_a_duty_may_say_when() -> None:
    (duty,) = find_duties(fold("此项工作由市水利局牵头，6月底前完成。"))
    assert [deadline.text for deadline in duty.units.deadlines] == ["6月底前完成"]


@pytest.mark.parametrize(("printed", "number"), [("1.3", (1, 3)), ("（二）", (2,)), ("第十四条", (14,)), ("③", (3,)), ("甲", ())])
def test_the_steps_of_a_number(printed: str, number: tuple[int, ...]) -> None:
    assert to_numbers(printed) == number
