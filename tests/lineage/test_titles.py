"""What a title says of its plan: the lists in series.toml, and what else is read from it."""

from __future__ import annotations

from itertools import combinations

import pytest

from kg.lineage.titles import to_topic
from kg.rules import load_data

OWN, ABOVE = ("澄湖区", "澄湖县"), ("云溪市", "东陵省")
SAME = [pytest.param(row["titles"], id=row["titles"][0]) for row in load_data("series")["same"]]
OTHER = [pytest.param(row["titles"], id=row["titles"][0]) for row in load_data("series")["other"]]


def subject(title: str) -> str:
    return to_topic(title, OWN, ABOVE).subject


@pytest.mark.parametrize("titles", SAME)
def test_titles_on_one_subject(titles: list[str]) -> None:
    assert len({subject(title) for title in titles}) == 1


@pytest.mark.parametrize("titles", OTHER)
def test_titles_on_different_subjects(titles: list[str]) -> None:
    assert [pair for pair in combinations(titles, 2) if subject(pair[0]) == subject(pair[1])] == []


@pytest.mark.parametrize(
    ("title", "rank", "lasting", "upper", "years"),
    [
        pytest.param("澄湖区2022年政务公开工作要点", 0, False, False, None, id="a plan"),
        pytest.param("澄湖区2022年政务公开任务分解表", 1, False, False, None, id="a breakdown"),
        pytest.param("澄湖区2022年政务公开工作台账（区直部门）", 2, False, False, None, id="a ledger"),
        pytest.param("澄湖区落实云溪市2022年政务公开任务工作台账", 2, False, True, None, id="carries out what the city asks"),
        pytest.param("澄湖区落实2022年政务公开任务工作台账", 2, False, False, None, id="names no place above"),
        pytest.param("关于加快发展体育产业的指导意见", 0, True, False, None, id="a policy"),
        pytest.param("关于做好2021年政务公开工作的通知", 0, False, False, None, id="a notice for one year"),
        pytest.param("机器人产业发展实施方案（2024—2027年）", 0, False, False, (2024, 2027), id="for several years"),
    ],
)
def test_what_else_a_title_says(title: str, rank: int, lasting: bool, upper: bool, years: tuple[int, int] | None) -> None:
    topic = to_topic(title, OWN, ABOVE)
    assert (topic.rank, topic.lasting, topic.upper, topic.years) == (rank, lasting, upper, years)


@pytest.mark.parametrize("title", ["", "附件", "任务分解表", "关于", "《》", "2021年", "的的的"])
def test_a_title_that_says_nothing_has_a_topic(title: str) -> None:
    assert len(subject(title)) <= len(title)
