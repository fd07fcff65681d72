"""What terms are called: every term that the graph is written with has a name in both languages."""

from __future__ import annotations

import re

import pytest
from rdflib import OWL, RDF, URIRef

from ontology import expand, load_ontology, vocabulary_terms
from ontology.described import describe_schemes, describe_terms
from ontology.names import foreign_properties, properties, short_name, term_names

HAN = re.compile("[一-鿿]")
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
TERMS = sorted({str(term) for kind in KINDS for term in load_ontology().subjects(RDF.type, kind) if isinstance(term, URIRef)})


@pytest.mark.parametrize("term", TERMS, ids=short_name)
def test_every_term_has_a_name_in_both_languages(term: str) -> None:
    zh, en = term_names()[term]
    assert zh
    assert en
    assert not HAN.search(en)


def test_foreign_terms_are_those_of_their_vocabularies() -> None:
    plain = (expand("rdf:"), expand("rdfs:"), expand("owl:"))
    assert [term for term in foreign_properties() if term not in vocabulary_terms() and not term.startswith(plain)] == []


def test_properties_are_known_without_the_classes() -> None:
    assert expand("zp:leadUnit") in properties()
    assert expand("eli:cites") in properties()
    assert expand("zp:Task") not in properties()


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        (expand("zp:Task"), "zp:Task"),
        ("https://example.org/a/b", "b"),
        ("https://example.org/a#b", "b"),
        ("https://example.org/a/", "a"),
        ("https://example.org/a%20b", "a b"),
        ("urn:x", "urn:x"),
    ],
)
def test_a_term_has_a_short_name(iri: str, name: str) -> None:
    assert short_name(iri) == name


def test_the_ontology_describes_itself() -> None:
    tasks = next(term for term in describe_terms("class") if term.iri == expand("zp:Task"))
    assert tasks.label == ("任务", "task")
    assert expand("zp:inPlan") in {use.property for use in tasks.uses}
    kinds = {use.property: (use.kind, use.value) for use in tasks.uses}
    assert kinds[expand("zp:form")] == ("code", "form")
    assert "role" in {scheme.name for scheme in describe_schemes()}
