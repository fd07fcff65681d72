"""Clients that people use, as they use them: each reads, is refused a change without a token, and changes with one."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.error import HTTPError

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore
from SPARQLWrapper import CSV, JSON, N3, POST, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import SPARQLWrapperException

from tests.api.serving import Served
from tests.conformance.suites import NODE_FOLDER, find_node, why_no_node

NAMES = ["市财政局", 'two\nlines, "quoted"']  # what is written and read back
S, P = "http://example.org/单位", "http://example.org/name"
ROWS = "SELECT ?o {{ GRAPH <{graph}> {{ ?s <{p}> ?o }} }} ORDER BY ?o"

Refusals = (HTTPError, SPARQLWrapperException, PermissionError)
needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="没有 curl / no curl")
needs_node = pytest.mark.skipif(bool(why_no_node()), reason=why_no_node())


def select(graph: str) -> str:
    return ROWS.format(graph=graph, p=P)


def insert(graph: str) -> str:
    values = ", ".join(json.dumps(name, ensure_ascii=False) for name in NAMES)
    return f"INSERT DATA {{ GRAPH <{graph}> {{ <{S}> <{P}> {values} }} }}"


# --- each client in the same two operations ------------------------------------------------------------------------


def wrapper_reads(server: Served, query: str) -> list[str]:
    wrapper = SPARQLWrapper(f"{server.url}/sparql", returnFormat=JSON)
    wrapper.setQuery(query)
    return [row["o"]["value"] for row in wrapper.queryAndConvert()["results"]["bindings"]]


def wrapper_writes(server: Served, update: str, token: str) -> None:
    wrapper = SPARQLWrapper(f"{server.url}/sparql")
    wrapper.setMethod(POST)
    if token:
        wrapper.setCredentials("anyone", token)
    wrapper.setQuery(update)
    wrapper.query()


def rdflib_reads(server: Served, query: str) -> list[str]:
    return [str(row[0]) for row in Graph(SPARQLStore(f"{server.url}/sparql")).query(query)]  # type: ignore[index]  # rows of a SELECT


def rdflib_writes(server: Served, update: str, token: str) -> None:
    url = f"{server.url}/sparql"
    SPARQLUpdateStore(url, url, auth=("anyone", token) if token else None, autocommit=True).update(update)


def curl_reads(server: Served, query: str) -> list[str]:
    answer = _curl("-G", f"{server.url}/sparql", "--data-urlencode", f"query={query}", "-H", "Accept: application/sparql-results+json")
    return [row["o"]["value"] for row in json.loads(answer)["results"]["bindings"]]


def curl_writes(server: Served, update: str, token: str) -> None:
    header = ("-H", f"Authorization: Bearer {token}") if token else ()
    _curl(f"{server.url}/sparql", *header, "--data-urlencode", f"update={update}")


def _curl(*arguments: str) -> str:
    done = subprocess.run(["curl", "-sS", "--fail-with-body", *arguments], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise PermissionError(done.stdout)
    return done.stdout


@dataclass(frozen=True, slots=True)
class Client:
    """How a client reads rows of one column, and how it changes the store."""

    reads: Callable[[Served, str], list[str]]
    writes: Callable[[Served, str, str], None]


CLIENTS = [
    pytest.param(Client(wrapper_reads, wrapper_writes), id="SPARQLWrapper"),
    pytest.param(Client(rdflib_reads, rdflib_writes), id="rdflib"),
    pytest.param(Client(curl_reads, curl_writes), id="curl", marks=needs_curl),
]


@pytest.fixture
def graph(served: Served, request: pytest.FixtureRequest) -> Iterator[str]:
    """A graph of its own, which is gone afterwards."""
    name = f"urn:x-test:client:{request.node.callspec.id if hasattr(request.node, 'callspec') else request.node.name}"
    yield name
    with served.client(token=True) as client:
        client.post("/sparql", data={"update": f"DROP SILENT GRAPH <{name}>"}).raise_for_status()


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_reads_and_with_a_token_writes(client: Client, served: Served, graph: str) -> None:
    with pytest.raises(Refusals):
        client.writes(served, insert(graph), "")
    assert client.reads(served, select(graph)) == []
    client.writes(served, insert(graph), served.token)
    assert client.reads(served, select(graph)) == sorted(NAMES)


# --- what is special of one ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV, TURTLE, N3], ids=str)
def test_sparqlwrapper_converts_every_form(form: str, served: Served) -> None:
    graph = form in {TURTLE, N3}
    wrapper = SPARQLWrapper(f"{served.url}/sparql", returnFormat=form)
    wrapper.setQuery("CONSTRUCT WHERE { <urn:n1> ?p ?o }" if graph else "SELECT ?o { <urn:n1> <urn:next> ?o }")
    answer = wrapper.queryAndConvert()
    text = answer.toxml() if form == XML else answer.decode() if isinstance(answer, bytes) else str(answer)
    assert "urn:n2" in text


def test_rdflib_works_on_a_graph_of_the_server(served: Served, graph: str) -> None:
    url = f"{served.url}/sparql"
    store = SPARQLUpdateStore(url, url, auth=("anyone", served.token), autocommit=False)
    ours = Graph(store, URIRef(graph))
    for name in NAMES:
        ours.add((URIRef(S), URIRef(P), Literal(name)))
    store.commit()
    assert sorted(map(str, ours.objects(URIRef(S), URIRef(P)))) == sorted(NAMES)
    assert len(ours) == len(NAMES)
    ours.remove((None, None, Literal(NAMES[0])))
    store.commit()
    assert (URIRef(S), URIRef(P), Literal(NAMES[0])) not in ours
    assert list(ours.query("ASK { ?s ?p ?o }")) == [True]


@needs_node
def test_comunica_reads_and_with_a_token_writes(served: Served, graph: str) -> None:
    """All in one process, as it takes seconds to start."""
    read, write = {"read": select(graph)}, {"write": insert(graph)}
    told = json.dumps({"url": f"{served.url}/sparql", "steps": [write, read, {**write, "token": served.token}, read]})
    command = [find_node() or "node", str(NODE_FOLDER / "comunica.js")]
    done = subprocess.run(command, input=told, capture_output=True, text=True, encoding="utf-8", check=True)
    refused, before, written, after = map(json.loads, done.stdout.splitlines())
    assert "401" in refused["error"]
    assert before == []
    assert written == "done"
    assert [row["o"] for row in after] == sorted(NAMES)


@needs_curl
def test_curl_puts_and_fetches_a_graph(served: Served, graph: str) -> None:
    address, header = f"{served.url}/graphs?graph={graph}", f"Authorization: Bearer {served.token}"
    _curl("-X", "PUT", address, "-H", header, "-H", "Content-Type: text/turtle", "--data-binary", f"<{S}> <{P}> 'a', 'b' .")
    told = Graph().parse(data=_curl(address, "-H", "Accept: application/n-triples", "--compressed"), format="nt")
    assert sorted(map(str, told.objects(URIRef(S), URIRef(P)))) == ["a", "b"]
    _curl("-X", "DELETE", address, "-H", header)
    with pytest.raises(PermissionError):
        _curl(address)
