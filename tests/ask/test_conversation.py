"""Conversations: what a question takes over from those before, answered or not, and what it must not."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.store import Store
from queries.ask import Answer, Asker


def _last(questions: str, asker: Asker) -> Answer:
    *_, last = asker.converse(questions.split(" / "), loosely=True)
    return last


@pytest.mark.parametrize(
    ("questions", "units", "role"),
    [
        ("区财政局2021年牵头哪些任务 / 换成民政局呢", {"澄湖区民政局"}, "lead"),
        ("区财政局2021年牵头哪些任务 / 换成青岚县呢", {"青岚县财政局"}, "lead"),
        ("区民政局2021年的电话是多少 / 牵头的有哪些", {"澄湖区民政局"}, "lead"),
        ("区民政局2021年牵头哪些任务 / 不牵头、只是配合的呢", {"澄湖区民政局"}, "other"),
        ("区民政局2021年牵头哪些任务 / 它配合的呢", {"澄湖区民政局"}, "support"),
        ("区民政局2021年牵头哪些任务 / 沾边的呢", {"澄湖区民政局"}, ""),
        ("区民政局2021年牵头哪些任务 / 那财政局呢，牵头的跟参与的都要", {"澄湖区财政局"}, ""),
        ("澄湖区2022年年底前到期的有哪些 / 其中民政局的", {"澄湖区民政局"}, ""),
        ("柳塘镇在澄湖区2021年的方案里摊上几项", {"澄湖区各镇（街道）"}, ""),
        ("柳塘镇在澄湖区2021年的方案里担着哪些任务，点名的和“各镇（街道）”捎带上的", {"澄湖区各镇（街道）"}, ""),
        ("区财政局2021年列在首位的任务有哪些", {"澄湖区财政局"}, "first"),
    ],
)
def test_the_units_and_the_role_that_are_meant(questions: str, units: set[str], role: str, asker: Asker) -> None:
    answer = _last(questions, asker)
    assert answer.meaning, answer.declined
    assert not answer.declined
    assert {owed.unit.label for owed in answer.meaning.units} == units
    assert {owed.role for owed in answer.meaning.units} == {role}


@pytest.mark.parametrize(
    "questions",
    [
        "区财政局2021年牵头哪些任务 / 除了民政局呢",
        "区民政局的电话是多少 / 那财政局呢",
        "湖州市2021年有哪些任务 / 牵头的有哪些",
        "区民政局牵头的任务完成得怎么样 / 其中6月底前的呢",
        "区民政局的电话是多少 / 二季度进展怎么样了",
        "2021年牵头的有哪些",
        "区财政局2021年有哪些任务 / 其中它独家牵头的是哪些",
        "澄湖区2024年有哪些任务 / 2019年呢",
        "那财政局呢",
    ],
)
def test_what_is_not_known_to_be_meant_is_declined(questions: str, asker: Asker) -> None:
    answer = _last(questions, asker)
    assert answer.declined or answer.choices
    assert not answer.rows


def test_tasks_before_are_narrowed(asker: Asker) -> None:
    due, *_, last = asker.converse(["澄湖区2022年年底前到期的有哪些", "里面民政局有份的是哪几项"], loosely=True)
    told, narrowed = {row["task"] for row in due.rows}, {row["task"] for row in last.rows}
    assert narrowed
    assert narrowed < told


def test_what_was_read_of_a_question_is_said_though_it_is_declined(asker: Asker) -> None:
    assert "澄湖区民政局" in asker.ask("区民政局的电话是多少").understood


def test_a_count_by_role_adds_up(asker: Asker) -> None:
    answer = asker.ask("请按角色统计区财政局2024年的任务")
    direct = {row["task"] for row in answer.rows if not row.get("through")}
    assert sum(int("".join(filter(str.isdecimal, one))) for one in answer.value.split("、")) >= len(direct) > 0


@pytest.fixture(scope="module")
def later(sample_store: Store) -> Asker:
    """One who answers in a year of which the store has no plan."""
    return Asker(sample_store, today=dt.date(2031, 6, 1))


def test_this_year_is_the_latest_of_the_place_that_is_named(later: Asker) -> None:
    answer = later.ask("澄湖区今年有哪些任务")
    assert {row["year"] for row in answer.rows} == {2024}
    assert "库中没有2031年的计划" in answer.understood


def test_this_year_of_nowhere_is_asked_back(later: Asker) -> None:
    answer = later.ask("今年老旧小区改造由谁负责")
    assert len(answer.choices) > 1
    assert all(later.ask(choice.question).rows for choice in answer.choices)


def test_another_year_is_not_taken_for_the_latest(later: Asker) -> None:
    assert later.ask("澄湖区去年有哪些任务").declined
