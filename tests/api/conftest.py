"""A server with something to ask, for all tests that do not change it."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.api.hostile import GRAPH, lines
from tests.api.sampled import sampled_store
from tests.api.serving import Served, make_store, serving
from tests.api.uploads import BROKEN, Uploaded, follow, sent
from tests.conftest import PLACES

LIMIT = 2  # seconds


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with short limits on a store that only tests with a token of their own change."""
    store = make_store(tmp_path_factory.mktemp("served") / "store", {GRAPH: lines()})
    with serving(store, timeout=LIMIT, timeout_ceiling=20, memory=128, slow_client=2, query_size=400_000, body=1) as server:
        yield server


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with served.client() as client:
        yield client


@pytest.fixture
def writer(served: Served) -> Iterator[httpx.Client]:
    """A client with a token."""
    with served.client(token=True) as client:
        yield client


@pytest.fixture(scope="session")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on some of the samples and on nodes that are awkward to show; not to be changed."""
    with serving(sampled_store(tmp_path_factory.mktemp("sampled") / "store"), workers=2, catch_up=False) as server:
        yield server


@pytest.fixture
def reader(sampled: Served) -> Iterator[httpx.Client]:
    with sampled.client() as client:
        yield client


@pytest.fixture(scope="session")
def uploaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Uploaded]:
    """A server whose store was filled by an upload: some samples, a broken one among them, and one name twice. Not to be changed."""
    store = make_store(tmp_path_factory.mktemp("uploaded") / "store")
    with serving(store, places=PLACES, workers=2) as server, server.client(token=True) as client:
        job = client.post("/api/ingestions", files=sent(BROKEN)).json()
        events = list(follow(client, job["id"]))
        yield Uploaded(server, client.get(f"/api/ingestions/{job['id']}").json(), events)


@pytest.fixture
def asker(uploaded: Uploaded) -> Iterator[httpx.Client]:
    """A client without a token of the server that was filled by an upload."""
    with uploaded.server.client() as client:
        yield client
