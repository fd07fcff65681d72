"""The samples with all that follows from them, and one who answers questions about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from kg.changes import EVERYTHING
from kg.counts import count
from kg.derive import derive
from kg.ids import Ids
from kg.lineage import link
from kg.store import Parcel, Store, open_store
from queries.ask import Asker


@pytest.fixture(scope="session")
def asked_store(sample_store: Store) -> Iterator[Store]:
    """A copy of the store with the samples, their rules, totals and lineage; not to be changed."""
    with open_store("memory") as store:
        for graph in sample_store.graphs():
            store.apply(Parcel(add={graph: sample_store.graph(graph)}))
        derive(store, Ids.configured())
        count(store, Ids.configured(), EVERYTHING)
        link(store, Ids.configured(), EVERYTHING)
        yield store


@pytest.fixture(scope="session")
def asker(asked_store: Store) -> Asker:
    return Asker(asked_store, today=dt.date(2024, 6, 1))
