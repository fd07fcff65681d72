"""The test suites of the W3C, read from their manifests where they lie beside the project; nothing of them is copied into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

SUITES = Path(__file__).resolve().parents[3].parent / "shared" / "w3c-rdf-tests" / "sparql" / "sparql11"
MISSING = "没有 ../shared/w3c-rdf-tests，不作对照 / no ../shared/w3c-rdf-tests to compare with"
needs_suites = pytest.mark.skipif(not SUITES.is_dir(), reason=MISSING)

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
LABEL = URIRef("http://www.w3.org/2000/01/rdf-schema#label")


@dataclass(frozen=True, slots=True)
class Case:
    """One test: the manifest that it stands in, its node there, its kind and a name for it."""

    graph: Graph
    node: Node
    kind: str
    name: str

    def __str__(self) -> str:
        return self.name

    def value(self, node: Node, predicate: URIRef) -> Node | None:
        return self.graph.value(node, predicate)

    def text(self, node: Node, predicate: URIRef, default: str = "") -> str:
        found = self.graph.value(node, predicate)
        return default if found is None else str(found)

    def items(self, node: Node | None) -> list[Node]:
        return [] if node is None else list(Collection(self.graph, node))


def read_cases(*names: str) -> list[Case]:
    """The tests of these manifests, and of those that they include; none where there are no suites."""
    return [case for name in names if SUITES.is_dir() for case in _cases(SUITES / name)]


def _cases(path: Path) -> Iterator[Case]:
    graph = Graph().parse(path, format="turtle", publicID=path.as_uri())
    here = URIRef(path.as_uri())
    for include in graph.objects(here, MF["include"]):
        for each in Collection(graph, include):
            yield from _cases(to_path(each))
    for entries in graph.objects(here, MF["entries"]):
        for node in Collection(graph, entries):
            kind = str(graph.value(node, RDF["type"])).rpartition("#")[2]
            yield Case(graph, node, kind, f"{path.parent.name}/{str(node).rpartition('#')[2]}")


def to_path(node: Node | None) -> Path:
    """The file that an IRI of a manifest means."""
    return Path(unquote(urlsplit(str(node)).path))
