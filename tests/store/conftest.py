"""The stores that one suite is run against: in memory, on disk, and behind two real servers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.store import Parcel, Store, open_store
from tests.store import servers

KINDS = ("memory", "disk", "virtuoso", "fuseki")


@pytest.fixture(scope="session")
def virtuoso_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        yield url


@pytest.fixture(scope="session")
def fuseki_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with servers.fuseki(tmp_path_factory.mktemp("fuseki")) as url:
        yield url


def address(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    """Where a store of this kind is; a server is started when it is first needed."""
    if kind == "virtuoso":
        return str(request.getfixturevalue("virtuoso_url")).replace("http://", "http://dba:dba@")
    if kind == "fuseki":
        return f"{request.getfixturevalue('fuseki_url')}/ds"
    return "memory" if kind == "memory" else str(folder / "data")


@pytest.fixture(params=KINDS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    with open_store(address(request.param, request, tmp_path), create=True) as opened:
        opened.apply(Parcel(drop=tuple(opened.graphs())))
        yield opened
