"""The service description and VoID, made from the store in a worker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from kg.ids import Ids
from kg.store import Store
from kg.store.rows import select_strings
from kg.store.serving import to_form, to_lines
from ontology import prefixes
from queries.examples import to_jsonld, to_turtle

SERVICE_FORMS = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/trig")
_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DCT = "http://purl.org/dc/terms/"
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")
_GRAPHS = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD", "TriG", "N-Quads", "N3")
_CLASSES = "SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { ?s a ?class FILTER(isIRI(?class)) } GROUP BY ?class"
_PROPERTIES = "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) { ?s ?p ?o } GROUP BY ?p"
_PARTITIONS = "SELECT ?class ?p (COUNT(*) AS ?n) { ?s a ?class ; ?p ?o FILTER(isIRI(?class)) } GROUP BY ?class ?p"
_TOTALS = "SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?subjects) { ?s ?p ?o }"

Line = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where the service is, and how it is set."""

    url: str
    union: bool
    federated: bool


def describe(store: Store, ids: Ids, out: BinaryIO, endpoint: Endpoint, form: str) -> None:
    """Write what the endpoint can do, and the graphs that it holds."""
    _write(out, form, _service(store, ids, endpoint), endpoint.url)


def describe_data(store: Store, ids: Ids, out: BinaryIO, endpoint: Endpoint, form: str) -> None:
    """Write what the data consist of."""
    _write(out, form, _dataset(store, ids, endpoint.url), endpoint.url)


def describe_examples(store: Store, ids: Ids, out: BinaryIO, endpoint: Endpoint, form: str) -> None:  # noqa: ARG001
    """Write the stock queries."""
    places = {"base": f"{endpoint.url}/.well-known/sparql-examples/", "endpoint": f"{endpoint.url}/sparql"}
    if form == "jsonld":
        out.write(to_jsonld(store, **places).encode())
        return
    text = to_turtle(store, **places).encode()
    if form == "ttl":
        out.write(text)
    else:
        to_form(b"".join(to_lines(text, "ttl", "")), out, form, prefixes())


def _service(store: Store, ids: Ids, endpoint: Endpoint) -> Iterator[Line]:
    url = endpoint.url
    service, data = f"<{url}/sparql>", f"<{url}/.well-known/void#dataset>"
    default = f"<{url}/.well-known/void#default>"
    yield service, _RDF_TYPE, f"<{_SD}Service>"
    yield service, f"{_SD}endpoint", service
    yield service, f"{_SD}supportedLanguage", f"<{_SD}SPARQL11Query>"
    yield service, f"{_SD}supportedLanguage", f"<{_SD}SPARQL11Update>"
    for each in _RESULTS + _GRAPHS:
        yield service, f"{_SD}resultFormat", f"<{_FORMATS}{each}>"
    for each in _GRAPHS:
        yield service, f"{_SD}inputFormat", f"<{_FORMATS}{each}>"
    if endpoint.union:
        yield service, f"{_SD}feature", f"<{_SD}UnionDefaultGraph>"
    if endpoint.federated:
        yield service, f"{_SD}feature", f"<{_SD}BasicFederatedQuery>"
    yield service, f"{_SD}defaultDataset", data
    yield data, _RDF_TYPE, f"<{_SD}Dataset>"
    yield data, f"{_SD}defaultGraph", default
    yield default, _RDF_TYPE, f"<{_SD}Graph>"
    yield default, f"{_VOID}triples", _number(store.count())
    for name in (graph for graph in store.graphs() if not _is_document(graph, ids)):
        node = f"<{url}/.well-known/void#graph-{name.rpartition('/')[2]}>"
        if name.startswith(ids.base):
            yield data, f"{_SD}namedGraph", node
            yield node, _RDF_TYPE, f"<{_SD}NamedGraph>"
            yield node, f"{_SD}name", f"<{name}>"
    yield from _about(url)


def _is_document(graph: str, ids: Ids) -> bool:
    """Whether a graph is that of one document; there may be very many, and VoID says how many."""
    name = graph.removeprefix(ids.graph(""))
    return len(name) == 64 and all(each in "0123456789abcdef" for each in name)


