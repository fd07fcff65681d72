"""The JSON-LD context: a graph goes out with short names and comes back the same."""

from __future__ import annotations

import json

import pyoxigraph as ox
from rdflib import OWL, RDF, Graph, URIRef

from ontology import context, expand, load_ontology, load_shapes
from tests.ontology.broken import SH
from tests.ontology.documents import everything, ntriples

TERMS = {name: said for name, said in context()["@context"].items() if not name.startswith("@")}
IRIS = {said["@id"] if isinstance(said, dict) else said for said in TERMS.values()}


def test_a_graph_goes_out_and_comes_back() -> None:
    graph = Graph().parse(data=ntriples(everything()), format="nt")
    text = graph.serialize(format="json-ld", context=context()["@context"], auto_compact=True, use_native_types=True)
    nodes = json.loads(text)["graph"]
    assert not {name for node in nodes for name in node if ":" in name or name.startswith("@")}
    assert not {kind for node in nodes for kind in node.get("type", ()) if ":" in kind}
    back = {f"{one.subject} {one.predicate} {one.object} ." for one in ox.parse(input=text, format=ox.RdfFormat.JSON_LD)}
    assert back == set(everything())


def test_values_read_as_they_should() -> None:
    graph = Graph().parse(data=ntriples(everything()), format="nt")
    text = graph.serialize(format="json-ld", context=context()["@context"], auto_compact=True, use_native_types=True)
    (task,) = [node for node in json.loads(text)["graph"] if "Task" in node.get("type", ())]
    assert task["order"] == 1
    assert task["openUnitList"] is False
    assert task["dueDate"] == ["2021-12-31"]
    assert task["hasMeasure"] == [f"{task['id']}/measure/1"]


def test_every_term_has_a_name_of_its_own() -> None:
    ontology = load_ontology()
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    ours = {each for kind in kinds for each in ontology.subjects(RDF.type, kind) if str(each).startswith(expand("zp:"))}
    written = {each for each in load_shapes().objects(None, SH.path) if isinstance(each, URIRef)} - {RDF.type}
    named = {expand(each) for each in IRIS if ":" in each and not each.startswith("http")}
    assert {str(each) for each in ours | written} <= named
    assert len(IRIS) == len(TERMS)


def test_links_and_dates_are_said_to_be_so() -> None:
    ontology = load_ontology()
    for name, said in TERMS.items():
        iri = said["@id"] if isinstance(said, dict) else said
        if not iri.startswith("zp:"):
            continue
        linked = (URIRef(expand(iri)), RDF.type, OWL.ObjectProperty) in ontology
        assert (isinstance(said, dict) and said.get("@type") == "@id") is linked or iri in {"zp:states", "zp:correctedProperty"}, name
