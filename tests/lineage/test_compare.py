"""What became of the tasks of a plan: small plans that we wrote, each row a thing that happens to a task."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from kg.errors import ZhengpuError
from kg.lineage.compare import compare, compare_many
from kg.lineage.model import Comparison, LinkPlan, LinkTask, Pairing

EARLIER = (
    "公布市级预算、决算和“三公”经费，说明增减原因。",
    "水库放水前两小时用广播通知下游村庄，值班电话贴在闸房门口。",
    "中小学食堂每周公布菜谱和食材来源，家长代表可以进后厨查看。",
    "老旧小区加装电梯的补贴标准贴进楼道，申请材料缩减到三样。",
    "行政复议决定书除依法不公开的以外，二十日内上网。",
    "公交线路调整先听取沿线居民意见，再公布采纳情况。",
    "供热管网检修计划提前十五天公布，抢修电话昼夜有人接听。",
    "夜市摊位实行编号管理，收摊后由经营者清扫。",
)
UNITS = ("finance", "water", "education", "housing", "justice", "transport", "energy", "urban")
HEADINGS = ("一、管好钱",) * 4 + ("二、办好事",) * 4


def _plan(name: str, texts: Sequence[str], *, facts: bool = True) -> LinkPlan:
    tasks = tuple(
        LinkTask(
            iri=f"{name}/{order}",
            plan=name,
            order=order,
            text=text,
            headings=(HEADINGS[min(order, 8) - 1],) if facts else (),
            lead_functions=frozenset([UNITS[min(order, 8) - 1]]) if facts else frozenset(),
            functions=frozenset([UNITS[min(order, 8) - 1]]) if facts else frozenset(),
        )
        for order, text in enumerate(texts, 1)
    )
    return LinkPlan(iri=name, title=name, tasks=tasks)


def _compare(texts: Sequence[str], *, facts: bool = True) -> Comparison:
    return compare(Pairing(later=_plan("b", texts, facts=facts), earlier=_plan("a", EARLIER, facts=facts), axis="year"))


def _said(found: Comparison) -> set[str]:
    return {f"{one.later[2:]}<{one.earlier[2:]} {one.band} {one.shape}" for one in found.links}


def _with(place: int, *texts: str) -> list[str]:
    """The earlier plan with other texts at a place."""
    return [*EARLIER[: place - 1], *texts, *EARLIER[place:]]


CASES = {
    "the same": (list(EARLIER), "1<1 verbatim one"),
    "other width": (_with(2, "水库放水前两小时用广播通知下游村庄,值班电话贴在闸房门口。"), "2<2 verbatim one"),
    "another level": (_with(1, "公布县级预算、决算和“三公”经费，说明增减原因。"), "1<1 edited one"),
    "a clause more": (_with(5, "行政复议决定书除依法不公开的以外，二十日内上网，并附裁判要旨。"), "5<5 edited one"),
    "worded anew": (_with(3, "学生吃什么、食材从哪里来，食堂每周都要公布，并请家长进后厨。"), "3<3 rewritten one"),
    "broken down": (_with(4, "老旧小区加装电梯的补贴标准贴进楼道。", "加装电梯的申请材料缩减到三样。"), "5<4 edited broken_down"),
    "merged": ([*EARLIER[:6], EARLIER[6] + EARLIER[7]], "7<8 edited merged"),
}


@pytest.mark.parametrize(("texts", "expected"), CASES.values(), ids=CASES)
@pytest.mark.parametrize("facts", [True, False], ids=["with units and headings", "words alone"])
def test_what_became_of_a_task(texts: list[str], expected: str, facts: bool) -> None:
    assert expected in _said(_compare(texts, facts=facts))


def test_new_and_dropped_are_what_no_link_reaches() -> None:
    found = _compare(_with(8, "举办龙舟赛，赛程和封路安排登报。"), facts=False)
    assert (found.new, found.dropped) == (("b/8",), ("a/8",))


def test_a_common_closing_links_nothing() -> None:
    closing = "，压实工作责任。"
    earlier = _plan("a", [*EARLIER[:7], f"夜市摊位编号{closing}"], facts=False)
    later = _plan("b", [*EARLIER[:7], f"举办龙舟赛{closing}"], facts=False)
    found = compare(Pairing(later=later, earlier=earlier, axis="year"))
    assert found.new == ("b/8",)


@pytest.mark.parametrize(("later", "earlier"), [(0, 3), (3, 0), (0, 0)])
def test_a_plan_without_tasks_has_no_links(later: int, earlier: int) -> None:
    found = compare(Pairing(later=_plan("b", EARLIER[:later]), earlier=_plan("a", EARLIER[:earlier]), axis="level"))
    assert (len(found.links), len(found.new), len(found.dropped)) == (0, later, earlier)


@pytest.mark.parametrize("count", [1, 2])
def test_even_the_smallest_plans_are_linked(count: int) -> None:
    found = compare(Pairing(later=_plan("b", EARLIER[:count]), earlier=_plan("a", EARLIER[:count]), axis="ledger"))
    assert [one.band for one in found.links] == ["verbatim"] * count


def test_every_link_carries_its_grounds() -> None:
    for link in _compare(list(EARLIER)).links:
        assert 0 <= link.score <= 1
        assert all(0 <= part <= 1 for part in link.parts.values())


def test_the_order_of_a_shuffled_plan_changes_no_verbatim_link() -> None:
    later = list(_plan("b", EARLIER).tasks)
    random.Random(3).shuffle(later)
    moved = LinkPlan(iri="b", title="b", tasks=tuple(replace(task, order=order) for order, task in enumerate(later, 1)))
    found = compare(Pairing(later=moved, earlier=_plan("a", EARLIER), axis="year"))
    assert {(one.later[2:], one.earlier[2:]) for one in found.links} == {(str(order), str(order)) for order in range(1, 9)}


def test_many_pairs_are_compared_as_each_alone() -> None:
    plans = [_plan(name, EARLIER[start:]) for start, name in enumerate("abcde")]
    pairings = [Pairing(later=one, earlier=other, axis="sibling") for one in plans for other in plans if one is not other]
    assert list(compare_many(pairings)) == [compare(one) for one in pairings]


def test_trouble_in_one_comparison_is_told() -> None:
    wrong = Pairing(later=_plan("b", [None]), earlier=_plan("a", EARLIER), axis="year")  # type: ignore[list-item]
    with pytest.raises(ZhengpuError, match="比对计划时出错"):
        list(compare_many([wrong]))
