"""Words that are passed over: the data prove themselves, and what changes a question never goes."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from queries.ask import Asker
from queries.ask.passing import left_out, speaks_little, without_speaker

TABLE = tomllib.loads(resources.files("queries.ask").joinpath("passing.toml").read_text("utf-8"))
CLOSED = [(name, question) for name, each in TABLE["closed"].items() for question in each["examples"]]


@pytest.mark.parametrize("question", TABLE["spoken"]["examples"])
def test_spoken_scaffolding_is_passed_over_and_said_to_be(question: str, asker: Asker) -> None:
    answer = asker.ask(question)
    assert "略过" in answer.understood, answer.declined
    assert answer.query


@pytest.mark.parametrize("question", TABLE["spoken"]["near_misses"])
def test_what_says_which_tasks_is_not(question: str, asker: Asker) -> None:
    assert "略过" not in asker.ask(question).understood


@pytest.mark.parametrize(("name", "question"), CLOSED, ids=[name for name, _ in CLOSED])
def test_a_word_that_changes_the_question_is_not(name: str, question: str, asker: Asker) -> None:
    answer = asker.ask(question)
    assert "略过" not in answer.understood
    assert not any(word in answer.understood.partition("略过")[2] for word in TABLE["closed"][name]["words"])


@pytest.mark.parametrize(
    "question",
    [
        "澄湖区2021年哪些任务只有一个单位负责",
        "区财政局2021年搞砸的事有哪些",
        "区财政局2021年卖掉哪些房子",
        "澄湖区2021年预算公开全都由区财政局负责吗",
    ],
    ids=["only", "which", "another object", "whether"],
)
def test_another_question_is_not_answered(question: str, asker: Asker) -> None:
    answer = asker.ask(question)
    assert "略过" not in answer.understood


@pytest.mark.parametrize("column", TABLE["columns"]["examples"])
def test_a_column_that_no_graph_holds_is_named(column: str, asker: Asker) -> None:
    assert left_out(column) in asker.ask(column).declined


@pytest.mark.parametrize(("word", "little"), [("而是", True), ("压根儿", True), ("房子", False), ("最", False), ("除了", False)])
def test_words_that_carry_no_matter(word: str, little: bool) -> None:
    assert speaks_little(word) is little


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        ("我是云泽市政府办的，澄湖区2021年有哪些任务", "澄湖区2021年有哪些任务"),
        ("我在区财政局上班，2021年我们要做什么", ""),
        ("澄湖区2021年有哪些任务", ""),
    ],
    ids=["who speaks is left out", "the rest speaks of them", "nobody speaks"],
)
def test_who_asks_is_left_out_where_the_rest_is_a_question(question: str, rest: str) -> None:
    assert without_speaker(question) == rest
