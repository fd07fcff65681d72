"""An index that is open for asking: what it can count, find and tell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import tantivy

from kg.search.entry import create_schema, told_of
from kg.search.lexicon import Lexicon
from kg.search.model import KINDS
from kg.search.words import cut_apart, says_something

SCHEMA = create_schema()
FIELDS = ("name", "text", "about")
Query = tantivy.Query
Occur = tantivy.Occur


class Engine:
    """One state of an index; it stays the same however the index goes on."""

    def __init__(self, index: tantivy.Index) -> None:
        self.searcher = index.searcher()
        self._counts: dict[str, int] = {}

    @property
    def entries(self) -> int:
        return self.searcher.num_docs

    @cached_property
    def lexicon(self) -> Lexicon:
        """All words and names that the index knows."""
        words: dict[str, int] = {}
        for field in ("name_words", "text_words"):
            for word, count in self.searcher.terms_with_prefix(field, "", filter_query=everything()):
                if count and says_something(word):
                    words[word] = words.get(word, 0) + count
        names = self.searcher.terms_with_prefix("exact", "", filter_query=Query.all_query())
        return Lexicon(words, (name for name, count in names if count))

    def count(self, text: str) -> int:
        """How many entries have these characters one after another, anywhere."""
        if text not in self._counts:
            self._counts[text] = self.count_all(holds(text))
        return self._counts[text]

    def any(self, query: tantivy.Query) -> bool:
        """Whether anything matches."""
        return bool(self.searcher.search(query, 1, count=False).hits)

    def count_all(self, query: tantivy.Query) -> int:
        return _total(self.searcher.search(query, 1))

    def find(self, query: tantivy.Query, limit: int, offset: int) -> tuple[int, list[tuple[float, dict[str, Any]]]]:
        """How many entries match, and what was written of those on one page, best first."""
        result = self.searcher.search(query, limit, offset=offset, weight_by_field="worth")
        found = [(float(score), told_of(self.searcher.doc(address))) for score, address in result.hits]
        return _total(result), sorted(found, key=lambda pair: (-pair[0], pair[1]["iri"]))

    def facets(self, query: tantivy.Query, names: Iterable[str], most: int) -> dict[str, list[tuple[str, int]]]:
        """How many matches have each value of these facets, exactly; at most so many values, frequent ones first."""
        wanted = {name: {"terms": {"field": name, "size": most, "segment_size": ALL}} for name in names}
        if not wanted:
            return {}
        told = self.searcher.aggregate(query, wanted)
        return {name: [(_value(bucket["key"]), bucket["doc_count"]) for bucket in told[name]["buckets"]] for name in wanted}

    def crossed(self, query: tantivy.Query, names: Sequence[str]) -> dict[tuple[str, ...], int]:
        """How many matches have each combination of the values of these facets; what lacks one of them is not counted."""
        wanted: dict[str, Any] = {}
        for name in reversed(names):
            wanted = {name: {"terms": {"field": name, "size": ALL, "segment_size": ALL}, **({"aggs": wanted} if wanted else {})}}
        return dict(_combined(self.searcher.aggregate(query, wanted), names, ()))

    def labels(self, values: Sequence[str]) -> dict[str, str]:
        """The names of units, instruments, places and functions by what facets sort by."""
        if not values:
            return {}
        hits = self.searcher.search(Query.term_set_query(SCHEMA, "iri", list(values)), len(values) * 2).hits
        told = [told_of(self.searcher.doc(address)) for _, address in hits]
        return {one["iri"]: one["label"] for one in told}

    def named(self, query: tantivy.Query, most: int) -> list[tuple[str, str]]:
        """What facets sort by, and its name, of the entries that match."""
        told = [told_of(self.searcher.doc(address)) for _, address in self.searcher.search(query, most).hits]
        return [(one["iri"], one["label"]) for one in told]

    def called(self, name: str) -> list[dict[str, Any]]:
        """What can be found and is called exactly so, in the searched form."""
        query = both(term("exact", name), everything())
        return [told_of(self.searcher.doc(address)) for _, address in self.searcher.search(query, _CALLED, weight_by_field="worth").hits]

    def iris_called(self, name: str, kind: str) -> list[str]:
        """The units, instruments, or places and functions, that are called exactly so: what facets sort by."""
        hits = self.searcher.search(both(term("exact", name), term("kind", kind)), _CALLED).hits
        return [self._iri(self.searcher.doc(address)) for _, address in hits]

    @staticmethod
    def _iri(document: tantivy.Document) -> str:
        return str(told_of(document)["iri"])


_CALLED = 1000  # things of one name
ALL = 65_000  # values of a facet in one segment; the engine's own limit


def _total(result: tantivy.SearchResult) -> int:
    return int(getattr(result, "count"))  # noqa: B009 - which its stub leaves out


def _combined(told: dict[str, Any], names: Sequence[str], before: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    for bucket in told[names[0]]["buckets"]:
        values = (*before, _value(bucket["key"]))
        if len(names) == 1:
            yield values, bucket["doc_count"]
        else:
            yield from _combined(bucket, names[1:], values)


def _value(key: object) -> str:
    return str(int(key)) if isinstance(key, float) else str(key)


# --- what is asked of the engine ----------------------------------------------------------------------------


def term(field: str, value: str) -> tantivy.Query:
    return Query.term_query(SCHEMA, field, value)


def everything() -> tantivy.Query:
    """All that can be found, without the names and documents that only the index itself needs."""
    return Query.term_set_query(SCHEMA, "kind", list(KINDS))


def phrase(field: str, text: str) -> tantivy.Query:
    """The characters one after another. Two are one look-up; one is the first of any pair."""
    if len(text) == 1:
        return Query.regex_query(SCHEMA, field, f"{re.escape(text)}(.|\n)")
    pairs: list[str | tuple[int, str]] = [text[at : at + 2] for at in range(len(text) - 1)]
    return Query.phrase_query(SCHEMA, field, pairs) if len(pairs) > 1 else term(field, text)


def holds(text: str) -> tantivy.Query:
    """The characters one after another in any field, whatever it is worth."""
    return any_of([phrase(field, text) for field in FIELDS])


def both(*queries: tantivy.Query) -> tantivy.Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def any_of(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    return Query.boolean_query([(Occur.Should, query) for query in queries]) if len(queries) > 1 else queries[0]


def worth(query: tantivy.Query, score: float) -> tantivy.Query:
    """The same matches, each with this score: not one that depends on what else is stored, or once was."""
    return Query.const_score_query(query, score)


_WORTH = {"name": (6.0, 4.0), "text": (2.0, 1.0), "about": (0.8, 0.5)}  # as a word of its own; across the borders of words
_BESIDE = 0.2  # what other fields add to the best one


def scored(text: str, weight: float) -> tantivy.Query:
    """The characters one after another; in a title they are worth most, and more as a word than by chance."""
    whole_word = cut_apart(text) == [text]
    ways = []
    for field in FIELDS:
        as_word, anyhow = _WORTH[field]
        sure = as_word if len(text) > 3 and not whole_word else anyhow  # so many characters do not meet by chance
        ways.append(worth(phrase(field, text), sure * weight))
        if whole_word:
            ways.append(worth(term(f"{field}_words", text), as_word * weight))
    return Query.disjunction_max_query(ways, _BESIDE)
