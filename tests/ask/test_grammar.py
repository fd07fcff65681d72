"""The grammar proves itself: each pattern's examples have that pattern, and its near misses have not."""

from __future__ import annotations

import pytest

from queries import load_library
from queries.ask import Asker
from queries.ask.grammar import Pattern, load_grammar

PATTERNS = load_grammar().patterns
EVERY = pytest.mark.parametrize("pattern", PATTERNS, ids=[one.name for one in PATTERNS])


@EVERY
def test_a_pattern_asks_a_stock_query(pattern: Pattern) -> None:
    assert not pattern.query or pattern.query in load_library()


@pytest.mark.parametrize("name", [one.query for one in load_grammar().conditions])
def test_a_condition_asks_a_stock_query(name: str) -> None:
    assert name in load_library()


@pytest.mark.parametrize(("name", "question"), [(one.name, question) for one in PATTERNS for question in one.examples])
def test_an_example_has_its_pattern(name: str, question: str, asker: Asker) -> None:
    answer = asker.ask(question)
    assert answer.meaning, answer.declined or answer.choices
    assert answer.meaning.ask == name


@pytest.mark.parametrize(("name", "question"), [(one.name, question) for one in PATTERNS for question in one.near_misses])
def test_a_near_miss_has_not(name: str, question: str, asker: Asker) -> None:
    answer = asker.ask(question)
    assert answer.meaning is None or answer.meaning.ask != name


def test_what_is_offered_can_be_answered(asker: Asker) -> None:
    for question in ("今天天气怎么样", "区财政局的电话是多少", "2035年计划", "老旧小区改造要花多少钱"):
        offers = asker.ask(question).offers
        assert offers
        for offer in offers:
            assert asker.ask(offer).meaning or asker.ask(offer).choices, offer
