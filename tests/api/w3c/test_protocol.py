"""The W3C's tests of the SPARQL Protocol, the Graph Store Protocol and the service description, against a running server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import httpx
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.namespace import RDF
from rdflib.term import Node, URIRef

from tests.api.serving import Served, make_store, serving
from tests.api.w3c.manifests import CNT, HT, LABEL, MF, UT, Case, needs_suites, read_cases, to_path

pytestmark = needs_suites
PROTOCOL = read_cases("protocol/manifest.ttl")
STORE = read_cases("graph-store-protocol/manifest.ttl")
DESCRIPTION = read_cases("service-description/manifest.ttl")
_TABLES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
_GRAPHS = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")
_SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(make_store(tmp_path_factory.mktemp("w3c") / "store")) as server:
        yield server


@pytest.fixture
def empty(served: Served) -> Iterator[httpx.Client]:
    """A client that may write, of a server whose store is empty."""
    with served.client(token=True) as client:
        assert client.post("/sparql", data={"update": "DROP ALL"}).status_code == 204
        yield client


@pytest.mark.parametrize("case", PROTOCOL, ids=str)
def test_sparql_protocol(case: Case, empty: httpx.Client) -> None:
    for data in case.graph.objects(case.node, UT["graphData"]):
        graph, name = to_path(case.value(data, UT["graph"])), case.text(data, LABEL)
        headers = {"Content-Type": "application/n-triples"}
        empty.put("/graphs", params={"graph": name}, content=graph.read_bytes(), headers=headers).raise_for_status()
    _run(case, empty, "/sparql/", "/sparql/")


@pytest.mark.parametrize("case", STORE, ids=str)
def test_graph_store_protocol(case: Case, empty: httpx.Client) -> None:
    _run(case, empty, "/gsp", "/graphs")


def _run(case: Case, client: httpx.Client, theirs: str, ours: str) -> None:
    """Send each request of a test in turn and look at each answer."""
    known: dict[str, str] = {}
    action = case.value(case.node, MF["action"])
    assert action is not None
    for request in case.items(case.value(action, HT["requests"])):
        path = case.text(request, HT["absolutePath"])
        for name, value in known.items():
            path = path.replace(name, value)
        answer = _send(case, request, client, ours + path.removeprefix(theirs))
        expected = case.value(request, HT["resp"])
        assert expected is not None
        _check(case, expected, answer, known)


def _send(case: Case, request: Node, client: httpx.Client, path: str) -> httpx.Response:
    headers = _headers(case, request)
    body = _body(case, request)
    charset = re.search(r"charset=([\w-]+)", headers.get("content-type", ""))
    content = None if body is None else body.encode(charset[1] if charset else "utf-8")
    url = str(client.base_url).rstrip("/") + path
    return client.send(client.build_request(case.text(request, HT["methodName"]), httpx.URL(url), headers=headers, content=content))


def _headers(case: Case, message: Node) -> dict[str, str]:
    fields = case.items(case.value(message, HT["headers"]))
    return {case.text(each, HT["fieldName"]).lower(): case.text(each, HT["fieldValue"]) for each in fields}


def _body(case: Case, message: Node) -> str | None:
    body = case.value(message, HT["body"])
    return None if body is None else case.text(body, CNT["chars"])


def _check(case: Case, expected: Node, answer: httpx.Response, known: dict[str, str]) -> None:
    statuses = {str(each).rpartition("#")[2] for each in case.graph.objects(expected, MF["expectedStatus"])}
    assert not statuses or any(_fits(each, answer.status_code) for each in statuses), (answer.status_code, statuses, answer.text)
    location = case.text(expected, MF["expectedLocation"])
    if location:
        known[location] = quote(answer.headers["location"], safe="")
    media = answer.headers.get("content-type", "").partition(";")[0]
    wanted = _headers(case, expected).get("content-type")
    if wanted:
        assert answer.headers["content-type"] == wanted
    form = case.text(expected, MF["expectedFormat"])
    if form == "boolean":
        assert media in _TABLES[:2]
        truth = case.text(expected, MF["expectedBoolean"], "true")
        assert str(answer.json()["boolean"]).lower() == truth
    elif form == "tabular":
        assert media in _TABLES
    elif form == "RDF":
        assert media in _GRAPHS
    body = _body(case, expected)
    if body is not None:
        base = str(answer.request.url)
        assert isomorphic(Graph().parse(data=answer.text, publicID=base), Graph().parse(data=body, publicID=base))


def _fits(name: str, status: int) -> bool:
    known = {"Created": 201, "OK": 200, "NoContent": 204, "NotFound": 404}
    return status == known[name] if name in known else f"StatusCode{status // 100}xx" == name


@pytest.mark.parametrize("case", DESCRIPTION, ids=str)
def test_service_description(case: Case, served: Served) -> None:
    with served.client() as client:
        answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert answer.headers["content-type"].startswith("text/turtle")
    graph = Graph().parse(data=answer.text, publicID=served.url)
    services = list(graph.subjects(RDF["type"], URIRef(_SD + "Service")))
    if case.name.endswith("has-endpoint-triple"):
        assert (services[0], URIRef(_SD + "endpoint"), URIRef(f"{served.url}/sparql")) in graph
    elif case.name.endswith("conforms-to-schema"):
        _conforms(graph, services)
    else:
        assert len(graph)


def _conforms(graph: Graph, services: list[Node]) -> None:
    """What the schema of the vocabulary asks for: one service with one endpoint, and everything of its own kind."""
    assert len(services) == 1
    assert len(list(graph.objects(services[0], URIRef(_SD + "endpoint")))) == 1
    for dataset in graph.objects(services[0], URIRef(_SD + "defaultDataset")):
        assert (dataset, RDF["type"], URIRef(_SD + "Dataset")) in graph
        for default in graph.objects(dataset, URIRef(_SD + "defaultGraph")):
            assert (default, RDF["type"], URIRef(_SD + "Graph")) in graph
        for named in graph.objects(dataset, URIRef(_SD + "namedGraph")):
            assert (named, RDF["type"], URIRef(_SD + "NamedGraph")) in graph
            assert len(list(graph.objects(named, URIRef(_SD + "name")))) == 1


def test_all_suites_were_read() -> None:
    assert (len(PROTOCOL), len(STORE), len(DESCRIPTION)) == (34, 13, 3)
