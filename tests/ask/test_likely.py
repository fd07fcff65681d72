"""Which task a sentence speaks of."""

from __future__ import annotations

import pytest

from kg.store import Store
from queries.ask.finder import TextFinder
from queries.ask.likely import ENOUGH, Weights, content_words, standing_out


@pytest.fixture(scope="module")
def finder(sample_store: Store) -> TextFinder:
    return TextFinder(sample_store)


def test_words_that_say_which_task() -> None:
    assert content_words("小孩上学的学区划分") == ["上学", "学区划分"]
    assert content_words("孩子") == []


def test_a_rare_word_weighs_more_than_a_common_or_a_light_one(finder: TextFinder) -> None:
    weights = Weights(finder, ["招生", "公开", "饮用水"])
    assert weights.weight["饮用水"] > weights.weight["公开"]
    assert weights.weight["招生"] > weights.weight["公开"]


def test_a_word_that_no_task_holds_weighs_against_all(finder: TextFinder) -> None:
    known, unknown = Weights(finder, ["老旧小区", "改造"]), Weights(finder, ["老旧小区", "元宇宙", "月球"])
    assert max(known.covers().values()) == pytest.approx(1.0)
    assert max(unknown.covers().values(), default=0.0) < ENOUGH


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ({"a": 0.9, "b": 0.6}, ["a"]),
        ({"a": 0.9, "b": 0.88}, ["a", "b"]),
        ({"a": 0.5}, []),
        ({}, []),
    ],
    ids=["clear", "as near", "too far", "none"],
)
def test_what_stands_out(scores: dict[str, float], told: list[str]) -> None:
    assert standing_out(scores, dict.fromkeys(scores, "plan")) == told
