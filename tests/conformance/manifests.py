"""The test suites of the W3C, read from their manifests where they lie beside the project; nothing of them is copied into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "w3c-rdf-tests" / "sparql" / "sparql11"
BASE = "https://w3c.github.io/rdf-tests/sparql/sparql11/"  # where the W3C has the same files
MISSING = "没有 ../shared/w3c-rdf-tests，不作对照 / no ../shared/w3c-rdf-tests to compare with"
needs_manifests = pytest.mark.skipif(not FOLDER.is_dir(), reason=MISSING)

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
LABEL = URIRef("http://www.w3.org/2000/01/rdf-schema#label")

# Each suite with its name for people and its manifest.
PROTOCOLS = {
    "protocol": ("SPARQL 1.1 Protocol", "protocol/manifest.ttl"),
    "graph-store": ("SPARQL 1.1 Graph Store Protocol", "graph-store-protocol/manifest.ttl"),
    "description": ("SPARQL 1.1 Service Description", "service-description/manifest.ttl"),
}
LANGUAGES = {
    "query": ("SPARQL 1.1 Query", "manifest-sparql11-query.ttl"),
    "update": ("SPARQL 1.1 Update", "manifest-sparql11-update.ttl"),
    "results": ("SPARQL 1.1 Results: JSON, CSV, TSV", "manifest-sparql11-results.ttl"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One test: the manifest that it stands in and its node there."""

    graph: Graph
    node: Node

    def value(self, node: Node, predicate: URIRef) -> Node | None:
        return self.graph.value(node, predicate)

    def text(self, node: Node, predicate: URIRef, default: str = "") -> str:
        found = self.graph.value(node, predicate)
        return default if found is None else str(found)

    def items(self, node: Node | None) -> list[Node]:
        return [] if node is None else list(Collection(self.graph, node))


def read_cases(manifest: str) -> Iterator[Case]:
    """The tests of a manifest, and of those that it includes."""
    here = URIRef(BASE + manifest)
    graph = Graph().parse(to_path(here), format="turtle", publicID=str(here))
    for include in graph.objects(here, MF["include"]):
        for each in Collection(graph, include):
            yield from read_cases(str(each).removeprefix(BASE))
    for entries in graph.objects(here, MF["entries"]):
        for node in Collection(graph, entries):
            if graph.value(node, RDF["type"]) is not None:
                yield Case(graph, node)


def to_path(node: Node | None) -> Path:
    """The file that an IRI of a manifest means."""
    return FOLDER / str(node).removeprefix(BASE)
