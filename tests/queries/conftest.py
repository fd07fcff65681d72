"""The samples with what the rules derive from them, their lineage and their totals."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.changes import EVERYTHING
from kg.counts import count
from kg.derive import derive
from kg.ids import Ids
from kg.lineage import link
from kg.store import Parcel, Store, open_store


@pytest.fixture(scope="session")
def derived_store(sample_store: Store) -> Iterator[Store]:
    """A copy of the store with the samples, as it stands after every ingestion by command; not to be changed."""
    with open_store("memory") as store:
        for graph in sample_store.graphs():
            store.apply(Parcel(add={graph: sample_store.graph(graph)}))
        derive(store, Ids.configured())
        link(store, Ids.configured(), EVERYTHING)
        count(store, Ids.configured())
        yield store
