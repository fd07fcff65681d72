"""The samples, searched."""

from __future__ import annotations

import pytest

from kg.ids import Ids
from kg.search import Search, open_search
from kg.store import Store


@pytest.fixture(scope="session")
def samples(sample_store: Store) -> Search:
    """The search over the samples."""
    return open_search(sample_store, Ids.configured())
