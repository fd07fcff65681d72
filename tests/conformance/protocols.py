"""The W3C's tests of the SPARQL Protocol, the Graph Store Protocol and the service description, against a running server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import httpx
from rdflib import Graph
from rdflib.compare import isomorphic
from rdflib.namespace import RDF
from rdflib.term import Node, URIRef

from tests.api.serving import Served
from tests.conformance.manifests import CNT, HT, LABEL, MF, PROTOCOLS, UT, Case, read_cases, to_path
from tests.conformance.outcomes import Outcome, Ran, by_test

_TABLES = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
_GRAPHS = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")
_STATUSES = {"Created": 201, "OK": 200, "NoContent": 204, "NotFound": 404}
_SD = "http://www.w3.org/ns/sparql-service-description#"


class Failed(Exception):
    """The answer is not what the test wants."""


def run_protocols(server: Served) -> list[Ran]:
    """What came of each suite."""
    return [Ran(suite=suite, server=by_test(_outcomes(server, suite))) for suite in PROTOCOLS]


def _outcomes(server: Served, suite: str) -> Iterator[Outcome]:
    run = {"protocol": _run_protocol, "graph-store": _run_graph_store, "description": _run_description}[suite]
    with server.client(token=True) as client:
        for case in read_cases(PROTOCOLS[suite][1]):
            client.post("/sparql", data={"update": "DROP ALL"}).raise_for_status()
            try:
                run(case, client)
                said = ""
            except (Failed, httpx.HTTPError, ValueError) as error:
                said = f"{type(error).__name__}: {error}"
            yield Outcome(test=str(case.node), passed=not said, said=said)


def _expect(fits: bool, wanted: object, found: object) -> None:
    if not fits:
        raise Failed(f"expected {wanted}, found {found}")


# --- requests one after another -----------------------------------------------------------------------------------


def _run_protocol(case: Case, client: httpx.Client) -> None:
    for data in case.graph.objects(case.node, UT["graphData"]):
        graph, name = to_path(case.value(data, UT["graph"])), case.text(data, LABEL)
        headers = {"Content-Type": "application/n-triples"}
        client.put("/graphs", params={"graph": name}, content=graph.read_bytes(), headers=headers).raise_for_status()
    _run(case, client, "/sparql/", "/sparql/")


def _run_graph_store(case: Case, client: httpx.Client) -> None:
    _run(case, client, "/gsp", "/graphs")


def _run(case: Case, client: httpx.Client, theirs: str, ours: str) -> None:
    """Send each request of a test in turn and look at each answer."""
    known: dict[str, str] = {}
    for request in case.items(_action(case, HT["requests"])):
        path = case.text(request, HT["absolutePath"])
        for name, value in known.items():
            path = path.replace(name, value)
        answer = _send(case, request, client, ours + path.removeprefix(theirs))
        expected = case.value(request, HT["resp"])
        if expected is not None:
            _check(case, expected, answer, known)


def _action(case: Case, predicate: URIRef) -> Node | None:
    action = case.value(case.node, MF["action"])
    return None if action is None else case.value(action, predicate)


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
    _expect(not statuses or any(_fits(each, answer.status_code) for each in statuses), sorted(statuses), answer.status_code)
    if location := case.text(expected, MF["expectedLocation"]):
        known[location] = quote(answer.headers["location"], safe="")
    media = answer.headers.get("content-type", "")
    wanted = _headers(case, expected).get("content-type", media)
    _expect(media == wanted, wanted, media)
    _check_format(case, expected, answer, media.partition(";")[0])
    if (body := _body(case, expected)) is not None:
        base = str(answer.request.url)
        same = isomorphic(Graph().parse(data=answer.text, publicID=base), Graph().parse(data=body, publicID=base))
        _expect(same, body, answer.text)


def _check_format(case: Case, expected: Node, answer: httpx.Response, media: str) -> None:
    form = case.text(expected, MF["expectedFormat"])
    if form == "boolean":
        _expect(media in _TABLES[:2], _TABLES[:2], media)
        truth = case.text(expected, MF["expectedBoolean"], "true")
        found = re.search(r'(?:<boolean>|"boolean"\s*:\s*)(true|false)', answer.text)
        _expect(bool(found) and found[1] == truth, truth, answer.text)  # type: ignore[index]  # it is found
    elif form == "tabular":
        _expect(media in _TABLES, _TABLES, media)
    elif form == "RDF":
        _expect(media in _GRAPHS, _GRAPHS, media)


def _fits(name: str, status: int) -> bool:
    return status == _STATUSES[name] if name in _STATUSES else f"StatusCode{status // 100}xx" == name


# --- the service description ----------------------------------------------------------------------------------------


def _run_description(case: Case, client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "text/turtle"})
    media = answer.headers["content-type"]
    _expect(media.startswith("text/turtle"), "text/turtle", media)
    graph = Graph().parse(data=answer.text, publicID=str(answer.request.url))
    services = list(graph.subjects(RDF["type"], URIRef(_SD + "Service")))
    endpoint = URIRef(str(client.base_url).rstrip("/") + "/sparql")
    if str(case.node).endswith("has-endpoint-triple"):
        _expect((services[0], URIRef(_SD + "endpoint"), endpoint) in graph, endpoint, "another endpoint")
    elif str(case.node).endswith("conforms-to-schema"):
        _check_schema(graph, services)
    else:
        _expect(len(graph) > 0, "a graph", "nothing")


def _check_schema(graph: Graph, services: list[Node]) -> None:
    """What the schema of the vocabulary asks for: one service with one endpoint, and everything of its own kind."""
    _expect(len(services) == 1, "one service", len(services))
    endpoints = len(list(graph.objects(services[0], URIRef(_SD + "endpoint"))))
    _expect(endpoints == 1, "one endpoint", endpoints)
    for dataset in graph.objects(services[0], URIRef(_SD + "defaultDataset")):
        _expect_kind(graph, dataset, "Dataset")
        for default in graph.objects(dataset, URIRef(_SD + "defaultGraph")):
            _expect_kind(graph, default, "Graph")
        for named in graph.objects(dataset, URIRef(_SD + "namedGraph")):
            _expect_kind(graph, named, "NamedGraph")
            names = len(list(graph.objects(named, URIRef(_SD + "name"))))
            _expect(names == 1, "one name", names)


def _expect_kind(graph: Graph, node: Node, kind: str) -> None:
    _expect((node, RDF["type"], URIRef(_SD + kind)) in graph, f"sd:{kind}", list(graph.objects(node, RDF["type"])))
