"""The stock queries as others read them: SHACL executables, and the page of documentation."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, Graph, Namespace, URIRef

from kg.store import Store, open_store
from ontology import prefixes
from queries import load_library
from queries.document import DOCS, to_markdown
from queries.examples import find_examples, to_jsonld, to_turtle

SH, SCHEMA = Namespace("http://www.w3.org/ns/shacl#"), Namespace("https://schema.org/")
BASE, ENDPOINT = "https://example.org/examples/", "https://example.org/sparql"


@pytest.mark.parametrize(
    ("write", "form"), [(to_turtle, ox.RdfFormat.TURTLE), (to_jsonld, ox.RdfFormat.JSON_LD)], ids=["Turtle", "JSON-LD"]
)
def test_the_examples_are_executables(write: Callable[..., str], form: ox.RdfFormat, sample_store: Store) -> None:
    text = write(sample_store, base=BASE, endpoint=ENDPOINT)
    lines = "".join(f"{quad.triple} .\n" for quad in ox.parse(input=text, format=form))
    graph = Graph().parse(data=lines, format="nt")
    for name, query in load_library().items():
        one = URIRef(BASE + name)
        assert {SH.SPARQLExecutable, SH.SPARQLSelectExecutable} == set(graph.objects(one, RDF.type))
        assert {str(words) for words in graph.objects(one, RDFS.comment)} == {query.description, query.description_en}
        assert graph.value(one, SCHEMA.target) == URIRef(ENDPOINT)
        assert graph.value(one, SH.select)
    declared = {str(graph.value(each, SH.prefix)): str(graph.value(each, SH.namespace)) for each in graph.objects(None, SH.declare)}
    assert declared == dict(prefixes())


def test_an_example_runs_by_itself(sample_store: Store) -> None:
    for one in find_examples(sample_store):
        assert "#+" not in one.text
        sample_store.query(one.text, "json")


def test_a_store_that_lacks_the_names_is_given_the_queries_as_they_stand() -> None:
    with open_store("memory") as store:
        assert "?_unit_iri" in next(one.text for one in find_examples(store) if one.query.name == "tasks-of-unit")


def test_the_documentation_is_of_this_library() -> None:
    assert DOCS.read_text("utf-8") == to_markdown(), "run: python -m queries.document"
