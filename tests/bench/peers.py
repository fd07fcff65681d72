"""Other servers on the same data, to be measured beside ours: those that are installed here."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import Parcel, open_store
from kg.store.folder import Folder
from tests.store import servers
from tests.store.servers import free_port, running

_GRAPH = "urn:bench"
_MINIMAL = """
import sys, pyoxigraph as ox, uvicorn
from fastapi import FastAPI
from fastapi.responses import Response
store = ox.Store.read_only(sys.argv[1])
app = FastAPI()
@app.get("/sparql")
def sparql(query: str):
    answer = store.query(query, use_default_graph_as_union=True)
    return Response(answer.serialize(format=ox.QueryResultsFormat.JSON), media_type="application/sparql-results+json")
uvicorn.run(app, port=int(sys.argv[2]), log_level="warning", loop=sys.argv[3], http=sys.argv[4])
"""
_RDFLIB = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
data = Dataset(default_union=True)
data.parse(sys.argv[1], format="nt")
uvicorn.run(SparqlEndpoint(graph=data, path="/sparql"), port=int(sys.argv[2]), log_level="warning")
"""


@contextmanager
def minimal(store: Path, loop: str, http: str) -> Iterator[str]:
    """pyoxigraph behind a route of five lines, run by the same server as ours or by the plain one."""
    with _python(_MINIMAL, str(Folder(store).checkpoints()[-1]), loop, http) as url:
        yield url


@contextmanager
def rdflib_endpoint(store: Path) -> Iterator[str]:
    if not find_spec("rdflib_endpoint"):
        pytest.skip("no rdflib-endpoint (pip install rdflib-endpoint)")
    with tempfile.NamedTemporaryFile(suffix=".nt") as file:
        file.write(_lines(store))
        file.flush()
        with _python(_RDFLIB, file.name) as url:
            yield url


@contextmanager
def fuseki(store: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, servers.fuseki(Path(folder)) as url:
        _fill(f"{url}/ds", store)
        yield f"{url}/ds/query"


@contextmanager
def virtuoso(store: Path) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder, servers.virtuoso(Path(folder)) as url:
        _fill(url.replace("http://", "http://dba:dba@"), store)
        yield f"{url}/sparql"


PEERS: Mapping[str, Callable[[Path], AbstractContextManager[str]]] = {
    "minimal route": lambda store: minimal(store, "asyncio", "h11"),
    "minimal route, uvloop": lambda store: minimal(store, "uvloop", "httptools"),
    "rdflib-endpoint": rdflib_endpoint,
    "Fuseki": fuseki,
    "Virtuoso": virtuoso,
}


@contextmanager
def _python(text: str, first: str, *rest: str) -> Iterator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}/sparql"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", text, first, str(port), *rest]
        with running(command, Path(folder), f"{url}?query=ASK%7B%7D"):
            yield url


def _fill(where: str, store: Path) -> None:
    with open_store(where) as other:
        other.apply(Parcel(add={_GRAPH: _lines(store)}))


def _lines(store: Path) -> bytes:
    """All triples of the newest checkpoint."""
    quads = ox.Store.read_only(str(Folder(store).checkpoints()[-1]))
    return b"".join(dict.fromkeys(f"{quad.triple} .\n".encode() for quad in quads))


def available(store: Path) -> Iterator[tuple[str, str]]:
    """The name of each peer, and its address while it runs; or why it is not there."""
    for name, start in PEERS.items():
        try:
            with start(store) as url:
                yield name, url
        except pytest.skip.Exception as reason:
            yield name, f"- {reason}"
