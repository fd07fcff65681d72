"""The rows of an answer as plain strings."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Triple

from kg.store.base import Store


def select_strings(store: Store, query: str) -> Iterator[dict[str, str]]:
    """The rows of a SELECT, every value by its words or its IRI; what is not bound is left out."""
    for row in store.select(query):
        yield {name: value.value for name, value in row.items() if not isinstance(value, Triple)}
