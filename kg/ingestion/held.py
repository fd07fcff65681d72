"""What a store holds of documents: found, listed, withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from kg.graph.catalogue import Stored, documents_query, orphans_query, to_stored
from kg.ids import Ids
from kg.store import Parcel, Store
from kg.store.rows import select_strings


def withdraw(store: Store, ids: Ids, documents: Iterable[Stored]) -> None:
    """Take documents out of the store, each with all that it said."""
    catalogue = ids.graph("catalogue")
    for one in documents:
        store.apply(Parcel(drop=(one.graph,), forget=((catalogue, one.graph), (catalogue, one.reading))))
    while orphans := [row["one"] for row in select_strings(store, orphans_query(ids))]:
        store.apply(Parcel(forget=tuple((ids.graph("identities"), one) for one in orphans)))


def find_stored(store: Store, ids: Ids, name: str) -> list[Stored]:
    """The documents that a user may mean: by the file's bytes, its name, or the first characters of its SHA-256."""
    path = Path(name)
    if path.is_file():
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        same = to_stored(select_strings(store, documents_query(ids, graph=ids.graph(sha))))
        if same:
            return same
    if named := to_stored(select_strings(store, documents_query(ids, file=path.name))):
        return named
    short = name.lower()
    return [one for one in list_stored(store, ids) if len(short) >= 6 and one.sha256.startswith(short)]


def list_stored(store: Store, ids: Ids) -> list[Stored]:
    """Every document in the store."""
    return to_stored(select_strings(store, documents_query(ids)))