def _about(url: str) -> Iterator[Line]:
    data = f"<{url}/.well-known/void#dataset>"
    yield data, _RDF_TYPE, f"<{_VOID}Dataset>"
    yield data, f"{_DCT}title", '"政谱"@zh'
    yield data, f"{_DCT}title", '"Zhengpu: government work plans"@en'
    yield data, f"{_VOID}sparqlEndpoint", f"<{url}/sparql>"


def _dataset(store: Store, ids: Ids, url: str) -> Iterator[Line]:
    data = f"<{url}/.well-known/void#dataset>"
    yield from _about(url)
    yield data, f"{_VOID}uriSpace", f'"{ids.base}"'
    documents = sum(_is_document(graph, ids) for graph in store.graphs())
    yield data, f"{_VOID}documents", _number(documents)
    for row in select_strings(store, _TOTALS):
        yield data, f"{_VOID}triples", _number(int(row["n"]))
        yield data, f"{_VOID}distinctSubjects", _number(int(row["subjects"]))
    yield from _vocabularies(store, data)
    yield from _class_partitions(store, data, url)
    yield from _property_partitions(store, data, url)


def _vocabularies(store: Store, data: str) -> Iterator[Line]:
    used = {row["p"] for row in select_strings(store, "SELECT DISTINCT ?p { ?s ?p ?o }")}
    used |= {row["c"] for row in select_strings(store, "SELECT DISTINCT ?c { ?s a ?c FILTER(isIRI(?c)) }")}
    for name, space in sorted(prefixes().items()):
        if any(term.startswith(space) for term in used):
            node = f"{data[:-1]}-vocabulary-{name}>"
            yield data, f"{_VOID}vocabulary", f"<{space}>"
            yield node, "http://purl.org/vocab/vann/preferredNamespacePrefix", f'"{name}"'
            yield node, "http://purl.org/vocab/vann/preferredNamespaceUri", f'"{space}"'


def _class_partitions(store: Store, data: str, url: str) -> Iterator[Line]:
    counts = {row["class"]: int(row["n"]) for row in select_strings(store, _CLASSES)}
    inside: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in select_strings(store, _PARTITIONS):
        inside[row["class"]].append((row["p"], int(row["n"])))
    yield data, f"{_VOID}classes", _number(len(counts))
    for place, (name, count) in enumerate(sorted(counts.items()), 1):
        node = f"<{url}/.well-known/void#class-{place}>"
        yield data, f"{_VOID}classPartition", node
        yield node, f"{_VOID}class", f"<{name}>"
        yield node, f"{_VOID}entities", _number(count)
        for number, (predicate, triples) in enumerate(sorted(inside[name]), 1):
            part = f"<{url}/.well-known/void#class-{place}-property-{number}>"
            yield node, f"{_VOID}propertyPartition", part
            yield part, f"{_VOID}property", f"<{predicate}>"
            yield part, f"{_VOID}triples", _number(triples)


def _property_partitions(store: Store, data: str, url: str) -> Iterator[Line]:
    rows = sorted(select_strings(store, _PROPERTIES), key=lambda row: row["p"])
    yield data, f"{_VOID}properties", _number(len(rows))
    for place, row in enumerate(rows, 1):
        node = f"<{url}/.well-known/void#property-{place}>"
        yield data, f"{_VOID}propertyPartition", node
        yield node, f"{_VOID}property", f"<{row['p']}>"
        yield node, f"{_VOID}triples", _number(int(row["n"]))
        yield node, f"{_VOID}distinctSubjects", _number(int(row["subjects"]))


def _number(value: int) -> str:
    return f'"{value}"^^<{_XSD}integer>'


def _write(out: BinaryIO, form: str, lines: Iterator[Line], url: str) -> None:
    known = {**prefixes(), "sd": _SD, "void": _VOID, "formats": _FORMATS, "here": f"{url}/.well-known/void#"}
    text = "".join(f"{subject} <{predicate}> {value} .\n" for subject, predicate, value in lines)
    to_form(text.encode(), out, form, known)
