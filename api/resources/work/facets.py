"""What the facets leave, counted by the index of the search: exact, and quick however much is stored.

What is counted are tasks and statements, in every view: a plan, a unit, a regulation or a place counts as many as hang on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import tantivy

from api.errors import Overloaded
from api.resources.work.listing import to_json
from api.resources.work.search import search_of
from kg.graph.resources.base import FACETS, PREFIXES, Kept
from kg.ids import Ids, code
from kg.search import Filters
from kg.search.engine import SCHEMA, Engine, Query, both, everything
from kg.search.facets import count_facets, count_values, left_by, resolve_filters
from kg.search.model import Facet
from kg.search.query import matching
from kg.store import Store
from kg.store.rows import select_strings

COUNTED = ("task", "statement")
_CODES = {"place", "level", "function"}  # facets that the index keeps by code, and Kept by IRI


def of_kinds(kinds: Sequence[str]) -> tantivy.Query:
    return Query.term_set_query(SCHEMA, "kind", list(kinds))


def to_chosen(kept: Kept) -> dict[str, tuple[str, ...]]:
    """The facets that narrow a list, as the index sorts by them."""
    given = {name: getattr(kept, name) for name in FACETS if getattr(kept, name)}
    return {name: tuple(one.rsplit("/", 1)[-1] for one in values) if name in _CODES else values for name, values in given.items()}


def counted_kinds(kept: Kept) -> tuple[str, ...]:
    return (kept.kind,) if kept.kind in COUNTED else COUNTED


def engine_of(store: Store, ids: Ids) -> Engine:
    """The index of the search, or an error that says how to make one."""
    return search_of(store, ids).engine()


def engine_if_there(store: Store, ids: Ids) -> Engine | None:
    try:
        return engine_of(store, ids)
    except Overloaded:
        return None


def count_matching(engine: Engine, kept: Kept, name: str) -> dict[str, int]:
    """How many of the tasks and statements that the facets leave have each value of a facet; frequent ones first."""
    return dict(count_values(engine, of_kinds(counted_kinds(kept)), name, to_chosen(kept)))


def count_crossed(engine: Engine, kept: Kept, names: Sequence[str]) -> dict[tuple[str, ...], int]:
    """The same for each combination of values."""
    return engine.crossed(left_by(of_kinds(counted_kinds(kept)), to_chosen(kept)), names)


def facets_json(  # noqa: PLR0917
    store: Store, ids: Ids, filters: Mapping[str, Sequence[str]], kinds: Sequence[str], words: str, one: tuple[str, str]
) -> bytes:
    """The facets of what these filters and words leave, with counts; or one facet, `one` its name and words of its values."""
    engine = engine_of(store, ids)
    chosen = resolve_filters(Filters(**{name: tuple(values) for name, values in filters.items() if values}), engine)
    counted = matching(engine, words) if words else everything()
    query = both(counted, of_kinds(kinds)) if kinds else counted
    name, find = one
    found = count_facets(engine, query, chosen, (name,) if name else FACETS, find)
    return to_json({"facets": [_told(store, each) for each in found], "chosen": chosen, "counted": list(kinds)})


def _told(store: Store, facet: Facet) -> dict[str, Any]:
    """A facet with its values; the functions with their English names."""
    told = asdict(facet)
    if facet.name == "function" and told["values"]:
        codes = " ".join(f"<{code('function', value['value'])}>" for value in told["values"])
        named = f'{PREFIXES}SELECT ?of ?en {{ VALUES ?of {{ {codes} }} ?of skos:prefLabel ?en FILTER(LANG(?en) = "en") }}'
        english = {row["of"]: row["en"] for row in select_strings(store, named)}
        told["values"] = [{**value, "en": english.get(code("function", value["value"]))} for value in told["values"]]
    return told
