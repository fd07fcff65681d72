"""The ontology by itself: every term is told in two languages, stands on terms that exist, and contradicts nothing."""

from __future__ import annotations

import shutil
from itertools import chain

import owlready2
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, PROV, TIME, DefinedNamespace

from ontology import expand, known_terms, load_codes, load_ontology, load_shapes, prefixes, vocabulary_terms
from ontology.reason import Inconsistent, unsatisfiable_classes
from tests.ontology.broken import SH

ONTOLOGY = load_ontology()
OURS = sorted({each for each in ONTOLOGY.subjects() if isinstance(each, URIRef) and each.startswith(expand("zp:"))})
PROPERTY_KINDS = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
BUILT_IN = tuple(prefixes()[each] for each in ("rdf", "rdfs", "owl", "xsd", "sh"))


@pytest.mark.parametrize("term", OURS, ids=lambda each: each.partition("#")[2])
def test_every_term_is_told_in_both_languages(term: URIRef) -> None:
    for predicate in (RDFS.label, SKOS.definition, SKOS.example):
        said = [each.language for each in ONTOLOGY.objects(term, predicate) if isinstance(each, Literal)]
        assert sorted(said, key=str) == ["en", "zh"], predicate
    assert ONTOLOGY.value(term, RDFS.isDefinedBy) == URIRef("https://w3id.org/zhengpu/ontology")


@pytest.mark.parametrize("name", ["ontology", "codes", "shapes"])
def test_foreign_terms_are_in_the_snapshots_of_their_vocabularies(name: str) -> None:
    graph = {"ontology": ONTOLOGY, "codes": load_codes(), "shapes": load_shapes()}[name]
    foreign = tuple(prefixes()[each] for each in ("cpov", "dcterms", "eli", "eli-dl", "oa", "org", "prov", "skos", "time"))
    used = {str(term) for term in chain.from_iterable(graph) if str(term).startswith(foreign)}
    assert used
    assert used <= vocabulary_terms().keys()


@pytest.mark.parametrize("namespace", [DCTERMS, ORG, PROV, SKOS, TIME], ids=str)
def test_the_snapshots_are_those_of_rdflib(namespace: type[DefinedNamespace]) -> None:
    theirs = {str(namespace[each]) for each in namespace.__annotations__ if not each.startswith("_")}
    ours = {term for term in vocabulary_terms() if term.startswith(str(namespace._NS))}
    assert ours == theirs


def test_our_own_terms_are_declared() -> None:
    used = {term for term in chain.from_iterable((*ONTOLOGY, *load_shapes())) if isinstance(term, URIRef)}
    assert {term for term in used if term.startswith(expand("zp:"))} == set(OURS)


def test_it_is_owl_2_dl_by_itself() -> None:
    """What a reasoner for OWL 2 DL asks: each property of one kind, each class declared, no datatype outside its map, no imports."""
    kinds = {kind: set(ONTOLOGY.subjects(RDF.type, kind)) for kind in (*PROPERTY_KINDS, OWL.Class)}
    for kind, members in kinds.items():
        assert not any(members & others for other, others in kinds.items() if other != kind)
    assert set(ONTOLOGY.objects(None, RDFS.subClassOf)) <= kinds[OWL.Class]
    for left, right in ONTOLOGY.subject_objects(RDFS.subPropertyOf):
        assert any(left in kinds[kind] and right in kinds[kind] for kind in PROPERTY_KINDS)
    ranges = set(ONTOLOGY.objects(None, RDFS.range))
    assert ranges <= kinds[OWL.Class] | {XSD.string, XSD.integer, XSD.boolean, XSD.decimal, RDFS.Literal}
    assert not list(ONTOLOGY.objects(None, OWL.imports))
    assert not [term for term in chain.from_iterable(ONTOLOGY) if not isinstance(term, URIRef | Literal)]


def test_what_a_class_is_also_has_to_be_written() -> None:
    """An endpoint infers nothing, so the shapes ask for every class above."""
    shapes = load_shapes()
    for shape, target in shapes.subject_objects(SH.targetClass):
        if shapes.value(shape, SH.severity) == SH.Warning:
            continue
        rules = [rule for rule in shapes.objects(shape, SH.property) if shapes.value(rule, SH.path) == RDF.type]
        asked = {each for rule in rules for each in shapes.objects(rule, SH.hasValue)}
        above = set(ONTOLOGY.objects(target, RDFS.subClassOf))
        unasked = {URIRef(expand(each)) for each in ("zp:DocumentGraph", "zp:Catalogue")}  # a graph's name is no node of its own
        assert asked == above or target in unasked, target


def test_known_terms_are_ours_theirs_and_the_codes() -> None:
    for term in ("zp:Task", "zp:citesPlan", "eli:passed_by", "eli-dl:executed", "oa:exact", "cpov:PublicOrganisation", "rdf:type"):
        assert expand(term) in known_terms()
    assert "https://w3id.org/zhengpu/code/role/lead" in known_terms()
    for typo in ("zp:Taks", "eli:passedBy", "zpc:role/boss"):
        assert expand(typo) not in known_terms()


needs_java = pytest.mark.skipif(shutil.which(owlready2.JAVA_EXE) is None, reason="Java is not installed")


@needs_java
def test_the_reasoner_finds_no_contradiction() -> None:
    assert unsatisfiable_classes() == ()


@needs_java
def test_the_reasoner_names_a_class_that_nothing_can_be() -> None:
    graph = _with("zp:Both a owl:Class ; rdfs:subClassOf zp:Task , zp:Unit .")
    assert unsatisfiable_classes(graph) == (expand("zp:Both"),)


@needs_java
def test_the_reasoner_says_when_all_is_lost() -> None:
    with pytest.raises(Inconsistent):
        unsatisfiable_classes(_with("<urn:x> a zp:Task , zp:Unit ."))


def _with(more: str) -> Graph:
    head = "".join(f"@prefix {prefix}: <{start}> .\n" for prefix, start in prefixes().items())
    return Graph().parse(data=head + more, format="turtle") + ONTOLOGY
