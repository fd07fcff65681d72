"""Stock queries 现成查询: the questions that are asked again and again, each one file of SPARQL with typed parameters.

`catalogue` reads the files, `terms` and `binding` put values into them, `names` finds what a name means.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from kg.errors import QueryError
from kg.store import Store
from ontology import prefixes
from queries.binding import bind, check_values
from queries.catalogue import Parameter, StockQuery, load_library
from queries.names import Candidate, resolve_name, the_one

__all__ = ["Candidate", "Parameter", "StockQuery", "bind", "find_query", "load_library", "prepare", "resolve_name", "run", "the_one"]


def find_query(name: str) -> StockQuery:
    """The stock query of that name; an error that names those like it."""
    query = load_library().get(name)
    if query is None:
        near = get_close_matches(name, load_library(), n=3, cutoff=0.4)
        zh = f"没有叫“{name}”的现成查询" + (f"，相近的有 {'、'.join(near)}" if near else "")
        raise QueryError(f"{zh}；用 zhengpu queries 列出全部", f"no stock query is called {name!r}; zhengpu queries lists them all")
    return query


def prepare(store: Store, name: str, values: Mapping[str, str]) -> str:
    """The text of a stock query with values for its parameters; a name given for an IRI is looked up in the store."""
    query = find_query(name)
    given = check_values(query, values)
    place = given.get("place", "")
    if place:
        given["place"] = place = the_one(resolve_name(store, "place", place), "place", place)
    for parameter in query.parameters:
        if parameter.type == "iri" and parameter.name != "place" and parameter.name in given:
            text = given[parameter.name]
            given[parameter.name] = the_one(resolve_name(store, parameter.kind, text, place=place), parameter.kind, text)
    return bind(query, given)


def run(store: Store, name: str, values: Mapping[str, str], form: str) -> bytes:
    """The answer of a stock query, as the store itself writes it: json, csv, tsv or xml."""
    return store.query(prepare(store, name, values), form, prefixes())
