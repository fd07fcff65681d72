"""One who answers questions about the samples."""

from __future__ import annotations

import datetime as dt

import pytest

from kg.store import Store
from queries.ask import Asker


@pytest.fixture(scope="session")
def asker(sample_store: Store) -> Asker:
    return Asker(sample_store, today=dt.date(2024, 6, 1))
