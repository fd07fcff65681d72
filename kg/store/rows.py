"""The rows of an answer as plain strings."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from kg.store.base import Store


def select_strings(store: Store, query: str) -> Iterator[dict[str, str]]:
    """The rows of a SELECT, every value by its words or its IRI; what is not bound is left out."""
    for row in store.select(query):
        yield {name: value.value for name, value in row.items() if not isinstance(value, Triple)}


def select_iris(store: Store, query: str) -> Iterator[tuple[str, ...]]:
    """The rows of a SELECT that binds every variable to an IRI, in the order of its variables; for tens of thousands of rows."""
    for row in store.query(query, "tsv").decode("utf-8").splitlines()[1:]:
        yield tuple(cell[1:-1] for cell in row.split("\t"))
