"""The tables of the search say what their examples show, and not what their near misses show."""

from __future__ import annotations

from itertools import pairwise

import pytest

from kg.graph.searched import RELATIONS
from kg.search.data import load_table
from kg.search.facets import KIND_LABELS, RELATION_LABELS
from kg.search.lexicon import Lexicon
from kg.search.model import KINDS
from kg.search.slips import guess
from kg.search.understand import everyday
from kg.search.words import cut_query, domain_words, to_searched

EVERYDAY = load_table("everyday")
NEAR = [(word, near) for word, entry in EVERYDAY.items() for near in entry.get("near_misses", ())]


def test_there_are_enough_everyday_words() -> None:
    assert len(EVERYDAY) >= 120
    assert len(NEAR) >= 20


@pytest.mark.parametrize("word", EVERYDAY)
def test_an_everyday_word_is_cut_as_one(word: str) -> None:
    assert cut_query(to_searched(word)) == [to_searched(word)]
    assert to_searched(word) not in everyday()[to_searched(word)]


@pytest.mark.parametrize(("word", "near"), NEAR)
def test_a_near_miss_is_no_everyday_word(word: str, near: str) -> None:
    assert to_searched(word) in near
    assert to_searched(word) not in cut_query(to_searched(near))


@pytest.mark.parametrize("pair", load_table("traditional")["examples"])
def test_traditional_characters_are_read(pair: str) -> None:
    old, new = pair.split()
    assert old != new
    assert to_searched(old) == new


@pytest.mark.parametrize("pair", load_table("traditional")["near_misses"])
def test_other_characters_stay(pair: str) -> None:
    old, new = pair.split()
    assert to_searched(old) == new


def test_the_two_halves_of_the_table_fit() -> None:
    table = load_table("traditional")
    old, new = (table[name].replace("\n", "") for name in ("traditional", "simplified"))
    assert len(old) == len(new) == len(set(old))
    assert all(first < second for first, second in pairwise(old))


@pytest.mark.parametrize("pair", load_table("shapes")["examples"])
def test_shapes_that_are_mistaken(pair: str) -> None:
    wrong, right = pair.split()
    found = guess(wrong, Lexicon({right: 1}, ()))
    assert [(one.word, one.slip) for one in found] == [(right, "shape")]


@pytest.mark.parametrize("pair", load_table("shapes")["near_misses"])
def test_shapes_that_are_not(pair: str) -> None:
    wrong, right = pair.split()
    assert not [one for one in guess(wrong, Lexicon({right: 1}, ())) if one.slip == "shape"]


@pytest.mark.parametrize("word", load_table("terms")["examples"])
def test_terms_are_cut_as_one(word: str) -> None:
    assert cut_query(word) == [word]


@pytest.mark.parametrize("word", load_table("terms")["near_misses"])
def test_others_are_no_terms(word: str) -> None:
    assert word not in domain_words()


def test_every_kind_and_relation_has_a_name() -> None:
    assert set(KIND_LABELS) == set(KINDS)
    assert set(RELATION_LABELS) == set(RELATIONS)
