"""Whatever stands in a text is found: against an oracle that looks through every text.

Words are stretches of the texts, drawn at random, also across the borders of words: 办公安排 has 公安 in it. Such a hit
comes behind those where the word stands by itself, but it comes.
"""

from __future__ import annotations

import random

import pytest

from kg.ids import Ids
from kg.search import Search
from kg.search.entry import Entry
from kg.search.reading import Reader, read_sources
from kg.search.words import says_something, to_searched
from kg.store import Store


@pytest.fixture(scope="module")
def texts(sample_store: Store) -> dict[str, str]:
    """All that can be searched, by IRI."""
    reader = Reader(sample_store)
    plans = {plan for source in read_sources(sample_store, Ids.configured()).values() for plan in source.plans}
    entries = [*reader.units.values(), *reader.instruments(), *reader.plans(plans)]
    return {entry.iri: _searched(entry) for entry in entries}


def _searched(entry: Entry) -> str:
    return "\n".join(map(to_searched, (*entry.names, entry.text, *entry.about)))


def _drawn(texts: dict[str, str], size: int, count: int) -> list[str]:
    chance = random.Random(size)
    lines = [line for text in texts.values() for line in text.split("\n") if len(line) >= size]
    found: dict[str, None] = {}
    while len(found) < count:
        line = chance.choice(lines)
        start = chance.randrange(len(line) - size + 1)
        word = line[start : start + size]
        if says_something(word) and '"' not in word and "“" not in word and "”" not in word:
            found[word] = None
    return list(found)


def _found(samples: Search, words: str) -> set[str]:
    pages = [samples.page(words, limit=200, facets=False)]
    for number in range(2, pages[0].total // 200 + 2):
        pages.append(samples.page(words, limit=200, page=number, facets=False))
    return {hit.iri for page in pages for hit in page.hits}


@pytest.mark.parametrize(("size", "count"), [(1, 40), (2, 200), (3, 100), (4, 100), (7, 40)])
def test_a_phrase_finds_just_what_has_it(samples: Search, texts: dict[str, str], size: int, count: int) -> None:
    for word in _drawn(texts, size, count):
        assert _found(samples, f"“{word}”") == {iri for iri, text in texts.items() if word in text}, word


@pytest.mark.parametrize(("size", "count"), [(1, 20), (2, 200), (3, 60), (4, 60), (7, 30)])
def test_words_find_all_that_have_them(samples: Search, texts: dict[str, str], size: int, count: int) -> None:
    for word in _drawn(texts, size, count):
        if "-" in word or "〔" in word:
            continue  # signs of ours: excluded words and numbers
        assert _found(samples, word) >= {iri for iri, text in texts.items() if word in text}, word
