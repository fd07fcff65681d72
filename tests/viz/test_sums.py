"""Too much to look at becomes groups with counts."""

from __future__ import annotations

import pytest

from tests.viz.graphs import star
from viz.pictures.sums import MOST, to_summary


@pytest.mark.parametrize("count", [1, MOST - 1], ids=["small", "just small enough"])
def test_what_can_be_drawn_stays(count: int) -> None:
    graph = star(count)
    assert to_summary(graph) is graph


@pytest.mark.parametrize("count", [MOST, 3000], ids=["one too many", "far too many"])
def test_nothing_is_lost_in_a_summary(count: int) -> None:
    graph = star(count)
    summary = to_summary(graph)
    assert len(summary.things) < 20
    assert sum(len(thing.members) or 1 for thing in summary.things) == count + 1
    assert sum(tie.count for tie in summary.ties) == len(graph.ties)
    assert summary.things[0].key == graph.starts[0], "what the picture is about stays by itself"


def test_a_summary_says_what_it_sums_up() -> None:
    summary = to_summary(star(300))
    assert "301 个事物" in summary.notices[0].zh
    assert "任务按计划和角色" in summary.notices[0].zh
    assert "301 things" in summary.notices[0].en
    labels = [thing.label for thing in summary.things]
    assert "任务 50 · 2021年工作要点 · 牵头" in labels


def test_groups_become_coarser_until_they_are_few() -> None:
    graph = star(900)
    things = [
        thing if thing.kind != "Task" else type(thing)(key=thing.key, kind="Task", label=thing.label, about={"plan": (thing.key,)})
        for thing in graph.things
    ]
    summary = to_summary(type(graph)(title="", subtitle="", things=tuple(things), ties=graph.ties, starts=graph.starts))
    assert [len(thing.members) for thing in summary.things] == [0, 450, 450]
