"""Which tasks speak of a matter, by reading every text and by asking a search index."""

from __future__ import annotations

import pytest

from kg.cli.ask import _SearchIndex
from kg.ids import Ids
from kg.search import open_search
from kg.store import Store
from queries.ask import IndexFinder, Matter
from queries.ask.finder import HEADING, LITERAL, TextFinder

MATTERS = [(("老旧", "小区", "改造"),), (("政策", "解读"),), (("预算",), ("公开",)), (("低保",),), (("元宇宙",),)]


@pytest.fixture(scope="module")
def finder(sample_store: Store) -> TextFinder:
    return TextFinder(sample_store)


@pytest.mark.parametrize("phrases", MATTERS, ids=str)
def test_an_index_finds_what_reading_finds(phrases: tuple[tuple[str, ...], ...], finder: TextFinder, sample_store: Store) -> None:
    index = IndexFinder(sample_store, _SearchIndex(open_search(sample_store, Ids.configured()).engine()))
    matter = Matter(phrases=phrases)
    assert list(index.find(matter)) == list(finder.find(matter))
    assert index.knows("".join(phrases[0])) == finder.knows("".join(phrases[0]))


def test_the_words_as_they_stand_come_first(finder: TextFinder) -> None:
    hits = finder.find(Matter(phrases=(("政策", "解读"),)))
    assert hits[0].score == LITERAL
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert min(hit.score for hit in hits) >= HEADING


def test_all_words_must_be_there(finder: TextFinder) -> None:
    assert finder.find(Matter(phrases=(("预算",),)))
    assert not finder.find(Matter(phrases=(("预算", "元宇宙"),)))
